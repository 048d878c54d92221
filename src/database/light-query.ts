import { createHash } from 'node:crypto'
import pg, { type Connection, type Submittable } from 'pg'
import { serialize } from 'pg-protocol'
import type { Lifetime } from '../core/request'
import { Held } from './cancel'

export interface Statement {
  /** Prepared and kept under this name on each connection; without one it is not kept. */
  readonly name?: string | undefined
  readonly text: string
  readonly values: readonly unknown[]
}

const names = new Map<string, string>()
/** Prepared statements are named by their text, so that every connection plans each of them once. Beyond the cap they stay unnamed. */
export function statementName(text: string): string | undefined {
  let name = names.get(text)
  if (name === undefined && names.size < 500) names.set(text, (name = 's' + createHash('sha1').update(text).digest('base64url').slice(0, 20)))
  return name
}

/** What of a connection a query needs beside its typed part: the texts it has prepared, by their names. */
interface Prepared {
  readonly parsedStatements: Readonly<Record<string, string | undefined>>
  readonly submittedNamedStatements: Record<string, string | undefined>
}
interface Field { readonly name: string; readonly dataTypeID: number }
interface Column { readonly name: string; readonly parse: (text: string) => unknown }
type Row = Record<string, unknown>
type Done<T> = (error: Error | null, answer?: T) => void

/** Columns of the statements that each connection has prepared: a prepared statement's answer never changes its shape. */
const columnsOf = new WeakMap<Connection, Map<string, readonly Column[]>>()

/**
 * Statements for `query` of a client, sent in one packet. Beside pg's own query the shape of an answer is asked for once on each connection,
 * not each time, and no listeners are kept. Several that are not the same go together only where all are prepared; the first that fails ends them.
 */
export abstract class LightQuery<T> implements Submittable {
  /** By which the client keeps track of what it has prepared. */
  readonly name: string | undefined
  readonly text: string
  /**
   * Set by whoever runs it: never to a function that is written right behind the `=`, which V8 puts among its old objects, so that the whole
   * request behind it is freed only by a full collection.
   */
  callback: Done<T> | undefined
  private connection: Connection | undefined
  private columns: readonly Column[] | undefined
  private readonly calls: Buffer[]
  /** One statement, if for several values. */
  private readonly single: boolean
  private part = 0

  constructor(private readonly statements: readonly Statement[], private readonly described: boolean) {
    const [first, ...others] = statements
    this.single = others.every(s => s.text === first!.text)
    this.name = this.single ? first!.name : undefined
    this.text = this.single ? first!.text : ''
    // A value that cannot be sent is noticed here, before anything is on its way.
    this.calls = statements.map(s => serialize.bind({ statement: s.name ?? '', values: s.values.map(sent) as string[] }))
  }

  submit(connection: Connection): Error | null {
    const { name, text } = this
    const { parsedStatements, submittedNamedStatements } = connection as unknown as Prepared
    const known = name === undefined ? undefined : parsedStatements[name] ?? submittedNamedStatements[name]
    if (known !== undefined && known !== text) return new Error(`The name ${name} is that of another statement.`)
    // Of a connection that is going down the client tells every query itself.
    if (!connection.stream.writable) return null
    this.connection = connection
    const packet: Buffer[] = []
    if (this.single) {
      if (known === undefined) packet.push(serialize.parse({ name: name ?? '', text, types: [] }))
      if (name !== undefined && known === undefined) submittedNamedStatements[name] = text
      if (this.described && !(name !== undefined && columnsOf.get(connection)?.has(name))) packet.push(serialize.describe({ type: 'S', name: name ?? '' }))
    }
    for (const call of this.calls) packet.push(call, EXECUTE)
    packet.push(SYNC)
    connection.stream.write(Buffer.concat(packet))
    return null
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.columns = fields.map(f => ({ name: f.name, parse: pg.types.getTypeParser(f.dataTypeID, 'text') as (text: string) => unknown }))
    this.keepColumns()
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.take(fields, this.part)
  }

  handleCommandComplete(): void {
    this.part++
    this.columns = undefined
  }

  handleError(error: Error): void {
    this.callback?.(error)
  }

  handleReadyForQuery(): void {
    if (this.described) this.keepColumns()
    this.callback?.(null, this.answer())
  }

  private keepColumns(): void {
    const { name, connection } = this
    if (name === undefined || !connection) return
    const known = columnsOf.get(connection) ?? new Map<string, readonly Column[]>()
    if (!known.has(name)) columnsOf.set(connection, known.set(name, this.columns ?? []))
  }

  protected rowOf(values: readonly (string | null)[], part: number): Row {
    const columns = (this.columns ??= columnsOf.get(this.connection!)?.get(this.statements[part]!.name ?? '') ?? [])
    const row: Row = {}
    for (let i = 0; i < values.length; i++) {
      const { name, parse } = columns[i]!
      const value = values[i]!
      row[name] = value === null ? null : parse(value)
    }
    return row
  }

  protected abstract take(values: readonly (string | null)[], part: number): void
  protected abstract answer(): T
}

/** Answers one text: the only column of the only row. */
export class TextQuery extends LightQuery<string | null> {
  private found: string | null = null

  constructor(statement: Statement) {
    super([statement], false)
  }

  protected take([text]: readonly (string | null)[]): void {
    this.found = text ?? null
  }

  protected answer(): string | null {
    return this.found
  }
}

/** Answers the rows of its statements, in their order. */
export class RowsQuery extends LightQuery<Row[]> {
  private readonly rows: Row[] = []

  constructor(...statements: readonly Statement[]) {
    super(statements, true)
  }

  /** Whether these can go together on this connection. */
  static together(client: pg.ClientBase, statements: readonly Statement[]): boolean {
    const known = columnsOf.get((client as unknown as { connection: Connection }).connection)
    return known !== undefined && statements.every(s => s.name !== undefined && known.has(s.name))
  }

  protected take(values: readonly (string | null)[], part: number): void {
    this.rows.push(this.rowOf(values, part))
  }

  protected answer(): Row[] {
    return this.rows
  }
}

/** Answers the rows of one statement for each of several lists of values. */
export class EachQuery extends LightQuery<Row[][]> {
  private readonly rows: Row[][]

  constructor(statement: Statement, values: readonly (readonly unknown[])[]) {
    super(values.map(v => ({ ...statement, values: v })), true)
    this.rows = values.map(() => [])
  }

  protected take(values: readonly (string | null)[], part: number): void {
    this.rows[part]!.push(this.rowOf(values, part))
  }

  protected answer(): Row[][] {
    return this.rows
  }
}

/** Runs a query on a client. */
export const run = <T>(client: pg.ClientBase, query: LightQuery<T>): Promise<T> => new Promise((resolve, reject) => {
  const done: Done<T> = (error, answer) => (error ? reject(error) : resolve(answer!))
  query.callback = done
  ;(client as unknown as { query(query: LightQuery<T>): void }).query(query)
})

/**
 * Runs a query on any client of a pool, until its request is over. What PostgreSQL refuses leaves the connection as it was; what was never
 * answered ends it.
 */
export const ask = <T>(pool: pg.Pool, query: LightQuery<T>, lifetime?: Lifetime): Promise<T> => new Promise((resolve, reject) => {
  pool.connect((problem, client, release) => {
    if (problem || !client) {
      return reject(notSent(problem))
    }
    const held = lifetime && new Held(client)
    try {
      if (held) lifetime.begin(held)
    } catch (error) {
      release()
      return reject(notSent(error as Error))
    }
    const done: Done<T> = (error, answer) => {
      if (held) lifetime.end(held)
      release(held?.stopped || (error && !isRefusal(error) ? error : undefined))
      if (error) reject(error)
      else resolve(answer!)
    }
    query.callback = done
    ;(client as unknown as { query(query: LightQuery<T>): void }).query(query)
  })
})

const unsent = new WeakSet<object>()
export function notSent<E>(error: E): E {
  if (typeof error === 'object' && error !== null) unsent.add(error)
  return error
}
/** There was no connection to send it on. */
export const neverSent = (error: unknown): boolean => typeof error === 'object' && error !== null && unsent.has(error)

/** The same failure as an object of its own: what became of a command is noted on it. */
export function copyOf(error: unknown): object {
  const own = Object.create(error as object) as object
  if (neverSent(error)) unsent.add(own)
  return own
}

/** Did PostgreSQL itself answer that it would not, and stay? (Its word for how bad it is comes in the server's language.) */
export const isRefusal = (error: unknown): boolean => {
  const { code, severity } = error as { code?: string; severity?: string }
  return severity !== undefined && code !== undefined && !/^(08|57P|58|XX)/.test(code)
}

/** Was the statement broken off, by us or for its time? */
export const isStopped = (error: unknown): boolean => (error as { code?: string }).code === '57014'

/** A parameter as PostgreSQL reads it. */
function sent(value: unknown): string | Buffer | null {
  if (value == null) return null
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return `{${value.map(element).join()}}`
  if (Buffer.isBuffer(value)) return value
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object') throw new TypeError('Parameters are texts, numbers, booleans, times, bytes and lists of them.')
  return String(value)
}

const element = (value: unknown): string => {
  const text = sent(value)
  return text === null ? 'NULL' : `"${(typeof text === 'string' ? text : `\\x${text.toString('hex')}`).replace(/["\\]/g, '\\$&')}"`
}

/** Execute the unnamed portal to its end. */
const EXECUTE = serialize.execute()
const SYNC = serialize.sync()
