import pino from 'pino'
import { loadPlugins } from '../../src/plugin/host'
import { defaultPluginSettings } from '../../src/plugin/settings'
import { sectorWorld, type SectorWorld } from '../support/sector-world'
import { testServer, type TestServer } from '../support/server'
import { pluginsOfTheRun } from '../support/test-server'

let s: TestServer
let w: SectorWorld
beforeAll(async () => {
  s = await testServer({
    plugins: [],
    before: async t => {
      w = await sectorWorld(t.db)
      // An earlier start, at which one plugin ran.
      const settings = defaultPluginSettings({ enabled: ['medical-insurance'] })
      const host = await loadPlugins({ settings, coreVersion: '1.0.0', schemaModule: require.resolve('../../src/modules'), db: t.db, ownerUrl: t.url, log: pino({ level: 'silent' }), cacheFile: pluginsOfTheRun() })
      expect(host.states.map(p => [p.code, p.state])).toEqual([['health-procurement', 'DISABLED'], ['medical-insurance', 'ENABLED']])
      await host.close()
      await t.owner.query(`INSERT INTO plugin_medical_insurance.violation_record (id, unit_id, record_no, provider_code, provider_name, channel, stage, outcome, created_by, updated_by)
        SELECT gen_random_uuid(), id, 'V-1', 'P1', '某医院', 'COMPLAINT', 'CLOSED', 'NO_VIOLATION', 'test', 'test' FROM unit WHERE code = '510821-MI'`)
    },
  })
}, 180_000)
afterAll(() => s?.close())

test('the plugin that ran is still in the schema and says that it is not available; the core answers beside it', async () => {
  const { data, errors } = await s.query<{ unit: { nameZh: string; medicalInsuranceViolationRecords: null }; medicalInsurance: null }>(
    'query($id: ID!) { unit(id: $id) { nameZh medicalInsuranceViolationRecords { totalCount nodes { recordNo } } } medicalInsurance { violationRecords { totalCount } } }', { id: w.ref('510821-MI') }, 'county')
  expect(data).toEqual({ unit: { nameZh: '旺苍县医疗保障局', medicalInsuranceViolationRecords: null }, medicalInsurance: null })
  expect(errors.map(e => [e.path!.join('.'), e.extensions.code])).toEqual(expect.arrayContaining([['unit.medicalInsuranceViolationRecords', 'PLUGIN_UNAVAILABLE'], ['medicalInsurance', 'PLUGIN_UNAVAILABLE']]))
  const written = await s.query('mutation($i: ImportMedicalInsuranceViolationRecordsInput!) { importMedicalInsuranceViolationRecords(input: $i) { added } }',
    { i: { unitId: w.ref('510821-MI'), fileName: 'x.csv', contentBase64: 'eA==' } }, 'mi-editor')
  expect(written.errors[0]!.extensions.code).toBe('PLUGIN_UNAVAILABLE')
})

test('the one that never ran adds nothing', async () => {
  const { errors } = await s.query('{ healthProcurement { contracts { totalCount } } }', {}, 'county')
  expect(errors[0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
})

test('its state, its data and what it brought can be asked for', async () => {
  const { pluginByCode } = await s.data<{ pluginByCode: unknown }>('{ pluginByCode(code: "medical-insurance") { state reason version leftovers { table rows } provides { types catalogItems } } }', {}, 'admin')
  expect(pluginByCode).toMatchObject({ state: 'DISABLED', reason: null, version: '1.0.0', leftovers: [{ table: 'plugin_medical_insurance.violation_record', rows: 1 }] })
})

test('an indicator that the plugin counts for is told as not computed, never as 0', async () => {
  const { unit } = await s.data<{ unit: { indicatorValue: unknown } }>('query($u: ID!) { unit(id: $u) { indicatorValue(code: "medical-insurance.indicator.recovery-rate", period: "2025") { value nullReason missing } } }', { u: w.ref('510821-MI') }, 'county')
  expect(unit.indicatorValue).toEqual({ value: null, nullReason: 'NOT_COMPUTED', missing: ['foundAmount', 'recoveredAmount'] })
})

test('its codes go on explaining the rows that hold them', async () => {
  const { codes } = await s.data<{ codes: { totalCount: number; nodes: unknown[] } }>(
    '{ codes(first: 1, filter: { list: { eq: VIOLATION_TYPE }, code: { eq: "medical-insurance.violation-type.split-admission" } }) { totalCount nodes { labelZh labelEn pluginCode catalogVersion retiredOn } } }', {}, 'county')
  expect(codes).toEqual({ totalCount: 1, nodes: [{ labelZh: '分解住院', labelEn: 'Splitting admissions', pluginCode: 'medical-insurance', catalogVersion: '1.0.0', retiredOn: null }] })
})
