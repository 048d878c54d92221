import { AppError } from '../../src/core/errors'
import { coreModules } from '../../src/modules'
import { problemsOf, type ImportProgress, type ImportResult } from '../../src/domain/import'
import { importPositions } from '../../src/domain/position'
import { importPowers } from '../../src/domain/power'
import { importControls, importRiskPoints } from '../../src/domain/risk'
import { testApi, type TestApi } from '../support/api'
import { personWith } from '../support/registers-fixture'
import { SheetFolder } from '../support/sheets'
import { smallCity, SYSTEM } from '../support/small-city'

let api: TestApi
let folder: SheetFolder
let reader: string
let n = 0

const IMPORTS = { powers: importPowers, riskPoints: importRiskPoints, controls: importControls } as const
type Register = keyof typeof IMPORTS
const HEADERS: Readonly<Record<Register, string>> = {
  powers: 'unitCode,code,nameZh,description,category,significance,sectorCode,legalBasis,positionCodes,state',
  riskPoints: 'unitCode,powerCode,code,description,cause,category,ownerPositionCode,inherentLikelihood,inherentImpact,basis,state,responsePlan,acceptedUntil,reviewDueOn,retiredReason',
  controls: 'unitCode,code,description,nature,mode,frequency,ownerPositionCode,riskPoints,state,nextTestDueOn',
}
const UNIT = '510821-HEALTH'
const OTHER = '510802-HEALTH'

beforeAll(async () => {
  folder = new SheetFolder()
  api = await testApi({ modules: coreModules })
  await smallCity(api.database.db)
  await importPositions(api.database.db, SYSTEM, folder.csv('unitCode,code,nameZh,powerBearing', ...[UNIT, OTHER].flatMap(u => [`${u},head,局长,是`, `${u},clerk,经办人,是`])))
  await api.database.owner.query(`
    WITH city AS (SELECT id FROM unit WHERE code = '510800'),
    p AS (INSERT INTO person (id, unit_id, display_name, staff_no, created_by, updated_by) SELECT gen_random_uuid(), id, '阅览', 'READER', 'system:test', 'system:test' FROM city RETURNING id)
    INSERT INTO role_grant (id, person_id, role, unit_id, edge, valid_from, created_by, updated_by)
    SELECT gen_random_uuid(), p.id, 'LEADER_READER', city.id, 'TERRITORIAL', '2020-01-01', 'system:test', 'system:test' FROM p, city`)
  reader = await api.token('READER')
})
afterAll(async () => {
  await api.close()
  folder.remove()
})

const load = (register: Register, lines: readonly string[], o?: { onProgress?: (p: ImportProgress) => void }, origin = SYSTEM): Promise<ImportResult> =>
  IMPORTS[register](api.database.db, origin, folder.csv(HEADERS[register], ...lines), o)
const rows = (sql: string, ...values: unknown[]): Promise<Record<string, unknown>[]> => api.database.owner.query(sql, values).then(r => r.rows as Record<string, unknown>[])
const TABLES = ['power', 'power_position', 'risk_point', 'risk_rating', 'control', 'control_risk_point', 'audit_record', 'power_history', 'risk_point_history', 'control_history', 'state_transition']
const counts = async (): Promise<unknown> => (await rows(`SELECT ${TABLES.map(t => `(SELECT count(*)::int FROM ${t}) AS ${t}`).join(', ')}`))[0]
/** [row, cell, code] of every problem, and that nothing was written. */
async function problemsIn(register: Register, ...lines: string[]): Promise<[number, string, string][]> {
  const before = await counts()
  const error: unknown = await load(register, lines).then(() => null, (e: unknown) => e)
  expect(error).toBeInstanceOf(AppError)
  expect((error as AppError).code).toBe('BAD_INPUT')
  expect(await counts()).toEqual(before)
  const { problems, total } = problemsOf(error)
  expect(total).toBe(problems.length)
  for (const p of problems) expect(p.message.length).toBeGreaterThan(10)
  return problems.map(p => [p.row, p.cell, p.code])
}
/** A power of its own for a test, by code. */
async function power(unit = UNIT): Promise<string> {
  const code = `W${++n}`
  await load('powers', [`${unit},${code},药械采购${n},,PROCUREMENT,MAJOR,health,,head,`])
  return code
}
/** A risk point of its own, as controls name it. */
async function riskPoint(unit = UNIT): Promise<string> {
  const code = await power(unit)
  await load('riskPoints', [`${unit},${code},R1,量身定制参数,,PROCESS,head,4,4,,,,,,`])
  return `${code}/R1`
}

test('three registers from three files stand as the files say, and are told over HTTP', async () => {
  const code = `W${++n}`
  const progress: ImportProgress[] = []
  await load('powers', [`${UNIT},${code},医保基金监管,含飞行检查,基金监管,重要职权,health,医疗保障基金使用监督管理条例|第三十八条|国务院令第735号；政府采购法,head;clerk,PROPOSED`], { onProgress: p => progress.push(p) })
  await load('riskPoints', [
    `${UNIT},${code},R1,超标准收费,监管缺位,PROCESS,clerk,5,4,近三年多发,,,,,`,
    `${UNIT},${code},R2,串换项目,,业务流程风险,head,2,3,,MONITORED,REDUCE,,2026-12-31,`,
    `${UNIT},${code},R3,未评级的风险,,POST,head,,,,,,,,`,
    `${UNIT},${code},R4,已经不存在的风险,,POST,head,,,,RETIRED,,,,职权已调整`,
  ])
  await load('controls', [`${UNIT},C-${code},双人复核,PREVENTIVE,人工,每月,head,${code}/R1；${code}/R2,OPERATING,2026-06-30`])
  expect(progress.map(p => p.phase).filter((p, i, all) => p !== all[i - 1])).toEqual(['READING', 'CHECKING', 'WRITING'])

  const { data, errors } = await api.ask(reader, `query ($code: String!) { powers(filter: { code: { eq: $code } }, first: 1) { nodes {
    nameZh description category significance sectorCode state legalBasis { title article documentNo } positions { code } createdBy rowVersion
    riskPoints(first: 10) { nodes { code description cause category state level score inherent { likelihood impact score level matrixVersion } responsePlan reviewDueOn retiredReason ownerPosition { code }
      ratings(first: 5) { nodes { kind score level basis ratedBy } } controls(first: 5) { nodes { code description nature mode frequency state nextTestDueOn ownerPosition { code } } } transitions(first: 5) { nodes { command } } } }
  } } }`, { code })
  expect(errors).toEqual([])
  const [p] = data.powers.nodes
  expect(p).toMatchObject({
    nameZh: '医保基金监管', description: '含飞行检查', category: 'FUND_SUPERVISION', significance: 'MAJOR', sectorCode: 'health', state: 'PROPOSED', createdBy: 'system:test', rowVersion: 1,
    legalBasis: [{ title: '医疗保障基金使用监督管理条例', article: '第三十八条', documentNo: '国务院令第735号' }, { title: '政府采购法', article: null, documentNo: null }],
    positions: [{ code: 'clerk' }, { code: 'head' }],
  })
  const control = { code: `C-${code}`, description: '双人复核', nature: 'PREVENTIVE', mode: 'MANUAL', frequency: 'MONTHLY', state: 'OPERATING', nextTestDueOn: '2026-06-30', ownerPosition: { code: 'head' } }
  expect(p.riskPoints.nodes).toMatchObject([
    {
      code: 'R1', cause: '监管缺位', state: 'RATED', level: 'HIGH', score: 20, inherent: { likelihood: 5, impact: 4, score: 20, level: 'HIGH', matrixVersion: 1 }, ownerPosition: { code: 'clerk' },
      ratings: { nodes: [{ kind: 'INHERENT', score: 20, level: 'HIGH', basis: '近三年多发', ratedBy: 'system:test' }] }, controls: { nodes: [control] },
    },
    { code: 'R2', category: 'PROCESS', state: 'MONITORED', level: 'LOW', score: 6, responsePlan: 'REDUCE', reviewDueOn: '2026-12-31', ratings: { nodes: [{ score: 6 }] }, controls: { nodes: [control] } },
    { code: 'R3', state: 'IDENTIFIED', level: 'UNRATED', score: 0, inherent: null, ratings: { nodes: [] } },
    { code: 'R4', state: 'RETIRED', retiredReason: '职权已调整' },
  ])
})

test('one audit record a file, with how many rows and a digest; no history, no state changes are made up', async () => {
  const before = await rows('SELECT count(*)::int AS n FROM audit_record')
  const { batch } = await load('powers', [`${UNIT},W${++n},甲,,OTHER,GENERAL,,,head,`, `${UNIT},W${++n},乙,,OTHER,GENERAL,,,clerk,`])
  const audits = await rows('SELECT command, subject_type, actor, after FROM audit_record WHERE subject_id = $1', batch)
  expect(audits).toEqual([{ command: 'importPowers', subject_type: 'power', actor: 'system:test', after: { file: expect.stringMatching(/\.csv$/), count: 2, digest: expect.stringMatching(/^hmac-sha256:[0-9a-f]{64}$/) } }])
  expect(await rows('SELECT count(*)::int AS n FROM audit_record')).toEqual([{ n: (before[0]!['n'] as number) + 1 }])
  expect(await rows('SELECT (SELECT count(*)::int FROM power_history) + (SELECT count(*)::int FROM state_transition) AS n')).toEqual([{ n: 0 }])
})

describe('powers: every problem at its cell, nothing written', () => {
  test('units, posts, codes and lists', async () => {
    const taken = await power()
    const code = `W${++n}`
    expect(await problemsIn('powers',
      `NOWHERE,${code},甲,,OTHER,MAJOR,,,head,`,
      `${UNIT},${code},甲,,OTHER,MAJOR,,,head,`,
      `${UNIT},${code},甲,,OTHER,MAJOR,,,head;nobody,`,
      `${UNIT},${taken},甲,,NONSENSE,MAJOR,,,head,`,
      `${UNIT},,甲,,OTHER,,,,,`,
      `${UNIT},${code}x,甲,,OTHER,MAJOR,,a|b|c|d,head,`,
    )).toEqual([
      [2, 'A2', 'UNKNOWN_UNIT'], [4, 'B4', 'DUPLICATE'], [4, 'I4', 'UNKNOWN_POSITION'], [5, 'B5', 'EXISTS'], [5, 'E5', 'NOT_IN_LIST'],
      [6, 'B6', 'REQUIRED'], [6, 'F6', 'REQUIRED'], [6, 'I6', 'REQUIRED'], [7, 'H7', 'BAD_FORMAT'],
    ])
  })

  test('INV-24: no power is confirmed, published or suspended by an import', async () => {
    const states = ['CONFIRMED', 'PUBLISHED', 'SUSPENDED']
    expect(await problemsIn('powers', ...states.map(state => `${UNIT},W${++n},甲,,OTHER,MAJOR,,,head,${state}`))).toEqual([[2, 'J2', 'INV-24'], [3, 'J3', 'INV-24'], [4, 'J4', 'INV-24']])
  })

  test('the posts of another unit are none of this one; a dissolved unit gets nothing', async () => {
    await rows(`UPDATE unit SET state = 'DISSOLVED', valid_to = '2025-01-01' WHERE code = '510821-OG'`)
    expect(await problemsIn('powers', `510821,W${++n},甲,,OTHER,MAJOR,,,head,`, `510821-OG,W${++n},甲,,OTHER,MAJOR,,,head,`))
      .toEqual([[2, 'I2', 'UNKNOWN_POSITION'], [3, 'A3', 'INACTIVE_UNIT'], [3, 'I3', 'UNKNOWN_POSITION']])
  })
})

describe('risk points: every problem at its cell, nothing written', () => {
  test('references and values', async () => {
    const code = await power()
    const theirs = await power(OTHER)
    await load('riskPoints', [`${UNIT},${code},OLD,已有,,POST,head,,,,,,,,`])
    const abolished = `W${++n}`
    await load('powers', [`${UNIT},${abolished},甲,,OTHER,MAJOR,,,head,ABOLISHED`])
    expect(await problemsIn('riskPoints',
      `${UNIT},${theirs},R1,风险,,POST,head,,,,,,,,`,
      `${UNIT},${code},OLD,风险,,POST,head,,,,,,,,`,
      `${UNIT},${code},R2,风险,,POST,nobody,6,0,,,,,,`,
      `${UNIT},${code},R3,风险,,POST,head,3,,,,,,,`,
      `${UNIT},${code},R3,风险,,POST,head,,,,,,not a day,,`,
      `${UNIT},${abolished},R1,风险,,POST,head,,,,,,,,`,
      `NOWHERE,${code},R9,风险,,POST,head,,,,,,,,`,
    )).toEqual([
      [2, 'B2', 'UNKNOWN_POWER'], [3, 'C3', 'EXISTS'], [4, 'G4', 'UNKNOWN_POSITION'], [4, 'H4', 'NOT_A_NUMBER'], [4, 'I4', 'NOT_A_NUMBER'],
      [5, 'I5', 'REQUIRED'], [6, 'C6', 'DUPLICATE'], [6, 'M6', 'NOT_A_DATE'], [7, 'B7', 'SM-4'], [8, 'A8', 'UNKNOWN_UNIT'],
    ])
  })

  test('SM-5: a state says what the row must hold; INV-24: no HIGH risk is accepted by an import', async () => {
    const code = await power()
    expect(await problemsIn('riskPoints',
      `${UNIT},${code},R1,风险,,POST,head,3,3,,IDENTIFIED,,,,`,
      `${UNIT},${code},R2,风险,,POST,head,,,,RATED,,,,`,
      `${UNIT},${code},R3,风险,,POST,head,3,3,,CONTROLLED,,,,`,
      `${UNIT},${code},R4,风险,,POST,head,3,3,,MONITORED,REDUCE,,,`,
      `${UNIT},${code},R5,风险,,POST,head,3,3,,RETIRED,,,,`,
      `${UNIT},${code},R6,风险,,POST,head,5,5,,TREATMENT_PLANNED,ACCEPT,2030-12-31,,`,
      `${UNIT},${code},R7,风险,,POST,head,1,1,,TREATMENT_PLANNED,ACCEPT,,,`,
    )).toEqual([[2, 'K2', 'SM-5'], [3, 'H3', 'SM-5'], [4, 'L4', 'SM-5'], [5, 'N5', 'SM-5'], [6, 'O6', 'SM-5'], [7, 'L7', 'INV-24']])
  })
})

describe('controls: every problem at its cell, nothing written', () => {
  test('references, INV-13', async () => {
    const [mine, theirs] = [await riskPoint(), await riskPoint(OTHER)]
    const retired = await power()
    await load('riskPoints', [`${UNIT},${retired},R1,风险,,POST,head,,,,RETIRED,,,,已调整`])
    await load('controls', [`${UNIT},TAKEN-${n},复核,PREVENTIVE,MANUAL,DAILY,head,${mine},,`])
    expect(await problemsIn('controls',
      `${UNIT},C1,复核,PREVENTIVE,MANUAL,DAILY,head,${theirs},,`,
      `${UNIT},C2,复核,PREVENTIVE,MANUAL,DAILY,nobody,${mine};${mine}x,,`,
      `${UNIT},TAKEN-${n},复核,PREVENTIVE,MANUAL,DAILY,head,${mine},,`,
      `${UNIT},C3,复核,PREVENTIVE,MANUAL,DAILY,head,${retired}/R1,,`,
      `${UNIT},C4,复核,PREVENTIVE,MANUAL,DAILY,head,,,`,
      `${UNIT},C5,复核,PREVENTIVE,MANUAL,DAILY,head,R1,,`,
      `${UNIT},C6,复核,PREVENTIVE,MANUAL,DAILY,head,${mine},,`,
      `${UNIT},C6,复核,PREVENTIVE,MANUAL,DAILY,head,${mine},,`,
    )).toEqual([
      [2, 'H2', 'UNKNOWN_RISK_POINT'], [3, 'G3', 'UNKNOWN_POSITION'], [3, 'H3', 'UNKNOWN_RISK_POINT'], [4, 'B4', 'EXISTS'], [5, 'H5', 'INV-13'],
      [6, 'H6', 'REQUIRED'], [7, 'H7', 'BAD_FORMAT'], [9, 'B9', 'DUPLICATE'],
    ])
  })
})

test('a broken file and an unknown column change nothing', async () => {
  const before = await counts()
  for (const [register, file, code] of [
    ['powers', folder.write('a.csv', 'unitCode,colour\nx,y\n'), 'UNKNOWN_COLUMN'], ['riskPoints', folder.write('b.csv', 'unitCode,powerCode\n"x'), 'UNREADABLE'], ['controls', folder.at('nowhere.csv'), 'UNREADABLE'],
  ] as const) {
    const error: unknown = await IMPORTS[register](api.database.db, SYSTEM, file).then(() => null, (e: unknown) => e)
    expect(problemsOf(error).problems.map(p => p.code)).toContain(code)
  }
  expect(await counts()).toEqual(before)
})

test('who writes these rows by commands imports them, and nobody else, and only below their own unit', async () => {
  const line = `${UNIT},W${++n},甲,,OTHER,MAJOR,,,head,`
  await expect(load('powers', [line], {}, personWith(['PLATFORM_ADMIN', 'UNIT_APPROVER'], { path: '/510800/' }))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const neighbour = personWith(['UNIT_EDITOR'], { path: '/510800/510802/' })
  const error: unknown = await load('powers', [line], {}, neighbour).then(() => null, (e: unknown) => e)
  expect(problemsOf(error).problems.map(p => p.code)).toEqual(['UNKNOWN_UNIT'])
  const mine = personWith(['UNIT_EDITOR'], { path: '/510800/510821/' })
  expect((await load('powers', [line], {}, mine)).rows).toBe(1)
})
