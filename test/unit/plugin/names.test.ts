import { hasPrefix, isCommandOf, isFieldOf, isTypeOf } from '../../../src/plugin/names'
import { outsideNamespace, permissionProblems } from '../../../src/plugin/namespace'
import type { Claim, ClaimKind, PlainManifest } from '../../../src/plugin/descriptor'

test.each([
  ['HealthContract', 'Health', true], ['Health', 'Health', true], ['Healthy', 'Health', false], ['MyHealth', 'Health', false], ['Health2', 'Health', true],
])('%s begins with %s as a word: %s', (name, prefix, is) => expect(hasPrefix(name, prefix)).toBe(is))

test('what is a plugin’s by its name', () => {
  expect(isTypeOf('WaterWorksThing', 'water-works')).toBe(true)
  expect(isTypeOf('ImportWaterWorksThingsInput', 'water-works')).toBe(true)
  expect(isTypeOf('ImportWaterWorksThings', 'water-works')).toBe(false)
  expect(isTypeOf('WaterworksThing', 'water-works')).toBe(false)
  expect(isCommandOf('importWaterWorksThings', 'water-works')).toBe(true)
  expect(isCommandOf('waterWorksImport', 'water-works')).toBe(false)
  expect(isFieldOf('waterWorksThings', 'water-works')).toBe(true)
  expect(isFieldOf('things', 'water-works')).toBe(false)
})

const manifest = { name: 'water-works', short: 'ww', requires: {} } as unknown as PlainManifest
const claim = (kind: ClaimKind, name: string): Claim => ({ kind, name, file: 'code.ts' })

test.each<[ClaimKind, string, string]>([
  ['TYPE', 'WaterWorksThing', 'Thing'], ['FIELD', 'Unit.waterWorksThings', 'Unit.things'], ['QUERY', 'waterWorks', 'works'], ['MUTATION', 'enterWaterWorksThing', 'enterThing'],
  ['SUBSCRIPTION', 'waterWorksChanged', 'changed'], ['TABLE', 'plugin_water_works.thing', 'public.thing'], ['ID_PREFIX', 'ww_thing', 'thing'],
  ['PERMISSION', 'Mutation.enterWaterWorksThing', 'Mutation.approveResponsibilityList'], ['PERMISSION', 'Unit.waterWorksThings', 'Person.staffNo'],
  ['ROUTE', '/plugins/water-works/template.csv', '/plugins/water-works/../../etc/passwd'],
])('%s: %s is inside, %s is not', (kind, inside, outside) => {
  expect(outsideNamespace(manifest, [claim(kind, inside)])).toEqual([])
  expect(outsideNamespace(manifest, [claim(kind, outside)])).toEqual([expect.objectContaining({ code: 'NAMESPACE', file: 'code.ts' })])
})

test('a command without a permission, and a door open to everybody', () => {
  const claims = [claim('MUTATION', 'enterWaterWorksThing')]
  expect(permissionProblems(claims, {}, [])).toEqual([expect.objectContaining({ message: 'Mutation.enterWaterWorksThing has no declared permission.' })])
  expect(permissionProblems(claims, { Mutation: { enterWaterWorksThing: ['UNIT_EDITOR'] } }, [])).toEqual([])
  expect(permissionProblems([], {}, [{ type: 'WaterWorksThing', permission: 'public' }])).toHaveLength(1)
})
