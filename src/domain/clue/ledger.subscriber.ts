import { dayOf } from '../../core/day'
import { enterRealms } from '../../database/realms'
import { subscriber } from '../../database/events'
import type { Transaction } from '../../database/transaction'
import { carryClue, completeCarried, followTransfer } from '../collaboration'
import { SUPERVISION_READERS } from '../supervision'
import { clueEvents } from './clue.events'
import { BODIES } from './clue.repository'

const ANSWERS = { 'Clue.transferAccepted': 'ACKNOWLEDGED', 'Clue.transferSentBack': 'RETURNED', 'Clue.transferRecalled': 'RECALLED' } as const

/**
 * May the ledger tell that a clue went from one to the other? It is read at both ends and above them, by people who open no clue. So it tells of
 * bodies alone: what a village passes up says too much of who complained. And it is silent where those whom the clue is about would read it:
 * their unit, or one where they belong or hold a post, is an end or stands above one, or they hold a role that reads the ledger.
 */
const TOLD = `
  SELECT c.is_synthetic FROM clue c, unit f, unit t
  WHERE c.id = $1 AND f.id = $2 AND t.id = $3 AND f.kind = ANY($4::text[]) AND t.kind = ANY($4::text[])
    AND NOT EXISTS (
      SELECT FROM unit u WHERE (starts_with(f.path, u.path) OR starts_with(t.path, u.path)) AND u.id IN (
        SELECT subject_unit_id FROM clue_subject_unit WHERE clue_id = c.id
        UNION ALL SELECT p.unit_id FROM clue_subject_person s JOIN person p ON p.id = s.person_id WHERE s.clue_id = c.id
        UNION ALL SELECT a.unit_id FROM clue_subject_person s JOIN appointment a ON a.person_id = s.person_id
          WHERE s.clue_id = c.id AND a.valid_from <= current_date AND (a.valid_to IS NULL OR a.valid_to > current_date)))
    AND NOT EXISTS (
      SELECT FROM clue_subject_person s JOIN role_grant g ON g.person_id = s.person_id
      WHERE s.clue_id = c.id AND g.role = ANY($5::text[]) AND g.revoked_at IS NULL AND (g.valid_to IS NULL OR g.valid_to > current_date))`

async function told(tx: Transaction, clueId: string, fromUnitId: string, toUnitId: string): Promise<{ is_synthetic: boolean } | null> {
  await enterRealms(tx, 'CLUES')
  return tx.row<{ is_synthetic: boolean }>(TOLD, [clueId, fromUnitId, toUnitId, BODIES, SUPERVISION_READERS])
}

/** Transfers of clues keep the ledger of collaboration: sent, taken up in time or not, and closed. Nothing of a clue but that it went. */
export const clueLedger = subscriber({
  name: 'clue', as: 'keepClueLedger', on: [clueEvents.transferred, clueEvents.transferAccepted, clueEvents.transferSentBack, clueEvents.transferRecalled, clueEvents.closed],
  handle: async (tx, event) => {
    if (event.type === 'Clue.closed') return completeCarried(tx, event.subjectId, dayOf(event.at))
    const { fromUnitId, toUnitId } = event.payload
    if (event.type !== 'Clue.transferred') return followTransfer(tx, { clueId: event.subjectId, fromUnitId, toUnitId }, ANSWERS[event.type], { by: event.actor, at: event.at })
    const clue = await told(tx, event.subjectId, fromUnitId, toUnitId)
    if (clue) await carryClue(tx, { clueId: event.subjectId, fromUnitId, toUnitId, sentOn: dayOf(event.at), dueOn: event.payload.dueOn, isSynthetic: clue.is_synthetic })
  },
})
