import type { Role } from '../../core/actor'
import { auditable, date, enumeration, instant, noun, type NounEdge } from '../../core/reads'
import { GRANT_PREFIX } from '../../auth/grant.service'

/** Who sees what others were granted. What one holds oneself is in `viewer`. */
export const GRANT_READERS: readonly Role[] = ['PLATFORM_ADMIN', 'AUDITOR']

export const grantReads = noun({
  type: 'RoleGrant',
  prefix: GRANT_PREFIX,
  table: 'role_grant',
  scope: { by: 'unit', column: 'unit_id' },
  permission: GRANT_READERS,
  columns: {
    id: { kind: 'id' }, role: enumeration('Role'), edge: enumeration('GrantEdge'),
    validFrom: date(), validTo: date({ nullable: true }), revokedAt: instant({ nullable: true }), ...auditable,
  },
  edges: {
    unit: { to: 'Unit', card: 'one', key: 'unit_id', description: 'Unit on which it was granted（授权单位）.', sameScope: 'The scope of a grant is that of its unit.' },
    person: { to: 'Person', card: 'one', key: 'person_id', nullable: true, description: 'Who holds it; null when the person’s own unit is out of the viewer’s sight（被授权人）.' },
  },
  filters: {
    unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
    person: { type: 'ref', of: 'Person', sql: 'person_id' },
    role: { type: 'enum', enum: 'Role' },
    edge: { type: 'enum', enum: 'GrantEdge' },
    validFrom: { type: 'date' },
    validTo: { type: 'date', nullable: true },
    revokedAt: { type: 'instant', nullable: true },
  },
  orders: { validFrom: { type: 'date' } },
  root: { one: 'roleGrant', many: 'roleGrants', oneDescription: 'One grant（授权）.', manyDescription: 'Grants on the units that the viewer may see（授权）.' },
})

export const grantEdges: readonly NounEdge[] = [
  { on: 'Person', field: 'roleGrants', edge: { to: 'RoleGrant', card: 'connection', by: 'person_id', rule: GRANT_READERS, description: 'What the person was granted, for administrators and auditors（授权）.' } },
]
