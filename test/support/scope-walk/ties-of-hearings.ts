import { newId } from '../../../src/core/ids'
import type { County } from './county'
import type { Tying } from './ties-of-bodies'

/** Hearings and years across the border: our county hears somebody of theirs, and theirs hears somebody of ours, in words that are told of neither. */
export async function tieHearings(t: Tying, here: County, there: County): Promise<void> {
  await guest(t, here, there)
  await host(t, here, there)
  await years(t, here, there)
}

const added = async ({ copy }: Tying, table: string, from: string, changes: object): Promise<string> => {
  const id = newId()
  await copy(table, from, { id, ...changes })
  return id
}
/** A task that no pledge has. */
const task = ({ of }: Tying, c: County): Promise<string> => of('rectification_task', c, 'NOT EXISTS (SELECT FROM pledge p WHERE p.task_id = t.id)')

/** Somebody of theirs in a hearing of ours, with their post, report and pledge; and a question of ours that rests on a finding of theirs. */
async function guest(t: Tying, here: County, there: County): Promise<void> {
  const session_id = await t.of('hearing_session', here)
  const host_unit_id = here.root.slice(-36)
  const respondent_id = await added(t, 'hearing_respondent', await t.of('hearing_respondent', there), { session_id, host_unit_id })
  await added(t, 'pledge', await t.of('pledge', there), { session_id, host_unit_id, respondent_id, commitment: 'pledge', task_id: await task(t, there) })
  await rests(t, await t.of('hearing_question', here), { finding_id: await t.of('supervision_finding', there) })
}

/** Somebody of ours in a hearing of theirs: of those who are heard beside them, what they are asked and pledge, nothing is ours to see. */
async function host(t: Tying, here: County, there: County): Promise<void> {
  const session_id = await added(t, 'hearing_session', await t.of('hearing_session', there), { no: 'shared', theme: 'shared', agenda: null, follow_up: null })
  const host_unit_id = there.root.slice(-36)
  await added(t, 'hearing_respondent', await t.of('hearing_respondent', here), { session_id, host_unit_id })
  const respondent_id = await added(t, 'hearing_respondent', await t.of('hearing_respondent', there), { session_id })
  await added(t, 'pledge', await t.of('pledge', there), { session_id, respondent_id, task_id: await task(t, there) })
  const asked = await t.of('hearing_question', there)
  await rests(t, asked, { question_id: await added(t, 'hearing_question', asked, { session_id, respondent_id }), finding_id: await t.of('supervision_finding', here) })
}

const rests = ({ link }: Tying, asked: string, ends: object): Promise<unknown> => link('hearing_question_finding', 'question_id', asked, ends)

/** A body of theirs supervises a bureau of ours: it reports on that, and is to move what is late. */
async function years({ unit, of, change }: Tying, here: County, there: County): Promise<void> {
  const [report, post] = [await of('duty_report', here, `t.responsibility = 'COMMISSION_SUPERVISORY'`), await of('appointment', there)]
  await change('duty_report', report, 'owner_unit_id', await unit('GROUP', there))
  await change('duty_report', report, 'appointment_id', post)
  await change('progress_move', await of('progress_move', here), 'appointment_id', post)
}
