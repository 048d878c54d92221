import { NOW, type Input, type Telling } from '../scope-walk/telling'
import { said, type Ground } from './ground'

interface Clues extends Telling { readonly ground: Ground; receive(more?: Input): Promise<string> }

/** Information, time and other decisions, wherever a clue stands; cases that are given up or tried again. */
export async function clues(t: Telling, ground: Ground): Promise<void> {
  const { does } = t
  const receive = async (more: Input = {}): Promise<string> => (await does('receiveClue', {
    unitId: ground.commission, channel: 'VISIT', nature: 'CLAIM_GRIEVANCE', anonymity: 'NAMED', reporter: { name: '举报人' }, summary: '诉求', subjectUnitIds: [ground.hospital], subjectPersonIds: [], receivedOn: '2026-01-05', isSynthetic: true, ...more,
  }))['clue']!.id
  const of: Clues = { ...t, ground, receive }
  await taken(of)
  await inquired(of)
  await verified(of)
  await settled(of)
  await cases(of)
}

const add = ({ does }: Telling, id: string): Promise<unknown> => does('addClueInformation', { id, text: '补充材料' })
const extend = ({ does }: Telling, id: string): Promise<unknown> => does('extendClueDeadline', { id, days: 5, ...said() }, 'TWO')
const handle = ({ does }: Telling, id: string, handling: string): Promise<unknown> => does('decideClueHandling', { id, handling, ...said() })
const conclude = ({ does }: Telling, id: string, outcome = 'PARTLY_FOUNDED'): Promise<unknown> => does('concludeClueInquiry', { id, outcome, report: '函询情况' })

async function assigned(t: Clues, more: Input = {}): Promise<string> {
  const id = await t.receive(more)
  await t.does('registerClue', { id })
  await t.does('assignClue', { id, personId: t.county.one })
  return id
}

/** From its receipt until it is decided how it is handled. */
async function taken(t: Clues): Promise<void> {
  const { county: c, does, ground } = t
  const id = await t.receive()
  await add(t, id)
  await does('registerClue', { id })
  await does('editClue', { id, rowVersion: NOW, summary: '修改后的诉求' })
  await does('assignClue', { id, personId: c.one })
  await add(t, id)
  await does('assignClue', { id, personId: c.two })
  await extend(t, id)
  await does('transferClue', { id, toUnitId: ground.group, reason: '移送' })
  await add(t, id)
  await does('recallClueTransfer', { id: await c.find('cltr', `SELECT id FROM clue_transfer WHERE clue_id = $1 AND state = 'SENT'`, [id.slice(-36)]), ...said() })
  await does('assignClue', { id, personId: c.one })
  await handle(t, id, 'SHELVED')
  await add(t, id)
  const merged = await assigned(t)
  await does('mergeClue', { id: merged, intoId: id, ...said() })
  await does('reopenClue', { id: merged, newFact: '新情况', ...said() })
  const declined = await t.receive()
  await does('declineClue', { id: declined, ...said() })
  await does('giveClueFeedback', { id: declined, text: '不予受理', toldOn: '2026-02-05' })
}

async function inquired(t: Clues): Promise<void> {
  const { does } = t
  const id = await assigned(t)
  await handle(t, id, 'TALK_OR_LETTER_INQUIRY')
  await add(t, id)
  await extend(t, id)
  await does('reconsiderClueHandling', { id, ...said() })
  await handle(t, id, 'TALK_OR_LETTER_INQUIRY')
  await handle(t, id, 'PRELIMINARY_VERIFICATION')
}

async function verified(t: Clues): Promise<void> {
  const { county: c, does } = t
  const id = await assigned(t)
  await handle(t, id, 'PRELIMINARY_VERIFICATION')
  await add(t, id)
  await extend(t, id)
  const team = [c.one, c.two].map((personId, i) => ({ personId, isLead: i === 0, isAkin: false }))
  const { verification } = await does('planVerification', { clueId: id, plan: '方案', plannedFrom: '2026-01-10', plannedTo: '2026-02-10', team })
  await does('submitVerificationPlan', { id: verification!.id })
  await does('approveVerificationPlan', { id: verification!.id, contentHash: verification!['contentHash'] }, 'TWO')
  await does('editVerificationPlan', { id: verification!.id, rowVersion: NOW, plan: '新方案' })
}

/** From its outcome to its end, told or not, restored or not. */
async function settled(t: Clues): Promise<void> {
  const { does } = t
  const outcome = async (more: Input = {}): Promise<string> => {
    const id = await assigned(t, more)
    await handle(t, id, 'TALK_OR_LETTER_INQUIRY')
    await conclude(t, id, more['nature'] === 'DISCIPLINE_CLUE' ? 'PARTLY_FOUNDED' : 'FOUNDED_CLERICAL')
    return id
  }
  const dispose = (id: string, disposition = 'RESTITUTION'): Promise<unknown> => does('disposeClue', { id, dispositions: [disposition], ...said() }, 'TWO')
  const reconsider = (id: string): Promise<unknown> => does('reconsiderClueDisposal', { id, ...said() }, 'TWO')
  const tell = (id: string): Promise<unknown> => does('giveClueFeedback', { id, text: '反馈', toldOn: '2026-02-05' })
  const restore = async (clueId: string): Promise<string> => {
    const id = (await does('orderRestitution', { clueId, kind: 'REFUND', amount: '10.00', currency: 'CNY', beneficiary: '受益人', basis: '依据', isSynthetic: true }))['restitution']!.id
    await does('recordRestitutionPayment', { id, paidOn: '2026-02-01', proof: '凭证' })
    await does('verifyRestitution', { id }, 'TWO')
    return id
  }
  const id = await outcome()
  await add(t, id)
  await extend(t, id)
  await dispose(id)
  await add(t, id)
  await tell(id)
  await add(t, id)
  await reconsider(id)
  await dispose(id)
  const restitution = await restore(id)
  await does('returnRestitution', { id: restitution, ...said() }, 'TWO')
  await does('recordRestitutionPayment', { id: restitution, paidOn: '2026-02-01', proof: '补充凭证' })
  await does('verifyRestitution', { id: restitution }, 'TWO')
  await tell(id)
  await does('confirmClueRestitution', { id })
  await add(t, id)
  await reconsider(id)

  const anonymous = await outcome({ anonymity: 'ANONYMOUS', reporter: null })
  await dispose(anonymous)
  await extend(t, anonymous)
  await restore(anonymous)
  await does('confirmClueRestitution', { id: anonymous })
  const untold = await outcome({ nature: 'DISCIPLINE_CLUE', anonymity: 'NO_REPORTER', reporter: null })
  await dispose(untold, 'TALK')
  await does('closeClue', { id: untold })
  await add(t, untold)
  await does('reopenClue', { id: untold, newFact: '新情况', ...said() })
  const told = await outcome({ nature: 'DISCIPLINE_CLUE' })
  await dispose(told, 'TALK')
  await tell(told)
  await does('closeClue', { id: told })
}

async function cases(t: Clues): Promise<void> {
  const { county: c, does, ground } = t
  const file = async (): Promise<{ clue: string; id: string }> => {
    const clue = await assigned(t, { nature: 'DISCIPLINE_CLUE' })
    await handle(t, clue, 'TALK_OR_LETTER_INQUIRY')
    await conclude(t, clue)
    await does('proposeCaseFiling', { id: clue })
    return { clue, id: (await does('fileCase', { id: clue, investigationUnitId: ground.commission, ...said() }, 'TWO'))['case']!.id }
  }
  const { clue, id } = await file()
  await add(t, clue)
  await does('giveClueFeedback', { id: clue, text: '已立案', toldOn: '2026-02-05' })
  await does('editCase', { id, rowVersion: NOW, facts: '事实' })
  await does('startCaseInvestigation', { id })
  const trial = await c.find('unit', 'SELECT id FROM unit WHERE code = $1', [`${c.mark}-TRIAL`])
  await does('transferCaseToTrial', { id, trialUnitId: trial, report: '报告' })
  await does('recordTrialOpinion', { id, text: '意见', dispositions: [{ kind: 'RECOMMENDATION' }] }, 'TWO')
  await does('adjudicateCase', { id }, 'TWO')
  await does('startCaseGovernance', { id })
  await does('reopenCaseTrial', { id, ...said() }, 'FOUR')
  const idle = await file()
  await does('withdrawCase', { id: idle.id, ...said() }, 'TWO')
}
