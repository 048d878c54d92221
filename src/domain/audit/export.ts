import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type pg from 'pg'
import { safeCell } from '../../core/safe-cell'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { StartError } from '../../database/start-error'

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export interface ExportOptions {
  readonly format: ExportFormat
  /** Instants in ISO 8601: from the first on, to before the second. */
  readonly from: string
  readonly to: string
  readonly file: string
}

const COLUMNS = ['id', 'at', 'tx', 'actor', 'request_id', 'address', 'command', 'subject_type', 'subject_id', 'unit_id', 'before', 'after'] as const
const column = (name: string): string => (name === 'at' ? `to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')` : `r.${name}`)
/** One text for each record, or one for each of its columns: PostgreSQL writes the numbers inside, so that none loses a digit. */
const SELECTED: Readonly<Record<ExportFormat, string>> = {
  ndjson: `jsonb_build_object(${COLUMNS.map(c => `'${c}', ${column(c)}`).join(', ')})::text AS line`,
  csv: COLUMNS.map(c => `${column(c)}::text AS ${c}`).join(', '),
}
const ROWS = 2_000

/**
 * Writes a part of the audit log into a file, in constant memory. The export is itself in the log, with a hash of the file, before the file
 * has its name; an existing file is not touched.
 */
export async function exportAuditLog(db: Database, origin: Origin, o: ExportOptions): Promise<{ rows: number }> {
  if (await stat(o.file).catch(() => null)) throw new StartError(`${o.file} is there already.`)
  const draft = `${o.file}.part`
  const hash = createHash('sha256')
  let rows = 0
  const counted = async function* (records: AsyncIterable<Record<string, string | null>>): AsyncGenerator<Record<string, string | null>> {
    for await (const record of records) {
      rows++
      yield record
    }
  }
  const hashed = async function* (chunks: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer | string> {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(Readable.from(counted(records(db, o))), writerOf(o.format), hashed, createWriteStream(draft, { flags: 'wx', mode: 0o600 }))
    await runCommand(db, origin, 'exportAuditLog', {}, async tx =>
      tx.audit('audit_record', null, null, { from: o.from, to: o.to, format: o.format, file: path.basename(o.file), rows, sha256: hash.digest('hex') }))
    await rename(draft, o.file)
    return { rows }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(draft, { force: true })
    throw error
  }
}

/** `line` as it is; columns as cells that no spreadsheet program runs as a formula. */
function writerOf(format: ExportFormat): NodeJS.ReadWriteStream | ((source: AsyncIterable<Record<string, string>>) => AsyncGenerator<string>) {
  if (format === 'csv') {
    return stringify({ header: true, bom: true, columns: [...COLUMNS], record_delimiter: 'windows', cast: { string: (text, { header }) => (header ? text : safeCell(text)) } })
  }
  return async function* (source) {
    for await (const { line } of source) yield `${line!}\n`
  }
}

async function* records(db: Database, { format, from, to }: ExportOptions): AsyncGenerator<Record<string, string | null>> {
  const client = await db.reads.connect()
  // Broken off by whoever reads, the transaction would still be open: such a connection is thrown away.
  let failed: Error | boolean = true
  const fail = (e: Error): void => void (failed = e)
  client.on('error', fail)
  try {
    await begin(client, format, from, to)
    for (let rows; (rows = (await client.query<Record<string, string | null>>(`FETCH ${ROWS} FROM exported`)).rows).length;) yield* rows
    await client.query('COMMIT')
    failed = false
  } finally {
    client.off('error', fail)
    client.release(failed)
  }
}

async function begin(client: pg.PoolClient, format: ExportFormat, from: string, to: string): Promise<void> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  await client.query('SET LOCAL statement_timeout = 0')
  await client.query({
    text: `DECLARE exported NO SCROLL CURSOR FOR SELECT ${SELECTED[format]} FROM audit_record r WHERE r.at >= $1::timestamptz AND r.at < $2::timestamptz ORDER BY r.id`, values: [from, to],
  })
}
