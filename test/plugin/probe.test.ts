import { execFileSync } from 'node:child_process'
import type { Probed } from '../../src/plugin/find-and-probe'
import { probePlugins } from '../../src/plugin/find-and-probe'
import { content, DANGEROUS, sound } from './fixtures/broken'
import { MODULES, PluginFolder } from './support'

let probed: Map<string, Probed>
const folder = new PluginFolder({
  ...Object.fromEntries(Object.entries(DANGEROUS).map(([name, { files }]) => [name, files])),
  'good-one': sound('good-one'), 'plain-content': content('plain-content'),
})
beforeAll(async () => {
  const found = await probePlugins({ settings: folder.settings({ probeTimeout: 8_000 }), coreVersion: '1.0.0', schemaModule: MODULES })
  probed = new Map(found.map(p => [p.found.name, p]))
}, 300_000)
afterAll(() => folder.delete())

test.each(Object.entries(DANGEROUS))('%s never reaches this process', (name, { phase, code, says }) => {
  const { failure, descriptor } = probed.get(name)!.examined
  expect(descriptor).toBeNull()
  expect([failure!.phase, failure!.problems[0]!.code]).toEqual([phase, code])
  if (says) expect(failure!.problems[0]!.message).toMatch(says)
})

test('a sound plugin is described: what it claims, where, and its part of the schema', () => {
  const { descriptor, failure } = probed.get('good-one')!.examined
  expect(failure).toBeNull()
  expect(descriptor!.claims).toEqual(expect.arrayContaining([
    { kind: 'TYPE', name: 'GoodOneThing', file: null }, { kind: 'FIELD', name: 'Unit.goodOneThings', file: null }, { kind: 'QUERY', name: 'goodOne', file: null },
    { kind: 'TABLE', name: 'plugin_good_one.thing', file: null }, { kind: 'ID_PREFIX', name: 'go_thing', file: null }, { kind: 'CODE_PREFIX', name: 'good-one.', file: null },
    { kind: 'TYPE', name: 'GoodOneThingConnection', file: null },
  ]))
  expect(descriptor!.sdl).toMatch(/^type GoodOneThing implements Node/m)
  expect(descriptor!.sdl).toMatch(/^extend type Unit {[^}]*goodOneThings/m)
  expect(descriptor!.sdl).toMatch(/^extend type Query {[^}]*goodOne:/m)
  expect(descriptor!.sdl).not.toMatch(/^type Unit/m)
  expect(descriptor!.migrations).toEqual([{ name: '20260101000001-thing', checksum: expect.stringMatching(/^[0-9a-f]{64}$/) }])
})

test('content is read without any process', () => {
  expect(probed.get('plain-content')!.examined.descriptor).toMatchObject({ codeFile: null, sdl: null, catalog: { version: '1.0.0', items: 1, indicators: 0 } })
})

test('no process is left behind', () => {
  const children = execFileSync('ps', ['-eo', 'ppid,args']).toString().split('\n').filter(l => l.trim().startsWith(`${process.pid} `) && l.includes('probe-child'))
  expect(children).toEqual([])
})
