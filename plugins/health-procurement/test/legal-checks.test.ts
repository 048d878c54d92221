import { WorkCalendar } from 'plumbline/sdk/data'
import type { ContractFacts } from '../checks/contract-facts'
import { checkContract, flagsOf, LEGAL_CHECKS } from '../checks/legal-checks'
import type { Method, Regime } from '../contracts/contract.enums'

/** Labour Day of 2026, with Saturday 9 May worked; no other year is set. */
const calendar = new WorkCalendar(new Map([[2026, { off: new Set(['01', '02', '03', '04', '05'].map(day => `2026-05-${day}`)), worked: new Set(['2026-05-09']) }]]))
const good: ContractFacts = {
  regime: 'GPL', method: 'OPEN_TENDER', above_tender_threshold: true, method_approval_no: null, announced_on: '2026-03-02', bid_deadline: '2026-03-22', bidders_count: 3, qualified_brands: 3,
  award_notice_on: '2026-03-25', signed_on: '2026-04-24', filed_on: '2026-05-08', published_on: '2026-04-28', amount: '1000000.00', supplement_amount: '100000.00', bond_amount: '100000.00',
  accepted_on: '2026-06-01', acceptance_signed: true, is_large_or_complex: true, quality_institute: true, completed_on: '2026-06-30', archived_until: '2041-06-30',
}
const result = (code: string, more: Partial<ContractFacts> = {}): string => {
  const o = checkContract({ ...good, ...more }, calendar).find(c => c.check.code === code)!
  return o.reason ? `${o.result} ${o.reason}` : o.result
}

test('each rule at its limit passes', () => {
  expect(flagsOf(good, calendar)).toEqual([])
  for (const { code } of LEGAL_CHECKS) expect([code, result(code)]).toEqual([code, code === 'open-tender' ? 'NOT_APPLICABLE METHOD' : 'PASS'])
})

test.each<[string, Partial<ContractFacts>]>([
  ['bid-window', { bid_deadline: '2026-03-21' }], ['bidders', { bidders_count: 2 }], ['brands', { qualified_brands: 2 }], ['signing', { award_notice_on: '2026-03-24' }],
  ['filing', { filed_on: '2026-05-09' }], ['publication', { published_on: '2026-04-29' }], ['supplement', { supplement_amount: '100000.01' }], ['bond', { bond_amount: '100000.01' }],
  ['acceptance', { acceptance_signed: false }], ['quality-institute', { quality_institute: false }], ['archive', { archived_until: '2041-06-29' }],
  ['open-tender', { method: 'COMPETITIVE_NEGOTIATION' }],
])('%s: one step beyond its limit is a flag', (code, more) => expect(result(code, more)).toBe('FLAG'))

test('a missing fact cannot be told, it is never a flag', () => {
  const nothing: Partial<ContractFacts> = {
    announced_on: null, bid_deadline: null, bidders_count: null, qualified_brands: null, award_notice_on: null, filed_on: null, published_on: null, accepted_on: null,
    acceptance_signed: null, quality_institute: null, completed_on: null, archived_until: null, amount: '0.00', above_tender_threshold: null,
  }
  for (const { code } of LEGAL_CHECKS) expect([code, result(code, { ...nothing, method: code === 'open-tender' ? 'INQUIRY' : 'OPEN_TENDER' })]).toEqual([code, 'CANNOT_TELL NOT_RECORDED'])
})

test('days of a year whose holidays are not set cannot be told, however many they are', () => {
  expect(result('filing', { signed_on: '2026-12-31', filed_on: '2027-01-05' })).toBe('CANNOT_TELL NO_CALENDAR')
  expect(result('filing', { signed_on: '2026-12-01', filed_on: '2027-03-01' })).toBe('CANNOT_TELL NO_CALENDAR')
  expect(result('publication', { signed_on: '2025-12-31', published_on: '2026-01-02' })).toBe('PASS')
})

test('outside its regime a rule is not applicable, whatever the facts', () => {
  const worst: Partial<ContractFacts> = { bid_deadline: '2026-03-03', bidders_count: 0, supplement_amount: '900000.00', bond_amount: '900000.00', archived_until: '2027-01-01' }
  const of = (regime: Regime, method: Method = 'OPEN_TENDER'): string[] => checkContract({ ...good, ...worst, regime, method }, calendar).filter(o => o.result !== 'NOT_APPLICABLE').map(o => o.check.code)
  expect(of('CENTRALISED_DRUG_PURCHASE')).toEqual([])
  expect(of('OTHER')).toEqual([])
  expect(of('BIDDING')).toEqual(['bid-window', 'bidders', 'brands', 'signing', 'bond'])
  expect(of('GPL', 'SINGLE_SOURCE')).not.toContain('bid-window')
})

test('what does not apply says why', () => {
  expect(result('filing', { regime: 'BIDDING' })).toBe('NOT_APPLICABLE REGIME')
  expect(result('bidders', { method: 'INQUIRY' })).toBe('NOT_APPLICABLE METHOD')
  expect(result('brands', { method: 'SINGLE_SOURCE' })).toBe('NOT_APPLICABLE METHOD')
  expect(result('open-tender', { method: 'INQUIRY', above_tender_threshold: false })).toBe('NOT_APPLICABLE BELOW_THRESHOLD')
  expect(result('quality-institute', { is_large_or_complex: false })).toBe('NOT_APPLICABLE NOT_LARGE_OR_COMPLEX')
})

test('every rule names its law', () => {
  for (const c of LEGAL_CHECKS) for (const basis of Object.values(c.basis)) for (const b of basis) expect(`${b.title}${b.article}`).toMatch(/^中华人民共和国.+第.+条/)
})
