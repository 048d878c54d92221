import {
  getNullableType, isEnumType, isListType, isNonNullType, isObjectType, isScalarType,
  type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema,
} from 'graphql'
import type { Column } from '../../core/reads'
import type { NounModel, ReadModel } from '../../database/sql'
import { fieldsOf } from './fields'

type Written = (type: string, field: string) => boolean

/**
 * Holds the declarations against the GraphQL types and throws one error with everything that does not fit: a field that nobody
 * answers, a column without a field, a type or nullability that is not the column's.
 */
export function checkTypes(base: GraphQLSchema, model: ReadModel, written: Written): void {
  const problems = [...model.nouns.values()].flatMap(noun => nounProblems(base, noun, written))
  if (problems.length) throw new Error(`These read declarations do not fit the GraphQL types:\n${problems.map(p => `  - ${p}`).join('\n')}`)
}

function nounProblems(base: GraphQLSchema, model: NounModel, written: Written): string[] {
  const { type: name, columns, filters } = model.noun
  const type = base.getType(name)
  if (!isObjectType(type)) return [`there is no object type ${name}`]
  const fields = fieldsOf(type)
  return [
    ...(base.getType('Node') && !type.getInterfaces().some(i => i.name === 'Node') ? [`${name}: \`node\` would find it, so it must implement Node`] : []),
    ...Object.entries(columns).flatMap(([field, column]) => (fields[field]
      ? columnProblems(base, fields[field].type, column).map(p => `${name}.${field}: ${p}`)
      : [`${name}.${field}: declared as a column, but ${name} has no such field`])),
    ...Object.keys(fields).filter(f => !columns[f] && !written(name, f))
      .map(f => `${name}.${f}: nobody answers it; it needs a column in the noun's reads or a resolver`),
    ...Object.keys(columns).filter(f => written(name, f)).map(f => `${name}.${f}: answered by a resolver and by its column, which could differ`),
    ...[...model.edges.keys()].filter(f => fields[f]).map(f => `${name}.${f}: both a field of the type and an edge`),
    ...Object.entries(filters).filter(([, f]) => f.type === 'enum' && !isEnumType(base.getType(f.enum ?? '')))
      .map(([f, { enum: e }]) => `${name}, filter ${f}: there is no enum ${e}`),
  ]
}

/** The GraphQL type that a column must have, by kind; a text may be any scalar of text. */
const PLAIN = { int: 'Int', boolean: 'Boolean', decimal: 'Decimal', date: 'LocalDate', instant: 'DateTime', float: 'Float' } as const
const NUMBERS = ['Int', 'Float', 'Boolean', 'Decimal', 'DateTime', 'LocalDate']

function columnProblems(base: GraphQLSchema, type: GraphQLOutputType, column: Column): string[] {
  const found = String(getNullableType(type))
  const nullable = 'nullable' in column ? column.nullable === true : column.kind === 'group'
  const problems = column.kind !== 'group' && nullable === isNonNullType(type) ? [`the column is ${nullable ? 'nullable' : 'NOT NULL'}, the field is not`] : []
  const expected = expectedType(getNullableType(type), column)
  if (expected) problems.push(`the column asks for ${expected}, the field is ${found}`)
  if (column.kind === 'group' || column.kind === 'objects') problems.push(...partProblems(base, column))
  if (column.kind === 'enum') problems.push(...enumProblems(base, column.type))
  return problems
}

/** What the field's type should be; null when it fits. */
function expectedType(type: GraphQLOutputType, column: Column): string | null {
  const is = (...names: string[]): string | null => (names.includes(String(type)) ? null : names[0]!)
  const text = isScalarType(type) && !NUMBERS.includes(type.name)
  switch (column.kind) {
    case 'id': case 'ref': return is('ID')
    case 'plain': return column.type === 'text' || column.type === 'uuid' ? (text ? null : 'a text') : is(PLAIN[column.type])
    case 'masked': return text ? null : 'a text'
    case 'enum': return is(column.type)
    case 'commands': return is('[String!]')
    case 'json': return is('JSON')
    case 'objects': return is(`[${column.of}!]`)
    case 'group': return is(column.of)
    case 'textArray': return isListType(type) && isNonNullType(type.ofType) && (isEnumType(type.ofType.ofType) || String(type) === '[String!]') ? null : '[String!]'
  }
}

function partProblems(base: GraphQLSchema, column: Extract<Column, { kind: 'group' | 'objects' }>): string[] {
  const type = base.getType(column.of) as GraphQLObjectType | undefined
  if (!isObjectType(type)) return [`there is no object type ${column.of}`]
  const fields = fieldsOf(type)
  const names = new Set([...Object.keys(fields), ...Object.keys(column.fields)])
  return [...names].flatMap(name => (fields[name] && column.fields[name] ? [] : [`${column.of}.${name} stands only on one side`]))
}

/** Values pass as the text that is stored: a value of the enum must be its own name. */
function enumProblems(base: GraphQLSchema, name: string): string[] {
  const type = base.getType(name)
  if (!isEnumType(type)) return [`there is no enum ${name}`]
  return type.getValues().filter(v => v.value !== v.name).map(v => `${name}.${v.name} is kept as another value`)
}
