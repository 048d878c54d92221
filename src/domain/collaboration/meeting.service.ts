import { today } from '../../core/day'
import { badInput, notFound } from '../../core/errors'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateUnit } from '../../database/locate'
import { enter, next } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { workCalendarIn } from '../calendar'
import { gate } from '../gate'
import { refs } from '../refs'
import { bodiesById, namedBodies, type Body } from '../supervision'
import { meetingEvents } from './collaboration.events'
import type {
  AnswerConsultationInvitationInput, CirculateConsultationMinutesInput, ConsultationCommandInput, ConveneConsultationMeetingInput, EditConsultationMeetingInput, HoldConsultationMeetingInput,
} from './collaboration.inputs'
import { MEETING, participantsOf, type MeetingRow, type ParticipantRow } from './collaboration.repository'
import { consultationMeetingMachine, type ConsultationMeetingState } from './consultation-meeting.states'

type Command = Exclude<keyof typeof consultationMeetingMachine.commands, 'conveneConsultationMeeting'>

/** Commands on consultations. Each answers the row id of the consultation. */
export class ConsultationMeetingService {
  constructor(private readonly db: Database) {}

  convene(origin: Origin, input: ConveneConsultationMeetingInput): Promise<string> {
    return runCommand(this.db, origin, 'conveneConsultationMeeting', input, async tx => {
      const { id, path } = await locateUnit(tx, input.convenerUnitId, 'convenerUnitId')
      begin(consultationMeetingMachine, 'conveneConsultationMeeting', { actor: origin.actor, path, sides: { CONVENER: [path] } })
      const convener = (await bodiesById(tx, [id]))[0]!
      const bodies = await this.called(tx, convener, input.participantUnitIds)
      const meeting = tx.insert(MEETING.table, {
        unit_id: id, convener_name_zh: convener.name_zh, title_zh: input.title, agenda_zh: input.agenda, planned_on: input.plannedOn, state: consultationMeetingMachine.initial, is_synthetic: input.isSynthetic,
      })
      for (const body of bodies) call(tx, meeting, id, body)
      tx.emit(meetingEvents.convened, { subjectId: meeting, unitId: id })
      return meeting
    })
  }

  edit(origin: Origin, input: EditConsultationMeetingInput): Promise<string> {
    return this.command(origin, 'editConsultationMeeting', input, async (tx, meeting, to) => {
      const [present, convener] = [await participantsOf(tx, meeting.id), (await bodiesById(tx, [meeting.unit_id]))[0]!]
      const bodies = input.participantUnitIds ? await this.called(tx, convener, input.participantUnitIds) : null
      for (const p of present) {
        if (!bodies || bodies.some(b => b.id === p.unit_id)) tx.update('consultation_participant', p, { answer: null, answer_note_zh: null, answered_at: null, answered_by: null })
        else tx.unlink('consultation_participant', { meeting_id: meeting.id, unit_id: p.unit_id })
      }
      for (const body of bodies ?? []) if (!present.some(p => p.unit_id === body.id)) call(tx, meeting.id, meeting.unit_id, body)
      move(tx, meeting, to, 'changed', {
        changes: { ...(input.title != null && { title_zh: input.title }), ...(input.agenda != null && { agenda_zh: input.agenda }), ...(input.plannedOn != null && { planned_on: input.plannedOn }) },
      })
    })
  }

  answer(origin: Origin, input: AnswerConsultationInvitationInput): Promise<string> {
    return this.command(origin, 'answerConsultationInvitation', input, async (tx, meeting, to) => {
      const answer = { answer: input.answer, answer_note_zh: input.opinion?.trim() || null, answered_at: now(), answered_by: origin.actor.ref }
      for (const p of await this.mine(tx, meeting)) tx.update('consultation_participant', p, answer)
      move(tx, meeting, to, 'answered')
    })
  }

  hold(origin: Origin, input: HoldConsultationMeetingInput): Promise<string> {
    return this.command(origin, 'holdConsultationMeeting', input, async (tx, meeting, to) => {
      const day = input.heldOn ?? today()
      if (day > today()) throw badInput('heldOn', 'not-future', 'This day has not come yet.')
      gate(meeting.planned_on <= today() ? [] : [{ path: 'id', rule: 'day', message: 'The day of the consultation has not come.' }])
      const [attended, called] = [refs('unit', input.attendedUnitIds, 'attendedUnitIds'), await participantsOf(tx, meeting.id)]
      attended.forEach((id, i) => {
        if (!called.some(p => p.unit_id === id)) throw notFound(`attendedUnitIds.${i}`)
      })
      for (const p of called) tx.update('consultation_participant', p, { attended: attended.includes(p.unit_id) })
      move(tx, meeting, to, 'held', { opinion: input.opinion, changes: { held_on: day } })
    })
  }

  circulate(origin: Origin, input: CirculateConsultationMinutesInput): Promise<string> {
    return this.command(origin, 'circulateConsultationMinutes', input, async (tx, meeting, to) => {
      if (input.nextDueOn <= meeting.held_on!) throw badInput('nextDueOn', 'order', 'The next consultation is later than this one.')
      for (const p of await participantsOf(tx, meeting.id)) tx.update('consultation_participant', p, { confirmed_at: null, confirmed_by: null })
      const until = (await workCalendarIn(tx)).addWorkingDays(today(), input.objectWithin).day
      move(tx, meeting, to, 'minutesCirculated', { opinion: input.opinion, changes: { minutes_zh: input.minutes.trim(), next_due_on: input.nextDueOn, object_until: until } })
    })
  }

  confirmMinutes(origin: Origin, input: ConsultationCommandInput): Promise<string> {
    return this.command(origin, 'confirmConsultationMinutes', input, async (tx, meeting, to) => {
      for (const p of await this.mine(tx, meeting)) tx.update('consultation_participant', p, { confirmed_at: now(), confirmed_by: origin.actor.ref })
      move(tx, meeting, to, 'minutesConfirmed')
    })
  }

  returnMinutes(origin: Origin, input: ConsultationCommandInput): Promise<string> {
    return this.command(origin, 'returnConsultationMinutes', input, async (tx, meeting, to) => move(tx, meeting, to, 'minutesReturned', { opinion: input.opinion }))
  }

  close(origin: Origin, input: ConsultationCommandInput): Promise<string> {
    return this.command(origin, 'closeConsultationMeeting', input, async (tx, meeting, to) => {
      const open = meeting.object_until! < today() ? [] : (await participantsOf(tx, meeting.id)).filter(p => p.attended && p.confirmed_at === null)
      gate(open.map(p => ({ path: 'id', rule: 'minutes', message: `${p.name_zh} has not confirmed the minutes, and may object until ${meeting.object_until}.` })))
      move(tx, meeting, to, 'closed', { opinion: input.opinion })
    })
  }

  cancel(origin: Origin, input: ConsultationCommandInput): Promise<string> {
    return this.command(origin, 'cancelConsultationMeeting', input, async (tx, meeting, to) => move(tx, meeting, to, 'cancelled', { opinion: input.opinion }))
  }

  private command(
    origin: Origin, command: Command, input: { id: string; rowVersion?: number | null; opinion?: string | null; idempotencyKey?: string | null },
    work: (tx: Transaction, meeting: MeetingRow, to: ConsultationMeetingState) => Promise<void>,
  ): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const meeting = await locate<MeetingRow>(tx, MEETING, input.id, 'id')
      await work(tx, meeting, await next(tx, consultationMeetingMachine, command, meeting, input))
      return meeting.id
    })
  }

  private async called(tx: Transaction, convener: Body, ids: readonly string[]): Promise<Body[]> {
    const bodies = await namedBodies(tx, convener, ids, 'participantUnitIds')
    bodies.forEach((b, i) => {
      if (b.id === convener.id) throw badInput(`participantUnitIds.${i}`, 'other', 'The convening body is there anyhow.')
    })
    return bodies
  }

  /** The participants in whose name the actor may speak. */
  private async mine(tx: Transaction, meeting: MeetingRow): Promise<ParticipantRow[]> {
    const { roles } = consultationMeetingMachine.commands.answerConsultationInvitation
    return (await participantsOf(tx, meeting.id)).filter(p => tx.origin.actor.roles.some(r => roles.includes(r.role) && p.path.startsWith(r.path)))
  }
}

const now = (): string => new Date().toISOString()

const call = (tx: Transaction, meetingId: string, convenerId: string, { id, name_zh }: Body): string =>
  tx.insert('consultation_participant', { meeting_id: meetingId, convener_unit_id: convenerId, unit_id: id, name_zh })

/** Writes the new state with its transition record and event; a new version also when only participants changed. */
function move(tx: Transaction, meeting: MeetingRow, to: ConsultationMeetingState, happened: Exclude<keyof typeof meetingEvents, 'convened'>, { changes, opinion }: { changes?: Values; opinion?: string | null } = {}): void {
  const version = meeting.row_version
  enter(tx, { table: MEETING.table, type: 'ConsultationMeeting' }, meeting, to, { changes, opinion })
  if (meeting.row_version === version) tx.touch(MEETING.table, meeting)
  tx.emit(meetingEvents[happened], { subjectId: meeting.id, unitId: meeting.unit_id })
}
