import { badInput } from '../../../../src/core/errors'
import { Database } from '../../../../src/database/database'
import { countsOf, importKind } from '../../../../src/domain/import'
import { importKinds, useImports } from '../../../../src/domain/job/import-kinds'
import { coreModules } from '../../../../src/modules'
import { pluginImport } from '../../../../src/plugin/adapt'
import { systemActor } from '../../../../src/core/actor'

const origin = { actor: systemActor('test'), requestId: 'r', address: null }
const db = Object.create(Database.prototype) as Database
const title = { zh: '许可', en: 'Permits' }

test('an import whose roles are not told is for the command line only, and so are divisions, which belong to everybody', () => {
  const run = async (): Promise<never> => { throw badInput('', '', '') }
  useImports(db, [...coreModules.flatMap(m => m.imports ?? []), pluginImport('water', { name: 'permits', title, run }), pluginImport('water', { name: 'wells', title, roles: ['UNIT_EDITOR'], run })])
  expect([...importKinds(db).keys()]).toEqual(['units', 'relations', 'positions', 'persons', 'appointments', 'village-supervisors', 'powers', 'risk-points', 'controls', 'indicator-figures', 'water.wells'])
})

test('rows of a plugin belong to a unit', async () => {
  const kind = pluginImport('water', { name: 'wells', title, run: async (_, { unitId }) => ({ added: unitId.length, changed: 0, unchanged: 0 }) })
  expect(await kind.run(db, origin, { path: 'x', unitId: 'unit' })).toEqual({ added: 4, changed: 0, unchanged: 0 })
  await expect(kind.run(db, origin, { path: 'x' })).rejects.toMatchObject({ code: 'BAD_INPUT', details: { violations: [{ path: 'unitId', rule: 'required' }] } })
})

test('every import says what it did', async () => {
  expect(await importKind({ name: 'x', title, roles: [] }, async () => ({ rows: 3, batch: 'b' })).run(db, origin, { path: 'x' })).toEqual({ added: 3, changed: 0, unchanged: 0 })
  expect(countsOf({ added: 1, changed: 2, unchanged: 3 })).toEqual({ added: 1, changed: 2, unchanged: 3 })
  for (const nothing of [null, 'done', { total: 3 }]) expect(() => countsOf(nothing)).toThrow('how many rows')
})
