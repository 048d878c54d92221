import { cell, type SheetRow } from 'plumbline/sdk/data'

/** Columns of an import file; the first header of each is the one of the template. */
export const violationSheet = {
  recordNo: cell.text({ headers: ['记录编号'], required: true, max: 80 }),
  providerCode: cell.text({ headers: ['定点机构代码', '机构代码'], required: true, max: 40 }),
  providerName: cell.text({ headers: ['定点机构名称', '机构名称'], required: true, max: 200 }),
  providerUnitCode: cell.text({ headers: ['单位代码'], max: 64 }),
  type: cell.text({ headers: ['违规类型'], max: 120 }),
  channel: cell.oneOf({ headers: ['发现渠道'], required: true }, {
    FLIGHT_INSPECTION: ['飞行检查'], SPECIAL_INSPECTION: ['专项检查'], ROUTINE_AUDIT: ['日常稽核'], SMART_MONITORING: ['智能监管'], COMPLAINT: ['投诉举报'],
    AUDIT_TRANSFER: ['审计移送'], DISCIPLINE_TRANSFER: ['纪检监察机关移送'], DEPARTMENT_TRANSFER: ['其他部门移送'], SELF_CHECK: ['机构自查自纠'], PUBLIC_OPINION: ['舆情反映'],
  }),
  stage: cell.oneOf({ headers: ['处理阶段'], required: true }, { FIRST_REVIEW: ['初审'], RE_REVIEW: ['复审'], APPEAL: ['机构申诉'], VERIFICATION: ['核查'], DISPOSITION: ['处理'], CLOSED: ['办结归档'] }),
  outcome: cell.oneOf({ headers: ['处理结果'] }, {
    PENDING: ['未定'], NO_VIOLATION: ['未发现违规'], AGREEMENT_HANDLING: ['协议处理'], ADMINISTRATIVE_DISPOSAL: ['责令改正、退回', '责令改正'], ADMINISTRATIVE_PENALTY: ['行政处罚'],
    TRANSFERRED_POLICE: ['移送公安机关'], TRANSFERRED_DISCIPLINE: ['移送纪检监察机关'], TRANSFERRED_DEPARTMENT: ['移送其他主管部门'],
  }),
  inspectedOn: cell.day({ headers: ['现场检查日期'] }),
  foundOn: cell.day({ headers: ['认定日期'] }),
  foundAmount: cell.decimal({ headers: ['查实金额', '查实金额（元）'] }),
  recoveredOn: cell.day({ headers: ['退回日期'] }),
  recoveredAmount: cell.decimal({ headers: ['追回金额', '追回金额（元）'] }),
  fineDecidedOn: cell.day({ headers: ['处罚决定日期'] }),
  fineImposed: cell.decimal({ headers: ['罚款金额', '罚款金额（元）'] }),
  fineCollectedOn: cell.day({ headers: ['罚款缴纳日期'] }),
  fineCollected: cell.decimal({ headers: ['已缴罚款', '已缴罚款（元）'] }),
  isRevoked: cell.yesNo({ headers: ['已撤销'] }),
  note: cell.text({ headers: ['备注'], max: 500 }),
  isSynthetic: cell.yesNo({ headers: ['虚构数据'] }),
}
export type ViolationRow = SheetRow<typeof violationSheet>
type Field = keyof typeof violationSheet
type Fault = [field: Field, code: string, message: string]

const isPositive = (amount: string | null): boolean => amount !== null && /[1-9]/.test(amount)
/** Compares two amounts of 0 or more without leaving exact decimals: as whole cents. */
const cents = (amount: string | null): bigint => {
  const [whole = '0', part = ''] = (amount ?? '0').split('.')
  return BigInt(whole) * 100n + BigInt(part.padEnd(2, '0').slice(0, 2))
}

/** What is wrong with a row beyond its single cells. */
export function rowFaults({ values: v }: ViolationRow): Fault[] {
  const faults: Fault[] = []
  const dated: [Field, Field, string | null, string | null][] = [
    ['foundOn', 'foundAmount', v.foundOn, v.foundAmount], ['recoveredOn', 'recoveredAmount', v.recoveredOn, v.recoveredAmount],
    ['fineDecidedOn', 'fineImposed', v.fineDecidedOn, v.fineImposed], ['fineCollectedOn', 'fineCollected', v.fineCollectedOn, v.fineCollected],
  ]
  for (const [date, amount, on, of] of dated) if (isPositive(of) && !on) faults.push([date, 'REQUIRED', `${violationSheet[amount].headers[0]} needs its date.`])
  if (cents(v.recoveredAmount) > cents(v.foundAmount)) faults.push(['recoveredAmount', 'TOO_MUCH', 'More is recovered than was found.'])
  if (cents(v.fineCollected) > cents(v.fineImposed)) faults.push(['fineCollected', 'TOO_MUCH', 'More is collected than was imposed.'])
  if (!v.type && v.outcome !== 'NO_VIOLATION') faults.push(['type', 'REQUIRED', 'A record with a violation names its type.'])
  return faults
}
