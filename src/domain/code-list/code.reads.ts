import { auditable, bool, date, enumeration, noun, text } from '../../core/reads'

export const codeReads = noun({
  type: 'Code', prefix: 'code', table: 'listed_code', scope: { by: 'public' }, permission: 'authenticated',
  columns: {
    id: { kind: 'id' }, list: enumeration('CodeList'), code: text(), labelZh: text(), labelEn: text(), descriptionZh: text({ nullable: true }),
    pluginCode: text({ nullable: true }), catalogVersion: text({ nullable: true }), retiredOn: date({ nullable: true }), supersededByCode: text({ nullable: true }),
    isSynthetic: bool(), ...auditable,
  },
  edges: {},
  filters: {
    list: { type: 'enum', enum: 'CodeList' }, code: { type: 'text' }, labelZh: { type: 'text' }, labelEn: { type: 'text' }, pluginCode: { type: 'text', nullable: true },
    retiredOn: { type: 'date', nullable: true }, isSynthetic: { type: 'boolean' },
  },
  orders: { CODE: { type: 'text' } },
  defaultOrder: [{ field: 'CODE', direction: 'ASC' }],
  root: {
    one: 'code', many: 'codes', oneDescription: 'One code by id（代码）.',
    manyDescription: 'Codes of the lists that core and plugins share; `retiredOn: { isNull: true }` leaves those that new rows may hold（代码列表）.',
  },
})
