import { ORGANISATION_READERS } from '../../auth/roles'
import { auditable, date, enumeration, noun } from '../../core/reads'

/**
 * Who supervises a unit is the business of that unit, so a relation is seen by those who see its far end; the near end's people see it
 * too, because their grants along DISPATCHED, OUTPOST and LIAISON edges open the far end.
 */
export const unitRelationReads = noun({
  type: 'UnitRelation',
  prefix: 'rel',
  table: 'unit_relation',
  scope: { by: 'unit', column: 'to_unit_id' },
  permission: ORGANISATION_READERS,
  columns: { id: { kind: 'id' }, kind: enumeration('UnitRelationKind'), validFrom: date(), validTo: date({ nullable: true }), ...auditable },
  edges: {
    fromUnit: { to: 'Unit', card: 'one', key: 'from_unit_id', nullable: true, description: 'Unit that leads, supervises or liaises; null where the viewer may not see it（发出单位）.' },
    toUnit: { to: 'Unit', card: 'one', key: 'to_unit_id', description: 'Unit that is led, supervised or liaised with（对象单位）.',
      sameScope: 'The scope of a relation is that of its far unit.' },
  },
  filters: {
    unit: { type: 'ref', of: 'Unit', sql: 'to_unit_id', within: true },
    fromUnit: { type: 'ref', of: 'Unit', sql: 'from_unit_id' },
    kind: { type: 'enum', enum: 'UnitRelationKind' },
    validFrom: { type: 'date' },
    validTo: { type: 'date', nullable: true },
  },
  orders: { VALID_FROM: { type: 'date', sql: 'valid_from' } },
  root: {
    one: 'unitRelation', many: 'unitRelations',
    oneDescription: 'One relation between units（组织关系）.', manyDescription: 'Relations whose far unit the viewer may see（组织关系）.',
  },
})
