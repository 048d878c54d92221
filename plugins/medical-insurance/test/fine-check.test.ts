import type { OwnCatalogItem } from 'plumbline/sdk/data'
import { fineCheck } from '../violations/violation.service'
import { rowFaults, type ViolationRow } from '../violations/violation.sheet'

const type = (min?: number, max?: number): OwnCatalogItem =>
  ({ code: 'x', titleZh: 'x', titleEn: null, legalBasis: [], payload: { sanction: { fineMultipleMin: min, fineMultipleMax: max } } })

test.each([
  ['10000.00', '10000.00', type(1, 2), 'PASS'], ['20000.00', '10000.00', type(1, 2), 'PASS'], ['20000.01', '10000.00', type(1, 2), 'FLAG'], ['9999.99', '10000.00', type(1, 2), 'FLAG'],
  ['0.00', '10000.00', type(1, 2), 'NOT_APPLICABLE'], ['5.00', '10000.00', type(), 'NOT_APPLICABLE'], ['5.00', '10000.00', undefined, 'NOT_APPLICABLE'], ['5.00', '0.00', type(2, 5), 'CANNOT_TELL'],
])('a fine of %s for a loss of %s', (fine, loss, of, result) => expect(fineCheck(fine, loss, of)).toBe(result))

test('faults of a row: dates that amounts need, and sums that cannot be', () => {
  const row = (values: object): ViolationRow => ({ sheet: 'CSV', row: 2, values: { foundAmount: null, recoveredAmount: null, fineImposed: null, fineCollected: null, foundOn: null, recoveredOn: null, fineDecidedOn: null, fineCollectedOn: null, type: 'x', outcome: null, ...values } as unknown as ViolationRow['values'] })
  expect(rowFaults(row({}))).toEqual([])
  expect(rowFaults(row({ foundAmount: '0.00' }))).toEqual([])
  expect(rowFaults(row({ foundAmount: '0.01' })).map(f => f[0])).toEqual(['foundOn'])
  expect(rowFaults(row({ foundAmount: '100', foundOn: '2026-01-01', recoveredAmount: '100.01', recoveredOn: '2026-01-02' })).map(f => f[1])).toEqual(['TOO_MUCH'])
  expect(rowFaults(row({ type: null })).map(f => f[0])).toEqual(['type'])
  expect(rowFaults(row({ type: null, outcome: 'NO_VIOLATION' }))).toEqual([])
})
