/** A row as it stands in the file. `row` counts as a spreadsheet program shows it, from 1. */
export interface SourceRow {
  readonly sheet: string
  readonly row: number
  readonly cells: readonly SourceCell[]
}
/** The cell's text, or why it has none. */
export type SourceCell = string | CellFault
export class CellFault {
  constructor(readonly code: string, readonly message: string) {}
}

/** A file or anything else with sheets of rows; the first row of a sheet that holds anything names its columns. */
export interface Source {
  readonly name: string
  /** Sheets in order, rows in order. */
  rows(): AsyncIterable<SourceRow>
  /** Share of the source that was read so far, 0 to 1. */
  progress(): number
}

/** Why a file cannot be read further. Told like any other problem, with its place as far as it is known. */
export class UnreadableSource extends Error {
  constructor(readonly code: 'UNREADABLE' | 'TOO_LARGE' | 'TOO_MANY_ROWS' | 'TOO_MANY_COLUMNS', message: string, readonly sheet = '', readonly row = 0) {
    super(message)
  }
}

export const LIMITS = {
  fileBytes: 512 * 1024 * 1024,
  /** What the parts of an XLSX file that are read may unfold to, and the texts among them, which are held in memory. */
  unfoldedBytes: 512 * 1024 * 1024,
  textBytes: 128 * 1024 * 1024,
  texts: 5_000_000,
  /** The parts that say how the others are to be read. */
  frameBytes: 32 * 1024 * 1024,
  /** How many times its size a file of some size may unfold to: sheets of equal rows pack well, sheets of nothing else are bombs. */
  unfoldedRatio: 200,
  ratioFrom: 64 * 1024 * 1024,
  columns: 256,
  rows: 2_000_000,
} as const

/** Rows that a program made, with the columns named by `header`. */
export function sourceOf(name: string, header: readonly string[], rows: readonly (readonly string[])[]): Source {
  let read = 0
  return {
    name,
    progress: () => read / Math.max(rows.length, 1),
    async *rows() {
      yield { sheet: name, row: 1, cells: header }
      for (const cells of rows) yield { sheet: name, row: ++read + 1, cells }
    },
  }
}
