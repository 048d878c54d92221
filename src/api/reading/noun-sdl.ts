import type { GraphQLSchema } from 'graphql'
import { PAGE_DEFAULT, type EdgeModel, type NounModel } from '../../database/sql'
import { operatorsOf } from './operators'
import { camel, describe, quoted, termOf } from './terms'

/** What one noun brings: its connection, filter and order, and the edges on its type. */
export function nounSdl(model: NounModel, base: GraphQLSchema): string[] {
  const { noun } = model
  const edges = [...model.edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([field, e]) => `${quoted(e.edge.description)} ${field}${edgeSignature(e)}`)
  return [
    ...connectionSdl(noun.type, termOf(base, noun.type)),
    ...(model.filters.size ? [filterSdl(model, base)] : []),
    ...(model.orders.size ? orderSdl(model, base) : []),
    ...(edges.length ? [`extend type ${noun.type} { ${edges.join(' ')} }`] : []),
  ]
}

const connectionSdl = (type: string, term: string): string[] => [
  `${quoted(`A page of a list of ${type}（${term}分页列表）.`)} type ${type}Connection {
    "The rows of the page（本页记录）." nodes: [${type}!]!
    "The rows with their cursors（带游标的记录）." edges: [${type}Edge!]!
    "Where the page stands in the list（分页信息）." pageInfo: PageInfo!
    "Number of rows in the whole list; counted only when asked for（总数）." totalCount: Int!
  }`,
  `${quoted(`One row of a list of ${type}（${term}列表项）.`)} type ${type}Edge {
    "Opaque position in this list in this order, for after and before（游标）." cursor: String!
    "The row（记录）." node: ${type}!
  }`,
]

function filterSdl({ noun, filters }: NounModel, base: GraphQLSchema): string {
  const fields = [...filters].map(([name, f]) => `${quoted(noun.filters[name]!.description ?? describe(base, noun, name, f.column))} ${name}: ${operatorsOf(noun.filters[name]!)}`)
  return `${quoted(`Conditions on ${noun.type}: all that are given must hold; null asks nothing（${termOf(base, noun.type)}筛选条件）.`)} input ${noun.type}Filter {
    ${fields.join(' ')}
    "At least one of these must hold, beside everything else; at most 20, three deep. An empty list asks nothing（任一成立）." or: [${noun.type}Filter!]
  }`
}

function orderSdl({ noun, orders }: NounModel, base: GraphQLSchema): string[] {
  const values = [...orders].map(([value, key]) => `${quoted(key.column === 'id' ? 'The order in which they were recorded（登记先后）.' : describe(base, noun, camel(value), key.column))} ${value}`)
  const term = termOf(base, noun.type)
  return [
    `${quoted(`What a list of ${noun.type} can be ordered by（${term}排序字段）.`)} enum ${noun.type}OrderField { ${values.join(' ')} }`,
    `${quoted(`One key of the order of a list of ${noun.type}; equal rows follow by id（${term}排序）.`)} input ${noun.type}Order {
      "By what（排序字段）." field: ${noun.type}OrderField!
      "Which way（排序方向）." direction: Direction! = ASC
    }`,
  ]
}

/** Arguments and type of an edge's field. */
export function edgeSignature({ edge, reach }: EdgeModel): string {
  const { to, max } = reach
  const { type } = to.noun
  const bang = edge.rule === undefined ? '!' : ''
  switch (reach.card) {
    case 'one': return `: ${type}${isSure({ edge, reach }) ? '!' : ''}`
    case 'list': return `: [${type}!]${bang}`
    case 'count': return `${to.filters.size ? `(${filterArgument(type)})` : ''}: Int${bang}`
    case 'connection': return `${pageArguments(to, max)}: ${type}Connection${bang}`
  }
}

/** The far row is always there and always seen. Out of scope it would be null: only `sameScope` or public rows can be sure. */
const isSure = ({ edge, reach }: EdgeModel): boolean =>
  edge.rule === undefined && !('nullable' in edge && edge.nullable) && !reach.where.length && (reach.sameScope || reach.to.noun.scope.by === 'public')

const filterArgument = (type: string): string => `"Only rows for which this holds（筛选）." filter: ${type}Filter`

export function pageArguments({ noun, filters, orders }: NounModel, max: number): string {
  const byDefault = Math.min(PAGE_DEFAULT, max)
  return `(
    ${quoted(`How many rows from the beginning, or after the cursor: 1 to ${max}; ${byDefault} when neither first nor last is given（取前几条）.`)} first: Int
    "Only rows after this cursor（在此游标之后）." after: String
    ${quoted(`How many rows from the end, or before the cursor: 1 to ${max}; not together with first（取后几条）.`)} last: Int
    "Only rows before this cursor（在此游标之前）." before: String
    ${filters.size ? filterArgument(noun.type) : ''}
    ${orders.size ? `"The order; the list’s own order when absent（排序）." orderBy: [${noun.type}Order!]` : ''}
  )`
}
