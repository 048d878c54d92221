import { isWellFormed, wellFormed } from '../../../src/core/well-formed'

test.each(['', '审批', '😀', '\u0001\uffff', 'a\ud83d\ude00b'])('%j can be kept', text => expect(isWellFormed(text)).toBe(true))
test.each(['\0', 'a\0b', '\ud83d', 'a\ude00', '\ude00\ud83d'])('%j cannot', text => expect(isWellFormed(text)).toBe(false))

test('every text inside a value is looked at, keys too, and told by its path', () => {
  expect(wellFormed({ a: 'x', b: ['y', { c: 'a\0' }], d: null, e: 1, f: true })).toEqual([expect.objectContaining({ path: 'b.1.c', rule: 'wellFormed' })])
  expect(wellFormed({ 'k\ud83d': 1 })).toEqual([expect.objectContaining({ path: 'k\ud83d' })])
  expect(wellFormed('\0', 'input.name')).toEqual([expect.objectContaining({ path: 'input.name' })])
  expect(wellFormed(['fine', 1, undefined])).toEqual([])
})
