import { ArrayMaxSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { labelledEnum } from '../domain/labels'
import { SupervisionModeCode, SupervisionRuleKind, SupervisionType } from '../domain/rule'
import { SupervisionActivityStateEnum } from '../domain/supervision'
import { DateTime } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { GROUPS_DEFAULT, GROUPS_MAX } from './grouped-count.sql'
import { Ratio } from './ratio.types'

export const SupervisionActivityDimension = labelledEnum('SupervisionActivityDimension', 'By what supervision activities are put into groups（分组维度）.', {
  RULE_KIND: { zh: '规则种类', en: 'Rule kind', description: 'Kind of the work rule of the leading body' },
  MODE: { zh: '监督模式', en: 'Mode', description: 'The pairing of bodies' },
  TYPE: { zh: '监督类型', en: 'Type', description: 'An activity of two types counts in both groups' },
  MATTER: { zh: '监督事项', en: 'Matter', description: 'An activity on two matters counts in both groups' },
  OBJECT_UNIT: { zh: '监督对象', en: 'Object', description: 'An activity that looks at two units counts in both groups' },
  LEAD_UNIT: { zh: '牵头单位', en: 'Leading body', description: 'The body that leads' },
  STATE: { zh: '状态', en: 'State', description: 'Where it stands' },
  YEAR: { zh: '年度', en: 'Year', description: 'Year of the first planned day' },
})
export type SupervisionActivityDimension = keyof typeof SupervisionActivityDimension

@ArgsType()
export class SupervisionActivityAggregateArgs {
  @Field(() => [SupervisionActivityDimension], { description: 'The dimensions; none: totals only（分组维度）.' })
  @ArrayMaxSize(5) @ArrayUnique()
  groupBy: SupervisionActivityDimension[]

  @Field(() => Int, { nullable: true, description: `Groups told, largest first: 1 to ${GROUPS_MAX}; ${GROUPS_DEFAULT} when absent（取前几组）.` })
  first?: number | null
}

@ObjectType({ simpleResolvers: true, description: 'What the activities of a group have in common; dimensions that were not asked for are null（分组键）.' })
export class SupervisionActivityGroupKey {
  @Field(() => SupervisionRuleKind, { nullable: true, description: 'Kind of the work rule; null also for bodies without one（规则种类）.' })
  ruleKind: SupervisionRuleKind | null

  @Field(() => SupervisionModeCode, { nullable: true, description: 'Mode; null also for activities without one（监督模式）.' })
  mode: SupervisionModeCode | null

  @Field(() => SupervisionType, { nullable: true, description: 'Type（监督类型）.' })
  type: SupervisionType | null

  @Field(() => String, { nullable: true, description: 'Matter（监督事项）.' })
  matterCode: string | null

  @Field(() => Unit, { nullable: true, description: 'Object; null where it is out of the viewer\'s sight（监督对象）.' })
  objectUnit: Unit | null

  @Field(() => Unit, { nullable: true, description: 'Leading body; null where it is out of the viewer\'s sight（牵头单位）.' })
  leadUnit: Unit | null

  @Field(() => SupervisionActivityStateEnum, { nullable: true, description: 'State（状态）.' })
  state: keyof typeof SupervisionActivityStateEnum | null

  @Field(() => Int, { nullable: true, description: 'Year（年度）.' })
  year: number | null
}

@ObjectType({ simpleResolvers: true, description: 'Figures of some supervision activities（监督检查活动统计值）.' })
export class SupervisionActivityFigures {
  @Field(() => Int, { description: 'How many there are（数量）.' })
  count: number

  @Field(() => Int, { description: 'How many of them began（已启动数量）.' })
  startedCount: number

  @Field(() => Int, { description: 'How many of them are carried out（已结束数量）.' })
  concludedCount: number

  @Field(() => Int, { description: 'How many have partners（有配合单位数量）.' })
  jointCount: number

  @Field(() => Int, { description: 'How many went into a joint action instead of a visit of their own（并入联合行动数量）.' })
  mergedCount: number

  @Field(() => Ratio, { description: 'Share of those carried out among those that began（结束率）.' })
  concludedRate: Ratio
}

@ObjectType({ simpleResolvers: true, description: 'Supervision activities with one key（分组）.' })
export class SupervisionActivityGroup extends SupervisionActivityFigures {
  @Field(() => SupervisionActivityGroupKey, { description: 'What they have in common（分组键）.' })
  key: SupervisionActivityGroupKey
}

@ObjectType({ simpleResolvers: true, description: 'Supervision activities counted by dimension; filter and scope are those of the list（监督检查活动统计）.' })
export class SupervisionActivityAggregate {
  @Field(() => [SupervisionActivityGroup], { description: 'The groups, largest first（分组）.' })
  @Extensions({ max: GROUPS_MAX })
  groups: SupervisionActivityGroup[]

  @Field(() => Int, { description: 'Number of all groups（分组总数）.' })
  groupCount: number

  @Field(() => SupervisionActivityFigures, { description: 'The figures of everything that was counted, each thing once（合计）.' })
  totals: SupervisionActivityFigures

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
