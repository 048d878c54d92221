import { snake, type Noun } from '../core/reads'

type Literal = string | number | boolean
/** Something that can be compared: a field of the noun, a literal, the days between two date fields, a field times a factor. */
export type Operand =
  | { kind: 'field'; field: string }
  | { kind: 'literal'; value: Literal }
  | { kind: 'days'; from: string; to: string }
  | { kind: 'times'; field: string; factor: string }

const COMPARISONS = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const
type Comparison = keyof typeof COMPARISONS

/** What rows must fulfil, as data: it names fields of a declared noun, never columns, tables or SQL. */
export type Condition =
  | { kind: 'compare'; op: Comparison; left: Operand; right: Operand }
  | { kind: 'in'; left: Operand; values: readonly Literal[] }
  | { kind: 'null'; field: string; not: boolean }
  | { kind: 'all' | 'any'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition }
  /** The unit has another row, a year earlier than the period asked about, with the same values in these fields, that fulfils `where`. */
  | { kind: 'yearBefore'; same: readonly string[]; where: Condition }
  /** The date in this field is not after the last day of the period asked about. */
  | { kind: 'byPeriodEnd'; field: string }

const left = (of: string | Operand): Operand => (typeof of === 'string' ? { kind: 'field', field: of } : of)
const right = (of: Literal | Operand): Operand => (typeof of === 'object' ? of : { kind: 'literal', value: of })
const compare = (op: Comparison) => (a: string | Operand, b: Literal | Operand): Condition => ({ kind: 'compare', op, left: left(a), right: right(b) })

/**
 * Builds conditions. The first argument of a comparison is a field (or an operand), the second a value (or an operand).
 *
 * @example where.all(where.isIn('method', ['OPEN', 'INVITED']), where.lt(where.days('announcedOn', 'bidDeadline'), 20))
 */
export const where = {
  field: (field: string): Operand => ({ kind: 'field', field }),
  days: (from: string, to: string): Operand => ({ kind: 'days', from, to }),
  /** `factor` is an exact decimal: `times('amount', '0.10')`. */
  times: (field: string, factor: string): Operand => ({ kind: 'times', field, factor }),
  eq: compare('eq'), ne: compare('ne'), lt: compare('lt'), lte: compare('lte'), gt: compare('gt'), gte: compare('gte'),
  isIn: (of: string | Operand, values: readonly Literal[]): Condition => ({ kind: 'in', left: left(of), values }),
  isNull: (field: string): Condition => ({ kind: 'null', field, not: false }),
  notNull: (field: string): Condition => ({ kind: 'null', field, not: true }),
  all: (...of: Condition[]): Condition => ({ kind: 'all', of }),
  any: (...of: Condition[]): Condition => ({ kind: 'any', of }),
  not: (of: Condition): Condition => ({ kind: 'not', of }),
  yearBefore: (same: readonly string[], condition: Condition = { kind: 'all', of: [] }): Condition => ({ kind: 'yearBefore', same, where: condition }),
  byPeriodEnd: (field: string): Condition => ({ kind: 'byPeriodEnd', field }),
} as const

/** Values bound so far; `$1` is the first. */
export class Parameters {
  readonly values: unknown[] = []
  add(value: unknown): string {
    return `$${this.values.push(value)}`
  }
}

/** The column of a declared field that stands in one column of its own. */
export function columnOf(noun: Noun, field: string): string {
  const column = noun.columns[field]
  if (column?.kind === 'id') return 'id'
  if (column && (column.kind === 'plain' || column.kind === 'enum' || column.kind === 'ref' || column.kind === 'textArray')) return column.sql ?? snake(field)
  throw new Error(`${noun.type} declares no plain field ${field}`)
}

/** Where `yearBefore` looks: which field dates a row, and the first and last day asked about. */
export interface Span { on: string; start: string; end: string }

/** SQL of a condition over the table with this alias, its values bound. */
export function conditionSql(noun: Noun, condition: Condition, p: Parameters, span?: Span, alias = 't'): string {
  const sql = (c: Condition): string => conditionSql(noun, c, p, span, alias)
  const column = (field: string): string => `${alias}.${columnOf(noun, field)}`
  const operand = (o: Operand): string => operandSql(o, column, p)
  switch (condition.kind) {
    case 'compare': return `${operand(condition.left)} ${COMPARISONS[condition.op]} ${operand(condition.right)}`
    case 'in': return `${operand(condition.left)} = ANY(${p.add([...condition.values])})`
    case 'null': return `${column(condition.field)} IS ${condition.not ? 'NOT ' : ''}NULL`
    case 'all': return condition.of.length ? `(${condition.of.map(sql).join(' AND ')})` : 'true'
    case 'any': return condition.of.length ? `(${condition.of.map(sql).join(' OR ')})` : 'false'
    case 'not': return `NOT coalesce(${sql(condition.of)}, false)`
    case 'byPeriodEnd': return `${column(condition.field)} <= ${p.add(spanOf(span).end)}::date`
    case 'yearBefore': {
      const { on, start, end } = spanOf(span)
      const equal = [unitColumn(noun), ...condition.same.map(f => columnOf(noun, f))].map(c => `y.${c} = ${alias}.${c}`)
      return `EXISTS (SELECT FROM ${noun.table} y WHERE ${equal.join(' AND ')}` +
        ` AND y.${columnOf(noun, on)} BETWEEN ${p.add(start)}::date - interval '1 year' AND ${p.add(end)}::date - interval '1 year'` +
        ` AND ${conditionSql(noun, condition.where, p, span, 'y')})`
    }
  }
}

export function unitColumn(noun: Noun): string {
  if (noun.scope.by !== 'unit') throw new Error(`${noun.type} has no unit: nothing can be counted per unit`)
  return noun.scope.column
}

function spanOf(span: Span | undefined): Span {
  if (!span) throw new Error('A condition on the period is for measures only')
  return span
}

function operandSql(operand: Operand, column: (field: string) => string, p: Parameters): string {
  switch (operand.kind) {
    case 'field': return column(operand.field)
    case 'literal': return p.add(operand.value)
    case 'days': return `(${column(operand.to)} - ${column(operand.from)})`
    case 'times': return `(${column(operand.field)} * ${p.add(operand.factor)}::numeric)`
  }
}
