import { ORGANISATION_READERS } from '../../auth/roles'
import { auditable, date, noun } from '../../core/reads'
import type { NounEdge } from '../../core/reads'

export const villageSupervisorReads = noun({
  type: 'VillageSupervisor',
  prefix: 'vs',
  table: 'village_supervisor',
  scope: { by: 'unit', column: 'unit_id' },
  permission: ORGANISATION_READERS,
  columns: { id: { kind: 'id' }, posts: { kind: 'textArray' }, validFrom: date(), validTo: date({ nullable: true }), ...auditable },
  edges: {
    village: { to: 'Unit', card: 'one', key: 'unit_id', description: 'The village or community（村、社区）.', sameScope: 'The scope of a village supervisor is that of the village.' },
    person: { to: 'Person', card: 'one', key: 'person_id', nullable: true, description: 'Who holds the posts; null when the person\'s own unit is out of the viewer\'s sight（人员）.' },
  },
  filters: {
    unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
    person: { type: 'ref', of: 'Person', sql: 'person_id' },
    validFrom: { type: 'date' },
    validTo: { type: 'date', nullable: true },
  },
  orders: { VALID_FROM: { type: 'date', sql: 'valid_from' } },
  root: {
    one: 'villageSupervisor', many: 'villageSupervisors',
    oneDescription: 'One village supervisor（村级监督员）.', manyDescription: 'Village supervisors, past ones too, of the villages that the viewer may see（村级监督员）.',
  },
})

export const villageSupervisorEdges: readonly NounEdge[] = [
  { on: 'Unit', field: 'villageSupervisors', edge: { to: 'VillageSupervisor', card: 'connection', by: 'unit_id', description: 'Who holds or held the four posts, for a village（“四职合一”监督员）.', sameScope: 'The scope of a village supervisor is that of the village.' } },
]
