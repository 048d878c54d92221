import { Field, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { labelledEnum, stateEnum } from '../labels'
import { DateTime, LocalDate } from '../scalars'
import { caseMachine, type CaseState } from './case.states'
import { governanceMeasureMachine, type GovernanceMeasureState } from './governance-measure.states'

export const CaseStateEnum = stateEnum('CaseState', 'Where a case stands（案件状态）.', caseMachine)
export const GovernanceMeasureStateEnum = stateEnum('GovernanceMeasureState', 'Where a governance measure stands（治理措施状态）.', governanceMeasureMachine)

export const CaseDispositionKind = labelledEnum('CaseDispositionKind', 'What a trial proposes（处理方式）.', {
  ACCOUNTABILITY: { zh: '追责问责', en: 'Accountability', description: 'A decision to hold a person or unit to account' },
  PROCURATORATE: { zh: '移送检察机关', en: 'To the procuratorate' },
  RECOMMENDATION: { zh: '制发建议书', en: 'Recommendation letter' },
  CONFISCATION: { zh: '追缴没收', en: 'Confiscation' },
})
export type CaseDispositionKind = keyof typeof CaseDispositionKind

export const CaseEntryKind = labelledEnum('CaseEntryKind', 'What a piece of writing about a case is（案件文书类型）.', {
  FACTS: { zh: '主要事实', en: 'Facts' },
  REPORT: { zh: '审查调查报告', en: 'Investigation report' },
  TRIAL_OPINION: { zh: '审理意见', en: 'Trial opinion' },
  OPINION: { zh: '意见', en: 'Opinion', description: 'Why a command was given' },
})
export type CaseEntryKind = keyof typeof CaseEntryKind

export const GovernanceMeasureKind = labelledEnum('GovernanceMeasureKind', 'What puts right what a case has shown（治理措施类型）.', {
  INSTITUTION_BUILDING: { zh: '建章立制', en: 'Institution building' },
  PROCESS_REDESIGN: { zh: '流程再造', en: 'Process redesign' },
  WARNING_EDUCATION: { zh: '警示教育', en: 'Warning education' },
  CONTROL_CHANGE: { zh: '完善防控措施', en: 'Change of controls' },
  SPECIAL_RECTIFICATION: { zh: '专项整治', en: 'Special rectification' },
})
export type GovernanceMeasureKind = keyof typeof GovernanceMeasureKind

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A case on the closed path: investigation, trial, governance. Its facts and opinions are sealed and read by `revealCase`（案件）.' })
export class Case {
  @Field(() => String, { description: 'Number at the investigating unit, by year（案件编号）.' })
  number: string

  @Field(() => CaseStateEnum, { description: 'Where it stands（状态）.' })
  state: CaseState

  @Field(() => LocalDate, { description: 'When it was filed（立案日期）.' })
  filedOn: string

  @Field(() => LocalDate, { nullable: true, description: 'When it went to the trial office, the last time（移送审理日期）.' })
  transferredOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When the trial ended（审结日期）.' })
  adjudicatedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When governance began（以案促改启动日期）.' })
  governanceOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When the path was closed or the case given up（结案日期）.' })
  closedOn: string | null

  @Field(() => Boolean, { description: 'Is it recorded why nothing follows from the trial（是否不予处理）.' })
  withoutDisposition: boolean

  @Field(() => Boolean, { description: 'Is it recorded why no governance measure is needed（是否免于治理措施）.' })
  governanceWaived: boolean

  @Field(() => Boolean, { description: 'Invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'What a trial proposes（处理决定）.' })
export class CaseDisposition {
  @Field(() => CaseDispositionKind, { description: 'What（处理方式）.' })
  kind: CaseDispositionKind

  @Field(() => DateTime, { nullable: true, description: 'When the trial office replaced it; null while it stands（撤换时间）.' })
  revokedAt: string | null
}

@ObjectType({ implements: [NodeInterface], description: 'A piece of writing about a case. Its text is sealed and read by `revealCase`（案件文书）.' })
export class CaseEntry {
  @Field(() => CaseEntryKind, { description: 'What it is（类型）.' })
  kind: CaseEntryKind

  @Field(() => String, { description: 'The command that it came with（所属操作）.' })
  command: string

  @Field(() => DateTime, { description: 'When（时间）.' })
  at: string

  @Field(() => String, { description: 'Who wrote it（记录人）.' })
  actor: string
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'What a unit puts right after a case. The unit sees the measure; from which case it comes only those see who open cases（治理措施）.' })
export class GovernanceMeasure {
  @Field(() => GovernanceMeasureKind, { description: 'What it is（类型）.' })
  kind: GovernanceMeasureKind

  @Field(() => String, { description: 'What is to be done（内容）.' })
  content: string

  @Field(() => String, { nullable: true, description: 'What was done, as the unit reports it（落实情况）.' })
  report: string | null

  @Field(() => GovernanceMeasureStateEnum, { description: 'Where it stands（状态）.' })
  state: GovernanceMeasureState

  @Field(() => LocalDate, { description: 'Last day for carrying it out（完成期限）.' })
  dueOn: string

  @Field(() => LocalDate, { nullable: true, description: 'When it was reported as carried out（落实日期）.' })
  implementedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When it was found carried out（核实日期）.' })
  verifiedOn: string | null

  @Field(() => Boolean, { description: 'Invented for illustration（示例内容）.' })
  isSynthetic: boolean
}
