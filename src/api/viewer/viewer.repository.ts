import type { Actor } from '../../core/actor'
import type { Database } from '../../database/database'

export interface HeldGrantRow {
  role: string
  edge: string
  unit_id: string
  name_zh: string
  valid_from: string
  valid_to: string | null
}

/** The viewer's own grants in force today: a person may always know what was granted to them, whatever they may see otherwise. */
export async function heldGrants(db: Database, actor: Actor): Promise<HeldGrantRow[]> {
  if (actor.personId === null) return []
  return db.rows<HeldGrantRow>(`
    SELECT g.role, g.edge, g.unit_id, u.name_zh, g.valid_from, g.valid_to
    FROM role_grant g JOIN unit u ON u.id = g.unit_id, (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) t
    WHERE g.person_id = $1::uuid AND g.revoked_at IS NULL AND g.valid_from <= t.day AND (g.valid_to IS NULL OR g.valid_to > t.day)
    ORDER BY u.path, g.role, g.edge LIMIT 200`, [actor.personId])
}

/** The units at the top of the viewer's scope. */
export async function scopeUnitIds(db: Database, actor: Actor): Promise<string[]> {
  const rows = await db.rows<{ id: string }>('SELECT id FROM unit WHERE path = ANY($1::text[]) ORDER BY path LIMIT 200', [actor.scope])
  return rows.map(r => r.id)
}
