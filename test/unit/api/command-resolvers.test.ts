import { getNamedType, getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType, type GraphQLResolveInfo } from 'graphql'
import { getMetadataStorage } from 'type-graphql'
import { commandOf, fieldsOf, type Command } from '../../../src/api/reading/fields'
import { buildSchema } from '../../../src/api/schema'
import { systemActor } from '../../../src/core/actor'
import type { RequestContext } from '../../../src/core/request'
import type { Database } from '../../../src/database/database'
import { coreModules } from '../../../src/modules'

jest.mock('../../../src/api/check-input', () => ({ checkInput: jest.fn() }))

/** Values as graphql-js coerces them: everything that an input can hold, or only what it must. */
function sample(type: GraphQLInputType, all: boolean): unknown {
  const bare = getNullableType(type)
  if (isListType(bare)) return [sample(bare.ofType as GraphQLInputType, all), sample(bare.ofType as GraphQLInputType, !all)]
  const named = getNamedType(type)
  if (isEnumType(named)) return named.getValues()[0]!.value as unknown
  if (!isInputObjectType(named)) return ({ Int: 3, Float: 0.5, Boolean: true, JSON: { any: ['thing'] } } as Record<string, unknown>)[named.name] ?? `a ${named.name}`
  const fields = Object.values(named.getFields())
  return Object.assign(Object.create(null), Object.fromEntries(fields.filter(f => all || isNonNullType(f.type)).map((f, i) => [f.name, all && i % 5 === 4 && !isNonNullType(f.type) ? null : sample(f.type, all)])))
}

describe('every command is given what type-graphql gives it', () => {
  const { schema } = buildSchema(coreModules, {} as Database)
  const context = { actor: systemActor('test'), requestId: 'r', address: null, locale: 'en' } as unknown as RequestContext
  const mutations = getMetadataStorage().mutations
  const given: unknown[][] = []
  beforeAll(() => {
    for (const { target, methodName } of mutations) jest.spyOn((target as unknown as { prototype: Record<string, Command> }).prototype, methodName).mockImplementation(async (...all) => void given.push(all) as never)
  })
  afterAll(() => jest.restoreAllMocks())

  test('there is a command beside every resolver, or a hand-written payload', () => {
    const without = Object.values(fieldsOf(schema.getMutationType()!)).filter(f => !commandOf(f)).map(f => f.name)
    expect(without).toEqual([])
    expect(mutations.length).toBeGreaterThan(290)
  })

  test.each([true, false])('everything that an input can hold: %s', async all => {
    for (const field of Object.values(fieldsOf(schema.getMutationType()!))) {
      const args = Object.fromEntries(field.args.map(a => [a.name, sample(a.type, all)]))
      given.length = 0
      await commandOf(field)!(args, context)
      await field.resolve!(undefined, args, context, {} as GraphQLResolveInfo)
      const [ours, theirs] = given
      expect([field.name, ours]).toStrictEqual([field.name, theirs])
      expect([field.name, JSON.stringify(ours!.slice(0, -1))]).toEqual([field.name, JSON.stringify(theirs!.slice(0, -1))])
    }
  })
})
