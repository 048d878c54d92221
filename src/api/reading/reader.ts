import DataLoader from 'dataloader'
import { LRUCache } from 'lru-cache'
import type { Actor } from '../../core/actor'
import { prefixOf, rowIdOf } from '../../core/ids'
import { permits } from '../../core/permission'
import type { Reader, RequestContext, SensitiveRead, Lifetime } from '../../core/request'
import {
  batchStatement, COUNT, CURSOR, NEAR, nearColumn, nearField, pageSize, rootStatement, Runner, scopeForm, shapeOf,
  type Args, type BatchKind, type ReadModel, type Reach, type Row, type Statement, type Wanted,
} from '../../database/sql'
import type { Database } from '../../database/database'
import type { Needs } from './needs'
import { Reading } from './reading'
import { standIn } from './stand-in'

/** One field being answered: its reach, its arguments, the row it stands on, and the place in the document where it stands. */
export interface Asked {
  readonly reach: Reach
  readonly args: Args
  /** Null for root fields. */
  readonly near: Row | null
  readonly at: object
}

/** A page as GraphQL's default resolver reads it. */
export interface RowPage {
  readonly nodes: readonly Row[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly startCursor: unknown; readonly endCursor: unknown }
  totalCount(): Promise<number>
}

export type ReaderFactory = (actor: Actor, lifetime?: Lifetime) => Reader

/** Makes the reader of each request. Statements are shared between them, rows never. */
export function readerFactory(db: Database, model: ReadModel): ReaderFactory {
  const shared = { model, runner: new Runner(db), statements: new LRUCache<string, Statement>({ max: STATEMENTS_MAX }) }
  return (actor, lifetime) => new RowReader(shared, actor, lifetime)
}

const STATEMENTS_MAX = 2000
interface Shared {
  readonly model: ReadModel
  readonly runner: Runner
  readonly statements: LRUCache<string, Statement>
}

/** The reader of a context. Generated resolvers need more of it than the contract tells. */
export function rowReader(context: RequestContext): RowReader {
  if (!(context.read instanceof RowReader)) throw new Error('The context needs a reader made by readerFactory.')
  return context.read
}

type Loader = DataLoader<string, unknown>

/**
 * Loads rows in one actor's scope, batched: one statement for each edge and depth of a request, whatever the number of rows. Nothing
 * is remembered between batches, so that what a mutation wrote is what its payload shows.
 */
export class RowReader implements Reader {
  private readonly loaders = new WeakMap<object, Map<string, Loader>>()

  private needs: Needs = () => undefined
  private standsIn = (): boolean => false
  /** Kept by the place in the document: a page and its count are one reading. */
  private readonly readings = new Map<object, Reading>()
  private readonly reads: SensitiveRead[] = []

  constructor(private readonly shared: Shared, private readonly actor: Actor, private readonly lifetime?: Lifetime) {}

  /** From here on rows hold what a document asks for. */
  narrow(needs: Needs): void {
    this.needs = needs
  }

  note(read: SensitiveRead): void {
    this.reads.push(read)
  }

  /** Rows that are asked for by id are not read while this holds: they stand for what the answer will read. */
  standInWhile(holds: () => boolean): void {
    this.standsIn = holds
  }

  /** What of this request must be logged before its answer leaves. */
  noted(): SensitiveRead[] {
    return this.readings.size + this.reads.length ? [...[...this.readings.values()].flatMap(r => r.told()), ...this.reads] : []
  }

  async one(type: string, rowId: string): Promise<object | null> {
    return this.standsIn() ? standIn(type, rowId) : this.byId(type, rowId)
  }

  private async byId(type: string, rowId: string): Promise<object | null> {
    const { self } = this.shared.model.of(type)
    const row = await this.load({ reach: self, args: {}, near: null, at: self }, 'rows', rowId) as Row | null
    return row && { ...row, __typename: type }
  }

  async node(id: string): Promise<object | null> {
    const noun = this.shared.model.ofPrefix(prefixOf(id) ?? '')
    const rowId = noun && permits(noun.noun.permission, this.actor) ? rowIdOf(noun.noun.prefix, id) : null
    return noun && rowId ? this.byId(noun.noun.type, rowId) : null
  }

  async many(type: string, rowIds: readonly string[]): Promise<(object | null)[]> {
    return Promise.all(rowIds.map(id => this.one(type, id)))
  }

  /** The one row of a `one`, the rows of a `list`. */
  async rows(asked: Asked): Promise<unknown> {
    const key = this.nearKey(asked)
    if (key === undefined) return (await this.root<Row>(asked, 'rows'))[0] ?? null
    if (key === null) return asked.reach.card === 'one' ? null : []
    return this.load(asked, 'rows', key)
  }

  async count(asked: Asked): Promise<number> {
    const key = this.nearKey(asked)
    return key === undefined ? (await this.root<{ [COUNT]: number }>(asked, 'count'))[0]![COUNT] : await this.load(asked, 'count', key!) as number
  }

  async page(asked: Asked): Promise<RowPage> {
    const { args, reach } = asked
    const size = pageSize(args, reach.max)
    const key = this.nearKey(asked)
    const rows = key === undefined ? await this.root<Row>(asked, 'rows') : await this.load(asked, 'rows', key!) as Row[]
    const backwards = args['last'] != null
    const nodes = rows.slice(0, size)
    if (backwards) nodes.reverse()
    const more = rows.length > size
    return {
      nodes,
      pageInfo: {
        hasNextPage: backwards ? args['before'] != null : more, hasPreviousPage: backwards ? more : args['after'] != null,
        startCursor: nodes[0]?.[CURSOR] ?? null, endCursor: nodes.at(-1)?.[CURSOR] ?? null,
      },
      totalCount: () => this.count({ ...asked, args: { filter: args['filter'] } }),
    }
  }

  /** Undefined for root fields; null when the near row points nowhere. */
  private nearKey({ reach, near }: Asked): string | null | undefined {
    return near === null ? undefined : near[nearField(nearColumn(reach)!)] as string | null
  }

  private async root<R>(asked: Asked, kind: BatchKind): Promise<R[]> {
    const { reach, args } = asked
    const statement = this.statement(asked, kind, wanted => rootStatement(reach, { index: 0, args }, kind, scopeForm(this.actor), wanted))
    const rows = await this.shared.runner.rows<R>(statement, { actor: this.actor, args: [args] }, this.lifetime)
    if (reach.to.noun.logged) this.reading(asked).add(kind, rows as Row[])
    return rows
  }

  private reading(asked: Asked): Reading {
    let reading = this.readings.get(asked.at)
    if (!reading) this.readings.set(asked.at, (reading = new Reading(asked)))
    return reading
  }

  private load(asked: Asked, kind: BatchKind, key: string): Promise<unknown> {
    let loaders = this.loaders.get(asked.at)
    if (!loaders) this.loaders.set(asked.at, (loaders = new Map()))
    const name = `${asked.reach.name} ${kind}`
    let loader = loaders.get(name)
    if (!loader) loaders.set(name, (loader = new DataLoader(keys => this.batch(asked, kind, keys), { cache: false })))
    return loader.load(key)
  }

  private async batch(asked: Asked, kind: BatchKind, keys: readonly string[]): Promise<unknown[]> {
    const { reach, args } = asked
    const statement = this.statement(asked, kind, wanted => batchStatement(reach, { index: 0, args }, kind, scopeForm(this.actor), wanted))
    const rows = await this.shared.runner.rows<Row & { [NEAR]: string }>(statement, { actor: this.actor, args: [args], keys: [...new Set(keys)] }, this.lifetime)
    if (reach.to.noun.logged) this.reading(asked).add(kind, rows, keys)
    if (kind === 'count') {
      const counts = new Map(rows.map(r => [r[NEAR], r[COUNT]]))
      return keys.map(k => counts.get(k) ?? 0)
    }
    const found = new Map<string, Row[]>(keys.map(k => [k, []]))
    for (const row of rows) found.get(row[NEAR])!.push(row)
    return reach.card === 'one' ? keys.map(k => found.get(k)![0] ?? null) : keys.map(k => found.get(k)!)
  }

  private statement({ reach, args }: Asked, kind: BatchKind, make: (wanted?: Wanted) => Statement): Statement {
    const wanted = kind === 'rows' ? this.needs(reach.to.noun.type) : undefined
    const key = `${reach.name} ${kind} ${scopeForm(this.actor).key} ${shapeOf(args)} ${wanted?.key ?? '*'}`
    let statement = this.shared.statements.get(key)
    if (!statement) this.shared.statements.set(key, (statement = make(wanted)))
    return statement
  }
}
