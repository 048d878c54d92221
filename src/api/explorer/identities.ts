import type { Role } from '../../core/actor'
import { ROLE_DESCRIPTIONS } from '../../auth/roles'
import type { Database } from '../../database/database'

/** Somebody of the demo city whom a visitor of the explorer may be. */
export interface DemoIdentity {
  readonly key: string
  readonly staffNo: string
  readonly labelZh: string
  readonly labelEn: string
}

export interface OfferedIdentity {
  readonly key: string
  readonly labelZh: string
  readonly labelEn: string
  /** Name of the territory that the person's unit belongs to. */
  readonly placeZh: string
  readonly roles: readonly { readonly role: string; readonly zh: string; readonly en: string }[]
}

/** The identities whose persons are there, with the territory of their unit and the roles that they hold. */
export async function offeredIdentities(db: Database, identities: readonly DemoIdentity[]): Promise<OfferedIdentity[]> {
  const rows = await db.rows<{ staff_no: string; place: string; roles: string[] }>(`
    SELECT p.staff_no, coalesce(place.name_zh, u.name_zh) AS place,
      ARRAY(SELECT DISTINCT g.role FROM role_grant g WHERE g.person_id = p.id AND g.revoked_at IS NULL ORDER BY g.role) AS roles
    FROM person p JOIN unit u ON u.id = p.unit_id
    LEFT JOIN LATERAL (
      SELECT a.name_zh FROM unit a WHERE starts_with(u.path, a.path) AND a.kind IN ('PARTY_COMMITTEE', 'FUNCTIONAL_ZONE') ORDER BY a.depth DESC LIMIT 1) place ON true
    WHERE p.staff_no = ANY($1::text[])`, [identities.map(i => i.staffNo)])
  const found = new Map(rows.map(r => [r.staff_no, r]))
  return identities.flatMap(({ key, staffNo, labelZh, labelEn }) => {
    const person = found.get(staffNo)
    return person ? [{ key, labelZh, labelEn, placeZh: person.place, roles: person.roles.map(labelled) }] : []
  })
}

const labelled = (role: string): OfferedIdentity['roles'][number] => {
  const { zh, en } = ROLE_DESCRIPTIONS[role as Role]
  return { role, zh, en }
}
