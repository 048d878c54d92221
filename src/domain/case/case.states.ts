import { defineMachine } from '../../core/states'

const INVESTIGATED = [{ column: 'investigated_by', all: true }] as const
const INVESTIGATORS = ['startCaseInvestigation', 'editCase', 'transferCaseToTrial']
const TRIED = [{ column: 'tried_by', all: true }] as const

/**
 * SM-9, the closed path. Commands are asked on the investigating unit or on the trying unit, which are never the same; whoever investigated
 * a case has no part in its trial, nor the other way round.
 */
export const caseMachine = defineMachine({
  name: 'Case',
  initial: 'FILED',
  states: {
    FILED: 'Filed (已立案)',
    INVESTIGATING: 'Under review and investigation (审查调查)',
    TRANSFERRED_TO_TRIAL: 'Before the trial office (移送审理)',
    ADJUDICATED: 'Tried, with a trial opinion and dispositions (已审结)',
    GOVERNANCE: 'What it teaches is put right (以案促改)',
    CLOSED: 'The path is closed (已结案)',
    WITHDRAWN: 'Given up: nothing to pursue (已撤案)',
  },
  didBy: {
    startCaseInvestigation: INVESTIGATED, editCase: INVESTIGATED, transferCaseToTrial: INVESTIGATED, proposeCaseWithdrawal: INVESTIGATED,
    recordTrialOpinion: TRIED, adjudicateCase: TRIED, returnCaseToInvestigation: TRIED,
  },
  sides: { INVESTIGATION: { column: 'investigation_unit_id' }, TRIAL: { column: 'trial_unit_id' } },
  follows: [{ from: [], to: 'FILED', when: 'fileCase is given on a verified clue' }],
  awaits: {
    FILED: ['startCaseInvestigation'], INVESTIGATING: ['transferCaseToTrial'], TRANSFERRED_TO_TRIAL: ['recordTrialOpinion', 'adjudicateCase', 'returnCaseToInvestigation'],
    ADJUDICATED: ['startCaseGovernance'], GOVERNANCE: ['closeCase'],
  },
  returns: ['returnCaseToInvestigation', 'reopenCaseTrial'],
  commands: {
    startCaseInvestigation: { from: ['FILED'], to: 'INVESTIGATING', side: 'INVESTIGATION', roles: ['CASE_OFFICER'], notWhoDid: ['recordTrialOpinion', 'adjudicateCase'], description: 'Takes the investigation up (开始审查调查).' },
    editCase: { from: ['FILED', 'INVESTIGATING'], to: null, side: 'INVESTIGATION', roles: ['CASE_OFFICER'], notWhoDid: ['recordTrialOpinion', 'adjudicateCase'], description: 'Changes what is known of the case: persons, facts, linked powers and risk points (修改案件信息).' },
    transferCaseToTrial: { from: ['INVESTIGATING'], to: 'TRANSFERRED_TO_TRIAL', side: 'INVESTIGATION', roles: ['CASE_OFFICER'], notWhoDid: ['recordTrialOpinion', 'adjudicateCase'], guards: ['the trying unit is another one', 'an investigation report'], description: 'Hands the case to the trial office (移送审理).' },
    proposeCaseWithdrawal: { from: ['INVESTIGATING'], to: null, side: 'INVESTIGATION', roles: ['CASE_OFFICER'], needsOpinion: true, description: 'Proposes to give the case up, with the reason (提请撤案).' },
    withdrawCase: { from: ['FILED', 'INVESTIGATING'], to: 'WITHDRAWN', side: 'INVESTIGATION', roles: ['COMMISSION_APPROVER'], notWhoDid: [...INVESTIGATORS, 'proposeCaseWithdrawal'], needsOpinion: true, guards: ['INV-24'], description: 'Gives the case up (批准撤案).' },
    recordTrialOpinion: { from: ['TRANSFERRED_TO_TRIAL'], to: null, side: 'TRIAL', roles: ['TRIAL_OFFICER'], notWhoDid: INVESTIGATORS, description: 'Writes or changes the trial opinion and the dispositions (形成审理意见).' },
    returnCaseToInvestigation: { from: ['TRANSFERRED_TO_TRIAL'], to: 'INVESTIGATING', side: 'TRIAL', roles: ['TRIAL_OFFICER'], notWhoDid: INVESTIGATORS, needsOpinion: true, description: 'Sends the case back for more evidence (退回补充调查).' },
    adjudicateCase: { from: ['TRANSFERRED_TO_TRIAL'], to: 'ADJUDICATED', side: 'TRIAL', roles: ['TRIAL_OFFICER'], notWhoDid: INVESTIGATORS, guards: ['a trial opinion and dispositions, or a reason for none'], description: 'Ends the trial (审结).' },
    reopenCaseTrial: { from: ['ADJUDICATED', 'GOVERNANCE'], to: 'TRANSFERRED_TO_TRIAL', side: 'INVESTIGATION', roles: ['COMMISSION_APPROVER'], notWhoDid: [...INVESTIGATORS, 'recordTrialOpinion', 'adjudicateCase'], needsOpinion: true, guards: ['INV-24'], description: 'Gives the case back to the trial office: the opinion or a disposition is wrong (发回重审).' },
    startCaseGovernance: { from: ['ADJUDICATED'], to: 'GOVERNANCE', side: 'INVESTIGATION', roles: ['CASE_OFFICER', 'COMMISSION_APPROVER'], description: 'Turns to what the case teaches (启动以案促改).' },
    waiveCaseGovernance: { from: ['GOVERNANCE'], to: null, side: 'INVESTIGATION', roles: ['COMMISSION_APPROVER'], notWhoDid: INVESTIGATORS, needsOpinion: true, guards: ['INV-34'], description: 'Records why no governance measure is needed (免于制定治理措施).' },
    closeCase: { from: ['GOVERNANCE'], to: 'CLOSED', side: 'INVESTIGATION', roles: ['COMMISSION_APPROVER'], notWhoDid: INVESTIGATORS, guards: ['INV-24', 'INV-34', 'every disposition that is an accountability decision is decided'], description: 'Closes the path (结案).' },
  },
})
export type CaseState = keyof typeof caseMachine.states
