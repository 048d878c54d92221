import { randomUUID } from 'node:crypto'
import { createSourceEventStream, GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql'
import type { Authentication, Authenticator } from '../../auth'
import { type AppError } from '../../core/errors'
import { permits, type Permission } from '../../core/permission'
import type { Locale } from '../../core/request'
import type { Watch } from '../../core/topics'
import { ApiContext } from '../context'
import { refusal } from '../shield'
import type { ReaderFactory, ReadExecutor } from '../reading'
import { coded, subscriptionOf } from './documents'
import type { Occurrence } from './watching'

export interface ConnectionParts {
  readonly schema: GraphQLSchema
  readonly authenticator: Authenticator
  readonly readers: ReaderFactory
  readonly reading: ReadExecutor
  /** Sources for one subscription, under the context that it begins with. */
  watch(context: ApiContext): Watch
}

/** One WebSocket after its viewer was known. Rights are asked anew for every delivery: nothing of the beginning is believed later. */
export class ViewerConnection {
  constructor(
    private readonly parts: ConnectionParts, private readonly header: string, readonly ref: string, readonly address: string, readonly locale: Locale,
    /** Told when token or rights are gone. */
    private readonly lost: (problem: AppError) => void,
  ) {}

  /** Is the viewer still who they were? */
  async check(): Promise<void> {
    await this.context().catch(() => undefined)
  }

  async context(): Promise<ApiContext> {
    const who: Authentication = await this.parts.authenticator.authenticate(this.header)
    if (who.problem) {
      // A database that is away for a moment takes nobody's rights.
      if (who.problem.code !== 'UNAVAILABLE') this.lost(who.problem)
      throw who.problem
    }
    return new ApiContext(who, randomUUID(), this.address, this.locale, this.parts.readers)
  }

  /** The deliveries of one subscription, each run under the rights of its moment. A failure is the last of them. */
  async *deliveries(args: ExecutionArgs): AsyncGenerator<ExecutionResult> {
    try {
      const permission = this.permissionOf(args)
      const context = await this.context()
      const source = await createSourceEventStream({ ...args, contextValue: Object.assign(context, { watch: this.parts.watch(context) }) })
      if (!(Symbol.asyncIterator in source)) return yield { errors: (source.errors ?? []).map(e => (e.path ? e : coded(e, 'BAD_USER_INPUT'))) }
      for await (const occurrence of source as AsyncIterable<Occurrence>) {
        const now = await this.context()
        if (!permits(permission, now.actor)) throw refusal(permission, false)
        const rootValue = await occurrence.shownTo(now)
        if (rootValue) yield await this.parts.reading.executor({ document: args.document, request: { variables: args.variableValues as never, operationName: args.operationName }, context: now, rootValue })
      }
    } catch (error) {
      yield { errors: [error instanceof GraphQLError ? error : new GraphQLError('The subscription ended.', { originalError: error as Error })] }
    }
  }

  /** One field stands at the root of a subscription; the server does not start when it has no permission. */
  private permissionOf({ document, operationName }: ExecutionArgs): Permission {
    const [root] = subscriptionOf(document, operationName).selectionSet.selections
    const name = root?.kind === 'Field' ? root.name.value : ''
    return (this.parts.schema.getSubscriptionType()?.getFields()[name]?.extensions['permission'] as Permission | undefined) ?? []
  }
}
