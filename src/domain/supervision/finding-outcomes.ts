import { subscriber } from '../../database/events'
import { enter } from '../../database/moves'
import type { StoredRow, Transaction } from '../../database/transaction'
import { rectificationEvents, rectificationTaskMachine, RECTIFICATION_TASK, sourceOfTask } from '../rectification'
import { followsFromFindings, targetWith, type FindingTarget } from './finding-targets'
import { FINDING, outcomesOf, type FindingRow, type OutcomeRow } from './finding.repository'
import type { SupervisionFindingState } from './supervision-finding.states'
import { findingEvents } from './supervision.events'

const now = (): string => new Date().toISOString()

/** What moved a finding from elsewhere is told by one word each, whatever command of another noun it was. */
const FOLLOWS = { linked: 'linkSupervisionFinding', resolved: 'resolveSupervisionFinding' } as const

/** Writes the new state with its transition record and event. Why a finding is dealt with stands beside its history, which more people read. */
export function move(tx: Transaction, finding: FindingRow, to: SupervisionFindingState, happened: Exclude<keyof typeof findingEvents, 'recorded'>, opinion?: string | null): void {
  const command = happened === 'linked' || happened === 'resolved' ? FOLLOWS[happened] : tx.command
  const apart = to === 'DEALT_WITH'
  enter(tx, { table: FINDING.table, type: 'SupervisionFinding' }, finding, to, { changes: { dismissed_reason_zh: apart ? opinion!.trim() : null }, opinion: apart ? null : opinion, command })
  tx.emit(findingEvents[happened], { subjectId: finding.id, unitId: finding.unit_id })
}

export function linkOutcome(tx: Transaction, finding: FindingRow, { kind, prefix, settled }: FindingTarget, target: StoredRow): void {
  tx.insert('supervision_finding_outcome', {
    unit_id: finding.unit_id, finding_id: finding.id, kind, target_prefix: prefix, target_id: target.id, settled_at: settled.includes(target['state'] as string) ? now() : null,
  })
}

/** What of all that a finding led to its state tells of. */
export const told = (outcomes: readonly OutcomeRow[]): OutcomeRow[] => outcomes.filter(o => !targetWith(o.target_prefix)!.closed)

/** LINKED becomes RESOLVED when everything that it led to is settled. */
export async function followSettled(tx: Transaction, finding: FindingRow): Promise<void> {
  if (finding.state !== 'LINKED' || told(await outcomesOf(tx, [finding.id])).some(o => o.settled_at === null)) return
  move(tx, finding, 'RESOLVED', 'resolved')
}

const lockFinding = (tx: Transaction, id: string): Promise<FindingRow | null> => tx.row<FindingRow>('SELECT * FROM supervision_finding WHERE id = $1 FOR UPDATE', [id])

/** Something was opened that names a finding as its source: it follows from it, also when the problem comes back. */
export async function followOpened(tx: Transaction, findingId: string, prefix: string, target: StoredRow): Promise<void> {
  const finding = await lockFinding(tx, findingId)
  if (!finding || finding.state === 'WITHDRAWN' || (await outcomesOf(tx, [finding.id])).some(o => o.target_id === target.id)) return
  const noun = targetWith(prefix)!
  linkOutcome(tx, finding, noun, target)
  if (!noun.closed) move(tx, finding, 'LINKED', 'linked')
}

/** What findings led to is settled, or no longer is: told by the module of the noun, in its own transaction. */
export async function followOutcome(tx: Transaction, prefix: string, target: StoredRow): Promise<void> {
  const settled = targetWith(prefix)!.settled.includes(target['state'] as string)
  const links = await tx.rows<OutcomeRow>(
    'SELECT * FROM supervision_finding_outcome WHERE target_prefix = $1 AND target_id = $2 AND unlinked_at IS NULL ORDER BY id FOR UPDATE', [prefix, target.id])
  for (const link of links) {
    if (settled === (link.settled_at !== null)) continue
    tx.update('supervision_finding_outcome', link, { settled_at: settled ? now() : null })
    await followSettled(tx, (await lockFinding(tx, link.finding_id))!)
  }
}

/** Nothing more is expected of such a task; one that recurred goes on in the next. */
const SETTLED = [...rectificationTaskMachine.ends, 'RECURRED', 'CANCELLED']
followsFromFindings({ ...RECTIFICATION_TASK, kind: 'RECTIFICATION', settled: SETTLED, aboutUnit: 'unit_id' })

/** Findings hear what became of the tasks that they led to. */
export const rectifiedFindings = subscriber({
  name: 'supervision', as: 'followRectification',
  on: [rectificationEvents.opened, rectificationEvents.closed, rectificationEvents.cancelled, rectificationEvents.recurred, rectificationEvents.returned],
  handle: async (tx, { type, subjectId }) => {
    const task = await tx.row<StoredRow>('SELECT id, state, row_version FROM rectification_task WHERE id = $1', [subjectId])
    if (!task) return
    if (type !== rectificationEvents.opened.type) return followOutcome(tx, RECTIFICATION_TASK.prefix, task)
    const source = await sourceOfTask(tx, subjectId)
    if (source?.kind === 'FINDING' && source.id) await followOpened(tx, source.id, RECTIFICATION_TASK.prefix, task)
  },
})
