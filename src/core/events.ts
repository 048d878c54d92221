/** What a field of an event's payload is; with `?` it may be null. Ids are row ids. */
export type PayloadField = 'id' | 'text' | 'int' | 'date' | 'instant' | 'id?' | 'text?' | 'int?' | 'date?' | 'instant?'
export type PayloadShape = Readonly<Record<string, PayloadField>>
type ValueOf<F extends PayloadField> = F extends `${infer Kind}?` ? ValueOf<Kind & PayloadField> | null : F extends 'int' ? number : string
export type PayloadOf<S extends PayloadShape> = { readonly [K in keyof S]: ValueOf<S[K]> }

/**
 * Something that happens to things of a noun and that the rest of the product may hear of after the commit. Declared once, beside the noun
 * (`<noun>.events.ts`), and listed in `schema/events.md`. A payload says which things and which of their words; never a text that people
 * wrote, a name, or anything of a closed realm: the outbox is read by everybody who listens.
 */
export interface EventKind<T extends string = string, S extends PayloadShape = PayloadShape> {
  /** `<Noun>.<happened>`. */
  readonly type: T
  /** Type of the thing that it happened to: what `subjectId` is an id of. */
  readonly subject: string
  readonly payload: S
  /** One sentence with the Chinese term. */
  readonly description: string
}

export const eventKind = <const T extends string, const S extends PayloadShape>(kind: EventKind<T, S>): EventKind<T, S> => Object.freeze(kind)

/** What an emitter says beside the kind. A payload is left out where the kind has none. */
export type Happened<S extends PayloadShape> =
  { readonly subjectId: string; readonly unitId: string | null } & (keyof S extends never ? { readonly payload?: undefined } : { readonly payload: PayloadOf<S> })

/** An event as its subscribers receive it. */
export interface DomainEvent<T extends string = string, S extends PayloadShape = PayloadShape> {
  readonly id: string
  readonly type: T
  readonly at: string
  readonly subjectType: string
  readonly subjectId: string
  readonly unitId: string | null
  /** Who did it. */
  readonly actor: string
  readonly payload: PayloadOf<S>
}

/** The event of a kind; of several, one of theirs, told apart by `type`. */
export type EventOf<K extends EventKind> = K extends EventKind<infer T, infer S> ? DomainEvent<T, S> : never
