import { globalId } from '../../../src/core/ids'
import { AppError } from '../../../src/core/errors'
import type { Origin } from '../../../src/core/request'
import { OperatingFlowService, PowerService } from '../../../src/domain/power'
import { ControlService, RiskPointService } from '../../../src/domain/risk'
import { RiskMatrixService } from '../../../src/domain/risk/risk-matrix.service'
import { testDatabase, type TestDatabase } from '../../support/database'
import { personWith, registersWorld, type World } from '../../support/registers-fixture'

let t: TestDatabase
let world: World
let editor: Origin
let approver: Origin
let supervisor: Origin
let stranger: Origin
let powers: PowerService
let flows: OperatingFlowService
let points: RiskPointService
let controls: ControlService
let n = 0

beforeAll(async () => {
  t = await testDatabase()
  world = await registersWorld(t.db)
  editor = personWith(['UNIT_EDITOR'], world.bureau)
  approver = personWith(['UNIT_APPROVER'], world.bureau)
  supervisor = personWith(['SUPERVISOR'], world.bureau)
  stranger = personWith(['UNIT_EDITOR', 'UNIT_APPROVER', 'SUPERVISOR'], world.neighbour)
  powers = new PowerService(t.db)
  flows = new OperatingFlowService(t.db)
  points = new RiskPointService(t.db)
  controls = new ControlService(t.db)
})
afterAll(() => t.close())

const unique = (what: string): string => `${what}-${++n}`
const id = (prefix: string) => (row: string): string => globalId(prefix, row)
const rejected = async (p: Promise<unknown>): Promise<AppError> => {
  const e = await p.then(() => null, (x: unknown) => x)
  expect(e).toBeInstanceOf(AppError)
  return e as AppError
}
const rules = (e: AppError): string[] => (e.details.violations ?? []).map(v => v.rule)
const stored = async (table: string, rowId: string): Promise<Record<string, unknown>> => (await t.owner.query(`SELECT * FROM ${table} WHERE id = $1`, [rowId.slice(-36)])).rows[0]

const newPower = (significance: 'MAJOR' | 'GENERAL' = 'MAJOR'): Promise<string> => powers.propose(editor, {
  unitId: globalId('unit', world.bureau.id), code: unique('power'), nameZh: '药械采购', category: 'PROCUREMENT', significance, legalBasis: [], positionIds: [world.bureau.positions[0]],
}).then(id('pw'))
const newFlow = async (powerId: string, steps = 3): Promise<string> => flows.draft(editor, {
  powerId, steps: Array.from({ length: steps }, (_, i) => ({ nameZh: `环节${i + 1}`, kind: 'REVIEW' as const, positionId: world.bureau.positions[1], collectiveDecision: false })),
}).then(id('flow'))
const control = () => ({ code: unique('control'), description: '双人复核', nature: 'PREVENTIVE' as const, mode: 'MANUAL' as const, frequency: 'PER_TRANSACTION' as const, ownerPositionId: world.bureau.positions[1] })
const newPoint = async (powerId: string, withControls = 1): Promise<string> => points.identify(editor, {
  powerId, code: unique('risk'), description: '设置倾向性参数', category: 'PROCESS', ownerPositionId: world.bureau.positions[0],
  inherent: { likelihood: 4, impact: 5 }, controls: Array.from({ length: withControls }, control),
}).then(id('rp'))
const controlOf = async (point: string): Promise<string> => globalId('ctl', (await t.owner.query('SELECT control_id FROM control_risk_point WHERE risk_point_id = $1', [point.slice(-36)])).rows[0].control_id)
const effectiveFlow = async (powerId: string): Promise<string> => {
  const flow = await newFlow(powerId)
  await flows.review(approver, { id: flow })
  await flows.publish(approver, { id: flow })
  return flow
}

describe('powers and flows (SM-4)', () => {
  test('a power is confirmed by other eyes and published when its gates hold (INV-09, INV-10, INV-12)', async () => {
    const power = await newPower()
    expect(await rejected(powers.confirm(personWith(['UNIT_APPROVER'], world.neighbour), { id: power }))).toMatchObject({ code: 'NOT_FOUND' })
    await powers.confirm(approver, { id: power })
    const refused = await rejected(powers.publish(approver, { id: power }))
    expect(refused.code).toBe('PRECONDITION_FAILED')
    expect(rules(refused).sort()).toEqual(['INV-09', 'INV-10'])
    const bare = await newPoint(power, 0)
    await effectiveFlow(power)
    expect(rules(await rejected(powers.publish(approver, { id: power })))).toEqual(['INV-12'])
    await controls.design(editor, { ...control(), riskPointIds: [bare] })
    await powers.publish(approver, { id: power })
    expect(await stored('power', power)).toMatchObject({ state: 'PUBLISHED' })
  })

  test('whoever entered or edited a power does not confirm it (INV-24)', async () => {
    const both = personWith(['UNIT_EDITOR', 'UNIT_APPROVER'], world.bureau)
    const power = await powers.propose(both, {
      unitId: globalId('unit', world.bureau.id), code: unique('power'), nameZh: '职权', category: 'OTHER', significance: 'GENERAL', legalBasis: [], positionIds: [world.bureau.positions[0]],
    }).then(id('pw'))
    const refused = await rejected(powers.confirm(both, { id: power }))
    expect([refused.code, rules(refused)]).toEqual(['FORBIDDEN', ['INV-24']])
    await powers.confirm(approver, { id: power })
  })

  test('publishing a flow supersedes the one before it; the database keeps one effective (INV-09)', async () => {
    const power = await newPower()
    const first = await effectiveFlow(power)
    const second = await effectiveFlow(power)
    expect(await stored('operating_flow', first)).toMatchObject({ state: 'SUPERSEDED', version: 1 })
    expect(await stored('operating_flow', second)).toMatchObject({ state: 'EFFECTIVE', version: 2 })
    await expect(t.owner.query(`UPDATE operating_flow SET state = 'EFFECTIVE' WHERE id = $1`, [first.slice(-36)])).rejects.toMatchObject({ constraint: 'operating_flow_effective_key' })
  })

  test('two people who publish two flows of one power at once leave exactly one in force', async () => {
    const power = await newPower()
    const both = [await newFlow(power), await newFlow(power)]
    for (const flow of both) await flows.review(approver, { id: flow })
    await Promise.allSettled(both.map(flow => flows.publish(approver, { id: flow })))
    const { rows } = await t.owner.query(`SELECT count(*)::int AS n FROM operating_flow WHERE power_id = $1 AND state = 'EFFECTIVE'`, [power.slice(-36)])
    expect(rows[0].n).toBe(1)
  })

  test('steps of a draft are replaced whole and numbered without gaps; a stale rowVersion changes nothing', async () => {
    const flow = await newFlow(await newPower(), 5)
    const step = { nameZh: '决定', kind: 'DECIDE' as const, collectiveDecision: true }
    await flows.edit(editor, { id: flow, rowVersion: 1, steps: [step, step] })
    expect(await rejected(flows.edit(editor, { id: flow, rowVersion: 1, steps: [step] }))).toMatchObject({ code: 'CONFLICT' })
    const { rows } = await t.owner.query('SELECT seq FROM flow_step WHERE flow_id = $1 ORDER BY seq', [flow.slice(-36)])
    expect(rows.map(r => r.seq)).toEqual([1, 2])
  })

  test('a post of another unit cannot exercise the power', async () => {
    const refused = await rejected(powers.propose(editor, {
      unitId: globalId('unit', world.bureau.id), code: unique('power'), nameZh: '职权', category: 'OTHER', significance: 'GENERAL', legalBasis: [], positionIds: [world.neighbour.positions[0]],
    }))
    expect([refused.code, rules(refused)]).toEqual(['BAD_INPUT', ['INV-11']])
  })
})

describe('risk points (SM-5)', () => {
  test('identified with rating and control in one transaction; score and level come from the matrix (INV-15)', async () => {
    const point = await newPoint(await newPower())
    expect(await stored('risk_point', point)).toMatchObject({ state: 'RATED', score: 20, level: 'HIGH', inherent_matrix_version: 1 })
    await expect(t.owner.query(`UPDATE risk_point SET inherent_level = 'LOW', level = 'LOW' WHERE id = $1`, [point.slice(-36)])).rejects.toMatchObject({ constraint: 'risk_point_inherent_fk' })
    await expect(t.owner.query('UPDATE risk_rating SET score = 1')).rejects.toThrow('append-only')
  })

  test('a flow step of another power is refused by the database too (INV-11)', async () => {
    const other = await newPower()
    const flow = await newFlow(other)
    const { rows: [step] } = await t.owner.query('SELECT id FROM flow_step WHERE flow_id = $1 LIMIT 1', [flow.slice(-36)])
    const point = await newPoint(await newPower())
    const refused = await rejected(points.edit(editor, { id: point, rowVersion: 1, flowStepId: globalId('step', step.id) }))
    expect([refused.code, rules(refused)]).toEqual(['BAD_INPUT', ['INV-11']])
  })

  test('a residual rating stays at or below the inherent one and rests on a working control (INV-14)', async () => {
    const point = await newPoint(await newPower())
    const rate = (kind: 'INHERENT' | 'RESIDUAL', likelihood: number, impact: number) => points.rate(editor, { id: point, kind, likelihood, impact })
    expect(rules(await rejected(rate('RESIDUAL', 5, 5)))).toEqual(['INV-14'])
    expect(rules(await rejected(rate('RESIDUAL', 2, 2)))).toEqual(['INV-14'])
    const c = await controlOf(point)
    await controls.implement(editor, { id: c })
    await controls.operate(editor, { id: c })
    await rate('RESIDUAL', 2, 4)
    expect(await stored('risk_point', point)).toMatchObject({ score: 8, level: 'MEDIUM', inherent_level: 'HIGH' })
    expect(rules(await rejected(rate('INHERENT', 1, 2)))).toEqual(['INV-14'])
    await rate('INHERENT', 5, 5)
    expect(await stored('risk_point', point)).toMatchObject({ score: 8, inherent_score: 25 })
    const { rows } = await t.owner.query('SELECT count(*)::int AS n FROM risk_rating WHERE risk_point_id = $1', [point.slice(-36)])
    expect(rows[0].n).toBe(3)
  })

  test('a new matrix changes no rating; later ratings use it (INV-15)', async () => {
    const own = await testDatabase()
    try {
      const w = await registersWorld(own.db)
      const ed = personWith(['UNIT_EDITOR'], w.bureau)
      const admin = personWith(['PLATFORM_ADMIN'], w.city)
      const power = await new PowerService(own.db).propose(ed, { unitId: globalId('unit', w.bureau.id), code: 'p', nameZh: '职权', category: 'OTHER', significance: 'MAJOR', legalBasis: [], positionIds: [w.bureau.positions[0]] })
      const service = new RiskPointService(own.db)
      const point = globalId('rp', await service.identify(ed, { powerId: globalId('pw', power), code: 'r', description: '风险', category: 'POST', ownerPositionId: w.bureau.positions[0], inherent: { likelihood: 2, impact: 3 }, controls: [] }))
      const cells = [1, 2, 3, 4, 5].flatMap(likelihood => [1, 2, 3, 4, 5].map(impact => ({ likelihood, impact, score: likelihood + impact, level: 'HIGH' as const })))
      const matrices = new RiskMatrixService(own.db)
      expect(rules(await rejected(matrices.publish(admin, { nameZh: '矩阵', effectiveFrom: '2026-01-01', cells: cells.map((c, i) => (i === 7 ? { ...c, score: 1 } : c)) })))).toEqual(['monotone'])
      await matrices.publish(admin, { nameZh: '矩阵', effectiveFrom: '2026-01-01', cells })
      const read = async () => (await own.owner.query('SELECT score, level, inherent_matrix_version FROM risk_point WHERE id = $1', [point.slice(-36)])).rows[0]
      expect(await read()).toEqual({ score: 6, level: 'LOW', inherent_matrix_version: 1 })
      await service.rate(ed, { id: point, kind: 'INHERENT', likelihood: 2, impact: 3 })
      expect(await read()).toEqual({ score: 5, level: 'HIGH', inherent_matrix_version: 2 })
      // Two at the same moment follow each other.
      await Promise.all(['甲', '乙', '丙', '丁'].map(nameZh => matrices.publish(admin, { nameZh, effectiveFrom: '2026-01-01', cells })))
      expect((await own.owner.query('SELECT version, state FROM risk_matrix ORDER BY version')).rows).toEqual([1, 2, 3, 4, 5, 6].map(version => ({ version, state: version === 6 ? 'IN_FORCE' : 'SUPERSEDED' })))
    } finally {
      await own.close()
    }
  })

  test('many ratings at once: all or nothing by default, row by row when asked', async () => {
    const power = await newPower()
    const [a, b] = [await newPoint(power), await newPoint(power)]
    await points.retire(approver, { id: b!, opinion: '不再存在' })
    const ratings = [{ id: a!, kind: 'INHERENT' as const, likelihood: 1, impact: 1 }, { id: b!, kind: 'INHERENT' as const, likelihood: 1, impact: 1 }]
    const refused = await rejected(points.rateMany(editor, { ratings, onError: 'REJECT_ALL' }))
    expect(refused.code).toBe('PRECONDITION_FAILED')
    expect(refused.details.violations?.[0]?.path).toContain('ratings.1')
    expect(await stored('risk_point', a!)).toMatchObject({ score: 20 })
    const result = await points.rateMany(editor, { ratings, onError: 'REJECT_FAILED_ROWS' })
    expect(result).toMatchObject({ done: [a!.slice(-36)], errors: [{ index: 1, code: 'PRECONDITION_FAILED' }] })
    expect(await stored('risk_point', a!)).toMatchObject({ score: 1, level: 'LOW' })
  })

  test('the whole way: treatment, controls, watch, review, escalation, retirement', async () => {
    const power = await newPower()
    const point = await newPoint(power)
    await newPoint(power)
    expect(rules(await rejected(points.planTreatment(approver, { id: point, responsePlan: 'ACCEPT' })))).toEqual(['required'])
    expect(await rejected(points.planTreatment(editor, { id: point, responsePlan: 'ACCEPT', acceptedUntil: '2027-01-01' }))).toMatchObject({ code: 'FORBIDDEN' })
    await points.planTreatment(editor, { id: point, responsePlan: 'REDUCE' })
    await points.activateControls(editor, { id: point })
    await points.monitor(editor, { id: point, reviewDueOn: '2027-01-01' })
    expect(rules(await rejected(points.triggerReview(supervisor, { id: point })))).toEqual(['required'])
    await points.triggerReview(supervisor, { id: point, opinion: '复评期限已到' })
    await points.escalate(supervisor, { id: point, opinion: '多次未整改' })
    expect(await rejected(points.escalate(editor, { id: point, opinion: '不能' }))).toMatchObject({ code: 'FORBIDDEN' })
    await points.deEscalate(supervisor, { id: point, opinion: '已整改' })
    await points.retire(approver, { id: point, opinion: '流程已取消' })
    const { rows } = await t.owner.query('SELECT to_state FROM state_transition WHERE subject_id = $1 ORDER BY id', [point.slice(-36)])
    expect(rows.map(r => r.to_state)).toEqual(['TREATMENT_PLANNED', 'CONTROLLED', 'MONITORED', 'RATED', 'ESCALATED', 'RATED', 'RETIRED'])
    const events = await t.owner.query('SELECT type FROM outbox_event WHERE subject_id = $1 ORDER BY id', [point.slice(-36)])
    expect(events.rows.map(r => r.type)).toEqual(['RiskPoint.escalated', 'RiskPoint.retired'])
  })

  test('a wrong state tells what is possible; a stranger and an unknown id look the same', async () => {
    const point = await newPoint(await newPower())
    const refused = await rejected(points.monitor(editor, { id: point, reviewDueOn: '2027-01-01' }))
    expect(refused).toMatchObject({ code: 'PRECONDITION_FAILED', details: { allowedCommands: ['editRiskPoint', 'planRiskTreatment', 'rateRiskPoint'] } })
    const foreign = await rejected(points.rate(stranger, { id: point, kind: 'INHERENT', likelihood: 1, impact: 1 }))
    const unknown = await rejected(points.rate(stranger, { id: globalId('rp', '01935000-0000-7000-8000-00000000ffff'), kind: 'INHERENT', likelihood: 1, impact: 1 }))
    const otherKind = await rejected(points.rate(editor, { id: world.bureau.positions[0], kind: 'INHERENT', likelihood: 1, impact: 1 }))
    expect([foreign, unknown, otherKind].map(e => [e.code, e.message, e.details])).toEqual(Array(3).fill([foreign.code, foreign.message, foreign.details]))
    expect(foreign.code).toBe('NOT_FOUND')
  })
})

describe('controls (SM-6)', () => {
  test('the last control of an active risk point stays (INV-12), also when two are retired at once', async () => {
    const point = await newPoint(await newPower(), 2)
    const { rows } = await t.owner.query('SELECT control_id FROM control_risk_point WHERE risk_point_id = $1', [point.slice(-36)])
    const results = await Promise.allSettled(rows.map(r => controls.retire(approver, { id: globalId('ctl', r.control_id), opinion: '停用' })))
    expect(results.map(r => r.status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = results.find((r): r is PromiseRejectedResult => r.status === 'rejected')!.reason as AppError
    expect([refused.code, rules(refused)]).toEqual(['PRECONDITION_FAILED', ['INV-12']])
  })

  test('a failing test makes an operating control deficient, reopens watched risks and is told to others', async () => {
    const point = await newPoint(await newPower())
    const c = await controlOf(point)
    await points.planTreatment(editor, { id: point, responsePlan: 'REDUCE' })
    await points.activateControls(editor, { id: point })
    await points.monitor(editor, { id: point, reviewDueOn: '2027-01-01' })
    await controls.implement(editor, { id: c })
    await controls.operate(editor, { id: c })
    expect(await rejected(controls.recordTest(editor, { id: c, period: '2026-Q3', kind: 'OPERATING', result: 'EFFECTIVE' }))).toMatchObject({ code: 'FORBIDDEN' })
    await controls.recordTest(supervisor, { id: c, period: '2026-Q3', kind: 'OPERATING', result: 'INEFFECTIVE', sampleSize: 20, exceptions: 6 })
    expect(await stored('control', c)).toMatchObject({ state: 'DEFICIENT', operating_effectiveness: 'INEFFECTIVE' })
    expect(await stored('risk_point', point)).toMatchObject({ state: 'RATED' })
    const { rows } = await t.owner.query(`SELECT type, payload FROM outbox_event WHERE subject_id = $1`, [c.slice(-36)])
    expect(rows).toMatchObject([{ type: 'ControlTest.failed', payload: { state: 'DEFICIENT' } }])
    await controls.operate(editor, { id: c })
    expect(await stored('control', c)).toMatchObject({ state: 'OPERATING' })
  })

  test('a control serves living risk points of its own unit (INV-13)', async () => {
    const power = await newPower('GENERAL')
    const [kept, retired] = [await newPoint(power), await newPoint(power)]
    await points.retire(approver, { id: retired, opinion: '销号' })
    expect(rules(await rejected(controls.design(editor, { ...control(), riskPointIds: [kept, retired] })))).toEqual(['INV-13'])
    const c = await controlOf(kept)
    expect(rules(await rejected(controls.edit(editor, { id: c, rowVersion: 1, riskPointIds: [await newPoint(power)] })))).toEqual(['INV-12'])
  })
})

test('every write of a command stands in the audit log, and the row as it was in its history', async () => {
  const point = await newPoint(await newPower())
  await points.rate(editor, { id: point, kind: 'INHERENT', likelihood: 1, impact: 1 })
  const audit = await t.owner.query('SELECT command, before, after, actor FROM audit_record WHERE subject_id = $1 ORDER BY id', [point.slice(-36)])
  expect(audit.rows.map(r => r.command)).toEqual(['identifyRiskPoint', 'rateRiskPoint'])
  expect(audit.rows[1]).toMatchObject({ before: { score: 20, level: 'HIGH' }, after: { score: 1, level: 'LOW' }, actor: editor.actor.ref })
  const history = await t.owner.query('SELECT score, row_version, superseded_at FROM risk_point_history WHERE id = $1', [point.slice(-36)])
  expect(history.rows).toMatchObject([{ score: 20, row_version: 1 }])
})
