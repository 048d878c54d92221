import type { Actor } from './actor'

export type Locale = 'zh-CN' | 'en'

/** Where a command came from; kept in the audit record. */
export interface Origin {
  readonly actor: Actor
  readonly requestId: string
  /** Remote address as the server saw it; null on the command line. */
  readonly address: string | null
}

/** A read of something sensitive, as the audit log will tell it: who, when and from where stand in every record. */
export interface SensitiveRead {
  /** What the log calls it: the command of its record. */
  readonly as: string
  readonly subjectType: string
  /** The row that was seen; null for a list as a whole. */
  readonly subjectId: string | null
  /** What was asked, why, and how much was seen. Never what was seen. */
  readonly what: Readonly<Record<string, unknown>>
}

/** Loads rows of declared nouns in the shape that generated resolvers expect, in the actor's scope, batched within the request. */
export interface Reader {
  one(type: string, rowId: string): Promise<object | null>
  many(type: string, rowIds: readonly string[]): Promise<(object | null)[]>
  /** For code that reads something sensitive itself: it is logged before the answer leaves. Nouns that are `logged` do this by themselves. */
  note(read: SensitiveRead): void
}

/** What every GraphQL resolver receives as its context. */
export interface RequestContext extends Origin {
  readonly locale: Locale
  readonly read: Reader
}
