import { LRUCache } from 'lru-cache'
import type { Actor } from '../core/actor'
import type { Lifetime } from '../core/request'
import type { Database } from '../database/database'
import { Runner, scopeForm, shapeOf, type Args, type NounModel, type Statement } from '../database/sql'
import { groupedCount, type CountedDeclaration, type CountedRow } from './grouped-count.sql'

const SHAPES_MAX = 200

export interface Counted {
  readonly totals: CountedRow
  readonly groups: readonly CountedRow[]
}

/** Counts the rows of one noun by dimensions, in an actor's scope. One statement an answer. */
export class GroupedCount {
  private readonly statements = new LRUCache<string, Statement>({ max: SHAPES_MAX })
  private readonly runner: Runner

  constructor(db: Database, private readonly noun: NounModel, private readonly declaration: CountedDeclaration) {
    this.runner = new Runner(db)
  }

  async count({ actor, lifetime }: { readonly actor: Actor; readonly lifetime?: Lifetime }, asked: object): Promise<Counted> {
    const args = asked as Args
    const form = scopeForm(actor)
    const key = `${form.key} ${(args['groupBy'] as string[]).join()} ${shapeOf(args)}`
    let statement = this.statements.get(key)
    if (!statement) this.statements.set(key, (statement = groupedCount(this.noun, this.declaration, args, form)))
    const [totals, ...groups] = await this.runner.rows<CountedRow>(statement, { actor, args: [args] }, lifetime)
    return { totals: totals!, groups }
  }
}
