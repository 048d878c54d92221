import 'reflect-metadata'
import { loadActor } from '../../../../src/auth'
import { systemActor } from '../../../../src/core/actor'
import type { Origin } from '../../../../src/core/request'
import { runCommand } from '../../../../src/database/command'
import { json } from '../../../../src/database/transaction'
import { EvaluationService, importIndicatorFigures, publishDefinitions, variableSources } from '../../../../src/domain/indicator'
import type { Asked } from '../../../../src/domain/indicator/evaluation.service'
import { FigureService } from '../../../../src/domain/indicator/figure.service'
import { problemsOf, sourceOf } from '../../../../src/domain/import'
import { originOf } from '../../../support/registers-fixture'
import { sectorWorld, type SectorWorld } from '../../../support/sector-world'
import { type TestDatabase, testDatabase } from '../../../support/database'

let t: TestDatabase
let w: SectorWorld
let evaluation: EvaluationService
let figures: FigureService
const people: Record<string, Origin> = {}
const SYSTEM = originOf(systemActor('test'))
const HOSPITALS = { unitKinds: ['PUBLIC_INSTITUTION'], sectorCodes: ['hospital'], levels: ['COUNTY'] }

const definition = (slug: string, more: object = {}) => {
  const values = {
    name_zh: slug, name_en: slug, calibre_zh: slug, calibre_en: slug, numerator: 'value.drugs', denominator: 'value.income', multiplier: '100', decimals: 2, unit_label: '%', direction: 'LOWER_BETTER',
    period_kinds: ['MONTH', 'YEAR'], aggregation: 'RATIO_OF_SUMS', min_denominator: '1000', audiences: [HOSPITALS], legal_basis: [], source_note: null, is_synthetic: true,
    variables: [{ code: 'drugs', source: 'REPORTED' }, { code: 'income', source: 'REPORTED' }], ...more,
  }
  return { code: `test.indicator.${slug}`, contentHash: JSON.stringify(values), values }
}
const DEFINITIONS = [
  definition('ratio'),
  definition('growth', { numerator: 'value.income - previous.income', denominator: 'previous.income', variables: [{ code: 'income', source: 'REPORTED' }] }),
  definition('counted', { numerator: 'value.things', denominator: 'value.income', variables: [{ code: 'things', source: 'COMPUTED' }, { code: 'income', source: 'REPORTED' }] }),
]

beforeAll(async () => {
  t = await testDatabase()
  w = await sectorWorld(t.db)
  evaluation = new EvaluationService(t.db)
  figures = new FigureService(t.db)
  for (const staffNo of ['editor', 'stranger', 'county']) people[staffNo] = originOf((await loadActor(t.db, { staffNo }))!)
  await runCommand(t.db, SYSTEM, 'test', {}, async tx => {
    tx.insert('catalog_release', {
      plugin_code: 'test', version: '1.0.0', content_hash: 'x', code_prefix: 't', title_zh: '测试', title_en: 'Test', state: 'PUBLISHED', published_at: '2026-01-01T00:00:00Z', items_count: 0,
      variables: json([{ code: 'drugs', source: 'REPORTED' }, { code: 'income', source: 'REPORTED' }, { code: 'things', source: 'COMPUTED' }]),
    })
    await publishDefinitions(tx, 'test', '1.0.0', DEFINITIONS)
  })
})
afterAll(() => t.close())

const report = (unit: string, period: string, values: Record<string, string>, who = 'editor') => figures.report(people[who]!, {
  unitId: w.ref(unit), pluginCode: 'test', period, figures: Object.entries(values).map(([variable, value]) => ({ variable, value })),
})
const rowId = (code: string): string => w.ref(code).slice(-36)
const ask = (unit: string, slug: string, period: string, rollUp: Asked['rollUp'] = 'UNIT'): Asked => ({ unitId: rowId(unit), code: `test.indicator.${slug}`, period, rollUp })
const one = async (...args: Parameters<typeof ask>) => (await evaluation.evaluate([ask(...args)]))[0]

test('reported once, corrected, left alone: the register keeps the earlier value', async () => {
  expect(await report('510821-H1', '2020', { drugs: '10.50', income: '100' })).toMatchObject({ added: 2, changed: 0, unchanged: 0 })
  expect(await report('510821-H1', '2020', { drugs: '10.5', income: '120' })).toMatchObject({ added: 0, changed: 1, unchanged: 1 })
  const { rows } = await t.owner.query(`SELECT h.value, f.value AS now FROM indicator_figure_history h JOIN indicator_figure f USING (id) WHERE f.period = '2020'`)
  expect(rows).toEqual([{ value: '100', now: '120' }])
})

test('who may report, and what', async () => {
  await expect(report('510821-H1', '2020', { drugs: '1' }, 'stranger')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(report('510821-H1', '2020', { drugs: '1' }, 'county')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(report('510821-H1', '2020', { things: '1', nothing: '2' })).rejects.toMatchObject({ code: 'BAD_INPUT', details: { violations: [{ path: 'figures.0.variable', rule: 'known' }, { path: 'figures.1.variable', rule: 'known' }] } })
})

test('a subtree is the ratio of sums, tells who is in it, and passes over who reported half', async () => {
  await report('510821-H1', '2021', { drugs: '10', income: '20' })
  await report('510821-H2', '2021', { drugs: '1', income: '2000' })
  expect(await one('510821-HEALTH', 'ratio', '2021', 'SUBTREE')).toMatchObject({ numerator: '11', denominator: '2020', value: '0.54', unitsCounted: 2, unitsExpected: 2, unstable: false })
  expect(await one('510821-H1', 'ratio', '2021')).toMatchObject({ value: '50.00', unstable: true, unitsCounted: 1, unitsExpected: 1 })
  await report('510821-H1', '2022', { drugs: '10', income: '20' })
  await report('510821-H2', '2022', { drugs: '1' })
  expect(await one('510821-HEALTH', 'ratio', '2022', 'SUBTREE')).toMatchObject({ numerator: '10', denominator: '20', unitsCounted: 1, unitsExpected: 2 })
})

test('not for this kind of unit, not for this length of period, not without last year', async () => {
  expect(await one('510821-HEALTH', 'ratio', '2021')).toMatchObject({ value: null, nullReason: 'NOT_APPLICABLE', unitsExpected: 0 })
  expect(await one('510821-H1', 'ratio', '2021-Q1')).toMatchObject({ value: null, nullReason: 'PERIOD_KIND' })
  await report('510821-H1', '2030', { income: '150' })
  expect(await one('510821-H1', 'growth', '2030')).toMatchObject({ value: null, nullReason: 'NO_PREVIOUS', missing: ['previous.income'] })
  await report('510821-H1', '2029', { income: '120' })
  expect(await one('510821-H1', 'growth', '2030')).toMatchObject({ value: '25.00' })
  expect(await evaluation.evaluate([{ unitId: rowId('510821-H1'), code: 'test.indicator.none', period: '2021', rollUp: 'UNIT' }])).toEqual([null])
})

test('a counted variable is 0 where its register has no rows, and not computed while its plugin does not run', async () => {
  await report('510821-H1', '2023', { income: '200' })
  await report('510821-H2', '2023', { income: '300' })
  expect(await one('510821-H1', 'counted', '2023')).toMatchObject({ value: null, nullReason: 'NOT_COMPUTED', missing: ['things'] })
  variableSources(t.db).set('test', { variables: ['things'], figures: async () => new Map([[rowId('510821-H1'), { things: '4' }]]) })
  expect(await one('510821-H1', 'counted', '2023')).toMatchObject({ value: '2.00' })
  expect(await one('510821-H2', 'counted', '2023')).toMatchObject({ value: '0.00' })
  expect(await one('510821-HEALTH', 'counted', '2023', 'SUBTREE')).toMatchObject({ numerator: '4', denominator: '500', value: '0.80' })
  variableSources(t.db).delete('test')
})

test('asked together, the number of statements does not grow with units and indicators', async () => {
  const statements = jest.spyOn(t.db, 'rows')
  await evaluation.evaluate([ask('510821-H1', 'ratio', '2021')])
  const single = statements.mock.calls.length
  statements.mockClear()
  await evaluation.evaluate(['510821-H1', '510821-H2', '510821-MI'].flatMap(u => ['ratio', 'growth'].map(i => ask(u, i, '2021'))))
  expect(statements.mock.calls.length).toBe(single)
  expect(single).toBe(3)
  statements.mockRestore()
})

test('another content is the next version, what is gone is retired, what is the same stays', async () => {
  const publish = (version: string, definitions: typeof DEFINITIONS) => runCommand(t.db, SYSTEM, 'test', {}, tx => publishDefinitions(tx, 'versions', version, definitions))
  const of = (slug: string, more: object = {}) => ({ ...definition(slug, more), code: `versions.indicator.${slug}` })
  await publish('1.0.0', [of('a'), of('b'), of('c')])
  await publish('1.1.0', [of('a'), of('b', { decimals: 1 })])
  await publish('1.2.0', [of('a'), of('b'), of('c')])
  const { rows } = await t.owner.query(`SELECT split_part(code, '.', 3) || version AS v, state, catalog_version FROM indicator_definition WHERE plugin_code = 'versions' ORDER BY code, version`)
  expect(rows.map(r => [r.v, r.state, r.catalog_version])).toEqual([
    ['a1', 'CURRENT', '1.0.0'], ['b1', 'SUPERSEDED', '1.0.0'], ['b2', 'SUPERSEDED', '1.1.0'], ['b3', 'CURRENT', '1.2.0'], ['c1', 'RETIRED', '1.0.0'], ['c2', 'CURRENT', '1.2.0'],
  ])
})

describe('figures from a file', () => {
  const file = (...rows: string[][]) => sourceOf('figures', ['单位代码', '插件', '变量', '期间', '数值', '备注'], rows)
  test('many units at once', async () => {
    const written = await importIndicatorFigures(t.db, people['editor']!, file(['510821-H1', 'test', 'drugs', '2025-01', '1,234.50', ''], ['510821-H2', 'test', 'drugs', '2025-01', '7', '估计数']))
    expect(written).toMatchObject({ added: 2 })
    const { rows } = await t.owner.query(`SELECT value, source, note FROM indicator_figure WHERE period = '2025-01' ORDER BY value DESC`)
    expect(rows).toEqual([{ value: '1234.50', source: 'IMPORTED', note: null }, { value: '7', source: 'IMPORTED', note: '估计数' }])
  })

  test('every fault with its cell, and nothing written', async () => {
    const error = await importIndicatorFigures(t.db, people['editor']!, file(
      ['510802-HEALTH', 'test', 'drugs', '2025-02', '1', ''], ['510821-H1', 'test', 'things', '2025-02', '1', ''], ['510821-H1', 'test', 'drugs', '2025-13', 'x', ''],
      ['510821-H1', 'test', 'income', '2025-02', '1', ''], ['510821-H1', 'test', 'income', '2025-02', '2', ''],
    )).catch((e: unknown) => e)
    expect(problemsOf(error).problems.map(p => [p.cell, p.code])).toEqual([
      ['A2', 'UNKNOWN_UNIT'], ['C3', 'UNKNOWN_VARIABLE'], ['D4', 'NOT_A_PERIOD'], ['E4', 'NOT_A_NUMBER'], ['C6', 'DUPLICATE'],
    ])
    expect((await t.owner.query(`SELECT 1 FROM indicator_figure WHERE period = '2025-02'`)).rows).toEqual([])
  })
})
