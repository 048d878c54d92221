import 'reflect-metadata'
import { findPlugins } from '../../src/plugin/find'
import { checkPlugin, type KitCheck } from '../../src/plugin/kit'
import { scaffold } from '../../src/plugin/scaffold'
import { defaultPluginSettings } from '../../src/plugin/settings'
import { emptyClone } from '../support/database'
import { sound } from './fixtures/broken'
import { MODULES, PluginFolder } from './support'

const folder = new PluginFolder()
afterAll(() => folder.delete())

async function kit(name: string, settings = folder.settings()): Promise<KitCheck[]> {
  const scratch = await emptyClone()
  try {
    return await checkPlugin(name, { settings, coreVersion: '1.0.0', schemaModule: MODULES, scratchUrl: scratch.url })
  } finally {
    await scratch.drop()
  }
}
const wrong = (checks: KitCheck[]): string[] => checks.flatMap(c => c.problems.map(p => `${p.code}: ${p.message}`))

test.each(findPlugins(defaultPluginSettings({ packages: null })).map(f => f.name))('the plugin %s of this repository keeps the contract', async name => {
  const checks = await kit(name, defaultPluginSettings({ packages: null }))
  expect(wrong(checks)).toEqual([])
  expect(checks.length).toBeGreaterThanOrEqual(6)
}, 180_000)

test.each([0, 1, 2] as const)('what the scaffold makes for tier %i passes as it is', async tier => {
  const name = `road-works-${['zero', 'one', 'two'][tier]}`
  const files = scaffold({ folder: folder.path, name, tier, titleZh: '交通工程', titleEn: 'Road works' })
  expect(files).toContain('README.md')
  expect(wrong(await kit(name))).toEqual([])
}, 180_000)

test('the scaffold overwrites nothing and takes no strange name', () => {
  const make = (name: string): string[] => scaffold({ folder: folder.path, name, tier: 0, titleZh: '测试', titleEn: 'Test' })
  make('some-sector')
  expect(() => make('some-sector')).toThrow('already there')
  for (const name of ['../x', 'Sector-One', 'single', 'a--b', '']) expect(() => make(name)).toThrow('named by at least two')
})

test('the kit sees what only authors can mend', async () => {
  folder.write('careless-one', { 'demo/notes.csv': '', 'demo/permits/510821-H1.csv': '', ...sound('careless-one', {
    manifest: { demo: 'demo' },
    code: `Field(() => String, { description: 'no chinese' })(Thing.prototype, 'Bad_name')
      code.reads = [{ ...reads, columns: { ...reads.columns, Bad_name: text({ sql: 'no' }) } }]`,
    migrations: `[migration({ name: '20260101000001-thing', up: [CREATE, 'GRANT SELECT, INSERT, UPDATE ON thing TO plumbline_app', 'CREATE TABLE forgotten (id uuid)'], down: ['DROP TABLE thing'] })]`,
  }) })
  const problems = wrong(await kit('careless-one'))
  expect(problems).toEqual([
    expect.stringContaining('README: There is no README.md'),
    expect.stringContaining('SDL_NAME: CarelessOneThing.Bad_name'), expect.stringContaining('SDL_DESCRIPTION: CarelessOneThing.Bad_name'),
    expect.stringMatching(/MIGRATION: .*(forgotten|DROP SCHEMA|cannot drop schema)/),
    'DEMO: notes.csv: a sheet is <import>/<unit code>.csv or figures.csv.', 'DEMO: permits/510821-H1.csv: the plugin has no import permits.',
  ])
}, 180_000)
