import { pathsOf, type Actor } from '../../core/actor'
import { notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import { REGISTER_READERS } from '../../auth/roles'
import type { Database } from '../../database/database'
import { inScope } from '../../database/locate'
import type { Transaction } from '../../database/transaction'
import type { EvidenceSubject, SubjectPaths } from './evidence.subjects'

export interface EvidenceRow {
  id: string
  unit_id: string
  unit_path: string
  title: string
  version: number
  file_name: string | null
  media_type: string | null
  size_bytes: number | null
  sha256: string | null
  storage_ref: string | null
  sensitivity: string
  withdrawn_reason: string | null
  content_purged_at: string | null
  created_by: string
}
export type SubjectRow = SubjectPaths & { id: string; unit_id: string }

/** The paths on which roles are asked of a subject `t` of the unit `u`. */
const paths = ({ owner }: EvidenceSubject): string => `u.path AS unit_path, ${owner ? `(SELECT o.path FROM unit o WHERE o.id = t.${owner.at})` : 'NULL'} AS owner_path`

const NARROWED = 'EXISTS (SELECT FROM unnest($2::text[]) s (path) WHERE starts_with(u.path, s.path))'

/** A piece of evidence whose subject the actor may read; null otherwise. */
export async function findEvidence(db: Database, actor: Actor, rowId: string): Promise<EvidenceRow | null> {
  const [row] = await db.rows<EvidenceRow>(
    `SELECT e.id, e.unit_id, u.path AS unit_path, e.title, e.version, e.file_name, e.media_type, e.size_bytes, e.sha256, e.storage_ref, e.sensitivity, e.withdrawn_reason, e.content_purged_at, e.created_by
     FROM evidence e JOIN unit u ON u.id = e.unit_id WHERE e.id = $1 AND ${NARROWED}`, [rowId, pathsOf(actor, REGISTER_READERS)])
  return row ?? null
}

/** The paths of a subject, before anything of a file is taken in; null when the actor may not see the subject. */
export async function findSubjectPaths(db: Database, actor: Actor, subject: EvidenceSubject, rowId: string): Promise<SubjectPaths | null> {
  const [row] = await db.rows<SubjectPaths>(
    `SELECT ${paths(subject)} FROM ${subject.table} t JOIN unit u ON u.id = t.unit_id WHERE t.id = $1 AND ${NARROWED}`, [rowId, actor.scope])
  return row ?? null
}

/** The subject that a command's input names, kept from being deleted until the command ends. */
export async function locateSubject(tx: Transaction, subject: EvidenceSubject, id: string, path: string): Promise<SubjectRow> {
  const rowId = rowIdOf(subject.prefix, id)
  const row = rowId && await tx.row<SubjectRow>(
    `SELECT t.id, t.unit_id, ${paths(subject)} FROM ${subject.table} t JOIN unit u ON u.id = t.unit_id WHERE t.id = $1${subject.appendOnly ? '' : ' FOR KEY SHARE OF t'}`, [rowId])
  if (!row || !inScope(tx.origin.actor, row.unit_path)) throw notFound(path)
  return row
}

/** The number of a title's next version. Two attached at the same moment follow each other. */
export async function nextVersion(tx: Transaction, subjectId: string, title: string): Promise<number> {
  await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`evidence:${subjectId}`])
  return (await tx.row<{ next: number }>('SELECT coalesce(max(version), 0) + 1 AS next FROM evidence WHERE subject_id = $1 AND title = $2', [subjectId, title]))!.next
}

/** Number of the advisory lock between rows that begin to refer to contents (shared) and the removal of contents without a row (alone). */
const CONTENTS = 7_301_002

export const whileContentsStay = async (tx: Transaction): Promise<void> => void await tx.rows('SELECT pg_advisory_xact_lock_shared($1)', [CONTENTS])
export const whileNoRowsCome = async (tx: Transaction): Promise<void> => void await tx.rows('SELECT pg_advisory_xact_lock($1)', [CONTENTS])

const REFERRED = 'SELECT DISTINCT storage_ref FROM evidence WHERE storage_ref = ANY($1::text[]) AND content_purged_at IS NULL'
const unreferred = (refs: readonly string[], rows: { storage_ref: string }[]): string[] => {
  const referred = new Set(rows.map(r => r.storage_ref))
  return refs.filter(ref => !referred.has(ref))
}

/** Which of these contents no row refers to. */
export const orphansAmong = async (db: Database, refs: readonly string[]): Promise<string[]> =>
  unreferred(refs, await db.rows<{ storage_ref: string }>(REFERRED, [refs]))
export const orphansStill = async (tx: Transaction, refs: readonly string[]): Promise<string[]> =>
  unreferred(refs, await tx.rows<{ storage_ref: string }>(REFERRED, [refs]))
