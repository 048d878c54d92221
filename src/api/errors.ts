import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { ArgumentValidationError } from 'type-graphql'
import type { ValidationError } from 'class-validator'
import { AppError, badInputs, outcomeOf, type Outcome, type Violation } from '../core/errors'
import type { Locale } from '../core/request'
import { databaseUnavailable } from '../database/failures'
import { withoutUnsent } from './unsent'
import { codeMessage, messageOf, translateViolation } from './messages'

/** What the shape of an error depends on beside the error itself. */
export interface ErrorContext {
  readonly locale: Locale
  readonly requestId: string
  /** A failed mutation also tells whether something may have been done. */
  readonly mutation: boolean
  /** Something of it was done before. */
  readonly done?: boolean
  /** What the client sent, as one text; asked for only when an error is told in production. */
  readonly sent?: () => string
  /** Receives the codes that were told, for the log line of the request. */
  readonly codes?: string[]
  /** Receives how root fields of a mutation failed, by the key of their answer; '' where all did. */
  readonly failed?: Map<string, Outcome>
}

export interface ErrorLog {
  error(bindings: object, message: string): void
}

/** Of errors before there is a context: a body that is no GraphQL request. */
const UNKNOWN_REQUEST: ErrorContext = { locale: 'en', requestId: '', mutation: false }

export interface ShaperOptions {
  /** Names of the schema are told to nobody who did not send them. */
  readonly hideSchema: boolean
  readonly isType?: (name: string) => boolean
  readonly told?: (code: string, limit: unknown) => void
}

/** Turns every failure of a GraphQL request into what clients see. The only place that does so. */
export class ErrorShaper {
  private readonly contexts = new WeakMap<object, ErrorContext>()

  constructor(private readonly log: ErrorLog, private readonly o: ShaperOptions) {}

  /** Apollo formats errors without telling whose they are: it is noted here just before. */
  note(errors: readonly GraphQLError[], context: ErrorContext): void {
    for (const error of errors) this.contexts.set(error, context)
  }

  /** For Apollo's `formatError`. */
  readonly format = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const context = (typeof error === 'object' && error !== null ? this.contexts.get(error) : undefined) ?? UNKNOWN_REQUEST
    const apollo = TOO_MANY_TOKENS.test(formatted.message) ? null : apolloCode(formatted, error)
    const place = { ...(formatted.locations && { locations: formatted.locations }), ...(formatted.path && { path: formatted.path }) }
    if (apollo) {
      this.tell(context, apollo, formatted.path, 'NOT_DONE')
      const message = this.o.hideSchema ? withoutUnsent(formatted.message, context.sent ?? (() => ''), this.o.isType ?? (() => false)) : formatted.message
      return { message, ...place, extensions: { code: apollo, requestId: context.requestId, ...(context.mutation && { outcome: 'NOT_DONE' }) } }
    }
    const cause = causeOf(error)
    const { message, extensions } = this.explain(cause, context)
    const done = outcome(cause, context.done ?? false, formatted.path)
    this.tell(context, String(extensions['code']), formatted.path, done, extensions['limit'])
    return { message, ...place, extensions: { ...extensions, ...(context.mutation && { outcome: done }) } }
  }

  /** For HTTP routes outside GraphQL: the same shape. */
  shape(error: unknown, context: ErrorContext): GraphQLFormattedError {
    const cause = causeOf(error)
    const { message, extensions } = this.explain(cause, context)
    const done = outcome(cause, false)
    this.tell(context, String(extensions['code']), undefined, done, extensions['limit'])
    return { message, extensions: { ...extensions, ...(context.mutation && { outcome: done }) } }
  }

  private tell({ codes, failed }: ErrorContext, code: string, path: Path | undefined, done: Outcome, limit?: unknown): void {
    codes?.push(code)
    // What fails below a command's root field is the reading of its answer.
    if (!path || path.length === 1) failed?.set(String(path?.[0] ?? ''), done)
    this.o.told?.(code, limit)
  }

  private explain(cause: unknown, { locale, requestId }: ErrorContext): GraphQLFormattedError & { extensions: Record<string, unknown> } {
    const known = expected(cause)
    if (!known || known.code === 'INTERNAL') {
      this.log.error({ requestId, err: cause }, 'unexpected error')
      return { message: codeMessage(locale, 'INTERNAL'), extensions: { code: 'INTERNAL', requestId } }
    }
    if (known.code === 'UNAVAILABLE') this.log.error({ requestId, err: known.cause ?? known }, 'unavailable')
    const { messageKey, messageValues, violations, ...rest } = known.details
    const told = violations?.map(v => translateViolation(locale, v))
    // The message of one broken rule is the message of the whole.
    const same = !messageKey && violations?.[0]?.message === known.message ? told?.[0]?.message : undefined
    return {
      message: same !== undefined && same !== known.message ? same : messageOf(locale, known.code, known.message, messageKey, messageValues),
      extensions: { ...rest, code: known.code, requestId, ...(told && { violations: told }) },
    }
  }
}

/**
 * Without a mark from the unit of work: what is expected was refused beforehand; of the unexpected nobody knows. What fails below a command's
 * root field, or for want of time after something was done, is the reading of an answer: repeated with its key, the command gives it.
 */
function outcome(cause: unknown, done: boolean, path: Path = []): Outcome {
  const known = expected(cause)
  const reading = path.length > 1 || (done && known?.details.messageKey === 'queryTime')
  return outcomeOf(cause) ?? (reading || known?.code === 'UNAVAILABLE' || !known ? 'UNKNOWN' : 'NOT_DONE')
}

type Path = readonly (string | number)[]

/** The innermost error: what was thrown, below GraphQL's and Apollo's wrappings. */
export function causeOf(error: unknown): unknown {
  let cause = error
  while (cause instanceof GraphQLError && !(cause instanceof ArgumentValidationError) && cause.originalError) cause = cause.originalError
  // graphql-js's name for what is no Error, or one of another realm.
  return (cause as { thrownValue?: unknown } | null)?.thrownValue ?? cause
}

/**
 * A rejection that graphql-js left behind: where one item of a list fails at once, it no longer waits for the items before it, and nobody
 * hears when one of those fails later. The answer tells of the first failure; nothing of the process is in doubt.
 */
export const leftBehind = (rejection: unknown): boolean => rejection instanceof GraphQLError && rejection.path !== undefined

/** Apollo's and graphql-js's own refusals keep their codes: parsing, validation, variables, persisted queries, CSRF. */
function apolloCode(formatted: GraphQLFormattedError, error: unknown): string | null {
  const code = formatted.extensions?.['code']
  const cause = causeOf(error)
  if (typeof code !== 'string' || code === 'INTERNAL_SERVER_ERROR' || cause instanceof AppError || cause instanceof ArgumentValidationError) return null
  return cause instanceof GraphQLError ? code : null
}

/** The AppError that an error amounts to; null for what nobody foresaw. */
export function expected(cause: unknown): AppError | null {
  if (cause instanceof AppError) return cause
  if (cause instanceof ArgumentValidationError) {
    return badInputs(violationsOf(cause.extensions['validationErrors'] as readonly ValidationError[]))
  }
  if (cause instanceof GraphQLError) return tooManyTokens(cause.message) ?? persistedRefused(cause.message)
  // What is nested so deeply that no parser gets to its end.
  if (cause instanceof RangeError && cause.message.startsWith('Maximum call stack')) return new AppError('LIMIT_EXCEEDED', 'The request is nested too deeply.', { limit: 'depth', messageKey: 'tooDeep' }, { cause })
  if (databaseUnavailable(cause)) return unavailable(cause)
  const { code } = (cause ?? {}) as { code?: unknown }
  if (typeof code !== 'string') return null
  if (/^22...$/.test(code)) return new AppError('BAD_INPUT', 'A value is out of range or has the wrong form.', { violations: [] }, { cause })
  if (code === '57014') return new AppError('LIMIT_EXCEEDED', 'The request took longer than the server allows. Ask for less.', { limit: 'queryTime', messageKey: 'queryTime' }, { cause })
  return null
}

/** graphql-js counts the tokens while it parses, and stops. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more tha[nt] (\d+) tokens/
function tooManyTokens(message: string): AppError | null {
  const most = TOO_MANY_TOKENS.exec(message)?.[1]
  return most === undefined ? null : new AppError('LIMIT_EXCEEDED', `The document has more than ${most} tokens.`, { limit: 'tokens', most: Number(most), messageKey: 'tooManyTokens', messageValues: { most } })
}

/** Apollo's refusals of persisted queries that have no code of their own. */
const PERSISTED_REFUSALS: Readonly<Record<string, [messageKey: string, message: string]>> = {
  'provided sha does not match query': ['persistedHash', 'The hash in persistedQuery is not that of the query.'],
  'Unsupported persisted query version': ['persistedVersion', 'The version of persistedQuery must be 1.'],
}

function persistedRefused(said: string): AppError | null {
  const found = PERSISTED_REFUSALS[said]
  return found ? new AppError('BAD_INPUT', found[1], { messageKey: found[0] }) : null
}

const unavailable = (cause: unknown): AppError =>
  new AppError('UNAVAILABLE', 'The service is not available at the moment. Try again.', { messageKey: 'unavailable' }, { cause })

/** class-validator's tree as a flat list; paths are those of the command's input. */
function violationsOf(errors: readonly ValidationError[], above = ''): Violation[] {
  return errors.flatMap(e => {
    const path = above ? `${above}.${e.property}` : e.property
    const own = Object.entries(e.constraints ?? {}).map(([rule, message]) => ({ path, rule, message: sentence(message) }))
    return [...own, ...violationsOf(e.children ?? [], path)]
  })
}

const sentence = (text: string): string => text[0]!.toUpperCase() + text.slice(1) + (text.endsWith('.') ? '' : '.')
