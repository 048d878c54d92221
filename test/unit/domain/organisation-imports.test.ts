import { importDivisions } from '../../../src/domain/division'
import { problemsOf, sourceOf } from '../../../src/domain/import'
import { importUnitRelations } from '../../../src/domain/unit'
import { testDatabase, type TestDatabase } from '../../support/database'
import { personWith } from '../../support/registers-fixture'
import { smallCity, SYSTEM } from '../../support/small-city'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
  await smallCity(t.db)
})
afterAll(() => t.close())

const cells = async (p: Promise<unknown>): Promise<[string, string][]> => (await p.then(() => { throw new Error('imported') }, problemsOf)).problems.map(x => [x.cell, x.code])

describe('relations', () => {
  const load = (...rows: string[][]) => importUnitRelations(t.db, SYSTEM, sourceOf('relations', ['fromUnitCode', 'toUnitCode', 'kind', 'from', 'to'], rows))

  test('are written with the days of the file, by code or label', async () => {
    await load(['510821-OG', '510821105', '派出片区', '2020-01-01', '2021-01-01'], ['510821-OG', '510821105', 'OUTPOST', '2021-01-01', ''])
    expect(await t.db.rows(`SELECT r.kind, r.valid_from, r.valid_to FROM unit_relation r JOIN unit f ON f.id = r.from_unit_id WHERE f.code = '510821-OG' ORDER BY r.valid_from`))
      .toEqual([{ kind: 'OUTPOST', valid_from: '2020-01-01', valid_to: '2021-01-01' }, { kind: 'OUTPOST', valid_from: '2021-01-01', valid_to: null }])
  })

  test('tell what does not fit, with its cell', async () => {
    await load(['510800-SO6', '510802', 'LIAISON', '2020-01-01', ''])
    expect(await cells(load(
      ['NOWHERE', '510821-HEALTH', 'DISPATCHED', '2020-01-01', ''], ['510821-CCDI', '510821-HEALTH', 'DISPATCHED', '2020-01-01', ''],
      ['510821-OG', '510821-HEALTH', 'OUTPOST', '2020-01-01', ''], ['510821-DG', '510821-DG', 'DISPATCHED', '2020-01-01', ''],
      ['510821-DG', '510821-HEALTH', 'DISPATCHED', '2020-01-01', '2019-01-01'], ['510821-DG', '510821-HOSPITAL', 'DISPATCHED', '2020-01-01', '2022-01-01'],
      ['510821-DG', '510821-HOSPITAL', 'DISPATCHED', '2021-01-01', ''], ['510800-SO6', '510802', 'LIAISON', '2026-01-01', ''], ['510821-DG', '510821', 'TERRITORIAL', '', ''],
    ))).toEqual([['A2', 'UNKNOWN_UNIT'], ['A3', 'WRONG_KIND'], ['B4', 'WRONG_KIND'], ['B5', 'SAME_UNIT'], ['E6', 'DATE_ORDER'], ['B8', 'DUPLICATE'], ['B9', 'EXISTS'], ['C10', 'NOT_IN_LIST']])
  })
})

describe('divisions', () => {
  const HEADER = ['区划代码', '名称', '级别', '上级区划代码', '启用日期', '停用日期', '替代代码']
  const load = (...rows: string[][]) => importDivisions(t.db, SYSTEM, sourceOf('divisions', HEADER, rows))

  test('a code may stand for one division after another, a functional zone has a local one', async () => {
    await load(['5108E1', '广元经济技术开发区', '功能区', '510800', '2020-01-01', '', ''])
    const rows = await t.db.rows(`SELECT name_zh, level, name_initials FROM administrative_division WHERE code IN ('510811', '5108E1') ORDER BY valid_from`)
    expect(rows).toEqual([{ name_zh: '元坝区', level: 'COUNTY', name_initials: 'ybq' }, { name_zh: '昭化区', level: 'COUNTY', name_initials: 'zhq' }, { name_zh: '广元经济技术开发区', level: 'FUNCTIONAL_ZONE', name_initials: 'gyjjjskfq' }])
  })

  test('tell what does not fit, with its cell', async () => {
    expect(await cells(load(
      ['51080', '短', 'COUNTY', '', '2020-01-01', '', ''], ['510823', '剑阁县', 'COUNTY', '519000', '2020-01-01', '', '519001'], ['510811', '又一个', 'COUNTY', '510800', '2012-12-31', '2013-06-01', ''],
      ['510824', '苍溪县', 'COUNTY', '510800', '2020-01-01', '2019-01-01', ''], ['510825', '甲', 'COUNTY', '510800', '2020-01-01', '2022-01-01', ''], ['510825', '乙', 'COUNTY', '510800', '2021-01-01', '', ''],
    ))).toEqual([['A2', 'BAD_FORMAT'], ['D3', 'UNKNOWN_DIVISION'], ['G3', 'UNKNOWN_DIVISION'], ['A4', 'EXISTS'], ['F5', 'DATE_ORDER'], ['A7', 'DUPLICATE']])
  })

  test('are the business of the whole installation', async () => {
    expect(await cells(importDivisions(t.db, personWith(['PLATFORM_ADMIN'], { path: '/510800/' }), sourceOf('d', HEADER, [['510822', '青川县', 'COUNTY', '510800', '2020-01-01', '', '']])))).toEqual([['A2', 'NOT_ALLOWED']])
  })
})
