/** What spreadsheet programs take for the beginning of a formula, in half and full width, wherever they would skip white space before it; and a tab or a return, behind which some look on. */
const FORMULA = /^(?:[\t\r]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠|%])/u
const NUMBER = /^-?\d+(\.\d+)?$/

/**
 * A value as it may stand in a cell of an exported table: a text that a spreadsheet program would run as a formula is shown as text, by the
 * apostrophe that all of them understand. Plain numbers stay numbers. Quoting for CSV is the writer's business and comes after.
 */
export function safeCell(value: string | number | boolean | null | undefined): string {
  if (value == null) return ''
  const text = String(value)
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
}
