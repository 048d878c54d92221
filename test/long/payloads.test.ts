import { getNamedType, isLeafType, isObjectType, isNonNullType, type GraphQLField, type GraphQLObjectType } from 'graphql'
import { commandOf, fieldsOf, nounOf, readOf } from '../../src/api/reading/fields'
import { goEveryWay } from '../support/every-way'
import { Commander } from '../support/scope-walk/command'
import { Documents, type Known } from '../support/scope-walk/documents'
import { tellStory } from '../support/scope-walk/story'
import { scopeWorld, type Ask, type ScopeWorld } from '../support/scope-walk/world'

/**
 * A county does everything that the product can do. Each command whose payload can be planned is given with everything of its payload that
 * can be, and at once repeated, with its key, to graphql-js: both answer the same text. Whoever looked into a row before it is read would fail here.
 */
type Field = GraphQLField<unknown, unknown>
/** Of a noun what needs no code and no argument, and of what lies behind its edges the same, once. */
function selectionOf(type: GraphQLObjectType, depth: number): string {
  const parts = Object.values(fieldsOf(type)).flatMap((field: Field) => {
    const read = readOf(field)
    const named = getNamedType(field.type)
    if (read?.is === 'column') return [isLeafType(named) ? field.name : `${field.name} { __typename ${Object.keys(fieldsOf(named as GraphQLObjectType)).join(' ')} }`]
    if (read?.is !== 'reach' || depth === 0 || read.reach.to.noun.logged || field.extensions['permission'] !== undefined || field.args.some(a => isNonNullType(a.type) && a.defaultValue === undefined)) return []
    if (read.reach.card === 'count') return [field.name]
    const row = selectionOf(rowTypeOf(field), depth - 1)
    return [read.reach.card === 'connection' ? `${field.name}(first: 3) { totalCount nodes { ${row} } }` : `${field.name} { ${row} }`]
  })
  return ['__typename', ...parts].join(' ')
}
const rowTypeOf = (field: Field): GraphQLObjectType => {
  const named = getNamedType(field.type) as GraphQLObjectType
  return (fieldsOf(named)['nodes'] ? getNamedType(fieldsOf(named)['nodes']!.type) : named) as GraphQLObjectType
}

/** What is told only to whoever gives the command first. */
const ONCE: readonly string[] = ['ServiceAccountKeyPayload.key', 'ServiceAccountKeyPayload.keyAlreadyShown']

/** What of a payload can be planned; null: nothing that is read. */
function payloadOf(field: Field): string | null {
  const payload = getNamedType(field.type)
  if (!commandOf(field) || !isObjectType(payload)) return null
  const parts = Object.values(fieldsOf(payload)).map(part => {
    const named = getNamedType(part.type)
    const noun = isObjectType(named) ? nounOf(named)?.noun : undefined
    if (isLeafType(named)) return ONCE.includes(`${payload.name}.${part.name}`) ? '' : part.name
    return noun && !noun.logged ? (String(part.type).startsWith('[') ? '' : `${part.name} { ${selectionOf(named as GraphQLObjectType, 1)} }`) : null
  })
  return parts.includes(null) || !parts.some(Boolean) ? null : `__typename ${parts.join(' ')}`
}

let w: ScopeWorld
const payloads = new Map<string, string>()
const compared = new Set<string>()
const different: string[] = []

const asks: Ask = async (who, request) => {
  const [, inputType, mutation] = /^mutation\(\$input: (\w+)!\) \{ (\w+)\(/.exec(request.query) ?? []
  const payload = payloads.get(mutation ?? '')
  if (payload === undefined) return w.ask.planner(who, request)
  const whole = { query: `mutation($input: ${inputType}!) { ${mutation}(input: $input) { ${payload} } }`, variables: request.variables! }
  const before = w.readers.planner.stats.planned
  const ours = await w.ask.planner(who, whole)
  const planned = w.readers.planner.stats.planned - before
  const theirs = await w.ask.resolvers(who, whole)
  if (ours.text !== theirs.text || ours.errors.length) different.push(`${mutation}\n${ours.text}\n${theirs.text}`)
  if (planned === 1) compared.add(mutation!)
  // The rest of its payload, which the story goes on with.
  return w.ask.planner(who, request)
}

beforeAll(async () => {
  w = await scopeWorld()
  for (const field of Object.values(fieldsOf(w.readers.planner.schema.getMutationType()!))) {
    const payload = payloadOf(field)
    if (payload !== null) payloads.set(field.name, payload)
  }
  const documents = new Documents(w.readers.planner.schema)
  const nothing: Known = { own: new Map([['Unit', [w.own.root]]]), foreign: new Map(), values: new Map(), cursors: new Map(), marks: ['-'], city: w.city }
  const teller = new Commander({ ...w, ask: { ...w.ask, planner: asks } }, w.own, documents, nothing)
  await tellStory(teller)
  await goEveryWay(teller)
}, 900_000)
afterAll(() => w?.close())

test('what is read of a payload is what graphql-js answers', () => {
  expect(different).toEqual([])
})

test('every command whose payload can be planned was given so', () => {
  expect(payloads.size).toBeGreaterThan(150)
  expect([...payloads.keys()].filter(name => !compared.has(name))).toEqual([])
})
