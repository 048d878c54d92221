import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

const DRIVES: readonly Role[] = ['HEARING_SECRETARIAT']

/** SM-14, sessions. Roles are asked on the unit that hosts the session. Reports, questions and pledges of the heard are things of their own. */
export const hearingSessionMachine = defineMachine({
  name: 'HearingSession',
  initial: 'SCHEDULED',
  states: {
    SCHEDULED: 'Called for a day (已安排)',
    REPORTING: 'Duty reports are given (述)',
    QUESTIONING: 'Representatives ask (问)',
    EVALUATING: 'What was heard is evaluated (评)',
    CONCLUDED: 'Held; its pledges run (已结束)',
    FOLLOWED_UP: 'Every pledge is judged (已跟踪问效)',
    CLOSED: 'On file (已归档)',
    CANCELLED: 'Will not take place (已取消)',
  },
  awaits: {
    SCHEDULED: ['openHearingReports'], REPORTING: ['openHearingQuestions'], QUESTIONING: ['openHearingEvaluation'], EVALUATING: ['recordDemocraticEvaluation', 'concludeHearing'],
    CONCLUDED: ['followUpHearing'], FOLLOWED_UP: ['closeHearing'],
  },
  returns: ['stepHearingBack'],
  due: [{ column: 'held_on', in: ['SCHEDULED'] }],
  commands: {
    scheduleHearing: { from: [], to: 'SCHEDULED', roles: DRIVES, description: 'Calls a session: day, theme, who is heard on which responsibility (安排阳光问效).' },
    editHearing: { from: ['SCHEDULED'], to: null, roles: DRIVES, description: 'Changes day, theme or who is heard (修改问效安排).' },
    openHearingReports: { from: ['SCHEDULED'], to: 'REPORTING', roles: DRIVES, guards: ['its day has come'], description: 'Opens the session: those who are heard report (开始述责).' },
    openHearingQuestions: { from: ['REPORTING'], to: 'QUESTIONING', roles: DRIVES, guards: ['everybody who is heard has reported'], description: 'Lets the representatives ask (开始质询).' },
    openHearingEvaluation: { from: ['QUESTIONING'], to: 'EVALUATING', roles: DRIVES, guards: ['every question is answered or withdrawn'], description: 'Lets those present evaluate (开始评议).' },
    stepHearingBack: { from: ['QUESTIONING', 'EVALUATING'], to: { QUESTIONING: 'REPORTING', EVALUATING: 'QUESTIONING' }, roles: DRIVES, needsOpinion: true, description: 'Goes back one phase: something was left out (返回上一环节).' },
    recordDemocraticEvaluation: { from: ['EVALUATING'], to: null, roles: DRIVES, description: 'Records the tallies for one who was heard (登记测评结果).' },
    concludeHearing: { from: ['EVALUATING'], to: 'CONCLUDED', roles: DRIVES, guards: ['INV-29', 'INV-30'], description: 'Ends the session (结束问效).' },
    followUpHearing: { from: ['CONCLUDED'], to: 'FOLLOWED_UP', roles: DRIVES, guards: ['every pledge is judged'], description: 'Records what became of the pledges (跟踪问效).' },
    closeHearing: { from: ['FOLLOWED_UP'], to: 'CLOSED', roles: DRIVES, description: 'Puts the session on file (问效归档).' },
    cancelHearing: { from: ['SCHEDULED'], to: 'CANCELLED', roles: DRIVES, needsOpinion: true, description: 'Calls the session off (取消问效).' },
  },
})
export type HearingSessionState = keyof typeof hearingSessionMachine.states

/** A question in a session. Representatives and the secretariat are asked on the hosting unit, the answer on the unit of who is asked. */
export const hearingQuestionMachine = defineMachine({
  name: 'HearingQuestion',
  initial: 'ASKED',
  states: {
    ASKED: 'Waits for an answer (待回答)',
    ANSWERED: 'Answered (已回答)',
    WITHDRAWN: 'Taken back (已撤回)',
  },
  didBy: { askHearingQuestion: [{ column: 'created_by' }] },
  sides: { HOST: { column: 'host_unit_id' } },
  awaits: { ASKED: ['answerHearingQuestion'], ANSWERED: 'whether to press is for who asked to choose' },
  returns: ['pressHearingQuestion'],
  responsible: 'appointment_id',
  commands: {
    askHearingQuestion: { from: [], to: 'ASKED', side: 'HOST', roles: ['ACCOUNTABILITY_REPRESENTATIVE', 'HEARING_SECRETARIAT'], guards: ['questions are open'], description: 'Asks one who is heard, on findings where there are any (质询).' },
    editHearingQuestion: { from: ['ASKED'], to: null, side: 'HOST', roles: ['ACCOUNTABILITY_REPRESENTATIVE', 'HEARING_SECRETARIAT'], description: 'Corrects a question that is not answered (修改质询).' },
    answerHearingQuestion: { from: ['ASKED', 'ANSWERED'], to: 'ANSWERED', roles: ['DUTY_OWNER'], notWhoDid: ['askHearingQuestion'], guards: ['who was asked', 'questions are open'], description: 'Answers, or corrects the answer (回答质询).' },
    pressHearingQuestion: { from: ['ANSWERED'], to: 'ASKED', side: 'HOST', roles: ['ACCOUNTABILITY_REPRESENTATIVE', 'HEARING_SECRETARIAT'], needsOpinion: true, guards: ['questions are open'], description: 'Asks again: the answer does not answer (追问).' },
    withdrawHearingQuestion: { from: ['ASKED'], to: 'WITHDRAWN', side: 'HOST', roles: ['ACCOUNTABILITY_REPRESENTATIVE', 'HEARING_SECRETARIAT'], description: 'Takes the question back (撤回质询).' },
  },
})
export type HearingQuestionState = keyof typeof hearingQuestionMachine.states
