import type { Actor } from '../core/actor'
import { rowIdOf } from '../core/ids'
import type { Database } from '../database/database'
import { exceeded } from '../database/sql'
import type { ResponsibilityRole } from '../domain/person'
import type { Unit } from '../domain/unit'
import { countAppointments, type CountedHolders } from './appointment-aggregate.sql'
import { PARTS_MAX, type AppointmentAggregate, type AppointmentAggregateArgs, type AppointmentGroup, type PeopleCount } from './appointment-aggregate.types'
import { leastCell } from './cell-size'
import { withheld, type Cell, type Line } from './suppression'

export type ReadUnits = (ids: readonly string[]) => Promise<readonly (Unit | null)[]>

const cellId = ({ part, role }: Pick<CountedHolders, 'part' | 'role'>): string => `${part ?? ''}|${role ?? ''}`
const ALL = cellId({ part: null, role: null })

/**
 * Counts who holds posts below a unit. What is withheld is decided on the whole table of units and roles with all its totals, whatever was
 * asked of it: so that one question cannot be answered by subtracting the answers to others.
 */
export class AppointmentAggregateService {
  constructor(private readonly db: Database) {}

  /** Null when the actor may not see the unit. */
  async count(actor: Actor, { unitId, groupBy }: AppointmentAggregateArgs, read: ReadUnits): Promise<AppointmentAggregate | null> {
    const rowId = rowIdOf('unit', unitId)
    const counted = rowId && await countAppointments(this.db, actor, rowId, PARTS_MAX)
    if (!counted) return null
    if (counted.parts > PARTS_MAX) throw exceeded('subordinates', 'unitId', counted.parts, PARTS_MAX)
    const least = leastCell(this.db, 'appointmentAggregate')
    const hidden = withheld(cellsOf(counted.rows, least), linesOf(counted.rows), least)
    const told = (row: CountedHolders): PeopleCount => (hidden.has(cellId(row)) ? { value: null, nullReason: 'SUPPRESSED' } : { value: row.n, nullReason: null })
    const asked = counted.rows.filter(r => (r.part !== null) === groupBy.includes('UNIT_CHILD') && (r.role !== null) === groupBy.includes('ROLE'))
    const units = await unitsOf(asked, read)
    const all = counted.rows.find(r => cellId(r) === ALL)
    return {
      groups: asked.map((row): AppointmentGroup => ({ unit: row.part === null ? null : units.get(row.part) ?? null, role: row.role as ResponsibilityRole | null, holders: told(row) })),
      totals: all ? told(all) : { value: 0, nullReason: null }, minimumCell: least, asOf: counted.as_of,
    }
  }
}

const cellsOf = (rows: readonly CountedHolders[], least: number): Cell[] => rows.map(r => ({ id: cellId(r), value: r.n, small: r.people < least }))

/** Every total of the table with what it is made of. */
function linesOf(rows: readonly CountedHolders[]): Line[] {
  const line = (total: CountedHolders, parts: readonly CountedHolders[]): Line => ({ total: cellId(total), parts: parts.map(cellId) })
  const inner = rows.filter(r => r.part !== null && r.role !== null)
  const [byPart, byRole] = [rows.filter(r => r.part !== null && r.role === null), rows.filter(r => r.part === null && r.role !== null)]
  return [
    ...byPart.map(t => line(t, inner.filter(r => r.part === t.part))), ...byRole.map(t => line(t, inner.filter(r => r.role === t.role))),
    ...rows.filter(r => cellId(r) === ALL).flatMap(t => [line(t, byPart), line(t, byRole)]),
  ]
}

async function unitsOf(rows: readonly CountedHolders[], read: ReadUnits): Promise<ReadonlyMap<string, Unit | null>> {
  const ids = [...new Set(rows.flatMap(r => r.part ?? []))]
  const units = ids.length ? await read(ids) : []
  return new Map(ids.map((id, i) => [id, units[i] ?? null]))
}
