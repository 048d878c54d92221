import 'reflect-metadata'
import { findPlugins } from '../../src/plugin/find'
import { scaffold } from '../../src/plugin/scaffold'
import { defaultPluginSettings } from '../../src/plugin/settings'
import { sound } from './fixtures/broken'
import { expectScaffoldPasses, kit, wrong } from './scaffolded'
import { PluginFolder } from './support'

const folder = new PluginFolder()
afterAll(() => folder.delete())

test.each(findPlugins(defaultPluginSettings({ packages: null })).map(f => f.name))('the plugin %s of this repository keeps the contract', async name => {
  const checks = await kit(name, defaultPluginSettings({ packages: null }))
  expect(wrong(checks)).toEqual([])
  expect(checks.length).toBeGreaterThanOrEqual(6)
}, 180_000)

test('what the scaffold makes for tier 2 passes as it is', () => expectScaffoldPasses(folder, 2), 180_000)

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
  const problems = wrong(await kit('careless-one', folder.settings()))
  expect(problems).toEqual([
    expect.stringContaining('README: There is no README.md'),
    expect.stringContaining('SDL_NAME: CarelessOneThing.Bad_name'), expect.stringContaining('SDL_DESCRIPTION: CarelessOneThing.Bad_name'),
    expect.stringMatching(/MIGRATION: .*(forgotten|DROP SCHEMA|cannot drop schema)/),
    'DEMO: notes.csv: a sheet is <import>/<unit code>.csv or figures.csv.', 'DEMO: permits/510821-H1.csv: the plugin has no import permits.',
  ])
}, 180_000)
