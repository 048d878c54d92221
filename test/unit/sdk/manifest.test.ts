import { definePlugin, z } from '../../../src/sdk'
import { isPlugin, readManifest } from '../../../src/sdk/manifest'

const base = { name: 'water-works', title: { zh: '水利', en: 'Water' }, version: '1.0.0', core: '^1.0.0' } as const
const problems = (definition: unknown): string[] => {
  const read = readManifest(definition)
  return 'problems' in read ? read.problems.map(p => p.path) : []
}

test('a sound manifest, with the short form of its name', () => {
  const read = readManifest(definePlugin({ ...base, tier: 0, catalog: 'catalog' }))
  expect(read).toMatchObject({ manifest: { name: 'water-works', short: 'ww', requires: {}, tier: 0 } })
  expect(readManifest({ ...base, name: 'water', tier: 0, catalog: 'catalog' })).toMatchObject({ manifest: { short: 'water' } })
  expect(readManifest({ ...base, short: 'wtr', tier: 0, catalog: 'catalog' })).toMatchObject({ manifest: { short: 'wtr' } })
  expect(isPlugin(definePlugin({ ...base, tier: 0, catalog: 'catalog' }))).toBe(true)
  expect(isPlugin({ ...base, tier: 0 })).toBe(false)
})

test.each([
  ['a misspelt key', { ...base, tier: 0, catalog: 'catalog', catlog: 'x' }, ''],
  ['no catalog in a plugin of content', { ...base, tier: 0 }, 'catalog'],
  ['code in a plugin of content', { ...base, tier: 1, catalog: 'catalog', code: './code' }, 'code'],
  ['settings that nothing could read', { ...base, tier: 1, catalog: 'catalog', config: z.object({}) }, 'config'],
  ['no code in tier 2', { ...base, tier: 2 }, 'code'],
  ['a name with capitals', { ...base, name: 'WaterWorks', tier: 0, catalog: 'catalog' }, 'name'],
  ['a version that is none', { ...base, version: 'newest', tier: 0, catalog: 'catalog' }, 'version'],
  ['a folder outside the plugin', { ...base, tier: 0, catalog: '../other' }, 'catalog'],
  ['a schema that is none', { ...base, tier: 2, code: './code', config: {} }, 'config'],
  ['a tier that is none', { ...base, tier: 3, catalog: 'catalog' }, 'tier'],
])('refused: %s', (_, definition, path) => expect(problems(definition)).toContain(path))
