import { HeaderMap } from '@apollo/server'
import { GraphQLError, type DocumentNode, type ExecutionResult, type OperationDefinitionNode } from 'graphql'
import { badInputs, markOutcome, type AppError, type Violation } from '../core/errors'
import type { ApiContext } from './context'
import type { CostEstimator } from './cost'
import { limitExceeded, textViolation } from './limit-rule'
import type { Limits } from './limits'
import type { ReadExecutor } from './reading'

export interface GatewayRequest {
  readonly document: DocumentNode
  readonly operation?: OperationDefinitionNode
  readonly operationName?: string | null
  readonly request: { readonly variables?: Record<string, unknown>; readonly operationName?: string | null }
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
      const violations = variableViolations(variables, limits)
      if (violations.length) return { errors: [wrap(badInputs(violations))] }
    }
    if (operation) {
      const cost = costs.estimate(document, operation, variables ?? {})
      if (cost > limits.cost) return { errors: [limitExceeded('cost', cost, limits.cost)] }
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

function variableViolations(variables: Record<string, unknown>, limits: Limits): Violation[] {
  const found: Violation[] = []
  const visit = (value: unknown, path: string, depth: number): void => {
    if (typeof value === 'string') {
      const broken = textViolation(value, limits)
      if (broken) found.push({ path, ...broken })
    } else if (typeof value === 'object' && value !== null) {
      if (depth > MAX_NESTING) found.push({ path, rule: 'depth', message: `The value is nested deeper than ${MAX_NESTING} levels.` })
      else if (Array.isArray(value)) for (let i = 0; i < value.length; i++) visit(value[i], `${path}.${i}`, depth + 1)
      else for (const key in value) visit((value as Record<string, unknown>)[key], path ? `${path}.${key}` : key, depth + 1)
    }
  }
  visit(variables, '', 0)
  return found
}
