import { NOW, type By, type Input, type Telling } from './telling'

/** What of the county the clues are about; global ids. */
export interface ClueMaterial { bureau: string; group: string; hospital: string; village: string; powers: readonly string[]; points: readonly string[] }

/** What lies in the closed realms: clues with all that is of them, who reported, cases and what is put right after them. */
export async function closedRealms(t: Telling, m: ClueMaterial): Promise<void> {
  const office = await offices(t)
  await grievances(t, m, office)
  await misconduct(t, m, office)
  await t.does('setClueDeadline', {
    nature: 'CLAIM_GRIEVANCE', step: 'TELL_ROUTE', days: 15, counted: 'WORKING_DAYS', maxExtensionDays: 0, isConfirmed: true, legalBasis: [{ title: '信访工作条例', article: '第二十三条', documentNo: '试用' }],
  }, 'CITY')
}

interface Offices { commission: string; trial: string; one: string; two: string; third: string; finding: string }

/** The commission, who tries cases, and somebody of the commission who has a part in neither investigation nor trial. */
async function offices({ county: c, does }: Telling): Promise<Offices> {
  const M = c.mark
  const commission = await c.find('unit', 'SELECT id FROM unit WHERE code = $1', [`${M}-CCDI`])
  const trial = (await does('registerUnit', { parentId: commission, code: `${M}-TRIAL`, nameZh: `${c.zh}审理室`, nameEn: `${M} trial office`, kind: 'CASE_TRIAL_OFFICE', divisionCode: c.division, validFrom: '2020-01-01' }))['unit']!.id
  const fourth = (await does('registerPerson', { unitId: commission, displayName: `${c.zh}审批人员`, staffNo: `${M}-FOUR` }))['person']!.id
  await does('grantRole', { personId: fourth, unitId: c.root, role: 'COMMISSION_APPROVER', validFrom: '2020-01-01', validTo: '2099-01-01' })
  return {
    commission, trial, one: c.one, two: c.two, third: await c.find('person', 'SELECT id FROM person WHERE staff_no = $1', [`${M}-THREE`]),
    finding: await c.find('finding', `SELECT id FROM supervision_finding WHERE description_zh = $1`, [`${M} third finding`]),
  }
}

const later = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString()
const verdict = { kind: 'ACCOUNTABILITY' } as const
const team = (...persons: readonly string[]): Input[] => persons.map((personId, i) => ({ personId, isLead: i === 0, isAkin: false }))

/** A grievance that a village took in: passed up, verified, told and restored; others that came to nothing or were handled with it. */
async function grievances(t: Telling, m: ClueMaterial, o: Offices): Promise<void> {
  const { county: c, does } = t
  const M = c.mark
  const receive = async (unitId: string, more: Input = {}): Promise<{ id: string; code: unknown }> => {
    const { clue, receiptCode } = await does('receiveClue', {
      unitId, channel: 'VISIT', nature: 'CLAIM_GRIEVANCE', anonymity: 'NAMED', reporter: { name: `${c.zh}村民`, contact: `${M} shop`, address: `${M} lane` },
      summary: `${M} grievance`, subjectUnitIds: [m.hospital], subjectPersonIds: [o.third], receivedOn: '2026-01-05', isSynthetic: true, ...more,
    })
    return { id: clue!.id, code: receiptCode }
  }
  const { id, code } = await receive(m.village)
  await does('addByClueReceipt', { code, text: `${M} holder` }, 'NOBODY')
  await does('editClue', { id, rowVersion: NOW, summary: `${M} edited grievance`, subjectUnitIds: [m.hospital], subjectPersonIds: [o.third] })
  await does('registerClue', { id })
  await passedUp(t, id, o)
  await does('addClueInformation', { id, text: `${M} came in later` })
  await does('extendClueDeadline', { id, days: 10, opinion: `${M} needs time` }, 'TWO')
  await does('assignClue', { id, personId: o.one })
  const handle = (handling: string): Promise<unknown> => does('decideClueHandling', { id, handling, opinion: `${M} chooses` })
  await handle('PRELIMINARY_VERIFICATION')
  await does('reconsiderClueHandling', { id, opinion: `${M} reconsiders` })
  await handle('SHELVED')
  await does('resumeClue', { id, opinion: `${M} resumes` })
  await handle('PRELIMINARY_VERIFICATION')
  await verified(t, id, o)
  await does('disposeClue', { id, dispositions: ['RESTITUTION'], opinion: `${M} disposes` }, 'TWO')
  await does('reconsiderClueDisposal', { id, opinion: `${M} thinks again` }, 'TWO')
  await does('disposeClue', { id, dispositions: ['RESTITUTION'] }, 'TWO')
  await restored(t, id)
  await reporter(t, id)
  await does('giveClueFeedback', { id, text: `${M} told`, toldOn: '2026-02-05' })
  await does('confirmClueRestitution', { id })
  await does('revealClue', { id, reason: `${M} reads it` })
  await does('closeClue', { id })

  const declined = (await receive(o.commission)).id
  await does('declineClue', { id: declined, opinion: `${M} declines` })
  await does('reopenClue', { id: declined, newFact: `${M} new fact`, opinion: `${M} reopens` })
  const same = (await receive(o.commission)).id
  await does('registerClue', { id: same })
  await does('mergeClue', { id: same, intoId: declined, opinion: `${M} the same matter` })
}

async function passedUp({ county: c, does }: Telling, id: string, { commission }: Offices): Promise<void> {
  const M = c.mark
  const send = async (): Promise<string> => {
    await does('transferClue', { id, toUnitId: commission, reason: `${M} theirs` })
    return c.find('cltr', 'SELECT id FROM clue_transfer WHERE clue_id = $1 ORDER BY id DESC', [id.slice(-36)])
  }
  await does('recallClueTransfer', { id: await send(), opinion: `${M} recalls` })
  await does('sendBackClueTransfer', { id: await send(), opinion: `${M} sends back` })
  const transfer = await send()
  await does('revealClueTransfer', { id: transfer, reason: `${M} looks first` })
  await does('acceptClueTransfer', { id: transfer })
}

/** The first person leads the team, the second one of it approves the plan and gives the outcome back. */
async function verified({ county: c, does }: Telling, clueId: string, { one, two }: Offices): Promise<void> {
  const M = c.mark
  const id = (await does('planVerification', { clueId, mode: 'TOWNSHIP_PLUS_VILLAGE', plan: `${M} plan`, plannedFrom: '2026-01-10', plannedTo: '2026-02-10', team: team(one, two) }))['verification']!.id
  const { verification } = await does('editVerificationPlan', { id, rowVersion: NOW, plan: `${M} edited plan`, team: team(two, one) })
  await does('submitVerificationPlan', { id })
  await does('returnVerificationPlan', { id, opinion: `${M} returns` }, 'TWO')
  await does('submitVerificationPlan', { id })
  await does('approveVerificationPlan', { id, contentHash: verification!['contentHash'] }, 'TWO')
  await does('recordVerificationMeasure', { id, text: `${M} measured` })
  const conclude = (): Promise<unknown> => does('concludeVerification', { id, outcome: 'FOUNDED_CLERICAL', report: `${M} report` })
  await conclude()
  await does('returnClueOutcome', { id: clueId, opinion: `${M} gives it back` }, 'TWO')
  await conclude()
}

async function restored({ county: c, does }: Telling, clueId: string): Promise<void> {
  const M = c.mark
  const order = async (): Promise<string> => (await does('orderRestitution', {
    clueId, kind: 'BACK_PAYMENT', quantity: '1.02', measure: 'MU', amount: '35700.10', currency: 'CNY', beneficiary: `${c.zh}村民`, basis: `${M} plan of compensation`, dueOn: '2099-06-30', isSynthetic: true,
  }))['restitution']!.id
  const id = await order()
  const pay = (): Promise<unknown> => does('recordRestitutionPayment', { id, paidOn: '2026-02-01', proof: `${M} voucher` })
  await does('editRestitution', { id, rowVersion: NOW, basis: `${M} edited plan of compensation` })
  await pay()
  await does('returnRestitution', { id, opinion: `${M} not whole` }, 'TWO')
  await pay()
  await does('verifyRestitution', { id }, 'TWO')
  await does('cancelRestitution', { id: await order(), opinion: `${M} twice` }, 'TWO')
}

/** Who reported: read once, not read, not asked for any more. */
async function reporter({ county: c, does }: Telling, clueId: string): Promise<void> {
  const M = c.mark
  const ask = async (): Promise<string> => (await does('requestIdentityRelease', { clueId, reason: `${M} must ask them` }))['identityRelease']!.id
  const id = await ask()
  await does('approveIdentityRelease', { id, releasedUntil: later(5) }, 'TWO')
  await does('revealReporterIdentity', { id, reason: `${M} asks them` })
  await does('revokeIdentityRelease', { id, opinion: `${M} asked` }, 'TWO')
  await does('refuseIdentityRelease', { id: await ask(), opinion: `${M} no need` }, 'TWO')
  await does('withdrawIdentityRelease', { id: await ask() })
}

/** Clues of misconduct: one becomes a case that is tried, taught from and closed, another one a case that is given up. */
async function misconduct(t: Telling, m: ClueMaterial, o: Offices): Promise<void> {
  const { county: c, does } = t
  const M = c.mark
  const proposed = async (more: Input): Promise<string> => {
    const id = (await does('receiveClue', {
      unitId: o.commission, channel: 'ONLINE', nature: 'DISCIPLINE_CLUE', anonymity: 'NO_REPORTER', summary: `${M} misconduct`, subjectUnitIds: [m.hospital], subjectPersonIds: [o.third], isSynthetic: true, ...more,
    }))['clue']!.id
    await does('registerClue', { id })
    await does('assignClue', { id, personId: o.one })
    await does('decideClueHandling', { id, handling: 'TALK_OR_LETTER_INQUIRY', opinion: `${M} asks first` })
    await does('concludeClueInquiry', { id, outcome: 'PARTLY_FOUNDED', report: `${M} inquiry` })
    await does('proposeCaseFiling', { id })
    return id
  }
  const filed = async (clue: string): Promise<string> => (await does('fileCase', { id: clue, investigationUnitId: o.commission, opinion: `${M} files` }, 'TWO'))['case']!.id
  const clue = await proposed({ channel: 'SUPERVISION_FINDING', sourceId: o.finding })
  await does('refuseCaseFiling', { id: clue, opinion: `${M} refuses` }, 'TWO')
  await does('proposeCaseFiling', { id: clue })
  const id = await filed(clue)
  await tried(t, id, m, o)
  await taught(t, id, m, o)
  await does('closeClue', { id: clue })
  const idle = await filed(await proposed({}))
  await does('startCaseInvestigation', { id: idle })
  await does('proposeCaseWithdrawal', { id: idle, opinion: `${M} nothing to pursue` })
  await does('withdrawCase', { id: idle, opinion: `${M} gives it up` }, 'TWO')
}

/** The first person investigates, the second one tries, a third one sends it back to them. */
async function tried({ county: c, does }: Telling, id: string, m: ClueMaterial, o: Offices): Promise<void> {
  const M = c.mark
  const decisionId = (await does('proposeAccountability', {
    proposingUnitId: m.group, decidingUnitId: c.root, basis: `${M} trial`, responsibility: 'MEMBER_DUAL_DUTY', personId: o.third, kind: 'WARNING', form: 'SECOND',
  }))['accountabilityDecision']!.id
  await does('decideAccountability', { id: decisionId, rowVersion: NOW }, 'TWO')
  await does('startCaseInvestigation', { id })
  await does('editCase', { id, rowVersion: NOW, facts: `${M} facts`, personIds: [o.third], powerIds: m.powers, riskPointIds: m.points })
  const hand = (): Promise<unknown> => does('transferCaseToTrial', { id, trialUnitId: o.trial, report: `${M} report` })
  const judge = async (dispositions: readonly Input[]): Promise<void> => {
    await does('recordTrialOpinion', { id, text: `${M} opinion`, dispositions }, 'TWO')
    await does('adjudicateCase', { id }, 'TWO')
  }
  await hand()
  await does('returnCaseToInvestigation', { id, opinion: `${M} more evidence` }, 'TWO')
  await hand()
  await judge([{ ...verdict, decisionId }])
  await does('reopenCaseTrial', { id, opinion: `${M} tries again` }, 'FOUR')
  await judge([{ ...verdict, decisionId }, { kind: 'RECOMMENDATION' }])
}

/** The unit's approver takes the measure on and carries it out; who asked for it verifies it. */
async function taught({ county: c, does }: Telling, id: string, m: ClueMaterial, o: Offices): Promise<void> {
  const M = c.mark
  await does('startCaseGovernance', { id })
  const propose = async (): Promise<string> => (await does('proposeGovernanceMeasure', {
    unitId: m.bureau, demandingUnitId: o.commission, kind: 'CONTROL_CHANGE', content: `${M} measure`, dueOn: '2099-06-30', caseIds: [id], isSynthetic: true,
  }))['governanceMeasure']!.id
  const measure = await propose()
  const edit = (): Promise<unknown> => does('editGovernanceMeasure', { id: measure, rowVersion: NOW, content: `${M} edited measure` })
  await edit()
  await does('returnGovernanceMeasure', { id: measure, opinion: `${M} returns` }, 'TWO')
  await edit()
  await does('acceptGovernanceMeasure', { id: measure }, 'TWO')
  const proof = { subjectId: measure, title: `${M} measure`, url: `https://files.example/${M}/measure`, sensitivity: 'INTERNAL', collectedAt: '2026-01-01T00:00:00.000Z' }
  await does('attachEvidenceLink', proof, 'TWO')
  const controls = [await c.find('ctl', `SELECT id FROM control WHERE unit_id = $1 AND state <> 'RETIRED' ORDER BY id`, [m.bureau.slice(-36)])]
  const report = (by: By = 'TWO'): Promise<unknown> => does('implementGovernanceMeasure', { id: measure, report: `${M} done`, controlIds: controls, riskPointIds: m.points }, by)
  await report()
  await does('returnGovernanceReport', { id: measure, opinion: `${M} not yet` })
  await report()
  await does('verifyGovernanceMeasure', { id: measure })
  await does('cancelGovernanceMeasure', { id: await propose(), opinion: `${M} lets it go` })
  await does('revealCase', { id, reason: `${M} reads it` })
  await does('waiveCaseGovernance', { id, opinion: `${M} no further measure` }, 'TWO')
  await does('closeCase', { id }, 'TWO')
}
