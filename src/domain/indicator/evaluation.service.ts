import DataLoader from 'dataloader'
import { LRUCache } from 'lru-cache'
import { globalId } from '../../core/ids'
import { parsePeriod, type Period } from '../../core/period'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { belongsTo } from './audience'
import { evaluateMany, evaluateUnit, inputsOf, untold, type Computable, type Evaluated } from './evaluate'
import { FigureTable } from './figure-table'
import { currentDefinitions, factsOf, factsWithin, type DefinitionRow, type FactsRow } from './indicator.repository'
import type { IndicatorRollUp, IndicatorValue } from './indicator.types'
import type { UnitsAsked } from './variable-source'

export interface Asked { unitId: string; code: string; period: string; rollUp: IndicatorRollUp }
interface Definition extends Computable { row: DefinitionRow }

/**
 * Evaluates indicators for units that the caller has already found in the actor's scope (a subtree lies in the scope of its root). What is
 * asked at the same depth of one request is answered with a fixed number of statements, whatever the number of units and indicators.
 */
export class EvaluationService {
  private readonly loaders = new WeakMap<RequestContext, DataLoader<Asked, IndicatorValue | null, string>>()
  private readonly definitions = new LRUCache<string, Definition>({ max: 1000 })

  constructor(private readonly db: Database) {}

  /** Null when there is no indicator with this code. */
  value(ctx: RequestContext, asked: Asked): Promise<IndicatorValue | null> {
    let loader = this.loaders.get(ctx)
    if (!loader) {
      const batch = (all: readonly Asked[]): Promise<(IndicatorValue | null)[]> => this.evaluate(all)
      this.loaders.set(ctx, (loader = new DataLoader(batch, { cache: false, cacheKeyFn: a => `${a.unitId} ${a.code} ${a.period} ${a.rollUp}`, maxBatchSize: 2000 })))
    }
    return loader.load(asked)
  }

  async evaluate(all: readonly Asked[]): Promise<(IndicatorValue | null)[]> {
    const definitions = new Map((await currentDefinitions(this.db, [...new Set(all.map(a => a.code))])).map(row => [row.code, this.definition(row)]))
    const units = new Map((await factsOf(this.db, [...new Set(all.map(a => a.unitId))])).map(u => [u.id, u]))
    const results = new Map<Asked, Evaluated & { unitsExpected: number }>()
    for (const group of groups(all, definitions)) await this.group(group, units, results)
    return all.map(a => {
      const d = definitions.get(a.code)
      if (!d) return null
      const result = results.get(a) ?? { ...untold('NOT_APPLICABLE'), unitsExpected: 0 }
      return { definitionId: d.row.id, unitId: globalId('unit', a.unitId), period: a.period, rollUp: a.rollUp, ...result }
    })
  }

  /** Definitions never change: one that was read is kept, with its compiled formulas. */
  private definition(row: DefinitionRow): Definition {
    let d = this.definitions.get(row.id)
    if (!d) {
      d = { row, numerator: row.numerator, denominator: row.denominator, multiplier: row.multiplier, decimals: row.decimals, aggregation: row.aggregation, minDenominator: row.min_denominator, variables: row.variables }
      this.definitions.set(row.id, d)
    }
    return d
  }

  private async group(group: Group, units: ReadonlyMap<string, FactsRow>, results: Map<Asked, Evaluated & { unitsExpected: number }>): Promise<void> {
    const { period, subtree } = group
    if (subtree === null) {
      const figures = await this.figures({ ids: [...new Set(group.asked.map(([a]) => a.unitId))] }, period, group.asked.map(([, d]) => d))
      for (const [a, d] of group.asked) {
        const facts = units.get(a.unitId)
        const fits = facts !== undefined && applies(d, facts)
        results.set(a, { ...(fits ? guard(d, period, figures, () => evaluateUnit(d, figures.of(a.unitId, d.row.plugin_code, d.row.variables))) : untold('NOT_APPLICABLE')), unitsExpected: fits ? 1 : 0 })
      }
      return
    }
    const root = units.get(subtree)
    if (!root) return
    const below = await factsWithin(this.db, root.path)
    const figures = await this.figures({ within: root.path }, period, group.asked.map(([, d]) => d))
    for (const [a, d] of group.asked) {
      const expected = below.filter(u => applies(d, u))
      const counted = expected.filter(u => figures.units.has(u.id))
      results.set(a, { ...guard(d, period, figures, () => evaluateMany(d, counted.map(u => figures.of(u.id, d.row.plugin_code, d.row.variables)))), unitsExpected: expected.length })
    }
  }

  private figures(units: UnitsAsked, period: Period, definitions: readonly Definition[]): Promise<FigureTable> {
    return FigureTable.read(this.db, units, period, [...new Set(definitions)].map(d => ({ plugin: d.row.plugin_code, variables: d.row.variables, previous: inputsOf(d).previous.length > 0 })))
  }
}

interface Group { period: Period; subtree: string | null; asked: [Asked, Definition][] }

/** What can be read together: the same period, and all single units or one subtree. */
function groups(all: readonly Asked[], definitions: ReadonlyMap<string, Definition>): Group[] {
  const byKey = new Map<string, Group>()
  for (const a of all) {
    const d = definitions.get(a.code)
    const period = parsePeriod(a.period)
    if (!d || !period) continue
    const subtree = a.rollUp === 'SUBTREE' ? a.unitId : null
    const key = `${period.text} ${subtree ?? ''}`
    const group = byKey.get(key)
    if (group) group.asked.push([a, d])
    else byKey.set(key, { period, subtree, asked: [[a, d]] })
  }
  return [...byKey.values()]
}

const applies = (d: Definition, unit: FactsRow): boolean => !d.row.audiences.length || d.row.audiences.some(a => belongsTo(a, unit))

function guard(d: Definition, period: Period, figures: FigureTable, work: () => Evaluated): Evaluated {
  if (!d.row.period_kinds.includes(period.kind)) return untold('PERIOD_KIND')
  if (figures.unserved.has(d.row.plugin_code) && d.row.variables.some(v => v.source === 'COMPUTED')) return untold('NOT_COMPUTED', d.row.variables.filter(v => v.source === 'COMPUTED').map(v => v.code).sort())
  try {
    return work()
  } catch {
    // The formula was checked when it was published; what still goes wrong is a value out of its range.
    return untold('NOT_COMPUTED')
  }
}
