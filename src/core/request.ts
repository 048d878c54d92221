import type { Actor } from './actor'
import type { Watch } from './topics'

export type Locale = 'zh-CN' | 'en'

/** Work in the database that can be broken off. */
export interface Stoppable {
  stop(): void
}

/** How long a request lives: what runs for it in the database ends when its time is over or nobody waits for the answer. */
export interface Lifetime {
  /** From here until `end` it may be stopped. Throws when the request is over already. */
  begin(work: Stoppable): void
  end(work: Stoppable): void
}

/** Where a command came from; kept in the audit record. */
export interface Origin {
  readonly actor: Actor
  readonly requestId: string
  /** Remote address as the server saw it; null on the command line. */
  readonly address: string | null
  /** Absent where nobody waits for an answer: on the command line. */
  readonly lifetime?: Lifetime
  /**
   * What belongs to the command's own transaction as well, once the command has decided: the end of the job that gives it. It is handed the
   * transaction and the command's answer; where it throws, nothing was done.
   */
  readonly alongside?: (tx: object, answer: unknown) => Promise<void>
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
  /**
   * For an answer. What a command answers with once it is done may be a row that is not read yet: it is put into the payload, and neither
   * looked into nor asked whether it is there. `node` and what is asked before the command tell that.
   */
  one(type: string, rowId: string): Promise<object | null>
  /** Any object by its global id: of a noun whose rows the actor may ask for; null for everything else. */
  node(id: string): Promise<object | null>
  /** As `one`. */
  many(type: string, rowIds: readonly string[]): Promise<(object | null)[]>
  /** For code that reads something sensitive itself: it is logged before the answer leaves. Nouns that are `logged` do this by themselves. */
  note(read: SensitiveRead): void
}

/** What every GraphQL resolver receives as its context. */
export interface RequestContext extends Origin {
  readonly locale: Locale
  readonly read: Reader
  /** There while a subscription begins. */
  readonly watch?: Watch
}
