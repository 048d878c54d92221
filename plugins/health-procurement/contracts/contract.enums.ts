import { labelledEnum } from 'plumbline/sdk/graphql'

export const Category = labelledEnum('HealthProcurementCategory', 'What is bought（采购品类）.', {
  DRUG: { zh: '药品', en: 'Drugs' },
  CONSUMABLE: { zh: '医用耗材', en: 'Medical consumables' },
  EQUIPMENT: { zh: '医疗设备', en: 'Medical equipment' },
  SERVICE: { zh: '服务', en: 'Services', description: 'Maintenance, information systems and the like' },
  OTHER: { zh: '其他', en: 'Other' },
})
export type Category = keyof typeof Category

export const Regime = labelledEnum('HealthProcurementRegime', 'The law that a purchase follows; checks say which they apply to（适用制度）.', {
  GPL: { zh: '政府采购', en: 'Government procurement', description: 'Government Procurement Law' },
  BIDDING: { zh: '招标投标', en: 'Tendering and bidding', description: 'Tendering and Bidding Law' },
  CENTRALISED_DRUG_PURCHASE: { zh: '药械集中采购', en: 'Centralised purchase of drugs and consumables', description: 'Platform and volume-based purchase; the tender rules do not apply' },
  OTHER: { zh: '其他', en: 'Other' },
})
export type Regime = keyof typeof Regime

export const Method = labelledEnum('HealthProcurementMethod', 'How the supplier was found（采购方式）.', {
  OPEN_TENDER: { zh: '公开招标', en: 'Open tender' },
  INVITED_TENDER: { zh: '邀请招标', en: 'Invited tender' },
  COMPETITIVE_NEGOTIATION: { zh: '竞争性谈判', en: 'Competitive negotiation' },
  COMPETITIVE_CONSULTATION: { zh: '竞争性磋商', en: 'Competitive consultation' },
  INQUIRY: { zh: '询价', en: 'Inquiry' },
  SINGLE_SOURCE: { zh: '单一来源采购', en: 'Single source' },
  PLATFORM: { zh: '平台采购', en: 'Platform purchase' },
  OTHER: { zh: '其他', en: 'Other' },
})
export type Method = keyof typeof Method

export const CheckResult = labelledEnum('HealthProcurementCheckResult', 'What a legal check found（核查结果）.', {
  PASS: { zh: '符合', en: 'Pass' },
  FLAG: { zh: '疑点', en: 'Flag', description: 'The recorded facts break the rule: a reason to look, not a finding' },
  NOT_APPLICABLE: { zh: '不适用', en: 'Not applicable', description: 'The rule is not made for this regime, method or purchase' },
  CANNOT_TELL: { zh: '无法判断', en: 'Cannot tell', description: 'What would be needed is not recorded' },
})
export type CheckResult = keyof typeof CheckResult

export const CheckReason = labelledEnum('HealthProcurementCheckReason', 'Why a check cannot tell, or does not apply（无法判断或不适用的原因）.', {
  NOT_RECORDED: { zh: '未登记', en: 'Not recorded', description: 'A date or figure is missing' },
  NO_CALENDAR: { zh: '缺少节假日安排', en: 'No calendar', description: 'The holidays of a year on the way are not set: Monday to Friday alone would be a guess' },
  REGIME: { zh: '不属于该制度', en: 'Another regime', description: 'Does not apply: the rule is not one of the law that the purchase follows' },
  METHOD: { zh: '不适用该采购方式', en: 'Another method', description: 'Does not apply: the rule is not about purchases by this method' },
  BELOW_THRESHOLD: { zh: '未达数额标准', en: 'Below the threshold', description: 'Does not apply: the amount does not reach the threshold for open tender' },
  NOT_LARGE_OR_COMPLEX: { zh: '非大型复杂项目', en: 'Not large or complex', description: 'Does not apply: the rule is about large or complex purchases' },
})
export type CheckReason = keyof typeof CheckReason
