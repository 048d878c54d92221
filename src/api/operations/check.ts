import { Kind, parse, specifiedRules, validate, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
import { isWellFormed } from '../../core/well-formed'
import { CostEstimator } from '../cost'
import { limitRule, literalRule } from '../limit-rule'
import type { Limits } from '../limits'
import { hashOfText, type HandedIn } from './manifest'
import type { PersistedOperationKind } from './operations.types'

/** An operation that fits the schema and the limits. */
export interface Fit {
  readonly name: string
  readonly kind: PersistedOperationKind
  readonly hash: string
  readonly body: string
  readonly cost: number
}
export interface Problem {
  readonly place: string
  readonly message: string
}

const KINDS = { query: 'QUERY', mutation: 'MUTATION', subscription: 'SUBSCRIPTION' } as const satisfies Record<string, PersistedOperationKind>

/** Looks at operations as the server will when they are sent. */
export class OperationCheck {
  private readonly costs: CostEstimator

  constructor(private readonly schema: GraphQLSchema, private readonly limits: Limits) {
    this.costs = new CostEstimator(schema)
  }

  /** Everything that is wrong with any of them, at once. */
  all(handedIn: readonly HandedIn[]): { fit: Fit[]; problems: Problem[] } {
    const found = handedIn.map(one => ({ one, result: this.one(one) }))
    const problems = found.flatMap(({ one, result }) => (Array.isArray(result) ? result.map(message => ({ place: one.place, message })) : []))
    const fit = found.flatMap(({ result }) => (Array.isArray(result) ? [] : [result]))
    return { fit: [...new Map(fit.map(f => [f.hash, f])).values()], problems }
  }

  /** The operation, or what is wrong with it. */
  one({ body, stated }: Pick<HandedIn, 'body' | 'stated'>): Fit | string[] {
    if (!isWellFormed(body)) return ['The text holds a NUL or half of a surrogate pair.']
    let document: DocumentNode
    try {
      document = parse(body, { maxTokens: this.limits.tokens })
    } catch (error) {
      return [(error as Error).message]
    }
    const operations = document.definitions.filter((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION)
    const [operation] = operations
    if (operations.length !== 1 || !operation?.name) return ['The text must hold exactly one operation, and that a name.']
    // The rules of limits empty a document that breaks them: what is looked at afterwards was taken before.
    const problems = validate(this.schema, document, [...specifiedRules, limitRule(this.limits), literalRule(this.limits)]).map(e => e.message)
    const hash = hashOfText(body)
    if (stated && stated.name !== operation.name.value) problems.push(`The manifest calls it ${stated.name}, the text ${operation.name.value}.`)
    if (stated && stated.type !== operation.operation) problems.push(`The manifest calls it a ${stated.type}, it is a ${operation.operation}.`)
    if (stated && stated.id.toLowerCase() !== hash) problems.push('Its id is not the SHA-256 of its text in hexadecimal, by which clients send it.')
    if (problems.length) return problems
    const cost = this.costs.estimate(document, operation, {})
    if (cost > this.limits.cost) return [`It costs ${cost} with the page sizes of its defaults; ${this.limits.cost} is the most.`]
    return { name: operation.name.value, kind: KINDS[operation.operation], hash, body, cost }
  }
}
