import { sectorWorld, type SectorWorld } from '../support/sector-world'
import { testServer, type TestServer } from '../support/server'

let s: TestServer
let w: SectorWorld
beforeAll(async () => {
  s = await testServer({ plugins: ['health-procurement', 'medical-insurance'], before: async t => { w = await sectorWorld(t.db) } })
}, 180_000)
afterAll(() => s?.close())

const base64 = (text: string): string => Buffer.from(text).toString('base64')
interface Imported { added: number; changed: number; unchanged: number }

const HEADER = '合同编号,合同名称,品类,适用制度,采购方式,招标文件发出日期,投标截止日期,有效投标人数,满足参数的品牌数,中标通知书日期,签订日期,备案日期,公告日期,合同金额,补充合同金额,履约保证金,供应商,供应商统一社会信用代码,验收日期,验收书已签字,采购结束日期,档案保存至'
// A good tender · one that breaks four rules · a centralised drug purchase with the same dates · a single source without dates.
const CONTRACTS = [
  'H1-01,CT 设备采购,设备,政府采购,公开招标,2026-01-05,2026-01-26,4,3,2026-02-02,2026-02-24,2026-03-02,2026-02-26,"1,000,000.00",0,100000,某医疗设备公司,12510821FK9000041M,2026-04-01,是,2026-04-30,2041-04-30',
  'H1-02,超声设备采购,设备,政府采购,公开招标,2026-01-05,2026-01-20,1,3,2026-01-22,2026-03-10,2026-03-12,2026-03-12,500000,60000,0,某医疗设备公司,,2026-04-01,是,2026-04-30,2041-04-29',
  'H1-03,集采药品年度合同,药品,药械集中采购,平台采购,2026-01-05,2026-01-10,1,1,2026-01-12,2026-03-20,,,300000,90000,90000,某药业公司,,,,,',
  'H1-04,设备维保,服务,政府采购,单一来源采购,,,,,,2026-03-25,,,200000.50,0,0,某维保公司,,,,,',
]
const IMPORT = 'mutation($input: ImportHealthProcurementContractsInput!) { importHealthProcurementContracts(input: $input) { added changed unchanged } }'
const importContracts = (who: string, unit: string, rows: string[], header = HEADER) =>
  s.query<{ importHealthProcurementContracts: Imported }>(IMPORT, { input: { unitId: w.ref(unit), fileName: 'contracts.csv', contentBase64: base64([header, ...rows].join('\n')) } }, who)

describe('procurement contracts', () => {
  beforeAll(async () => {
    expect((await importContracts('editor', '510821-H1', CONTRACTS)).data).toEqual({ importHealthProcurementContracts: { added: 4, changed: 0, unchanged: 0 } })
  })

  test('the same file again changes nothing, a corrected one only what is different', async () => {
    expect((await importContracts('editor', '510821-H1', CONTRACTS)).data!.importHealthProcurementContracts).toEqual({ added: 0, changed: 0, unchanged: 4 })
    const corrected = CONTRACTS.map(r => r.replace('某维保公司', '某医疗维保公司'))
    expect((await importContracts('editor', '510821-H1', corrected)).data!.importHealthProcurementContracts).toEqual({ added: 0, changed: 1, unchanged: 3 })
  })

  test('legal checks: pass, flag with measure and basis, not applicable outside the regime, cannot tell without facts', async () => {
    interface Check { code: string; result: string; measured: string | null; reason: string | null; appliesTo: string[]; legalBasis: { title: string; article: string }[] }
    const { unit } = await s.data<{ unit: { healthProcurementContracts: { nodes: { contractNo: string; flagCount: number; flaggedChecks: string[]; legalChecks: Check[] }[] } } }>(
      `query($id: ID!) { unit(id: $id) { healthProcurementContracts(first: 10, orderBy: [{ field: CONTRACT_NO }]) { totalCount nodes {
        contractNo flagCount flaggedChecks amount legalChecks { code result measured reason threshold ruleZh appliesTo legalBasis { title article } } } } } }`, { id: w.ref('510821-H1') }, 'county')
    const [good, bad, drugs, single] = unit.healthProcurementContracts.nodes.map(n => ({ ...n, by: (code: string) => n.legalChecks.find(c => c.code === code)! }))
    expect(good!.flaggedChecks).toEqual([])
    expect(good!.by('bid-window')).toMatchObject({ result: 'PASS', measured: '21 天', legalBasis: [{ title: '中华人民共和国政府采购法', article: '第三十五条' }] })
    // Signed on Tuesday 24 February, filed on Monday 2 March: Saturday 28 February was worked in exchange for the Spring Festival.
    expect(good!.by('filing')).toMatchObject({ result: 'PASS', measured: '5 个工作日' })
    expect(bad!.flaggedChecks).toEqual(['bid-window', 'bidders', 'signing', 'supplement', 'archive'])
    expect(bad!.flagCount).toBe(5)
    expect(bad!.by('signing')).toMatchObject({ result: 'FLAG', measured: '47 天', appliesTo: ['GPL', 'BIDDING'] })
    expect(drugs!.legalChecks.map(c => c.result)).toEqual(drugs!.legalChecks.map(() => 'NOT_APPLICABLE'))
    expect(single!.by('bid-window').result).toBe('NOT_APPLICABLE')
    expect(single!.by('filing')).toMatchObject({ result: 'CANNOT_TELL', reason: 'NOT_RECORDED', measured: null })
  })

  test('flagged contracts are a filtered list; the namespace answers one by id', async () => {
    const { healthProcurement } = await s.data<{ healthProcurement: { contracts: { totalCount: number; nodes: { id: string; contractNo: string }[] } } }>(
      'query($u: ID!) { healthProcurement { contracts(filter: { flagCount: { gt: 0 }, unit: { within: $u } }) { totalCount nodes { id contractNo } } } }', { u: w.ref('510821') }, 'county')
    expect(healthProcurement.contracts.nodes.map(n => n.contractNo)).toEqual(['H1-02'])
    const one = await s.data<{ healthProcurement: { contract: { contractNo: string; unit: { code: string } } } }>(
      'query($id: ID!) { healthProcurement { contract(id: $id) { contractNo unit { code } } } }', { id: healthProcurement.contracts.nodes[0]!.id }, 'county')
    expect(one.healthProcurement.contract).toEqual({ contractNo: 'H1-02', unit: { code: '510821-H1' } })
  })

  test('a neighbour sees nothing and may import nothing', async () => {
    const mine = await s.data<{ healthProcurement: { contracts: { nodes: { id: string }[] } } }>('{ healthProcurement { contracts(first: 1) { nodes { id } } } }', {}, 'county')
    const theirs = await s.data<{ node: unknown; healthProcurement: { contracts: { totalCount: number }; contract: unknown } }>(
      'query($id: ID!) { node(id: $id) { id } healthProcurement { contracts { totalCount } contract(id: $id) { id } } }', { id: mine.healthProcurement.contracts.nodes[0]!.id }, 'stranger')
    expect(theirs).toEqual({ node: null, healthProcurement: { contracts: { totalCount: 0 }, contract: null } })
    expect((await importContracts('stranger', '510821-H1', CONTRACTS)).errors[0]!.extensions.code).toBe('NOT_FOUND')
    expect((await importContracts('county', '510821-H1', CONTRACTS)).errors[0]!.extensions.code).toBe('FORBIDDEN')
    const nobody = await s.query('{ healthProcurement { contracts { totalCount } } }')
    expect(nobody.errors[0]!.extensions.code).toBe('UNAUTHENTICATED')
  })

  test('a broken file: every problem with its cell, nothing written', async () => {
    const before = (await s.database.owner.query('SELECT count(*) FROM plugin_health_procurement.contract')).rows[0]
    const rows = [
      'X-1,某设备,设备,政府采购,公开招标,2026-02-30,,,,,2026-03-01,,,12.345,,,某公司,,,,,',
      'X-2,某设备,卡车,政府采购,公开招标,2026-02-10,2026-02-01,,,,2026-03-01,,,12,,,某公司,12510821FK9000042M,,,,',
      'X-2,,设备,政府采购,公开招标,,,,,,,,,-5,,,某公司,,,,,',
    ]
    const { data, errors } = await importContracts('editor', '510821-H1', rows)
    expect(data).toBeNull()
    expect(errors[0]!.extensions.code).toBe('BAD_INPUT')
    const violations = errors[0]!.extensions['violations'] as { path: string; rule: string }[]
    expect(violations.map(v => [v.path.split('!').at(-1), v.rule])).toEqual([
      ['F2', 'NOT_A_DATE'], ['N2', 'NOT_A_NUMBER'], ['C3', 'NOT_IN_LIST'], ['G3', 'DATE_ORDER'], ['R3', 'INV-41'],
      ['A4', 'DUPLICATE'], ['B4', 'REQUIRED'], ['K4', 'REQUIRED'], ['N4', 'NOT_A_NUMBER'],
    ])
    expect((await importContracts('editor', '510821-H1', ['1'], '合同编号,未知列')).errors[0]!.extensions['violations']).toEqual(expect.arrayContaining([expect.objectContaining({ rule: 'UNKNOWN_COLUMN' }), expect.objectContaining({ rule: 'MISSING_COLUMN' })]))
    expect((await s.query(IMPORT, { input: { unitId: w.ref('510821-H1'), fileName: 'x.xlsx', contentBase64: base64('PK\u0003\u0004 not a workbook') } }, 'editor')).errors[0]!.extensions['violations']).toEqual([expect.objectContaining({ rule: 'UNREADABLE' })])
    expect((await s.database.owner.query('SELECT count(*) FROM plugin_health_procurement.contract')).rows[0]).toEqual(before)
  })

  test('its template can be fetched with a token', async () => {
    const nobody = await s.fetch('/plugins/health-procurement/contracts-template.csv')
    expect(nobody.status).toBe(401)
    const file = await s.fetch('/plugins/health-procurement/contracts-template.csv', {}, 'county')
    expect(file.status).toBe(200)
    expect(await file.text()).toContain('合同编号*,合同名称*,品类*')
  })

  test('what is counted feeds the indicators, for a unit and a subtree', async () => {
    const ask = async (unit: string, rollUp: string): Promise<Record<string, { value: string | null; numerator: string | null; denominator: string | null; nullReason: string | null; unstable: boolean }>> => {
      const codes = ['single-bid', 'single-source', 'short-window', 'late-contract', 'supplement-share'].map(c => `health-procurement.indicator.${c}`)
      const { indicatorValues } = await s.data<{ indicatorValues: { definition: { code: string }; value: string; numerator: string; denominator: string; nullReason: string; unstable: boolean }[] }>(
        'query($u: ID!, $codes: [String!]!, $r: IndicatorRollUp!) { indicatorValues(unitId: $u, period: "2026-Q1", codes: $codes, rollUp: $r) { definition { code } value numerator denominator nullReason unstable missing unitsCounted unitsExpected } }',
        { u: w.ref(unit), codes, r: rollUp }, 'county')
      return Object.fromEntries(indicatorValues.map(v => [v.definition.code.split('.').at(-1)!, { value: v.value, numerator: v.numerator, denominator: v.denominator, nullReason: v.nullReason, unstable: v.unstable }]))
    }
    const alone = await ask('510821-H1', 'UNIT')
    expect(alone['single-bid']).toEqual({ value: '50.00', numerator: '1', denominator: '2', nullReason: null, unstable: true })
    expect(alone['short-window']).toMatchObject({ value: '50.00', numerator: '1', denominator: '2' })
    expect(alone['late-contract']).toMatchObject({ value: '50.00', numerator: '1', denominator: '2' })
    expect(alone['supplement-share']).toMatchObject({ value: '33.33', numerator: '1', denominator: '3' })
    // 200000.50 of 1700000.50: the centralised contract does not count.
    expect(alone['single-source']).toMatchObject({ value: '11.76', numerator: '200000.5', denominator: '1700000.5' })
    expect((await ask('510821-H2', 'UNIT'))['single-bid']).toMatchObject({ value: null, nullReason: 'ZERO_DENOMINATOR' })
    expect((await ask('510821-HEALTH', 'SUBTREE'))['single-bid']).toMatchObject({ value: '50.00', numerator: '1', denominator: '2' })
  })
})

describe('violation records', () => {
  const RECORDS = [
    '记录编号,定点机构代码,定点机构名称,单位代码,违规类型,发现渠道,处理阶段,处理结果,现场检查日期,认定日期,查实金额,退回日期,追回金额,处罚决定日期,罚款金额,罚款缴纳日期,已缴罚款,已撤销',
    'V-24-1,P001,某医院,,duplicate-charge,日常稽核,办结归档,行政处罚,2024-05-06,2024-06-03,8000.00,2024-07-01,8000.00,2024-07-10,8000.00,2024-08-01,8000.00,否',
    'V-25-1,P001,某医院,,重复收费,飞行检查,办结归档,行政处罚,2025-05-06,2025-06-03,10000.10,2025-07-01,4000.05,2025-07-10,20000.20,2025-08-01,20000.20,否',
    'V-25-2,P002,某诊所,,medical-insurance.violation-type.overcharge,飞行检查,处理,行政处罚,2025-05-07,2025-06-04,100.00,,,2025-07-10,500.00,,,否',
    'V-25-3,P003,某药店,,,专项检查,办结归档,未发现违规,2025-05-08,,,,,,,,,否',
    'V-25-4,P002,某诊所,,overcharge,投诉举报,办结归档,行政处罚,,2025-06-09,900.00,,,2025-07-10,900.00,,,是',
  ]
  const IMPORT_RECORDS = 'mutation($input: ImportMedicalInsuranceViolationRecordsInput!) { importMedicalInsuranceViolationRecords(input: $input) { added changed unchanged } }'
  const importRecords = (rows: string[]) => s.query<{ importMedicalInsuranceViolationRecords: Imported }>(IMPORT_RECORDS, { input: { unitId: w.ref('510821-MI'), fileName: 'records.csv', contentBase64: base64(rows.join('\n')) } }, 'mi-editor')
  beforeAll(async () => {
    expect(await importRecords(RECORDS)).toMatchObject({ data: { importMedicalInsuranceViolationRecords: { added: 5, changed: 0, unchanged: 0 } } })
  })

  test('amounts are exact, the type brings its law, a fine outside the range is flagged', async () => {
    const { unit } = await s.data<{ unit: { medicalInsuranceViolationRecords: { nodes: { recordNo: string; foundAmount: string; fineCheck: string; violationType: { code: string; legalBasis: { article: string }[]; fineMultipleMax: string } | null }[] } } }>(
      `query($id: ID!) { unit(id: $id) { medicalInsuranceViolationRecords(orderBy: [{ field: RECORD_NO }]) { nodes { recordNo foundAmount recoveredAmount fineImposed fineCheck stage outcome
        violationType { code nameZh fineMultipleMin fineMultipleMax sanctionZh legalBasis { title article } } } } } }`, { id: w.ref('510821-MI') }, 'county')
    const nodes = unit.medicalInsuranceViolationRecords.nodes
    expect(nodes.map(n => [n.recordNo, n.foundAmount, n.fineCheck])).toEqual([
      ['V-24-1', '8000.00', 'PASS'], ['V-25-1', '10000.10', 'PASS'], ['V-25-2', '100.00', 'FLAG'], ['V-25-3', '0.00', 'NOT_APPLICABLE'], ['V-25-4', '900.00', 'PASS'],
    ])
    expect(nodes[1]!.violationType).toMatchObject({ code: 'medical-insurance.violation-type.duplicate-charge', fineMultipleMax: '2', legalBasis: [expect.objectContaining({ article: expect.stringContaining('三十八') })] })
    expect(nodes[3]!.violationType).toBeNull()
  })

  test('wrong records are refused with their cells', async () => {
    const { errors } = await importRecords([RECORDS[0]!, 'V-9,P9,某院,,no-such-type,飞行检查,处理,行政处罚,,,500,,600,,0,,1,否'])
    expect((errors[0]!.extensions['violations'] as { path: string; rule: string }[]).map(v => [v.path.split('!').at(-1), v.rule])).toEqual([
      ['E2', 'UNKNOWN_TYPE'], ['J2', 'REQUIRED'], ['L2', 'REQUIRED'], ['M2', 'TOO_MUCH'], ['P2', 'REQUIRED'], ['Q2', 'TOO_MUCH'],
    ])
  })

  test('indicators count what stands: revoked and clean ones apart, repeaters once, repayments up to the end of the period', async () => {
    const value = async (code: string, period: string): Promise<object> => {
      const { unit } = await s.data<{ unit: { indicatorValue: object } }>(
        'query($u: ID!, $code: String!, $period: Period!) { unit(id: $u) { indicatorValue(code: $code, period: $period) { value numerator denominator nullReason missing } } }',
        { u: w.ref('510821-MI'), code: `medical-insurance.indicator.${code}`, period }, 'county')
      return unit.indicatorValue
    }
    expect(await value('recovery-rate', '2025')).toMatchObject({ numerator: '4000.05', denominator: '10100.1', value: '39.60' })
    expect(await value('recovery-rate', '2025-H1')).toMatchObject({ numerator: '0', denominator: '10100.1', value: '0.00' })
    expect(await value('repeat-violation', '2025')).toMatchObject({ numerator: '1', denominator: '3', value: '33.33' })
    expect(await value('repeat-violation', '2025-Q2')).toMatchObject({ value: null, nullReason: 'PERIOD_KIND' })
    expect(await value('audit-coverage', '2025')).toMatchObject({ value: null, nullReason: 'MISSING_INPUT', missing: ['designatedInstitutions'] })
    await s.data('mutation($input: ReportIndicatorFiguresInput!) { reportIndicatorFigures(input: $input) { indicatorFigures { variable value source } } }',
      { input: { unitId: w.ref('510821-MI'), pluginCode: 'medical-insurance', period: '2025', figures: [{ variable: 'designatedInstitutions', value: '40' }] } }, 'mi-editor')
    expect(await value('audit-coverage', '2025')).toMatchObject({ numerator: '3', denominator: '40', value: '7.50', nullReason: null })
  })
})
