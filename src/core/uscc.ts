/**
 * Unified social credit codes (统一社会信用代码, GB 32100): 1 registering department, 1 kind, 6 division, 9 body code with its own check
 * (GB 11714), 1 check. The first two characters are not held against a list: the departments that register grow by amendment.
 */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const

export type UsccFault = 'length' | 'alphabet' | 'division' | 'body-check' | 'check'

const SENTENCES: Readonly<Record<UsccFault, string>> = {
  'length': 'A unified social credit code has 18 characters.',
  'alphabet': 'A unified social credit code holds digits and capital letters without I, O, S, V and Z.',
  'division': 'Characters 3 to 8 of a unified social credit code are the digits of a division.',
  'body-check': 'Characters 9 to 17 of the unified social credit code fail the check of GB 11714.',
  'check': 'The last character of the unified social credit code fails the check of GB 32100.',
}
export const usccSentence = (fault: UsccFault): string => SENTENCES[fault]

/** What is wrong with the code; null when it is valid. One fault is told at a time. */
export function usccFault(code: string): UsccFault | null {
  if (code.length !== 18) return 'length'
  if ([...code].some(c => !ALPHABET.includes(c))) return 'alphabet'
  if (usccCheck(code.slice(0, 17)) !== code[17]) return 'check'
  if (!/^\d{6}$/.test(code.slice(2, 8))) return 'division'
  if (bodyCheck(code.slice(8, 16)) !== code[16]) return 'body-check'
  return null
}

/** The last character for the 17 before it. */
export function usccCheck(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + ALPHABET.indexOf(first17[i]!) * weight, 0)
  return ALPHABET[(31 - (sum % 31)) % 31]!
}

/** The last character of a body code for the 8 before it. Here letters count from A = 10 without gaps. */
export function bodyCheck(first8: string): string {
  const sum = BODY_WEIGHTS.reduce((total, weight, i) => total + parseInt(first8[i]!, 36) * weight, 0)
  return '0123456789X'[(11 - (sum % 11)) % 11]!
}
