import { Max, Min } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { labelledEnum } from '../domain/labels'
import { Person } from '../domain/person'
import { DateTime, LocalDate } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { Ratio } from './ratio.types'

export const REPEAT_SUBJECTS_MAX = 200

export const ClueSubjectKind = labelledEnum('ClueSubjectKind', 'Whom a clue is about（被反映对象类型）.', {
  UNIT: { zh: '单位', en: 'Unit' },
  PERSON: { zh: '个人', en: 'Person' },
})
export type ClueSubjectKind = keyof typeof ClueSubjectKind

@ArgsType()
export class RepeatSubjectsArgs {
  @Field(() => ClueSubjectKind, { description: 'Units or persons（被反映对象类型）.' })
  of: ClueSubjectKind

  @Field(() => Int, { defaultValue: 2, description: 'In how many clues at least: 2 to 100（最少线索数）.' })
  @Min(2) @Max(100)
  atLeast: number

  @Field(() => Int, { defaultValue: 50, description: `How many are told, most often reported first: 1 to ${REPEAT_SUBJECTS_MAX}（取前几个）.` })
  @Min(1) @Max(REPEAT_SUBJECTS_MAX)
  first: number
}

@ObjectType({ simpleResolvers: true, description: 'Somebody whom several clues are about（重复反映对象）.' })
export class RepeatSubject {
  @Field(() => Unit, { nullable: true, description: 'The unit, for units; null where it is out of the viewer’s sight（被反映单位）.' })
  unit: Unit | null

  @Field(() => Person, { nullable: true, description: 'The person, for persons; null where out of the viewer’s sight（被反映人）.' })
  person: Person | null

  @Field(() => Int, { description: 'Clues about it（线索数）.' })
  clueCount: number

  @Field(() => Int, { description: 'Of which founded wholly or partly（属实数）.' })
  foundedCount: number

  @Field(() => LocalDate, { description: 'Day on which the first came in（最早受理日期）.' })
  firstReceivedOn: string

  @Field(() => LocalDate, { description: 'Day on which the last came in（最近受理日期）.' })
  lastReceivedOn: string
}

@ObjectType({ simpleResolvers: true, description: 'Whom several clues are about（重复反映情况）.' })
export class RepeatSubjects {
  @Field(() => [RepeatSubject], { description: 'The most often reported first（重复反映对象）.' })
  @Extensions({ max: REPEAT_SUBJECTS_MAX })
  subjects: RepeatSubject[]

  @Field(() => Ratio, { description: 'Those reported so often, among all whom the clues are about（重复反映率）.' })
  repeatRate: Ratio

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
