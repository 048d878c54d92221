import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

/** Who may draw up a letter: from an activity, a hearing, a case or a portrait. */
const DRAFTERS: readonly Role[] = ['SUPERVISOR', 'TOWNSHIP_COMMISSION', 'CASE_OFFICER', 'PORTRAIT_OFFICE']
const VERIFIERS: readonly Role[] = ['SUPERVISOR', 'TOWNSHIP_COMMISSION']
const EDITORS = [{ column: 'edited_by', all: true }] as const
const CONTENT = ['editRecommendationLetter', 'addRecommendationItem', 'editRecommendationItem', 'removeRecommendationItem']
const AUTHORS = ['draftRecommendationLetter', ...CONTENT, 'submitRecommendationLetter']
const ANSWERED = [{ column: 'answered_by', all: true }] as const
const ANSWERS = ['replyRecommendationLetter', 'reportRecommendationLetter']

/**
 * SM-12, letters. Each command is asked on the unit whose it is: the issuer, the addressee or, once escalated, the addressee's superior.
 * What an addressee adopts is told item by item; the letter's answer is derived from them when it replies.
 */
export const recommendationLetterMachine = defineMachine({
  name: 'RecommendationLetter',
  initial: 'DRAFT',
  states: {
    DRAFT: 'Being drawn up (草稿)',
    UNDER_REVIEW: 'Waits for signature (待签发)',
    SIGNED: 'Signed, not yet sent (已签发)',
    ISSUED: 'Sent; waits for the addressee (已送达待签收)',
    ACKNOWLEDGED: 'Received; waits for the reply (已签收)',
    ADOPTED: 'Every recommendation is adopted (全部采纳)',
    PARTLY_ADOPTED: 'Some recommendations are declined with reasons (部分采纳)',
    DECLINED: 'Every recommendation is declined with reasons (未采纳)',
    ESCALATED: 'Before the superior unit of the addressee (已提请上级)',
    REPORTED_BACK: 'The addressee has reported what it did (已反馈落实情况)',
    VERIFIED: 'What was adopted is found done (已核实)',
    CLOSED: 'On file (已办结)',
    WITHDRAWN: 'Taken back (已撤回)',
  },
  didBy: {
    draftRecommendationLetter: [{ column: 'created_by' }], submitRecommendationLetter: [{ column: 'submitted_by' }, ...EDITORS],
    ...Object.fromEntries(CONTENT.map(command => [command, EDITORS])), ...Object.fromEntries(ANSWERS.map(command => [command, ANSWERED])),
  },
  sides: { ISSUER: { column: 'issuer_unit_id' }, ADDRESSEE: { column: 'addressee_unit_id' }, SUPERIOR: { column: 'superior_unit_id' } },
  awaits: {
    DRAFT: ['submitRecommendationLetter'], UNDER_REVIEW: ['signRecommendationLetter', 'returnRecommendationLetter'], SIGNED: ['issueRecommendationLetter'],
    ISSUED: ['acknowledgeRecommendationLetter'], ACKNOWLEDGED: ['replyRecommendationLetter'], ADOPTED: ['reportRecommendationLetter'], PARTLY_ADOPTED: ['reportRecommendationLetter'],
    DECLINED: ['acceptRecommendationRefusal', 'escalateRecommendationLetter'], ESCALATED: ['orderRecommendationReply', 'upholdRecommendationRefusal'],
    REPORTED_BACK: ['verifyRecommendationLetter', 'returnRecommendationReport'], VERIFIED: ['closeRecommendationLetter'],
  },
  returns: ['returnRecommendationLetter', 'orderRecommendationReply', 'returnRecommendationReport'],
  due: [{ column: 'reply_due_on', in: ['ISSUED', 'ACKNOWLEDGED'] }],
  commands: {
    draftRecommendationLetter: { from: [], to: 'DRAFT', side: 'ISSUER', roles: DRAFTERS, description: 'Begins a letter with what it rests on (起草建议书).' },
    editRecommendationLetter: { from: ['DRAFT', 'SIGNED'], to: 'DRAFT', side: 'ISSUER', roles: DRAFTERS, description: 'Changes the letter; on a signed one the signature is voided (修改建议书).' },
    addRecommendationItem: { from: ['DRAFT', 'SIGNED'], to: 'DRAFT', side: 'ISSUER', roles: DRAFTERS, description: 'Adds a recommendation; on a signed letter the signature is voided (新增建议).' },
    editRecommendationItem: { from: ['DRAFT', 'SIGNED'], to: 'DRAFT', side: 'ISSUER', roles: DRAFTERS, description: 'Changes a recommendation; on a signed letter the signature is voided (修改建议).' },
    removeRecommendationItem: { from: ['DRAFT', 'SIGNED'], to: 'DRAFT', side: 'ISSUER', roles: DRAFTERS, description: 'Takes a recommendation out; on a signed letter the signature is voided (删除建议).' },
    submitRecommendationLetter: { from: ['DRAFT'], to: 'UNDER_REVIEW', side: 'ISSUER', roles: DRAFTERS, guards: ['INV-27'], description: 'Submits the letter for signature (提交签发).' },
    signRecommendationLetter: { from: ['UNDER_REVIEW'], to: 'SIGNED', side: 'ISSUER', roles: ['COMMISSION_APPROVER'], notWhoDid: AUTHORS, guards: ['INV-24', 'INV-27'], description: 'Signs exactly the content shown, by its hash (签发建议书).' },
    returnRecommendationLetter: { from: ['UNDER_REVIEW'], to: 'DRAFT', side: 'ISSUER', roles: ['COMMISSION_APPROVER'], notWhoDid: AUTHORS, needsOpinion: true, description: 'Gives the letter back with an opinion (退回修改).' },
    withdrawRecommendationLetter: { from: ['DRAFT', 'UNDER_REVIEW', 'SIGNED'], to: 'WITHDRAWN', side: 'ISSUER', roles: [...DRAFTERS, 'COMMISSION_APPROVER'], description: 'Takes the letter back before it was sent (撤回建议书).' },
    issueRecommendationLetter: { from: ['SIGNED'], to: 'ISSUED', side: 'ISSUER', roles: [...DRAFTERS, 'COMMISSION_APPROVER'], guards: ['INV-27'], description: 'Sends the letter; the time to reply begins (送达建议书).' },
    revokeRecommendationLetter: { from: ['ISSUED', 'ACKNOWLEDGED'], to: 'WITHDRAWN', side: 'ISSUER', roles: ['COMMISSION_APPROVER'], needsOpinion: true, description: 'Takes a sent letter back before it was answered (收回建议书).' },
    acknowledgeRecommendationLetter: { from: ['ISSUED'], to: 'ACKNOWLEDGED', side: 'ADDRESSEE', roles: ['UNIT_EDITOR', 'UNIT_APPROVER'], description: 'Receives the letter (签收建议书).' },
    replyRecommendationLetter: { from: ['ACKNOWLEDGED'], to: ['ADOPTED', 'PARTLY_ADOPTED', 'DECLINED'], side: 'ADDRESSEE', roles: ['UNIT_APPROVER'], guards: ['INV-27', 'every recommendation is answered'], description: 'Replies; what was said of each recommendation decides the state (回复建议书).' },
    acceptRecommendationRefusal: { from: ['DECLINED'], to: 'CLOSED', side: 'ISSUER', roles: ['COMMISSION_APPROVER'], notWhoDid: ANSWERS, needsOpinion: true, description: 'Finds the reasons for declining good (认可不采纳理由).' },
    escalateRecommendationLetter: { from: ['ISSUED', 'ACKNOWLEDGED', 'PARTLY_ADOPTED', 'DECLINED'], to: 'ESCALATED', side: 'ISSUER', roles: ['COMMISSION_APPROVER'], notWhoDid: ANSWERS, needsOpinion: true, guards: ['INV-27', 'declined without good reason, or silent beyond the deadline'], description: 'Brings the refusal or the silence before the superior unit (提请上级督促).' },
    orderRecommendationReply: { from: ['ESCALATED'], to: 'ACKNOWLEDGED', side: 'SUPERIOR', roles: ['UNIT_APPROVER'], notWhoDid: ANSWERS, needsOpinion: true, description: 'The superior unit orders the addressee to answer again (责令重新回复).' },
    upholdRecommendationRefusal: { from: ['ESCALATED'], to: 'CLOSED', side: 'SUPERIOR', roles: ['UNIT_APPROVER'], notWhoDid: ANSWERS, needsOpinion: true, description: 'The superior unit finds the refusal justified (上级认可不采纳).' },
    reportRecommendationLetter: { from: ['ADOPTED', 'PARTLY_ADOPTED'], to: 'REPORTED_BACK', side: 'ADDRESSEE', roles: ['UNIT_APPROVER'], guards: ['every adopted recommendation is reported done'], description: 'Reports that what was adopted is done (反馈落实情况).' },
    returnRecommendationReport: { from: ['REPORTED_BACK', 'VERIFIED'], to: ['ADOPTED', 'PARTLY_ADOPTED'], side: 'ISSUER', roles: VERIFIERS, notWhoDid: ANSWERS, needsOpinion: true, description: 'Gives the report back with an opinion; the letter is as it was when it was answered (退回反馈).' },
    verifyRecommendationLetter: { from: ['REPORTED_BACK'], to: 'VERIFIED', side: 'ISSUER', roles: VERIFIERS, notWhoDid: ANSWERS, guards: ['every adopted recommendation is verified'], description: 'Finds that what was adopted is done (核实建议落实).' },
    closeRecommendationLetter: { from: ['VERIFIED'], to: 'CLOSED', side: 'ISSUER', roles: [...VERIFIERS, 'COMMISSION_APPROVER'], notWhoDid: ANSWERS, description: 'Puts the letter on file (建议书办结).' },
  },
})
export type RecommendationLetterState = keyof typeof recommendationLetterMachine.states

/** SM-12, one recommendation of a letter. Its content is the letter's until that is sent; its answer is the addressee's own. */
export const recommendationItemMachine = defineMachine({
  name: 'RecommendationItem',
  initial: 'PENDING',
  states: {
    PENDING: 'Not yet answered (待答复)',
    ADOPTED: 'Adopted, to be carried out (已采纳)',
    DECLINED: 'Declined with reasons (不采纳)',
    IMPLEMENTED: 'Reported as done (已落实)',
    VERIFIED: 'Found done (已核实)',
  },
  ends: ['DECLINED', 'VERIFIED'],
  didBy: { implementRecommendationItem: [{ column: 'performed_by', all: true }] },
  sides: { ISSUER: { column: 'issuer_unit_id' }, ADDRESSEE: { column: 'addressee_unit_id' } },
  follows: [{ from: [], to: 'PENDING', when: 'it is written into a letter' }],
  awaits: {
    PENDING: 'it is answered with its letter, whose reply is awaited', ADOPTED: ['implementRecommendationItem'], IMPLEMENTED: ['verifyRecommendationItem', 'returnRecommendationItem'],
  },
  returns: ['returnRecommendationItem'],
  due: [{ column: 'due_on', in: ['ADOPTED'] }],
  responsible: 'responsible_appointment_id',
  commands: {
    adoptRecommendationItem: { from: ['PENDING', 'DECLINED'], to: 'ADOPTED', side: 'ADDRESSEE', roles: ['UNIT_EDITOR', 'UNIT_APPROVER'], guards: ['the letter is acknowledged and not answered'], description: 'Adopts it, with the measure (采纳建议).' },
    declineRecommendationItem: { from: ['PENDING', 'ADOPTED'], to: 'DECLINED', side: 'ADDRESSEE', roles: ['UNIT_EDITOR', 'UNIT_APPROVER'], needsOpinion: true, guards: ['INV-27', 'the letter is acknowledged and not answered'], description: 'Declines it with reasons (不采纳建议).' },
    implementRecommendationItem: { from: ['ADOPTED'], to: 'IMPLEMENTED', side: 'ADDRESSEE', roles: ['UNIT_EDITOR', 'UNIT_APPROVER', 'DUTY_OWNER'], guards: ['the letter is answered', 'evidence is attached'], description: 'Reports it as done (落实建议).' },
    verifyRecommendationItem: { from: ['IMPLEMENTED'], to: 'VERIFIED', side: 'ISSUER', roles: VERIFIERS, notWhoDid: ['implementRecommendationItem'], guards: ['INV-24'], description: 'Finds it done (核实建议).' },
    returnRecommendationItem: { from: ['IMPLEMENTED', 'VERIFIED'], to: 'ADOPTED', side: 'ISSUER', roles: VERIFIERS, notWhoDid: ['implementRecommendationItem'], needsOpinion: true, guards: ['the letter is not closed'], description: 'Gives it back with an opinion (退回落实).' },
  },
})
export type RecommendationItemState = keyof typeof recommendationItemMachine.states
