/** A published figure about people. */
export interface Cell {
  readonly id: string
  /** A whole number; 0 tells of nobody and is never withheld. */
  readonly value: number
  /** It stands for fewer people than may be told. */
  readonly small: boolean
}

/** Cells that add up to another one, as everybody knows who reads them. */
export interface Line {
  readonly total: string
  readonly parts: readonly string[]
}

/** `sum(coefficient × withheld cell) = constant`: what is left of a line when the figures that are told have been subtracted. */
interface Equation {
  readonly terms: Map<string, number>
  constant: number
}

/**
 * Which cells to withhold so that no small one is told and none that is withheld can be worked out: not as the rest of a line, not over
 * several lines, and not because counts cannot be less than one; nor may all that is withheld in a line stand for fewer than `least`.
 * Beside the small cells it withholds the smallest others that hide them, a total when nothing else is left.
 */
export function withheld(cells: readonly Cell[], lines: readonly Line[], least: number): ReadonlySet<string> {
  const values = new Map(cells.map(c => [c.id, c.value]))
  const small = new Set(cells.filter(c => c.small && c.value > 0).map(c => c.id))
  const exposed = (hidden: ReadonlySet<string>): Set<Line> => exposedLines(lines, values, hidden, least)
  const hidden = new Set(small)
  for (let found = exposed(hidden); found.size; found = exposed(hidden)) {
    const before = hidden.size
    hideInEach(found, values, hidden)
    // Nothing is left to withhold in these lines: what they tell is how figures that are told add up.
    if (hidden.size === before) return hidden
  }
  tellAgain(values, hidden, small, exposed)
  return hidden
}

/** More others than this are left withheld as they are: each is tried by solving the table once. */
const TRIED = 60

/** Tells again what need not have been withheld for the sake of what was withheld later, the largest first. */
function tellAgain(values: ReadonlyMap<string, number>, hidden: Set<string>, small: ReadonlySet<string>, exposed: (hidden: ReadonlySet<string>) => Set<Line>): void {
  const others = [...hidden].filter(id => !small.has(id)).sort((a, b) => values.get(b)! - values.get(a)! || (a < b ? -1 : 1))
  for (const id of others.slice(0, TRIED)) {
    hidden.delete(id)
    if (exposed(hidden).size) hidden.add(id)
  }
}

/** The lines through which something that is withheld can be worked out: first those that tell it by themselves, for what hides there may do for others. */
function exposedLines(lines: readonly Line[], values: ReadonlyMap<string, number>, hidden: ReadonlySet<string>, least: number): Set<Line> {
  const equations = lines.map(line => equationOf(line, values, hidden))
  const alone = lines.filter(({ total }, i) => {
    const { terms, constant } = equations[i]!
    return terms.size === 1 || (terms.size > 0 && !terms.has(total) && constant < least)
  })
  if (alone.length) return new Set(alone)
  const known = new Set([...determined(equations), ...pinned(equations)])
  return new Set(lines.filter((_, i) => [...equations[i]!.terms.keys()].some(id => known.has(id))))
}

function equationOf({ total, parts }: Line, values: ReadonlyMap<string, number>, hidden: ReadonlySet<string>): Equation {
  const terms = new Map<string, number>()
  let constant = 0
  for (const [id, sign] of [...parts.map(p => [p, 1] as const), [total, -1] as const]) {
    if (hidden.has(id)) terms.set(id, sign)
    else constant -= sign * values.get(id)!
  }
  return { terms, constant }
}

/** Withholds, of the figures in these lines that are still told, those that stand in most of them, the smallest first, until each line lost one. */
function hideInEach(lines: ReadonlySet<Line>, values: ReadonlyMap<string, number>, hidden: Set<string>): void {
  const open = new Map<string, Set<Line>>()
  for (const line of lines) {
    for (const id of [...line.parts, line.total]) if (!hidden.has(id) && values.get(id)! > 0) open.set(id, (open.get(id) ?? new Set()).add(line))
  }
  const better = (a: string, b: string): number => open.get(b)!.size - open.get(a)!.size || values.get(a)! - values.get(b)! || (a < b ? -1 : 1)
  while (open.size) {
    const next = [...open.keys()].reduce((best, id) => (better(id, best) < 0 ? id : best))
    hidden.add(next)
    for (const line of open.get(next)!) for (const [id, its] of open) if (its.delete(line) && !its.size) open.delete(id)
  }
}

const ZERO = 1e-9

/** Cells that follow from the equations alone: each line is solved for one cell, which is then put into all others. */
function determined(equations: readonly Equation[]): string[] {
  const rows = equations.filter(e => e.terms.size).map(e => new Map(e.terms))
  for (const row of rows) {
    const [pivot, by] = row.entries().next().value ?? []
    if (pivot === undefined) continue
    for (const other of rows) {
      const factor = other === row ? undefined : other.get(pivot)
      if (factor !== undefined) subtract(other, row, factor / by!)
    }
  }
  return rows.filter(row => row.size === 1).map(row => [...row.keys()][0]!)
}

function subtract(from: Map<string, number>, row: ReadonlyMap<string, number>, factor: number): void {
  for (const [id, coefficient] of row) {
    const left = (from.get(id) ?? 0) - factor * coefficient
    if (Math.abs(left) < ZERO) from.delete(id)
    else from.set(id, left)
  }
}

const ROUNDS = 100

/** Cells that can have one value only because each that is withheld is at least 1. */
function pinned(equations: readonly Equation[]): string[] {
  const range = new Map<string, { low: number; high: number }>()
  for (const { terms } of equations) for (const id of terms.keys()) range.set(id, { low: 1, high: Infinity })
  for (let round = 0, changed = true; changed && round < ROUNDS; round++) {
    changed = false
    for (const equation of equations) if (narrow(equation, range)) changed = true
  }
  return [...range].filter(([, { low, high }]) => low === high).map(([id]) => id)
}

/** Narrows what each cell of an equation may be by what the others may be. */
function narrow({ terms, constant }: Equation, range: ReadonlyMap<string, { low: number; high: number }>): boolean {
  let changed = false
  for (const [id, sign] of terms) {
    let [least, most] = [constant, constant]
    for (const [other, s] of terms) {
      if (other === id) continue
      const { low, high } = range.get(other)!
      least -= s > 0 ? high : -low
      most -= s > 0 ? low : -high
    }
    const own = range.get(id)!
    const [low, high] = sign > 0 ? [least, most] : [-most, -least]
    if (low > own.low) { own.low = low; changed = true }
    if (high < own.high) { own.high = high; changed = true }
  }
  return changed
}
