import { DateTime } from 'luxon'
import { SaxesParser } from 'saxes'
import type { Archive } from './xlsx-archive'
import { CellFault, LIMITS, UnreadableSource, type SourceCell } from './source'

const local = (name: string): string => name.slice(name.indexOf(':') + 1)
/** `_x000D_` stands for a character that XML cannot hold. */
const unescaped = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text

/** The workbook's shared texts; formatted runs are joined, phonetic guides left out. */
export async function readSharedTexts(archive: Archive): Promise<readonly string[]> {
  const texts: string[] = []
  const parser = new SaxesParser({ position: false })
  let current = ''
  let inText = false
  let inGuide = false
  parser.on('opentag', tag => {
    const name = local(tag.name)
    if (name === 'si') current = ''
    else if (name === 'rPh') inGuide = true
    else if (name === 't') inText = !inGuide
  })
  parser.on('text', text => { if (inText) current += text })
  parser.on('closetag', tag => {
    const name = local(tag.name)
    if (name === 't') inText = false
    else if (name === 'rPh') inGuide = false
    else if (name === 'si') {
      if (texts.length >= LIMITS.texts) throw new UnreadableSource('TOO_LARGE', `The workbook holds more than ${LIMITS.texts} texts.`)
      texts.push(unescaped(current))
    }
  })
  for await (const text of archive.text('xl/sharedStrings.xml')) parser.write(text)
  return texts
}

/** Number formats that show a date: the built-in ones, and custom ones with a year or day outside quotes, brackets and escapes. */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])
const isDateFormat = (code: string): boolean => /[yd年日]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, m => (/[年日]/.test(m) ? m : '')))

/** Which cell styles show a number as a date. */
export async function readStyles(archive: Archive): Promise<readonly boolean[]> {
  const dates = new Set(BUILT_IN_DATES)
  const styles: boolean[] = []
  let inCellFormats = false
  const parser = new SaxesParser({ position: false })
  parser.on('opentag', tag => {
    const attributes = tag.attributes as Record<string, string>
    const name = local(tag.name)
    if (name === 'numFmt' && isDateFormat(attributes['formatCode'] ?? '')) dates.add(Number(attributes['numFmtId']))
    else if (name === 'cellXfs') inCellFormats = true
    else if (name === 'xf' && inCellFormats) styles.push(dates.has(Number(attributes['numFmtId'])))
  })
  parser.on('closetag', tag => { if (local(tag.name) === 'cellXfs') inCellFormats = false })
  for await (const text of archive.text('xl/styles.xml')) parser.write(text)
  return styles
}

/** Puts the cells of a row together from what the parser meets. */
export class CellReader {
  row: SourceCell[] = []
  private column = 0
  private type = ''
  private style = 0
  private value: string | null = null
  private formula = false
  private inValue = false
  private inGuide = false

  constructor(private readonly shared: readonly string[], private readonly dateStyles: readonly boolean[], private readonly date1904: boolean) {}

  startRow(): void {
    this.row = []
    this.column = 0
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'c') {
      this.column = attributes['r'] ? columnNumber(attributes['r']) : this.column + 1
      this.type = attributes['t'] ?? 'n'
      this.style = Number(attributes['s'] ?? 0)
      this.value = null
      this.formula = false
    } else if (name === 'f') this.formula = true
    else if (name === 'rPh') this.inGuide = true
    else if (name === 'v' || (name === 't' && !this.inGuide)) {
      this.inValue = true
      this.value ??= ''
    }
  }

  text(text: string): void {
    if (this.inValue) this.value += text
  }

  /** False when the row has too many columns. */
  close(name: string): boolean {
    if (name === 'v' || name === 't') this.inValue = false
    else if (name === 'rPh') this.inGuide = false
    else if (name === 'c') {
      if (this.column > LIMITS.columns) return this.cell() === ''
      while (this.row.length < this.column) this.row.push('')
      this.row[this.column - 1] = this.cell()
    }
    return true
  }

  private cell(): SourceCell {
    const value = this.value
    if (value === null) return this.formula ? new CellFault('NO_RESULT', 'The formula has no stored result. Open the file in a spreadsheet program and save it, or paste values.') : ''
    switch (this.type) {
      case 's': return this.shared[Number(value)] ?? new CellFault('CELL_ERROR', 'The cell points to a text that the workbook does not have.')
      case 'e': return new CellFault('CELL_ERROR', `The cell shows the error ${value}.`)
      case 'b': return value === '1' ? 'TRUE' : 'FALSE'
      case 'str': case 'inlineStr': return unescaped(value)
      case 'd': return value.replace(/T00:00:00(\.0+)?Z?$/, '')
      default: return this.dateStyles[this.style] ? this.date(Number(value)) : number(value)
    }
  }

  /** The calendar of 1900 counts a 29 February that never was. */
  private date(serial: number): SourceCell {
    const days = this.date1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
    const at = DateTime.fromISO('1899-12-30', { zone: 'utc' }).plus({ seconds: Math.round(days * 86_400) })
    if (!Number.isFinite(serial) || serial < 0 || !at.isValid) return new CellFault('CELL_ERROR', 'The cell is formatted as a date but holds no date.')
    return Number.isInteger(serial) ? at.toFormat('yyyy-MM-dd') : at.toFormat("yyyy-MM-dd'T'HH:mm:ss")
  }
}

/** A spreadsheet keeps 15 digits of a number: a longer code that was typed as a number has already lost its end. */
function number(text: string): SourceCell {
  if (text === '') return ''
  const value = Number(text)
  if (!Number.isFinite(value)) return new CellFault('CELL_ERROR', 'The cell holds no number.')
  if (Math.abs(value) >= 1e15) return new CellFault('NUMBER_TOO_LONG', 'A number of more than 15 digits has lost its last digits. Format the column as text and type the value again.')
  return /e/i.test(text) ? plainNumber(value) : text
}

const plainNumber = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(15).replace(/\.?0+$/, ''))

/** `AB12` -> 28 */
function columnNumber(reference: string): number {
  let column = 0
  for (const c of reference) {
    if (c < 'A' || c > 'Z') break
    column = column * 26 + c.charCodeAt(0) - 64
  }
  return column
}
