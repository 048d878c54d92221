import { globalId } from '../../core/ids'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import type { Transaction } from '../../database/transaction'
import { vaultOf } from '../../vault'
import { nextVersion, orphansStill, whileContentsStay, whileNoRowsCome } from './evidence.repository'
import { evidenceSubjects, type EvidenceSubject } from './evidence.subjects'
import type { EvidenceStore } from './evidence-store'
import { endingOf } from './media-type'
import { labelOf, putSealed, SEALED, SEALED_COLUMNS, type SealedFile } from './sealed-content'
import { verified } from './verified'

interface OldRow {
  id: string
  subject_type: string
  subject_id: string
  title: string
  version: number
  file_name: string
  media_type: string
  size_bytes: number
  sha256: string
  storage_ref: string
  content_purged_at: string | null
}

export interface OldSealed {
  /** Pieces whose title, name and content are in the vault now. */
  readonly sealed: number
  /** Global ids of those whose file, or the plugin of whose subject, is not there: they stay as they are. */
  readonly left: readonly string[]
}

const NEXT_OLD = `
  SELECT id, subject_type, subject_id, title, version, file_name, media_type, size_bytes, sha256, storage_ref, content_purged_at
  FROM evidence WHERE sensitivity = 'SENSITIVE' AND title !~ '^敏感材料 [0-9a-f]{12}$' AND id > $1 ORDER BY id LIMIT 1`

/**
 * Seals SENSITIVE evidence that is older than the vault, piece by piece: its file, and its title and name in the row and in the row's history.
 * Beside running servers; what was broken off goes on. `owner`: a database with a vault whose login owns the tables, for a piece of evidence
 * never changes otherwise. The audit log keeps what it said when the piece was attached.
 */
export async function sealOldEvidence(owner: Database, origin: Origin, store: EvidenceStore): Promise<OldSealed> {
  const left: string[] = []
  let sealed = 0
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const [row] = await owner.rows<OldRow>(NEXT_OLD, [after])
    if (!row) return { sealed, left }
    after = row.id
    if (await sealPiece(owner, origin, store, row)) sealed++
    else left.push(globalId('ev', row.id))
  }
}

async function sealPiece(owner: Database, origin: Origin, store: EvidenceStore, row: OldRow): Promise<boolean> {
  const kind = evidenceSubjects().find(s => s.type === row.subject_type)
  const purged = row.content_purged_at !== null
  const content = kind && !purged ? await store.get(row.storage_ref) : null
  if (!kind || (!content && !purged)) return false
  const file = content && await putSealed(store, row.id, verified(content, row.sha256), { maxBytes: row.size_bytes, inspect: async () => null })
  try {
    await runCommand(owner, origin, 'sealEvidence', {}, async tx => {
      await tx.rows('SET LOCAL ROLE NONE')
      await whileContentsStay(tx)
      await replace(tx, row, file, await labelled(owner, tx, kind, row))
      const { title, fileName, contentKey } = SEALED_COLUMNS
      await vaultOf(owner).seal(tx, { ...SEALED, id: row.id }, { [title]: row.title, [fileName]: row.file_name, ...(file && { [contentKey]: file.key }) })
      tx.audit('evidence', row.id, null, { sealed: true, sha256: row.sha256 })
    })
  } finally {
    file?.key.fill(0)
  }
  await runCommand(owner, origin, 'sweepEvidence', {}, async tx => {
    await whileNoRowsCome(tx)
    for (const ref of await orphansStill(tx, [row.storage_ref])) await store.remove(ref)
  })
  return true
}

/** The label of its title, and its number among those of the same title that are sealed already. */
async function labelled(owner: Database, tx: Transaction, kind: EvidenceSubject, row: OldRow): Promise<{ label: string; version: number }> {
  const label = labelOf(await vaultOf(owner).digest(tx, SEALED.realm, 'title', globalId(kind.prefix, row.subject_id), row.title))
  const next = await nextVersion(tx, row.subject_id, label)
  return { label, version: Math.max(next, row.version) }
}

/** In the row and in its history: that a value was sealed is no change of it. */
async function replace(tx: Transaction, row: OldRow, file: SealedFile<null> | null, { label, version }: { label: string; version: number }): Promise<void> {
  await tx.rows('ALTER TABLE evidence DISABLE TRIGGER USER')
  const values = [row.id, label, version, `${label}.${endingOf(row.media_type)}`, file?.ref ?? row.storage_ref]
  for (const table of ['evidence', 'evidence_history']) await tx.rows(`UPDATE ${table} SET title = $2, version = $3, file_name = $4, storage_ref = $5 WHERE id = $1`, values)
  await tx.rows('ALTER TABLE evidence ENABLE TRIGGER USER')
}
