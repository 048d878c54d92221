import { today } from '../../core/day'
import { badInput } from '../../core/errors'
import { newId } from '../../core/ids'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate } from '../../database/locate'
import { enter, next } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { notYours } from '../duty-report'
import { decisionsFrom, TAKEN_EFFECT } from '../accountability'
import { gate } from '../gate'
import { RectificationService } from '../rectification'
import { moment } from '../responsibility'
import './hearing.constraints'
import { pledgeEvents } from './hearing.events'
import type { EditPledgeInput, MakePledgeInput, PledgeCommandInput } from './hearing.inputs'
import { lockSession, PLEDGE, postOf, RESPONDENT, sessionOf, stateOfTask, yearsPursuedFor, type PledgeRow, type RespondentRow, type SessionRow } from './hearing.repository'
import type { HearingSessionState } from './hearing-session.states'
import { pledgeMachine } from './pledge.states'

type Command = keyof typeof pledgeMachine.commands
interface Held { tx: Transaction; pledge: PledgeRow; session: SessionRow }
const UNDER_WAY: readonly HearingSessionState[] = ['REPORTING', 'QUESTIONING', 'EVALUATING']

/** Pledges (SM-14). Each command answers the row id of the pledge. */
export class PledgeService {
  constructor(private readonly db: Database) {}

  /** The pledge and its one task, in one transaction and with one day (INV-29). */
  make(origin: Origin, input: MakePledgeInput): Promise<string> {
    return runCommand(this.db, origin, 'makePledge', input, async tx => {
      const session = await lockSession(tx, await sessionOf(tx, RESPONDENT, input.respondentId, 'respondentId'))
      const who = await locate<RespondentRow>(tx, RESPONDENT, input.respondentId, 'respondentId')
      const state = begin(pledgeMachine, 'makePledge', { actor: origin.actor, path: who.unit_path })
      if ((await postOf(tx, who.appointment_id, null)).person_id !== origin.actor.personId) throw notYours('respondentId')
      requireUnderWay(session)
      requireNotPast(input.deadline)
      const id = newId()
      const commitment = input.commitment.trim()
      const taskId = await RectificationService.openFor(tx, {
        unitId: who.unit_id, responsibleAppointmentId: who.appointment_id, problem: commitment, dueOn: input.deadline, source: { kind: 'PLEDGE', id }, isSynthetic: session.is_synthetic,
      })
      tx.insert('pledge', {
        id, unit_id: who.unit_id, host_unit_id: who.host_unit_id, session_id: session.id, respondent_id: who.id, appointment_id: who.appointment_id, commitment, deadline: input.deadline, task_id: taskId, state,
      })
      tx.emit(pledgeEvents.MADE, { subjectId: id, unitId: who.unit_id, payload: { sessionId: session.id, taskId, deadline: input.deadline } })
      return id
    })
  }

  edit(origin: Origin, input: EditPledgeInput): Promise<string> {
    return this.move(origin, 'editPledge', input, async ({ tx, pledge, session }) => {
      if ((await postOf(tx, pledge.appointment_id, null)).person_id !== origin.actor.personId) throw notYours('id')
      requireUnderWay(session)
      if (input.deadline != null) requireNotPast(input.deadline)
      const words = { commitment: input.commitment?.trim() ?? pledge.commitment, deadline: input.deadline ?? pledge.deadline }
      await RectificationService.amendPledged(tx, pledge.task_id, { problem: words.commitment, dueOn: words.deadline })
      return words
    })
  }

  track(origin: Origin, input: PledgeCommandInput): Promise<string> {
    return this.move(origin, 'trackPledge', input, ({ session }) => {
      if (UNDER_WAY.includes(session.state)) gate([{ path: 'id', rule: 'SM-14', message: 'The session is still under way.' }])
      return {}
    })
  }

  fulfil(origin: Origin, input: PledgeCommandInput): Promise<string> {
    return this.move(origin, 'confirmPledgeFulfilled', input, async ({ tx, pledge }) => {
      const task = await stateOfTask(tx, pledge.task_id)
      if (task !== 'VERIFIED' && task !== 'CLOSED') gate([{ path: 'id', rule: 'INV-29', message: `Its rectification task is ${task}; it must be verified or closed.` }])
      return { judged_by: origin.actor.ref, judged_at: await moment(tx) }
    })
  }

  break(origin: Origin, input: PledgeCommandInput): Promise<string> {
    return this.move(origin, 'declarePledgeBroken', input, async ({ tx, pledge }) => {
      if (pledge.deadline >= today()) gate([{ path: 'id', rule: 'SM-14', message: `The pledge runs until ${pledge.deadline}.` }])
      return { judged_by: origin.actor.ref, judged_at: await moment(tx) }
    })
  }

  revise(origin: Origin, input: PledgeCommandInput): Promise<string> {
    return this.move(origin, 'revisePledgeJudgement', input, async ({ tx, pledge, session }) => {
      if (session.state === 'CLOSED') gate([{ path: 'id', rule: 'SM-14', message: 'The session is closed.' }])
      const decided = await decisionsFrom(tx, [pledge.id, ...await yearsPursuedFor(tx, pledge.id)], TAKEN_EFFECT)
      if (decided.length) gate([{ path: 'id', rule: 'SM-14', message: `${decided.length} decision(s) on accountability rest on it.` }])
      return { judged_by: null, judged_at: null }
    })
  }

  private move(origin: Origin, command: Command, input: PledgeCommandInput | EditPledgeInput, step: (held: Held) => Promise<Values> | Values): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const session = await lockSession(tx, await sessionOf(tx, PLEDGE, input.id, 'id'))
      const pledge = await locate<PledgeRow>(tx, PLEDGE, input.id, 'id')
      const opinion = 'opinion' in input ? input.opinion : null
      const to = await next(tx, pledgeMachine, command, pledge, { ...input, opinion })
      const moved = enter(tx, { table: PLEDGE.table, type: 'Pledge' }, pledge, to, { changes: await step({ tx, pledge, session }), opinion })
      if (moved) tx.emit(pledgeEvents[to], { subjectId: pledge.id, unitId: pledge.unit_id, payload: { sessionId: session.id, taskId: pledge.task_id, deadline: pledge.deadline } })
      return pledge.id
    })
  }
}

function requireUnderWay(session: SessionRow): void {
  if (!UNDER_WAY.includes(session.state)) gate([{ path: 'id', rule: 'SM-14', message: `Pledges are made while the session is under way; it is ${session.state}.` }])
}

function requireNotPast(deadline: string): void {
  if (deadline < today()) throw badInput('deadline', 'future', 'The day has passed already.')
}
