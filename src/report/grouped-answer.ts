import type { RequestContext } from '../core/request'
import type { Unit } from '../domain/unit'
import type { Counted } from './grouped-count.service'
import type { CountedRow } from './grouped-count.sql'

/** Values of a group by their dimensions; numbers are told as text. */
export type ValueOf = (dimension: string) => string | null
export const valuesOf = (groupBy: readonly string[], row: CountedRow): ValueOf => dimension => {
  const i = groupBy.indexOf(dimension)
  const value = i < 0 ? null : row[`d${i}`]
  return value === null || value === undefined ? null : String(value)
}

interface Told<F, K> { groups: (F & { key: K })[]; groupCount: number; totals: F; asOf: string }

/** The answer: figures of each group with its key, in which units stand as the viewer sees them. */
export async function told<F, K>(
  ctx: RequestContext, groupBy: readonly string[], { totals, groups }: Counted, unitDimensions: readonly string[], figures: (row: CountedRow) => F, keyOf: (value: ValueOf, unit: (dimension: string) => Unit | null) => K,
): Promise<Told<F, K>> {
  const ids = [...new Set(groups.flatMap(row => unitDimensions.flatMap(d => valuesOf(groupBy, row)(d) ?? [])))]
  const units = new Map((await ctx.read.many('Unit', ids)).map((unit, i) => [ids[i]!, unit as Unit | null]))
  return {
    groups: groups.map(row => {
      const value = valuesOf(groupBy, row)
      return { ...figures(row), key: keyOf(value, dimension => units.get(value(dimension) ?? '') ?? null) }
    }),
    groupCount: groupBy.length ? totals.groups : 0, totals: figures(totals), asOf: totals.as_of,
  }
}
