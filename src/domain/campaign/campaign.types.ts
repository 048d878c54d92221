import { Field, Int, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { stateEnum } from '../labels'
import { DateTime, LocalDate } from '../scalars'
import { specialRectificationMachine, type SpecialRectificationState } from './special-rectification.states'

export const SpecialRectificationStateEnum = stateEnum('SpecialRectificationState', 'Where a special rectification stands（专项整治状态）.', specialRectificationMachine)

@ObjectType({
  implements: [NodeInterface, Auditable, Stateful],
  description: 'A special rectification or reform driven by cases, governed by four bodies: one leads, one grips, one pushes, one is responsible. Seen at these and at the units in its scope（专项整治、以案促改）.',
})
export class SpecialRectification {
  @Field(() => String, { description: 'Code, unique at the body that pushes（编号）.' })
  code: string

  @Field(() => String, { description: 'Name（名称）.' })
  nameZh: string

  @Field(() => String, { nullable: true, description: 'English name（英文名称）.' })
  nameEn: string | null

  @Field(() => String, { nullable: true, description: 'What several belong to together, as the case-driven reform of a year（所属行动）.' })
  campaignGroup: string | null

  @Field(() => String, { description: 'What is to be put right（整治内容）.' })
  matters: string

  @Field(() => [String], { description: 'What kinds of problems it looks for: codes of the list PROBLEM_CATEGORY（问题类别）.' })
  problemCategories: string[]

  @Field(() => String, { description: 'Name of the body that leads（主导单位名称）.' })
  leadNameZh: string

  @Field(() => String, { description: 'Name of the body that grips（主抓单位名称）.' })
  gripNameZh: string

  @Field(() => String, { description: 'Name of the body that pushes（主推单位名称）.' })
  pushNameZh: string

  @Field(() => String, { description: 'Name of the body that is responsible（主责单位名称）.' })
  responsibleNameZh: string

  @Field(() => LocalDate, { description: 'From when（开始日期）.' })
  validFrom: string

  @Field(() => LocalDate, { description: 'By when the units report what they found themselves（自查报送期限）.' })
  selfCheckDueOn: string

  @Field(() => LocalDate, { description: 'Until when（结束日期）.' })
  validTo: string

  @Field(() => SpecialRectificationStateEnum, { description: 'Where it stands（状态）.' })
  state: SpecialRectificationState

  @Field(() => String, { nullable: true, description: 'What it brought, as written at its end（评估结论）.' })
  evaluation: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When it ended（办结日期）.' })
  closedOn: string | null

  @Field(() => Boolean, { description: 'Invented, for demonstration and tests（是否虚构数据）.' })
  isSynthetic: boolean
}

@ObjectType({
  implements: [NodeInterface, Auditable],
  description: 'A unit in the scope of a special rectification with what it reports: problems that it found and put right. Seen at the unit and at the four bodies（专项整治单位自查情况）.',
})
export class SpecialRectificationUnit {
  @Field(() => String, { description: 'Name of the unit（单位名称）.' })
  nameZh: string

  @Field(() => Int, { nullable: true, description: 'Problems that it found itself, as last reported; null before it reports（自查发现问题数）.' })
  problemsFound: number | null

  @Field(() => Int, { nullable: true, description: 'Of these, put right, as last reported（已整改问题数）.' })
  problemsFixed: number | null

  @Field(() => String, { nullable: true, description: 'What it reports（自查报告）.' })
  report: string | null

  @Field(() => String, { nullable: true, description: 'Who reported（报送人）.' })
  reportedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When the report was given that stands; null before that, and after it was given back（报送时间）.' })
  reportedAt: string | null

  @Field(() => String, { nullable: true, description: 'Why the report was given back; null when none was, or another one is given（退回意见）.' })
  returnedReason: string | null
}
