import { bodyCheck, usccCheck, usccFault } from '../../../src/core/uscc'

// Written apart from the source on purpose: the alphabet as the standard's table, the weights as powers of 3, values by position in the table.
const TABLE = '0 1 2 3 4 5 6 7 8 9 A B C D E F G H J K L M N P Q R T U W X Y'.split(' ')
function checkByTheStandard(code: string): string {
  let weight = 1
  let sum = 0
  for (const c of code.slice(0, 17)) {
    sum += TABLE.indexOf(c) * weight
    weight = (weight * 3) % 31
  }
  const value = 31 - (sum % 31)
  return TABLE[value === 31 ? 0 : value]!
}

const EXAMPLE = '91350100M000100Y43'
const INVENTED = [
  '11510800FK9000017T', '11510821FK90000253', '11510821FK9000033X', '12510821FK9000041M',
  '12510821FK900005XD', '11510802FK90000680', '11510811FK9000076U', '11510824FK9000084H',
]

test('the example of the standard is valid, and its misprint is not', () => {
  expect(usccFault(EXAMPLE)).toBeNull()
  expect(usccFault('91350100M000100Y4Z')).toBe('alphabet')
  expect(usccCheck(EXAMPLE)).toBe('3')
})

test.each(INVENTED)('%s is valid and agrees with an independent computation', code => {
  expect(usccFault(code)).toBeNull()
  expect(checkByTheStandard(code)).toBe(code[17])
})

test('every one of the 540 substitutions of a single character is caught by the last check alone', () => {
  let tried = 0
  for (let i = 0; i < 18; i++) {
    for (const c of TABLE) {
      if (c === EXAMPLE[i]) continue
      const wrong = EXAMPLE.slice(0, i) + c + EXAMPLE.slice(i + 1)
      expect(usccCheck(wrong)).toBe(checkByTheStandard(wrong))
      expect(usccCheck(wrong)).not.toBe(wrong[17])
      expect(usccFault(wrong)).not.toBeNull()
      tried++
    }
  }
  expect(tried).toBe(540)
})

test('every swap of two differing neighbours is caught', () => {
  let tried = 0
  for (let i = 0; i < 17; i++) {
    if (EXAMPLE[i] === EXAMPLE[i + 1]) continue
    const wrong = EXAMPLE.slice(0, i) + EXAMPLE[i + 1] + EXAMPLE[i] + EXAMPLE.slice(i + 2)
    expect(usccFault(wrong)).not.toBeNull()
    tried++
  }
  expect(tried).toBe(13)
})

test('a remainder of 0 gives the check 0, not a 32nd character', () => {
  const first17 = [...Array(500).keys()].map(n => `91350100M${String(n).padStart(7, '0')}1`).find(code => checkByTheStandard(code) === '0')!
  expect(usccCheck(first17)).toBe('0')
})

test('letters are not counted by their place in the alphabet', () => {
  // By A = 10, B = 11 … without the gaps at I, O, S, V, Z the M of the example would count 22 instead of 21.
  const naive = [...EXAMPLE.slice(0, 17)].reduce((sum, c, i) => sum + parseInt(c, 36) * [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28][i]!, 0)
  expect(TABLE[(31 - (naive % 31)) % 31]).not.toBe(usccCheck(EXAMPLE))
})

test('the first character is not held against a list: every department that an amendment adds is accepted', () => {
  for (const c of TABLE) {
    const first17 = c + EXAMPLE.slice(1, 17)
    expect(usccFault(first17 + checkByTheStandard(first17))).toBeNull()
  }
})

test('the inner body code is checked per GB 11714: 10 is X, 11 is 0', () => {
  expect(bodyCheck('M000100Y')).toBe('4')
  const checks = new Set<string>()
  for (let n = 0; n < 200; n++) {
    const body = `FK9${String(n).padStart(5, '0')}`
    const sum = [3, 7, 9, 10, 5, 8, 4, 2].reduce((s, w, i) => s + w * '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(body[i]!), 0)
    const value = 11 - (sum % 11)
    expect(bodyCheck(body)).toBe(value === 10 ? 'X' : value === 11 ? '0' : String(value))
    checks.add(bodyCheck(body))
  }
  expect([...checks].sort().join('')).toBe('0123456789X')
})

test('a code whose last check is right but whose body check is wrong is told so', () => {
  const wrongBody = EXAMPLE.slice(0, 16) + '5'
  expect(usccFault(wrongBody + checkByTheStandard(wrongBody))).toBe('body-check')
})

test.each([
  ['', 'length'], ['91350100M000100Y4', 'length'], [EXAMPLE + '0', 'length'], [EXAMPLE.toLowerCase(), 'alphabet'],
  ['I1350100M000100Y43', 'alphabet'], ['91350100M000100 43', 'alphabet'], ['９1350100M000100Y43', 'alphabet'],
])('%j: %s', (code, fault) => {
  expect(usccFault(code)).toBe(fault)
})

test('letters in the division are told, when the check is right', () => {
  const first17 = '9135A100M000100Y4'
  expect(usccFault(first17 + checkByTheStandard(first17))).toBe('division')
})
