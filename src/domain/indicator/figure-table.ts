import { yearBefore, type Period } from '../../core/period'
import type { Database } from '../../database/database'
import type { UnitFigures } from './evaluate'
import { figuresOf } from './indicator.repository'
import { variableSources, type UnitsAsked } from './variable-source'

interface Variable { readonly code: string; readonly source: 'REPORTED' | 'COMPUTED' }
/** What one definition counts with. */
export interface Need { plugin: string; variables: readonly Variable[]; previous: boolean }

/** Everything that some definitions need of some units for a period: reported figures, and what plugins count. */
export class FigureTable {
  /** Units that have any figure at all. */
  readonly units = new Set<string>()
  /** Plugins whose counts could not be had: they do not run. */
  readonly unserved = new Set<string>()
  private readonly reported = new Map<string, string>()
  private readonly counted = new Map<string, Map<string, Record<string, string>>>()

  private constructor(private readonly db: Database, private readonly asked: UnitsAsked, private readonly period: Period) {}

  /** One statement for all reported figures, and one per register, date and period for the counted ones, whatever the number of units. */
  static async read(db: Database, units: UnitsAsked, period: Period, needs: readonly Need[]): Promise<FigureTable> {
    const table = new FigureTable(db, units, period)
    await table.readReported(needs)
    for (const plugin of new Set(needs.map(n => n.plugin))) await table.count(plugin, needs.filter(n => n.plugin === plugin))
    return table
  }

  /** The figures of one unit. What a register counts is 0 where it has no rows; what nobody reported is not there. */
  of(unitId: string, plugin: string, variables: readonly Variable[]): UnitFigures {
    const pick = (period: string): Record<string, string> => Object.fromEntries(variables.flatMap(v => {
      const value = v.source === 'COMPUTED' ? this.countOf(unitId, plugin, period, v.code) : this.reported.get(`${unitId} ${plugin} ${period} ${v.code}`)
      return value === undefined ? [] : [[v.code, value]]
    }))
    return { value: pick(this.period.text), previous: pick(yearBefore(this.period).text) }
  }

  private countOf(unitId: string, plugin: string, period: string, variable: string): string | undefined {
    const counts = this.counted.get(`${plugin} ${period}`)
    return counts && (counts.get(unitId)?.[variable] ?? '0')
  }

  private async readReported(needs: readonly Need[]): Promise<void> {
    const variables = [...new Set(needs.flatMap(n => n.variables.filter(v => v.source === 'REPORTED').map(v => v.code)))]
    if (!variables.length) return
    for (const f of await figuresOf(this.db, this.asked, [...new Set(needs.map(n => n.plugin))], variables, [this.period.text, yearBefore(this.period).text])) {
      this.reported.set(`${f.unit_id} ${f.plugin_code} ${f.period} ${f.variable}`, f.value)
      this.units.add(f.unit_id)
    }
  }

  private async count(plugin: string, needs: readonly Need[]): Promise<void> {
    const variables = [...new Set(needs.flatMap(n => n.variables.filter(v => v.source === 'COMPUTED').map(v => v.code)))]
    if (!variables.length) return
    const source = variableSources(this.db).get(plugin)
    if (!source) return void this.unserved.add(plugin)
    for (const period of needs.some(n => n.previous) ? [this.period, yearBefore(this.period)] : [this.period]) {
      const counts = await source.figures(this.asked, period, variables)
      this.counted.set(`${plugin} ${period.text}`, counts)
      for (const unit of counts.keys()) this.units.add(unit)
    }
  }
}
