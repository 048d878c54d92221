import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isDecimal } from '../core/decimal'
import { BadCell, booleanColumn, dateColumn, openSource, Problems, TableReader, textColumn, UnreadableSource, type ImportColumn, type ImportProblem, type Source } from '../domain/import'

/** A column of a file: its headers, and what its cells become. Empty cells of columns that are not required become null. */
export interface SheetColumn<T> {
  readonly headers: readonly [zh: string, ...more: string[]]
  readonly required: boolean
  column(name: string): ImportColumn
  /** Only for the compiler: the type of the values. */
  readonly value?: T
}
interface Headed { headers: readonly [zh: string, ...more: string[]]; required?: boolean }
type Value<T, O extends Headed> = O extends { required: true } ? T : T | null

const declare = <T>(o: Headed, make: (named: { name: string; labels: readonly string[]; required?: true }) => ImportColumn): SheetColumn<T> => ({
  headers: o.headers, required: o.required ?? false,
  column: name => make({ name, labels: o.headers, ...(o.required ? { required: true } : {}) }),
})

/** Declares the columns of a sheet: Chinese header first, then every other header that means the same. The field's name is always one. */
export const cell = {
  text: <const O extends Headed & { max?: number; pattern?: RegExp; hint?: string }>(o: O): SheetColumn<Value<string, O>> =>
    declare(o, named => textColumn({ ...named, max: o.max ?? 200, pattern: o.pattern, hint: o.hint })),
  day: <const O extends Headed>(o: O): SheetColumn<Value<string, O>> => declare(o, dateColumn),
  yesNo: <const O extends Headed>(o: O): SheetColumn<Value<boolean, O>> => declare(o, booleanColumn),
  /** Exact, as text; thousands separators are taken out. At most `places` decimal places, never negative. */
  decimal: <const O extends Headed & { places?: number }>(o: O): SheetColumn<Value<string, O>> => declare(o, named => ({
    ...named, type: 'text',
    read: raw => {
      const text = raw.replace(/(?<=\d)[,，](?=\d{3}(\D|$))/g, '')
      const places = o.places ?? 2
      if (!isDecimal(text) || text.startsWith('-') || (text.split('.')[1]?.length ?? 0) > places) throw new BadCell('NOT_A_NUMBER', `A number of 0 or more with at most ${places} decimal places.`)
      return text
    },
  })),
  int: <const O extends Headed>(o: O): SheetColumn<Value<number, O>> => declare(o, named => ({
    ...named, type: 'text',
    read: text => {
      if (!/^\d{1,9}$/.test(text)) throw new BadCell('NOT_A_NUMBER', 'A whole number of 0 or more.')
      return Number(text)
    },
  })),
  /** `values`: the words that stand for each value, besides the value itself. */
  oneOf: <V extends string, const O extends Headed>(o: O, values: Readonly<Record<V, readonly string[]>>): SheetColumn<Value<V, O>> => declare(o, named => {
    const known = new Map(Object.entries<readonly string[]>(values).flatMap(([value, words]) => [value, ...words].map(word => [word.toLowerCase(), value] as const)))
    return {
      ...named, type: 'text',
      read: text => {
        const value = known.get(text.toLowerCase())
        if (value === undefined) throw new BadCell('NOT_IN_LIST', `One of: ${Object.entries<readonly string[]>(values).map(([v, words]) => (words[0] ? `${v} (${words[0]})` : v)).join(', ')}.`)
        return value
      },
    }
  }),
} as const

export type Sheet = Readonly<Record<string, SheetColumn<unknown>>>
export type SheetValues<S extends Sheet> = { readonly [K in keyof S]: S[K] extends SheetColumn<infer T> ? T : never }
/** One row as read, with its place in the file. */
export interface SheetRow<S extends Sheet> {
  readonly sheet: string
  readonly row: number
  readonly values: SheetValues<S>
}
/** What is wrong with one place of a file. */
export type SheetProblem = ImportProblem

/** A file: where it stands, or what it holds. CSV and XLSX are told apart by their content. */
export type SheetFile = { path: string } | { name: string; content: Buffer }

/** Gathers problems with their places while a file is checked; `refuse` throws them all as one BAD_INPUT. */
export interface SheetReport {
  readonly count: number
  /** A problem of the importer's own: `column` is the field's name. */
  add(row: { sheet: string; row: number }, column: string, code: string, message: string): void
  refuseIfAny(): void
}

/**
 * Reads a file by its declared columns. All problems are found in one go and kept in the report; rows with a problem
 * are returned too (with the raw text), so that checks across rows see them: call `refuseIfAny` before anything is written.
 *
 * @example
 * const { rows, report } = await readSheet({ contractNo: cell.text({ headers: ['合同编号'], required: true }) }, file)
 * report.refuseIfAny()
 */
export async function readSheet<const S extends Sheet>(sheet: S, file: SheetFile, o: { maxRows?: number } = {}): Promise<{ rows: SheetRow<S>[]; report: SheetReport }> {
  const problems = new Problems()
  const columns = Object.entries(sheet).map(([name, c]) => c.column(name))
  const name = 'path' in file ? path.basename(file.path) : file.name
  const found = await withSource(file, problems, async source => {
    const reader = new TableReader(source, columns, problems)
    const rows: SheetRow<S>[] = []
    const max = o.maxRows ?? 50_000
    for await (const row of reader.rows()) {
      if (rows.length === max) {
        problems.add({ sheet: row.sheet, row: row.row, column: '', cell: '', code: 'TOO_MANY_ROWS', message: `At most ${max} rows at a time.` })
        break
      }
      rows.push({ sheet: row.sheet, row: row.row, values: Object.fromEntries(columns.map(c => [c.name, row.values[c.name] ?? null])) as SheetValues<S> })
    }
    return { rows, reader }
  })
  return {
    rows: found?.rows ?? [],
    report: {
      get count() { return problems.total },
      add: (row, column, code, message) => problems.add({ sheet: row.sheet, row: row.row, ...(found?.reader.place(row.sheet, row.row, column) ?? { column, cell: '' }), code, message }),
      refuseIfAny() { if (problems.total) throw problems.refusal(name) },
    },
  }
}

async function withSource<T>(file: SheetFile, problems: Problems, work: (source: Source) => Promise<T>): Promise<T | null> {
  const folder = 'path' in file ? null : await mkdtemp(path.join(tmpdir(), 'plumbline-sheet-'))
  try {
    const place = 'path' in file ? file.path : path.join(folder!, path.basename(file.name) || 'file')
    if ('content' in file) await writeFile(place, file.content, { mode: 0o600 })
    return await work(await openSource(place))
  } catch (error) {
    if (!(error instanceof UnreadableSource)) throw error
    problems.add({ sheet: error.sheet, row: error.row, column: '', cell: '', code: error.code, message: error.message })
    return null
  } finally {
    if (folder) await rm(folder, { recursive: true, force: true })
  }
}
