import { eventKind } from '../../core/events'

const session = <const H extends string>(happened: H, description: string) =>
  eventKind({ type: `HearingSession.${happened}`, subject: 'HearingSession', payload: { heldOn: 'date' }, description })
const pledge = <const H extends string>(happened: H, description: string) =>
  eventKind({ type: `Pledge.${happened}`, subject: 'Pledge', payload: { sessionId: 'id', taskId: 'id', deadline: 'date' }, description })
const question = <const H extends string>(happened: H, description: string) =>
  eventKind({ type: `HearingQuestion.${happened}`, subject: 'HearingQuestion', payload: { sessionId: 'id', respondentId: 'id' }, description })

/** What happens to sessions, by the state that they came to. */
export const sessionEvents = {
  SCHEDULED: session('scheduled', 'A hearing was called（阳光问效已安排）.'),
  REPORTING: session('reporting', 'Duty reports are given in a hearing（述责开始）.'),
  QUESTIONING: session('questioning', 'Representatives ask in a hearing（质询开始）.'),
  EVALUATING: session('evaluating', 'A hearing is evaluated（评议开始）.'),
  CONCLUDED: session('concluded', 'A hearing has ended; its pledges run（问效已结束）.'),
  FOLLOWED_UP: session('followedUp', 'What became of the pledges of a hearing is recorded（已跟踪问效）.'),
  CLOSED: session('closed', 'A hearing is on file（问效已归档）.'),
  CANCELLED: session('cancelled', 'A hearing was called off（问效已取消）.'),
}

export const questionEvents = {
  ASKED: question('asked', 'Somebody was asked, or asked again（已质询）.'),
  ANSWERED: question('answered', 'A question was answered（已回答质询）.'),
  WITHDRAWN: question('withdrawn', 'A question was taken back（质询已撤回）.'),
}

/** What happens to pledges, by the state that they came to. */
export const pledgeEvents = {
  MADE: pledge('made', 'Somebody pledged something by a day（已作出承诺）.'),
  ON_TRACK: pledge('onTrack', 'Somebody looked at how a pledge is kept（承诺推进中）.'),
  FULFILLED: pledge('fulfilled', 'A pledge was kept（承诺已兑现）.'),
  BROKEN: pledge('broken', 'A pledge was not kept; accountability is proposed（承诺未兑现）.'),
}
