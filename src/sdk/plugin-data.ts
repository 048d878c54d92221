import DataLoader from 'dataloader'
import type { z } from 'zod'
import type { Actor, Role } from '../core/actor'
import { AppError, markOutcome, outcomeOf } from '../core/errors'
import { rowIdOf } from '../core/ids'
import type { Noun } from '../core/reads'
import type { Origin, RequestContext } from '../core/request'
import type { WorkCalendar } from '../core/working-days'
import { runCommand } from '../database/command'
import type { Database } from '../database/database'
import { locate, locateUnit, requireRole, type LocatedRow } from '../database/locate'
import type { StoredRow, Transaction, Values } from '../database/transaction'
import { workCalendar } from '../domain/calendar/work-calendar'
import { columnOf, conditionSql, Parameters, type Condition } from './condition'
import type { ItemKind } from './catalog-shape'
import { isOwnEvent } from './core-events'
import { schemaOf } from './migration'

export interface Selection {
  where?: Condition
  /** Field to order by; the row id is added. */
  orderBy?: string
  descending?: boolean
  /** At most 1000. */
  limit?: number
}

/** An item of the plugin's catalog as its code may know it. */
export interface OwnCatalogItem {
  code: string
  titleZh: string
  titleEn: string | null
  payload: Record<string, unknown>
  legalBasis: { title: string; article?: string; documentNo?: string }[]
}

/** A unit as a command of a plugin may know it. */
export interface UnitRef { id: string; path: string }

/** What a command of a plugin may do: find and write rows of the plugin's own registers. Audit, history and versions come by themselves. */
export interface PluginTransaction {
  readonly origin: Origin
  /** The row that a global id names, locked; NOT_FOUND when it is not there or outside the actor's scope. */
  locate(noun: Noun, id: string, path: string): Promise<LocatedRow>
  /** A unit in the actor's scope. */
  locateUnit(id: string, path: string): Promise<UnitRef>
  /** FORBIDDEN unless the actor holds one of these roles over the unit. */
  requireRole(roles: readonly Role[], unit: UnitRef): void
  /** Rows of a noun that belong to these units, locked in the order of their ids. */
  lockRows(noun: Noun, units: readonly UnitRef[], where?: Condition): Promise<StoredRow[]>
  insert(noun: Noun, values: Values): string
  insertMany(noun: Noun, rows: readonly Values[]): string[]
  update(noun: Noun, row: StoredRow, changes: Values): void
  append(noun: Noun, values: Values): string
  transition: Transaction['transition']
  emit: Transaction['emit']
}

/** The plugin's hand on its data: its own registers, scoped by the actor, every value bound. */
export interface PluginData {
  /** The plugin's settings, read with the schema that its manifest names as `config`. */
  settings<T>(schema: z.ZodType<T>): T
  /** Runs a command in one transaction under its idempotency key. `name` is the mutation's. */
  command<T>(origin: Origin, name: string, input: { idempotencyKey?: string | null }, work: (tx: PluginTransaction) => Promise<T>): Promise<T>
  /** Rows of one of the plugin's nouns that the actor may see, with the columns of the table. */
  select(actor: Actor, noun: Noun, selection: Selection): Promise<StoredRow[]>
  /** The row that a global id names, as the table has it; calls within one request are put together into one statement. */
  row(context: RequestContext, noun: Noun, id: string): Promise<StoredRow | null>
  /** Items of one kind in the release of the plugin's own catalog that is in use. */
  catalogItems(kind: ItemKind): Promise<OwnCatalogItem[]>
  /** Which days are worked on, as administrators set it. Ask for it once and count with it: counting is pure. */
  calendar(): Promise<WorkCalendar>
  /** Units with these codes that the actor may see, by code. */
  unitsByCode(actor: Actor, codes: readonly string[]): Promise<Map<string, UnitRef>>
}

export function pluginData(db: Database, plugin: string, settings: unknown): PluginData {
  const own = (noun: Noun): OwnNoun => ownNoun(plugin, noun)
  const loaders = new WeakMap<RequestContext, Map<string, DataLoader<string, StoredRow | null>>>()
  return {
    settings: schema => schema.parse(settings ?? {}),
    async command(origin, name, input, work) {
      try {
        return await runCommand(db, origin, name, input, tx => work(pluginTransaction(tx, plugin)))
      } catch (error) {
        throw refusedByTable(error, plugin) ?? error
      }
    },
    select(actor, noun, selection) {
      // It has no request to note the reading in.
      if (noun.logged) throw new Error(`${noun.type} is logged: it is read through the schema, or row by row`)
      return select(db, actor, own(noun), selection)
    },
    async row(context, noun, id) {
      const rowId = rowIdOf(noun.prefix, id)
      if (rowId === null) return null
      let ofRequest = loaders.get(context)
      if (!ofRequest) loaders.set(context, (ofRequest = new Map()))
      let loader = ofRequest.get(noun.type)
      if (!loader) ofRequest.set(noun.type, (loader = new DataLoader(ids => rowsById(db, context.actor, own(noun), ids), { maxBatchSize: 1000 })))
      const row = await loader.load(rowId)
      if (noun.logged) context.read.note({ as: noun.logged.as, subjectType: noun.table, subjectId: rowId, what: { plugin, rows: row ? 1 : 0 } })
      return row
    },
    catalogItems: kind => db.rows<OwnCatalogItem>(
      `SELECT i.code, i.title_zh AS "titleZh", i.title_en AS "titleEn", i.payload, i.legal_basis AS "legalBasis" FROM catalog_item i JOIN catalog_release r ON r.id = i.release_id
       WHERE r.plugin_code = $1 AND r.state = 'PUBLISHED' AND i.kind = $2 AND i.retired_in IS NULL ORDER BY i.seq`, [plugin, kind]),
    calendar: () => workCalendar(db),
    async unitsByCode(actor, codes) {
      const rows = await db.rows<UnitRef & { code: string }>(
        `SELECT u.id, u.path, u.code FROM unit u WHERE u.code = ANY($1) AND ${SCOPE(2)}`, [[...new Set(codes)], [...actor.scope]])
      return new Map(rows.map(r => [r.code, { id: r.id, path: r.path }]))
    },
  }
}

/** What the tables of the plugin themselves refuse, told like a refusal of its code: a value that is there already, or one that may not be. */
function refusedByTable(error: unknown, plugin: string): AppError | null {
  const { code, schema, constraint } = error as { code?: string; schema?: string; constraint?: string }
  if (!code?.startsWith('23') || schema !== schemaOf(plugin)) return null
  const taken = code === '23505'
  const message = taken ? 'The same is already there.' : 'A value is not allowed here.'
  const told = new AppError(taken ? 'CONFLICT' : 'BAD_INPUT', message, { violations: [{ path: 'input', rule: taken ? 'unique' : constraint ?? 'value', message }] }, { cause: error })
  markOutcome(told, outcomeOf(error) ?? 'NOT_DONE')
  return told
}

type OwnNoun = Noun & { scope: { by: 'unit'; column: string } }
/** A noun whose rows the plugin owns and that stand under a unit; anything else is refused. */
function ownNoun(plugin: string, noun: Noun): OwnNoun {
  if (!noun.table.startsWith(`${schemaOf(plugin)}.`)) throw new Error(`${plugin} may use its own tables only, not ${noun.table}`)
  if (noun.scope.by !== 'unit' || noun.scope.column !== 'unit_id') throw new Error(`${noun.type}: registers of plugins stand under a unit, in the column unit_id`)
  return noun as OwnNoun
}

const SCOPE = (at: number): string => `EXISTS (SELECT 1 FROM unnest($${at}::text[]) s (path) WHERE starts_with(u.path, s.path))`

async function select(db: Database, actor: Actor, noun: OwnNoun, o: Selection): Promise<StoredRow[]> {
  const p = new Parameters()
  p.add([...actor.scope])
  const filter = o.where ? ` AND ${conditionSql(noun, o.where, p)}` : ''
  const order = o.orderBy ? `t.${columnOf(noun, o.orderBy)}${o.descending ? ' DESC' : ''}, ` : ''
  const limit = p.add(Math.min(Math.max(o.limit ?? 100, 1), 1000))
  return db.rows<StoredRow>(`SELECT t.* FROM ${noun.table} t JOIN unit u ON u.id = t.${noun.scope.column} WHERE ${SCOPE(1)}${filter} ORDER BY ${order}t.id LIMIT ${limit}`, p.values)
}

async function rowsById(db: Database, actor: Actor, noun: OwnNoun, ids: readonly string[]): Promise<(StoredRow | null)[]> {
  const rows = await db.rows<StoredRow>(
    `SELECT t.* FROM ${noun.table} t JOIN unit u ON u.id = t.${noun.scope.column} WHERE t.id = ANY($1::uuid[]) AND ${SCOPE(2)}`, [[...ids], [...actor.scope]])
  const byId = new Map(rows.map(r => [r.id, r]))
  return ids.map(id => byId.get(id) ?? null)
}

export function pluginTransaction(tx: Transaction, plugin: string): PluginTransaction {
  const own = (noun: Noun): OwnNoun => ownNoun(plugin, noun)
  return {
    origin: tx.origin,
    locate: (noun, id, path) => locate(tx, { table: own(noun).table, prefix: noun.prefix }, id, path),
    locateUnit: async (id, path) => {
      const unit = await locateUnit(tx, id, path)
      return { id: unit.id, path: unit.path }
    },
    requireRole(roles, unit) {
      requireRole(tx, roles, unit.path)
    },
    lockRows(noun, units, where) {
      const p = new Parameters()
      p.add(units.map(u => u.id))
      const filter = where ? ` AND ${conditionSql(noun, where, p)}` : ''
      return tx.rows(`SELECT t.* FROM ${own(noun).table} t WHERE t.${own(noun).scope.column} = ANY($1::uuid[])${filter} ORDER BY t.id FOR UPDATE`, p.values)
    },
    insert: (noun, values) => tx.insert(own(noun).table, values),
    insertMany: (noun, rows) => tx.insertMany(own(noun).table, rows),
    update: (noun, row, changes) => tx.update(own(noun).table, row, changes),
    append: (noun, values) => tx.append(own(noun).table, values),
    transition: t => tx.transition(t),
    emit(kind, about) {
      if (!isOwnEvent(plugin, kind.type)) throw new Error(`${kind.type} is no event of ${plugin}`)
      tx.emit(kind, about)
    },
  }
}
