import { LRUCache } from 'lru-cache'
import type { Actor } from '../core/actor'
import { ratio } from '../core/decimal'
import { badInput } from '../core/errors'
import type { Database } from '../database/database'
import { encodeCursor, Runner, scopeForm, shapeOf, type Args, type NounModel } from '../database/sql'
import type { RiskLevel, RiskPointState, RiskCategory } from '../domain/risk'
import { ratioOf, type FigureNullReason, type Ratio } from './ratio.types'
import { aggregateStatement, askedOf, CURSORS_OF, groupsOf, type AggregateStatement, type CountedRow } from './risk-point-aggregate.sql'
import type { RiskPointAggregate, RiskPointAggregateArgs, RiskPointFigures, RiskPointGroup, RiskPointGroupKey } from './risk-point-aggregate.types'

const SHAPES_MAX = 500

/** Counts risk points in an actor's scope. One statement an answer. */
export class RiskPointAggregateService {
  private readonly shapes = new LRUCache<string, AggregateStatement>({ max: SHAPES_MAX })
  private readonly ordered: Runner
  private readonly free: Runner

  constructor(db: Database, private readonly noun: NounModel) {
    this.ordered = new Runner(db, db.ordered)
    this.free = new Runner(db)
  }

  async count(actor: Actor, asked: RiskPointAggregateArgs & { filter?: unknown }): Promise<RiskPointAggregate> {
    const args = asked as unknown as Args
    requireOneUnit(args)
    const size = groupsOf(args)
    const shape = this.shapeOf(actor, args)
    const runner = shape.ordered ? this.ordered : this.free
    const [totals, ...groups] = await runner.rows<CountedRow>(shape.statement, { actor, args: [args] }) as [CountedRow, ...CountedRow[]]
    const page = groups.slice(0, size)
    const last = page.at(-1)
    return {
      groups: page.map(row => new Group(row)), groupCount: asked.groupBy.length ? totals.groups : 0, hasNextPage: groups.length > size,
      endCursor: last ? encodeCursor(CURSORS_OF, shape.keys, shape.keys.map(k => k.of(last))) : null,
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
  get key(): RiskPointGroupKey {
    const { unit_id, sector, level, state, category } = this.row
    return { unitId: unit_id, sector, level: level as RiskLevel | null, state: state as RiskPointState | null, category: category as RiskCategory | null }
  }
}
