import { belongsTo } from '../../../../src/domain/indicator/audience'
import { evaluateMany, evaluateUnit, type Computable } from '../../../../src/domain/indicator/evaluate'

const share: Computable = { numerator: 'value.a', denominator: 'value.b', multiplier: '100', decimals: 2, aggregation: 'RATIO_OF_SUMS', minDenominator: '10', variables: [{ code: 'a' }, { code: 'b' }] }
const growth: Computable = { ...share, numerator: 'value.a - previous.a', denominator: 'previous.a', minDenominator: '0' }
const total: Computable = { ...share, numerator: 'value.a', denominator: null, multiplier: '1', aggregation: 'SUM' }
const unit = (value: Record<string, string>, previous: Record<string, string> = {}) => ({ value, previous })

test('a value, rounded half up, with both its parts', () => {
  expect(evaluateUnit(share, unit({ a: '1', b: '3' }))).toMatchObject({ numerator: '1', denominator: '3', value: '33.33', nullReason: null, unstable: true, unitsCounted: 1 })
  expect(evaluateUnit(share, unit({ a: '1', b: '8' }))).toMatchObject({ value: '12.50' })
  expect(evaluateUnit({ ...share, decimals: 0 }, unit({ a: '1', b: '200' }))).toMatchObject({ value: '1', unstable: false })
  expect(evaluateUnit(total, unit({ a: '0.10' }))).toMatchObject({ value: '0.10', denominator: null, unstable: false })
})

test('INV-39: what cannot be told is null with its reason, never 0', () => {
  expect(evaluateUnit(share, unit({ a: '5', b: '0.00' }))).toMatchObject({ value: null, nullReason: 'ZERO_DENOMINATOR', numerator: '5', denominator: '0' })
  expect(evaluateUnit(share, unit({ a: '5' }))).toMatchObject({ value: null, nullReason: 'MISSING_INPUT', missing: ['b'], numerator: null })
  expect(evaluateUnit(growth, unit({ a: '5' }))).toMatchObject({ value: null, nullReason: 'NO_PREVIOUS', missing: ['previous.a'] })
  expect(evaluateUnit(share, unit({ a: '0', b: '4' }))).toMatchObject({ value: '0.00', nullReason: null })
})

test('INV-39: many units are the ratio of sums, not the mean of ratios; who misses an input is left out of both sums', () => {
  const units = [unit({ a: '1', b: '2' }), unit({ a: '10', b: '100' }), unit({ a: '7' }), unit({})]
  expect(evaluateMany(share, units)).toMatchObject({ numerator: '11', denominator: '102', value: '10.78', unitsCounted: 2, unstable: false })
  expect(evaluateMany(total, units)).toMatchObject({ value: '18.00', unitsCounted: 3 })
  expect(evaluateMany(share, [unit({ a: '1', b: '0' }), unit({ a: '0', b: '0' })])).toMatchObject({ value: null, nullReason: 'ZERO_DENOMINATOR' })
  expect(evaluateMany(share, [unit({ a: '1' })])).toMatchObject({ value: null, nullReason: 'MISSING_INPUT', missing: ['b'] })
  expect(evaluateMany(share, [])).toMatchObject({ value: null, nullReason: 'MISSING_INPUT' })
  for (const aggregation of ['LAST', 'NONE'] as const) expect(evaluateMany({ ...share, aggregation }, units)).toMatchObject({ value: null, nullReason: 'NOT_APPLICABLE' })
})

test('a unit belongs to an audience when kind, one sector and level all do', () => {
  const audience = { unitKinds: ['PUBLIC_INSTITUTION'], sectorCodes: ['hospital'], levels: ['COUNTY', 'TOWNSHIP'] }
  const fits = (o: object): boolean => belongsTo(audience, { kind: 'PUBLIC_INSTITUTION', sector_codes: ['x', 'hospital'], level: 'COUNTY', ...o })
  expect(fits({})).toBe(true)
  expect(fits({ level: 'FUNCTIONAL_ZONE' })).toBe(true)
  expect(fits({ level: 'VILLAGE' })).toBe(true)
  expect([fits({ level: 'CITY' }), fits({ level: null }), fits({ kind: 'GOVERNMENT' }), fits({ sector_codes: ['health'] })]).toEqual([false, false, false, false])
})
