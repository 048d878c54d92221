import { SERVICE_ACCOUNT_PREFIX, SERVICE_KEY_PREFIX } from '../../auth'
import { auditable, enumeration, instant, noun, text, type NounEdge } from '../../core/reads'
import { GRANT_READERS } from '../grant'

export const serviceAccountReads = noun({
  type: 'ServiceAccount',
  prefix: SERVICE_ACCOUNT_PREFIX,
  table: 'service_account',
  scope: { by: 'unit', column: 'unit_id' },
  permission: GRANT_READERS,
  columns: {
    id: { kind: 'id' }, code: text(), nameZh: text(), purpose: text(), role: enumeration('Role'), realm: enumeration('Realm'), revokedAt: instant({ nullable: true }), ...auditable,
  },
  edges: {
    unit: { to: 'Unit', card: 'one', key: 'unit_id', description: 'Unit whose rows, and those of the units below it, the role is for（授权单位）.', sameScope: 'The scope of a service account is that of its unit.' },
    keys: { to: 'ServiceAccountKey', card: 'connection', by: 'service_account_id', description: 'Its keys, ended ones too（密钥）.', sameScope: 'A key and its account belong to the same unit, by a foreign key.' },
  },
  filters: {
    unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
    code: { type: 'text' },
    role: { type: 'enum', enum: 'Role' },
    revokedAt: { type: 'instant', nullable: true },
  },
  orders: { CODE: { type: 'text', sql: 'code' } },
  root: { one: 'serviceAccount', many: 'serviceAccounts', oneDescription: 'One service account（服务账号）.', manyDescription: 'Service accounts of the units that the viewer may see（服务账号）.' },
})

export const serviceAccountKeyReads = noun({
  type: 'ServiceAccountKey',
  prefix: SERVICE_KEY_PREFIX,
  table: 'service_account_key',
  scope: { by: 'unit', column: 'unit_id' },
  permission: GRANT_READERS,
  columns: {
    id: { kind: 'id' }, name: text(), expiresAt: instant(), revokedAt: instant({ nullable: true }), lastUsedAt: instant({ nullable: true }), ...auditable,
  },
  edges: {
    serviceAccount: { to: 'ServiceAccount', card: 'one', key: 'service_account_id', description: 'Whose key it is（服务账号）.', sameScope: 'A key and its account belong to the same unit, by a foreign key.' },
  },
  filters: {
    serviceAccount: { type: 'ref', of: 'ServiceAccount', sql: 'service_account_id' },
    name: { type: 'text' },
    expiresAt: { type: 'instant' },
    revokedAt: { type: 'instant', nullable: true },
    lastUsedAt: { type: 'instant', nullable: true },
  },
  orders: { EXPIRES_AT: { type: 'instant', sql: 'expires_at' } },
  root: {
    one: 'serviceAccountKey', many: 'serviceAccountKeys', oneDescription: 'What is known of one key（服务账号密钥）.',
    manyDescription: 'What is known of the keys of service accounts, e.g. which end soon（服务账号密钥）.',
  },
})

export const serviceAccountEdges: readonly NounEdge[] = [
  { on: 'Unit', field: 'serviceAccounts', edge: { to: 'ServiceAccount', card: 'connection', by: 'unit_id', rule: GRANT_READERS, description: 'Tools with rights on it, for administrators and auditors（服务账号）.', sameScope: 'The scope of a service account is that of its unit.' } },
]
