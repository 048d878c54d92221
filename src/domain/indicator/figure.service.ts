import { Exact } from '../../core/decimal'
import { badInputs, type Violation } from '../../core/errors'
import { newId } from '../../core/ids'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locateUnit, requireRole } from '../../database/locate'
import type { Transaction } from '../../database/transaction'
import type { ReportIndicatorFiguresInput } from './figure.inputs'
import { figuresAt, reportableVariables } from './indicator.repository'

export interface Figure { unitId: string; plugin: string; variable: string; period: string; value: string; note: string | null }
export interface FiguresWritten { added: number; changed: number; unchanged: number; ids: string[] }

/** Who may report the figures of a unit. */
export const FIGURE_ROLES = ['UNIT_EDITOR'] as const

export class FigureService {
  constructor(private readonly db: Database) {}

  report(origin: Origin, input: ReportIndicatorFiguresInput): Promise<FiguresWritten> {
    return runCommand(this.db, origin, 'reportIndicatorFigures', input, async tx => {
      const unit = await locateUnit(tx, input.unitId, 'unitId')
      requireRole(tx, FIGURE_ROLES, unit.path)
      const known = await reportableVariables(tx)
      const seen = new Set<string>()
      const problems: Violation[] = input.figures.flatMap((f, i): Violation[] => {
        if (!known.has(`${input.pluginCode} ${f.variable}`)) return [{ path: `figures.${i}.variable`, rule: 'known', message: `${input.pluginCode} has no variable ${f.variable} that is reported.` }]
        return seen.size === seen.add(f.variable).size ? [{ path: `figures.${i}.variable`, rule: 'unique', message: `${f.variable} is there twice.` }] : []
      })
      if (problems.length) throw badInputs(problems)
      return writeFigures(tx, 'REPORTED', input.figures.map(f => ({ unitId: unit.id, plugin: input.pluginCode, variable: f.variable, period: input.period, value: f.value, note: f.note ?? null })))
    })
  }
}

/** Writes figures, each place at most once: new ones are added, different ones corrected, equal ones left alone. */
export async function writeFigures(tx: Transaction, source: 'REPORTED' | 'IMPORTED', figures: readonly Figure[]): Promise<FiguresWritten> {
  const key = (unit: string, plugin: string, variable: string, period: string): string => `${unit} ${plugin} ${variable} ${period}`
  const there = new Map((await figuresAt(tx, figures)).map(f => [key(f.unit_id, f.plugin_code, f.variable, f.period), f]))
  const written: FiguresWritten = { added: 0, changed: 0, unchanged: 0, ids: [] }
  const fresh = []
  for (const f of figures) {
    const row = there.get(key(f.unitId, f.plugin, f.variable, f.period))
    const id = row?.id ?? newId()
    written.ids.push(id)
    if (!row) fresh.push({ id, unit_id: f.unitId, plugin_code: f.plugin, variable: f.variable, period: f.period, value: f.value, source, note: f.note })
    else if (new Exact(row.value).eq(f.value) && (row['note'] ?? null) === f.note) written.unchanged++
    else {
      tx.update('indicator_figure', row, { value: f.value, source, note: f.note })
      written.changed++
    }
  }
  tx.insertMany('indicator_figure', fresh)
  written.added = fresh.length
  return written
}
