import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Examined } from '../../../src/plugin/examine'
import type { Found } from '../../../src/plugin/find'
import { ProbeCache } from '../../../src/plugin/probe-cache'

let folder: string
let file: string
let found: Found
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'plumbline-cache-'))
  file = path.join(folder, 'data', 'plugins.json')
  const root = path.join(folder, 'water')
  mkdirSync(path.join(root, 'catalog'), { recursive: true })
  writeFileSync(path.join(root, 'plugin.ts'), 'export const plugin = 1\n')
  writeFileSync(path.join(root, 'catalog', 'powers.yaml'), 'powers: []\n')
  found = { name: 'water', source: 'FOLDER', root, entry: { kind: 'module', file: path.join(root, 'plugin.ts') } }
})
afterEach(() => rmSync(folder, { recursive: true }))

const good: Examined = { manifest: { name: 'water' } as Examined['manifest'], descriptor: { sdl: 'type Water' } as Examined['descriptor'], failure: null }
const cache = (options: unknown = ['1.0.0']): ProbeCache => new ProbeCache(file, [found], options)
const remember = (examined: Examined = good, settings: unknown = { limit: 1 }): void => {
  const c = cache()
  c.put('water', settings, examined)
  c.save()
}

test('what came of looking is there at the next start on the same state', () => {
  expect(cache().get('water', { limit: 1 })).toBeNull()
  remember()
  expect(cache().get('water', { limit: 1 })).toEqual(good)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test.each([
  ['a byte of the plugin', () => writeFileSync(path.join(found.root, 'plugin.ts'), 'export const plugin = 2\n')],
  ['a byte of its catalog', () => writeFileSync(path.join(found.root, 'catalog', 'powers.yaml'), 'powers: [ ]\n')],
  ['a file more', () => writeFileSync(path.join(found.root, 'more.ts'), '')],
  ['a file less', () => rmSync(path.join(found.root, 'catalog', 'powers.yaml'))],
])('%s is another state', (_, change) => {
  remember()
  change()
  expect(cache().get('water', { limit: 1 })).toBeNull()
})

test('so are other settings, another core and another plugin beside it', () => {
  remember()
  expect(cache().get('water', { limit: 2 })).toBeNull()
  expect(cache(['1.1.0']).get('water', { limit: 1 })).toBeNull()
  expect(new ProbeCache(file, [found, { ...found, name: 'air', root: path.join(found.root, 'catalog'), entry: null }], ['1.0.0']).get('water', { limit: 1 })).toBeNull()
})

test('a failure is looked at again', () => {
  remember()
  remember({ manifest: null, descriptor: null, failure: { phase: 'LOAD', problems: [] } as unknown as Examined['failure'] })
  expect(cache().get('water', { limit: 1 })).toBeNull()
})

test('a damaged file is an empty one, and a folder that cannot be written is no failure', () => {
  remember()
  writeFileSync(file, '{ half')
  expect(cache().get('water', { limit: 1 })).toBeNull()
  const nowhere = new ProbeCache(path.join(found.root, 'plugin.ts', 'plugins.json'), [found], [])
  nowhere.put('water', null, good)
  expect(() => nowhere.save()).not.toThrow()
})
