import { Field, Int, ObjectType } from 'type-graphql'
import { LegalBasis } from '../legal-basis'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { DateTime, Decimal, LocalDate } from '../scalars'
import type { ClueState } from './clue.states'
import type { ClueTransferState } from './clue-transfer.states'
import {
  Anonymity, ClueChannel, ClueDisposition, ClueEntryKind, ClueHandling, ClueNature, ClueOutcome, ClueStateEnum, ClueStep, ClueTransferStateEnum, Currency, DayCount,
  IdentityReleaseStateEnum, Measure, ReceiptStage, RestitutionKind, RestitutionStateEnum, VerificationMode, VerificationStateEnum,
} from './clue.words'
import type { IdentityReleaseState } from './identity-release.states'
import type { RestitutionState } from './restitution.states'
import type { VerificationState } from './verification.states'

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A clue of misconduct or a grievance. What it says is sealed and read by `revealClue`; who brought it is in no answer（问题线索、诉求）.' })
export class Clue {
  @Field(() => String, { nullable: true, description: 'Number at the body that handles it, by year; null before it is registered there（线索编号）.' })
  number: string | null

  @Field(() => ClueChannel, { description: 'How it came（来源渠道）.' })
  channel: ClueChannel

  @Field(() => ClueNature, { description: 'What it is about（性质）.' })
  nature: ClueNature

  @Field(() => Anonymity, { description: 'Whether it is known who brought it（实名情况）.' })
  anonymity: Anonymity

  @Field(() => ClueStateEnum, { description: 'Where it stands（状态）.' })
  state: ClueState

  @Field(() => LocalDate, { description: 'When it came in（接收日期）.' })
  receivedOn: string

  @Field(() => LocalDate, { nullable: true, description: 'When it was registered, at the body that handles it now（登记日期）.' })
  registeredOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When checking ended（核实办结日期）.' })
  verifiedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When it was decided what follows（处置日期）.' })
  disposedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When the reporter was told（反馈日期）.' })
  toldOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When what was owed was found restored（兑现日期）.' })
  settledOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When it was closed（办结日期）.' })
  closedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Last day for finishing it（办理期限）.' })
  dueOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Last day for the present step（本环节期限）.' })
  stepDueOn: string | null

  @Field(() => Int, { nullable: true, description: 'Days by which the time limit was extended, once（延长天数）.' })
  extendedDays: number | null

  @Field(() => ClueHandling, { nullable: true, description: 'Way of handling（处置方式）.' })
  handling: ClueHandling | null

  @Field(() => ClueOutcome, { nullable: true, description: 'What checking has shown（核实结论）.' })
  outcome: ClueOutcome | null

  @Field(() => [ClueDisposition], { description: 'What follows; empty before it is disposed of（处置结果）.' })
  dispositions: ClueDisposition[]

  @Field(() => Int, { description: 'How often it was opened again（重启次数）.' })
  reopened: number

  @Field(() => Boolean, { description: 'Invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@ObjectType({ implements: [NodeInterface], description: 'A piece of writing about a clue. Its text is sealed and read by `revealClue`（线索记录）.' })
export class ClueEntry {
  @Field(() => ClueEntryKind, { description: 'What it is（类型）.' })
  kind: ClueEntryKind

  @Field(() => String, { description: 'The command that it came with（所属操作）.' })
  command: string

  @Field(() => DateTime, { description: 'When（时间）.' })
  at: string

  @Field(() => String, { description: 'Who wrote it; `anonymous` for the holder of the receipt（记录人）.' })
  actor: string
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A clue on its way to another body. Why it is passed on is read by `revealClueTransfer`; the clue itself opens to the receiver once it is accepted（线索移交）.' })
export class ClueTransfer {
  @Field(() => ClueNature, { description: 'What the clue is about（性质）.' })
  nature: ClueNature

  @Field(() => String, { nullable: true, description: 'Number of the clue at the sender（移出单位编号）.' })
  fromNumber: string | null

  @Field(() => ClueTransferStateEnum, { description: 'Where it stands（状态）.' })
  state: ClueTransferState

  @Field(() => LocalDate, { description: 'When it was sent（移交日期）.' })
  sentOn: string

  @Field(() => LocalDate, { description: 'Last day for the receiver to answer（接收期限）.' })
  dueOn: string

  @Field(() => LocalDate, { nullable: true, description: 'When it was accepted, sent back or recalled（答复日期）.' })
  answeredOn: string | null
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'The verification of a clue by a team of two or more. Plan and report are sealed and read by `revealClue`（核实）.' })
export class Verification {
  @Field(() => VerificationMode, { nullable: true, description: 'Which bodies verify together; null for one alone（联动方式）.' })
  mode: VerificationMode | null

  @Field(() => VerificationStateEnum, { description: 'Where it stands（状态）.' })
  state: VerificationState

  @Field(() => LocalDate, { description: 'First day（开始日期）.' })
  plannedFrom: string

  @Field(() => LocalDate, { description: 'Last day（结束日期）.' })
  plannedTo: string

  @Field(() => String, { description: 'Hash of plan, time and team as they are; an approval is of exactly this（方案内容哈希）.' })
  contentHash: string

  @Field(() => String, { nullable: true, description: 'Hash that was approved（批准的内容哈希）.' })
  approvedHash: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When the plan was approved（方案批准日期）.' })
  approvedOn: string | null

  @Field(() => ClueOutcome, { nullable: true, description: 'What it has shown（核实结论）.' })
  outcome: ClueOutcome | null

  @Field(() => LocalDate, { nullable: true, description: 'When it was concluded（办结日期）.' })
  concludedOn: string | null
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'What is owed to somebody after a clue. Beneficiary and basis are sealed and read by `revealClue`（补发退还）.' })
export class Restitution {
  @Field(() => RestitutionKind, { description: 'What is given back（类型）.' })
  kind: RestitutionKind

  @Field(() => RestitutionStateEnum, { description: 'Where it stands（状态）.' })
  state: RestitutionState

  @Field(() => Decimal, { nullable: true, description: 'Exact quantity, `1.02`（数量）.' })
  quantity: string | null

  @Field(() => Measure, { nullable: true, description: 'In what the quantity is counted（计量单位）.' })
  measure: Measure | null

  @Field(() => Decimal, { nullable: true, description: 'Exact amount of money（金额）.' })
  amount: string | null

  @Field(() => Currency, { nullable: true, description: 'Of the amount（币种）.' })
  currency: Currency | null

  @Field(() => LocalDate, { nullable: true, description: 'Last day for restoring it（兑现期限）.' })
  dueOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When it was paid or given back（兑付日期）.' })
  paidOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When it was found to have reached the beneficiary（核实日期）.' })
  verifiedOn: string | null

  @Field(() => Boolean, { description: 'Invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A request to learn who reported. For custodians and for who asked; the custodian reads this, never the clue（披露举报人信息申请）.' })
export class IdentityRelease {
  @Field(() => IdentityReleaseStateEnum, { description: 'Where it stands（状态）.' })
  state: IdentityReleaseState

  @Field(() => String, { description: 'Why it is needed（申请理由）.' })
  reason: string

  @Field(() => String, { nullable: true, description: 'Why it was refused or ended（审批意见）.' })
  opinion: string | null

  @Field(() => DateTime, { nullable: true, description: 'Until when it is released to who asked（披露有效期至）.' })
  releasedUntil: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was decided（审批时间）.' })
  decidedAt: string | null

  @Field(() => String, { nullable: true, description: 'Who decided（审批人）.' })
  decidedBy: string | null

  @Field(() => Int, { description: 'How often the identity was read under it（查看次数）.' })
  readings: number
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'How long a step of handling may take（线索办理期限）.' })
export class ClueDeadline {
  @Field(() => ClueNature, { description: 'For clues of this nature（性质）.' })
  nature: ClueNature

  @Field(() => ClueStep, { description: 'The step（环节）.' })
  step: ClueStep

  @Field(() => Int, { description: 'Days（天数）.' })
  days: number

  @Field(() => DayCount, { description: 'How they are counted（计日方式）.' })
  counted: DayCount

  @Field(() => Int, { description: 'Days by which it can be extended, once; 0: not at all（最长延期天数）.' })
  maxExtensionDays: number

  @Field(() => [LegalBasis], { description: 'Where it stands in law（依据）.' })
  legalBasis: LegalBasis[]

  @Field(() => Boolean, { description: 'Was it compared with the law’s text? A default that was not says so, until an administrator has read it and sets it by setClueDeadline as confirmed; it counts meanwhile（是否已核对）.' })
  isConfirmed: boolean
}

@ObjectType({ description: 'What of a matter the holder of its receipt is told（凭证查询结果）.' })
export class ClueReceipt {
  @Field(() => ReceiptStage, { description: 'Where it stands（办理阶段）.' })
  stage: ReceiptStage

  @Field(() => String, { description: 'The same in plain words, in the language of the request（阶段说明）.' })
  text: string
}

