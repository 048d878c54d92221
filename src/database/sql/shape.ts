import type { FilterInput } from './filter'
import { limited } from './limits'
import type { Args } from './statement'

export interface OrderInput {
  readonly field: string
  readonly direction: 'ASC' | 'DESC'
}

/**
 * The structure of a field's arguments without their values: two calls with the same shape have the same SQL text. Also the place where
 * the structure is limited, so that nobody can make statements of any size.
 */
export function shapeOf(args: Args): string {
  const bounds = ['after', 'before', 'last'].filter(name => args[name] != null).join('+')
  return `${bounds}|${orderShape(args['orderBy'] as OrderInput[] | null | undefined)}|${filterShape(args['filter'] as FilterInput | null | undefined, 'filter', 0)}`
}

function orderShape(orderBy: readonly OrderInput[] | null | undefined): string {
  if (!orderBy) return ''
  limited('orderBy', 'orderBy', orderBy.length)
  return orderBy.map(o => o.field + (o.direction === 'DESC' ? '-' : '+')).join()
}

function filterShape(filter: FilterInput | null | undefined, path: string, depth: number): string {
  if (filter == null) return ''
  let shape = ''
  for (const name in filter) {
    const asked = filter[name]
    if (asked == null) continue
    shape += name === 'or' ? `or[${orShape(asked as FilterInput[], path, depth)}]` : `${name}{${operatorShape(asked as Args)}}`
  }
  return shape
}

function orShape(branches: readonly FilterInput[], path: string, depth: number): string {
  limited('or', `${path}.or`, branches.length)
  limited('orDepth', `${path}.or`, depth + 1)
  return branches.map((b, i) => filterShape(b, `${path}.or.${i}`, depth + 1)).join()
}

/** Only `isNull` has its value in the text: IS NULL or IS NOT NULL. */
function operatorShape(operators: Args): string {
  let shape = ''
  for (const operator in operators) {
    const value = operators[operator]
    if (value != null) shape += operator + (operator === 'isNull' ? String(value) : '') + ' '
  }
  return shape
}
