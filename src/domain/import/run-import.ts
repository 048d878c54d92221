import { pathsOf, type Role } from '../../core/actor'
import { AppError } from '../../core/errors'
import { newId } from '../../core/ids'
import { snake } from '../../core/reads'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import type { Transaction } from '../../database/transaction'
import type { ImportColumn } from './columns'
import { openSource } from './open-source'
import { MAX_PROBLEMS, Problems } from './problems'
import { UnreadableSource, type Source } from './source'
import { TableReader } from './table-reader'

/** What kind of rows an import brings, and how they are checked and written once they stand in the staging table (alias `s`). */
export interface ImportTarget {
  readonly command: string
  /** Register that the rows go to; the staging table is `staged_<table>`. */
  readonly table: string
  readonly roles: readonly Role[]
  readonly columns: readonly ImportColumn[]
  /** Further staging columns with their types, and their values for a row. */
  readonly computed?: { readonly columns: Readonly<Record<string, string>>; of(values: Readonly<Record<string, unknown>>): readonly unknown[] }
  /** Staging columns without a value yet, for `prepare` to fill. */
  readonly empty?: Readonly<Record<string, string>>
  /** Columns of the staging table that checks and `prepare` look rows up by. */
  readonly indexes: readonly string[]
  readonly prepare?: (tx: Transaction) => Promise<void>
  readonly checks: readonly ImportCheck[]
  /**
   * Fills the register from the staging table; $1 is the actor. A list is run slice by slice for the lines from $2 to $3 (so that the
   * foreign-key checks of a million rows neither fill the memory nor outlast a statement); the last slice ends the file.
   */
  readonly insert: string | readonly string[]
}

/** A check across rows: every staged row that `where` finds is a problem. */
export interface ImportCheck {
  /** Only of files that people send. Whoever works on the command line brings registers as they stood elsewhere, whatever state they were in there. */
  readonly ofPeople?: true
  readonly column: string
  readonly code: string
  /** SQL: the sentence for people. */
  readonly message: string
  /** SQL after `FROM staged s`: joins and WHERE. `$1` is the list of paths over which the actor holds one of the target's roles. */
  readonly where: string
}

export interface ImportProgress {
  readonly phase: 'READING' | 'CHECKING' | 'WRITING'
  readonly rows: number
  /** Share of the phase that is done, 0 to 1. */
  readonly done: number
}

export interface ImportOptions {
  readonly onProgress?: (progress: ImportProgress) => void
  /** Values of columns that the file leaves empty, by column name. */
  readonly defaults?: Readonly<Record<string, unknown>>
}

export interface ImportResult {
  readonly rows: number
  /** Subject of the audit record. */
  readonly batch: string
}

const TIMEOUT = '600000'
const TELL_EVERY = 1_000
/** Lines that one statement of a sliced insert writes. */
const SLICE = 50_000

/**
 * Reads, checks and writes a whole file in one transaction with one audit record: every problem is told with its place, and nothing is
 * written unless there is none.
 */
export async function runImport(db: Database, origin: Origin, target: ImportTarget, from: string | Source, options: ImportOptions = {}): Promise<ImportResult> {
  const paths = pathsOf(origin.actor, target.roles)
  if (!paths.length) throw new AppError('FORBIDDEN', `${target.command} needs one of the roles ${target.roles.join(', ')}.`, {
    messageKey: 'roleMissing', messageValues: { command: target.command, roles: target.roles.join(', ') },
  })
  return runCommand(db, origin, target.command, {}, tx => new Import(tx, target, paths, options).run(from))
}

class Import {
  private readonly problems = new Problems()
  private readonly staging: string
  private readonly columns: readonly string[]

  constructor(private readonly tx: Transaction, private readonly target: ImportTarget, private readonly paths: readonly string[], private readonly options: ImportOptions) {
    this.staging = `staged_${target.table}`
    this.columns = ['line', 'sheet', 'row', 'id', ...target.columns.map(c => snake(c.name)), ...Object.keys(target.computed?.columns ?? {})]
  }

  async run(from: string | Source): Promise<ImportResult> {
    const source = typeof from === 'string' ? await openSource(from).catch(error => this.unreadable(from, error)) : from
    const reader = new TableReader(source, this.target.columns, this.problems)
    await this.tx.rows(`SELECT set_config('statement_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $1, true)`, [TIMEOUT])
    const digest = await this.stage(source, reader)
    this.tell('CHECKING', reader.count, 0)
    await this.target.prepare?.(this.tx)
    const checks = this.target.checks.filter(c => !c.ofPeople || this.tx.origin.actor.personId !== null)
    for (const [i, check] of checks.entries()) {
      await this.check(check, reader)
      this.tell('CHECKING', reader.count, (i + 1) / checks.length)
    }
    if (this.problems.total) throw this.problems.refusal(source.name)
    this.tell('WRITING', reader.count, 0)
    await this.write(reader.count)
    const batch = newId()
    this.tx.audit(this.target.table, batch, null, { file: source.name, count: reader.count, digest })
    this.tell('WRITING', reader.count, 1)
    return { rows: reader.count, batch }
  }

  private async stage(source: Source, reader: TableReader): Promise<string> {
    const types = ['line integer', 'sheet text', 'row integer', 'id uuid',
      ...this.target.columns.map(c => `${snake(c.name)} ${c.type}${c.type === 'text' ? ' COLLATE "C"' : ''}`),
      ...Object.entries({ ...this.target.computed?.columns, ...this.target.empty }).map(([name, type]) => `${name} ${type}`)]
    await this.tx.rows(`CREATE TEMP TABLE ${this.staging} (${types.join(', ')}) ON COMMIT DROP`)
    const { digest } = await this.tx.copyInto(this.staging, this.columns, this.staged(source, reader))
    for (const column of this.target.indexes) await this.tx.rows(`CREATE INDEX ON ${this.staging} (${column})`)
    await this.tx.rows(`ANALYZE ${this.staging}`)
    return digest
  }

  private async write(rows: number): Promise<void> {
    const { target: { insert }, tx } = this
    const actor = tx.origin.actor.ref
    if (typeof insert === 'string') return void await tx.rows(insert, [actor])
    for (let first = 1; first <= rows; first += SLICE) {
      for (const statement of insert) await tx.rows(statement, [actor, first, first + SLICE - 1])
      this.tell('WRITING', rows, Math.min((first + SLICE) / rows, 0.99))
    }
  }

  private async *staged(source: Source, reader: TableReader): AsyncGenerator<unknown[]> {
    for await (const { sheet, row, values } of reader.rows()) {
      const all = Object.fromEntries(this.target.columns.map(c => [c.name, values[c.name] ?? this.options.defaults?.[c.name] ?? null]))
      yield [reader.count, sheet, row, newId(), ...this.target.columns.map(c => all[c.name]), ...(this.target.computed?.of(all) ?? [])]
      if (reader.count % TELL_EVERY === 0) this.tell('READING', reader.count, source.progress())
    }
    this.tell('READING', reader.count, 1)
  }

  private async check({ column, code, message, where }: ImportCheck, reader: TableReader): Promise<void> {
    // Every check has the parameter, whether it looks at it or not.
    const found = await this.tx.rows<{ sheet: string; row: number; message: string; total: number }>(
      `SELECT s.sheet, s.row, ${message} AS message, count(*) OVER ()::int AS total FROM ${this.staging} s ${where} AND $1::text[] IS NOT NULL ORDER BY s.line LIMIT ${MAX_PROBLEMS}`, [this.paths])
    for (const { sheet, row, message: sentence } of found) this.problems.add({ sheet, row, ...reader.place(sheet, row, column), code, message: sentence })
    this.problems.addUntold((found[0]?.total ?? 0) - found.length)
  }

  private tell(phase: ImportProgress['phase'], rows: number, done: number): void {
    this.options.onProgress?.({ phase, rows, done })
  }

  private unreadable(path: string, error: unknown): never {
    if (!(error instanceof UnreadableSource)) throw error
    const name = path.split(/[\\/]/).at(-1)!
    this.problems.add({ sheet: '', row: 0, column: '', cell: '', code: error.code, message: error.message })
    throw this.problems.refusal(name)
  }
}
