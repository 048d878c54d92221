import { decimal, date, noun, text } from '../../../src/core/reads'
import { Parameters, conditionSql, where } from '../../../src/sdk/condition'
import { measure, measureProblem, measureStatement } from '../../../src/sdk/measure'

const things = noun({
  type: 'Thing', prefix: 'x_thing', table: 'plugin_x.thing', scope: { by: 'unit', column: 'unit_id' }, permission: 'authenticated',
  columns: { id: { kind: 'id' }, kind: text(), amount: decimal(), extra: decimal({ sql: 'extra_amount' }), from: date({ sql: 'from_on' }), to: date({ sql: 'to_on', nullable: true }) },
  edges: {}, filters: {}, orders: {},
})

test('a condition names fields; columns are looked up, values are bound', () => {
  const p = new Parameters()
  const sql = conditionSql(things, where.all(where.isIn('kind', ['A', "B'; DROP TABLE x"]), where.any(where.lt(where.days('from', 'to'), 20), where.gt('extra', where.times('amount', '0.1'))), where.not(where.isNull('to'))), p)
  expect(sql).toBe('(t.kind = ANY($1) AND ((t.to_on - t.from_on) < $2 OR t.extra_amount > (t.amount * $3::numeric)) AND NOT coalesce(t.to_on IS NULL, false))')
  expect(p.values).toEqual([['A', "B'; DROP TABLE x"], 20, '0.1'])
})

test('a field that is not declared is refused, whatever it is called', () => {
  for (const field of ['nothing', 'id; DROP TABLE unit', 'unit_id']) expect(() => conditionSql(things, where.eq(field, 1), new Parameters())).toThrow(`declares no plain field ${field}`)
})

test('one statement for measures that share a register and a date', () => {
  const { text: sql, values } = measureStatement([
    ['all', measure.count(things, { on: 'from' })], ['big', measure.sum(things, 'amount', { on: 'from', where: where.gte('amount', '100') })],
    ['again', measure.countDistinct(things, 'kind', { on: 'from', where: where.yearBefore(['kind'], where.byPeriodEnd('to')) })],
  ], { within: '/51/' }, { start: '2026-01-01', end: '2026-12-31' })
  expect(sql).toBe("SELECT t.unit_id AS unit_id, count(*)::text AS v0, coalesce(sum(t.amount) FILTER (WHERE t.amount >= $2), 0)::text AS v1, count(DISTINCT t.kind) FILTER (WHERE EXISTS " +
    "(SELECT FROM plugin_x.thing y WHERE y.unit_id = t.unit_id AND y.kind = t.kind AND y.from_on BETWEEN $3::date - interval '1 year' AND $4::date - interval '1 year' AND y.to_on <= $5::date))::text AS v2" +
    ' FROM plugin_x.thing t WHERE EXISTS (SELECT FROM unit u WHERE u.id = t.unit_id AND starts_with(u.path, $1)) AND t.from_on BETWEEN $6::date AND $7::date GROUP BY t.unit_id')
  expect(values).toEqual(['/51/', '100', '2026-01-01', '2026-12-31', '2026-12-31', '2026-01-01', '2026-12-31'])
})

test('a measure that cannot work is told before anything is counted', () => {
  expect(measureProblem(measure.count(things, { on: 'from' }))).toBeNull()
  expect(measureProblem(measure.sum(things, 'nothing', { on: 'from' }))).toContain('nothing')
  expect(measureProblem(measure.count({ ...things, scope: { by: 'public' } }, { on: 'from' }))).toContain('has no unit')
})
