import { ORGANISATION_READERS } from '../../auth/roles'
import { auditable, bool, date, enumeration, int, noun, text } from '../../core/reads'
import { transitions } from '../audit'
import { unitMachine } from './unit.states'

export const unitReads = noun({
  type: 'Unit',
  prefix: 'unit',
  table: 'unit',
  scope: { by: 'own' },
  permission: ORGANISATION_READERS,
  columns: {
    id: { kind: 'id' }, code: text(), uscc: text({ nullable: true }), nameZh: text(), nameEn: text({ nullable: true }),
    kind: enumeration('UnitKind'), divisionCode: text(), sectorCodes: { kind: 'textArray' }, state: enumeration('UnitState'),
    validFrom: date(), validTo: date({ nullable: true }), depth: int(), path: text(), isSynthetic: bool(),
    allowedCommands: { kind: 'commands', machine: unitMachine }, ...auditable,
  },
  edges: {
    parent: { to: 'Unit', card: 'one', key: 'parent_id', nullable: true, description: 'Territorial parent; null for a root and where the viewer may not see it（上级单位）.' },
    ancestors: { to: 'Unit', card: 'list', walk: 'parent_id', max: 20, description: 'Territorial ancestors that the viewer may see, outermost first, without the unit itself（各级上级单位）.' },
    children: { to: 'Unit', card: 'connection', by: 'parent_id', description: 'Units directly below it in the territorial tree（下级单位）.',
      sameScope: 'A child\'s path begins with its parent\'s path.' },
    successor: { to: 'Unit', card: 'one', key: 'successor_id', nullable: true, description: 'Unit that it went into or that took over its tasks（承接单位）.' },
    relationsFrom: { to: 'UnitRelation', card: 'connection', by: 'from_unit_id', description: 'Relations in which it leads, supervises or liaises（对下组织关系）.' },
    relationsTo: { to: 'UnitRelation', card: 'connection', by: 'to_unit_id', description: 'Relations in which others lead, supervise or liaise with it（对上组织关系）.',
      sameScope: 'The scope of a relation is that of its far unit, and that is this unit.' },
    transitions,
  },
  filters: {
    unit: { type: 'ref', of: 'Unit', sql: 'id', within: true },
    parent: { type: 'ref', of: 'Unit', sql: 'parent_id', nullable: true },
    code: { type: 'text' },
    uscc: { type: 'text', nullable: true },
    name: { type: 'text', sql: 'name_zh', alsoIn: ['name_pinyin', 'name_initials'] },
    kind: { type: 'enum', enum: 'UnitKind' },
    state: { type: 'enum', enum: 'UnitState' },
    divisionCode: { type: 'text' },
    sectorCodes: { type: 'text', array: true },
    depth: { type: 'int' },
    validFrom: { type: 'date' },
    validTo: { type: 'date', nullable: true },
    isSynthetic: { type: 'boolean' },
    updatedAt: { type: 'instant' },
  },
  orders: { CODE: { type: 'text', sql: 'code' }, NAME: { type: 'text', sql: 'name_pinyin' }, DEPTH: { type: 'int', sql: 'depth' } },
  root: {
    one: 'unit', many: 'units', byKey: { unitByCode: 'code', unitByUscc: 'uscc' },
    oneDescription: 'One unit（单位）.', manyDescription: 'Units that the viewer may see（单位）.',
  },
})
