import { badInput } from '../../core/errors'

/** 18 digits (the last may be X), or 15: an identity number, wherever it stands in the text. */
const IDENTITY_NUMBER = /(^|\D)(\d{17}[\dXx]|\d{15})(?!\d)/
export const holdsIdentityNumber = (text: string): boolean => IDENTITY_NUMBER.test(text.replace(/[\s-]/g, ''))
export const IDENTITY_SENTENCE = 'Identity numbers are not kept here. Use the staff number that the unit gave.'

export const STAFF_NO = /^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/
export const STAFF_NO_HINT = 'A staff number has 1 to 32 letters, digits, points, hyphens and underscores.'

export function requireName(name: string): string {
  const text = name.trim()
  if (!text) throw badInput('displayName', 'required', 'A name is needed.')
  if (holdsIdentityNumber(text)) throw badInput('displayName', 'noIdentityNumber', IDENTITY_SENTENCE)
  return text
}

export function requireStaffNo(staffNo: string): void {
  if (!STAFF_NO.test(staffNo)) throw badInput('staffNo', 'format', STAFF_NO_HINT)
  if (holdsIdentityNumber(staffNo)) throw badInput('staffNo', 'noIdentityNumber', IDENTITY_SENTENCE)
}
