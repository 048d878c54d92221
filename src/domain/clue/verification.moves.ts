import type { LocatedRow } from '../../database/locate'
import { enter } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { VERIFICATION } from './clue.registers'
import type { ClueRow } from './clue.repository'
import type { VerificationState } from './verification.states'

export type VerificationRow = LocatedRow & {
  clue_id: string
  state: VerificationState
  planned_from: string
  planned_to: string
  plan_digest: string
  content_hash: string
  approved_hash: string | null
  created_by: string
  edited_by: string[]
  submitted_by: string | null
  readers: string[]
}

export function moveVerification(tx: Transaction, row: VerificationRow, to: VerificationState, changes: Values = {}): void {
  enter(tx, { ...VERIFICATION, type: 'Verification' }, row, to, { changes })
}

const lastOf = (tx: Transaction, clue: ClueRow): Promise<VerificationRow | null> => tx.row<VerificationRow>('SELECT * FROM verification WHERE clue_id = $1 ORDER BY id DESC LIMIT 1 FOR UPDATE', [clue.id])

/** The way of handling was taken back: what was begun is given up. */
export async function abandonVerification(tx: Transaction, clue: ClueRow): Promise<void> {
  const row = await lastOf(tx, clue)
  if (row && ['DRAFT', 'UNDER_REVIEW', 'APPROVED'].includes(row.state)) moveVerification(tx, row, 'ABANDONED')
}

/** The outcome was given back: the team goes on by the plan that was approved. */
export async function returnVerification(tx: Transaction, clue: ClueRow): Promise<void> {
  const row = await lastOf(tx, clue)
  if (row?.state === 'CONCLUDED') moveVerification(tx, row, 'APPROVED', { outcome: null, concluded_by: null, concluded_on: null })
}
