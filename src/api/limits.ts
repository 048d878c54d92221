/** Bounds of a single request. All are on by default; configuration may change them, not remove them. */
export interface Limits {
  /** Bytes of a request body. */
  readonly bodyBytes: number
  /** Lexical tokens of a document. */
  readonly tokens: number
  /** Levels of fields, fragments resolved. */
  readonly depth: number
  /** Fields after fragments are put in. */
  readonly fields: number
  readonly aliases: number
  readonly directives: number
  readonly rootFields: number
  /** Objects that an answer may hold, estimated from page sizes before anything is read. */
  readonly cost: number
  /** Characters of any one text given as input; commands have narrower ones. */
  readonly textLength: number
}

export const DEFAULT_LIMITS: Limits = {
  bodyBytes: 1_048_576, tokens: 5_000, depth: 15, fields: 2_000, aliases: 100, directives: 50, rootFields: 30, cost: 50_000, textLength: 200_000,
}
