import { compileFormula } from '../../../../src/domain/indicator/formula'

const value = (text: string, figures: Record<string, string>, previous: Record<string, string> = {}): string => {
  const c = compileFormula(text, ['a', 'b'])
  if ('problem' in c) throw new Error(c.problem)
  return c.formula.evaluate({ value: figures, previous }).toFixed()
}

test.each([
  ['value.a + value.b', { a: '0.1', b: '0.2' }, '0.3'],
  ['value.a - value.b * 100.0', { a: '12345678901234567890.12', b: '0.01' }, '12345678901234567889.12'],
  ['100 * value.a', { a: '0.07' }, '7'],
  ['-value.a', { a: '5' }, '-5'],
  ['value.a > value.b ? value.a : value.b', { a: '2', b: '10' }, '10'],
  ['value.a == 0 ? value.b : value.a', { a: '0.00', b: '7' }, '7'],
])('%s is exact', (text, figures, expected) => expect(value(text, figures)).toBe(expected))

test('the same period a year earlier', () => expect(value('value.a - previous.a', { a: '12' }, { a: '10' })).toBe('2'))

test('it tells which variables it uses', () => {
  const c = compileFormula('value.b - previous.a + value.a', ['a', 'b'])
  expect('formula' in c && c.formula.uses).toEqual({ value: ['a', 'b'], previous: ['a'] })
})

test.each([
  ['value.a / value.b', /the engine divides/], ['value.a % value.b', /the engine divides/], ['"aaaa".matches("(a+)+$") ? 1 : 2', /matches\(\) is not allowed/],
  ['size("x")', /not allowed/], ['[1, 2].exists(x, x > 1) ? 1 : 2', /./], ['value.c', /No such key: c/], ['other.a', /./], ['a', /value\.a/], ['value["a"]', /not allowed/], ['"text"', /only numbers/],
  ['value.a > 1', /gives a bool/], ['value.a +', /./], ['value', /value\.value/], [`value.a${' + value.a'.repeat(300)}`, /./], ['('.repeat(60) + '1' + ')'.repeat(60), /./],
])('refused: %s', (text, why) => {
  const c = compileFormula(text, ['a', 'b'])
  expect('problem' in c && c.problem).toMatch(why)
})
