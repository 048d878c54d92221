import type { Machine, Side, Standing } from '../core/states'

/** A row with what its table's sides look at: its columns, and its id where units are linked to it. */
export type Sided = { readonly id?: string; readonly [column: string]: unknown }

/**
 * The paths of the units on each side of a row: where `transit`, `begin` and `allowedCommands` ask the roles of commands that are not the
 * row's own unit's. One statement; none for a table without sides.
 */
export const sidePaths = (tx: Rows, { sides }: Machine, row: Sided): Promise<NonNullable<Standing['sides']>> => pathsAt(tx, sides, row)

interface Rows { rows: <T>(text: string, values: readonly unknown[]) => Promise<T[]> }

/** The paths of the units that a row names, by the names of these sides. */
export async function pathsAt(tx: Rows, sides: Readonly<Record<string, Side>>, row: Sided): Promise<Record<string, string[]>> {
  const values: unknown[] = []
  const bind = (value: unknown): string => `$${values.push(value)}::uuid`
  const parts = Object.entries(sides).map(([side, of]) => ('column' in of
    ? `SELECT '${side}' AS side, u.path FROM unit u WHERE u.id = ${bind(row[of.column] ?? null)}`
    : `SELECT '${side}' AS side, u.path FROM ${of.via.table} l JOIN unit u ON u.id = l.${of.via.far} WHERE l.${of.via.near} = ${bind(row.id ?? null)}`))
  const found = parts.length ? await tx.rows<{ side: string; path: string }>(parts.join(' UNION ALL '), values) : []
  return Object.fromEntries(Object.keys(sides).map(side => [side, found.filter(f => f.side === side).map(f => f.path)]))
}
