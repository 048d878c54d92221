import 'reflect-metadata'
import { type PluginHost } from '../../src/plugin/host'
import { type TestDatabase, testDatabase } from '../support/database'
import { BROKEN, content, sound } from './fixtures/broken'
import { PluginFolder, startHere, stateOf } from './support'

let t: TestDatabase
let host: PluginHost
const folder = new PluginFolder({
  ...Object.fromEntries(Object.entries(BROKEN).map(([name, { files }]) => [name, files])),
  'good-one': sound('good-one'), 'plain-content': content('plain-content'),
  'needs-broken': sound('needs-broken', { manifest: { requires: { 'throws-at-start': '^1.0.0' } } }),
})
beforeAll(async () => {
  t = await testDatabase()
  host = await startHere(t, folder.settings())
}, 120_000)
afterAll(async () => {
  await host?.close()
  await t.close()
  folder.delete()
})

test.each(Object.entries(BROKEN))('%s is quarantined with its reason', (name, { phase, code, says }) => {
  const found = stateOf(host, name)!
  expect([found.state, found.phase, found.codes[0]]).toEqual(['QUARANTINED', phase, code])
  if (says) expect(host.states.find(s => s.code === name)!.problems.map(p => p.message).join('\n')).toMatch(says)
})

test('the sound ones run beside them; one that needs a broken one does not', () => {
  expect(stateOf(host, 'good-one')).toMatchObject({ state: 'ENABLED', reason: null })
  expect(stateOf(host, 'plain-content')).toMatchObject({ state: 'ENABLED', reason: null })
  expect(stateOf(host, 'needs-broken')).toMatchObject({ state: 'QUARANTINED', phase: 'LINK', codes: ['REQUIRES'] })
  expect(host.modules.map(m => m.name)).toEqual(['good-one'])
})

test('a failing migration leaves nothing behind: no schema, no ledger, nothing of the core changed', async () => {
  const { rows: schemas } = await t.owner.query<{ nspname: string }>(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'plugin\\_%' ORDER BY 1`)
  // Those that failed after their migration keep their empty tables: their next start finds them.
  expect(schemas.map(s => s.nspname)).toEqual(['plugin_good_one', 'plugin_never_starts', 'plugin_throws_at_start', 'plugin_wrong_reads'])
  const { rows: ledger } = await t.owner.query<{ plugin_code: string }>('SELECT DISTINCT plugin_code FROM plugin_ledger ORDER BY 1')
  expect(ledger.map(l => l.plugin_code)).toEqual(['good-one', 'never-starts', 'throws-at-start', 'wrong-reads'])
  expect((await t.owner.query(`SELECT count(*)::int AS n FROM information_schema.columns WHERE table_name = 'unit' AND column_name = 'evil'`)).rows).toEqual([{ n: 0 }])
  expect((await t.owner.query(`SELECT count(*)::int AS n FROM risk_matrix WHERE name_zh = 'x'`)).rows).toEqual([{ n: 0 }])
})

test('what never ran adds nothing to the schema', () => {
  expect(host.unavailable).toEqual([])
})
