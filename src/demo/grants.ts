import { GrantService } from '../auth'
import type { GrantEdge, Role } from '../core/actor'
import type { Database } from '../database/database'
import { dataRows } from './data-files'
import type { DemoRun, DemoStep } from './step'

interface DemoGrant {
  readonly staffNo: string
  readonly unitCode: string
  readonly role: Role
  readonly edge: GrantEdge
  readonly from: string
  readonly to: string
}

const keyOf = (g: { staffNo: string; role: string; unitCode: string; edge: string }): string => [g.staffNo, g.role, g.unitCode, g.edge].join(' ')
const wanted = (): DemoGrant[] => dataRows<keyof DemoGrant>('grants.csv') as DemoGrant[]

/** Grants that were ever given; what was revoked since stays revoked. */
async function given(db: Database): Promise<Set<string>> {
  const rows = await db.rows<{ staffNo: string; role: string; unitCode: string; edge: string }>(`
    SELECT p.staff_no AS "staffNo", g.role, u.code AS "unitCode", g.edge
    FROM role_grant g JOIN person p ON p.id = g.person_id JOIN unit u ON u.id = g.unit_id WHERE g.created_by = 'system:demo'`)
  return new Set(rows.map(keyOf))
}

const idsBy = async (db: Database, table: 'person' | 'unit', key: 'staff_no' | 'code', keys: readonly string[]): Promise<Map<string, string>> =>
  new Map((await db.rows<{ key: string; id: string }>(`SELECT ${key} AS key, id FROM ${table} WHERE ${key} = ANY($1::text[])`, [keys])).map(r => [r.key, r.id]))

/** What the demo's persons may do. */
export const grants: DemoStep = {
  name: 'grants',
  title: 'Grants',
  isDone: async db => {
    const have = await given(db)
    return wanted().every(g => have.has(keyOf(g)))
  },
  run: async ({ db, origin, tell }: DemoRun) => {
    const have = await given(db)
    const missing = wanted().filter(g => !have.has(keyOf(g)))
    const persons = await idsBy(db, 'person', 'staff_no', missing.map(g => g.staffNo))
    const units = await idsBy(db, 'unit', 'code', missing.map(g => g.unitCode))
    const service = new GrantService(db)
    for (const [i, g] of missing.entries()) {
      const personId = persons.get(g.staffNo)
      const unitId = units.get(g.unitCode)
      if (!personId || !unitId) throw new Error(`grants.csv names ${g.staffNo} or ${g.unitCode}, which the demo city does not have`)
      await service.grantRole(origin, { personId, unitId, role: g.role, edge: g.edge, validFrom: g.from, validTo: g.to || null })
      tell((i + 1) / missing.length)
    }
  },
}
