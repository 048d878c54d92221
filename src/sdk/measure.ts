import type { Noun } from '../core/reads'
import type { UnitsAsked } from '../domain/indicator/variable-source'
import { columnOf, conditionSql, Parameters, unitColumn, type Condition, type Span } from './condition'

/** What a computed variable counts in a register of the plugin. */
export interface Measure {
  readonly of: Noun
  readonly how: 'count' | 'countDistinct' | 'sum'
  /** Field that is counted or summed; none for `count`. */
  readonly field: string | null
  /** Date field that puts a row into a period. */
  readonly on: string
  readonly where: Condition | null
}

interface MeasureOptions { on: string; where?: Condition }
const measureOf = (how: Measure['how'], of: Noun, field: string | null, o: MeasureOptions): Measure =>
  Object.freeze({ of, how, field, on: o.on, where: o.where ?? null })

/**
 * Declares how a COMPUTED variable of the catalog is counted. The host adds unit, period and scope.
 *
 * @example lateContracts: measure.count(contracts, { on: 'signedOn', where: where.gt(where.days('awardNoticeOn', 'signedOn'), 30) })
 */
export const measure = {
  count: (of: Noun, o: MeasureOptions): Measure => measureOf('count', of, null, o),
  countDistinct: (of: Noun, field: string, o: MeasureOptions): Measure => measureOf('countDistinct', of, field, o),
  sum: (of: Noun, field: string, o: MeasureOptions): Measure => measureOf('sum', of, field, o),
} as const

/** Says what is wrong with a measure, or null: asked when the plugin is checked, before anything is counted. */
export function measureProblem(m: Measure): string | null {
  try {
    measureStatement([['x', m]], { within: '/' }, { start: '2000-01-01', end: '2000-12-31' })
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/**
 * One statement for several measures of one register that share their date field: a row per unit, a column per variable, decimals as text.
 * Units without rows in the period are missing from the answer: their counts are 0.
 */
export function measureStatement(measures: readonly (readonly [string, Measure])[], units: UnitsAsked, period: Omit<Span, 'on'>): { text: string; values: unknown[] } {
  const { of: noun, on } = measures[0]![1]
  const p = new Parameters()
  const unit = `t.${unitColumn(noun)}`
  const where = 'ids' in units ? `${unit} = ANY(${p.add([...units.ids])}::uuid[])` : `EXISTS (SELECT FROM unit u WHERE u.id = ${unit} AND starts_with(u.path, ${p.add(units.within)}))`
  const columns = measures.map(([, m], i) => `${measureSql(m, p, { on, ...period })} AS v${i}`)
  return {
    text: `SELECT ${unit} AS unit_id, ${columns.join(', ')} FROM ${noun.table} t WHERE ${where}` +
      ` AND t.${columnOf(noun, on)} BETWEEN ${p.add(period.start)}::date AND ${p.add(period.end)}::date GROUP BY ${unit}`,
    values: p.values,
  }
}

function measureSql(m: Measure, p: Parameters, span: Span): string {
  const filter = m.where ? ` FILTER (WHERE ${conditionSql(m.of, m.where, p, span)})` : ''
  switch (m.how) {
    case 'count': return `count(*)${filter}::text`
    case 'countDistinct': return `count(DISTINCT t.${columnOf(m.of, m.field!)})${filter}::text`
    case 'sum': return `coalesce(sum(t.${columnOf(m.of, m.field!)})${filter}, 0)::text`
  }
}
