import { buildSchema, extendSchema, parse } from 'graphql'
import { lintSdl } from '../../../src/plugin/kit-sdl'
import { partOf } from '../../../src/plugin/sdl'

const CORE = buildSchema('type Query { unit: Unit } type Mutation { editUnit: Unit } "A unit（单位）." type Unit { id: ID! }')
const WITH = extendSchema(CORE, parse(`
  "A thing（事项）." type WaterWorksThing { "Number（编号）." no: String } input EnterWaterWorksThingInput { no: String } type WaterThing { no: String }
  type WaterWorksNamespace { things: [WaterWorksThing!]! }
  extend type Query { waterWorks: WaterWorksNamespace, water: WaterThing } extend type Mutation { enterWaterWorksThing(input: EnterWaterWorksThingInput!): WaterWorksThing, enterWaterThing: WaterThing }
  extend type Unit { waterWorksThings: [WaterWorksThing!]! }`))

test('the part of a plugin: its types whole, its fields on others as extensions', () => {
  const sdl = partOf(WITH, 'water-works', [])!
  expect(sdl.match(/^(extend type|type|input) \w+/gm)).toEqual(['input EnterWaterWorksThingInput', 'type WaterWorksNamespace', 'type WaterWorksThing', 'extend type Mutation', 'extend type Query', 'extend type Unit'])
  expect(sdl).toContain('enterWaterWorksThing(input')
  expect(sdl).not.toContain('enterWaterThing')
  // It fits the core again, and gives the same part: nothing is lost on the way.
  expect(partOf(extendSchema(CORE, parse(sdl)), 'water-works', [])).toBe(sdl)
})

test('of two names that fit, the longer one is meant', () => {
  expect(partOf(WITH, 'water', ['water-works'])!.match(/^(extend type|type|input) \w+/gm)).toEqual(['type WaterThing', 'extend type Mutation', 'extend type Query'])
  expect(partOf(CORE, 'water', [])).toBeNull()
})

test('lint: names and words', () => {
  expect(lintSdl('"A thing（事项）." type WaterThing { "Number（编号）." no: String }')).toEqual([])
  expect(lintSdl('type water_thing { Bad: String "只有中文" ok(x: Int): Int }').map(p => [p.code, p.path])).toEqual([
    ['SDL_NAME', 'water_thing'], ['SDL_DESCRIPTION', 'water_thing'], ['SDL_NAME', 'water_thing.Bad'], ['SDL_DESCRIPTION', 'water_thing.Bad'],
    ['SDL_DESCRIPTION', 'water_thing.ok'], ['SDL_DESCRIPTION', 'water_thing.ok.x'],
  ])
})
