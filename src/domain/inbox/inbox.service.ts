import { today } from '../../core/day'
import { badInput } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { cursorReader, encodeCursor, pageSize, PAGE_MAX, type Key } from '../../database/sql'
import { workCalendar } from '../calendar'
import { countOf, countsOf, itemsAt, pathOf, placesOf, type InboxQuery, type ItemRow } from './inbox.repository'
import { NO_DAY } from './inbox.sql'
import type { InboxCount, InboxFilter, InboxOrder, InboxSummary } from './inbox.types'
import { reminderDays } from './settings'

export interface InboxArgs {
  readonly first?: number | null
  readonly after?: string | null
  readonly filter?: InboxFilter | null
  readonly orderBy?: InboxOrder | null
}

/** An item before its thing and its unit are looked at. */
export interface Item {
  readonly key: string
  readonly subjectType: string
  readonly subjectId: string
  readonly unitId: string
  readonly kind: 'WAITING' | 'RETURNED'
  readonly state: string
  readonly awaits: readonly string[]
  readonly dueOn: string | null
  readonly isOverdue: boolean
  readonly since: string
}

export interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: Item }[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  /** Null: nothing can be in it. */
  readonly query: InboxQuery | null
}

const OWNER = { noun: { type: 'InboxItem' } }
const keysOf = ({ field, direction }: InboxOrder): Key[] => {
  const desc = direction === 'DESC'
  return [field === 'SINCE' ? { column: 'since', type: 'instant', desc } : { column: 'due_key', type: 'date', desc }, { column: 'subject_id', type: 'id', desc }]
}

/** Reads inboxes: under the roles, units and four eyes of the moment in which it is asked. */
export class InboxService {
  constructor(private readonly db: Database) {}

  async page(ctx: RequestContext, args: InboxArgs): Promise<Page> {
    const order = args.orderBy ?? { field: 'DUE_ON', direction: 'ASC' }
    const keys = keysOf(order)
    const limit = pageSize({ first: args.first }, PAGE_MAX)
    const after = args.after == null ? null : cursorReader('after', OWNER, keys)(args.after) as [string, string]
    const query = await this.queryOf(ctx, args.filter ?? {})
    if (!query) return { edges: [], hasNextPage: false, hasPreviousPage: false, query }
    const day = today()
    const places = await placesOf(this.db, ctx.actor, day, { ...query, order: order.field === 'SINCE' ? 'since' : 'due_key', descending: order.direction === 'DESC', after, limit: limit + 1 }, ctx.lifetime)
    const shown = places.slice(0, limit)
    const rows = shown.length ? await itemsAt(this.db, ctx.actor, day, shown.map(p => p.subject_id), query.within, ctx.lifetime) : []
    const bySubject = new Map<string, ItemRow[]>()
    for (const row of rows) bySubject.set(row.subject_id, [...bySubject.get(row.subject_id) ?? [], row])
    return {
      query, hasNextPage: places.length > limit, hasPreviousPage: after !== null,
      // One that was dealt with between the two looks is left out.
      edges: shown.flatMap(p => (bySubject.has(p.subject_id) ? [{ cursor: encodeCursor(OWNER, keys, [p.key, p.subject_id]), node: itemOf(bySubject.get(p.subject_id)!, day) }] : [])),
    }
  }

  count(ctx: RequestContext, query: InboxQuery | null): Promise<number> {
    return query ? countOf(this.db, ctx.actor, today(), query, ctx.lifetime) : Promise.resolve(0)
  }

  async summary(ctx: RequestContext): Promise<InboxSummary> {
    const day = today()
    const soon = (await workCalendar(this.db)).addWorkingDays(day, Math.max(0, ...reminderDays(this.db))).day
    const rows = await countsOf(this.db, ctx.actor, { day, soon }, null, ctx.lifetime)
    const byType = rows.map(({ subject_type, due_soon, ...r }): InboxCount => ({ subjectType: subject_type, dueSoon: due_soon, ...r }))
    const sum = (of: 'total' | 'returned' | 'overdue' | 'dueSoon'): number => byType.reduce((n, c) => n + c[of], 0)
    return { total: sum('total'), returned: sum('returned'), overdue: sum('overdue'), dueSoon: sum('dueSoon'), byType }
  }

  /** Null when it can find nothing. */
  private async queryOf(ctx: RequestContext, { kind, isOverdue, dueFrom, dueTo, subjectType, unitWithin }: InboxFilter): Promise<InboxQuery | null> {
    const day = today()
    if (dueFrom && dueTo && dueFrom > dueTo) throw badInput('filter.dueTo', 'afterFrom', 'dueTo must not be before dueFrom.')
    // What has no day is not due after one, but it is not overdue either.
    const before = [...(dueFrom ? [NO_DAY] : []), ...(dueTo ? [next(dueTo)] : []), ...(isOverdue ? [day] : [])].sort()[0] ?? null
    const from = [...(dueFrom ? [dueFrom] : []), ...(isOverdue === false ? [day] : [])].sort().at(-1) ?? null
    const unitId = unitWithin == null ? null : rowIdOf('unit', unitWithin)
    const within = unitWithin == null ? null : unitId && await pathOf(this.db, ctx.actor, unitId, ctx.lifetime)
    if (unitWithin != null && !within) return null
    return { kind: kind ?? null, subjectType: subjectType ?? null, within, dueBefore: before, dueFrom: from }
  }
}

const next = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

/** Several roles of one viewer may be asked about the same thing: it is one item, with what any of them is asked for. */
function itemOf(rows: readonly ItemRow[], day: string): Item {
  const [row] = rows as [ItemRow]
  const dueOn = row.due_key === NO_DAY ? null : row.due_key
  return {
    key: row.subject_id, subjectType: row.subject_type, subjectId: row.subject_id, unitId: row.unit_id, kind: row.kind, state: row.state,
    awaits: [...new Set(rows.flatMap(r => r.commands))].sort(), dueOn, isOverdue: dueOn !== null && dueOn < day, since: row.since,
  }
}
