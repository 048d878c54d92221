import { GraphQLError, getOperationAST, parse, specifiedRules, validate, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
import { AppError } from '../../core/errors'
import { BoundedStore } from '../bounded-store'
import { limitRule, literalRule } from '../limit-rule'
import type { Limits } from '../limits'

export interface Checked { readonly document: DocumentNode; readonly errors: readonly GraphQLError[] }

const STORE = { entries: 500, characters: 2_000_000 }

/** Documents of subscriptions, parsed and held against the schema and the limits once. */
export class Documents {
  private readonly known = new BoundedStore<Checked>(STORE.entries, STORE.characters, c => c.document.loc?.source.body.length ?? 1_000)

  constructor(private readonly schema: GraphQLSchema, private readonly limits: Limits) {}

  async check(text: string): Promise<Checked> {
    const known = await this.known.get(text)
    if (known) return known
    const document = this.parsed(text)
    const errors = validate(this.schema, document, [...specifiedRules, limitRule(this.limits), literalRule(this.limits)]).map(e => coded(e, 'GRAPHQL_VALIDATION_FAILED'))
    const checked = { document, errors }
    if (!errors.length) await this.known.set(text, checked)
    return checked
  }

  private parsed(text: string): DocumentNode {
    try {
      return parse(text, { maxTokens: this.limits.tokens })
    } catch (error) {
      throw coded(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')
    }
  }
}

/** graphql-js's own refusals, with the codes that they have over HTTP. Those of the product keep theirs. */
export function coded(error: GraphQLError, code: 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED' | 'BAD_USER_INPUT'): GraphQLError {
  if (error.originalError && !(error.originalError instanceof GraphQLError)) return error
  const { message, nodes, source, positions, path, originalError } = error
  return new GraphQLError(message, { nodes, source, positions, path, originalError, extensions: { code } })
}

/** The subscription of a document that is to be run. Queries and commands have HTTP, with its limits on time and its outcomes. */
export function subscriptionOf(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, name)
  if (operation?.operation === 'subscription') return operation
  throw new AppError('BAD_INPUT', 'Only subscriptions are served over WebSocket; send queries and commands over HTTP.', { messageKey: 'onlySubscriptions' })
}
