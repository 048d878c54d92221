import { AppError } from '../core/errors'

/** Bounds of requests. All are on by default; configuration may change them, not remove them. Each is refused under its name here. */
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
  /** Objects that an answer may hold, estimated from page sizes before anything is read, and what fields declare beside that. */
  readonly cost: number
  /** Characters of any one text given as input; commands have narrower ones. */
  readonly textLength: number
  /** Elements of any one list given as input; filters and commands have narrower ones. */
  readonly listItems: number
  /** Requests of one identity within a minute, over all instances. */
  readonly requestsPerMinute: number
  /** Requests from one address within a minute, whoever sends them. */
  readonly requestsPerMinuteOfAddress: number
  /** Tokens or keys that were no good, from one address within a minute. */
  readonly failedSignInsPerMinute: number
  /** Requests of one identity (without one: of one address) that one instance works on at the same time. */
  readonly requestsInFlight: number
  /** WebSockets of one identity on one instance, and what it watches over all of them. */
  readonly connections: number
  readonly subscriptions: number
  /** Milliseconds after which a query, or a command, is given up with all that it runs in the database. */
  readonly queryTime: number
  readonly commandTime: number
}

export const DEFAULT_LIMITS: Limits = {
  bodyBytes: 1_048_576, tokens: 5_000, depth: 15, fields: 2_000, aliases: 100, directives: 50, rootFields: 30, cost: 50_000, textLength: 200_000, listItems: 1_000,
  requestsPerMinute: 6_000, requestsPerMinuteOfAddress: 30_000, failedSignInsPerMinute: 60, requestsInFlight: 200, connections: 50, subscriptions: 200, queryTime: 30_000, commandTime: 60_000,
}

/** What every limit answers: its name, how much was asked where that is known, and the most that is given. */
export const exceeds = (limit: keyof Limits | 'batch', actual: number, most: number, status?: number): AppError =>
  new AppError('LIMIT_EXCEEDED', `The request exceeds the limit ${limit}: ${actual} of at most ${most}.`, {
    limit, actual, most, messageKey: 'limit', messageValues: { limit, actual, most }, ...(status !== undefined && { status }),
  })
