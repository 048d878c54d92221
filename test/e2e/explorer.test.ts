import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { readExamples } from '../../src/api/explorer'
import { PROJECT_ROOT } from '../../src/config'
import { dataRows, demoIdentities } from '../../src/demo/data-files'
import { inboxSources } from '../../src/domain'
import { ITEM, itemsOf } from '../../src/domain/inbox'
import type { Answer } from '../support/api'
import { testServer, type TestServer } from '../support/server'

const examples = readExamples(path.join(PROJECT_ROOT, 'src/api/explorer/examples'))

const demoUnits = (): number => dataRows('units.csv').length

/** Every list and every count in an answer. */
function told(value: unknown, found: { lists: unknown[][]; counts: number[] } = { lists: [], counts: [] }): { lists: unknown[][]; counts: number[] } {
  if (Array.isArray(value)) found.lists.push(value)
  if (value === null || typeof value !== 'object') return found
  for (const [k, v] of Object.entries(value)) {
    if (k === 'totalCount') found.counts.push(v as number)
    else told(v, found)
  }
  return found
}

describe('the explorer’s examples, on the demo city', () => {
  let alone: TestServer
  let withOne: { figures: unknown[]; units: number }
  let server: TestServer
  /** The city as it is with one plugin; then the other is added. */
  beforeAll(async () => {
    const env = { PLUMBLINE_VAULT_KEY: randomBytes(32).toString('base64') }
    alone = await testServer({ demo: true, plugins: ['medical-insurance'], env })
    const { rows: figures } = await alone.database.owner.query('SELECT DISTINCT plugin_code FROM indicator_figure')
    const { units } = await alone.data<{ units: { totalCount: number } }>('{ units { totalCount } }', {}, 'city-leader')
    withOne = { figures, units: units.totalCount }
    server = await testServer({ demo: true, plugins: 'all', env, beside: alone })
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await alone?.close()
  })

  test('with one plugin only, the demo is loaded with what that plugin brings, and examples of the other are not offered', async () => {
    const { examples: offered } = await (await alone.fetch('/explorer/setup.json')).json() as { examples: { key: string }[] }
    expect(examples.filter(e => !offered.some(o => o.key === e.key)).map(e => e.key)).toEqual(['sector/05-contract-checks', 'reporting/05-indicator-values', 'reporting/06-reported-figures'])
    expect(withOne).toEqual({ figures: [{ plugin_code: 'medical-insurance' }], units: demoUnits() })
  })

  test('there are some for each kind of user, each for an identity of the demo city', () => {
    for (const audience of ['front-end', 'sector', 'reporting']) expect(examples.filter(e => e.audience === audience).length).toBeGreaterThanOrEqual(4)
    const identities = demoIdentities().map(i => i.key)
    expect(examples.filter(e => !identities.includes(e.identity)).map(e => e.key)).toEqual([])
  })

  test.each(examples.map(e => [e.key, e] as const))('%s answers, and with something', async (_, { query, variables, identity }) => {
    const answer = await server.query(query, variables, identity)
    expect(answer.errors).toEqual([])
    expect(Object.values(answer.data!).filter(v => v === null)).toEqual([])
    // What it lists, it lists something of; one that only counts counts something.
    const { lists, counts } = told(answer.data)
    expect(lists.length ? lists.some(l => l.length) : counts.some(n => n > 0)).toBe(true)
    const registers = JSON.stringify(answer.data).match(/"(nodes|edges)":\[/g) ?? []
    const empty = JSON.stringify(answer.data).match(/"(nodes|edges)":\[\]/g) ?? []
    expect(registers.length === 0 || empty.length < registers.length).toBe(true)
  })

  test('what waits for whom, as it was followed through the whole story of the city, is what its tables say anew', async () => {
    const sql = async (text: string): Promise<string[]> => (await server.database.owner.query<{ item: string }>(`SELECT to_jsonb(i)::text AS item FROM (${text}) i ORDER BY 1`)).rows.map(r => r.item)
    const types = (await server.database.owner.query(`SELECT DISTINCT subject_type FROM inbox_item`)).rows
    expect(types.length).toBeGreaterThan(10)
    for (const source of inboxSources) {
      const kept = await sql(`SELECT ${ITEM.join(', ')} FROM inbox_item WHERE subject_type = '${source.type}'`)
      expect([source.type, kept]).toEqual([source.type, await sql(itemsOf(source))])
    }
  })

  const unitId = async (code: string): Promise<string> => (await server.data<Answer['data']>('query($code: String!) { unitByCode(code: $code) { id } }', { code }, 'city-supervisor')).unitByCode.id
  const answerOf = (key: string): Promise<Answer['data']> => {
    const { query, variables, identity } = examples.find(e => e.key === key)!
    return server.data(query, variables, identity)
  }

  test('F-ZHAOHUA and S-9 in the demo city: 43 findings of one category, one activity merged, one result used, an exchange taken up in time', async () => {
    const { findings } = await answerOf('reporting/07-supervision-figures')
    expect(findings.totals).toMatchObject({ count: 44, openCount: 0, dealtWithCount: 1, rectificationCount: 43, clueCount: null, clueCountNullReason: 'CLOSED_REALM', conversionRate: { numerator: 43, denominator: 44 } })
    const ofCategory = (findings.groups as { key: { category: string }; count: number }[]).filter(g => g.key.category === 'project-change')
    expect(ofCategory.reduce((sum, g) => sum + g.count, 0)).toBe(43)
    const { unitByCode: county } = await answerOf('reporting/08-coverage-and-duplication')
    expect(county.supervisionDuplication).toMatchObject({ duplicated: { numerator: 0, denominator: 1 }, mergedCount: 1, jointActionCount: 1, resultReuseCount: 0 })
    expect(county.consultationsHeld).toMatchObject([{ heldCount: 2, dueCount: 2, heldInTime: { numerator: 1, denominator: 2 }, overdueCount: 1 }])
    const { collaborationAggregate } = await answerOf('front-end/09-collaboration')
    expect(collaborationAggregate.totals).toMatchObject({ count: 2, acknowledgedCount: 2, overdueCount: 0, inTimeRate: { numerator: 2, denominator: 2 } })
    const told = await server.data<Answer['data']>('{ collaborationRecords { nodes { kind state } } }', {}, 'city-health-group-supervisor')
    expect(told.collaborationRecords.nodes).toEqual([{ kind: 'INFORMATION_SHARING', state: 'ACKNOWLEDGED' }])
    const used = await server.data<Answer['data']>('{ supervisionActivities(filter: { state: { eq: CANCELLED } }) { nodes { reusedResults { nodes { kind state } } } } }', {}, 'wangcang-health-group-supervisor')
    expect(used.supervisionActivities.nodes).toEqual([{ reusedResults: { nodes: [{ kind: 'RESULT_SHARING', state: 'COMPLETED' }] } }])
  })

  test('F-26 and Q-41 in the demo city: six special rectifications, what was found and put right in each, null where no unit has reported', async () => {
    const { bySpecialRectification: { groups, totals } } = await answerOf('reporting/15-special-rectifications')
    const told = groups.map((g: Record<string, { code: string; state: string }>) => [g['key']!.code, g['key']!.state, g['unitCount'], g['problemsFound'], g['problemsFixed'], g['problemsNullReason']]).sort()
    expect(told).toEqual([
      ['2020-ZX-1', 'SUPERVISED_CHECK', 2, 15, 8, null], ['2020-ZX-2', 'RECTIFICATION', 2, 14, 12, null], ['2020-ZX-3', 'EVALUATION', 4, 52, 47, null], ['2020-ZX-4', 'CLOSED', 2, 5, 5, null],
      ['2020-ZX-5', 'SELF_CHECK', 2, 5, 2, null], ['2020-ZX-6', 'ANNOUNCED', 2, null, null, 'NOTHING_REPORTED'],
    ])
    expect(totals).toMatchObject({ unitCount: 14, reportedCount: 11, problemsFound: 91, problemsFixed: 74 })
    const { specialRectifications: { nodes } } = await answerOf('front-end/14-special-rectifications')
    expect(nodes.map((n: { code: string; findingCount: number }) => [n.code, n.findingCount]).slice(0, 2)).toEqual([['2020-ZX-1', 43], ['2020-ZX-2', 0]])
    expect(nodes[0]).toMatchObject({ leadNameZh: '中共广元市委员会', gripNameZh: '广元市人民政府', responsibleNameZh: '广元市住房和城乡建设局', governanceMeasures: { nodes: [{ kind: 'SPECIAL_RECTIFICATION', unit: { nameZh: '广元市住房和城乡建设局' } }] } })
    // A reporting tool reads figures, never a row.
    const { errors } = await server.query('{ specialRectificationAggregate(groupBy: [SPECIAL_RECTIFICATION]) { groups { key { code specialRectification { id } } } } }', {}, 'city-reporting-client')
    expect(errors.map(e => e.extensions.code)).toContain('FORBIDDEN')
  })

  test('F-VILLAGE, S-3 and S-7 in figures: one grievance solved in its township with 1.02 mu restored, one pledge, one closed path; to leaders numbers too small to tell', async () => {
    const { restitutionAggregate: { totals, groups } } = await answerOf('reporting/17-restitutions')
    expect(totals).toMatchObject({ beneficiaryCount: 1, clueCount: 1, paidRate: { numerator: 1, denominator: 1 }, verifiedRate: { value: '1.0000' }, quantityOwed: { value: '1.02', measure: 'MU' } })
    expect(groups).toMatchObject([{ kind: 'BACK_PAYMENT', measure: 'MU', amountPaid: null, quantityRestored: { value: '1.02', measure: 'MU', nullReason: null } }])
    const { byTownship } = await answerOf('reporting/19-clue-handling')
    expect(byTownship.groups).toMatchObject([{ townshipCode: '510802105', count: 1, solvedLocallyRate: { numerator: 1, denominator: 1 } }])
    expect(byTownship.totals).toMatchObject({ medianDaysToClose: '38.0', foundedRate: { numerator: 1, denominator: 1 }, misconductCount: 0 })
    const { byCounty } = await answerOf('reporting/18-clue-intake')
    expect(byCounty.groups.find((g: { divisionCode: string }) => g.divisionCode === '510802')).toMatchObject({ count: 1, per10000: null, per10000NullReason: 'NO_POPULATION' })
    // S-3: one pledge, not judged yet. S-7: one case, its path closed by a measure on the day of the trial.
    const { pledgeAggregate } = await answerOf('reporting/16-pledges')
    expect(pledgeAggregate.groups).toMatchObject([{ responsibility: 'SECRETARY_FIRST', count: 1, keptCount: 0, brokenCount: 0, openCount: 1, keptRate: { numerator: 0, denominator: 0, value: null, nullReason: 'NOTHING_COUNTED' } }])
    const { caseAggregate, units } = await answerOf('reporting/20-closed-path')
    expect(caseAggregate.totals).toEqual({ count: 1, withdrawnCount: 0, waivedCount: 0, closedPathRate: { numerator: 1, denominator: 1, value: '1.0000', nullReason: null } })
    expect(caseAggregate.groups).toMatchObject([{ medianDays: { supervision: '0.0', investigation: '0.0', trial: '0.0', governance: '0.0' } }])
    expect(units).toEqual({ subjects: [], repeatRate: { numerator: 0, denominator: 2, value: '0.0000', nullReason: null } })
    const { byStanding, byChannel } = await answerOf('reporting/21-clue-statistics')
    for (const { groups: told } of [byStanding, byChannel]) expect(told.every((g: { count: object }) => JSON.stringify(g.count) === '{"value":null,"nullReason":"SUPPRESSED"}')).toBe(true)
  })

  test('S-2 and F-VILLAGE in the demo city: one grievance, verified by township and village, 1.02 mu restored', async () => {
    const { clues } = await answerOf('front-end/11-village-grievance')
    expect(clues.totalCount).toBe(1)
    const [clue] = clues.nodes
    expect(clue).toMatchObject({
      outcome: 'FOUNDED_CLERICAL', dispositions: ['RESTITUTION'], transfers: { nodes: [{ state: 'ACCEPTED' }] }, verifications: { nodes: [{ mode: 'TOWNSHIP_PLUS_VILLAGE', outcome: 'FOUNDED_CLERICAL', team: [{}, {}] }] },
      restitutions: { nodes: [{ quantity: '1.02', measure: 'MU', state: 'VERIFIED' }] },
    })
    expect(Date.parse(clue.closedOn) - Date.parse(clue.receivedOn)).toBe(38 * 86_400_000)
  })

  test('S-3 and F-ZHAOHUA in the demo city: four heard on 43 findings, asked and evaluated; one pledge, one task, one day', async () => {
    const { hearingSessions: { nodes } } = await answerOf('front-end/12-hearing')
    expect(nodes).toHaveLength(1)
    const [session] = nodes
    expect(session).toMatchObject({ state: 'CONCLUDED', isFourResponsibility: true, heldOn: '2020-10-28' })
    const heard: { responsibility: string; tallies: object | null; questions: { nodes: { state: string; findings: { totalCount: number } }[] } }[] = session.respondents.nodes
    expect(heard.map(h => h.responsibility).sort()).toEqual(['COMMISSION_SUPERVISORY', 'COMMITTEE_MAIN', 'MEMBER_DUAL_DUTY', 'SECRETARY_FIRST'])
    for (const { tallies, questions } of heard) expect([tallies !== null, questions.nodes.map(q => q.state)]).toEqual([true, ['ANSWERED']])
    expect(heard.find(h => h.responsibility === 'SECRETARY_FIRST')!.questions.nodes[0]!.findings.totalCount).toBe(43)
    expect(session.pledges.nodes).toHaveLength(1)
    const [{ deadline, state, rectificationTask }] = session.pledges.nodes
    expect([state, rectificationTask.dueOn]).toEqual(['MADE', deadline])
    const { dutyReports, rectificationTasks } = await server.data<Answer['data']>(
      `{ dutyReports(filter: { year: { eq: 2020 }, unit: { eq: "${await unitId('510811-HOUSING')}" } }) { nodes { fixedAt } totalCount } rectificationTasks(filter: { sourceKind: { eq: PLEDGE } }) { totalCount } }`, {}, 'zhaohua-hearing-secretary')
    expect([dutyReports.totalCount, rectificationTasks.totalCount]).toEqual([4, 1])
    for (const { fixedAt } of dutyReports.nodes) expect(fixedAt).toEqual(expect.any(String))
  })

  test('S-5 and F-CANGXI in the demo city: 6 letters, 26 recommendations, 23 problems, 12 decisions', async () => {
    const { recommendationLetterAggregate } = await answerOf('reporting/12-recommendation-letters')
    expect(recommendationLetterAggregate.totals).toMatchObject({ letterCount: 6, itemCount: 26, adoptionRate: { numerator: 23, denominator: 26 } })
    const { rectificationTaskAggregate } = await answerOf('reporting/13-rectifications')
    expect(rectificationTaskAggregate.groups.map((g: { source: string; count: number }) => [g.source, g.count]).sort()).toEqual([['CAMPAIGN', 1], ['PLEDGE', 1], ['RECOMMENDATION', 23]])
    expect((await answerOf('reporting/14-accountability')).byKind.totals.value).toBe(12)
  })

  test('S-7 in the demo city: from a joint visit to a new control on the risk point that came true', async () => {
    const { cases } = await answerOf('front-end/13-closed-path')
    expect(cases.totalCount).toBe(1)
    expect(cases.nodes[0]).toMatchObject({
      clues: [{ channel: 'SUPERVISION_FINDING', outcome: 'FOUNDED_MISCONDUCT', state: 'CLOSED', finding: { category: 'procurement-tendering', state: 'DEALT_WITH' } }],
      powers: [{}], riskPoints: [{ description: '关联供应商围标串标（示例）' }],
      governanceMeasures: { nodes: [{ kind: 'CONTROL_CHANGE', state: 'VERIFIED', controls: { nodes: [{ state: 'OPERATING' }] }, riskPoints: { nodes: [{ description: '关联供应商围标串标（示例）' }] } }] },
    })
    // The health commission sees its measures (the other one follows from a special rectification), and of no case.
    const { data } = await server.query<Answer['data']>('{ governanceMeasures { nodes { state cases { totalCount } } } }', {}, 'city-health-approver')
    expect(data!.governanceMeasures.nodes).toEqual([{ state: 'PROPOSED', cases: null }, { state: 'VERIFIED', cases: null }])
  })

  test('four work rules of six sections each, issued by the city committee and read by a group far below it; four modes; codes of core and plugins', async () => {
    const { supervisionRules: { nodes }, supervisionModes } = await answerOf('front-end/07-work-rules')
    expect(nodes.map((r: { kind: string }) => r.kind)).toEqual(['CITY_COMMISSION_ORGAN', 'DISPATCHED_DEPARTMENT_GROUP', 'TOWNSHIP_AREA_OUTPOST_GROUP', 'TOWNSHIP_COMMISSION'])
    for (const rule of nodes) {
      const sections = ['objects', 'matters', 'ways', 'means', 'useOfResults', 'accountabilityTriggers'].map(s => rule[s].nodes.length)
      expect([rule.kind, rule.issuerNameZh, sections.filter(n => n > 0).length]).toEqual([rule.kind, '中共广元市委员会', 6])
      expect(rule.accountabilityTriggers.nodes.map((t: { faultKind: string }) => t.faultKind)).toEqual(['ABDICATION', 'DISORDER', 'ABUSE'])
    }
    expect(supervisionModes).toHaveLength(4)
    const { findingCategories, violationTypes } = await answerOf('sector/07-codes')
    expect(new Set(findingCategories.nodes.map((c: { pluginCode: string | null }) => c.pluginCode))).toEqual(new Set([null, 'health-procurement']))
    expect(violationTypes.totalCount).toBeGreaterThan(20)
  })

  test('contracts: those with most flags first, each check with its result, measure or reason, and law', async () => {
    const { unitByCode: unit } = await answerOf('sector/05-contract-checks')
    expect([unit.flagged.totalCount, unit.healthProcurementContracts.totalCount]).toEqual([9, 22])
    const [first] = unit.healthProcurementContracts.nodes
    expect(first).toMatchObject({ contractNo: 'WCWJ-2025-005', flaggedChecks: ['brands', 'filing', 'publication', 'acceptance', 'archive'], isSynthetic: true })
    const checks = unit.healthProcurementContracts.nodes.flatMap((n: { legalChecks: object[] }) => n.legalChecks)
    expect(new Set(checks.map((c: { result: string }) => c.result))).toEqual(new Set(['PASS', 'FLAG', 'NOT_APPLICABLE', 'CANNOT_TELL']))
    for (const c of checks) expect([c.code, c.reason !== null, c.measured !== null, c.legalBasis.length > 0]).toEqual([c.code, /NOT_APPLICABLE|CANNOT_TELL/.test(c.result), /PASS|FLAG/.test(c.result), true])
  })

  test('violation records: exact amounts, and a fine outside its range', async () => {
    const { unitByCode: unit, medicalInsurance } = await answerOf('sector/06-violation-records')
    expect(unit.medicalInsuranceViolationRecords.nodes[0]).toMatchObject({
      recordNo: 'GYYB-2025-006', foundAmount: '143900.00', recoveredAmount: '100000.00', fineImposed: '287800.00', fineCollected: '150000.00', fineCheck: 'PASS', violationType: { nameZh: '挂床住院', fineMultipleMax: '2' },
    })
    expect(unit.medicalInsuranceViolationRecords.nodes.filter((n: { fineCheck: string }) => n.fineCheck === 'FLAG').map((n: { recordNo: string }) => n.recordNo)).toEqual(['GYYB-2025-009'])
    expect([medicalInsurance.penalties.totalCount, medicalInsurance.undecided.totalCount]).toEqual([12, 2])
  })

  test('indicators: values, and each reason for there being none', async () => {
    const { health, hospital, insurance, county } = await answerOf('reporting/05-indicator-values')
    const of = (v: { value: string | null; nullReason: string | null }): string | null => v.value ?? v.nullReason
    expect([health.singleBidFirstHalf, health.singleBidSecondHalf, health.lateContracts, health.noTendersYet, health.notReported].map(of)).toEqual(['14.29', '11.11', '16.67', 'ZERO_DENOMINATOR', 'MISSING_INPUT'])
    expect([hospital.stayLength, hospital.noYearBefore].map(of)).toEqual([expect.any(String), 'NO_PREVIOUS'])
    expect(Number(health.shortStays.value)).toBeCloseTo(2.5, 0)
    expect([insurance.recovery, insurance.coverage, insurance.repeaters, insurance.nothingFoundYet, insurance.yearsOnly].map(of)).toEqual(['48.62', '6.98', '16.67', 'ZERO_DENOMINATOR', 'PERIOD_KIND'])
    expect(insurance.denial).toMatchObject({ value: '0.84', numerator: '2418630.25', denominator: '286410520.4' })
    expect([county.singleSource, county.notAcrossUnits].map(of)).toEqual(['5.11', 'NOT_APPLICABLE'])
    expect(county.drugRatio).toMatchObject({ value: expect.any(String), unitsCounted: 4, unitsExpected: 24 })
  })

  test('every row that plugins brought for the demo came through their imports once, and says that it is invented', async () => {
    for (const demo of server.app.plugins.demo) expect([demo.name, await demo.isDone(server.db)]).toEqual([demo.name, true])
    const { rows } = await server.database.owner.query(`
      SELECT command, count(*)::int AS n FROM audit_record WHERE command IN ('importHealthProcurementContracts', 'importMedicalInsuranceViolationRecords', 'importIndicatorFigures', 'loadPluginDemo') AND actor = 'system:demo' GROUP BY command ORDER BY command`)
    expect(rows).toEqual([
      { command: 'importHealthProcurementContracts', n: 3 }, { command: 'importIndicatorFigures', n: 2 }, { command: 'importMedicalInsuranceViolationRecords', n: 2 }, { command: 'loadPluginDemo', n: 7 },
    ])
    const invented = await server.database.owner.query(`
      SELECT (SELECT count(*)::int FROM plugin_health_procurement.contract) AS contracts, (SELECT count(*)::int FROM plugin_medical_insurance.violation_record) AS records,
        (SELECT count(*)::int FROM plugin_health_procurement.contract WHERE NOT is_synthetic) + (SELECT count(*)::int FROM plugin_medical_insurance.violation_record WHERE NOT is_synthetic)
        + (SELECT count(*)::int FROM indicator_figure WHERE note IS NULL OR note NOT LIKE '%虚构%') AS unmarked`)
    expect(invented.rows).toEqual([{ contracts: 44, records: 40, unmarked: 0 }])
  })

  test('S-1 is what the first sector example shows: 28 / 9 / 8 / 8 / 58 / 58, published together', async () => {
    const { query, variables, identity } = examples.find(e => e.key === 'sector/01-bureau-year')!
    const { unitByCode: unit } = await server.data<{ unitByCode: Record<string, any> }>(query, variables, identity) // eslint-disable-line @typescript-eslint/no-explicit-any -- any shape
    expect([unit['committee'], unit['secretary'], unit['members'], unit['focuses'], unit['riskPoints'], unit['controls']].map(c => c.totalCount)).toEqual([12, 7, 9, 9, 58, 58])
    expect(unit['powers'].nodes.map((p: { riskPointCount: number }) => p.riskPointCount).sort((a: number, b: number) => b - a)).toEqual([10, 9, 8, 7, 7, 6, 6, 5])
    expect(unit['powers'].nodes.every((p: { operatingFlow: { state: string } | null }) => p.operatingFlow?.state === 'EFFECTIVE')).toBe(true)
    expect(unit['accountabilityCycles'].nodes).toMatchObject([{ year: 2020, state: 'IN_FORCE' }])
    expect(new Set(unit['responsibilityLists'].nodes.map((l: { publishedAt: string }) => l.publishedAt)).size).toBe(1)
  })

  test('what the page needs: examples, identities with places and roles, a token for each', async () => {
    const setup = await (await server.fetch('/explorer/setup.json')).json()
    expect(setup.examples).toHaveLength(examples.length)
    expect(setup.identities).toHaveLength(demoIdentities().length)
    expect(setup.identities.find((i: { key: string }) => i.key === 'wangcang-health-editor')).toEqual({
      key: 'wangcang-health-editor', labelZh: expect.any(String), labelEn: expect.any(String), placeZh: '中共旺苍县委员会', roles: [{ role: 'UNIT_EDITOR', zh: '单位填报人', en: 'Unit editor' }],
    })
    const post = (body: unknown) => server.fetch('/explorer/token', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    const { token } = await (await post({ identity: 'city-leader' })).json()
    const who = await server.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query: '{ viewer { roles { role } } }' }) })
    expect(await who.json()).toEqual({ data: { viewer: { roles: [{ role: 'LEADER_READER' }] } } })
    expect((await post({ identity: 'nobody' })).status).toBe(404)
    expect((await post({ identity: 7 })).status).toBe(400)
    expect((await post({ identity: 'city-leader', staffNo: 'S001' })).status).toBe(400)
  })

  test('its page brings nothing from elsewhere and allows no inline script', async () => {
    const response = await server.fetch('/')
    const policy = response.headers.get('content-security-policy')!
    expect(policy).not.toMatch(/unsafe|http/)
    const html = await response.text()
    const nonce = /'nonce-([\w-]+)'/.exec(policy)![1]!
    expect(html).toContain(`data-nonce="${nonce}"`)
    expect(await (await server.fetch('/')).text()).not.toContain(nonce)
    expect(html).not.toMatch(/https?:\/\//)
    for (const [, url] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect([url, (await server.fetch(url!)).status]).toEqual([url, 200])
    expect(html).not.toMatch(/<script(?! src=)/)
  })
})

describe('without a demo, or switched off', () => {
  test('no identities are offered and no tokens given', async () => {
    const server = await testServer()
    const setup = await (await server.fetch('/explorer/setup.json')).json()
    expect(setup.identities).toEqual([])
    expect((await server.fetch('/explorer/token', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"identity":"city-leader"}' })).status).toBe(404)
    await server.close()
  })

  test('there is no explorer at all when it is off', async () => {
    const server = await testServer({ env: { PLUMBLINE_EXPLORER: 'off' } })
    for (const at of ['/', '/explorer/setup.json', '/explorer/explorer.js', '/explorer/token']) expect((await server.fetch(at)).status).toBe(404)
    await server.close()
  })
})
