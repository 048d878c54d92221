import { execute, GraphQLError, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { AppError } from '../../core/errors'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { logReads } from '../../database/read-log'
import { Commands } from './commands'
import { documentNeeds } from './needs'
import { Planner } from './planner'
import { RawJson } from './raw-json'
import { rowReader } from './reader'

export interface ExecutorOptions {
  /** Off: the resolvers answer everything. */
  readonly planner: boolean
}

/** What the executor needs of Apollo's request context. */
export interface ReadRequest {
  readonly document: DocumentNode
  readonly request: { readonly variables?: Record<string, unknown>; readonly operationName?: string | null }
  readonly operationName?: string | null
  /** What a subscription tells. */
  readonly rootValue?: object
  /** `trace.reader` is told which of the two answers. */
  readonly context: RequestContext & { readonly trace?: { reader: 'planned' | 'resolvers' | null } }
}

export interface ReadStats {
  /** Operations that were answered by planned statements, and that went to the resolvers. */
  planned: number
  resolved: number
}
export interface ReadExecutor {
  /** For the `gateway` seam of Apollo: `load: async () => ({ executor })`. Its `data` is a RawJson when planned statements answered. */
  readonly executor: (request: ReadRequest) => Promise<ExecutionResult>
  readonly stats: Readonly<ReadStats>
}

/** The answer, once what it tells of sensitive things was logged. */
async function logged(db: Database, context: RequestContext, result: ExecutionResult): Promise<ExecutionResult> {
  const reads = rowReader(context).noted()
  if (!reads.length) return result
  try {
    await logReads(db, context, reads)
    return result
  } catch (cause) {
    return { data: null, errors: [new GraphQLError('Not logged.', { originalError: notLogged(cause) })] }
  }
}

const notLogged = (cause: unknown): AppError =>
  new AppError('UNAVAILABLE', 'The reading could not be logged, so it is not answered. Try again.', { messageKey: 'readingNotLogged' }, { cause })

/** Executes validated operations: queries by the planner and commands by ourselves where that can be, everything else by the schema's resolvers. */
export function createExecutor(schema: GraphQLSchema, db: Database, options: ExecutorOptions): ReadExecutor {
  const planner = options.planner ? new Planner(schema, db) : null
  const commands = options.planner && schema.getMutationType() ? new Commands(schema, db) : null
  const needs = documentNeeds(schema)
  const stats: ReadStats = { planned: 0, resolved: 0 }
  const executor = async ({ document, request, operationName, context, rootValue }: ReadRequest): Promise<ExecutionResult> => {
    const asked = { document, operationName: request.operationName ?? operationName ?? null, variables: request.variables }
    const told = (reader: 'planned' | 'resolvers'): void => {
      stats[reader === 'planned' ? 'planned' : 'resolved']++
      if (context.trace) context.trace.reader = reader
    }
    try {
      const text = planner && await planner.answer({ ...asked, actor: context.actor, lifetime: context.lifetime })
      if (text !== null) {
        told('planned')
        return { data: new RawJson(text) as unknown as Record<string, unknown> }
      }
    } catch (error) {
      // A failing database would fail the resolvers as well: its error is the answer.
      return { data: null, errors: [new GraphQLError('The query failed.', { originalError: error as Error })] }
    }
    const done = await commands?.answer({ ...asked, context })
    if (done) {
      told('planned')
      return logged(db, context, done)
    }
    told('resolvers')
    rowReader(context).narrow(needs(document))
    const result = await execute({ schema, document, variableValues: asked.variables, operationName: asked.operationName, contextValue: context, rootValue })
    return logged(db, context, result)
  }
  return { executor, stats }
}
