import { auditable, bool, int, noun, text } from '../../core/reads'

export const calendarYearReads = noun({
  type: 'CalendarYear',
  prefix: 'caly',
  table: 'calendar_year',
  scope: { by: 'public' },
  permission: 'authenticated',
  columns: {
    id: { kind: 'id' }, year: int(), days: { kind: 'objects', of: 'CalendarDay', fields: { day: 'date', isWorkingDay: 'boolean', nameZh: 'text' } }, source: text(), isSynthetic: bool(), ...auditable,
  },
  edges: {},
  filters: { year: { type: 'int' } },
  orders: { YEAR: { type: 'int' } },
  defaultOrder: [{ field: 'YEAR', direction: 'DESC' }],
  root: { one: 'calendarYear', many: 'calendarYears', oneDescription: 'The holidays of one year（年度节假日安排）.', manyDescription: 'Years whose holidays are known; in others Monday to Friday are taken for working days（节假日安排）.' },
})
