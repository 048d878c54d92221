import { badInput, notFound, roleMissing } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { Origin } from '../../core/request'
import { REALM_ROLES } from '../../auth/roles'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, requireRole, type LocatedRow } from '../../database/locate'
import { checkVersion, type Transaction, type Values } from '../../database/transaction'
import { requireOpinion } from '../../core/four-eyes'
import { vaultOf, type GuardedRow } from '../../vault'
import { gate } from '../gate'
import './evidence.constraints'
import { evidenceEvents } from './evidence.events'
import type { AttachEvidenceLinkInput, RevealEvidenceInput, WithdrawEvidenceInput } from './evidence.inputs'
import { findEvidence, locateSubject, nextVersion, type EvidenceRow } from './evidence.repository'
import { checkDetails, checkUrl, mayOpen, WITHDRAWERS, type CheckedDetails } from './evidence.rules'
import { attachers, mayAttach, subjectOf, type EvidenceSubject } from './evidence.subjects'
import { SEALED, SEALED_COLUMNS } from './sealed-content'

export const EVIDENCE = { table: 'evidence', prefix: 'ev' } as const

/** What a reading of sensitive evidence tells beside what its row does. */
export interface RevealedEvidence {
  readonly rowId: string
  readonly title: string
  readonly fileName: string | null
}

/** Commands on evidence that carry no file. Each answers the row id of the evidence. */
export class EvidenceService {
  constructor(private readonly db: Database) {}

  async attachLink(origin: Origin, input: AttachEvidenceLinkInput): Promise<string> {
    const details = checkDetails(input)
    const url = checkUrl(input.url)
    if (details.sensitivity === 'SENSITIVE') throw badInput('sensitivity', 'linkNotSensitive', 'A link cannot be SENSITIVE: its address is shown to whoever reads the subject.')
    return runCommand(this.db, origin, 'attachEvidenceLink', input, tx => attach(tx, details, { url }))
  }

  withdraw(origin: Origin, input: WithdrawEvidenceInput): Promise<string> {
    return runCommand(this.db, origin, 'withdrawEvidence', input, async tx => {
      const evidence = await locate<EvidenceToWithdraw>(tx, EVIDENCE, input.id, 'id')
      if (evidence.created_by !== origin.actor.ref) requireRole(tx, WITHDRAWERS, evidence.unit_path)
      checkVersion(evidence, input.rowVersion)
      const reason = requireOpinion(input.reason)
      if (evidence.withdrawn_reason !== null) gate([{ path: 'id', rule: 'notWithdrawn', message: 'This evidence was already withdrawn.' }])
      tx.update('evidence', evidence, { withdrawn_reason: reason })
      tx.emit(evidenceEvents.withdrawn, { ...about(evidence), payload: { subjectType: evidence.subject_type, subjectId: evidence.subject_id } })
      return evidence.id
    })
  }

  /** Titles and file names as they were given, for a reason, logged for each piece. Whoever may not read one of them reads none. */
  async reveal(origin: Origin, input: RevealEvidenceInput): Promise<RevealedEvidence[]> {
    const rows = await Promise.all(input.ids.map((id, i) => this.readable(origin, id, `ids.${i}`)))
    // Without the client's key: an answer that is kept would be a sealed value outside the vault, and a repetition is another reading.
    const opened = await runCommand(this.db, origin, 'revealEvidence', {}, tx => vaultOf(this.db).read(tx, rows.map(guardedRow), [SEALED_COLUMNS.title, SEALED_COLUMNS.fileName], input.reason))
    return rows.map(row => {
      const { title, file_name } = opened.get(row.id)!
      return { rowId: row.id, title: title?.toString() ?? row.title, fileName: file_name?.toString() ?? row.file_name }
    })
  }

  private async readable(origin: Origin, id: string, path: string): Promise<EvidenceRow> {
    const rowId = rowIdOf(EVIDENCE.prefix, id)
    const row = rowId && await findEvidence(this.db, origin.actor, rowId)
    if (!row) throw notFound(path)
    if (row.sensitivity !== 'SENSITIVE') gate([{ path, rule: 'sealed', message: 'Nothing of this evidence is sealed.' }])
    if (mayOpen(origin.actor, row)) return row
    await runCommand(this.db, origin, 'revealEvidence', {}, async tx => tx.audit('evidence', row.id, null, { opened: false, sensitivity: row.sensitivity }))
    throw roleMissing('revealEvidence', REALM_ROLES[SEALED.realm])
  }
}

export const guardedRow = (row: EvidenceRow): GuardedRow => ({ ...SEALED, id: row.id, unitId: row.unit_id, unitPath: row.unit_path, author: row.created_by })

type EvidenceToWithdraw = LocatedRow & { created_by: string; withdrawn_reason: string | null; subject_type: string; subject_id: string }

/** The kind of thing that an id names; an id of anything without evidence is the id of nothing. */
export function requireSubject(id: string): EvidenceSubject {
  const subject = subjectOf(id)
  if (!subject) throw notFound('subjectId')
  return subject
}

/** Writes the row of a file or link as the next version of its title. */
export async function attach(tx: Transaction, details: CheckedDetails, source: Values): Promise<string> {
  const kind = requireSubject(details.subjectId)
  const subject = await locateSubject(tx, kind, details.subjectId, 'subjectId')
  if (!mayAttach(tx.origin.actor, kind, subject)) throw roleMissing(tx.command, attachers(kind))
  const version = await nextVersion(tx, subject.id, details.title)
  const id = tx.insert('evidence', {
    unit_id: subject.unit_id, subject_type: kind.type, subject_id: subject.id, title: details.title, version, sensitivity: details.sensitivity,
    collected_at: details.collectedAt, expires_on: details.expiresOn, ...source,
  })
  tx.emit(evidenceEvents.attached, { ...about({ id, unit_id: subject.unit_id }), payload: { subjectType: kind.type, subjectId: subject.id, version } })
  return id
}

const about = (row: { id: string; unit_id: string }) => ({ subjectId: row.id, unitId: row.unit_id })
