import { holdsAnywhere, type Actor } from '../core/actor'
import { REGISTER_READERS } from '../auth/roles'
import { AppError, badInput } from '../core/errors'
import { rowIdOf } from '../core/ids'
import type { Database } from '../database/database'
import type { Appointment } from '../domain/person'
import { Responsibility, type CycleState, type DutyItem, type DutyItemState } from '../domain/responsibility'
import type { Unit } from '../domain/unit'
import type { DutyItemAggregate, DutyItemAggregateArgs, DutyItemDimension, DutyItemFigures, DutyItemGroupKey } from './duty-item-aggregate.types'
import type { JointPublicationAggregate, JointPublicationAggregateArgs, JointPublicationFigures } from './joint-publication-aggregate.types'
import { ratioOf } from './ratio.types'
import type { ResponsibilityBalance, ResponsibilityBalanceArgs, UnitBalance } from './responsibility-balance.types'
import { BALANCE, dutyItemStatement, jointPublicationStatement, keyName } from './year-figures.sql'
import type { YearFilter, YearPage } from './year-page.types'

/** Whole objects by row id, in the viewer's scope. */
export type ReadMany = (type: string, ids: readonly string[]) => Promise<readonly (object | null)[]>

interface Counted { n: number; waived: number; overdue: number; known: number; performed: number; supervised: number; accounted: number; complete: number }
interface Published { units: number; published: number; preparing: number; not_begun: number }
interface Page<T, G> { totals: T; groups: number; as_of: string; page: G[] }
type DutyGroup = Counted & { unit?: string; division?: string; responsibility?: Responsibility; state?: DutyItemState; item?: string; appointment?: string }
type PublishedGroup = Published & { key: string; county: string; state: CycleState | null }
interface Share { responsibility: Responsibility; n: number; done: number; part: number }
interface Balance { key: string; unit_id: string; spread: string; shares: Share[] }

/** Groups by these are about one person or one duty. */
const SINGLE: readonly DutyItemDimension[] = ['ITEM', 'APPOINTMENT']
const FOUR = Object.keys(Responsibility)

/** Figures of unit-years: who published jointly, how far duties are, how much of the loop is closed. One statement an answer. */
export class YearFiguresService {
  constructor(private readonly db: Database) {}

  async duties(actor: Actor, args: DutyItemAggregateArgs, read: ReadMany): Promise<DutyItemAggregate> {
    if (args.groupBy.some(d => SINGLE.includes(d)) && !holdsAnywhere(actor, REGISTER_READERS)) throw onlyForReaders()
    const keys = args.groupBy.map(keyName) as (keyof DutyGroup)[]
    const counted = await this.page<Counted, DutyGroup>(dutyItemStatement(args.groupBy), actor, args, keys.length)
    const rows = counted.page.slice(0, args.first)
    const units = await objects<Unit>(read, 'Unit', rows.map(r => idIn(r.unit)))
    const items = await objects<DutyItem>(read, 'DutyItem', rows.map(r => idIn(r.item)))
    const posts = await objects<Appointment>(read, 'Appointment', rows.map(r => r.appointment || null))
    return {
      groups: rows.map(row => ({ key: keyOf(row, { units, items, posts }), ...dutyFigures(row) })), groupCount: counted.groups, hasNextPage: counted.page.length > args.first,
      endCursor: cursorOf(rows.at(-1), keys), totals: dutyFigures(counted.totals), asOf: counted.as_of,
    }
  }

  async publication(actor: Actor, args: JointPublicationAggregateArgs, read: ReadMany): Promise<JointPublicationAggregate> {
    const counted = await this.page<Published, PublishedGroup>(jointPublicationStatement(args.groupBy), actor, args, 1, args.unitKinds)
    const rows = counted.page.slice(0, args.first)
    const idOf = (row: PublishedGroup): string | null => (args.groupBy === 'UNIT' ? idIn(row.key) : null)
    const units = await objects<Unit>(read, 'Unit', rows.map(idOf))
    return {
      groups: rows.map(row => ({ divisionCode: row.county, unit: units.get(idOf(row) ?? '') ?? null, state: row.state, ...publishedFigures(row) })), groupCount: counted.groups,
      hasNextPage: counted.page.length > args.first, endCursor: cursorOf(rows.at(-1), ['key']), totals: publishedFigures(counted.totals), asOf: counted.as_of,
    }
  }

  async balance(actor: Actor, args: ResponsibilityBalanceArgs, read: ReadMany): Promise<ResponsibilityBalance> {
    const counted = await this.page<{ n: number }, Balance>(BALANCE, actor, args, 1, args.leastSpread)
    const rows = counted.page.slice(0, args.first)
    const units = await objects<Unit>(read, 'Unit', rows.map(r => r.unit_id))
    return {
      units: rows.map(row => balanceOf(row, units.get(row.unit_id) ?? null)), unitCount: counted.groups, publishedCount: counted.totals.n,
      hasNextPage: counted.page.length > args.first, endCursor: cursorOf(rows.at(-1), ['key']), asOf: counted.as_of,
    }
  }

  private async page<T, G>(text: string, actor: Actor, { filter, first, after }: YearPage, keys: number, ...more: unknown[]): Promise<Page<T, G>> {
    const paging = keys ? [first, ...keysOf(after, keys)] : []
    return (await this.db.rows<Page<T, G>>(text, [...filterValues(actor, filter), ...paging, ...more]))[0]!
  }
}

function filterValues(actor: Actor, { year, divisionCode, within, sector }: YearFilter): unknown[] {
  const unit = within == null ? null : rowIdOf('unit', within)
  // An id that names no unit leaves nothing to count, like one that may not be seen.
  return [year, divisionCode ?? null, unit ?? (within == null ? null : NOWHERE), sector ?? null, actor.scope]
}
const NOWHERE = '00000000-0000-0000-0000-000000000000'

const cursorOf = <G extends object>(row: G | undefined, keys: readonly (keyof G)[]): string | null =>
  row === undefined || !keys.length ? null : Buffer.from(JSON.stringify(keys.map(k => row[k]))).toString('base64url')

function keysOf(after: string | null | undefined, count: number): (string | null)[] {
  if (after == null) return Array.from({ length: count }, () => null)
  const keys = parsed(after)
  if (!Array.isArray(keys) || keys.length !== count || !keys.every(k => typeof k === 'string')) throw badInput('after', 'cursor', 'This is no cursor of these groups.')
  return keys
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

/** The row id at the end of a key by path. */
const idIn = (key: string | undefined): string | null => key?.split(' ').at(-1) ?? null

async function objects<T>(read: ReadMany, type: string, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, T>> {
  const wanted = [...new Set(ids.filter(id => id !== null))]
  const found = wanted.length ? await read(type, wanted) : []
  return new Map(wanted.flatMap((id, i) => (found[i] ? [[id, found[i] as T] as const] : [])))
}

interface Whole { readonly units: ReadonlyMap<string, Unit>; readonly items: ReadonlyMap<string, DutyItem>; readonly posts: ReadonlyMap<string, Appointment> }
const keyOf = (row: DutyGroup, { units, items, posts }: Whole): DutyItemGroupKey => ({
  unit: units.get(idIn(row.unit) ?? '') ?? null, divisionCode: row.division ?? null, responsibility: row.responsibility ?? null, state: row.state ?? null,
  dutyItem: items.get(idIn(row.item) ?? '') ?? null, appointment: posts.get(row.appointment ?? '') ?? null,
})

function dutyFigures(row: Counted): DutyItemFigures {
  const of = (n: number) => ratioOf(n, row.n, 'NOTHING_COUNTED')
  return {
    count: row.n, waivedCount: row.waived, overdueCount: row.overdue, overdueRate: of(row.overdue), known: of(row.known), performed: of(row.performed), supervised: of(row.supervised),
    accounted: of(row.accounted), complete: of(row.complete),
  }
}

const publishedFigures = ({ units, published, preparing, not_begun: notBegun }: Published): JointPublicationFigures =>
  ({ units, published, preparing, notBegun, publishedRate: ratioOf(published, units, 'NOTHING_COUNTED') })

function balanceOf({ shares, spread }: Balance, unit: Unit | null): UnitBalance {
  const sorted = [...shares].sort((a, b) => FOUR.indexOf(a.responsibility) - FOUR.indexOf(b.responsibility))
  const lowest = Math.min(...sorted.map(s => s.part))
  return {
    unit, spread, lagging: sorted.filter(s => s.part === lowest).map(s => s.responsibility),
    responsibilities: sorted.map(s => ({ responsibility: s.responsibility, performed: ratioOf(s.done, s.n, 'NOTHING_COUNTED') })),
  }
}

function onlyForReaders(): AppError {
  const message = 'Figures of single people and duties are for readers of the registers.'
  return new AppError('FORBIDDEN', message, { messageKey: 'forbidden', violations: [{ path: 'groupBy', rule: 'minimumCell', message }] })
}
