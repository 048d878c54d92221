import { labelledEnum } from 'plumbline/sdk/graphql'

export const Stage = labelledEnum('MedicalInsuranceHandlingStage', 'Where the handling of a suspicion stands（处理阶段）.', {
  FIRST_REVIEW: { zh: '初审', en: 'First review' },
  RE_REVIEW: { zh: '复审', en: 'Re-review' },
  APPEAL: { zh: '机构申诉', en: 'Provider appeal' },
  VERIFICATION: { zh: '核查', en: 'Verification' },
  DISPOSITION: { zh: '处理', en: 'Disposition' },
  CLOSED: { zh: '办结归档', en: 'Closed and filed' },
})
export type Stage = keyof typeof Stage

export const Channel = labelledEnum('MedicalInsuranceDiscoveryChannel', 'How it came to light（发现渠道）.', {
  FLIGHT_INSPECTION: { zh: '飞行检查', en: 'Flight inspection' },
  SPECIAL_INSPECTION: { zh: '专项检查', en: 'Special inspection' },
  ROUTINE_AUDIT: { zh: '日常稽核', en: 'Routine agency audit' },
  SMART_MONITORING: { zh: '智能监管', en: 'Smart monitoring' },
  COMPLAINT: { zh: '投诉举报', en: 'Complaint or report' },
  AUDIT_TRANSFER: { zh: '审计移送', en: 'Transfer from audit' },
  DISCIPLINE_TRANSFER: { zh: '纪检监察机关移送', en: 'Transfer from a discipline and supervision body' },
  DEPARTMENT_TRANSFER: { zh: '其他部门移送', en: 'Transfer from another department' },
  SELF_CHECK: { zh: '机构自查自纠', en: 'Provider self-check' },
  PUBLIC_OPINION: { zh: '舆情反映', en: 'Media and public opinion' },
})
export type Channel = keyof typeof Channel

export const Outcome = labelledEnum('MedicalInsuranceHandlingOutcome', 'What came of it（处理结果）.', {
  PENDING: { zh: '未定', en: 'Pending', description: 'Not decided yet' },
  NO_VIOLATION: { zh: '未发现违规', en: 'No violation found' },
  AGREEMENT_HANDLING: { zh: '协议处理', en: 'Handled under the agreement', description: 'Denied, recovered, suspended or ended under the agreement' },
  ADMINISTRATIVE_DISPOSAL: { zh: '责令改正、退回', en: 'Ordered to correct and repay' },
  ADMINISTRATIVE_PENALTY: { zh: '行政处罚', en: 'Administrative penalty' },
  TRANSFERRED_POLICE: { zh: '移送公安机关', en: 'Transferred to the police' },
  TRANSFERRED_DISCIPLINE: { zh: '移送纪检监察机关', en: 'Transferred to a discipline and supervision body' },
  TRANSFERRED_DEPARTMENT: { zh: '移送其他主管部门', en: 'Transferred to another department' },
})
export type Outcome = keyof typeof Outcome

export const FineCheck = labelledEnum('MedicalInsuranceFineCheck', 'Whether a fine lies in the range that the law gives（罚款幅度核查）.', {
  PASS: { zh: '在幅度内', en: 'Within the range' },
  FLAG: { zh: '超出幅度', en: 'Outside the range', description: 'A reason to look, not a finding' },
  NOT_APPLICABLE: { zh: '不适用', en: 'Not applicable', description: 'No fine was imposed, or the law gives no range for this type' },
  CANNOT_TELL: { zh: '无法判断', en: 'Cannot tell', description: 'The range is a multiple of the loss, and no loss is recorded' },
})
export type FineCheck = keyof typeof FineCheck
