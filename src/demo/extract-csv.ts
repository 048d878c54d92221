import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'

/** Rows of one data file, all with the same keys: the keys of the first row are its columns. */
export type Row = Readonly<Record<string, string>>

/** From when a fact of the demo city holds where its true date is not known or does not exist. Not a legal date. */
export const BASELINE = '2020-01-01'

/** UTF-8, LF, header line, sorted by the named columns in code-unit order, so that a second run gives the same bytes. */
export function writeCsv(directory: string, name: string, keyColumns: readonly string[], rows: readonly Row[]): void {
  const key = (row: Row): string => keyColumns.map(column => row[column]).join('\u0001')
  const byKey = new Map(rows.map(row => [key(row), row]))
  if (byKey.size !== rows.length) throw new Error(`${name}: two rows with the same ${keyColumns.join(' + ')}`)
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  writeFileSync(join(directory, name), stringify(sorted, { header: true, record_delimiter: '\n' }))
  console.log(`${name}: ${sorted.length} rows`)
}

export function assertCount(what: string, actual: number, expected: number): void {
  if (actual !== expected) throw new Error(`${what}: ${actual} instead of ${expected}`)
}
