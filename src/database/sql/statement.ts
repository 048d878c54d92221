import { createHash } from 'node:crypto'
import type { Actor, ClosedRealm, Role } from '../../core/actor'
import type { Lifetime } from '../../core/request'
import type { Database } from '../database'
import { run, RowsQuery, TextQuery, type LightQuery } from '../light-query'
import { insideRealms } from '../realms'

/** How much of everything lies in some subtrees: `wide` a good part, `whole` all of a territory. */
export type Breadth = 'narrow' | 'wide' | 'whole'

/** What of an actor's rights the text of a statement depends on. One path of the scope is the fast case. */
export interface ScopeForm {
  readonly key: string
  readonly many: boolean
  readonly scope: Breadth
  /** The subtrees over which the actor holds one of these roles. */
  ofRoles(roles: readonly Role[]): Breadth
  ofRealm(realm: ClosedRealm): Breadth
}

/** The coerced arguments of one field. */
export type Args = Readonly<Record<string, unknown>>

/** What the values of a statement are computed from. */
export interface Call {
  readonly actor: Actor
  /** Arguments of each call site, by its number. */
  readonly args: readonly Args[]
  /** Row ids of the near rows of a batch. */
  readonly keys?: readonly string[]
}
export type Bind = (call: Call) => unknown

/** A place in the operation where arguments stand: its number, and the arguments as they are now (the text depends on their shape only). */
export interface Site {
  readonly index: number
  readonly args: Args
}
export const NO_ARGS: Site = { index: -1, args: {} }

/** Gathers a statement's parameters while its text is put together. Nothing that a client sends reaches the text in another way. */
export class Parameters {
  readonly binds: Bind[] = []
  /** Closed realms that the statement reads rows of. */
  readonly realms = new Set<ClosedRealm>()
  private readonly known = new Map<string, string>()

  constructor(readonly form: ScopeForm) {}

  add(bind: Bind, type: string): string {
    this.binds.push(bind)
    return `$${this.binds.length}::${type}`
  }

  /** One parameter for everything that means the same. */
  once(meaning: string, bind: Bind, type: string): string {
    const known = this.known.get(meaning) ?? this.add(bind, type)
    this.known.set(meaning, known)
    return known
  }
}

/** SQL text of ours as a literal: declared constants and JSON keys. */
export const literal = (value: string | number | boolean): string =>
  typeof value === 'string' ? `'${value.replaceAll(`'`, `''`)}'` : String(value)

const NO_REALMS: ReadonlySet<ClosedRealm> = new Set()

export class Statement {
  private name: string | null | undefined
  private used = false

  /** `realms`: those that row security must let it into. */
  constructor(readonly text: string, private readonly binds: readonly Bind[], readonly realms: ReadonlySet<ClosedRealm> = NO_REALMS) {}

  values(call: Call): unknown[] {
    return this.binds.map(bind => bind(call))
  }

  /**
   * The name under which connections keep its plan, from the second use on: what is asked once should not be kept.
   * A kept plan takes some 100 KB on every connection, hence the cap; statements beyond it are planned each time.
   */
  nameFor(names: Set<string>): string | undefined {
    if (this.name === undefined && this.used) {
      const name = 'r' + createHash('sha1').update(this.text).digest('base64url').slice(0, 20)
      this.name = names.has(name) || names.size < NAMED_MAX ? name : null
      if (this.name) names.add(name)
    }
    this.used = true
    return this.name ?? undefined
  }
}

const NAMED_MAX = 100
const namesOf = new WeakMap<Database, Set<string>>()

/** Runs statements on the read pool and counts them. */
export class Runner {
  statements = 0
  private readonly names: Set<string>

  constructor(private readonly db: Database) {
    this.names = namesOf.get(db) ?? new Set()
    namesOf.set(db, this.names)
  }

  async rows<Row>(statement: Statement, call: Call, lifetime?: Lifetime): Promise<Row[]> {
    const values = statement.values(call)
    this.statements++
    const name = statement.nameFor(this.names)
    return await this.ask(statement, () => new RowsQuery({ name, text: statement.text, values }), lifetime) as Row[]
  }

  /** The one text that a planned statement answers. */
  async text(statement: Statement, values: unknown[], lifetime?: Lifetime): Promise<string> {
    this.statements++
    const name = statement.nameFor(this.names)
    return (await this.ask(statement, () => new TextQuery({ name, text: statement.text, values }), lifetime))!
  }

  /** As `text`, for an answer that others wait for at the same moment: commands that were written together are answered together. */
  async textAlike(statement: Statement, values: unknown[], lifetime?: Lifetime): Promise<string> {
    if (statement.realms.size) return this.text(statement, values, lifetime)
    this.statements++
    const [row] = await this.db.readAlike({ name: statement.nameFor(this.names), text: statement.text, values }, lifetime)
    return (row as { j: string }).j
  }

  private ask<T>({ realms }: Statement, query: () => LightQuery<T>, lifetime?: Lifetime): Promise<T> {
    return realms.size ? insideRealms(this.db.reads, [...realms], client => run(client, query())) : this.db.read(query, lifetime)
  }
}

/** SQLSTATE class 22: a value that PostgreSQL cannot take. */
export const isValueError = (error: unknown): boolean => (error as { code?: string }).code?.startsWith('22') ?? false
