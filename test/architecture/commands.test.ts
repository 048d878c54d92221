import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { buildSchema, isInputObjectType, isNonNullType, type GraphQLField } from 'graphql'
import { PROJECT_ROOT } from '../../src/config'

/** Core and plugins, as it is checked in; another check compares it with the code. */
const schema = buildSchema(readFileSync(path.join(PROJECT_ROOT, 'schema/full.graphql'), 'utf8'))
const mutations = Object.values(schema.getMutationType()!.getFields())

/** What a mutation lacks of the shape that makes it repeatable. */
function lacks({ name, args }: GraphQLField<unknown, unknown>): string[] {
  const [input, ...more] = args
  if (input?.name !== 'input' || more.length || !isNonNullType(input.type) || !isInputObjectType(input.type.ofType)) return [`${name} does not take exactly one input`]
  const key = input.type.ofType.getFields()['idempotencyKey']
  return key && String(key.type).replace('!', '') === 'String' ? [] : [`${name} takes no idempotencyKey`]
}

test('every mutation of the core and of the plugins takes one input with an idempotencyKey', () => {
  expect(mutations.length).toBeGreaterThan(60)
  expect(mutations.flatMap(lacks)).toEqual([])
  const bad = buildSchema('type Query { a: Int } input I { a: Int } type Mutation { one(input: I!): Int two(id: ID!): Int }')
  expect(Object.values(bad.getMutationType()!.getFields()).flatMap(lacks)).toEqual(['one takes no idempotencyKey', 'two does not take exactly one input'])
})

/** Commands that are run without an input, hence without a key. */
const keyless = (source: string): string[] => [...source.matchAll(/run(?:Bulk)?Command\([^()]*?, ([\w.]+|'\w+'), \{\s*\}/g)].map(([, name]) => name!.replaceAll("'", ''))

test('no mutation forgets its key on the way to the unit of work', () => {
  const files = ['src', 'plugins'].flatMap(folder => readdirSync(path.join(PROJECT_ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(f => f.endsWith('.ts')).map(f => readFileSync(path.join(PROJECT_ROOT, folder, f), 'utf8')))
  const found = files.flatMap(keyless)
  // What the product does by itself, and files that are read once.
  expect(found).toEqual(expect.arrayContaining(['openEvidence', 'startPlugins', 'sweepEvidence']))
  // A reading is logged each time, whatever its key; and what it read is kept nowhere.
  expect(found.filter(name => mutations.some(m => m.name === name) && !['revealEvidence', 'revealPerson', 'revealClue', 'revealClueTransfer', 'revealReporterIdentity', 'revealCase'].includes(name))).toEqual([])
  expect(keyless(`return runCommand(this.db, origin, 'editPower', {}, async tx => 1)`)).toEqual(['editPower'])
})
