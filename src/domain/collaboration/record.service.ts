import { dayOf, today } from '../../core/day'
import { badInput, notFound } from '../../core/errors'
import { prefixOf } from '../../core/ids'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateUnit } from '../../database/locate'
import { enter, next } from '../../database/moves'
import type { StoredRow, Transaction, Values } from '../../database/transaction'
import { workCalendarIn } from '../calendar'
import { ACTIVITY, agreeToJointAction, bodiesById, FINDING, namedBodies, proposedFor, type ActivityRow, type Body } from '../supervision'
import { recordEvents } from './collaboration.events'
import type { CollaborationRecordCommandInput, CompleteCollaborationRecordInput, ResendCollaborationRecordInput, SendCollaborationRecordInput } from './collaboration.inputs'
import { RECORD, type RecordRow } from './collaboration.repository'
import { collaborationRecordMachine, type CollaborationRecordState } from './collaboration-record.states'

type Command = Exclude<keyof typeof collaborationRecordMachine.commands, 'sendCollaborationRecord'>

/** Commands on exchanges between bodies. Each answers the row id of the exchange. */
export class CollaborationRecordService {
  constructor(private readonly db: Database) {}

  send(origin: Origin, input: SendCollaborationRecordInput): Promise<string> {
    return runCommand(this.db, origin, 'sendCollaborationRecord', input, async tx => {
      const { id, path } = await locateUnit(tx, input.fromUnitId, 'fromUnitId')
      begin(collaborationRecordMachine, 'sendCollaborationRecord', { actor: origin.actor, path, sides: { SENDER: [path] } })
      if (input.kind === 'CLUE_TRANSFER') throw badInput('kind', 'transfer', 'A clue is handed over by the transfer of the clue.')
      const from = (await bodiesById(tx, [id]))[0]!
      const [to] = await namedBodies(tx, from, [input.toUnitId], 'toUnitId')
      if (to!.id === from.id) throw badInput('toUnitId', 'other', 'The receiver is another body.')
      const linked = await this.linked(tx, from, input.linkedId)
      const target = await this.target(tx, input, linked, to!)
      return write(tx, from, to!, {
        kind: input.kind, subject_zh: input.subject, content_zh: input.content ?? null, linked_prefix: linked?.prefix ?? null, linked_id: linked?.id ?? null, target_activity_id: target,
        ...await deadline(tx, input.acknowledgeWithin), is_synthetic: input.isSynthetic,
      })
    })
  }

  recall(origin: Origin, input: CollaborationRecordCommandInput): Promise<string> {
    return this.command(origin, 'recallCollaborationRecord', input, async (tx, record, to) => move(tx, record, to, 'recalled', { opinion: input.opinion }))
  }

  resend(origin: Origin, input: ResendCollaborationRecordInput): Promise<string> {
    return this.command(origin, 'resendCollaborationRecord', input, async (tx, record, to) => move(tx, record, to, 'resent', {
      opinion: input.opinion,
      changes: { ...await deadline(tx, input.acknowledgeWithin), ...(input.subject != null && { subject_zh: input.subject }), ...(input.content != null && { content_zh: input.content }) },
    }))
  }

  /** To a joint action this is the consent: the sender's activity may go into the receiver's. */
  acknowledge(origin: Origin, input: CollaborationRecordCommandInput): Promise<string> {
    return this.command(origin, 'acknowledgeCollaborationRecord', input, async (tx, record, to) => {
      if (record.target_activity_id !== null) await agreeToJointAction(tx, record.linked_id!, record.target_activity_id)
      move(tx, record, to, 'acknowledged', { opinion: input.opinion, changes: acknowledged(tx) })
    })
  }

  return(origin: Origin, input: CollaborationRecordCommandInput): Promise<string> {
    return this.command(origin, 'returnCollaborationRecord', input, async (tx, record, to) => move(tx, record, to, 'returned', { opinion: input.opinion }))
  }

  complete(origin: Origin, input: CompleteCollaborationRecordInput): Promise<string> {
    return this.command(origin, 'completeCollaborationRecord', input, async (tx, record, to) => {
      const used = input.usedInActivityId == null ? null : await locate<ActivityRow>(tx, ACTIVITY, input.usedInActivityId, 'usedInActivityId', 'SHARE')
      if (used && used.unit_id !== record.to_unit_id) throw notFound('usedInActivityId')
      if (used && record.kind !== 'RESULT_SHARING') throw badInput('usedInActivityId', 'result', 'Only a shared result is used in an activity.')
      move(tx, record, to, 'completed', { opinion: input.opinion, changes: { completed_on: today(), outcome_zh: input.outcome.trim(), used_in_activity_id: used?.id ?? null } })
    })
  }

  private command(origin: Origin, command: Command, input: CollaborationRecordCommandInput, work: (tx: Transaction, record: RecordRow, to: CollaborationRecordState) => Promise<void>): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const record = await locate<RecordRow>(tx, RECORD, input.id, 'id')
      const to = await next(tx, collaborationRecordMachine, command, record, input)
      await work(tx, record, to)
      return record.id
    })
  }

  /** The sender's own activity or finding. */
  private async linked(tx: Transaction, from: Body, id: string | null | undefined): Promise<{ prefix: string; id: string } | null> {
    if (id == null) return null
    const register = [ACTIVITY, FINDING].find(r => r.prefix === prefixOf(id))
    if (!register) throw notFound('linkedId')
    const row = await locate(tx, register, id, 'linkedId', 'SHARE')
    if ((register === FINDING ? row['found_by_unit_id'] : row.unit_id) !== from.id) throw notFound('linkedId')
    return { prefix: register.prefix, id: row.id }
  }

  private async target(tx: Transaction, { kind, targetActivityId }: SendCollaborationRecordInput, linked: { prefix: string; id: string } | null, to: Body): Promise<string | null> {
    if (targetActivityId == null) return null
    if (kind !== 'JOINT_ACTION' || linked?.prefix !== ACTIVITY.prefix) throw badInput('targetActivityId', 'joint-action', 'A joint action is proposed of one activity for another: both are named.')
    return proposedFor(tx, linked.id, targetActivityId, to.id)
  }
}

/** A transfer of a clue as far as the ledger tells of it. Ids are row ids. */
export interface CarriedClue { readonly fromUnitId: string; readonly toUnitId: string; readonly clueId: string }

/** What the ledger says of every clue: its number, matter and people are told to those who open its realm. */
const CLUE_SUBJECT = '问题线索移送'
const CLUE_OUTCOME = '线索已办结'
/** Prefix of clues' global ids: what the exchange names is read as anything else by id, in the viewer's own realms. */
const CLUE_PREFIX = 'clue'

/** A clue was handed over; it waits for the receiver until a day. */
export async function carryClue(tx: Transaction, { fromUnitId, toUnitId, clueId, sentOn, dueOn, isSynthetic }: CarriedClue & { sentOn: string; dueOn: string; isSynthetic: boolean }): Promise<void> {
  const bodies = new Map((await bodiesById(tx, [fromUnitId, toUnitId])).map(b => [b.id, b]))
  write(tx, bodies.get(fromUnitId)!, bodies.get(toUnitId)!, {
    kind: 'CLUE_TRANSFER', subject_zh: CLUE_SUBJECT, content_zh: null, linked_prefix: CLUE_PREFIX, linked_id: clueId, target_activity_id: null, sent_on: sentOn, due_on: dueOn, is_synthetic: isSynthetic,
  })
}

const carried = (tx: Transaction, clueId: string, state: CollaborationRecordState): Promise<RecordRow[]> => tx.rows<RecordRow>(
  `SELECT * FROM collaboration_record WHERE kind = 'CLUE_TRANSFER' AND linked_id = $1 AND state = $2 ORDER BY id FOR UPDATE`, [clueId, state])

/** The transfer was answered by somebody at a moment: the exchange follows. Does nothing where the ledger was told of no transfer. */
export async function followTransfer(tx: Transaction, { clueId, fromUnitId, toUnitId }: CarriedClue, to: 'ACKNOWLEDGED' | 'RETURNED' | 'RECALLED', { by, at }: { by: string; at: string }): Promise<void> {
  const changes = to === 'ACKNOWLEDGED' ? { acknowledged_on: dayOf(at), acknowledged_at: at, acknowledged_by: by } : {}
  const record = (await carried(tx, clueId, 'SENT')).find(r => r.unit_id === fromUnitId && r.to_unit_id === toUnitId)
  if (record) move(tx, record, to, ({ ACKNOWLEDGED: 'acknowledged', RETURNED: 'returned', RECALLED: 'recalled' } as const)[to], { changes })
}

/** The clue was closed: that much is told to everybody who handed it on. */
export async function completeCarried(tx: Transaction, clueId: string, on: string): Promise<void> {
  for (const record of await carried(tx, clueId, 'ACKNOWLEDGED')) move(tx, record, 'COMPLETED', 'completed', { changes: { completed_on: on, outcome_zh: CLUE_OUTCOME } })
}

const acknowledged = (tx: Transaction): Values => ({ acknowledged_on: today(), acknowledged_at: new Date().toISOString(), acknowledged_by: tx.origin.actor.ref })

async function deadline(tx: Transaction, workingDays: number): Promise<{ sent_on: string; due_on: string }> {
  return { sent_on: today(), due_on: (await workCalendarIn(tx)).addWorkingDays(today(), workingDays).day }
}

function write(tx: Transaction, from: Body, to: Body, values: Values & { kind: string }): string {
  const byHand = values.kind === 'CLUE_TRANSFER' ? {} : { by_sender_id: from.id, by_receiver_id: to.id }
  const id = tx.insert(RECORD.table, { unit_id: from.id, from_name_zh: from.name_zh, to_unit_id: to.id, to_name_zh: to.name_zh, ...values, ...byHand, state: collaborationRecordMachine.initial })
  tx.emit(recordEvents.sent, { subjectId: id, unitId: from.id, payload: { kind: values.kind, toUnitId: to.id } })
  return id
}

/** Writes the new state with its transition record and event. */
function move(tx: Transaction, record: RecordRow & StoredRow, to: CollaborationRecordState, happened: keyof typeof recordEvents, { changes, opinion }: { changes?: Values; opinion?: string | null }): void {
  enter(tx, { table: RECORD.table, type: 'CollaborationRecord' }, record, to, { changes, opinion })
  tx.emit(recordEvents[happened], { subjectId: record.id, unitId: record.unit_id, payload: { kind: record.kind, toUnitId: record.to_unit_id } })
}
