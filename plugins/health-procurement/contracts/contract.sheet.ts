import { cell, usccFault, usccSentence, type SheetRow } from 'plumbline/sdk/data'

/** Columns of an import file; the first header of each is the one of the template. */
export const contractSheet = {
  contractNo: cell.text({ headers: ['合同编号'], required: true, max: 80 }),
  titleZh: cell.text({ headers: ['合同名称', '项目名称'], required: true, max: 200 }),
  category: cell.oneOf({ headers: ['品类'], required: true }, { DRUG: ['药品'], CONSUMABLE: ['医用耗材', '耗材'], EQUIPMENT: ['医疗设备', '设备'], SERVICE: ['服务'], OTHER: ['其他'] }),
  regime: cell.oneOf({ headers: ['适用制度'], required: true }, { GPL: ['政府采购'], BIDDING: ['招标投标'], CENTRALISED_DRUG_PURCHASE: ['药械集中采购', '集中采购'], OTHER: ['其他'] }),
  method: cell.oneOf({ headers: ['采购方式'], required: true }, {
    OPEN_TENDER: ['公开招标'], INVITED_TENDER: ['邀请招标'], COMPETITIVE_NEGOTIATION: ['竞争性谈判'], COMPETITIVE_CONSULTATION: ['竞争性磋商'], INQUIRY: ['询价'],
    SINGLE_SOURCE: ['单一来源采购', '单一来源'], PLATFORM: ['平台采购'], OTHER: ['其他'],
  }),
  aboveTenderThreshold: cell.yesNo({ headers: ['达到公开招标数额标准'] }),
  methodApprovalNo: cell.text({ headers: ['采购方式批准文号'], max: 80 }),
  announcedOn: cell.day({ headers: ['招标文件发出日期'] }),
  bidDeadline: cell.day({ headers: ['投标截止日期'] }),
  biddersCount: cell.int({ headers: ['有效投标人数'] }),
  qualifiedBrands: cell.int({ headers: ['满足参数的品牌数'] }),
  awardNoticeOn: cell.day({ headers: ['中标通知书日期', '成交通知书日期'] }),
  signedOn: cell.day({ headers: ['签订日期'], required: true }),
  filedOn: cell.day({ headers: ['备案日期'] }),
  publishedOn: cell.day({ headers: ['公告日期'] }),
  amount: cell.decimal({ headers: ['合同金额', '合同金额（元）'], required: true }),
  currency: cell.text({ headers: ['币种'], max: 3, pattern: /^[A-Z]{3}$/, hint: 'A currency is three capital letters, CNY.' }),
  supplementAmount: cell.decimal({ headers: ['补充合同金额', '补充合同金额（元）'] }),
  bondAmount: cell.decimal({ headers: ['履约保证金', '履约保证金（元）'] }),
  supplierName: cell.text({ headers: ['供应商'], required: true, max: 200 }),
  supplierUscc: cell.text({ headers: ['供应商统一社会信用代码'], max: 18 }),
  acceptedOn: cell.day({ headers: ['验收日期'] }),
  acceptanceSigned: cell.yesNo({ headers: ['验收书已签字'] }),
  isLargeOrComplex: cell.yesNo({ headers: ['大型或复杂项目'] }),
  qualityInstitute: cell.yesNo({ headers: ['质量检测机构参加验收'] }),
  completedOn: cell.day({ headers: ['采购结束日期'] }),
  archivedUntil: cell.day({ headers: ['档案保存至'] }),
  note: cell.text({ headers: ['备注'], max: 500 }),
  isSynthetic: cell.yesNo({ headers: ['虚构数据'] }),
}
export type ContractRow = SheetRow<typeof contractSheet>

/** Dates that must not come before another one, as the database checks them too. */
const NOT_BEFORE = [
  ['bidDeadline', 'announcedOn'], ['filedOn', 'signedOn'], ['publishedOn', 'signedOn'], ['completedOn', 'signedOn'],
] as const

/** What is wrong with a row beyond its single cells: field, code and sentence. */
export function rowFaults({ values }: ContractRow): [field: string, code: string, message: string][] {
  const faults: [string, string, string][] = []
  for (const [later, earlier] of NOT_BEFORE) {
    const [a, b] = [values[later], values[earlier]]
    if (a && b && a < b) faults.push([later, 'DATE_ORDER', `${contractSheet[later].headers[0]} is before ${contractSheet[earlier].headers[0]}.`])
  }
  const fault = values.supplierUscc === null ? null : usccFault(values.supplierUscc)
  if (fault) faults.push(['supplierUscc', 'INV-41', usccSentence(fault)])
  return faults
}
