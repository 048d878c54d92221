import { BadCell, type ImportColumn } from './columns'
import type { Problems } from './problems'
import { CellFault, LIMITS, UnreadableSource, type Source, type SourceCell, type SourceRow } from './source'

/** A row with the values of the declared columns. A cell with a problem has its text, as far as the column is text, so that checks across rows still find it. */
export interface TableRow {
  readonly sheet: string
  readonly row: number
  readonly values: Readonly<Record<string, unknown>>
}

interface Header {
  readonly row: number
  readonly places: ReadonlyMap<string, { index: number; text: string }>
}

// NUL and other control characters, and halves of surrogate pairs: PostgreSQL refuses or replaces them.
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNSTORABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u

/** `3` -> `C` */
export const columnLetter = (index: number): string => (index < 26 ? '' : columnLetter(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26))

/** Reads the rows of a source by their declared columns and gathers what is wrong on the way. */
export class TableReader {
  /** Rows read so far. */
  count = 0
  private readonly headers = new Map<string, Header | null>()

  constructor(private readonly source: Source, private readonly columns: readonly ImportColumn[], private readonly problems: Problems) {}

  async *rows(): AsyncGenerator<TableRow> {
    try {
      for await (const row of this.source.rows()) {
        if (row.cells.every(isEmpty)) continue
        const header = this.headers.get(row.sheet)
        if (header === undefined) this.headers.set(row.sheet, this.header(row))
        else if (header) {
          if (++this.count > LIMITS.rows) throw new UnreadableSource('TOO_MANY_ROWS', `At most ${LIMITS.rows} rows at a time.`, row.sheet, row.row)
          yield this.read(row, header)
        }
      }
      this.checkSheets()
    } catch (error) {
      if (!(error instanceof UnreadableSource)) throw error
      this.problems.add({ sheet: error.sheet, row: error.row, column: '', cell: '', code: error.code, message: error.message })
    }
  }

  /** Where a problem that was found later stands. */
  place(sheet: string, row: number, column: string): { column: string; cell: string } {
    const place = this.headers.get(sheet)?.places.get(column)
    return place ? { column: place.text, cell: `${columnLetter(place.index)}${row}` } : { column, cell: '' }
  }

  /** Null: the sheet is none of ours (no column is known) and is left out. */
  private header(row: SourceRow): Header | null {
    const byLabel = new Map(this.columns.flatMap(c => [c.name, ...c.labels].map(label => [label.toLowerCase(), c] as const)))
    const places = new Map<string, { index: number; text: string }>()
    const wrong: [index: number, text: string, code: string, message: string][] = []
    row.cells.forEach((cell, index) => {
      const text = String(cell instanceof CellFault ? '' : cell).trim()
      // Templates mark required columns with an asterisk.
      const column = byLabel.get(text.replace(/[*＊]/g, '').trim().toLowerCase())
      if (!text) return
      if (!column) wrong.push([index, text, 'UNKNOWN_COLUMN', `There is no column "${text}". Known: ${this.columns.map(c => c.name).join(', ')}.`])
      else if (places.has(column.name)) wrong.push([index, text, 'DUPLICATE_COLUMN', `The column "${text}" is there twice.`])
      else places.set(column.name, { index, text })
    })
    if (!places.size) return null
    for (const [index, text, code, message] of wrong) this.problems.add({ sheet: row.sheet, row: row.row, column: text, cell: `${columnLetter(index)}${row.row}`, code, message })
    for (const { name, labels, required } of this.columns) {
      if (required && !places.has(name)) this.problems.add({ sheet: row.sheet, row: row.row, column: name, cell: '', code: 'MISSING_COLUMN', message: `The column ${name} (${labels[0]}) is missing.` })
    }
    return { row: row.row, places }
  }

  private checkSheets(): void {
    if ([...this.headers.values()].every(h => h === null)) {
      const message = `No sheet has a header row that is known here. Columns: ${this.columns.map(c => `${c.name} (${c.labels[0]})`).join(', ')}.`
      this.problems.add({ sheet: '', row: 1, column: '', cell: '', code: 'MISSING_COLUMN', message })
    } else if (!this.count) this.problems.add({ sheet: '', row: 0, column: '', cell: '', code: 'EMPTY', message: 'There is no row below the header.' })
  }

  private read(row: SourceRow, header: Header): TableRow {
    const values: Record<string, unknown> = {}
    for (const column of this.columns) {
      const place = header.places.get(column.name)
      if (!place) continue
      try {
        values[column.name] = readCell(column, row.cells[place.index] ?? '')
      } catch (error) {
        if (!(error instanceof BadCell)) throw error
        this.problems.add({ sheet: row.sheet, row: row.row, column: place.text, cell: `${columnLetter(place.index)}${row.row}`, code: error.code, message: error.message })
        values[column.name] = column.type === 'text' && error.code !== 'BAD_CHARACTER' ? textOf(row.cells[place.index]) : null
      }
    }
    return { sheet: row.sheet, row: row.row, values }
  }
}

const isEmpty = (cell: SourceCell): boolean => typeof cell === 'string' && cell.trim() === ''
const textOf = (cell: SourceCell | undefined): string | null => (typeof cell === 'string' && cell.trim() ? cell.trim() : null)

function readCell(column: ImportColumn, cell: SourceCell): unknown {
  if (cell instanceof CellFault) throw new BadCell(cell.code, cell.message)
  const text = cell.trim()
  if (text === '') {
    if (column.required) throw new BadCell('REQUIRED', `${column.name} (${column.labels[0]}) is required.`)
    return null
  }
  if (UNSTORABLE.test(text)) throw new BadCell('BAD_CHARACTER', 'The text holds a character that cannot be stored.')
  return column.read(text)
}
