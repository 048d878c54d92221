import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { GraphQLJSON, GraphQLLocalDate } from 'graphql-scalars'
import { DateTime as Luxon } from 'luxon'
import { isDecimal } from '../core/decimal'
import { parsePeriod } from '../core/period'

/**
 * The schema's own scalars. All of them are text in TypeScript (`@Field(() => DateTime) createdAt: string`): the database's values pass
 * through as they are, and no time zone or floating point of this process touches them.
 */
const textScalar = (name: string, description: string, parse: (value: string) => string | null, specifiedByURL?: string): GraphQLScalarType<string, string> => {
  const read = (value: unknown): string => {
    const parsed = typeof value === 'string' ? parse(value) : null
    if (parsed === null) throw new GraphQLError(`This is not a ${name}.`)
    return parsed
  }
  return new GraphQLScalarType({
    name, description, specifiedByURL,
    serialize: value => String(value),
    parseValue: read,
    parseLiteral: ast => read(ast.kind === Kind.STRING ? ast.value : null),
  })
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

export const DateTime = textScalar('DateTime',
  'An instant in UTC, ISO 8601 with milliseconds: `2026-11-22T08:00:00.000Z`. Input may carry any offset, but must carry one（时刻）.',
  text => {
    const at = INSTANT.test(text) ? Luxon.fromISO(text, { zone: 'utc' }) : null
    return at?.isValid ? at.toISO() : null
  }, 'https://www.rfc-editor.org/rfc/rfc3339')

export const LocalDate = GraphQLLocalDate
LocalDate.description = 'A calendar date without time zone, `2026-11-22`（日期）.'

export const Decimal = textScalar('Decimal',
  'An exact decimal number as text: `"1234.50"`. Never a floating-point number; at most 30 digits（精确小数）.',
  text => (isDecimal(text) ? text : null))

export const Period = textScalar('Period',
  'A year, half-year, quarter or month: `2026`, `2026-H1`, `2026-Q3`, `2026-07`（期间）.',
  text => parsePeriod(text)?.text ?? null)

export const Json = GraphQLJSON
Json.description = 'Open JSON; used only where the shape is truly open（任意 JSON）.'
