import type { Actor } from './actor'

export type Locale = 'zh-CN' | 'en'

/** Where a command came from; kept in the audit record. */
export interface Origin {
  readonly actor: Actor
  readonly requestId: string
  /** Remote address as the server saw it; null on the command line. */
  readonly address: string | null
}

/** Loads rows of declared nouns in the shape that generated resolvers expect, in the actor's scope, batched within the request. */
export interface Reader {
  one(type: string, rowId: string): Promise<object | null>
  many(type: string, rowIds: readonly string[]): Promise<(object | null)[]>
}

/** What every GraphQL resolver receives as its context. */
export interface RequestContext extends Origin {
  readonly locale: Locale
  readonly read: Reader
}
