import { eventKind } from '../../core/events'

const record = <const T extends string>(happened: T, description: string) => eventKind({ type: `CollaborationRecord.${happened}`, subject: 'CollaborationRecord', payload: { kind: 'text', toUnitId: 'id' }, description })

/** What happens to exchanges between bodies. Never what is told in them. */
export const recordEvents = {
  sent: record('sent', 'Something was sent to another body（协作事项已发出）.'),
  recalled: record('recalled', 'The sender took it back（协作事项已撤回）.'),
  resent: record('resent', 'It was sent again, mended（协作事项已重新发出）.'),
  acknowledged: record('acknowledged', 'The receiver took it up（协作事项已签收）.'),
  returned: record('returned', 'The receiver gave it back（协作事项已退回）.'),
  completed: record('completed', 'The receiver told what became of it（协作事项已反馈）.'),
}

const meeting = <const T extends string>(happened: T, description: string) => eventKind({ type: `ConsultationMeeting.${happened}`, subject: 'ConsultationMeeting', payload: {}, description })

/** What happens to consultations. */
export const meetingEvents = {
  convened: meeting('convened', 'A consultation was called（会商已召集）.'),
  changed: meeting('changed', 'A consultation was called anew; answers are void（会商安排已修改）.'),
  answered: meeting('answered', 'A participant said whether it takes part（会商邀请已答复）.'),
  held: meeting('held', 'A consultation was held（会商已召开）.'),
  minutesCirculated: meeting('minutesCirculated', 'Minutes wait for the participants（会商纪要待确认）.'),
  minutesConfirmed: meeting('minutesConfirmed', 'A participant agreed to the minutes（会商纪要已确认）.'),
  minutesReturned: meeting('minutesReturned', 'A participant did not agree to the minutes（会商纪要已退回）.'),
  closed: meeting('closed', 'The minutes stand（会商已归档）.'),
  cancelled: meeting('cancelled', 'A consultation was called off（会商已取消）.'),
}
