import type { Actor } from '../core/actor'
import type { AppError } from '../core/errors'
import type { Locale, Reader, RequestContext } from '../core/request'
import type { RunningRequest } from './traffic'
import type { Authentication } from '../auth'
import type { Measured } from './metrics/metrics'
import type { ReaderFactory } from './reading'

/** What a request leaves for its log line and the metrics: no variables, no names, no values. */
export interface Trace extends Measured {
  readonly codes: string[]
}

export const newTrace = (): Trace => ({ operationNode: null, document: null, signedIn: false, reader: null, codes: [], failed: null })

/** The context of one GraphQL request. Made anew for each: a re-used one would keep stale grants. */
export class ApiContext implements RequestContext {
  readonly actor: Actor
  /** Why the token did not serve; the request is then refused as a whole. */
  readonly problem: AppError | null
  readonly trace: Trace = newTrace()
  private reader: Reader | undefined

  constructor(
    { actor, problem }: Authentication, readonly requestId: string, readonly address: string | null, readonly locale: Locale,
    private readonly readers: ReaderFactory, readonly lifetime?: RunningRequest,
  ) {
    this.actor = actor
    this.problem = problem
  }

  /** Made when first needed: what the planner answers needs none. */
  get read(): Reader {
    return (this.reader ??= this.readers(this.actor, this.lifetime))
  }
}
