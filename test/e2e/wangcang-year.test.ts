import { demoIdentities } from '../../src/demo/data-files'
import { loadDemo } from '../../src/demo/load'
import { wangcangLoop } from '../../src/demo/wangcang-loop'
import { wangcangYear } from '../../src/demo/wangcang-year'
import { workRules } from '../../src/demo/work-rules'
import { coreModules } from '../../src/modules'
import { testApi, type Answer, type TestApi } from '../support/api'
import { publishSectorCatalogs, twoCountiesOfTheCity } from '../support/city'
import { testDatabase } from '../support/database'

/** The figures of F-WANGCANG. */
const POINTS_OVER_POWERS = [10, 9, 8, 7, 7, 6, 6, 5]
const CATALOGS = ['health-procurement', 'medical-insurance']

interface City {
  api: TestApi
  ask(who: string, query: string, variables?: object): Promise<Answer>
  /** The answer's data; fails on errors. */
  read(who: string, query: string, variables?: object): Promise<Answer['data']>
  done(who: string, command: string, inputType: string, input: object, payload: string): Promise<Answer['data']>
  refused(who: string, command: string, inputType: string, input: object): Promise<Answer['errors'][number]['extensions']>
}

async function city(): Promise<City> {
  const api = await testApi({ modules: coreModules })
  await twoCountiesOfTheCity(api.database.db)
  await publishSectorCatalogs(api.database.db)
  const staff = new Map(demoIdentities().map(i => [i.key, i.staffNo]))
  const tokens = new Map<string, string>()
  const ask: City['ask'] = async (who, query, variables) => {
    if (!tokens.has(who)) tokens.set(who, await api.token(staff.get(who)!))
    return api.ask(tokens.get(who)!, query, variables)
  }
  const tell = (who: string, command: string, inputType: string, input: object, payload: string) => ask(who, `mutation($input: ${inputType}!) { ${command}(input: $input) { ${payload} } }`, { input })
  return {
    api, ask,
    read: async (who, query, variables) => {
      const { data, errors } = await ask(who, query, variables)
      expect([who, errors]).toEqual([who, []])
      return data
    },
    done: async (who, command, inputType, input, payload) => {
      const { data, errors } = await tell(who, command, inputType, input, payload)
      expect([who, command, errors]).toEqual([who, command, []])
      return data[command]
    },
    refused: async (who, command, inputType, input) => {
      const { data, errors } = await tell(who, command, inputType, input, '__typename')
      expect([who, command, data ?? null]).toEqual([who, command, null])
      return errors[0]!.extensions
    },
  }
}

const EDITOR = 'wangcang-health-editor'
const APPROVER = 'wangcang-health-approver'
const GROUP_EDITOR = 'wangcang-health-group-supervisor'
const GROUP_LEADER = 'wangcang-health-group-leader'
const NEIGHBOUR = 'cangxi-health-editor'

interface Violated { rule: string; path: string }
const rules = (extensions: Record<string, unknown>): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { rule } of (extensions['violations'] ?? []) as Violated[]) counts[rule] = (counts[rule] ?? 0) + 1
  return counts
}

const YEAR_QUERY = `{ unitByCode(code: "510821-HEALTH") {
  nameZh
  accountabilityCycles(filter: { year: { eq: 2020 } }) { nodes { id state jointPublicationAt mainList { id publishedAt } powerRiskList { id publishedAt } supervisionList { id publishedAt } } }
  responsibilityLists(filter: { year: { eq: 2020 } }, orderBy: [{ field: KIND, direction: ASC }]) { nodes { id kind state version contentHash catalogVersions { plugin version } itemCount qualityFindings { rule } powers { totalCount } } }
  main: dutyItems(filter: { responsibility: { eq: COMMITTEE_MAIN } }) { totalCount }
  first: dutyItems(filter: { responsibility: { eq: SECRETARY_FIRST } }) { totalCount }
  dual: dutyItems(filter: { responsibility: { eq: MEMBER_DUAL_DUTY } }) { totalCount }
  supervisionFocuses(first: 100) { totalCount nodes { content targetPowers { totalCount } targetRiskPoints { totalCount } } }
  powers(first: 20) { totalCount nodes { code nameZh state operatingFlow { state version steps { seq } } riskPointCount } }
  riskPoints(first: 100) { totalCount nodes { level controlCount } }
  controls(first: 100) { totalCount nodes { riskPoints { totalCount } ownerPosition { code } } }
} }`

interface Shown { totalCount: number; nodes: Record<string, unknown>[] }

/** 28 / 9 / 8 / 8 / 58 / 58, as anybody in the county may see them. */
function expectFigures({ unitByCode: unit }: Answer['data']): void {
  expect([unit.main.totalCount, unit.first.totalCount, unit.dual.totalCount]).toEqual([12, 7, 9])
  expect(unit.supervisionFocuses.totalCount).toBe(9)
  for (const focus of unit.supervisionFocuses.nodes as { targetPowers: Shown; targetRiskPoints: Shown }[]) expect(focus.targetPowers.totalCount + focus.targetRiskPoints.totalCount).toBeGreaterThan(0)
  const powers = unit.powers.nodes as { nameZh: string; state: string; operatingFlow: { state: string; steps: { seq: number }[] }; riskPointCount: number }[]
  expect([unit.powers.totalCount, powers.filter(p => p.operatingFlow.state === 'EFFECTIVE').length]).toEqual([8, 8])
  for (const { operatingFlow } of powers) expect(operatingFlow.steps.map(s => s.seq)).toEqual(operatingFlow.steps.map((_, i) => i + 1))
  expect(powers.map(p => p.riskPointCount).sort((a, b) => b - a)).toEqual(POINTS_OVER_POWERS)
  expect(new Set(powers.map(p => p.state))).toEqual(new Set(['PUBLISHED']))
  expect(powers.map(p => p.nameZh)).toEqual(expect.arrayContaining([expect.stringMatching(/药械采购/), expect.stringMatching(/医保基金.*监管/)]))
  expect([unit.riskPoints.totalCount, unit.controls.totalCount]).toEqual([58, 58])
  for (const point of unit.riskPoints.nodes) expect([point.level === 'UNRATED', point.controlCount]).toEqual([false, 1])
  for (const control of unit.controls.nodes) expect([control.riskPoints.totalCount, control.ownerPosition === null]).toEqual([1, false])
  const [cycle] = unit.accountabilityCycles.nodes
  expect(cycle.state).toBe('IN_FORCE')
  expect(new Set([cycle.jointPublicationAt, cycle.mainList.publishedAt, cycle.powerRiskList.publishedAt, cycle.supervisionList.publishedAt]).size).toBe(1)
  expect(unit.responsibilityLists.nodes.map((l: Record<string, unknown>) => [l['kind'], l['state'], l['itemCount'], l['qualityFindings'], (l['powers'] as Shown).totalCount])).toEqual([
    ['MAIN_RESPONSIBILITY', 'PUBLISHED', 28, [], 0], ['POWER_RISK_CONTROL', 'PUBLISHED', 0, [], 8], ['SUPERVISION_RESPONSIBILITY', 'PUBLISHED', 9, [], 0],
  ])
  for (const list of unit.responsibilityLists.nodes) expect(list.catalogVersions.map((v: { plugin: string }) => v.plugin)).toEqual(CATALOGS)
}

describe('S-1: a year of the Wangcang health bureau, over HTTP', () => {
  let c: City
  beforeAll(async () => { c = await city() }, 120_000)
  afterAll(() => c.api.close())

  test('catalogs adopted, lists drafted, duties assigned, 58 points rated, lists approved and published together; refused at every gate on the way', async () => {
    const { done, refused, read } = c
    const { unitByCode: { id: unitId } } = await read(EDITOR, '{ unitByCode(code: "510821-HEALTH") { id } }')

    // Catalogs: the bureau takes what is its own, the group its focuses; the neighbour does not even find the bureau.
    const adopt = (who: string, pluginCode: string) => done(who, 'adoptCatalog', 'AdoptCatalogInput', { unitId, pluginCode, year: 2020 }, 'added { powers flows riskPoints controls dutyItems focuses } skipped { reason }')
    expect((await refused(NEIGHBOUR, 'adoptCatalog', 'AdoptCatalogInput', { unitId, pluginCode: CATALOGS[0], year: 2020 })).code).toBe('NOT_FOUND')
    expect((await refused(APPROVER, 'adoptCatalog', 'AdoptCatalogInput', { unitId, pluginCode: CATALOGS[0], year: 2020 })).code).toBe('FORBIDDEN')
    const sum = { powers: 0, flows: 0, riskPoints: 0, controls: 0, dutyItems: 0, focuses: 0 }
    for (const who of [EDITOR, GROUP_EDITOR]) {
      for (const plugin of CATALOGS) {
        const { added } = await adopt(who, plugin)
        for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += added[key]
      }
    }
    expect(sum).toEqual({ powers: 8, flows: 8, riskPoints: 58, controls: 58, dutyItems: 28, focuses: 9 })
    expect((await adopt(EDITOR, CATALOGS[0]!)).added).toEqual({ powers: 0, flows: 0, riskPoints: 0, controls: 0, dutyItems: 0, focuses: 0 })

    const { unitByCode: drafted } = await read(APPROVER, YEAR_QUERY)
    const [main, powerRisk, supervision] = drafted.responsibilityLists.nodes.map((l: { id: string }) => l.id) as [string, string, string]
    const cycle = drafted.accountabilityCycles.nodes[0].id as string
    expect([drafted.accountabilityCycles.nodes[0].state, drafted.responsibilityLists.nodes.map((l: { state: string }) => l.state)]).toEqual(['PREPARING', ['DRAFT', 'DRAFT', 'DRAFT']])
    const confirm = (who: string, as: string) => done(who, 'confirmJointPublication', 'ConfirmJointPublicationInput', { id: cycle, as }, 'accountabilityCycle { state }')
    const notYet = (who: string, as: string) => refused(who, 'confirmJointPublication', 'ConfirmJointPublicationInput', { id: cycle, as })
    const list = (who: string, command: string, id: string) => done(who, command, 'ListCommandInput', { id }, 'responsibilityList { state }')
    const notThis = (who: string, command: string, id: string) => refused(who, command, 'ListCommandInput', { id })
    expect(await notYet(APPROVER, 'UNIT')).toMatchObject({ code: 'PRECONDITION_FAILED' })

    // Nothing is approved before somebody answers for each duty and each risk is rated.
    expect(rules(await notThis(EDITOR, 'submitResponsibilityList', main))).toEqual({ 'INV-08': 16 })
    expect(rules(await notThis(EDITOR, 'submitResponsibilityList', powerRisk))).toEqual({ 'INV-09': 8, 'INV-15': 8, 'SM-4': 8 })
    const { unitByCode: team } = await read(EDITOR, `{ unitByCode(code: "510821-HEALTH") {
      secretary: appointments(filter: { role: { eq: PARTY_GROUP_SECRETARY } }) { nodes { id } } members: appointments(filter: { role: { eq: TEAM_MEMBER } }) { nodes { id } }
      dutyItems(first: 100, filter: { responsibility: { in: [SECRETARY_FIRST, MEMBER_DUAL_DUTY] } }) { nodes { id rowVersion responsibility } } } }`)
    for (const [i, item] of (team.dutyItems.nodes as { id: string; rowVersion: number; responsibility: string }[]).entries()) {
      const holders = (item.responsibility === 'SECRETARY_FIRST' ? team.secretary : team.members).nodes as { id: string }[]
      await done(EDITOR, 'editDutyItem', 'EditDutyItemInput', { id: item.id, rowVersion: item.rowVersion, responsibleAppointmentId: holders[i % holders.length]!.id }, 'dutyItem { responsibleAppointment { role } }')
    }

    const { unitByCode: registers } = await read(EDITOR, '{ unitByCode(code: "510821-HEALTH") { riskPoints(first: 100) { nodes { id } } powers { nodes { id operatingFlows { nodes { id } } } } } }')
    const ratings = (registers.riskPoints.nodes as { id: string }[]).map(({ id }, i) => ({ id, likelihood: 1 + (i % 5), impact: 2 + (i % 4) }))
    expect((await refused(GROUP_EDITOR, 'rateRiskPoints', 'RateRiskPointsInput', { ratings })).code).toBe('FORBIDDEN')
    expect((await done(EDITOR, 'rateRiskPoints', 'RateRiskPointsInput', { ratings }, 'riskPoints { level } errors { index }'))).toMatchObject({ errors: [], riskPoints: { length: 58 } })
    for (const power of registers.powers.nodes as { id: string; operatingFlows: { nodes: { id: string }[] } }[]) {
      const flow = power.operatingFlows.nodes[0]!.id
      await done(APPROVER, 'confirmPower', 'PowerCommandInput', { id: power.id }, 'power { state }')
      await done(APPROVER, 'reviewOperatingFlow', 'FlowCommandInput', { id: flow }, 'operatingFlow { state }')
      await done(APPROVER, 'publishOperatingFlow', 'FlowCommandInput', { id: flow }, 'operatingFlow { state }')
    }
    expect((await refused(EDITOR, 'confirmPower', 'PowerCommandInput', { id: registers.powers.nodes[0].id })).code).toBe('FORBIDDEN')

    // Submitted, and approved by other eyes: the bureau's lists by its secretary, the group's by its leader.
    for (const id of [main, powerRisk]) {
      expect((await notThis(NEIGHBOUR, 'submitResponsibilityList', id)).code).toBe('NOT_FOUND')
      await list(EDITOR, 'submitResponsibilityList', id)
      expect((await notThis(EDITOR, 'approveResponsibilityList', id)).code).toBe('FORBIDDEN')
      expect((await notThis(GROUP_LEADER, 'approveResponsibilityList', id)).code).toBe('FORBIDDEN')
      await list(APPROVER, 'approveResponsibilityList', id)
    }
    const missing = await notYet(APPROVER, 'UNIT')
    expect(missing['violations']).toEqual([expect.objectContaining({ rule: 'INV-07', path: 'lists.SUPERVISION_RESPONSIBILITY' })])
    expect((await notThis(EDITOR, 'submitResponsibilityList', supervision)).code).toBe('FORBIDDEN')
    await list(GROUP_EDITOR, 'submitResponsibilityList', supervision)
    expect((await notThis(APPROVER, 'approveResponsibilityList', supervision)).code).toBe('FORBIDDEN')
    expect((await notThis(GROUP_EDITOR, 'approveResponsibilityList', supervision)).code).toBe('FORBIDDEN')
    await list(GROUP_LEADER, 'approveResponsibilityList', supervision)

    // Published together by two people, each for the own side.
    expect((await notYet(EDITOR, 'UNIT')).code).toBe('FORBIDDEN')
    expect((await notYet(GROUP_LEADER, 'UNIT')).code).toBe('FORBIDDEN')
    expect((await notYet('cangxi-health-approver', 'UNIT')).code).toBe('NOT_FOUND')
    expect((await confirm(APPROVER, 'UNIT')).accountabilityCycle.state).toBe('PREPARING')
    expect((await read(APPROVER, YEAR_QUERY)).unitByCode.responsibilityLists.nodes.map((l: { state: string }) => l.state)).toEqual(['APPROVED', 'APPROVED', 'APPROVED'])
    expect((await notYet(APPROVER, 'COMMISSION')).code).toBe('FORBIDDEN')
    expect((await confirm(GROUP_LEADER, 'COMMISSION')).accountabilityCycle.state).toBe('IN_FORCE')
    expect((await notYet(GROUP_LEADER, 'COMMISSION')).code).toBe('PRECONDITION_FAILED')

    // What came out, for everybody who may see it, and for nobody else.
    for (const who of [EDITOR, APPROVER, 'wangcang-health-duty-owner', GROUP_EDITOR, GROUP_LEADER, 'wangcang-commission-secretary', 'wangcang-reader', 'city-leader', 'city-supervisor']) expectFigures(await read(who, YEAR_QUERY))
    for (const who of [NEIGHBOUR, 'cangxi-reader', 'cangxi-health-group-supervisor', 'wangcang-insurance-editor']) {
      expect(await read(who, YEAR_QUERY)).toEqual({ unitByCode: null })
      const ids = [main, powerRisk, supervision, cycle]
      expect(await read(who, 'query($ids: [ID!]!) { nodes(ids: $ids) { id } dutyItems { totalCount } riskPoints { totalCount } }', { ids })).toEqual({ nodes: [null, null, null, null], dutyItems: { totalCount: 0 }, riskPoints: { totalCount: 0 } })
    }

    // And it stays so: published content is changed through a revision only.
    const { dutyItems: { nodes: [item] } } = await read(EDITOR, '{ dutyItems(first: 1, filter: { responsibility: { eq: COMMITTEE_MAIN } }) { nodes { id rowVersion } } }')
    expect(await refused(EDITOR, 'editDutyItem', 'EditDutyItemInput', { id: item.id, rowVersion: item.rowVersion, content: '别的内容' })).toMatchObject({ code: 'PRECONDITION_FAILED', allowedCommands: ['reviseResponsibilityList'] })
  }, 60_000)
})

/** After a year of work, and after commands about people: the log and the events name nobody. */
async function expectNobodyInTheLogs(c: City): Promise<void> {
  const { unitByCode: unit } = await c.read('platform-admin', '{ unitByCode(code: "510821-HEALTH") { id } }')
  const { person } = await c.done('platform-admin', 'registerPerson', 'RegisterPersonInput', { unitId: unit.id, staffNo: 'NEW-7', displayName: '新任某甲' }, 'person { id rowVersion }')
  await c.done('platform-admin', 'editPerson', 'EditPersonInput', { id: person.id, rowVersion: person.rowVersion, displayName: '新任某乙' }, 'person { id }')
  const { owner } = c.api.database
  const names = new Set((await owner.query('SELECT display_name, staff_no FROM person UNION ALL SELECT display_name, staff_no FROM person_history')).rows.flatMap(r => Object.values(r as Record<string, string>)))
  expect([names.size > 100, names.has('新任某甲'), names.has('NEW-7')]).toEqual([true, true, true])
  const { rows } = await owner.query<{ command: string; text: string }>(`
    SELECT command, row_to_json(r)::text AS text FROM audit_record r UNION ALL SELECT type, row_to_json(e)::text FROM outbox_event e UNION ALL SELECT command, row_to_json(s)::text FROM state_transition s`)
  expect(rows.length).toBeGreaterThan(500)
  const words = /[\p{L}\p{N}-]+/gu
  expect(rows.filter(r => [...r.text.matchAll(words)].some(([word]) => names.has(word))).map(r => r.command)).toEqual([])
}

describe('the year in the demo city', () => {
  let c: City
  beforeAll(async () => { c = await city() }, 120_000)
  afterAll(() => c.api.close())

  test('has the same figures, goes on where it was interrupted, and is done once', async () => {
    const { db } = c.api.database
    const stop = new Error('stopped')
    const after = (share: number) => ({ steps: [wangcangYear], onProgress: ({ done }: { done: number }) => { if (done >= share && done < 1) throw stop } })
    for (const share of [0.1, 0.3, 0.6, 0.8, 0.9]) await expect(loadDemo(db, after(share))).rejects.toBe(stop)
    expect(await loadDemo(db, { steps: [wangcangYear] })).toEqual(['wangcang-year'])
    expect(await loadDemo(db, { steps: [wangcangYear] })).toEqual([])
    expectFigures(await c.read('wangcang-reader', YEAR_QUERY))
    const { unitByCode: unit } = await c.read('wangcang-reader', '{ unitByCode(code: "510821-HEALTH") { claimed: dutyItems(filter: { state: { eq: CLAIMED_DONE } }) { totalCount } verified: dutyItems(filter: { state: { eq: VERIFIED } }) { totalCount } controls(filter: { state: { eq: OPERATING } }) { totalCount } riskPoints(first: 100) { nodes { residual { score } inherent { score } } } } }')
    expect([unit.claimed.totalCount, unit.verified.totalCount, unit.controls.totalCount]).toEqual([2, 2, 58])
    for (const { residual, inherent } of unit.riskPoints.nodes) expect(residual.score).toBeLessThanOrEqual(inherent.score)

    // The year goes on: a joint look each quarter, all four side by side, and what each of them will report.
    expect(await loadDemo(db, { steps: [wangcangLoop] })).toEqual(['wangcang-loop'])
    expect(await loadDemo(db, { steps: [wangcangLoop] })).toEqual([])
    const { unitByCode: { accountabilityCycles: { nodes: [year] } } } = await c.read('wangcang-reader', `{ unitByCode(code: "510821-HEALTH") { accountabilityCycles { nodes { state
      progressReviews(orderBy: [{ field: QUARTER, direction: ASC }]) { nodes { quarter figures { responsibility items done verified late } moves { totalCount } } } dutyReports { nodes { responsibility } } } } } }`)
    expect(year.state).toBe('IN_FORCE')
    expect(year.progressReviews.nodes).toEqual([1, 2, 3, 4].map(quarter => ({ quarter, moves: { totalCount: 33 }, figures: year.progressReviews.nodes[0].figures })))
    expect(year.progressReviews.nodes[0].figures.map((f: { responsibility: string; items: number }) => [f.responsibility, f.items])).toEqual([['COMMITTEE_MAIN', 12], ['SECRETARY_FIRST', 7], ['MEMBER_DUAL_DUTY', 9], ['COMMISSION_SUPERVISORY', 9]])
    const sum = (field: string): number => year.progressReviews.nodes[0].figures.reduce((n: number, f: Record<string, number>) => n + f[field]!, 0)
    expect([sum('done'), sum('verified'), sum('late')]).toEqual([4, 2, 33])
    expect(year.dutyReports.nodes.map((r: { responsibility: string }) => r.responsibility).sort()).toEqual(['COMMISSION_SUPERVISORY', 'COMMITTEE_MAIN', 'MEMBER_DUAL_DUTY', 'SECRETARY_FIRST'])
    await expectNobodyInTheLogs(c)
  }, 60_000)

  test('the four work rules are issued once, also after an interruption', async () => {
    const { db } = c.api.database
    const stop = new Error('stopped')
    for (const share of [0.2, 0.7]) {
      await expect(loadDemo(db, { steps: [workRules], onProgress: ({ done }) => { if (done === share) throw stop } })).rejects.toBe(stop)
    }
    expect(await loadDemo(db, { steps: [workRules] })).toEqual(['work-rules'])
    expect(await loadDemo(db, { steps: [workRules] })).toEqual([])
    expect(await db.rows(`SELECT count(DISTINCT r.kind)::int AS kinds, count(DISTINCT (r.kind, i.section))::int AS sections, count(DISTINCT r.id)::int AS rules, bool_and(i.is_synthetic AND r.is_synthetic) AS synthetic
      FROM supervision_rule r JOIN supervision_rule_item i ON i.rule_id = r.id WHERE r.state = 'PUBLISHED'`)).toEqual([{ kinds: 4, sections: 24, rules: 4, synthetic: true }])
  })
})

test('without the two catalogs the year is left out', async () => {
  const database = await testDatabase()
  try {
    expect(await loadDemo(database.db, { steps: [wangcangYear] })).toEqual([])
  } finally {
    await database.close()
  }
})
