import { DateTime } from 'luxon'
import { coreModules } from '../../src/domain'
import { testApi, type TestApi } from '../support/api'
import { ClueOffice, type Who } from '../support/clue-office'

let api: TestApi
let o: ClueOffice
beforeAll(async () => {
  api = await testApi({ modules: coreModules })
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

test('S-2: a villager’s grievance goes up, is verified together, told, restored and closed', async () => {
  const { id, receiptCode } = await verified()
  expect(receiptCode).toMatch(/^([2-9A-HJ-NP-Z]{4}-){4}[2-9A-HJ-NP-Z]{4}$/)
  await o.done('head', 'disposeClue', { id, dispositions: ['RESTITUTION'] })
  const { restitution } = await o.done('officer', 'orderRestitution', { clueId: id, kind: 'BACK_PAYMENT', quantity: '1.02', measure: 'MU', beneficiary: REPORTER, basis: `少算面积，${MARK}` }, 'restitution { id state quantity measure }')
  expect(restitution).toMatchObject({ state: 'OWED', quantity: '1.02', measure: 'MU' })
  await o.done('village', 'giveClueFeedback', { id, text: '已当面告知，本人认可' })
  expect(await stateOf('head', id)).toBe('FED_BACK')
  await o.done('officer', 'recordRestitutionPayment', { id: restitution.id, paidOn: day(1), proof: '补登面积凭证 3 号' })
  await o.done('head', 'verifyRestitution', { id: restitution.id })
  await o.done('head', 'confirmClueRestitution', { id })
  const { clue } = await o.done('head', 'closeClue', { id }, CLUE)
  expect(clue).toMatchObject({ state: 'CLOSED', allowedCommands: ['addClueInformation', 'reopenClue'] })
})
