import { labelledEnum, stateEnum } from '../labels'
import { clueMachine } from './clue.states'
import { clueTransferMachine } from './clue-transfer.states'
import { identityReleaseMachine } from './identity-release.states'
import { restitutionMachine } from './restitution.states'
import { verificationMachine } from './verification.states'

export const ClueStateEnum = stateEnum('ClueState', 'Where a clue stands（线索状态）.', clueMachine)
export const ClueTransferStateEnum = stateEnum('ClueTransferState', 'Where a transfer stands（移交状态）.', clueTransferMachine)
export const VerificationStateEnum = stateEnum('VerificationState', 'Where a verification stands（核实状态）.', verificationMachine)
export const RestitutionStateEnum = stateEnum('RestitutionState', 'Where a restitution stands（补发退还状态）.', restitutionMachine)
export const IdentityReleaseStateEnum = stateEnum('IdentityReleaseState', 'Where a request to learn who reported stands（披露申请状态）.', identityReleaseMachine)

export const ClueChannel = labelledEnum('ClueChannel', 'By which way a clue came（线索来源渠道）.', {
  VILLAGE_OFFICER: { zh: '村级监督员受理', en: 'Village supervisor' },
  PETITION_LETTER: { zh: '来信', en: 'Petition letter' },
  VISIT: { zh: '来访', en: 'Visit' },
  PHONE: { zh: '来电', en: 'Phone' },
  ONLINE: { zh: '网络举报', en: 'Online' },
  TRANSFER_IN: { zh: '移交', en: 'Transfer', description: 'Passed on by another body' },
  SUPERVISION_FINDING: { zh: '监督检查发现', en: 'Supervision finding' },
  INDICATOR_ALERT: { zh: '指标预警', en: 'Indicator alert', description: 'An alert that people verified' },
  PATROL_TRANSFER: { zh: '巡察移交', en: 'Patrol inspection' },
  AUDIT_TRANSFER: { zh: '审计移交', en: 'Audit' },
  MEDIA: { zh: '媒体曝光', en: 'Media' },
})
export type ClueChannel = keyof typeof ClueChannel

export const ClueNature = labelledEnum('ClueNature', 'What a clue is about（线索性质）.', {
  DISCIPLINE_CLUE: { zh: '检举控告', en: 'Clue of misconduct' },
  CLAIM_GRIEVANCE: { zh: '诉求（求决）', en: 'Grievance', description: 'Somebody asks for what is due' },
})
export type ClueNature = keyof typeof ClueNature

export const Anonymity = labelledEnum('Anonymity', 'Whether it is known who brought a clue（实名情况）.', {
  NAMED: { zh: '实名', en: 'Named', description: 'Who brought it is in the vault' },
  ANONYMOUS: { zh: '匿名', en: 'Anonymous', description: 'Nobody knows who brought it; the holder of the receipt can add to it' },
  NO_REPORTER: { zh: '无举报人', en: 'No reporter', description: 'Found by a body in its own work' },
})
export type Anonymity = keyof typeof Anonymity

export const ClueHandling = labelledEnum('ClueHandling', 'The way in which a clue is handled（线索处置方式）.', {
  PRELIMINARY_VERIFICATION: { zh: '初步核实', en: 'Preliminary verification' },
  TALK_OR_LETTER_INQUIRY: { zh: '谈话函询', en: 'Talk or letter inquiry' },
  SHELVED: { zh: '暂存待查', en: 'Kept for later' },
  CONCLUDED: { zh: '予以了结', en: 'Nothing further' },
})
export type ClueHandling = keyof typeof ClueHandling

export const ClueOutcome = labelledEnum('ClueOutcome', 'What checking a clue has shown（核实结论）.', {
  FOUNDED_CLERICAL: { zh: '属实（工作失误）', en: 'Founded, by mistake' },
  FOUNDED_MISCONDUCT: { zh: '属实（违纪违法）', en: 'Founded, misconduct' },
  PARTLY_FOUNDED: { zh: '部分属实', en: 'Partly founded' },
  UNFOUNDED: { zh: '不属实', en: 'Unfounded' },
  NOT_COMPETENT: { zh: '不属职责范围', en: 'Not a matter for these bodies' },
})
export type ClueOutcome = keyof typeof ClueOutcome

export const ClueDisposition = labelledEnum('ClueDisposition', 'What follows from a clue（处置结果）.', {
  RESTITUTION: { zh: '补发退还', en: 'Restitution' },
  RECTIFICATION: { zh: '责令整改', en: 'Rectification' },
  LETTER: { zh: '制发建议书', en: 'Recommendation letter' },
  TALK: { zh: '谈话提醒', en: 'Talk' },
  CASE: { zh: '立案', en: 'Case' },
  NONE: { zh: '予以了结', en: 'Nothing, for a reason' },
})
export type ClueDisposition = keyof typeof ClueDisposition

export const ClueStep = labelledEnum('ClueStep', 'A step that has a time limit（办理环节）.', {
  TELL_ROUTE: { zh: '告知受理情况', en: 'Telling the route', description: 'From receiving: the petitioner is told whether and where it is handled' },
  PROPOSE_DISPOSAL: { zh: '提出处置意见', en: 'Proposal', description: 'From receiving: the way of handling is chosen' },
  FINISH: { zh: '办结', en: 'Finish', description: 'From registration' },
  INQUIRY_REPLY: { zh: '函询回复', en: 'Reply to an inquiry', description: 'From the decision to inquire' },
  ACCEPT_TRANSFER: { zh: '接收移交', en: 'Accepting a transfer', description: 'From the day on which it was sent' },
})
export type ClueStep = keyof typeof ClueStep

export const DayCount = labelledEnum('DayCount', 'How days are counted（计日方式）.', {
  WORKING_DAYS: { zh: '工作日', en: 'Working days' },
  CALENDAR_DAYS: { zh: '自然日', en: 'Calendar days' },
})
export type DayCount = keyof typeof DayCount

export const ClueEntryKind = labelledEnum('ClueEntryKind', 'What a piece of writing about a clue is（线索记录类型）.', {
  INFORMATION: { zh: '补充材料', en: 'Information', description: 'What came in later' },
  REPORTER_INFORMATION: { zh: '举报人补充', en: 'From the reporter', description: 'Added by the holder of the receipt' },
  OPINION: { zh: '意见', en: 'Opinion', description: 'Why a command was given' },
  FEEDBACK: { zh: '反馈', en: 'Feedback', description: 'What the reporter was told, and their answer' },
  MEASURE: { zh: '核实措施', en: 'Measure', description: 'What a verification team did and found' },
  REPORT: { zh: '核实报告', en: 'Report', description: 'Of a verification or inquiry' },
  PAYMENT_PROOF: { zh: '兑付凭证', en: 'Proof of payment', description: 'Voucher, receipt, where they are kept' },
})
export type ClueEntryKind = keyof typeof ClueEntryKind

export const VerificationMode = labelledEnum('VerificationMode', 'Which bodies verify together（联动方式）.', {
  PATROL_PLUS_COMMISSION: { zh: '巡察+纪委', en: 'Patrol and commission' },
  OFFICE_PLUS_DISPATCHED: { zh: '室+组', en: 'Supervision office and dispatched group' },
  OUTPOST_PLUS_TOWNSHIP: { zh: '片区组+乡镇纪委', en: 'Outpost group and township commission' },
  TOWNSHIP_PLUS_VILLAGE: { zh: '乡镇纪委+村级监督员', en: 'Township commission and village supervisor' },
})
export type VerificationMode = keyof typeof VerificationMode

export const RestitutionKind = labelledEnum('RestitutionKind', 'What is given back（补发退还类型）.', {
  BACK_PAYMENT: { zh: '补发', en: 'Back payment' },
  REFUND: { zh: '退还', en: 'Refund' },
  RIGHT_RESTORED: { zh: '恢复权益', en: 'Right restored' },
  RECORD_CORRECTED: { zh: '更正登记', en: 'Record corrected' },
})
export type RestitutionKind = keyof typeof RestitutionKind

export const Measure = labelledEnum('UnitOfMeasure', 'In what a quantity is counted（计量单位）.', {
  MU: { zh: '亩', en: 'Mu', description: 'One fifteenth of a hectare' },
  HECTARE: { zh: '公顷', en: 'Hectares' },
  SQUARE_METRE: { zh: '平方米', en: 'Square metres' },
  KILOGRAM: { zh: '千克', en: 'Kilograms' },
  TONNE: { zh: '吨', en: 'Tonnes' },
  HEAD: { zh: '头（只）', en: 'Head of livestock' },
  PERSON: { zh: '人', en: 'Persons' },
  HOUSEHOLD: { zh: '户', en: 'Households' },
  ITEM: { zh: '件', en: 'Items' },
})
export type Measure = keyof typeof Measure

export const Currency = labelledEnum('Currency', 'Currency of an amount（币种）.', { CNY: { zh: '人民币元', en: 'Yuan renminbi' } })
export type Currency = keyof typeof Currency

export const ReceiptStage = labelledEnum('ReceiptStage', 'Where a matter stands, as the holder of its receipt is told（办理阶段）.', {
  RECEIVED: { zh: '已收到，正在登记', en: 'Received, being registered' },
  BEING_HANDLED: { zh: '正在办理', en: 'Being handled' },
  ANSWER_DUE: { zh: '已作出处理，将作答复', en: 'Decided; you will be told' },
  ANSWERED: { zh: '已答复', en: 'You were told what came of it' },
  NOT_ACCEPTED: { zh: '不予受理，已说明理由', en: 'Not accepted, with a reason' },
  CLOSED: { zh: '已办结，可继续补充材料', en: 'Closed; you can still add information' },
})
export type ReceiptStage = keyof typeof ReceiptStage
