import { today } from '../../core/day'
import { badInput, type Violation } from '../../core/errors'
import type { Origin } from '../../core/request'
import { begin, transit } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateUnit } from '../../database/locate'
import { enter, next } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { fixReport, lockReports, requireSpeaker } from '../duty-report'
import { gate } from '../gate'
import { ref } from '../refs'
import { moment, Responsibility } from '../responsibility'
import './hearing.constraints'
import { sessionEvents } from './hearing.events'
import type {
  ConcludeHearingInput, EditHearingInput, FollowUpHearingInput, HearingCommandInput, HearingRespondentInput, RecordDemocraticEvaluationInput, ScheduleHearingInput,
} from './hearing.inputs'
import { heardOf, lockSession, openQuestions, postOf, RESPONDENT, respondentsOf, SESSION, sessionOf, unjudgedPledges, type RespondentRow, type SessionRow } from './hearing.repository'
import { hearingSessionMachine } from './hearing-session.states'

type Command = keyof typeof hearingSessionMachine.commands
type Step = (tx: Transaction, session: SessionRow) => Promise<Values> | Values
const FOUR = Object.keys(Responsibility) as Responsibility[]

/** Sessions (SM-14). Each command answers the row id of the session. A session is locked before its parts. */
export class HearingSessionService {
  constructor(private readonly db: Database) {}

  schedule(origin: Origin, input: ScheduleHearingInput): Promise<string> {
    return runCommand(this.db, origin, 'scheduleHearing', input, async tx => {
      const host = await locateUnit(tx, input.hostUnitId, 'hostUnitId')
      const state = begin(hearingSessionMachine, 'scheduleHearing', { actor: origin.actor, path: host.path })
      const heard = await postsOf(tx, input.respondents)
      const id = tx.insert('hearing_session', {
        unit_id: host.id, no: input.no, held_on: input.heldOn, year: input.year, theme: input.theme.trim(), agenda: input.agenda ?? null, broadcast: input.broadcast,
        is_four_responsibility: input.isFourResponsibility, state, is_synthetic: input.isSynthetic,
      })
      tx.insertMany('hearing_respondent', heard.map(h => ({ session_id: id, host_unit_id: host.id, ...h })))
      tx.emit(sessionEvents.SCHEDULED, { subjectId: id, unitId: host.id, payload: { heldOn: input.heldOn } })
      return id
    })
  }

  edit(origin: Origin, input: EditHearingInput): Promise<string> {
    return this.move(origin, 'editHearing', input, async (tx, session) => {
      if (input.respondents != null) {
        const heard = await postsOf(tx, input.respondents)
        for (const { id } of await respondentsOf(tx, session.id)) tx.unlink('hearing_respondent', { id })
        tx.barrier()
        tx.insertMany('hearing_respondent', heard.map(h => ({ session_id: session.id, host_unit_id: session.unit_id, ...h })))
        tx.touch('hearing_session', session)
      }
      const { heldOn, theme, agenda, broadcast, isFourResponsibility } = input
      return {
        ...(heldOn != null && { held_on: heldOn }), ...(theme != null && { theme: theme.trim() }), ...(agenda !== undefined && { agenda }), ...(broadcast != null && { broadcast }),
        ...(isFourResponsibility != null && { is_four_responsibility: isFourResponsibility }),
      }
    })
  }

  openReports(origin: Origin, input: HearingCommandInput): Promise<string> {
    return this.move(origin, 'openHearingReports', input, (_, session) => {
      if (session.held_on > today()) gate([{ path: 'id', rule: 'SM-14', message: `The session is on ${session.held_on}.` }])
      return {}
    })
  }

  /** From here on the reports stand as they were given. */
  openQuestions(origin: Origin, input: HearingCommandInput): Promise<string> {
    return this.move(origin, 'openHearingQuestions', input, async (tx, session) => {
      const missing: Violation[] = []
      const at = await moment(tx)
      for (const who of await respondentsOf(tx, session.id)) {
        const report = (await lockReports(tx, who.about_unit_id, session.year)).find(r => r.responsibility === who.responsibility && r.appointment_id === who.appointment_id)
        if (!report) missing.push({ path: `respondents.${who.responsibility}`, rule: 'SM-14', message: `Who is heard on ${who.responsibility} has filed no duty report for ${session.year}.` })
        else {
          fixReport(tx, report, at)
          tx.update('hearing_respondent', who, { duty_report_id: report.id })
        }
      }
      gate(missing)
      return {}
    })
  }

  openEvaluation(origin: Origin, input: HearingCommandInput): Promise<string> {
    return this.move(origin, 'openHearingEvaluation', input, async (tx, session) => {
      const open = await openQuestions(tx, session.id)
      if (open) gate([{ path: 'questions', rule: 'SM-14', message: `${open} question(s) wait for an answer.` }])
      return {}
    })
  }

  stepBack(origin: Origin, input: HearingCommandInput): Promise<string> {
    return this.move(origin, 'stepHearingBack', input, () => ({}))
  }

  recordEvaluation(origin: Origin, input: RecordDemocraticEvaluationInput): Promise<{ session: string; respondent: string }> {
    return runCommand(this.db, origin, 'recordDemocraticEvaluation', input, async tx => {
      const session = await lockSession(tx, await sessionOf(tx, RESPONDENT, input.respondentId, 'respondentId'))
      const who = await locate<RespondentRow>(tx, RESPONDENT, input.respondentId, 'respondentId')
      transit(hearingSessionMachine, 'recordDemocraticEvaluation', session, { actor: origin.actor, path: session.unit_path })
      if (input.satisfied + input.fair + input.dissatisfied + input.abstained === 0) throw badInput('satisfied', 'votes', 'Somebody has voted.')
      tx.update('hearing_respondent', who, {
        votes_satisfied: input.satisfied, votes_fair: input.fair, votes_dissatisfied: input.dissatisfied, votes_abstained: input.abstained, evaluated_at: await moment(tx),
      })
      return { session: session.id, respondent: who.id }
    })
  }

  conclude(origin: Origin, input: ConcludeHearingInput): Promise<string> {
    return this.move(origin, 'concludeHearing', input, async (tx, session) => {
      const four = input.isFourResponsibility ?? session.is_four_responsibility
      if (four) gate(await notAllFour(tx, session))
      return { concluded_at: await moment(tx), is_four_responsibility: four }
    })
  }

  followUp(origin: Origin, input: FollowUpHearingInput): Promise<string> {
    return this.move(origin, 'followUpHearing', input, async (tx, session) => {
      const open = await unjudgedPledges(tx, session.id)
      if (open) gate([{ path: 'pledges', rule: 'SM-14', message: `${open} pledge(s) are neither kept nor broken yet.` }])
      return { follow_up: input.followUp.trim() }
    })
  }

  close(origin: Origin, input: HearingCommandInput): Promise<string> {
    return this.move(origin, 'closeHearing', input, () => ({}))
  }

  cancel(origin: Origin, input: HearingCommandInput): Promise<string> {
    return this.move(origin, 'cancelHearing', input, () => ({}))
  }

  private move(origin: Origin, command: Command, input: HearingCommandInput | EditHearingInput, step: Step): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const session = await locate<SessionRow>(tx, SESSION, input.id, 'id')
      const opinion = 'opinion' in input ? input.opinion : null
      const to = await next(tx, hearingSessionMachine, command, session, { ...input, opinion })
      const moved = enter(tx, { table: SESSION.table, type: 'HearingSession' }, session, to, { changes: await step(tx, session), opinion })
      if (moved) tx.emit(sessionEvents[to], { subjectId: session.id, unitId: session.unit_id, payload: { heldOn: session.held_on } })
      return session.id
    })
  }
}

/** Who is heard: posts in force whose role speaks for the responsibility, each once. */
async function postsOf(tx: Transaction, respondents: readonly HearingRespondentInput[]): Promise<Values[]> {
  const out: Values[] = []
  for (const [i, r] of respondents.entries()) {
    const about = await locateUnit(tx, r.aboutUnitId, `respondents.${i}.aboutUnitId`)
    const path = `respondents.${i}.appointmentId`
    const post = await postOf(tx, ref('appt', r.appointmentId, path), path)
    if (!post.in_force) throw badInput(path, 'INV-08', 'The appointment is not in force today.')
    await requireSpeaker(tx, post, { unitId: about.id, responsibility: r.responsibility }, path)
    out.push({ unit_id: post.unit_id, about_unit_id: about.id, responsibility: r.responsibility, appointment_id: post.id })
  }
  return out
}

/** INV-30: what keeps a session from being called one of the four responsibilities. */
async function notAllFour(tx: Transaction, session: SessionRow): Promise<Violation[]> {
  const heard = new Map((await heardOf(tx, session.id)).map(h => [h.responsibility, h]))
  return FOUR.flatMap(r => {
    const of = heard.get(r)
    const missing = [...(of?.reported ? [] : ['a report']), ...(of?.asked ? [] : ['a question']), ...(of?.evaluated ? [] : ['an evaluation'])]
    return missing.length ? [{ path: `responsibilities.${r}`, rule: 'INV-30', message: `${r} lacks ${missing.join(', ')}.` }] : []
  })
}
