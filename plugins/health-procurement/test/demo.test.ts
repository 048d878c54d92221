import path from 'node:path'
import { readSheet, WorkCalendar } from 'plumbline/sdk/data'
import type { ContractFacts } from '../checks/contract-facts'
import { checkContract, LEGAL_CHECKS } from '../checks/legal-checks'
import { contractSheet, rowFaults, type ContractRow } from '../contracts/contract.sheet'

const sheet = (unit: string): Promise<ContractRow[]> => readSheet(contractSheet, { path: path.join(__dirname, '..', 'demo', 'contracts', `${unit}.csv`) }).then(({ rows, report }) => {
  report.refuseIfAny()
  return rows
})
const facts = ({ values: v }: ContractRow): ContractFacts => ({
  regime: v.regime, method: v.method, above_tender_threshold: v.aboveTenderThreshold, method_approval_no: v.methodApprovalNo, announced_on: v.announcedOn, bid_deadline: v.bidDeadline,
  bidders_count: v.biddersCount, qualified_brands: v.qualifiedBrands, award_notice_on: v.awardNoticeOn, signed_on: v.signedOn, filed_on: v.filedOn, published_on: v.publishedOn,
  amount: v.amount, supplement_amount: v.supplementAmount ?? '0', bond_amount: v.bondAmount ?? '0', accepted_on: v.acceptedOn, acceptance_signed: v.acceptanceSigned,
  is_large_or_complex: v.isLargeOrComplex ?? false, quality_institute: v.qualityInstitute, completed_on: v.completedOn, archived_until: v.archivedUntil,
})

test('the bureau’s year shows each check passed, flagged and not applicable, under each law that it knows', async () => {
  const none = { off: new Set<string>(), worked: new Set<string>() }
  const calendar = new WorkCalendar(new Map([2024, 2025, 2026].map(year => [year, none])))
  const rows = await sheet('510821-HEALTH')
  const seen = new Set(rows.flatMap(row => checkContract(facts(row), calendar).flatMap(o => [`${o.check.code} ${o.result}`, `${o.check.code} ${row.values.regime} ${o.result}`, `${o.result} ${o.reason}`])))
  for (const { code, basis } of LEGAL_CHECKS) {
    expect([code, ['PASS', 'FLAG', 'NOT_APPLICABLE'].filter(result => !seen.has(`${code} ${result}`))]).toEqual([code, []])
    for (const regime of Object.keys(basis)) expect([code, regime, ['PASS', 'FLAG'].filter(result => !seen.has(`${code} ${regime} ${result}`))]).toEqual([code, regime, []])
  }
  for (const reason of ['NOT_APPLICABLE REGIME', 'NOT_APPLICABLE METHOD', 'NOT_APPLICABLE BELOW_THRESHOLD', 'NOT_APPLICABLE NOT_LARGE_OR_COMPLEX', 'CANNOT_TELL NOT_RECORDED', 'CANNOT_TELL NO_CALENDAR']) {
    expect(seen).toContain(reason)
  }
})

test.each(['510821-HEALTH', '510821-HOSPITAL', '510821100-HC'])('%s: every row is right, invented, and names nobody', async unit => {
  for (const row of await sheet(unit)) {
    expect([row.values.contractNo, rowFaults(row), row.values.isSynthetic]).toEqual([row.values.contractNo, [], true])
    expect(row.values.supplierName).toMatch(/^供应商[甲乙丙丁戊己庚辛壬癸]$/)
    expect(row.values.supplierUscc).toMatch(/^91510800FK9/)
  }
})
