import { auditable, date, enumeration, noun, text } from '../../core/reads'

export const divisionReads = noun({
  type: 'AdministrativeDivision',
  prefix: 'div',
  table: 'administrative_division',
  scope: { by: 'public' },
  permission: 'authenticated',
  columns: {
    id: { kind: 'id' }, code: text(), nameZh: text(), level: enumeration('DivisionLevel'), parentCode: text({ nullable: true }),
    validFrom: date(), validTo: date({ nullable: true }), replacedByCode: text({ nullable: true }), ...auditable,
  },
  edges: {},
  filters: {
    code: { type: 'text' },
    name: { type: 'text', sql: 'name_zh', alsoIn: ['name_pinyin', 'name_initials'] },
    level: { type: 'enum', enum: 'DivisionLevel' },
    parentCode: { type: 'text', nullable: true },
    validFrom: { type: 'date' },
    validTo: { type: 'date', nullable: true },
  },
  orders: { CODE: { type: 'text', sql: 'code' }, NAME: { type: 'text', sql: 'name_pinyin' } },
  defaultOrder: [{ field: 'CODE', direction: 'ASC' }],
  root: {
    one: 'administrativeDivision', many: 'administrativeDivisions',
    oneDescription: 'One administrative division（行政区划）.', manyDescription: 'Administrative divisions, past and present ones, by code unless told（行政区划）.',
  },
})
