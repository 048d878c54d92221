import { HeaderMap } from '@apollo/server'
import { GraphQLError, type DocumentNode, type ExecutionResult, type OperationDefinitionNode } from 'graphql'
import { badInputs, markOutcome, type AppError, type Violation } from '../core/errors'
import type { ApiContext } from './context'
import type { CostEstimator } from './cost'
import { limitExceeded, textViolation } from './limit-rule'
import { exceeds, type Limits } from './limits'
import type { ReadExecutor } from './reading'

export interface GatewayRequest {
  readonly document: DocumentNode
  readonly operation?: OperationDefinitionNode
  readonly operationName?: string | null
  readonly request: { readonly variables?: Record<string, unknown>; readonly operationName?: string | null; readonly extensions?: Record<string, unknown> }
  readonly context: ApiContext
}

/** What stands before the two readers: the token's problem, texts in variables, the cost of this request's page sizes. */
export function guardedExecutor(read: ReadExecutor, costs: CostEstimator, limits: Limits): (request: GatewayRequest) => ExecutionResult | Promise<ExecutionResult> {
  return r => {
    const { context, document, operation, request: { variables } } = r
    const { trace } = context
    trace.operationNode = operation ?? null
    trace.document = document
    trace.signedIn = context.actor.ref !== 'anonymous'
    if (context.problem) {
      markOutcome(context.problem, 'NOT_DONE')
      return { errors: [tokenError(context.problem)] }
    }
    if (variables) {
      const refusal = variablesRefused(variables, limits)
      if (refusal) return { errors: [wrap(refusal)] }
    }
    if (operation) {
      if (context.lifetime) context.lifetime.command = operation.operation === 'mutation'
      const cost = costs.estimate(document, operation, variables ?? {})
      const told = (): { cost: object } => ({ cost: { requested: cost, limit: limits.cost } })
      if (cost > limits.cost) return { errors: [limitExceeded('cost', cost, limits.cost)], extensions: told() }
      // Only who asks is told: everybody else's answer goes out as the text that the database put together.
      if (r.request.extensions?.['cost'] === true) return read.executor(r).then(result => ({ ...result, extensions: told() }))
    }
    return read.executor(r)
  }
}

const wrap = (originalError: AppError): GraphQLError => new GraphQLError(originalError.message, { originalError })

const tokenError = (problem: AppError): GraphQLError => new GraphQLError(problem.message, {
  originalError: problem,
  extensions: { http: problem.code === 'UNAUTHENTICATED' ? { status: 401, headers: new HeaderMap([['www-authenticate', 'Bearer']]) } : { status: 503 } },
})

/** Depth beyond which variables are nonsense: no input of the schema is nested as deep. */
const MAX_NESTING = 30
const VIOLATIONS_MAX = 100

/** Broken texts are all told; a list that is too long, or nesting without end, ends the looking. */
export function variablesRefused(variables: Record<string, unknown>, limits: Limits): AppError | null {
  const found: Violation[] = []
  const visit = (value: unknown, path: string, depth: number): AppError | null => {
    if (typeof value === 'string') {
      const broken = textViolation(value, limits)
      if (broken) found.push({ path, ...broken })
    } else if (typeof value === 'object' && value !== null) {
      if (depth > MAX_NESTING) found.push({ path, rule: 'depth', message: `The value is nested deeper than ${MAX_NESTING} levels.` })
      else if (Array.isArray(value)) {
        if (value.length > limits.listItems) return exceeds('listItems', value.length, limits.listItems)
        for (let i = 0; i < value.length; i++) {
          const refusal = visit(value[i], `${path}.${i}`, depth + 1)
          if (refusal) return refusal
        }
      } else {
        for (const key in value) {
          const refusal = visit((value as Record<string, unknown>)[key], path ? `${path}.${key}` : key, depth + 1)
          if (refusal) return refusal
        }
      }
    }
    return found.length > VIOLATIONS_MAX ? badInputs(found) : null
  }
  return visit(variables, '', 0) ?? (found.length ? badInputs(found) : null)
}
