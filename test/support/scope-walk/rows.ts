import type pg from 'pg'
import { seenAlso } from './seen-also'

/** A row of any table, told by plain SQL that owes nothing to the product: whose it is, and what stands in it. */
export interface Row { readonly table: string; readonly ctid: string; readonly values: Readonly<Record<string, unknown>>; readonly at: 'inside' | 'outside' | 'public' }

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const isUuid = (value: unknown): value is string => typeof value === 'string' && value.length === 36 && value.match(UUID)?.[0] === value

/** Whose a row is when it names several units: the far end of a relation decides, who leads or calls others together, the activity that looks at a unit; everywhere else `unit_id`. */
const DECIDES: Readonly<Record<string, string>> = Object.fromEntries(Object.entries({
  unit_relation: 'to_unit_id', supervision_activity_partner: 'lead_unit_id', consultation_participant: 'convener_unit_id', supervision_slot: 'lead_unit_id', supervision_activity_object: 'activity_id',
}).flatMap(([table, column]) => [[table, column], [`${table}_history`, column]]))
/** What is published there is also the business of everybody below the unit. */
const BINDS_BELOW = ['supervision_rule', 'supervision_rule_item']
/** What names nothing but who once asked. */
const NOBODYS = /^(idempotent_request|public\.idempotent_request)$/

/**
 * Every row of the database, parted by what lies inside some subtrees of units, what lies outside, and what belongs to no unit at all.
 * Rows without a unit of their own belong where the rows belong that they point to.
 */
export class Rows {
  private constructor(private readonly rows: readonly Row[]) {}

  static async read(owner: pg.Pool, inside: readonly string[]): Promise<Rows> {
    const tables = (await owner.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`)).rows.map(r => r.name)
    const all: Omit<Row, 'at'>[] = []
    for (const name of tables) {
      const { rows } = await owner.query<{ ctid: string; values: Record<string, unknown> }>(`SELECT t.ctid::text, to_jsonb(t) AS values FROM ${name} t`)
      all.push(...rows.map(row => ({ table: name.replace(/^public\./, ''), ...row })))
    }
    return new Rows(place(all, inside))
  }

  /** Row ids that stand outside and nowhere else: what moved in has its history there. */
  get foreignIds(): ReadonlySet<string> {
    const inside = new Set(this.of('inside').map(r => r.values['id']))
    return new Set(this.of('outside').map(r => r.values['id']).filter(isUuid).filter(id => !inside.has(id)))
  }

  /** Texts that stand outside and nowhere else: codes, names, numbers, hashes. */
  get foreignTexts(): ReadonlySet<string> {
    const seen = new Set([...this.of('inside'), ...this.of('public')].flatMap(r => textsOf(r.values)))
    return new Set(this.of('outside').flatMap(r => textsOf(r.values)).filter(text => text.length > 3 && !seen.has(text) && !/^[\d.:TZ+-]+$/.test(text) && !/^[A-Z_]+$/.test(text)))
  }

  /** What stands outside, as one text: equal before and after when nothing of it was touched. */
  get outside(): string {
    return this.of('outside').map(r => `${r.table} ${JSON.stringify(r.values)}`).sort().join('\n')
  }

  get all(): readonly Row[] {
    return this.rows
  }

  of(at: Row['at']): readonly Row[] {
    return this.rows.filter(r => r.at === at)
  }

  /** Takes everything outside away, but what a row inside points to: the database would not let that go either. */
  async wipe(owner: pg.Pool): Promise<number> {
    const held = new Set([...this.of('inside'), ...this.of('public')].flatMap(r => Object.entries(r.values).filter(([column, v]) => column !== 'id' && isUuid(v)).map(([, v]) => v as string)))
    const gone = this.of('outside').filter(r => !held.has(String(r.values['id'])) && !(r.table === 'unit' && String(r.values['path']).split('/').length <= 3))
    const client = await owner.connect()
    try {
      // As a replica: without the triggers that keep history and refuse changes of what only grows.
      await client.query('SET session_replication_role = replica')
      for (const table of new Set(gone.map(r => r.table))) {
        await client.query(`DELETE FROM ${table} WHERE ctid = ANY($1::tid[])`, [gone.filter(r => r.table === table).map(r => r.ctid)])
      }
    } finally {
      await client.query('RESET session_replication_role')
      client.release()
    }
    return gone.length
  }
}

function place(rows: readonly Omit<Row, 'at'>[], inside: readonly string[]): Row[] {
  const units = new Map(rows.filter(r => r.table === 'unit').map(r => [r.values['id'] as string, inside.some(p => String(r.values['path']).startsWith(p)) ? 'inside' as const : 'outside' as const]))
  const placed = new Map<string, Row['at']>(units)
  const above = new Set(rows.filter(r => r.table === 'unit' && inside.some(p => p.startsWith(String(r.values['path'])))).map(r => r.values['id']))
  const binds = ({ table, values }: Omit<Row, 'at'>): boolean => BINDS_BELOW.includes(table) && values['is_published'] === true && above.has(values['unit_id'])
  const deciding = ({ table, values }: Omit<Row, 'at'>): unknown => (table === 'unit' || table === 'unit_history' ? values['id'] : values[DECIDES[table] ?? 'unit_id'])
  const also = seenAlso(rows, id => units.get(String(id)) === 'inside')
  const direct = rows.map(row => ({ ...row, at: binds(row) || also.has(row) ? 'inside' as const : units.get(String(deciding(row))) }))
  for (const { at, values } of direct) if (at && isUuid(values['id'])) placed.set(values['id'], at)
  return direct.map(({ at, ...row }) => ({ ...row, at: at ?? placed.get(String(deciding(row))) ?? pointing(row, placed) }))
}

/** Where a row without a unit points to. */
function pointing({ table, values }: Omit<Row, 'at'>, placed: ReadonlyMap<string, Row['at']>): Row['at'] {
  if (NOBODYS.test(table)) return 'public'
  const found = Object.values(values).filter(isUuid).map(id => placed.get(id)).filter(at => at !== undefined)
  return found.includes('outside') && !found.includes('inside') ? 'outside' : found.includes('inside') ? 'inside' : 'public'
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

/** Who did something, told by `createdBy` and the like: a number that says nothing and opens nothing, and the truth whoever it was. */
const ACTOR = /person:[0-9a-f-]{36}/g

/** What of the outside stands in an answer: ids anywhere in its text, and texts as values. What the request itself said is no news. */
export class Foreign {
  constructor(private readonly ids: ReadonlySet<string>, private readonly texts: ReadonlySet<string>, private readonly marks: readonly string[]) {}

  in(answer: string, asked: string): string[] {
    const ids = (answer.replace(ACTOR, '').match(UUID) ?? []).filter(id => this.ids.has(id))
    const texts = answer.startsWith('{') ? textsOf(JSON.parse(answer)).filter(text => this.texts.has(text)) : []
    const marks = this.marks.filter(mark => answer.includes(mark))
    return [...new Set([...ids, ...texts, ...marks])].filter(found => !asked.includes(found))
  }
}
