import { badInput } from '../../core/errors'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateMany } from '../../database/locate'
import { enter, next } from '../../database/moves'
import { sidePaths } from '../../database/sides'
import type { Transaction, Values } from '../../database/transaction'
import { notYours } from '../duty-report'
import { gate } from '../gate'
import { moment } from '../responsibility'
import { FINDING } from '../supervision'
import './hearing.constraints'
import { questionEvents } from './hearing.events'
import type { AnswerHearingQuestionInput, AskHearingQuestionInput, EditHearingQuestionInput, HearingQuestionCommandInput } from './hearing.inputs'
import { lockSession, postOf, QUESTION, RESPONDENT, sessionOf, type QuestionRow, type RespondentRow, type SessionRow } from './hearing.repository'
import { hearingQuestionMachine } from './hearing-session.states'

type Command = keyof typeof hearingQuestionMachine.commands
interface Held { tx: Transaction; question: QuestionRow; session: SessionRow }

/** Questions in a session. Each command answers the row id of the question. */
export class HearingQuestionService {
  constructor(private readonly db: Database) {}

  ask(origin: Origin, input: AskHearingQuestionInput): Promise<string> {
    return runCommand(this.db, origin, 'askHearingQuestion', input, async tx => {
      const session = await lockSession(tx, await sessionOf(tx, RESPONDENT, input.respondentId, 'respondentId'))
      const who = await locate<RespondentRow>(tx, RESPONDENT, input.respondentId, 'respondentId')
      const state = begin(hearingQuestionMachine, 'askHearingQuestion', { actor: origin.actor, path: who.unit_path, sides: await sidePaths(tx, hearingQuestionMachine, who) })
      requireQuestions(session)
      const findings = await findingsOf(tx, who, input.findingIds)
      const id = tx.insert('hearing_question', { unit_id: who.unit_id, host_unit_id: who.host_unit_id, session_id: session.id, respondent_id: who.id, appointment_id: who.appointment_id, text: input.text.trim(), state })
      tx.linkMany('hearing_question_finding', findings.map(finding_id => ({ question_id: id, finding_id })))
      tx.emit(questionEvents.ASKED, { subjectId: id, unitId: who.unit_id, payload: { sessionId: session.id, respondentId: who.id } })
      return id
    })
  }

  edit(origin: Origin, input: EditHearingQuestionInput): Promise<string> {
    return this.move(origin, 'editHearingQuestion', input, async ({ tx, question }) => {
      if (input.findingIds != null) await this.rest(tx, question, input.findingIds)
      return input.text == null ? {} : { text: input.text.trim() }
    })
  }

  answer(origin: Origin, input: AnswerHearingQuestionInput): Promise<string> {
    return this.move(origin, 'answerHearingQuestion', input, async ({ tx, question, session }) => {
      requireQuestions(session)
      if ((await postOf(tx, question.appointment_id, null)).person_id !== origin.actor.personId) throw notYours('id')
      return { answer: input.answer.trim(), answered_by: origin.actor.ref, answered_at: await moment(tx) }
    })
  }

  press(origin: Origin, input: HearingQuestionCommandInput): Promise<string> {
    return this.move(origin, 'pressHearingQuestion', input, ({ session }) => {
      requireQuestions(session)
      return {}
    })
  }

  withdraw(origin: Origin, input: HearingQuestionCommandInput): Promise<string> {
    return this.move(origin, 'withdrawHearingQuestion', input, () => ({}))
  }

  /** Replaces the findings that a question rests on. */
  private async rest(tx: Transaction, question: QuestionRow, ids: readonly string[]): Promise<void> {
    const who = (await tx.row<RespondentRow>('SELECT * FROM hearing_respondent WHERE id = $1', [question.respondent_id]))!
    const wanted = await findingsOf(tx, who, ids)
    const present = (await tx.rows<{ finding_id: string }>('SELECT finding_id FROM hearing_question_finding WHERE question_id = $1', [question.id])).map(r => r.finding_id)
    for (const finding_id of present.filter(id => !wanted.includes(id))) tx.unlink('hearing_question_finding', { question_id: question.id, finding_id })
    tx.linkMany('hearing_question_finding', wanted.filter(id => !present.includes(id)).map(finding_id => ({ question_id: question.id, finding_id })))
    tx.touch('hearing_question', question)
  }

  private move(origin: Origin, command: Command, input: HearingQuestionCommandInput | EditHearingQuestionInput, step: (held: Held) => Promise<Values> | Values): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const session = await lockSession(tx, await sessionOf(tx, QUESTION, input.id, 'id'))
      const question = await locate<QuestionRow>(tx, QUESTION, input.id, 'id')
      const opinion = 'opinion' in input ? input.opinion : null
      const to = await next(tx, hearingQuestionMachine, command, question, { ...input, opinion })
      const moved = enter(tx, { table: QUESTION.table, type: 'HearingQuestion' }, question, to, { changes: await step({ tx, question, session }), opinion })
      if (moved) tx.emit(questionEvents[to], { subjectId: question.id, unitId: question.unit_id, payload: { sessionId: session.id, respondentId: question.respondent_id } })
      return question.id
    })
  }
}

function requireQuestions(session: SessionRow): void {
  if (session.state !== 'QUESTIONING') gate([{ path: 'id', rule: 'SM-14', message: `Questions are not open; the session is ${session.state}.` }])
}

/** Row ids of findings about the unit of the responsibility, or units below it, that the actor sees. */
async function findingsOf(tx: Transaction, who: RespondentRow, ids: readonly string[]): Promise<string[]> {
  if (!ids.length) return []
  const about = (await tx.row<{ path: string }>('SELECT path FROM unit WHERE id = $1', [who.about_unit_id]))!.path
  const findings = await locateMany(tx, FINDING, ids, 'findingIds', 'SHARE')
  const stray = findings.findIndex(f => !f.unit_path.startsWith(about))
  if (stray >= 0) throw badInput(`findingIds.${stray}`, 'SM-14', 'The finding is about another unit than the one that is heard.')
  return findings.map(f => f.id)
}
