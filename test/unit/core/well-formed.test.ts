import { isWellFormed } from '../../../src/core/well-formed'

test.each(['', '审批', '😀', '\u0001\uffff', 'a\ud83d\ude00b'])('%j can be kept', text => expect(isWellFormed(text)).toBe(true))
test.each(['\0', 'a\0b', '\ud83d', 'a\ude00', '\ude00\ud83d'])('%j cannot', text => expect(isWellFormed(text)).toBe(false))
