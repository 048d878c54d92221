import { ORGANISATION_READERS } from '../../auth/roles'
import type { NounEdge } from '../../core/reads'
import { auditable, bool, noun, text } from '../../core/reads'

export const positionReads = noun({
  type: 'Position',
  prefix: 'pos',
  table: 'position',
  scope: { by: 'unit', column: 'unit_id' },
  permission: ORGANISATION_READERS,
  columns: {
    id: { kind: 'id' }, code: text(), nameZh: text(), nameEn: text({ nullable: true }), powerBearing: bool(), rank: text({ nullable: true }), ...auditable,
  },
  edges: {
    unit: { to: 'Unit', card: 'one', key: 'unit_id', description: 'Unit that has the post（所属单位）.', sameScope: 'The scope of a post is that of its unit.' },
  },
  filters: {
    unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
    code: { type: 'text' },
    name: { type: 'text', sql: 'name_zh' },
    powerBearing: { type: 'boolean' },
    rank: { type: 'text', nullable: true },
  },
  orders: { CODE: { type: 'text', sql: 'code' } },
  root: { one: 'position', many: 'positions', oneDescription: 'One post（岗位）.', manyDescription: 'Posts of the units that the viewer may see（岗位）.' },
})

export const positionEdges: readonly NounEdge[] = [
  { on: 'Unit', field: 'positions', edge: { to: 'Position', card: 'connection', by: 'unit_id', description: 'Its posts（岗位）.', sameScope: 'The scope of a post is that of its unit.' } },
]
