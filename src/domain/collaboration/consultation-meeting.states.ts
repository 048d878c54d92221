import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

const CONVENERS: readonly Role[] = ['SUPERVISOR', 'COMMISSION_APPROVER']
const PARTICIPANTS: readonly Role[] = ['SUPERVISOR', 'COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION', 'UNIT_APPROVER']

/** A regular consultation between bodies. Commands are asked on the convening unit, those of participants on any participating unit. */
export const consultationMeetingMachine = defineMachine({
  name: 'ConsultationMeeting',
  initial: 'SCHEDULED',
  states: {
    SCHEDULED: 'Called for a day (已召集)',
    HELD: 'Held; its minutes are being written (已召开)',
    MINUTES_CIRCULATED: 'Its minutes wait for the participants (纪要待确认)',
    CLOSED: 'Its minutes stand (已归档)',
    CANCELLED: 'Will not take place (已取消)',
  },
  sides: { CONVENER: { column: 'unit_id' }, PARTICIPANT: { via: { table: 'consultation_participant', near: 'meeting_id', far: 'unit_id' } } },
  awaits: {
    SCHEDULED: ['answerConsultationInvitation', 'holdConsultationMeeting'], HELD: ['circulateConsultationMinutes'],
    MINUTES_CIRCULATED: ['confirmConsultationMinutes', 'closeConsultationMeeting'],
  },
  returns: ['returnConsultationMinutes'],
  pending: { answerConsultationInvitation: 'answered_at', confirmConsultationMinutes: 'confirmed_at' },
  due: [{ column: 'planned_on', in: ['SCHEDULED'] }, { column: 'object_until', in: ['MINUTES_CIRCULATED'] }],
  commands: {
    conveneConsultationMeeting: { from: [], to: 'SCHEDULED', side: 'CONVENER', roles: CONVENERS, description: 'Calls a consultation (召集沟通会商).' },
    editConsultationMeeting: { from: ['SCHEDULED'], to: null, side: 'CONVENER', roles: CONVENERS, description: 'Changes day, agenda or participants; answers to an earlier call are voided (修改会商安排).' },
    answerConsultationInvitation: { from: ['SCHEDULED'], to: null, side: 'PARTICIPANT', roles: PARTICIPANTS, description: 'A participant says whether it takes part (答复会商邀请).' },
    holdConsultationMeeting: { from: ['SCHEDULED'], to: 'HELD', side: 'CONVENER', roles: CONVENERS, guards: ['its day has come'], description: 'Records that the meeting took place, and who was there (召开会商).' },
    circulateConsultationMinutes: { from: ['HELD'], to: 'MINUTES_CIRCULATED', side: 'CONVENER', roles: CONVENERS, guards: ['minutes and the day of the next meeting are written'], description: 'Sends the minutes to the participants (送审会商纪要).' },
    confirmConsultationMinutes: { from: ['MINUTES_CIRCULATED'], to: null, side: 'PARTICIPANT', roles: PARTICIPANTS, description: 'A participant agrees to the minutes (确认会商纪要).' },
    returnConsultationMinutes: { from: ['MINUTES_CIRCULATED'], to: 'HELD', side: 'PARTICIPANT', roles: PARTICIPANTS, needsOpinion: true, description: 'A participant does not agree to the minutes and says why (退回会商纪要).' },
    closeConsultationMeeting: { from: ['MINUTES_CIRCULATED'], to: 'CLOSED', side: 'CONVENER', roles: CONVENERS, guards: ['every participant who was there has confirmed, or the time to object is over'], description: 'Lets the minutes stand (会商归档).' },
    cancelConsultationMeeting: { from: ['SCHEDULED', 'HELD'], to: 'CANCELLED', side: 'CONVENER', roles: CONVENERS, needsOpinion: true, description: 'Calls the meeting off, or takes back that it was held (取消会商).' },
  },
})
export type ConsultationMeetingState = keyof typeof consultationMeetingMachine.states
