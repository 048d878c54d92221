import type { Database } from '../database/database'

/** The fewest people that a figure may stand for: one number, and another for single aggregates by their field. */
export interface CellSizes {
  readonly least: number
  readonly byAggregate: Readonly<Record<string, number>>
}

const DEFAULT: CellSizes = { least: 5, byAggregate: {} }
const configured = new WeakMap<Database, CellSizes>()

/** Said once, when the product starts on a database. */
export const useCellSizes = (db: Database, sizes: CellSizes): void => void configured.set(db, sizes)

export function leastCell(db: Database, aggregate: string): number {
  const { least, byAggregate } = configured.get(db) ?? DEFAULT
  return byAggregate[aggregate] ?? least
}
