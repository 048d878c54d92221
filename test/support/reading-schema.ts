import { buildASTSchema, extendSchema, parse, type GraphQLSchema } from 'graphql'
import { buildReadableSchema, type ReadableSchema } from '../../src/api/reading'
import { defineMachine } from '../../src/core/states'
import { date, enumeration, int, noun, text, type Noun, type NounEdge } from '../../src/core/reads'
import { DateTime, Decimal, Json, LocalDate } from '../../src/domain/scalars'

/** A small hand-written part, without type-graphql, on tables that exist. */
const SDL = `
  "By id（对象）." interface Node { "Id（标识）." id: ID! }
  "States（状态）." interface Stateful { "Commands（操作）." allowedCommands: [String!]! }
  "Kinds（类型）." enum Kind { "One（一）." ONE }
  "A unit（单位）." type Unit implements Node { "Id（标识）." id: ID! "Code（代码）." code: String! "Kind（类型）." kind: Kind! "Depth（层级）." depth: Int! "End（终止）." validTo: LocalDate "Computed（计算）." computed: String }
  "A post（岗位）." type Position implements Node & Stateful { "Id（标识）." id: ID! "Code（代码）." code: String! "Rank（职级）." rank: String "Commands（操作）." allowedCommands: [String!]! }
  "A change（流转）." type Transition implements Node { "Id（标识）." id: ID! "At（时间）." at: DateTime! }`

export function smallBase(sdl = SDL): GraphQLSchema {
  const scalars = buildASTSchema(parse('scalar DateTime scalar LocalDate scalar Decimal scalar JSON'))
  const schema = extendSchema(scalars, parse(sdl))
  for (const scalar of [DateTime, LocalDate, Decimal, Json]) Object.assign(schema.getType(scalar.name)!, { serialize: scalar.serialize, parseValue: scalar.parseValue, parseLiteral: scalar.parseLiteral })
  return schema
}

const machine = defineMachine({ name: 'Position', initial: 'A', states: { A: 'A (一)' }, commands: { doIt: { from: ['A'], to: 'A', roles: ['UNIT_EDITOR'], description: 'Does (做)' } } })

export const SMALL_NOUNS = {
  unit: noun({
    type: 'Unit', prefix: 'unit', table: 'unit', scope: { by: 'own' }, permission: 'authenticated',
    columns: { id: { kind: 'id' }, code: text(), kind: enumeration('Kind'), depth: int(), validTo: date({ nullable: true }) },
    edges: { parent: { card: 'one', to: 'Unit', key: 'parent_id', nullable: true, description: 'Parent（上级）.' } },
    filters: { code: { type: 'text' }, kind: { type: 'enum', enum: 'Kind' }, validTo: { type: 'date', nullable: true }, unit: { type: 'ref', of: 'Unit', sql: 'id', within: true } },
    orders: { CODE: { type: 'text' }, DEPTH: { type: 'int' } },
    root: { one: 'unit', many: 'units', byKey: { unitByCode: 'code' } },
  }),
  position: noun({
    type: 'Position', prefix: 'pos', table: 'position', scope: { by: 'unit', column: 'unit_id' }, permission: ['UNIT_EDITOR'],
    columns: { id: { kind: 'id' }, code: text(), rank: text({ nullable: true }), allowedCommands: { kind: 'commands', machine } },
    edges: {
      unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'Unit（单位）.', sameScope: 'its own unit' },
      elsewhere: { card: 'one', to: 'Unit', key: 'unit_id', description: 'Perhaps out of sight（单位）.' },
      transitions: { card: 'connection', to: 'Transition', by: 'subject_id', description: 'Changes（流转）.', sameScope: 'its unit' },
    },
    filters: {}, orders: {}, root: { many: 'positions', namespace: 'posts' },
  }),
  transition: noun({
    type: 'Transition', prefix: 'tr', table: 'state_transition', scope: { by: 'unit', column: 'unit_id' }, permission: 'authenticated',
    columns: { id: { kind: 'id' }, at: { kind: 'plain', type: 'instant' } }, edges: {}, filters: {}, orders: { at: { type: 'instant' } },
  }),
} satisfies Record<string, Noun>

export const SMALL_EDGES: readonly NounEdge[] = [
  { on: 'Unit', field: 'positions', edge: { card: 'connection', to: 'Position', by: 'unit_id', description: 'Posts（岗位）.', sameScope: 'its own' } },
  { on: 'Unit', field: 'positionCount', edge: { card: 'count', to: 'Position', by: 'unit_id', rule: ['UNIT_EDITOR'], description: 'Number of posts（岗位数）.' } },
  { on: 'Unit', field: 'firstPositions', edge: { card: 'list', to: 'Position', by: 'unit_id', order: 'code', max: 5, description: 'Posts（岗位）.' } },
]

export const smallReadable = (nouns: readonly Noun[] = Object.values(SMALL_NOUNS), edges: readonly NounEdge[] = SMALL_EDGES, base = smallBase()): ReadableSchema =>
  buildReadableSchema({ base, nouns, edges, written: (type, field) => `${type}.${field}` === 'Unit.computed' })
