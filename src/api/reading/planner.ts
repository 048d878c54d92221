import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { Actor } from '../../core/actor'
import type { Lifetime } from '../../core/request'
import type { Database } from '../../database/database'
import { documentStatement, isValueError, Runner, type Args, type Statement } from '../../database/sql'
import { Operations, Statements, unlessRefused, type Prepared } from './operations'
import { select } from './selection'

export interface PlannerRequest {
  readonly document: DocumentNode
  readonly operationName: string | null | undefined
  readonly variables: Readonly<Record<string, unknown>> | undefined
  readonly actor: Actor
  readonly lifetime?: Lifetime | undefined
}

/**
 * Turns a validated query into one SQL statement that returns the final JSON text. It never answers an error: whatever it cannot plan
 * or bind is left whole to the resolvers, which say what is wrong and where.
 */
export class Planner {
  private readonly operations: Operations<(variables: Args, actor: Actor) => Prepared | null>
  private readonly runner: Runner

  constructor(schema: GraphQLSchema, db: Database) {
    const statements = new Statements()
    this.runner = new Runner(db)
    this.operations = new Operations(schema, 'query', (operation, variables) =>
      statements.plan(select(operation, variables), now => select(operation, now), documentStatement))
  }

  /** The text of the answer, or null when the resolvers must give one. */
  async answer(request: PlannerRequest): Promise<string | null> {
    const ready = this.prepare(request)
    if (!ready) return null
    try {
      return await this.runner.text(ready.statement, ready.values, request.lifetime)
    } catch (error) {
      if (isValueError(error)) return null
      throw error
    }
  }

  /** The statement of a request with its values. */
  prepare({ document, operationName, variables, actor }: PlannerRequest): { statement: Statement; values: unknown[] } | null {
    const found = this.operations.find(document, operationName, variables)
    const prepared = found?.planned(found.variables, actor)
    return prepared ? unlessRefused(() => ({ statement: prepared.statement, values: prepared.statement.values(prepared.call) })) : null
  }
}
