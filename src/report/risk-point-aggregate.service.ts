import { LRUCache } from 'lru-cache'
import type { Actor } from '../core/actor'
import { ratio } from '../core/decimal'
import { badInput } from '../core/errors'
import { globalId } from '../core/ids'
import type { Lifetime } from '../core/request'
import type { Database } from '../database/database'
import { encodeCursor, Runner, scopeForm, shapeOf, type Args, type NounModel } from '../database/sql'
import type { RiskLevel, RiskPointState, RiskCategory } from '../domain/risk'
import type { Unit } from '../domain/unit'
import { ratioOf, type FigureNullReason, type Ratio } from './ratio.types'
import { aggregateStatement, askedOf, CURSORS_OF, groupsOf, type AggregateStatement, type CountedRow, type CountedUnit, type TotalsRow } from './risk-point-aggregate.sql'
import type { RiskPointAggregate, RiskPointAggregateArgs, RiskPointFigures, RiskPointGroup, RiskPointGroupKey } from './risk-point-aggregate.types'

const SHAPES_MAX = 500

/** Whole units by row id, in the actor's scope. */
export type ReadUnits = (ids: readonly string[]) => Promise<ReadonlyMap<string, Unit | null>>

/** Who counts, and what the counting ends with. */
export interface Asker { readonly actor: Actor; readonly lifetime?: Lifetime }

/** Counts risk points in an actor's scope. One statement an answer. */
export class RiskPointAggregateService {
  private readonly shapes = new LRUCache<string, AggregateStatement>({ max: SHAPES_MAX })
  private readonly runner: Runner

  constructor(db: Database, private readonly noun: NounModel) {
    this.runner = new Runner(db)
  }

  /** `read`: how to read the units of the groups, when the query asks for more of them than is known here. */
  async count({ actor, lifetime }: Asker, asked: RiskPointAggregateArgs & { filter?: unknown }, read?: ReadUnits): Promise<RiskPointAggregate> {
    const args = asked as unknown as Args
    requireOneUnit(args)
    const size = groupsOf(args)
    const shape = this.shapeOf(actor, args)
    const [totals, ...rows] = await this.runner.rows<CountedRow>(shape.statement, { actor, args: [args] }, lifetime) as [TotalsRow, ...CountedRow[]]
    const page = rows.slice(0, size).map(row => ({ row, unit: unitOf(row, totals) }))
    const last = page.at(-1)
    const units = await unitsById(page.flatMap(({ unit }) => (unit ? [unit] : [])), read)
    return {
      groups: page.map(({ row, unit }) => new Group(row, unit && (units.get(unit[0]) ?? null))), groupCount: asked.groupBy.length ? totals.groups : 0, hasNextPage: rows.length > size,
      endCursor: last ? encodeCursor(CURSORS_OF, shape.keys, shape.keys.map(k => k.of(last.row, last.unit))) : null,
      totals: new Figures(totals), coverage: ratioOf(totals.rated, totals.n, 'NOTHING_COUNTED'), asOf: totals.as_of, contentVersion: totals.version,
    }
  }

  private shapeOf(actor: Actor, args: Args): AggregateStatement {
    const form = scopeForm(actor)
    const key = `${form.key} ${(args['groupBy'] as string[]).join()} ${shapeOf(args)}`
    let shape = this.shapes.get(key)
    if (!shape) this.shapes.set(key, (shape = aggregateStatement(this.noun, args, form)))
    return shape
  }
}

function requireOneUnit(args: Args): void {
  const dimensions = args['groupBy'] as string[]
  if (!dimensions.includes('UNIT_CHILD')) return
  if (dimensions.includes('UNIT')) throw badInput('groupBy', 'oneUnitDimension', 'UNIT and UNIT_CHILD cannot be asked for at once.')
  if (askedOf(args, 'unit')['within'] == null) throw badInput('filter.unit.within', 'required', 'UNIT_CHILD counts below a unit: name it in filter.unit.within.')
}

const unitOf = (row: CountedRow, totals: CountedRow): CountedUnit | null =>
  ((row.part_number === undefined ? row.unit : totals.unit![row.part_number - 1]) ?? null) as CountedUnit | null

async function unitsById(counted: readonly CountedUnit[], read?: ReadUnits): Promise<ReadonlyMap<string, Unit | null>> {
  const distinct = new Map(counted.map(unit => [unit[0], unit]))
  if (read) return read([...distinct.keys()])
  return new Map([...distinct.values()].map(([id, path, code, nameZh, kind]) => [id, { __typename: 'Unit', id: globalId('unit', id), path, code, nameZh, kind } as unknown as Unit]))
}

/** Figures are worked out when they are asked for: of a thousand groups most are not. */
class Figures implements RiskPointFigures {
  constructor(protected readonly row: CountedRow) {}

  get count(): number { return this.row.n }
  get ratedCount(): number { return this.row.rated }
  get sumScore(): number { return this.row.score }
  get averageScore(): string | null { return ratio(this.row.score, this.row.rated, 6) }
  get averageScoreNullReason(): FigureNullReason | null { return this.row.n === 0 ? 'NOTHING_COUNTED' : this.row.rated === 0 ? 'NONE_RATED' : null }
  get highCount(): number { return this.row.high }
  get highRate(): Ratio { return ratioOf(this.row.high, this.row.rated, this.row.n === 0 ? 'NOTHING_COUNTED' : 'NONE_RATED') }
}

class Group extends Figures implements RiskPointGroup {
  constructor(row: CountedRow, private readonly unit: Unit | null) {
    super(row)
  }

  get key(): RiskPointGroupKey {
    const { sector, level, state, category } = this.row
    return { unit: this.unit, sector: sector ?? null, level: (level ?? null) as RiskLevel | null, state: (state ?? null) as RiskPointState | null, category: (category ?? null) as RiskCategory | null }
  }
}
