import { DateTime } from 'luxon'
import { importDivisionPopulations, importDivisions } from '../../src/domain/division'
import { sourceOf } from '../../src/domain/import'
import { coreModules } from '../../src/modules'
import { useCellSizes } from '../../src/report'
import { testApi, type Answer, type TestApi } from '../support/api'
import { ClueOffice, UNITS, type UnitName, type Who } from '../support/clue-office'
import { SYSTEM } from '../support/small-city'

let api: TestApi
let o: ClueOffice
const YEAR = DateTime.now().setZone('Asia/Shanghai').year
const day = (ago: number): string => DateTime.now().setZone('Asia/Shanghai').minus({ days: ago }).toISODate()!

beforeAll(async () => {
  api = await testApi({ modules: coreModules })
  o = await ClueOffice.open(api)
  await places()
  await story()
}, 120_000)
afterAll(() => api.close())
afterEach(() => useCellSizes(api.database.db, { least: 5, byAggregate: {} }))

/** The units of the office in their divisions, with residents of the township, corrected once, and of the county. */
async function places(): Promise<void> {
  const { db, owner } = api.database
  await importDivisions(db, SYSTEM, sourceOf('divisions', ['code', 'nameZh', 'level', 'parentCode', 'validFrom'], [
    ['510800', '甲市', 'CITY', '', '1985-01-01'], ['510802', '甲区', 'COUNTY', '510800', '1985-01-01'], ['510824', '乙县', 'COUNTY', '510800', '1985-01-01'],
    ['510802105', '甲镇', 'TOWNSHIP', '510802', '1985-01-01'], ['510802105203', '甲村', 'VILLAGE', '510802105', '1985-01-01'],
  ]))
  const residents = (...rows: string[][]): Promise<unknown> => importDivisionPopulations(db, SYSTEM, sourceOf('residents', ['divisionCode', 'year', 'residents'], rows))
  await residents(['510802105', '2023', '19000'], ['510802105', '2024', '20000'], ['510802', '2024', '480000'])
  await residents(['510802105', '2024', '21500'])
  const at: Partial<Record<UnitName, string>> = { county: '510802', commission: '510802', trial: '510802', bureau: '510802', township: '510802105', townshipCommission: '510802105', village: '510802105203', otherVillage: '510802105203', nextCounty: '510824', nextCommission: '510824' }
  for (const [name, code] of Object.entries(at)) await owner.query('UPDATE unit SET division_code = $2 WHERE path = $1', [UNITS[name as UnitName][0], code])
}

const take = async (who: Who, input: object): Promise<string> => (await o.done(who, 'receiveClue', { summary: '反映的情况', isSynthetic: true, ...input }, 'clue { id }')).clue.id
const grievance = (more: object = {}): Promise<string> =>
  take('village', { unitId: o.unit('village'), channel: 'VILLAGE_OFFICER', nature: 'CLAIM_GRIEVANCE', anonymity: 'ANONYMOUS', subjectUnitIds: [o.unit('township')], receivedOn: day(30), ...more })
const accept = async (who: Who, clueId: string): Promise<void> => {
  const { data } = await o.ask(who, '{ clueTransfers(filter: { state: { eq: SENT } }) { nodes { id clue { id } } } }')
  await o.done(who, 'acceptClueTransfer', { id: data.clueTransfers.nodes.find((t: { clue: { id: string } }) => t.clue.id === clueId).id })
}
const passedUp = async (more: object = {}): Promise<string> => {
  const id = await grievance(more)
  await o.done('village', 'registerClue', { id })
  await o.done('village', 'transferClue', { id, reason: '应由镇纪委办理' })
  await accept('head', id)
  return id
}
const inquired = async (outcome: string, ago: number): Promise<string> => {
  const id = await take('supervisor', {
    unitId: o.unit('commission'), channel: 'PETITION_LETTER', nature: 'DISCIPLINE_CLUE', anonymity: 'ANONYMOUS', subjectUnitIds: [o.unit('bureau')], subjectPersonIds: [o.person('financeHead')], receivedOn: day(ago),
  })
  await o.done('supervisor', 'registerClue', { id })
  await o.done('approver', 'assignClue', { id, personId: o.person('colleague') })
  await o.done('supervisor', 'decideClueHandling', { id, handling: 'TALK_OR_LETTER_INQUIRY', opinion: '先行函询' })
  await o.done('colleague', 'concludeClueInquiry', { id, outcome, report: '函询回复' })
  return id
}
const filed = async (ago: number): Promise<string> => {
  const clue = await inquired('FOUNDED_MISCONDUCT', ago)
  await o.done('supervisor', 'proposeCaseFiling', { id: clue })
  return (await o.done('approver', 'fileCase', { id: clue, opinion: '同意立案' }, 'case { id }')).case.id
}
const tried = async (ago: number, days: { filed: number; transferred: number; adjudicated: number }): Promise<string> => {
  const id = await filed(ago)
  await o.done('investigator', 'startCaseInvestigation', { id })
  await o.done('investigator', 'transferCaseToTrial', { id, trialUnitId: o.unit('trial'), report: '调查报告' })
  await o.done('judge', 'recordTrialOpinion', { id, text: '审理意见', dispositions: [{ kind: 'PROCURATORATE' }] })
  await o.done('judge', 'adjudicateCase', { id })
  await o.done('investigator', 'startCaseGovernance', { id })
  await api.database.owner.query('UPDATE case_file SET filed_on = $2, transferred_on = $3, adjudicated_on = $4 WHERE id = $1', [id.slice(-36), day(days.filed), day(days.transferred), day(days.adjudicated)])
  return id
}
const carriedOut = async (caseId: string): Promise<void> => {
  const { governanceMeasure: { id } } = await o.done('approver', 'proposeGovernanceMeasure', {
    unitId: o.unit('bureau'), demandingUnitId: o.unit('commission'), kind: 'WARNING_EDUCATION', content: '开展警示教育', dueOn: day(-30), caseIds: [caseId], isSynthetic: true,
  }, 'governanceMeasure { id }')
  await o.done('financeHead', 'acceptGovernanceMeasure', { id })
  await o.done('financeEditor', 'attachEvidenceLink', { subjectId: id, title: '警示教育记录', url: 'https://example.org/institution', sensitivity: 'INTERNAL', collectedAt: `${day(1)}T00:00:00Z` })
  await o.done('financeEditor', 'implementGovernanceMeasure', { id, report: '已开展警示教育', controlIds: [await control()], riskPointIds: [] })
}
/** A control of the bureau, written straight into the tables. */
async function control(): Promise<string> {
  const { rows: [{ id }] } = await api.database.owner.query(`
    WITH p AS (INSERT INTO position (id, unit_id, code, name_zh, power_bearing, created_by, updated_by) VALUES (gen_random_uuid(), $1, 'BUYER', '采购岗', true, 'system:test', 'system:test') RETURNING id)
    INSERT INTO control (id, unit_id, code, description_zh, nature, mode, frequency, owner_position_id, state, created_by, updated_by)
    SELECT gen_random_uuid(), $1, '1', '供应商关联核查', 'PREVENTIVE', 'MANUAL', 'PER_TRANSACTION', id, 'DESIGNED', 'system:test', 'system:test' FROM p RETURNING id`, [o.unit('bureau').slice(-36)])
  return `ctl_${id}`
}

/**
 * Of our county: a grievance solved in the township, one that went up to the county, one that lies untouched for 100 days; four letters about one
 * bureau: a case with a measure carried out, one waived, one just filed, and one unfounded. Of the next county: one letter.
 */
async function story(): Promise<void> {
  const solved = await passedUp()
  await o.done('head', 'assignClue', { id: solved, personId: o.person('officer') })
  await o.done('head', 'decideClueHandling', { id: solved, handling: 'TALK_OR_LETTER_INQUIRY', opinion: '情况具体' })
  await o.done('officer', 'concludeClueInquiry', { id: solved, outcome: 'FOUNDED_CLERICAL', report: '登记有误' })
  await o.done('head', 'disposeClue', { id: solved, dispositions: ['RESTITUTION', 'RECTIFICATION'] })
  const order = async (owed: object): Promise<string> => (await o.done('officer', 'orderRestitution', { clueId: solved, kind: 'BACK_PAYMENT', beneficiary: '农户', basis: '补偿方案', ...owed }, 'restitution { id }')).restitution.id
  for (const owed of [{ quantity: '1.02', measure: 'MU' }, { kind: 'REFUND', amount: '35700.10', currency: 'CNY' }, { quantity: '3', measure: 'HEAD', amount: '299.90', currency: 'CNY' }]) {
    const id = await order(owed)
    await o.done('officer', 'recordRestitutionPayment', { id, paidOn: day(1), proof: '凭证' })
    await o.done('head', 'verifyRestitution', { id })
  }
  await o.done('head', 'cancelRestitution', { id: await order({ amount: '7', currency: 'CNY' }), opinion: '重复登记' })
  await o.done('head', 'confirmClueRestitution', { id: solved })
  await o.done('head', 'closeClue', { id: solved })

  const up = await passedUp({ receivedOn: day(10) })
  await o.done('head', 'transferClue', { id: up, reason: '涉及县级部门' })
  await accept('supervisor', up)
  await o.done('approver', 'assignClue', { id: up, personId: o.person('colleague') })
  await o.done('supervisor', 'decideClueHandling', { id: up, handling: 'CONCLUDED', opinion: '无可查性' })
  await o.done('supervisor', 'closeClue', { id: up })
  await grievance({ receivedOn: day(100) })

  await carriedOut(await tried(60, { filed: 40, transferred: 30, adjudicated: 20 }))
  await o.done('approver', 'waiveCaseGovernance', { id: await tried(15, { filed: 10, transferred: 8, adjudicated: 2 }), opinion: '个案，无制度漏洞' })
  await filed(0)
  const unfounded = await inquired('UNFOUNDED', 0)
  await o.done('approver', 'disposeClue', { id: unfounded, dispositions: ['NONE'], opinion: '查无实据' })
  await o.done('supervisor', 'closeClue', { id: unfounded })

  await take('neighbour', { unitId: o.unit('nextCommission'), channel: 'PHONE', nature: 'DISCIPLINE_CLUE', anonymity: 'ANONYMOUS', subjectUnitIds: [o.unit('nextCounty')], receivedOn: day(0) })
}

const counted = async (who: Who, field: string, args: string, select: string, variables?: object): Promise<Answer['data']> => {
  const { data, errors } = await o.ask(who, `query${variables ? '($within: ID!)' : ''} { ${field}(${args}) { ${select} } }`, variables)
  expect([field, errors]).toEqual([field, []])
  return data[field]
}
const RATIO = '{ numerator denominator value nullReason }'
const share = (numerator: number, denominator: number, value: string | null) => ({ numerator, denominator, value, nullReason: value === null ? 'NOTHING_COUNTED' : null })
const within = (name: UnitName): object => ({ within: o.unit(name) })
const BELOW = 'filter: { unit: { within: $within } }'

describe('clues, for those who open the realm', () => {
  const FIGURES = `count openCount overdueRate ${RATIO} openAges { upTo30 upTo60 upTo90 over90 } medianDaysOpen medianDaysToClose foundedRate ${RATIO} misconductCount disposedCount dispositions { disposition count } solvedLocallyRate ${RATIO}`

  test('Q-42 to Q-45: intake, age, overdue, founded, what followed, solved where it arose', async () => {
    expect((await counted('approver', 'clueAggregate', 'groupBy: []', `groups { count } totals { ${FIGURES} }`))).toEqual({
      groups: [],
      totals: {
        count: 7, openCount: 4, overdueRate: share(1, 4, '0.2500'), openAges: { upTo30: 2, upTo60: 1, upTo90: 0, over90: 1 }, medianDaysOpen: '37.5', medianDaysToClose: '10.0',
        foundedRate: share(4, 5, '0.8000'), misconductCount: 3, disposedCount: 6, solvedLocallyRate: share(1, 2, '0.5000'),
        dispositions: [['RESTITUTION', 1], ['RECTIFICATION', 1], ['LETTER', 0], ['TALK', 0], ['CASE', 3], ['NONE', 2]].map(([disposition, count]) => ({ disposition, count })),
      },
    })
  })

  test('Q-42: by channel and nature, by county and township, per 10,000 residents by the newest figure; what has none says why', async () => {
    expect((await counted('approver', 'clueAggregate', 'groupBy: [CHANNEL, NATURE]', 'groups { channel nature count per10000 per10000NullReason }')).groups).toEqual([
      { channel: 'VILLAGE_OFFICER', nature: 'CLAIM_GRIEVANCE', count: 3, per10000: null, per10000NullReason: 'NO_POPULATION' },
      { channel: 'PETITION_LETTER', nature: 'DISCIPLINE_CLUE', count: 4, per10000: null, per10000NullReason: 'NO_POPULATION' },
    ])
    const PLACE = 'groups { divisionCode townshipCode count residents residentsYear per10000 per10000NullReason }'
    expect((await counted('approver', 'clueAggregate', 'groupBy: [DIVISION, TOWNSHIP]', PLACE)).groups).toEqual([
      { divisionCode: '510802', townshipCode: '510802105', count: 3, residents: 21_500, residentsYear: 2024, per10000: '1.40', per10000NullReason: null },
      { divisionCode: '510802', townshipCode: null, count: 4, residents: null, residentsYear: null, per10000: null, per10000NullReason: 'NO_POPULATION' },
    ])
    expect((await counted('cityApprover', 'clueAggregate', 'groupBy: [DIVISION]', PLACE)).groups).toEqual([
      { divisionCode: '510802', townshipCode: null, count: 7, residents: 480_000, residentsYear: 2024, per10000: '0.15', per10000NullReason: null },
      { divisionCode: '510824', townshipCode: null, count: 1, residents: null, residentsYear: null, per10000: null, per10000NullReason: 'NO_POPULATION' },
    ])
  })

  test('Q-43: what is overdue at which step, below whom; a year is a dimension, too', async () => {
    const { groups } = await counted('approver', 'clueAggregate', `groupBy: [UNIT_CHILD, STATE], ${BELOW}`, `groups { unit { code } state count overdueRate ${RATIO} }`, within('county'))
    expect(groups.map((g: Answer['data']) => [g.unit.code, g.state, g.count, g.overdueRate.numerator, g.overdueRate.denominator])).toEqual([
      ['510802-CCDI', 'CASE_FILED', 3, 0, 3], ['510802-CCDI', 'CLOSED', 2, 0, 0], ['510802105', 'RECEIVED', 1, 1, 1], ['510802105', 'CLOSED', 1, 0, 0],
    ])
    const years = (await counted('approver', 'clueAggregate', 'groupBy: [YEAR]', 'groups { year count }')).groups as { year: number; count: number }[]
    expect(years.reduce((sum, y) => sum + y.count, 0)).toBe(7)
    expect(years.every(y => y.year === YEAR || y.year === YEAR - 1)).toBe(true)
  })

  test('each sees what they open, and nothing of another county; whom clues are about sees none of them', async () => {
    const count = async (who: Who, args = 'groupBy: []', variables?: object): Promise<number> => (await counted(who, 'clueAggregate', args, 'totals { count }', variables)).totals.count
    expect([await count('head'), await count('supervisor'), await count('cityApprover'), await count('neighbour')]).toEqual([2, 7, 8, 1])
    expect([await count('neighbour', `groupBy: [UNIT_CHILD], ${BELOW}`, within('county')), await count('approver', `groupBy: [], ${BELOW}`, within('nextCounty'))]).toEqual([0, 0])
    // The mayor opens the realm over the township; its clues are about the mayor's own unit.
    expect(await count('mayor')).toBe(0)
    const nothing = await counted('mayor', 'clueAggregate', 'groupBy: []', `totals { foundedRate ${RATIO} overdueRate ${RATIO} solvedLocallyRate ${RATIO} medianDaysOpen medianDaysToClose }`)
    expect(nothing.totals).toEqual({ foundedRate: share(0, 0, null), overdueRate: share(0, 0, null), solvedLocallyRate: share(0, 0, null), medianDaysOpen: null, medianDaysToClose: null })
    expect((await counted('head', 'clueAggregate', 'groupBy: []', `totals { solvedLocallyRate ${RATIO} }`)).totals.solvedLocallyRate).toEqual(share(1, 1, '1.0000'))
    for (const who of ['leader', 'tool', 'admin', 'auditor', 'financeHead', 'village', 'custodian', 'judge'] as const) {
      for (const asked of ['clueAggregate(groupBy: []) { totals { count } }', 'restitutionAggregate(groupBy: []) { totals { clueCount } }', 'repeatSubjects(of: UNIT) { repeatRate { value } }', 'caseAggregate(groupBy: []) { totals { count } }']) {
        expect([who, asked, (await o.ask(who, `{ ${asked} }`)).errors[0]?.extensions.code]).toEqual([who, asked, 'FORBIDDEN'])
      }
    }
    expect((await o.ask('approver', '{ clueAggregate(groupBy: [UNIT_CHILD]) { totals { count } } }')).errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', violations: [{ path: 'filter.unit.within' }] })
  })

  test('that it was asked stands in the log with what was asked: a filter can be so narrow that a number tells of one clue', async () => {
    await counted('colleague', 'clueAggregate', 'groupBy: [STATE], filter: { channel: { eq: VILLAGE_OFFICER } }', 'totals { count }')
    const { rows } = await api.database.owner.query(`SELECT subject_type, subject_id, after FROM audit_record WHERE command = 'readClue' AND actor = $1 AND after->>'field' = 'Query.clueAggregate'`, [`person:${o.person('colleague').slice(-36)}`])
    expect(rows).toEqual([{ subject_type: 'clue', subject_id: null, after: { field: 'Query.clueAggregate', arguments: { groupBy: ['STATE'], filter: { channel: { eq: 'VILLAGE_OFFICER' } } }, counted: 3 } }])
  })

  test('Q-47: who is reported again and again, units and persons', async () => {
    const SUBJECTS = `subjects { unit { code } person { id } clueCount foundedCount firstReceivedOn lastReceivedOn } repeatRate ${RATIO}`
    const bureau = { unit: { code: '510802-FINANCE' }, person: null, clueCount: 4, foundedCount: 3, firstReceivedOn: day(60), lastReceivedOn: day(0) }
    const township = { unit: { code: '510802105' }, person: null, clueCount: 3, foundedCount: 1, firstReceivedOn: day(100), lastReceivedOn: day(10) }
    expect(await counted('approver', 'repeatSubjects', 'of: UNIT', SUBJECTS)).toEqual({ subjects: [bureau, township], repeatRate: share(2, 2, '1.0000') })
    expect(await counted('approver', 'repeatSubjects', 'of: UNIT, atLeast: 4', SUBJECTS)).toEqual({ subjects: [bureau], repeatRate: share(1, 2, '0.5000') })
    expect(await counted('approver', 'repeatSubjects', 'of: PERSON, first: 1', SUBJECTS)).toEqual({ subjects: [{ ...bureau, unit: null, person: { id: o.person('financeHead') } }], repeatRate: share(1, 1, '1.0000') })
    expect(await counted('approver', 'repeatSubjects', 'of: UNIT, filter: { state: { eq: CLOSED } }', SUBJECTS)).toMatchObject({ subjects: [{ unit: { code: '510802105' }, clueCount: 2 }], repeatRate: share(1, 2, '0.5000') })
    expect(await counted('neighbour', 'repeatSubjects', 'of: UNIT', SUBJECTS)).toEqual({ subjects: [], repeatRate: share(0, 1, '0.0000') })
    expect(await counted('mayor', 'repeatSubjects', 'of: UNIT', SUBJECTS)).toEqual({ subjects: [], repeatRate: share(0, 0, null) })
  })

  test('Q-40: amounts and quantities exact, different measures never added, one beneficiary for each', async () => {
    const RESTORED = `beneficiaryCount clueCount paidRate ${RATIO} verifiedRate ${RATIO} overdueCount amountOwed amountPaid quantityOwed { value measure nullReason } quantityRestored { value measure nullReason }`
    const { groups, totals } = await counted('approver', 'restitutionAggregate', 'groupBy: [MEASURE]', `groups { measure kind beneficiaryCount amountPaid quantityRestored { value measure nullReason } } totals { ${RESTORED} }`)
    const mixed = { value: null, measure: null, nullReason: 'MIXED_MEASURES' }
    expect(totals).toEqual({
      beneficiaryCount: 3, clueCount: 1, paidRate: share(3, 3, '1.0000'), verifiedRate: share(3, 3, '1.0000'), overdueCount: 0, amountOwed: '36000.00', amountPaid: '36000.00', quantityOwed: mixed, quantityRestored: mixed,
    })
    expect(groups).toEqual([
      { measure: 'MU', kind: null, beneficiaryCount: 1, amountPaid: null, quantityRestored: { value: '1.02', measure: 'MU', nullReason: null } },
      { measure: 'HEAD', kind: null, beneficiaryCount: 1, amountPaid: '299.90', quantityRestored: { value: '3', measure: 'HEAD', nullReason: null } },
      { measure: null, kind: null, beneficiaryCount: 1, amountPaid: '35700.10', quantityRestored: { value: null, measure: null, nullReason: 'NOTHING_COUNTED' } },
    ])
    expect((await counted('approver', 'restitutionAggregate', 'groupBy: [KIND]', 'groups { kind beneficiaryCount }')).groups).toEqual([{ kind: 'BACK_PAYMENT', beneficiaryCount: 2 }, { kind: 'REFUND', beneficiaryCount: 1 }])
    expect((await counted('neighbour', 'restitutionAggregate', 'groupBy: []', `totals { beneficiaryCount paidRate ${RATIO} amountPaid }`)).totals).toEqual({ beneficiaryCount: 0, paidRate: share(0, 0, null), amountPaid: null })
    expect((await counted('mayor', 'restitutionAggregate', 'groupBy: []', 'totals { beneficiaryCount }')).totals.beneficiaryCount).toBe(0)
  })

  test('Q-46: the closed path, and how long its four steps take', async () => {
    const PATH = `count withdrawnCount closedPathRate ${RATIO} waivedCount medianDays { supervision investigation trial governance }`
    const { totals, groups } = await counted('approver', 'caseAggregate', `groupBy: [UNIT_CHILD, STATE], ${BELOW}`, `groups { unit { code } state count } totals { ${PATH} }`, within('county'))
    expect(totals).toEqual({ count: 3, withdrawnCount: 0, closedPathRate: share(1, 2, '0.5000'), waivedCount: 1, medianDays: { supervision: '5.0', investigation: '6.0', trial: '8.0', governance: '20.0' } })
    expect(groups).toEqual([['FILED', 1], ['GOVERNANCE', 2]].map(([state, count]) => ({ unit: { code: '510802-CCDI' }, state, count })))
    expect((await counted('neighbour', 'caseAggregate', 'groupBy: []', `totals { ${PATH} }`)).totals).toEqual({ count: 0, withdrawnCount: 0, closedPathRate: share(0, 0, null), waivedCount: 0, medianDays: { supervision: null, investigation: null, trial: null, governance: null } })
  })
})

describe('years, for leaders and reporting tools', () => {
  /** All of this year, also in January. */
  const days: { table: string; column: string; id: string; on: string }[] = []
  beforeAll(async () => {
    for (const [table, column] of [['clue', 'received_on'], ['case_file', 'filed_on'], ['restitution', 'paid_on']] as const) {
      days.push(...(await api.database.owner.query(`SELECT '${table}' AS table, '${column}' AS column, id, ${column}::text AS on FROM ${table} WHERE ${column} IS NOT NULL`)).rows)
      await api.database.owner.query(`UPDATE ${table} SET ${column} = $1 WHERE ${column} IS NOT NULL`, [day(0)])
    }
  })
  afterAll(async () => { for (const { table, column, id, on } of days) await api.database.owner.query(`UPDATE ${table} SET ${column} = $2 WHERE id = $1`, [id, on]) })
  const STATISTICS = 'groups { value count { value nullReason } per10000 per10000NullReason } totals { value nullReason } minimumCell'
  const told = async (who: Who, field: string, groupBy: string, year = YEAR): Promise<{ groups: [string | null, number | null][]; total: number | null; least: number }> => {
    const { groups, totals, minimumCell } = await counted(who, field, `year: ${year}, groupBy: ${groupBy}`, STATISTICS)
    for (const { value, nullReason } of [totals, ...groups.map((g: Answer['data']) => g.count)]) expect(nullReason).toBe(value === null ? 'SUPPRESSED' : null)
    return { groups: groups.map((g: Answer['data']) => [g.value, g.count.value]), total: totals.value, least: minimumCell }
  }

  test('small numbers are withheld, and what would tell them', async () => {
    expect(await told('leader', 'clueStatistics', 'CHANNEL')).toEqual({ groups: [['PETITION_LETTER', null], ['VILLAGE_OFFICER', null]], total: 7, least: 5 })
    expect(await told('leader', 'clueStatistics', 'CHANNEL', YEAR - 2)).toEqual({ groups: [], total: 0, least: 5 })
    useCellSizes(api.database.db, { least: 2, byAggregate: {} })
    expect((await told('leader', 'clueStatistics', 'CHANNEL')).groups).toEqual([['PETITION_LETTER', 4], ['VILLAGE_OFFICER', 3]])
    // Two of one each would be known from what is left of seven: a third number goes with them.
    expect((await told('leader', 'clueStatistics', 'OUTCOME')).groups).toEqual([['FOUNDED_CLERICAL', null], ['FOUNDED_MISCONDUCT', 3], ['UNFOUNDED', null], [null, null]])
    expect((await told('leader', 'clueStatistics', 'STANDING')).groups).toEqual([['ENDED', null], ['OPEN_IN_TIME', 3], ['OPEN_OVERDUE', null]])
  })

  test('a county with one clue cannot be worked out from the city’s total', async () => {
    const { groups, total } = await told('tool', 'clueStatistics', 'DIVISION')
    expect(groups[1]).toEqual(['510824', null])
    expect([groups[0]![1], total]).toContain(null)
    useCellSizes(api.database.db, { least: 1, byAggregate: {} })
    const { groups: open } = await counted('tool', 'clueStatistics', `year: ${YEAR}, groupBy: DIVISION`, STATISTICS)
    expect(open).toEqual([
      { value: '510802', count: { value: 7, nullReason: null }, per10000: '0.15', per10000NullReason: null }, { value: '510824', count: { value: 1, nullReason: null }, per10000: null, per10000NullReason: 'NO_POPULATION' },
    ])
  })

  test('cases: the closed path of a year', async () => {
    expect(await told('leader', 'caseStatistics', 'PATH')).toMatchObject({ groups: [['MEASURE_CARRIED_OUT', null], ['MEASURE_WAIVED', null], ['UNDER_WAY', null]], total: null })
    useCellSizes(api.database.db, { least: 1, byAggregate: {} })
    expect(await told('leader', 'caseStatistics', 'PATH')).toEqual({ groups: [['MEASURE_CARRIED_OUT', 1], ['MEASURE_WAIVED', 1], ['UNDER_WAY', 1]], total: 3, least: 1 })
    expect(await told('tool', 'caseStatistics', 'DIVISION')).toEqual({ groups: [['510802', 3]], total: 3, least: 1 })
  })

  test('Q-45: how many grievances were solved where they arose, as a part of all grievances', async () => {
    useCellSizes(api.database.db, { least: 1, byAggregate: {} })
    expect((await told('leader', 'clueStatistics', 'GRIEVANCE_END')).groups).toEqual([['NOT_CLOSED', 1], ['SOLVED_LOCALLY', 1], ['WENT_HIGHER', 1]])
    expect((await told('leader', 'clueStatistics', 'NATURE')).groups).toEqual([['CLAIM_GRIEVANCE', 3], ['DISCIPLINE_CLUE', 4]])
    // Three ends of three grievances are one each: not even the three may be told, nor the four beside them.
    useCellSizes(api.database.db, { least: 2, byAggregate: {} })
    expect((await told('leader', 'clueStatistics', 'GRIEVANCE_END')).groups).toEqual([['NOT_CLOSED', null], ['SOLVED_LOCALLY', null], ['WENT_HIGHER', null]])
    expect((await told('leader', 'clueStatistics', 'NATURE')).groups).toEqual([['CLAIM_GRIEVANCE', null], ['DISCIPLINE_CLUE', null]])
  })

  test('Q-46: medians of days, where enough went through a step', async () => {
    const medians = async (field: string, groupBy: string): Promise<unknown> => (await counted('leader', field, `year: ${YEAR}, groupBy: ${groupBy}`, 'medianDays { step days nullReason }')).medianDays
    const SUPPRESSED = { days: null, nullReason: 'SUPPRESSED' }
    expect(await medians('caseStatistics', 'PATH')).toEqual(['SUPERVISION', 'INVESTIGATION', 'TRIAL', 'GOVERNANCE'].map(step => ({ step, ...SUPPRESSED })))
    expect(await medians('clueStatistics', 'NATURE')).toEqual([{ step: 'TO_CLOSE', ...SUPPRESSED }])
    useCellSizes(api.database.db, { least: 2, byAggregate: {} })
    expect(await medians('caseStatistics', 'PATH')).toEqual([
      { step: 'SUPERVISION', days: expect.any(String), nullReason: null }, { step: 'INVESTIGATION', days: expect.any(String), nullReason: null }, { step: 'TRIAL', days: '8.0', nullReason: null }, { step: 'GOVERNANCE', ...SUPPRESSED },
    ])
    expect((await counted('leader', 'caseStatistics', `year: ${YEAR - 3}, groupBy: PATH`, 'medianDays { step days nullReason }')).medianDays[0]).toEqual({ step: 'SUPERVISION', days: null, nullReason: 'NOTHING_COUNTED' })
  })

  test('Q-47: how many are reported again and again, and nobody’s name', async () => {
    const times = async (of: string): Promise<unknown> => {
      const { groups, totals, medianDays } = await counted('leader', 'repeatSubjectStatistics', `year: ${YEAR}, of: ${of}`, 'groups { value count { value } } totals { value } medianDays { step }')
      return [groups.map((g: Answer['data']) => [g.value, g.count.value]), totals.value, medianDays]
    }
    expect(await times('UNIT')).toEqual([[['MORE_OFTEN', null]], null, []])
    useCellSizes(api.database.db, { least: 1, byAggregate: {} })
    expect(await times('UNIT')).toEqual([[['MORE_OFTEN', 2]], 2, []])
    expect(await times('PERSON')).toEqual([[['MORE_OFTEN', 1]], 1, []])
  })

  test('Q-40: what was restored, amounts and each measure by itself, of as many as may be told', async () => {
    const restored = async (who: Who): Promise<unknown> => (await counted(who, 'restitutionStatistics', `year: ${YEAR}`, 'restored { measure beneficiaries { value nullReason } sum } minimumCell')).restored
    const SUPPRESSED = { beneficiaries: { value: null, nullReason: 'SUPPRESSED' }, sum: null }
    expect(await restored('leader')).toEqual([{ measure: 'HEAD', ...SUPPRESSED }, { measure: 'MU', ...SUPPRESSED }, { measure: null, ...SUPPRESSED }])
    useCellSizes(api.database.db, { least: 2, byAggregate: {} })
    expect(await restored('tool')).toEqual([{ measure: 'HEAD', ...SUPPRESSED }, { measure: 'MU', ...SUPPRESSED }, { measure: null, beneficiaries: { value: 2, nullReason: null }, sum: '36000.00' }])
    useCellSizes(api.database.db, { least: 1, byAggregate: {} })
    expect(await restored('leader')).toMatchObject([{ measure: 'HEAD', sum: '3' }, { measure: 'MU', sum: '1.02' }, { measure: null, sum: '36000.00' }])
  })

  test('are for nobody else', async () => {
    for (const who of ['admin', 'auditor', 'financeHead', 'village', 'neighbour'] as const) {
      for (const asked of ['clueStatistics(groupBy: DIVISION)', 'caseStatistics(groupBy: DIVISION)', 'repeatSubjectStatistics(of: UNIT)', 'restitutionStatistics']) expect([who, asked, (await o.ask(who, `{ ${asked} { minimumCell } }`)).errors[0]?.extensions.code]).toEqual([who, asked, 'FORBIDDEN'])
    }
  })
})

test('residents are brought for divisions that there are, by an administrator of all', async () => {
  const refused = (...rows: string[][]): Promise<unknown> => importDivisionPopulations(api.database.db, SYSTEM, sourceOf('residents', ['区划代码', '年度', '常住人口'], rows)).then(() => 'done', (e: Error) => e.message)
  for (const rows of [[['510899', '2024', '5']], [['510802', '2024', '0']], [['510802', '2024', '5'], ['510802', '2024', '6']]]) expect(await refused(...rows)).toMatch(/problem|nothing|row/i)
  const { rows } = await api.database.owner.query('SELECT count(*)::int AS n FROM division_population')
  expect(rows).toEqual([{ n: 4 }])
})
