import { targetsOf, type Machine } from '../../../src/core/states'
import { accountabilityDecisionMachine } from '../../../src/domain/accountability/accountability-decision.states'
import { specialRectificationMachine } from '../../../src/domain/campaign/special-rectification.states'
import { caseMachine } from '../../../src/domain/case/case.states'
import { clueTransferMachine } from '../../../src/domain/clue/clue-transfer.states'
import { clueMachine } from '../../../src/domain/clue/clue.states'
import { hearingQuestionMachine, hearingSessionMachine } from '../../../src/domain/hearing/hearing-session.states'
import { pledgeMachine } from '../../../src/domain/hearing/pledge.states'
import { recommendationItemMachine, recommendationLetterMachine } from '../../../src/domain/letter/recommendation-letter.states'
import { rectificationExtensionMachine, rectificationTaskMachine } from '../../../src/domain/rectification/rectification-task.states'
import { supervisionActivityMachine } from '../../../src/domain/supervision/supervision-activity.states'
import { supervisionFindingMachine } from '../../../src/domain/supervision/supervision-finding.states'

/** The ways through the loop as the rules tell them, step by step; each step is a command of the table or what follows by itself. */
const CHAINS: readonly (readonly [Machine, ...string[]])[] = [
  [supervisionActivityMachine, 'PLANNED>COORDINATED>IN_PROGRESS>CONCLUDED>RESULTS_APPLIED>CLOSED', 'PLANNED>CANCELLED', 'COORDINATED>CANCELLED'],
  [clueMachine,
    'RECEIVED>REGISTERED>ASSIGNED>VERIFYING>VERIFIED>DISPOSED>FED_BACK>SETTLED>CLOSED>REGISTERED', 'ASSIGNED>INQUIRING>VERIFIED', 'INQUIRING>VERIFYING', 'ASSIGNED>SHELVED>ASSIGNED', 'ASSIGNED>DISPOSED',
    'REGISTERED>TRANSFERRED>REGISTERED', 'ASSIGNED>TRANSFERRED', 'VERIFIED>CASE_FILED'],
  [clueTransferMachine, 'SENT>ACCEPTED', 'SENT>SENT_BACK'],
  [caseMachine, 'FILED>INVESTIGATING>TRANSFERRED_TO_TRIAL>ADJUDICATED>GOVERNANCE>CLOSED', 'TRANSFERRED_TO_TRIAL>INVESTIGATING>WITHDRAWN'],
  [recommendationLetterMachine, 'DRAFT>UNDER_REVIEW>SIGNED>ISSUED>ACKNOWLEDGED>ADOPTED>REPORTED_BACK>VERIFIED>CLOSED', 'ACKNOWLEDGED>PARTLY_ADOPTED>REPORTED_BACK', 'ACKNOWLEDGED>DECLINED>ESCALATED'],
  [rectificationTaskMachine, 'OPEN>PLANNED>IN_PROGRESS>SUBMITTED>VERIFIED>CLOSED>RECURRED', 'SUBMITTED>RETURNED>IN_PROGRESS'],
  [hearingSessionMachine, 'SCHEDULED>REPORTING>QUESTIONING>EVALUATING>CONCLUDED>FOLLOWED_UP>CLOSED'],
  [pledgeMachine, 'MADE>ON_TRACK>FULFILLED', 'ON_TRACK>BROKEN'],
  [specialRectificationMachine, 'ANNOUNCED>SELF_CHECK>SUPERVISED_CHECK>RECTIFICATION>EVALUATION>CLOSED'],
]

test.each(CHAINS.map(([machine, ...chains]) => [machine.name, machine, chains] as const))('%s can go the whole way', (_, machine, chains) => {
  const steps = new Set([
    ...Object.values(machine.commands).flatMap(t => t.from.flatMap(from => targetsOf(t, from).map(to => `${from}>${to}`))), ...machine.follows.flatMap(f => f.from.map(from => `${from}>${f.to}`)),
  ])
  const wanted = chains.flatMap(chain => chain.split('>').slice(1).map((to, i) => `${chain.split('>')[i]!}>${to}`))
  expect(wanted.filter(step => !steps.has(step))).toEqual([])
})

type Ways = Readonly<Record<string, string>>
const BODY = 'SUPERVISOR,TOWNSHIP_COMMISSION'
const EVERY_BODY = 'COMMISSION_APPROVER,SUPERVISOR,TOWNSHIP_COMMISSION'
const LEAD = `${BODY}@LEAD`
const PARTNER = `${BODY},VILLAGE_SUPERVISOR@PARTNER`
const FINDER = `${BODY}@FINDER`

const REASSIGN = 'UNIT_APPROVER,SUPERVISOR,TOWNSHIP_COMMISSION'
const callOff = 'cancelRectificationTask>CANCELLED:COMMISSION_APPROVER'
const plan = (to: string): string => `planRectification>${to}:DUTY_OWNER,UNIT_EDITOR`

const WRITERS = 'SUPERVISOR,TOWNSHIP_COMMISSION,CASE_OFFICER,PORTRAIT_OFFICE'
const content = ['editRecommendationLetter', 'addRecommendationItem', 'editRecommendationItem', 'removeRecommendationItem'].map(command => `${command}>DRAFT:${WRITERS}@ISSUER`).join(' ')
const withdraw = `withdrawRecommendationLetter>WITHDRAWN:${WRITERS},COMMISSION_APPROVER@ISSUER`
const revoke = 'revokeRecommendationLetter>WITHDRAWN:COMMISSION_APPROVER@ISSUER'
const escalate = 'escalateRecommendationLetter>ESCALATED:COMMISSION_APPROVER@ISSUER'
const report = 'reportRecommendationLetter>REPORTED_BACK:UNIT_APPROVER@ADDRESSEE'
const giveBack = `returnRecommendationReport>ADOPTED|PARTLY_ADOPTED:${BODY}@ISSUER`
const EITHER = 'UNIT_EDITOR,UNIT_APPROVER@ADDRESSEE'

const TAKES = `${BODY},VILLAGE_SUPERVISOR`
const add = (state: string): string => `addClueInformation>${state}:${TAKES}@PARTY`
const extend = (state: string): string => `extendClueDeadline>${state}:COMMISSION_APPROVER`
const reopen = `reopenClue>REGISTERED:${EVERY_BODY}`
const pass = `transferClue>TRANSFERRED:${TAKES},COMMISSION_APPROVER mergeClue>MERGED:${BODY}`
const HEADS = 'COMMISSION_APPROVER,TOWNSHIP_COMMISSION'
const reconsider = `reconsiderClueDisposal>ASSIGNED|VERIFIED:${HEADS}`
const close = `closeClue>CLOSED:${EVERY_BODY}`
const tell = (to: string): string => `giveClueFeedback>${to}:${TAKES}@PARTY`
const settle = `confirmClueRestitution>SETTLED:${BODY}`

const OFFICE = 'CASE_OFFICER@INVESTIGATION'
const COMMISSION = 'COMMISSION_APPROVER@INVESTIGATION'
const TRIAL = 'TRIAL_OFFICER@TRIAL'

const PROPOSER = 'SUPERVISOR,TOWNSHIP_COMMISSION,COMMISSION_APPROVER,TRIAL_OFFICER,PORTRAIT_OFFICE@PROPOSER'
const DECIDER = 'ACCOUNTABILITY_DECIDER@DECIDER'
const proposal = (state: string): string => `editAccountabilityProposal>${state}:${PROPOSER} withdrawAccountabilityProposal>WITHDRAWN:${PROPOSER}`

const ASKS = 'ACCOUNTABILITY_REPRESENTATIVE,HEARING_SECRETARIAT@HOST'
const judged = 'trackPledge>ON_TRACK:SUPERVISOR confirmPledgeFulfilled>FULFILLED:SUPERVISOR declarePledgeBroken>BROKEN:SUPERVISOR'
const drives = (text: string): string => text.split(' ').map(way => `${way}:HEARING_SECRETARIAT`).join(' ')

const PUSH = 'SUPERVISOR,COMMISSION_APPROVER@PUSH'
const DECIDES = 'COMMISSION_APPROVER@PUSH'
const reports = (state: string): string => `reportSpecialSelfCheck>${state}:UNIT_EDITOR,UNIT_APPROVER@IN_SCOPE returnSpecialSelfCheck>${state}:${PUSH}`
const names = (state: string): string => `linkSpecialFindings>${state}:${PUSH} unlinkSpecialFindings>${state}:${PUSH}`
const stepBack = (to: string): string => `stepSpecialRectificationBack>${to}:${DECIDES}`
const calledOff = `cancelSpecialRectification>CANCELLED:${DECIDES}`

/** state: command>to|to:roles@side, written down apart from the tables: a changed table must be meant. `new`: what makes the thing. */
const TABLES: readonly (readonly [Machine, Ways])[] = [
  [supervisionActivityMachine, {
    new: `planSupervisionActivity>PLANNED:${LEAD}`,
    PLANNED: `editSupervisionActivity>PLANNED:${LEAD} answerSupervisionOverlap>PLANNED:${LEAD} coordinateSupervisionActivity>COORDINATED:${LEAD} mergeSupervisionActivity>MERGED:${LEAD} cancelSupervisionActivity>CANCELLED:${LEAD}`,
    COORDINATED: `editSupervisionActivity>PLANNED:${LEAD} confirmSupervisionActivityPlan>COORDINATED:${PARTNER} declineSupervisionActivityPlan>PLANNED:${PARTNER} mergeSupervisionActivity>MERGED:${LEAD} startSupervisionActivity>IN_PROGRESS:${LEAD} cancelSupervisionActivity>CANCELLED:${LEAD}`,
    IN_PROGRESS: `concludeSupervisionActivity>CONCLUDED:${LEAD}`,
    CONCLUDED: `confirmSupervisionActivityConclusion>CONCLUDED:${PARTNER} disputeSupervisionActivityConclusion>IN_PROGRESS:${PARTNER} resumeSupervisionActivity>IN_PROGRESS:${LEAD} applySupervisionActivityResults>RESULTS_APPLIED:${LEAD}`,
    RESULTS_APPLIED: `closeSupervisionActivity>CLOSED:${LEAD}`, CLOSED: '', CANCELLED: '', MERGED: '',
  }],
  [supervisionFindingMachine, {
    new: `recordSupervisionFinding>OPEN:${FINDER}`,
    OPEN: `editSupervisionFinding>OPEN:${FINDER} linkSupervisionFinding>LINKED|OPEN:${FINDER} unlinkSupervisionFinding>OPEN:${FINDER} dismissSupervisionFinding>DEALT_WITH:${EVERY_BODY}@FINDER withdrawSupervisionFinding>WITHDRAWN:${FINDER}`,
    LINKED: `linkSupervisionFinding>LINKED:${FINDER} unlinkSupervisionFinding>OPEN|LINKED:${FINDER}`,
    DEALT_WITH: `linkSupervisionFinding>LINKED|DEALT_WITH:${FINDER} unlinkSupervisionFinding>DEALT_WITH:${FINDER} reopenSupervisionFinding>OPEN:${EVERY_BODY}@FINDER`,
    RESOLVED: `reopenSupervisionFinding>OPEN:${EVERY_BODY}@FINDER`, WITHDRAWN: '',
  }],
  [rectificationTaskMachine, {
    new: `openRectificationTask>OPEN:${BODY}`,
    OPEN: `editRectificationTask>OPEN:${BODY} reassignRectificationTask>OPEN:${REASSIGN} ${plan('PLANNED')} ${callOff}`,
    PLANNED: `reassignRectificationTask>PLANNED:${REASSIGN} ${plan('PLANNED')} startRectification>IN_PROGRESS:DUTY_OWNER ${callOff}`,
    IN_PROGRESS: `reassignRectificationTask>IN_PROGRESS:${REASSIGN} ${plan('IN_PROGRESS')} submitRectification>SUBMITTED:DUTY_OWNER ${callOff}`,
    SUBMITTED: `recallRectification>IN_PROGRESS:DUTY_OWNER verifyRectification>VERIFIED:${BODY} returnRectification>RETURNED:${BODY}`,
    RETURNED: `reassignRectificationTask>RETURNED:${REASSIGN} ${plan('PLANNED')} startRectification>IN_PROGRESS:DUTY_OWNER ${callOff}`,
    VERIFIED: `returnRectification>RETURNED:${BODY} closeRectificationTask>CLOSED:${EVERY_BODY}`,
    CLOSED: `reportRectificationRecurrence>RECURRED:${BODY}`, RECURRED: '', CANCELLED: '',
  }],
  [rectificationExtensionMachine, {
    new: 'requestRectificationExtension>REQUESTED:DUTY_OWNER,UNIT_APPROVER',
    REQUESTED: `approveRectificationExtension>APPROVED:${EVERY_BODY} refuseRectificationExtension>REFUSED:${EVERY_BODY} withdrawRectificationExtension>WITHDRAWN:DUTY_OWNER,UNIT_APPROVER`,
    APPROVED: '', REFUSED: '', WITHDRAWN: '',
  }],
  [recommendationLetterMachine, {
    new: `draftRecommendationLetter>DRAFT:${WRITERS}@ISSUER`,
    DRAFT: `${content} submitRecommendationLetter>UNDER_REVIEW:${WRITERS}@ISSUER ${withdraw}`,
    UNDER_REVIEW: `signRecommendationLetter>SIGNED:COMMISSION_APPROVER@ISSUER returnRecommendationLetter>DRAFT:COMMISSION_APPROVER@ISSUER ${withdraw}`,
    SIGNED: `${content} ${withdraw} issueRecommendationLetter>ISSUED:${WRITERS},COMMISSION_APPROVER@ISSUER`,
    ISSUED: `${revoke} acknowledgeRecommendationLetter>ACKNOWLEDGED:${EITHER} ${escalate}`,
    ACKNOWLEDGED: `${revoke} replyRecommendationLetter>ADOPTED|PARTLY_ADOPTED|DECLINED:UNIT_APPROVER@ADDRESSEE ${escalate}`,
    ADOPTED: report, PARTLY_ADOPTED: `${escalate} ${report}`,
    DECLINED: `acceptRecommendationRefusal>CLOSED:COMMISSION_APPROVER@ISSUER ${escalate}`,
    ESCALATED: 'orderRecommendationReply>ACKNOWLEDGED:UNIT_APPROVER@SUPERIOR upholdRecommendationRefusal>CLOSED:UNIT_APPROVER@SUPERIOR',
    REPORTED_BACK: `${giveBack} verifyRecommendationLetter>VERIFIED:${BODY}@ISSUER`,
    VERIFIED: `${giveBack} closeRecommendationLetter>CLOSED:${EVERY_BODY}@ISSUER`, CLOSED: '', WITHDRAWN: '',
  }],
  [recommendationItemMachine, {
    new: '', PENDING: `adoptRecommendationItem>ADOPTED:${EITHER} declineRecommendationItem>DECLINED:${EITHER}`,
    ADOPTED: `declineRecommendationItem>DECLINED:${EITHER} implementRecommendationItem>IMPLEMENTED:DUTY_OWNER,${EITHER}`, DECLINED: `adoptRecommendationItem>ADOPTED:${EITHER}`,
    IMPLEMENTED: `verifyRecommendationItem>VERIFIED:${BODY}@ISSUER returnRecommendationItem>ADOPTED:${BODY}@ISSUER`, VERIFIED: `returnRecommendationItem>ADOPTED:${BODY}@ISSUER`,
  }],
  [clueMachine, {
    new: `receiveClue>RECEIVED:${TAKES}`,
    RECEIVED: `editClue>RECEIVED:${TAKES} registerClue>REGISTERED:${TAKES} declineClue>NOT_ACCEPTED:${BODY} ${add('RECEIVED')}`,
    NOT_ACCEPTED: `${tell('NOT_ACCEPTED')} ${reopen}`,
    REGISTERED: `editClue>REGISTERED:${TAKES} ${add('REGISTERED')} ${pass} assignClue>ASSIGNED:${EVERY_BODY} ${extend('REGISTERED')}`,
    TRANSFERRED: add('TRANSFERRED'), MERGED: reopen,
    ASSIGNED: `${add('ASSIGNED')} ${pass} assignClue>ASSIGNED:${EVERY_BODY} decideClueHandling>VERIFYING|INQUIRING|SHELVED|DISPOSED:${EVERY_BODY} ${extend('ASSIGNED')}`,
    VERIFYING: `${add('VERIFYING')} planVerification>VERIFYING:${BODY}@PLANNER reconsiderClueHandling>ASSIGNED:${HEADS} ${extend('VERIFYING')}`,
    INQUIRING: `${add('INQUIRING')} decideClueHandling>VERIFYING:${EVERY_BODY} reconsiderClueHandling>ASSIGNED:${HEADS} concludeClueInquiry>VERIFIED:${BODY} ${extend('INQUIRING')}`,
    SHELVED: `${add('SHELVED')} resumeClue>ASSIGNED:${EVERY_BODY}`,
    VERIFIED: `${add('VERIFIED')} returnClueOutcome>VERIFYING|INQUIRING:${HEADS} disposeClue>DISPOSED:${HEADS} proposeCaseFiling>VERIFIED:${BODY} fileCase>CASE_FILED:COMMISSION_APPROVER refuseCaseFiling>VERIFIED:COMMISSION_APPROVER ${extend('VERIFIED')}`,
    DISPOSED: `${add('DISPOSED')} ${reconsider} ${extend('DISPOSED')} ${tell('FED_BACK')} ${settle} ${close}`,
    FED_BACK: `${add('FED_BACK')} ${reconsider} ${settle} ${close}`, SETTLED: `${add('SETTLED')} ${reconsider} ${close}`,
    CASE_FILED: `${add('CASE_FILED')} ${tell('CASE_FILED')} ${close}`, CLOSED: `${add('CLOSED')} ${reopen}`,
  }],
  [clueTransferMachine, {
    new: '', SENT: `acceptClueTransfer>ACCEPTED:${EVERY_BODY}@RECEIVER sendBackClueTransfer>SENT_BACK:${EVERY_BODY}@RECEIVER recallClueTransfer>RECALLED:${EVERY_BODY},VILLAGE_SUPERVISOR@SENDER`,
    ACCEPTED: '', SENT_BACK: '', RECALLED: '',
  }],
  [accountabilityDecisionMachine, {
    new: `proposeAccountability>PROPOSED:${PROPOSER}`,
    PROPOSED: `${proposal('PROPOSED')} returnAccountabilityProposal>RETURNED:${DECIDER} decideAccountability>EFFECTIVE:${DECIDER} rejectAccountabilityProposal>REJECTED:${DECIDER}`,
    RETURNED: `${proposal('RETURNED')} resubmitAccountabilityProposal>PROPOSED:${PROPOSER}`,
    EFFECTIVE: `receiveAccountabilityAppeal>UNDER_APPEAL:${DECIDER} revokeAccountabilityDecision>REVOKED:${DECIDER}`,
    UNDER_APPEAL: `upholdAccountabilityDecision>EFFECTIVE:${DECIDER} revokeAccountabilityDecision>REVOKED:${DECIDER}`, REJECTED: '', WITHDRAWN: '', REVOKED: '',
  }],
  [caseMachine, {
    new: '', FILED: `startCaseInvestigation>INVESTIGATING:${OFFICE} editCase>FILED:${OFFICE} withdrawCase>WITHDRAWN:${COMMISSION}`,
    INVESTIGATING: `editCase>INVESTIGATING:${OFFICE} transferCaseToTrial>TRANSFERRED_TO_TRIAL:${OFFICE} proposeCaseWithdrawal>INVESTIGATING:${OFFICE} withdrawCase>WITHDRAWN:${COMMISSION}`,
    TRANSFERRED_TO_TRIAL: `recordTrialOpinion>TRANSFERRED_TO_TRIAL:${TRIAL} returnCaseToInvestigation>INVESTIGATING:${TRIAL} adjudicateCase>ADJUDICATED:${TRIAL}`,
    ADJUDICATED: `reopenCaseTrial>TRANSFERRED_TO_TRIAL:${COMMISSION} startCaseGovernance>GOVERNANCE:COMMISSION_APPROVER,${OFFICE}`,
    GOVERNANCE: `reopenCaseTrial>TRANSFERRED_TO_TRIAL:${COMMISSION} waiveCaseGovernance>GOVERNANCE:${COMMISSION} closeCase>CLOSED:${COMMISSION}`, CLOSED: '', WITHDRAWN: '',
  }],
  [hearingSessionMachine, {
    new: drives('scheduleHearing>SCHEDULED'), SCHEDULED: drives('editHearing>SCHEDULED openHearingReports>REPORTING cancelHearing>CANCELLED'), REPORTING: drives('openHearingQuestions>QUESTIONING'),
    QUESTIONING: drives('openHearingEvaluation>EVALUATING stepHearingBack>REPORTING'), EVALUATING: drives('stepHearingBack>QUESTIONING recordDemocraticEvaluation>EVALUATING concludeHearing>CONCLUDED'),
    CONCLUDED: drives('followUpHearing>FOLLOWED_UP'), FOLLOWED_UP: drives('closeHearing>CLOSED'), CLOSED: '', CANCELLED: '',
  }],
  [hearingQuestionMachine, {
    new: `askHearingQuestion>ASKED:${ASKS}`, ASKED: `editHearingQuestion>ASKED:${ASKS} answerHearingQuestion>ANSWERED:DUTY_OWNER withdrawHearingQuestion>WITHDRAWN:${ASKS}`,
    ANSWERED: `answerHearingQuestion>ANSWERED:DUTY_OWNER pressHearingQuestion>ASKED:${ASKS}`, WITHDRAWN: '',
  }],
  [pledgeMachine, {
    new: 'makePledge>MADE:DUTY_OWNER', MADE: `editPledge>MADE:DUTY_OWNER ${judged}`, ON_TRACK: judged,
    FULFILLED: 'revisePledgeJudgement>ON_TRACK:COMMISSION_APPROVER', BROKEN: 'revisePledgeJudgement>ON_TRACK:COMMISSION_APPROVER',
  }],
  [specialRectificationMachine, {
    new: `announceSpecialRectification>ANNOUNCED:${DECIDES}`, ANNOUNCED: `editSpecialRectification>ANNOUNCED:${PUSH} startSpecialSelfCheck>SELF_CHECK:${PUSH} ${calledOff}`,
    SELF_CHECK: `editSpecialRectification>SELF_CHECK:${PUSH} ${reports('SELF_CHECK')} startSpecialSupervisedCheck>SUPERVISED_CHECK:${PUSH} ${stepBack('ANNOUNCED')} ${calledOff}`,
    SUPERVISED_CHECK: `${names('SUPERVISED_CHECK')} startSpecialMending>RECTIFICATION:${PUSH} ${stepBack('SELF_CHECK')}`,
    RECTIFICATION: `${names('RECTIFICATION')} ${reports('RECTIFICATION')} startSpecialEvaluation>EVALUATION:${PUSH} ${stepBack('SUPERVISED_CHECK')}`,
    EVALUATION: `${stepBack('RECTIFICATION')} closeSpecialRectification>CLOSED:${DECIDES}`, CLOSED: '', CANCELLED: '',
  }],
]

/** `command>to|to:role,role@side` with everything in one order. */
const way = (command: string, to: readonly string[], roles: readonly string[], side?: string): string => `${command}>${[...to].sort().join('|')}:${[...roles].sort().join(',')}${side === undefined ? '' : `@${side}`}`
const parsed = (text: string): string[] => text.split(' ').filter(Boolean).map(one => {
  const [, command, to, roles, , side] = /^(\w+)>([^:]+):([^@]+)(@(\w+))?$/.exec(one) ?? []
  return way(command!, to!.split('|'), roles!.split(','), side)
}).sort()

test.each(TABLES.map(([machine, ways]) => [machine.name, machine, ways] as const))('%s: from each state what is written here, by whom, on which side, and nothing else', (_, machine, ways) => {
  const commands = Object.entries(machine.commands)
  const from = (state: string): string[] => commands.flatMap(([command, t]) => (t.from.includes(state) ? [way(command, targetsOf(t, state), t.roles, t.side)] : [])).sort()
  const made = commands.flatMap(([command, t]) => (t.from.length ? [] : [way(command, [String(t.to)], t.roles, t.side)])).sort()
  expect({ new: made, ...Object.fromEntries(Object.keys(machine.states).map(state => [state, from(state)])) }).toEqual(Object.fromEntries(Object.entries(ways).map(([state, text]) => [state, parsed(text)])))
})

const WROTE = 'draftRecommendationLetter editRecommendationLetter addRecommendationItem editRecommendationItem removeRecommendationItem submitRecommendationLetter'
const MENDED = 'planRectification startRectification submitRectification'
const ANSWERED = 'replyRecommendationLetter reportRecommendationLetter'
const CONCLUDED = 'concludeVerification concludeClueInquiry'
const PROPOSED = 'proposeAccountability editAccountabilityProposal'
const INVESTIGATED = 'startCaseInvestigation editCase transferCaseToTrial'
const TRIED = 'recordTrialOpinion adjudicateCase'
const PLEDGED = 'makePledge'
const each = (commands: string, others: string): [string, string][] => commands.split(' ').map(command => [command, others])

/** Which decision is kept from whoever gave which commands before (INV-24); everything else is free of four eyes. */
const FOUR_EYES: readonly (readonly [string, string])[] = [
  ['dismissSupervisionFinding', 'recordSupervisionFinding'],
  ...each('verifyRectification returnRectification closeRectificationTask cancelRectificationTask', MENDED), ...each('approveRectificationExtension refuseRectificationExtension', 'requestRectificationExtension'),
  ...each('signRecommendationLetter returnRecommendationLetter', WROTE),
  ...each('acceptRecommendationRefusal escalateRecommendationLetter orderRecommendationReply upholdRecommendationRefusal returnRecommendationReport verifyRecommendationLetter closeRecommendationLetter', ANSWERED),
  ...each('verifyRecommendationItem returnRecommendationItem', 'implementRecommendationItem'),
  ...each('returnClueOutcome disposeClue', CONCLUDED), ...each('fileCase refuseCaseFiling', `${CONCLUDED} proposeCaseFiling`),
  ...each('returnAccountabilityProposal decideAccountability rejectAccountabilityProposal', PROPOSED), ['upholdAccountabilityDecision', 'decideAccountability'],
  ...each(INVESTIGATED, TRIED), ...each(TRIED, INVESTIGATED), ['returnCaseToInvestigation', INVESTIGATED], ['withdrawCase', `${INVESTIGATED} proposeCaseWithdrawal`],
  ['reopenCaseTrial', `${INVESTIGATED} ${TRIED}`], ...each('waiveCaseGovernance closeCase', INVESTIGATED),
  ['answerHearingQuestion', 'askHearingQuestion'], ...each('trackPledge confirmPledgeFulfilled declarePledgeBroken revisePledgeJudgement', PLEDGED),
]

test('four eyes stand where they are written here, and nowhere else', () => {
  const kept = new Map(TABLES.flatMap(([machine]) => Object.entries(machine.commands)).flatMap(([command, { notWhoDid }]) => (notWhoDid?.length ? [[command, [...notWhoDid].sort()]] : [])))
  expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(FOUR_EYES.map(([command, others]) => [command, others.split(' ').sort()])))
})
