import { DateTime } from 'luxon'
import { NOWHERE } from '../../src/database/moves'
import { inboxSources } from '../../src/domain'
import { clueModule } from '../../src/domain/clue'
import { followStates } from '../../src/domain/inbox'
import { coreModules } from '../../src/modules'
import { testApi, type TestApi } from '../support/api'
import { ClueOffice, type Who } from '../support/clue-office'
import { delivery, type Delivery } from '../support/delivered'

let api: TestApi
let o: ClueOffice
beforeAll(async () => {
  api = await testApi({ modules: coreModules })
  await followStates(api.database.url, inboxSources)
  o = await ClueOffice.open(api)
})
afterAll(() => api.close())

const CLUE = 'clue { id number state rowVersion allowedCommands }'
const stateOf = async (who: Who, id: string): Promise<string | null> => (await o.ask(who, 'query($id: ID!) { clue(id: $id) { state } }', { id })).data.clue?.state ?? null

/** INV-31: what is planted where content stands, to be looked for everywhere else. */
const MARK = '柚子树下的三间瓦房'
const REPORTER = '银杏路尽头的举报人'

const day = (ago: number): string => DateTime.now().setZone('Asia/Shanghai').minus({ days: ago }).toISODate()!

const grievance = (more: object = {}): object => ({
  unitId: o.unit('village'), channel: 'VILLAGE_OFFICER', nature: 'CLAIM_GRIEVANCE', anonymity: 'NAMED', reporter: { name: REPORTER, contact: '村口小卖部转交' },
  summary: `征地补偿面积少算，${MARK}`, subjectUnitIds: [o.unit('township')], receivedOn: day(30), isSynthetic: true, ...more,
})

/** A grievance that the village supervisor took in and the township commission accepted. */
async function passedUp(): Promise<{ id: string; receiptCode: string }> {
  const { clue, receiptCode } = await o.done('village', 'receiveClue', grievance(), `${CLUE} receiptCode`)
  await o.done('village', 'registerClue', { id: clue.id })
  await o.done('village', 'transferClue', { id: clue.id, reason: '应由镇纪委办理' })
  const { data } = await o.ask('head', '{ clueTransfers(filter: { state: { eq: SENT } }) { nodes { id clue { id } } } }')
  const transfer = data.clueTransfers.nodes.find((t: { clue: { id: string } }) => t.clue.id === clue.id)
  await o.done('head', 'acceptClueTransfer', { id: transfer.id })
  return { id: clue.id, receiptCode }
}

const team = (...who: Who[]): object[] => who.map((w, i) => ({ personId: o.person(w), isLead: i === 0, isAkin: false }))

/** … and verified by both together. */
async function verified(outcome = 'FOUNDED_CLERICAL'): Promise<{ id: string; receiptCode: string }> {
  const { id, receiptCode } = await passedUp()
  await o.done('head', 'assignClue', { id, personId: o.person('officer') })
  await o.done('head', 'decideClueHandling', { id, handling: 'PRELIMINARY_VERIFICATION', opinion: '情况具体，初步核实' })
  const { verification } = await o.done('officer', 'planVerification', {
    clueId: id, mode: 'TOWNSHIP_PLUS_VILLAGE', plan: `查阅台账、实地丈量，${MARK}`, plannedFrom: day(20), plannedTo: day(-10), team: team('officer', 'village'),
  }, 'verification { id state contentHash }')
  await o.done('officer', 'submitVerificationPlan', { id: verification.id })
  await o.done('head', 'approveVerificationPlan', { id: verification.id, contentHash: verification.contentHash })
  await o.done('village', 'recordVerificationMeasure', { id: verification.id, text: `入户丈量，${MARK}` })
  await o.done('officer', 'concludeVerification', { id: verification.id, outcome, report: `丈量结果相差 1.02 亩，${MARK}` })
  return { id, receiptCode }
}


const restored = async (id: string, quantity = '1.02'): Promise<string> => {
  const { restitution } = await o.done('officer', 'orderRestitution', { clueId: id, kind: 'BACK_PAYMENT', quantity, measure: 'MU', beneficiary: REPORTER, basis: `少算面积，${MARK}` }, 'restitution { id state quantity measure }')
  await o.done('officer', 'recordRestitutionPayment', { id: restitution.id, paidOn: day(1), proof: `补登面积凭证，${MARK}` })
  await o.done('head', 'verifyRestitution', { id: restitution.id })
  return restitution.id
}
/** A clue of misconduct with the county commission. */
const misconduct = async (more: object = {}): Promise<string> => {
  const { clue } = await o.done('supervisor', 'receiveClue', {
    unitId: o.unit('commission'), channel: 'PETITION_LETTER', nature: 'DISCIPLINE_CLUE', anonymity: 'ANONYMOUS', summary: `采购围标，${MARK}`, subjectUnitIds: [o.unit('bureau')], subjectPersonIds: [o.person('financeHead')], ...more,
  }, CLUE)
  return clue.id
}
const registered = async (more: object = {}): Promise<string> => {
  const id = await misconduct(more)
  await o.done('supervisor', 'registerClue', { id })
  return id
}
const assigned = async (more: object = {}): Promise<string> => {
  const id = await registered(more)
  await o.done('approver', 'assignClue', { id, personId: o.person('colleague') })
  return id
}
const inquired = async (outcome: string, more: object = {}): Promise<string> => {
  const id = await assigned(more)
  await o.done('supervisor', 'decideClueHandling', { id, handling: 'TALK_OR_LETTER_INQUIRY', opinion: '线索笼统，先行函询' })
  await o.done('colleague', 'concludeClueInquiry', { id, outcome, report: `函询回复，${MARK}` })
  return id
}
const fields = async (who: Who, id: string, fragment: string): Promise<Record<string, unknown>> => (await o.ask(who, `query($id: ID!) { clue(id: $id) { ${fragment} } }`, { id })).data.clue

describe('SM-8, every way', () => {
  test('S-2: a villager’s grievance goes up, is verified together, told, restored and closed', async () => {
    const { id, receiptCode } = await verified()
    expect(receiptCode).toMatch(/^([2-9A-HJ-NP-Z]{4}-){4}[2-9A-HJ-NP-Z]{4}$/)
    await o.done('head', 'disposeClue', { id, dispositions: ['RESTITUTION'] })
    await o.done('village', 'giveClueFeedback', { id, text: '已当面告知，本人认可' })
    expect(await stateOf('head', id)).toBe('FED_BACK')
    await restored(id)
    await o.done('head', 'confirmClueRestitution', { id })
    const { clue } = await o.done('head', 'closeClue', { id }, CLUE)
    expect(clue).toMatchObject({ state: 'CLOSED', allowedCommands: ['addClueInformation', 'reopenClue'], number: expect.stringMatching(/^〔\d{4}〕\d+号$/) })
    expect(await fields('head', id, 'receivedOn closedOn toldOn settledOn outcome dispositions restitutions { nodes { quantity measure state } } transitions { nodes { command opinion } }')).toEqual({
      receivedOn: day(30), closedOn: day(0), toldOn: day(0), settledOn: day(0), outcome: 'FOUNDED_CLERICAL', dispositions: ['RESTITUTION'],
      restitutions: { nodes: [{ quantity: '1.02', measure: 'MU', state: 'VERIFIED' }] },
      transitions: { nodes: ['registerClue', 'transferClue', 'acceptClueTransfer', 'assignClue', 'decideClueHandling', 'concludeVerification', 'disposeClue', 'giveClueFeedback', 'confirmClueRestitution', 'closeClue'].map(command => ({ command, opinion: null })) },
    })
  })

  test('declined, told and reopened; merged; shelved and resumed; nothing further; each command refused to somebody', async () => {
    const { clue: first } = await o.done('officer', 'receiveClue', grievance({ unitId: o.unit('townshipCommission'), channel: 'VISIT' }), CLUE)
    expect(first.allowedCommands).toEqual(['addClueInformation', 'declineClue', 'editClue', 'registerClue'])
    await o.done('officer', 'editClue', { id: first.id, rowVersion: 1, summary: `更正后的内容，${MARK}`, channel: 'PHONE' })
    expect((await o.refused('officer', 'editClue', { id: first.id, rowVersion: 1, channel: 'VISIT' })).code).toBe('CONFLICT')
    expect(await o.refused('head', 'declineClue', { id: first.id })).toMatchObject({ code: 'BAD_INPUT' })
    await o.done('head', 'declineClue', { id: first.id, opinion: '属于法院管辖' })
    expect(await o.refused('head', 'registerClue', { id: first.id })).toMatchObject({ code: 'PRECONDITION_FAILED', allowedCommands: ['giveClueFeedback', 'reopenClue'] })
    await o.done('head', 'giveClueFeedback', { id: first.id, text: '已告知诉讼途径' })
    expect(await stateOf('head', first.id)).toBe('NOT_ACCEPTED')
    await o.done('head', 'reopenClue', { id: first.id, newFact: '法院不予立案', opinion: '重新受理' })
    expect(await fields('head', first.id, 'state reopened toldOn')).toEqual({ state: 'REGISTERED', reopened: 1, toldOn: null })

    const { clue: second } = await o.done('officer', 'receiveClue', grievance({ unitId: o.unit('townshipCommission'), channel: 'VISIT' }), CLUE)
    expect(await o.refused('officer', 'mergeClue', { id: first.id, intoId: second.id, opinion: '同一事项' })).toMatchObject({ code: 'PRECONDITION_FAILED', rules: ['openHere'] })
    await o.done('officer', 'registerClue', { id: second.id })
    await o.done('officer', 'mergeClue', { id: second.id, intoId: first.id, opinion: '同一事项' })
    expect(await fields('head', second.id, 'state mergedInto { id }')).toEqual({ state: 'MERGED', mergedInto: { id: first.id } })
    await o.done('head', 'reopenClue', { id: second.id, newFact: '并非同一地块', opinion: '分别办理' })

    const id = await assigned()
    expect((await o.refused('supervisor', 'decideClueHandling', { id, handling: 'SHELVED' })).code).toBe('BAD_INPUT')
    await o.done('supervisor', 'decideClueHandling', { id, handling: 'SHELVED', opinion: '暂不具备核查条件' })
    await o.done('supervisor', 'resumeClue', { id, opinion: '条件已具备' })
    await o.done('supervisor', 'decideClueHandling', { id, handling: 'TALK_OR_LETTER_INQUIRY', opinion: '先行函询' })
    expect(await o.refused('supervisor', 'decideClueHandling', { id, handling: 'SHELVED', opinion: '再放一放' })).toMatchObject({ code: 'BAD_INPUT', rules: ['SM-8'] })
    await o.done('supervisor', 'decideClueHandling', { id, handling: 'PRELIMINARY_VERIFICATION', opinion: '转初步核实' })
    expect((await o.refused('supervisor', 'reconsiderClueHandling', { id, opinion: '撤回' })).code).toBe('FORBIDDEN')
    await o.done('approver', 'reconsiderClueHandling', { id, opinion: '改变方式' })
    await o.done('supervisor', 'decideClueHandling', { id, handling: 'CONCLUDED', opinion: '无可查性' })
    expect(await fields('supervisor', id, 'state dispositions')).toEqual({ state: 'DISPOSED', dispositions: ['NONE'] })
    await o.done('approver', 'reconsiderClueDisposal', { id, opinion: '重新研判' })
    expect(await stateOf('supervisor', id)).toBe('ASSIGNED')
    await o.done('supervisor', 'decideClueHandling', { id, handling: 'CONCLUDED', opinion: '无可查性' })
    await o.done('supervisor', 'closeClue', { id })
    await o.done('supervisor', 'reopenClue', { id, newFact: '新的录音材料', opinion: '重启核查' })
    expect(await fields('supervisor', id, 'state reopened handling dispositions')).toEqual({ state: 'REGISTERED', reopened: 1, handling: null, dispositions: [] })
  })

  test('an outcome is given back, disposed of, reconsidered; filing is proposed and refused; time is extended once', async () => {
    const id = await inquired('UNFOUNDED')
    expect((await o.refused('colleague', 'disposeClue', { id, dispositions: ['NONE'], opinion: '不属实' })).code).toBe('FORBIDDEN')
    await o.done('approver', 'returnClueOutcome', { id, opinion: '补充说明账目' })
    expect(await stateOf('supervisor', id)).toBe('INQUIRING')
    await o.done('colleague', 'concludeClueInquiry', { id, outcome: 'UNFOUNDED', report: '补充后的函询报告' })
    expect(await o.refused('supervisor', 'proposeCaseFiling', { id })).toMatchObject({ code: 'PRECONDITION_FAILED', rules: ['misconduct'] })
    expect(await o.refused('approver', 'disposeClue', { id, dispositions: ['NONE', 'TALK'], opinion: '不属实' })).toMatchObject({ code: 'BAD_INPUT', rules: ['SM-8'] })
    expect((await o.refused('approver', 'disposeClue', { id, dispositions: ['NONE'] })).code).toBe('BAD_INPUT')
    await o.done('approver', 'disposeClue', { id, dispositions: ['NONE'], opinion: '查无实据' })
    expect(await o.refused('approver', 'giveClueFeedback', { id, text: '…' })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await o.refused('supervisor', 'giveClueFeedback', { id, text: '…' })).toMatchObject({ code: 'PRECONDITION_FAILED', rules: ['INV-31'] })
    await o.done('approver', 'reconsiderClueDisposal', { id, opinion: '复核' })
    expect(await stateOf('supervisor', id)).toBe('VERIFIED')

    const filed = await inquired('PARTLY_FOUNDED')
    expect(await o.refused('approver', 'refuseCaseFiling', { id: filed, opinion: '情节轻微' })).toMatchObject({ rules: ['proposed'] })
    await o.done('supervisor', 'proposeCaseFiling', { id: filed })
    await o.done('approver', 'refuseCaseFiling', { id: filed, opinion: '情节轻微，谈话提醒' })
    await o.done('approver', 'disposeClue', { id: filed, dispositions: ['TALK'] })

    const { id: late } = await passedUp()
    const before = await fields('head', late, 'dueOn stepDueOn')
    expect(before).toEqual({ dueOn: day(-60), stepDueOn: day(-60) })
    expect((await o.refused('head', 'extendClueDeadline', { id: late, days: 10, opinion: '需实地丈量' })).code).toBe('FORBIDDEN')
    expect(await o.refused('approver', 'extendClueDeadline', { id: late, days: 31, opinion: '需实地丈量' })).toMatchObject({ code: 'BAD_INPUT', rules: ['deadline'] })
    await o.done('approver', 'extendClueDeadline', { id: late, days: 30, opinion: '需实地丈量' })
    expect(await fields('head', late, 'dueOn extendedDays')).toEqual({ dueOn: day(-90), extendedDays: 30 })
    expect(await o.refused('approver', 'extendClueDeadline', { id: late, days: 1, opinion: '再延' })).toMatchObject({ code: 'PRECONDITION_FAILED', rules: ['once'] })
  })

  describe('the ledger of collaboration', () => {
    let events: Delivery
    beforeAll(async () => { events = await delivery(api.database, clueModule.subscribers!) })
    afterAll(() => events.stop())
    const LEDGER = `{ collaborationRecords(filter: { kind: { eq: CLUE_TRANSFER } }, first: 100) { nodes {
      id subject content fromNameZh toNameZh sentOn dueOn state acknowledgedOn acknowledgedBy outcome isOverdue isSynthetic allowedCommands linked { id } createdBy } } }`
    interface Told { id: string; state: string; linked: { id: string } | null; allowedCommands: string[]; [field: string]: unknown }
    const ledger = async (who: Who): Promise<Told[]> => (await o.ask(who, LEDGER)).data.collaborationRecords.nodes
    const sent = async (clue: string): Promise<string> =>
      (await o.ask('cityApprover', '{ clueTransfers(filter: { state: { eq: SENT } }, first: 100) { nodes { id clue { id } } } }')).data.clueTransfers.nodes.find((t: { clue: { id: string } }) => t.clue.id === clue).id

    test('S-9: a transfer between bodies is told with its day, its acceptance and its end, and of the clue nothing', async () => {
      const id = await registered({ subjectPersonIds: [], isSynthetic: true })
      await o.done('supervisor', 'transferClue', { id, toUnitId: o.unit('cityCommission'), reason: `请市纪委办理，${MARK}` })
      await events.delivered()
      const { id: recordId } = (await ledger('cityApprover')).find(r => r.linked?.id === id)!
      const told = async (who: Who): Promise<Told | undefined> => (await ledger(who)).find(r => r.id === recordId)
      expect(await told('leader')).toEqual({
        id: recordId, subject: '问题线索移送', content: null, fromNameZh: expect.any(String), toNameZh: expect.any(String), sentOn: day(0), dueOn: expect.any(String), state: 'SENT', acknowledgedOn: null, acknowledgedBy: null,
        outcome: null, isOverdue: false, isSynthetic: true, allowedCommands: [], linked: null, createdBy: 'system:clue',
      })
      // Nobody moves it by hand, nor is asked to; who opens the realm there comes to the clue.
      expect(await told('cityApprover')).toMatchObject({ allowedCommands: [], linked: { id } })
      expect(await told('citySupervisor')).toMatchObject({ allowedCommands: [], linked: null })
      for (const [who, command] of [['citySupervisor', 'acknowledgeCollaborationRecord'], ['supervisor', 'recallCollaborationRecord']] as const) expect((await o.refused(who, command, { id: recordId, opinion: '…' })).code).toBe('FORBIDDEN')
      const { rows } = await api.database.owner.query(`SELECT subject_type FROM inbox_item WHERE subject_id = $1`, [recordId.slice(-36)])
      expect(rows).toEqual([])

      await o.done('cityApprover', 'acceptClueTransfer', { id: await sent(id) })
      await events.delivered()
      expect(await told('leader')).toMatchObject({ state: 'ACKNOWLEDGED', acknowledgedOn: day(0), acknowledgedBy: o.ref('cityApprover'), linked: null })
      expect((await o.refused('citySupervisor', 'completeCollaborationRecord', { id: recordId, outcome: '…' })).code).toBe('FORBIDDEN')
      await o.done('cityApprover', 'assignClue', { id, personId: o.person('citySupervisor') })
      await o.done('cityApprover', 'decideClueHandling', { id, handling: 'CONCLUDED', opinion: '情况已查清' })
      await o.done('cityApprover', 'closeClue', { id })
      await events.delivered()
      expect(await told('leader')).toMatchObject({ state: 'COMPLETED', outcome: '线索已办结', linked: null })
      expect(JSON.stringify(await ledger('leader'))).not.toContain(MARK)
    })

    test('sent back and recalled', async () => {
      const id = await registered({ subjectPersonIds: [] })
      const states = async (): Promise<string[]> => (await ledger('cityApprover')).filter(r => r.linked?.id === id).map(r => r.state)
      await o.done('supervisor', 'transferClue', { id, toUnitId: o.unit('cityCommission'), reason: '请示' })
      await o.done('cityApprover', 'sendBackClueTransfer', { id: await sent(id), opinion: `由县纪委办理，${MARK}` })
      await events.delivered()
      expect(await states()).toEqual(['RETURNED'])
      await o.done('supervisor', 'transferClue', { id, toUnitId: o.unit('cityCommission'), reason: '再次请示' })
      await events.delivered()
      await o.done('supervisor', 'recallClueTransfer', { id: await sent(id), opinion: '不再移交' })
      await events.delivered()
      expect((await states()).sort()).toEqual(['RECALLED', 'RETURNED'])
      const { rows } = await api.database.owner.query(`SELECT count(*)::int AS n FROM state_transition WHERE subject_type = 'CollaborationRecord' AND opinion IS NOT NULL`)
      expect(rows).toEqual([{ n: 0 }])
    })

    test('it is silent where those whom the clue is about would read of it, and on what a village passes up', async () => {
      await events.delivered() // of what other stories sent
      const before = (await ledger('cityApprover')).length
      const { clue } = await o.done('village', 'receiveClue', grievance({ subjectUnitIds: [] }), CLUE)
      await o.done('village', 'registerClue', { id: clue.id })
      await o.done('village', 'transferClue', { id: clue.id, reason: '应由镇纪委办理' })
      for (const subjects of [{ subjectUnitIds: [o.unit('county')] }, { subjectUnitIds: [], subjectPersonIds: [o.person('leader')] }, { subjectUnitIds: [], subjectPersonIds: [o.person('judge')] }]) {
        const id = await registered({ subjectPersonIds: [], ...subjects })
        await o.done('supervisor', 'transferClue', { id, toUnitId: o.unit('cityCommission'), reason: '涉及县级领导' })
      }
      await events.delivered()
      expect(await ledger('cityApprover')).toHaveLength(before)
    })
  })

  test('a move of what lies in a closed realm is read with the thing itself, and by its own id by nobody', async () => {
    const id = await inquired('UNFOUNDED')
    expect((await fields('approver', id, 'transitions { totalCount }'))['transitions']).toEqual({ totalCount: 4 })
    const { rows } = await api.database.owner.query(`SELECT 'tr_' || id AS id, unit_id FROM state_transition WHERE subject_id = $1`, [id.slice(5)])
    expect(new Set(rows.map(r => r.unit_id))).toEqual(new Set([NOWHERE]))
    for (const who of ['approver', 'supervisor', 'leader', 'financeHead', 'neighbour', 'admin'] as const) expect([who, (await o.ask(who, 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: rows.map(r => r.id) })).data.nodes]).toEqual([who, rows.map(() => null)])
    const { governanceMeasure: { id: measure } } = await o.done('supervisor', 'proposeGovernanceMeasure', { unitId: o.unit('bureau'), demandingUnitId: o.unit('commission'), kind: 'WARNING_EDUCATION', content: '开展警示教育', dueOn: day(-10) }, 'governanceMeasure { id }')
    await o.done('financeHead', 'acceptGovernanceMeasure', { id: measure })
    const { rows: [open] } = await api.database.owner.query(`SELECT 'tr_' || id AS id FROM state_transition WHERE subject_id = $1`, [measure.slice(-36)])
    expect((await o.ask('financeHead', 'query($id: ID!) { node(id: $id) { id } }', { id: open.id })).data.node).toEqual({ id: open.id })
    // The database holds it, whoever writes.
    await expect(api.database.owner.query(`INSERT INTO state_transition (id, subject_type, subject_id, unit_id, command, from_state, to_state, actor) VALUES (gen_random_uuid(), 'Clue', gen_random_uuid(), $1, 'closeClue', 'A', 'B', 'system:test')`, [o.unit('commission').slice(5)]))
      .rejects.toThrow('state_transition_closed_check')
  })

  test('a clue that is to be verified waits for its plan, at the office that handles it', async () => {
    const id = await assigned()
    const waits = async (who: Who): Promise<string[] | undefined> =>
      (await o.ask(who, '{ inboxItems(first: 100) { nodes { awaits subject { id } } } }')).data.inboxItems.nodes.find((n: { subject: { id: string } | null }) => n.subject?.id === id)?.awaits
    expect(await waits('supervisor')).toEqual(['decideClueHandling'])
    await o.done('supervisor', 'decideClueHandling', { id, handling: 'PRELIMINARY_VERIFICATION', opinion: '初步核实' })
    expect([await waits('supervisor'), await waits('colleague'), await waits('neighbour')]).toEqual([['planVerification'], ['planVerification'], undefined])
    expect((await fields('supervisor', id, 'allowedCommands'))['allowedCommands']).toContain('planVerification')
    const plan = { clueId: id, plan: `核实方案，${MARK}`, plannedFrom: day(0), plannedTo: day(-10), team: team('supervisor', 'colleague') }
    await o.done('supervisor', 'planVerification', plan)
    expect([await waits('supervisor'), (await fields('supervisor', id, 'allowedCommands'))['allowedCommands']]).toEqual([undefined, expect.not.arrayContaining(['planVerification'])])
    await o.done('approver', 'reconsiderClueHandling', { id, opinion: '重新研究' })
    await o.done('supervisor', 'decideClueHandling', { id, handling: 'PRELIMINARY_VERIFICATION', opinion: '再次核实' })
    expect(await waits('colleague')).toEqual(['planVerification'])
  })

  test('transfers: seen by both ends, the content by the receiver once accepted; sent back, recalled; upwards only for a village', async () => {
    const id = await registered()
    expect(await o.refused('supervisor', 'transferClue', { id, toUnitId: o.unit('bureau'), reason: '业务主管' })).toMatchObject({ code: 'NOT_FOUND' })
    await o.done('supervisor', 'transferClue', { id, toUnitId: o.unit('nextCommission'), reason: `涉及邻县，${MARK}` })
    const open = async (): Promise<{ id: string; clue: null; allowedCommands: string[] }> =>
      (await o.ask('neighbour', '{ clueTransfers(filter: { state: { eq: SENT } }) { nodes { id clue { id } allowedCommands fromNumber } } }')).data.clueTransfers.nodes[0]
    const transfer = await open()
    expect(transfer).toMatchObject({ clue: null, allowedCommands: ['acceptClueTransfer', 'sendBackClueTransfer'] })
    expect([await stateOf('neighbour', id), (await o.refused('neighbour', 'revealClue', { id, reason: '先看看内容' })).code]).toEqual([null, 'NOT_FOUND'])
    expect(await o.done('neighbour', 'revealClueTransfer', { id: transfer.id, reason: '判断是否属于本单位' }, 'reason')).toEqual({ reason: `涉及邻县，${MARK}` })
    expect((await o.refused('supervisor', 'acceptClueTransfer', { id: transfer.id })).code).toBe('FORBIDDEN')
    expect((await o.refused('neighbour', 'sendBackClueTransfer', { id: transfer.id })).code).toBe('BAD_INPUT')
    await o.done('neighbour', 'sendBackClueTransfer', { id: transfer.id, opinion: '不属本县管辖' })
    expect(await stateOf('supervisor', id)).toBe('REGISTERED')
    await o.done('supervisor', 'transferClue', { id, toUnitId: o.unit('nextCommission'), reason: '补充管辖依据' })
    const again = await open()
    expect((await o.refused('neighbour', 'recallClueTransfer', { id: again.id, opinion: '撤回' })).code).toBe('FORBIDDEN')
    await o.done('supervisor', 'recallClueTransfer', { id: again.id, opinion: '本单位继续办理' })
    expect((await o.refused('neighbour', 'acceptClueTransfer', { id: again.id })).code).toBe('PRECONDITION_FAILED')
    await o.done('supervisor', 'transferClue', { id, toUnitId: o.unit('nextCommission'), reason: '管辖已商定' })
    await o.done('neighbour', 'acceptClueTransfer', { id: (await open()).id })
    expect([await stateOf('neighbour', id), await stateOf('supervisor', id)]).toEqual(['REGISTERED', null])
    const { summary, entries } = await o.done('neighbour', 'revealClue', { id, reason: '接收后查阅' }, 'summary entries { text entry { kind } }')
    expect([summary, entries.map((e: { text: string }) => e.text)]).toEqual([`采购围标，${MARK}`, ['不属本县管辖', '本单位继续办理']])

    const { clue } = await o.done('village', 'receiveClue', grievance(), CLUE)
    await o.done('village', 'registerClue', { id: clue.id })
    expect((await o.refused('village', 'transferClue', { id: clue.id, toUnitId: o.unit('commission'), reason: '越级' })).code).toBe('FORBIDDEN')
    expect((await o.refused('village', 'assignClue', { id: clue.id, personId: o.person('village') })).code).toBe('FORBIDDEN')
  })

  test('restitutions: exact, corrected, returned, cancelled, never verified by who recorded the payment', async () => {
    const { id } = await verified()
    const order = (more: object): object => ({ clueId: id, kind: 'REFUND', beneficiary: '农户', basis: '补偿方案', ...more })
    expect(await o.refused('officer', 'orderRestitution', order({ quantity: '1.02' }))).toMatchObject({ code: 'BAD_INPUT', rules: ['required'] })
    expect(await o.refused('officer', 'orderRestitution', order({ amount: '0', currency: 'CNY' }))).toMatchObject({ code: 'BAD_INPUT', rules: ['positive'] })
    expect((await o.refused('village', 'orderRestitution', order({ amount: '1', currency: 'CNY' }))).code).toBe('FORBIDDEN')
    expect((await o.refused('neighbour', 'orderRestitution', order({ amount: '1', currency: 'CNY' }))).code).toBe('NOT_FOUND')
    const { restitution } = await o.done('officer', 'orderRestitution', order({ amount: '35700.10', currency: 'CNY' }), 'restitution { id amount rowVersion }')
    expect(restitution.amount).toBe('35700.10')
    const edited = await o.done('officer', 'editRestitution', { id: restitution.id, rowVersion: 1, quantity: '1.020', measure: 'MU', basis: '更正后的补偿方案' }, 'restitution { quantity amount }')
    expect(edited.restitution).toEqual({ quantity: '1.020', amount: '35700.10' })
    expect(await o.refused('officer', 'recordRestitutionPayment', { id: restitution.id, paidOn: day(-1), proof: '凭证' })).toMatchObject({ rules: ['notInFuture'] })
    await o.done('officer', 'recordRestitutionPayment', { id: restitution.id, paidOn: day(0), proof: '银行回单' })
    expect(await o.refused('officer', 'verifyRestitution', { id: restitution.id })).toMatchObject({ code: 'FORBIDDEN', rules: ['INV-24'] })
    await o.done('head', 'returnRestitution', { id: restitution.id, opinion: '尚有尾款未付' })
    expect((await o.refused('officer', 'editRestitution', { id: restitution.id, rowVersion: 1, amount: '2' })).code).toBe('CONFLICT')
    await o.done('head', 'cancelRestitution', { id: restitution.id, opinion: '重复登记' })
    expect((await o.refused('officer', 'recordRestitutionPayment', { id: restitution.id, paidOn: day(0), proof: '凭证' })).code).toBe('PRECONDITION_FAILED')
  })
})

describe('gates', () => {
  test('INV-32: a team of two or more without conflict of interest, and a plan that another person approved by its hash', async () => {
    const id = await assigned()
    await o.done('supervisor', 'decideClueHandling', { id, handling: 'PRELIMINARY_VERIFICATION', opinion: '初步核实' })
    const plan = (members: object[]): object => ({ clueId: id, plan: '调取合同', plannedFrom: day(0), plannedTo: day(-20), team: members })
    expect(await o.refused('supervisor', 'planVerification', plan(team('supervisor')))).toMatchObject({ code: 'BAD_INPUT', rules: ['INV-32'] })
    expect(await o.refused('supervisor', 'planVerification', plan(team('supervisor', 'financeEditor')))).toMatchObject({ code: 'BAD_INPUT', rules: ['INV-32'] })
    expect(await o.refused('supervisor', 'planVerification', plan([...team('supervisor'), { personId: o.person('colleague'), isLead: false, isAkin: true }]))).toMatchObject({ code: 'BAD_INPUT', rules: ['INV-32'] })
    expect((await o.refused('judge', 'planVerification', plan(team('supervisor', 'colleague')))).code).toBe('FORBIDDEN')
    const { verification: v } = await o.done('supervisor', 'planVerification', plan(team('supervisor', 'colleague')), 'verification { id contentHash rowVersion }')
    await o.done('colleague', 'submitVerificationPlan', { id: v.id })
    expect((await o.refused('approver', 'approveVerificationPlan', { id: v.id, contentHash: 'x' })).code).toBe('CONFLICT')
    await o.done('approver', 'returnVerificationPlan', { id: v.id, opinion: '补充时限' })
    const { verification: e } = await o.done('colleague', 'editVerificationPlan', { id: v.id, rowVersion: 3, plan: '调取合同并谈话', team: team('colleague', 'supervisor') }, 'verification { contentHash }')
    expect(e.contentHash).not.toBe(v.contentHash)
    await o.done('supervisor', 'submitVerificationPlan', { id: v.id })
    expect((await o.refused('supervisor', 'approveVerificationPlan', { id: v.id, contentHash: e.contentHash })).code).toBe('FORBIDDEN')
    await o.done('approver', 'approveVerificationPlan', { id: v.id, contentHash: e.contentHash })
    expect(await o.refused('investigator', 'concludeVerification', { id: v.id, outcome: 'UNFOUNDED', report: '…' })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await o.refused('head', 'recordVerificationMeasure', { id: v.id, text: '…' })).toMatchObject({ code: 'NOT_FOUND' })
    await o.done('supervisor', 'recordVerificationMeasure', { id: v.id, text: '谈话一次' })
    // Somebody of the team moved to the unit that it is about: the conclusion is not theirs any more.
    const move = (unit: 'bureau' | 'commission'): Promise<unknown> => api.database.owner.query('UPDATE person SET unit_id = $1 WHERE id = $2', [o.unit(unit).slice(5), o.person('colleague').slice(7)])
    await move('bureau')
    expect(await o.refused('supervisor', 'concludeVerification', { id: v.id, outcome: 'UNFOUNDED', report: '…' })).toMatchObject({ code: 'BAD_INPUT', rules: ['INV-32'] })
    await move('commission')
    await o.done('supervisor', 'concludeVerification', { id: v.id, outcome: 'FOUNDED_MISCONDUCT', report: '属实' })
    await o.done('approver', 'returnClueOutcome', { id, opinion: '补强证据' })
    expect(await fields('supervisor', id, 'state verifications { nodes { state outcome } }')).toEqual({ state: 'VERIFYING', verifications: { nodes: [{ state: 'APPROVED', outcome: null }] } })
    await o.done('approver', 'reconsiderClueHandling', { id, opinion: '改由函询' })
    expect(await fields('supervisor', id, 'state verifications { nodes { state } }')).toEqual({ state: 'ASSIGNED', verifications: { nodes: [{ state: 'ABANDONED' }] } })
  })

  test('INV-33: not closed without disposition, feedback to a known reporter, and restitution of a founded grievance', async () => {
    const { id } = await verified()
    expect((await o.refused('head', 'closeClue', { id })).code).toBe('PRECONDITION_FAILED')
    await o.done('head', 'disposeClue', { id, dispositions: ['RESTITUTION', 'RECTIFICATION'] })
    expect(await o.refused('head', 'closeClue', { id })).toMatchObject({ rules: ['INV-33'] })
    expect(await o.refused('head', 'confirmClueRestitution', { id })).toMatchObject({ rules: ['INV-33'] })
    await o.done('officer', 'giveClueFeedback', { id, text: '已告知', toldOn: day(2) })
    expect(await o.refused('head', 'closeClue', { id })).toMatchObject({ rules: ['INV-33'] })
    await restored(id)
    await o.done('head', 'closeClue', { id })
  })
})

describe('INV-31', () => {
  test('the people whom a clue is about see nothing of it, whatever they open; nor does it go to their unit', async () => {
    const { id } = await passedUp()
    expect([await stateOf('head', id), await stateOf('mayor', id), await stateOf('approver', id)]).toEqual(['REGISTERED', null, 'REGISTERED'])
    const mayor = await o.ask('mayor', 'query($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id } clues(first: 100) { nodes { id } } clueTransfers(first: 100) { nodes { clue { id } } } }', { id, ids: [id] })
    expect([mayor.data, mayor.errors]).toEqual([expect.objectContaining({ node: null, nodes: [null] }), []])
    expect(JSON.stringify(mayor.data)).not.toContain(id)
    for (const [command, input] of [['revealClue', { id, reason: '想知道是谁' }], ['assignClue', { id, personId: o.person('mayor') }], ['requestIdentityRelease', { clueId: id, reason: '想知道是谁' }]] as const) {
      expect([command, (await o.refused('mayor', command, input)).code]).toEqual([command, 'NOT_FOUND'])
    }
    expect(await o.refused('head', 'assignClue', { id, personId: o.person('townClerk') })).toMatchObject({ code: 'PRECONDITION_FAILED', rules: ['INV-31'] })
    expect(await o.refused('supervisor', 'receiveClue', { unitId: o.unit('commission'), channel: 'VISIT', nature: 'DISCIPLINE_CLUE', anonymity: 'NO_REPORTER', summary: '…', subjectPersonIds: [o.person('supervisor')] })).toMatchObject({ rules: ['INV-31'] })
    const about = await registered({ subjectUnitIds: [o.unit('townshipCommission')], subjectPersonIds: [] })
    expect(await o.refused('supervisor', 'transferClue', { id: about, toUnitId: o.unit('townshipCommission'), reason: '…' })).toMatchObject({ rules: ['INV-31'] })
  })

  test('who reported is read by who asked, after a custodian approved it, for a time, each reading logged', async () => {
    const { id } = await passedUp()
    expect((await o.refused('village', 'requestIdentityRelease', { clueId: id, reason: '核对情况' })).code).toBe('FORBIDDEN')
    const { identityRelease: r } = await o.done('head', 'requestIdentityRelease', { clueId: id, reason: '须当面核对补偿面积' }, 'identityRelease { id state allowedCommands }')
    expect(r).toMatchObject({ state: 'REQUESTED', allowedCommands: ['withdrawIdentityRelease'] })
    expect([(await o.refused('head', 'revealReporterIdentity', { id: r.id, reason: '核对情况' })).code, (await o.refused('head', 'approveIdentityRelease', { id: r.id, releasedUntil: `${day(-5)}T00:00:00Z` })).code]).toEqual(['PRECONDITION_FAILED', 'FORBIDDEN'])
    // The custodian reads the request, and nothing of the clue.
    const seen = await o.ask('custodian', 'query($id: ID!, $clue: ID!) { identityRelease(id: $id) { reason allowedCommands } identityReleases { totalCount } node(id: $clue) { id } }', { id: r.id, clue: id })
    expect(seen.data).toMatchObject({ identityRelease: { reason: '须当面核对补偿面积', allowedCommands: ['approveIdentityRelease', 'refuseIdentityRelease'] }, node: null })
    expect((await o.ask('custodian', '{ clues { totalCount } }')).errors[0]!.extensions.code).toBe('FORBIDDEN')
    expect((await o.ask('supervisor', 'query($id: ID!) { identityRelease(id: $id) { id } }', { id: r.id })).data.identityRelease).toBeNull()
    expect(await o.refused('custodian', 'approveIdentityRelease', { id: r.id, releasedUntil: `${day(-40)}T00:00:00Z` })).toMatchObject({ rules: ['max'] })
    await o.done('custodian', 'approveIdentityRelease', { id: r.id, releasedUntil: `${day(-5)}T00:00:00Z` })
    expect((await o.refused('officer', 'revealReporterIdentity', { id: r.id, reason: '也想知道' })).code).toBe('NOT_FOUND')
    expect((await o.refused('head', 'revealReporterIdentity', { id: r.id, reason: '' })).code).toBe('BAD_INPUT')
    const told = await o.done('head', 'revealReporterIdentity', { id: r.id, reason: '当面核对' }, 'name contact address identityRelease { readings }')
    expect(told).toEqual({ name: REPORTER, contact: '村口小卖部转交', address: null, identityRelease: { readings: 1 } })
    expect((await api.database.owner.query(`SELECT count(*)::int AS n FROM vault_read WHERE realm = 'IDENTITY' AND reason = '当面核对'`)).rows[0].n).toBe(1)
    await api.database.owner.query(`UPDATE identity_release SET released_until = now() - interval '1 minute' WHERE id = $1`, [r.id.slice(4)])
    expect(await o.refused('head', 'revealReporterIdentity', { id: r.id, reason: '当面核对' })).toMatchObject({ code: 'PRECONDITION_FAILED', rules: ['INV-31'] })
    await o.done('custodian', 'revokeIdentityRelease', { id: r.id, opinion: '已用毕' })
    const ask = async (): Promise<string> => (await o.done('head', 'requestIdentityRelease', { clueId: id, reason: '补充核对' }, 'identityRelease { id }')).identityRelease.id
    await o.done('custodian', 'refuseIdentityRelease', { id: await ask(), opinion: '无必要' })
    await o.done('head', 'withdrawIdentityRelease', { id: await ask() })
    expect(await o.refused('supervisor', 'requestIdentityRelease', { clueId: await registered(), reason: '匿名也问' })).toMatchObject({ rules: ['INV-31'] })
  })

  test('a village supervisor sees what they took in and wrote, nothing else of the village or beyond', async () => {
    const { id } = await verified()
    const { clue: theirs } = await o.done('head', 'receiveClue', grievance({ unitId: o.unit('village'), channel: 'VISIT' }), CLUE)
    expect([await stateOf('village', id), await stateOf('village', theirs.id), await stateOf('otherVillage', id)]).toEqual(['VERIFIED', null, null])
    const { summary, entries, verifications } = await o.done('village', 'revealClue', { id, reason: '答复群众询问' }, 'summary entries { entry { kind } text } verifications { plan }')
    expect([summary, entries.map((e: { entry: { kind: string } }) => e.entry.kind), verifications.length]).toEqual([`征地补偿面积少算，${MARK}`, ['MEASURE'], 1])
    expect((await o.ask('village', '{ clues { nodes { id state } } }')).data.clues.nodes.map((c: { id: string }) => c.id)).toEqual(expect.arrayContaining([id]))
    expect((await o.ask('otherVillage', '{ clues { totalCount } restitutions { totalCount } }')).data).toEqual({ clues: { totalCount: 0 }, restitutions: { totalCount: 0 } })
  })

  test('nothing of it stands in lists, node, history, the audit log, the outbox, errors or logs', async () => {
    const { id } = await verified()
    await o.done('head', 'disposeClue', { id, dispositions: ['RESTITUTION'], opinion: `应予补登，${MARK}` })
    await restored(id)
    const planted = [MARK, REPORTER]
    const holds = (text: string): string[] => planted.filter(mark => text.includes(mark))
    const { owner } = api.database
    const tables = (await owner.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).rows.map(r => r.tablename as string)
    const found: string[] = []
    for (const table of tables) {
      for (const mark of planted) if ((await owner.query(`SELECT 1 FROM "${table}" t WHERE t::text LIKE '%' || $1 || '%' LIMIT 1`, [mark])).rowCount) found.push(`${table}: ${mark}`)
    }
    // The reason of a reading is what its reader wrote; no test writes a mark there.
    expect(found).toEqual([])
    // Whom it is about stands in the log as a keyed hash only.
    const about = (await owner.query(`SELECT after->>'subject_unit_id' AS v FROM audit_record WHERE subject_type = 'clue_subject_unit' LIMIT 1`)).rows[0].v
    expect(about).toMatch(/^hmac-sha256:/)
    expect(api.logged.flatMap(holds)).toEqual([])
    for (const who of ['townClerk', 'mayor', 'financeHead', 'financeEditor', 'neighbour', 'leader', 'admin', 'auditor', 'custodian', 'tool', 'otherVillage'] as const) {
      const answers = await Promise.all([
        o.ask(who, 'query($id: ID!) { node(id: $id) { id ... on Clue { number state entries { nodes { kind } } } } }', { id }),
        o.ask(who, '{ clues { nodes { id state } totalCount } restitutions { totalCount } }'),
        o.ask(who, '{ auditRecords(first: 200) { nodes { command subjectType before after } } }'),
        o.ask(who, '{ units { nodes { code } } }'),
        o.tell(who, 'revealClue', { id, reason: '查看内容' }, 'summary'),
      ])
      for (const { text } of answers) expect([who, holds(text)]).toEqual([who, []])
      expect([who, answers[0]!.data?.node ?? null, answers[1]!.data?.clues?.nodes.filter((c: { id: string }) => c.id === id) ?? []]).toEqual([who, null, []])
      expect([who, answers[4]!.errors[0]!.extensions.code]).toEqual([who, expect.stringMatching(/FORBIDDEN|NOT_FOUND/)])
    }
    const { rows } = await owner.query(`SELECT payload::text AS p, type FROM outbox_event WHERE subject_id = $1`, [id.slice(5)])
    expect(rows.map(r => r.type)).toEqual(expect.arrayContaining(['Clue.received', 'Clue.transferred', 'Clue.transferAccepted', 'Clue.disposed']))
    // Row security: a statement of the server outside the realm sees no clue, no history of one, and nobody who reported.
    for (const table of ['clue', 'clue_history', 'clue_entry', 'clue_subject_unit', 'verification', 'restitution', 'reporter_identity', 'identity_release_history']) expect(await api.database.db.rows(`SELECT 1 FROM ${table} LIMIT 1`)).toEqual([])
  })
})

describe('a finding that leads to a clue', () => {
  const EVERYTHING = `rowVersion createdAt updatedAt updatedBy state allowedCommands dismissedReason outcomes { kind target { id } linkedAt settledAt } transitions { nodes { command fromState toState actor opinion } totalCount }
    category severity description`
  const record = async (): Promise<string> => (await o.done('supervisor', 'recordSupervisionFinding', {
    foundByUnitId: o.unit('commission'), sourceKind: 'OTHER', findings: [{ unitId: o.unit('bureau'), category: 'project-change', severity: 'GENERAL', description: '先变更后补手续' }],
  }, 'supervisionFindings { id }')).supervisionFindings[0].id
  /** What somebody is told of a finding by everything that there is to ask, by both readers; moments and ids left out. */
  const told = async (who: Who, id: string): Promise<object> => {
    const { data, errors } = await o.ask(who, `query($id: ID!) {
      one: supervisionFinding(id: $id) { ${EVERYTHING} }
      open: supervisionFindings(filter: { state: { eq: OPEN } }) { nodes { id } } linked: supervisionFindings(filter: { state: { in: [LINKED, RESOLVED] } }) { nodes { id } }
      dealtWith: supervisionFindings(filter: { state: { eq: DEALT_WITH } }) { nodes { id } }
      counted: supervisionFindingAggregate(filter: { category: { eq: "project-change" } }, groupBy: [STATE]) { groups { key { state } count rectificationCount recommendationCount dealtWithCount conversionRate { numerator } resolvedRate { numerator } } }
    }`, { id })
    expect(errors).toEqual([])
    const planned = (await o.ask(who, 'query($id: ID!) { supervisionFinding(id: $id) { state rowVersion allowedCommands updatedBy transitions { nodes { command fromState toState actor opinion } } } }', { id })).data.supervisionFinding
    const inList = (list: string): boolean => data[list].nodes.some((n: { id: string }) => n.id === id)
    const { createdAt, updatedAt, ...one } = data.one
    return { one, touched: createdAt !== updatedAt, planned, lists: ['open', 'linked', 'dealtWith'].map(inList), counted: data.counted }
  }

  test('looks to who opens no clues like one from which nothing follows: its state, history, lists and figures tell of none', async () => {
    const asLeader: Record<string, object[]> = { clue: [], nothing: [] }
    for (const name of ['clue', 'nothing'] as const) {
      const finding = await record()
      const see = async (): Promise<void> => void asLeader[name]!.push(await told('leader', finding))
      const clue = name === 'clue' ? (await o.done('supervisor', 'receiveClue', {
        unitId: o.unit('commission'), channel: 'SUPERVISION_FINDING', nature: 'DISCIPLINE_CLUE', anonymity: 'NO_REPORTER', summary: `先变更后补手续，${MARK}`, subjectUnitIds: [o.unit('bureau')], sourceId: finding,
      }, CLUE)).clue.id : null
      await see()
      if (clue) await o.done('supervisor', 'unlinkSupervisionFinding', { id: finding, targetId: clue, opinion: '误关联' })
      await see()
      if (clue) {
        expect((await o.refused('supervisor', 'linkSupervisionFinding', { id: finding, targetId: clue, opinion: '涉嫌违纪' })).rules).toEqual(['closed-realm'])
        await o.done('supervisor', 'linkSupervisionFinding', { id: finding, targetId: clue })
      }
      await o.done('colleague', 'dismissSupervisionFinding', { id: finding, opinion: clue ? '已按线索办理' : '当场纠正' })
      await see()
      // Those who open clues are told why, and of the clue.
      expect(await told('supervisor', finding)).toMatchObject({ one: { state: 'DEALT_WITH', dismissedReason: clue ? '已按线索办理' : '当场纠正', outcomes: clue ? [{ kind: 'CLUE', target: { id: clue }, settledAt: null }] : [] } })
      if (clue) {
        await o.done('supervisor', 'registerClue', { id: clue })
        await o.done('approver', 'assignClue', { id: clue, personId: o.person('supervisor') })
        await o.done('approver', 'decideClueHandling', { id: clue, handling: 'CONCLUDED', opinion: '情况不实' })
        await o.done('supervisor', 'closeClue', { id: clue })
        expect(await told('supervisor', finding)).toMatchObject({ one: { outcomes: [{ settledAt: expect.any(String) }] } })
      }
      await see()
      await o.done('colleague', 'reopenSupervisionFinding', { id: finding, opinion: '再看一次' })
      await see()
      expect(await told('supervisor', finding)).toMatchObject({ one: { state: 'OPEN', dismissedReason: null, outcomes: [] } })
      await o.done('supervisor', 'withdrawSupervisionFinding', { id: finding, opinion: '误录' })
    }
    expect(asLeader['clue']).toEqual(asLeader['nothing'])
    expect(asLeader['clue']!.map(seen => (seen as { one: { state: string } }).one.state)).toEqual(['OPEN', 'OPEN', 'DEALT_WITH', 'DEALT_WITH', 'OPEN'])
  })
})

describe('closed is not silent', () => {
  const stage = async (code: string, locale = 'zh-CN'): Promise<unknown> => (await api.ask(null, 'query($code: String!) { clueReceipt(code: $code) { stage text } }', { code }, { headers: { 'accept-language': locale } })).data.clueReceipt
  test('the holder of a receipt sees the stage and adds to it, also after closing; a wrong code looks like none', async () => {
    const { clue, receiptCode } = await o.done('supervisor', 'receiveClue', { unitId: o.unit('commission'), channel: 'ONLINE', nature: 'DISCIPLINE_CLUE', anonymity: 'ANONYMOUS', summary: `匿名反映，${MARK}`, idempotencyKey: 'receipt-once-1' }, `${CLUE} receiptCode`)
    expect(await stage(receiptCode)).toEqual({ stage: 'RECEIVED', text: '您反映的问题已收到，正在登记。' })
    expect(await stage(receiptCode.toLowerCase().replaceAll('-', ' '), 'en')).toMatchObject({ stage: 'RECEIVED', text: 'Your matter was received and is being registered.' })
    // Shown once: a repetition answers the clue and no code, and no row tells it.
    const again = await o.done('supervisor', 'receiveClue', { unitId: o.unit('commission'), channel: 'ONLINE', nature: 'DISCIPLINE_CLUE', anonymity: 'ANONYMOUS', summary: `匿名反映，${MARK}`, idempotencyKey: 'receipt-once-1' }, 'clue { id } receiptCode')
    expect(again).toEqual({ clue: { id: clue.id }, receiptCode: null })
    expect(JSON.stringify((await api.database.owner.query('SELECT * FROM clue_receipt')).rows)).not.toContain(receiptCode.replaceAll('-', ''))
    const id = clue.id
    await o.done('supervisor', 'registerClue', { id })
    await o.done('approver', 'assignClue', { id, personId: o.person('colleague') })
    await o.done('supervisor', 'decideClueHandling', { id, handling: 'CONCLUDED', opinion: '无可查性' })
    await o.done('supervisor', 'closeClue', { id })
    expect(await stage(receiptCode)).toMatchObject({ stage: 'CLOSED' })
    expect((await o.refused('supervisor', 'addByClueReceipt', { code: receiptCode, text: '…' })).code).toBe('FORBIDDEN')
    await o.done(null, 'addByClueReceipt', { code: receiptCode, text: `另有一本账，${MARK}` }, 'stage')
    const { entries } = await o.done('supervisor', 'revealClue', { id, reason: '查看补充材料' }, 'entries { text entry { kind actor } }')
    expect(entries.at(-1)).toEqual({ text: `另有一本账，${MARK}`, entry: { kind: 'REPORTER_INFORMATION', actor: 'anonymous' } })
    const { rows } = await api.database.owner.query(`SELECT DISTINCT address FROM audit_record WHERE command = 'addByClueReceipt'`)
    expect(rows).toEqual([{ address: null }])
    const near = receiptCode.slice(0, -1) + (receiptCode.endsWith('2') ? '3' : '2')
    expect([await stage(near), await stage('2222-2222-2222-2222-2222'), await stage('nonsense')]).toEqual([null, null, null])
    expect((await o.refused(null, 'addByClueReceipt', { code: near, text: '…' })).code).toBe('NOT_FOUND')
    for (let i = 0; i < 8; i++) await stage(near)
    expect((await api.ask(null, 'query($code: String!) { clueReceipt(code: $code) { stage } }', { code: receiptCode })).errors[0]!.extensions.code).toBe('LIMIT_EXCEEDED')
  })
})

test('time limits are data: set by the administrator of all, in working or calendar days', async () => {
  const { data } = await o.ask('head', '{ clueDeadlines { nodes { nature step days counted maxExtensionDays isConfirmed legalBasis { title } } } }')
  expect(data.clueDeadlines.nodes).toEqual(expect.arrayContaining([{ nature: 'CLAIM_GRIEVANCE', step: 'FINISH', days: 60, counted: 'CALENDAR_DAYS', maxExtensionDays: 30, isConfirmed: true, legalBasis: [{ title: '信访工作条例' }] }]))
  const input = { nature: 'DISCIPLINE_CLUE', step: 'FINISH', days: 90, counted: 'CALENDAR_DAYS', maxExtensionDays: 30, isConfirmed: false, legalBasis: [] }
  expect((await o.refused('head', 'setClueDeadline', input)).code).toBe('FORBIDDEN')
  // Defaults that nobody compared with the law say so, until they are set as confirmed.
  const unconfirmed = async (): Promise<unknown[]> => (await o.ask('head', '{ clueDeadlines(filter: { isConfirmed: { eq: false } }) { nodes { nature step days } } }')).data.clueDeadlines.nodes.map((n: object) => Object.values(n)).sort()
  const [letter, ...more] = [['DISCIPLINE_CLUE', 'INQUIRY_REPLY', 15], ['CLAIM_GRIEVANCE', 'ACCEPT_TRANSFER', 5], ['DISCIPLINE_CLUE', 'ACCEPT_TRANSFER', 5], ['DISCIPLINE_CLUE', 'PROPOSE_DISPOSAL', 30]]
  expect(await unconfirmed()).toEqual([letter, ...more].sort())
  await o.done('admin', 'setClueDeadline', { nature: 'DISCIPLINE_CLUE', step: 'INQUIRY_REPLY', days: 15, counted: 'CALENDAR_DAYS', maxExtensionDays: 0, isConfirmed: true, legalBasis: [{ title: '监督执纪工作规则', article: '第二十八条' }] })
  expect(await unconfirmed()).toEqual(more.sort())
  await o.done('admin', 'setClueDeadline', input)
  const id = await registered()
  expect(await fields('supervisor', id, 'dueOn')).toEqual({ dueOn: day(-90) })
})

describe('SM-9, the closed path', () => {
  const CASE = 'case { id number state rowVersion allowedCommands }'
  const filed = async (more: object = {}): Promise<{ id: string; clue: string }> => {
    const clue = await inquired('FOUNDED_MISCONDUCT', more)
    await o.done('supervisor', 'proposeCaseFiling', { id: clue })
    expect((await o.refused('supervisor', 'fileCase', { id: clue })).code).toBe('FORBIDDEN')
    expect((await o.refused('approver', 'fileCase', { id: clue, investigationUnitId: o.unit('nextCommission') })).code).toBe('NOT_FOUND')
    const { case: c } = await o.done('approver', 'fileCase', { id: clue, opinion: '同意立案' }, CASE)
    return { id: c.id, clue }
  }
  const tried = async (more: object = {}): Promise<{ id: string; clue: string }> => {
    const { id, clue } = await filed(more)
    await o.done('investigator', 'startCaseInvestigation', { id })
    await o.done('investigator', 'transferCaseToTrial', { id, trialUnitId: o.unit('trial'), report: `调查报告，${MARK}` })
    await o.done('judge', 'recordTrialOpinion', { id, text: `审理意见，${MARK}`, dispositions: [{ kind: 'PROCURATORATE' }] })
    await o.done('judge', 'adjudicateCase', { id })
    return { id, clue }
  }
  /** A power of the bureau with a risk point, written straight into the tables. */
  const riskPoint = async (): Promise<{ riskPoint: string; control: string }> => {
    const { owner } = api.database
    const unit = o.unit('bureau').slice(5)
    const one = async (text: string, values: unknown[]): Promise<string> => (await owner.query(`${text} RETURNING id`, values)).rows[0].id
    const position = await one(`INSERT INTO position (id, unit_id, code, name_zh, power_bearing, created_by, updated_by) VALUES (gen_random_uuid(), $1, gen_random_uuid()::text, '采购岗', true, 'system:test', 'system:test')`, [unit])
    const power = await one(`INSERT INTO power (id, unit_id, code, name_zh, category, significance, state, created_by, updated_by) VALUES (gen_random_uuid(), $1, gen_random_uuid()::text, '采购', 'PROCUREMENT', 'GENERAL', 'PUBLISHED', 'system:test', 'system:test')`, [unit])
    const point = await one(`INSERT INTO risk_point (id, unit_id, power_id, code, description_zh, category, owner_position_id, state, created_by, updated_by) VALUES (gen_random_uuid(), $1, $2, '1', '围标', 'PROCESS', $3, 'IDENTIFIED', 'system:test', 'system:test')`, [unit, power, position])
    const control = await one(`INSERT INTO control (id, unit_id, code, description_zh, nature, mode, frequency, owner_position_id, state, created_by, updated_by) VALUES (gen_random_uuid(), $1, gen_random_uuid()::text, '供应商关联核查', 'PREVENTIVE', 'MANUAL', 'PER_TRANSACTION', $2, 'DESIGNED', 'system:test', 'system:test')`, [unit, position])
    await owner.query('INSERT INTO control_risk_point (control_id, risk_point_id, unit_id) VALUES ($1, $2, $3)', [control, point, unit])
    return { riskPoint: `rp_${point}`, control: `ctl_${control}` }
  }
  const measured = async (caseId: string): Promise<string> => {
    const { riskPoint: rp, control } = await riskPoint()
    const { governanceMeasure: m } = await o.done('approver', 'proposeGovernanceMeasure', {
      unitId: o.unit('bureau'), demandingUnitId: o.unit('commission'), kind: 'CONTROL_CHANGE', content: '增加供应商关联关系核查', dueOn: day(-30), caseIds: [caseId], isSynthetic: true,
    }, 'governanceMeasure { id }')
    await o.done('financeHead', 'acceptGovernanceMeasure', { id: m.id })
    const report = { id: m.id, report: '已建立核查制度', controlIds: [control], riskPointIds: [rp] }
    expect((await o.refused('financeEditor', 'implementGovernanceMeasure', { ...report, controlIds: [], riskPointIds: [] })).code).toBe('PRECONDITION_FAILED')
    expect(await o.refused('financeEditor', 'implementGovernanceMeasure', report)).toMatchObject({ code: 'PRECONDITION_FAILED', rules: ['SM-9'] })
    await o.done('financeEditor', 'attachEvidenceLink', { subjectId: m.id, title: '核查制度', url: 'https://example.org/institution', sensitivity: 'INTERNAL', collectedAt: `${day(1)}T00:00:00Z` })
    await o.done('financeEditor', 'implementGovernanceMeasure', report)
    return m.id
  }

  test('S-7: finding, clue, case, trial, governance measure with a control on a risk point, closed', async () => {
    const { supervisionFindings: [{ id: finding }] } = await o.done('supervisor', 'recordSupervisionFinding', {
      foundByUnitId: o.unit('commission'), sourceKind: 'PATROL_FEEDBACK', findings: [{ unitId: o.unit('bureau'), category: 'procurement-tendering', severity: 'SERIOUS', description: '供应商之间存在关联' }],
    }, 'supervisionFindings { id }')
    const { id, clue } = await filed({ channel: 'SUPERVISION_FINDING', anonymity: 'NO_REPORTER', sourceId: finding })
    expect((await o.refused('judge', 'startCaseInvestigation', { id })).code).toBe('FORBIDDEN')
    await o.done('investigator', 'startCaseInvestigation', { id })
    await o.done('investigator', 'editCase', { id, rowVersion: 2, facts: `主要事实，${MARK}`, personIds: [o.person('financeHead')] })
    expect(await o.refused('investigator', 'transferCaseToTrial', { id, trialUnitId: o.unit('commission'), report: '…' })).toMatchObject({ rules: ['SM-9'] })
    // To a neighbouring county a case is given by the city.
    expect((await o.refused('investigator', 'transferCaseToTrial', { id, trialUnitId: o.unit('nextCommission'), report: '…' })).code).toBe('NOT_FOUND')
    await o.done('investigator', 'transferCaseToTrial', { id, trialUnitId: o.unit('trial'), report: `调查报告，${MARK}` })
    expect(await o.refused('judge', 'adjudicateCase', { id })).toMatchObject({ code: 'PRECONDITION_FAILED', rules: ['SM-9'] })
    await o.done('judge', 'returnCaseToInvestigation', { id, opinion: '补充银行流水' })
    await o.done('investigator', 'transferCaseToTrial', { id, trialUnitId: o.unit('trial'), report: '补充后的调查报告' })
    await o.done('judge', 'recordTrialOpinion', { id, text: `审理意见，${MARK}`, dispositions: [{ kind: 'PROCURATORATE' }] })
    await o.done('judge', 'adjudicateCase', { id })
    expect(await o.refused('supervisor', 'closeClue', { id: clue })).toMatchObject({ rules: ['caseOpen'] })
    await o.done('investigator', 'startCaseGovernance', { id })
    expect(await o.refused('approver', 'closeCase', { id })).toMatchObject({ code: 'PRECONDITION_FAILED', rules: ['INV-34'] })
    const measure = await measured(id)
    expect(await o.refused('approver', 'closeCase', { id })).toMatchObject({ rules: ['INV-34'] })
    expect((await o.refused('financeHead', 'verifyGovernanceMeasure', { id: measure })).code).toBe('FORBIDDEN')
    await o.done('supervisor', 'returnGovernanceReport', { id: measure, opinion: '补充执行记录' })
    const { governanceMeasure } = (await o.ask('financeEditor', 'query($id: ID!) { governanceMeasure(id: $id) { report controls { nodes { id } } riskPoints { nodes { id } } } }', { id: measure })).data
    await o.done('financeEditor', 'implementGovernanceMeasure', { id: measure, report: '已补充执行记录', controlIds: governanceMeasure.controls.nodes.map((c: { id: string }) => c.id), riskPointIds: [] })
    await o.done('supervisor', 'verifyGovernanceMeasure', { id: measure })
    const { case: closed } = await o.done('approver', 'closeCase', { id }, `case { state closedOn clues { id state } subjectUnits { code } governanceMeasures { nodes { kind state controls { totalCount } riskPoints { totalCount } } } dispositions { nodes { kind } } }`)
    expect(closed).toEqual({
      state: 'CLOSED', closedOn: day(0), clues: [{ id: clue, state: 'CASE_FILED' }], subjectUnits: [{ code: '510802-FINANCE' }],
      governanceMeasures: { nodes: [{ kind: 'CONTROL_CHANGE', state: 'VERIFIED', controls: { totalCount: 1 }, riskPoints: { totalCount: 1 } }] }, dispositions: { nodes: [{ kind: 'PROCURATORATE' }] },
    })
    expect(await o.refused('supervisor', 'returnGovernanceReport', { id: measure, opinion: '…' })).toMatchObject({ rules: ['INV-34'] })
    await o.done('supervisor', 'closeClue', { id: clue })
    expect((await o.ask('supervisor', 'query($id: ID!) { supervisionFinding(id: $id) { state outcomes { kind target { id } } } }', { id: finding })).data.supervisionFinding).toEqual({ state: 'OPEN', outcomes: [{ kind: 'CLUE', target: { id: clue } }] })
    // The unit sees its measure, and of no case.
    const seen = await o.ask('financeHead', 'query($id: ID!, $case: ID!) { governanceMeasure(id: $id) { state cases { totalCount nodes { id } } } node(id: $case) { id } }', { id: measure, case: id })
    expect(seen.data).toEqual({ governanceMeasure: { state: 'VERIFIED', cases: null }, node: null })
    expect((await o.ask('approver', 'query($id: ID!) { governanceMeasure(id: $id) { cases { nodes { id } } } }', { id: measure })).data.governanceMeasure.cases.nodes).toEqual([{ id }])
    // Who holds the role at the trying unit alone reads what was written before it came there, too; a neighbour nothing.
    const written = 'query($id: ID!) { case(id: $id) { entries { totalCount nodes { kind } } dispositions { totalCount } } }'
    expect((await o.ask('trialOfficer', written, { id })).data.case).toEqual({ entries: { totalCount: 5, nodes: ['FACTS', 'REPORT', 'OPINION', 'REPORT', 'TRIAL_OPINION'].map(kind => ({ kind })) }, dispositions: { totalCount: 1 } })
    expect((await o.ask('neighbour', written, { id })).data.case).toBeNull()
    const { entries } = await o.done('judge', 'revealCase', { id, reason: '归档核对' }, 'entries { kind text }')
    expect(entries.map((e: { kind: string }) => e.kind)).toEqual(['FACTS', 'REPORT', 'OPINION', 'REPORT', 'TRIAL_OPINION'])
    for (const who of ['neighbour', 'supervisor', 'financeHead', 'admin', 'auditor', 'leader'] as const) expect([who, (await o.refused(who, 'revealCase', { id, reason: '查看内容' })).code]).toEqual([who, expect.stringMatching(/FORBIDDEN|NOT_FOUND/)])
  })

  test('investigation and trial by different people; withdrawn; tried again; governance waived', async () => {
    const { id, clue } = await filed()
    await o.done('both', 'startCaseInvestigation', { id })
    await o.done('both', 'transferCaseToTrial', { id, trialUnitId: o.unit('trial'), report: '调查报告' })
    expect(await o.refused('both', 'recordTrialOpinion', { id, text: '…', dispositions: [] })).toMatchObject({ code: 'FORBIDDEN', rules: ['INV-24'] })
    await o.done('judge', 'returnCaseToInvestigation', { id, opinion: '证据不足' })
    expect((await o.refused('both', 'proposeCaseWithdrawal', { id })).code).toBe('BAD_INPUT')
    await o.done('both', 'proposeCaseWithdrawal', { id, opinion: '事实不成立' })
    expect((await o.refused('neighbour', 'withdrawCase', { id, opinion: '…' })).code).toBe('NOT_FOUND')
    await o.done('approver', 'withdrawCase', { id, opinion: '同意撤案' })
    await o.done('supervisor', 'closeClue', { id: clue })

    const again = await tried()
    await o.done('approver', 'reopenCaseTrial', { id: again.id, opinion: '定性不准' })
    await o.done('judge', 'recordTrialOpinion', { id: again.id, text: '重新审理：不予处理', dispositions: [] })
    await o.done('judge', 'adjudicateCase', { id: again.id })
    await o.done('approver', 'startCaseGovernance', { id: again.id })
    expect((await o.refused('investigator', 'waiveCaseGovernance', { id: again.id, opinion: '…' })).code).toBe('FORBIDDEN')
    await o.done('approver', 'waiveCaseGovernance', { id: again.id, opinion: '个案，无制度漏洞' })
    expect((await o.done('approver', 'closeCase', { id: again.id }, 'case { state withoutDisposition governanceWaived }')).case).toEqual({ state: 'CLOSED', withoutDisposition: true, governanceWaived: true })
  })

  test('a measure is edited, given back, put forward again and let go; each command has its side', async () => {
    const { governanceMeasure: m } = await o.done('supervisor', 'proposeGovernanceMeasure', { unitId: o.unit('bureau'), demandingUnitId: o.unit('commission'), kind: 'WARNING_EDUCATION', content: '开展警示教育', dueOn: day(-10) }, 'governanceMeasure { id rowVersion }')
    expect((await o.refused('financeHead', 'proposeGovernanceMeasure', { unitId: o.unit('bureau'), demandingUnitId: o.unit('bureau'), kind: 'WARNING_EDUCATION', content: '…', dueOn: day(-10) })).code).toBe('FORBIDDEN')
    expect((await o.refused('supervisor', 'acceptGovernanceMeasure', { id: m.id })).code).toBe('FORBIDDEN')
    expect((await o.refused('financeHead', 'returnGovernanceMeasure', { id: m.id })).code).toBe('BAD_INPUT')
    await o.done('financeHead', 'returnGovernanceMeasure', { id: m.id, opinion: '期限过短' })
    await o.done('supervisor', 'editGovernanceMeasure', { id: m.id, rowVersion: 2, dueOn: day(-40) })
    expect((await o.refused('neighbour', 'editGovernanceMeasure', { id: m.id, rowVersion: 3, content: '…' })).code).toBe('NOT_FOUND')
    await o.done('approver', 'cancelGovernanceMeasure', { id: m.id, opinion: '并入专项整治' })
    expect(await o.refused('financeHead', 'acceptGovernanceMeasure', { id: m.id })).toMatchObject({ code: 'PRECONDITION_FAILED', allowedCommands: [] })
  })
})
