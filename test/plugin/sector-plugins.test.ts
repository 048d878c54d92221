import 'reflect-metadata'
import pino from 'pino'
import { loadPlugins, type PluginHost } from '../../src/plugin/host'
import { defaultPluginSettings } from '../../src/plugin/settings'
import { type TestDatabase, testDatabase } from '../support/database'

let t: TestDatabase
let host: PluginHost
beforeAll(async () => {
  t = await testDatabase()
  const settings = defaultPluginSettings({ enabled: ['health-procurement', 'medical-insurance'] })
  host = await loadPlugins({ settings, coreVersion: '1.0.0', schemaModule: require.resolve('../../src/modules'), db: t.db, ownerUrl: t.url, log: pino({ level: 'warn' }) })
}, 120_000)
afterAll(async () => {
  await host?.close()
  await t.close()
})

test('both run', () => {
  expect(host.states.map(s => ({ code: s.code, state: s.state, problems: s.problems, p: s['provides'] }))).toEqual([])
})
