import type { Readable } from 'node:stream'
import { holdsAnywhere, type Actor } from '../../core/actor'
import { AppError, notFound, roleMissing } from '../../core/errors'
import { globalId, newId, rowIdOf } from '../../core/ids'
import type { Origin } from '../../core/request'
import { REALM_ROLES, REGISTER_READERS } from '../../auth/roles'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import type { Transaction, Values } from '../../database/transaction'
import { checkReason, vaultOf } from '../../vault'
import { gate } from '../gate'
import type { EvidenceLimits } from './evidence.limits'
import { findEvidence, findSubjectPaths, whileContentsStay, type EvidenceRow } from './evidence.repository'
import { checkDetails, isGuarded, mayOpen, type CheckedDetails, type EvidenceDetails } from './evidence.rules'
import { attach, EVIDENCE, guardedRow, requireSubject } from './evidence.service'
import { attachers, mayAttach } from './evidence.subjects'
import type { Admission, EvidenceStore, StoredContent } from './evidence-store'
import { safeFileName } from './file-name'
import { checkEnding, endingOf, mediaTypeOf } from './media-type'
import { labelOf, openSealed, putSealed, SEALED, SEALED_COLUMNS } from './sealed-content'
import { verified } from './verified'

export interface UploadedFile {
  /** As the client calls it; believed in nothing but its last part. */
  readonly name: string
  readonly content: Readable
}

export interface AttachedFile {
  /** Global id. */
  readonly id: string
  readonly fileName: string
  readonly mediaType: string
  readonly sizeBytes: number
  readonly sha256: string
}

export interface OpenedFile extends AttachedFile {
  /** Fails before its last byte when the bytes are not those that were attached. */
  readonly content: Readable
}

/** Evidence with a file: taking it in and handing it out. No row ever stands without its file. */
export class EvidenceFileService {
  constructor(private readonly db: Database, private readonly store: EvidenceStore, readonly limits: EvidenceLimits) {}

  /** Everything that can refuse the upload before its file is read. Throws. */
  async admit(origin: Origin, details: EvidenceDetails): Promise<CheckedDetails> {
    requireSignedIn(origin.actor)
    const checked = checkDetails(details)
    const kind = requireSubject(checked.subjectId)
    const rowId = rowIdOf(kind.prefix, checked.subjectId)
    const paths = rowId && await findSubjectPaths(this.db, origin.actor, kind, rowId)
    if (!paths) throw notFound('subjectId')
    if (!mayAttach(origin.actor, kind, paths)) throw roleMissing('attachEvidence', attachers(kind))
    return checked
  }

  /** Takes in a file and attaches it. The stream is read to its end or destroyed. */
  async attach(origin: Origin, details: EvidenceDetails, file: UploadedFile): Promise<AttachedFile> {
    try {
      return await this.takeIn(origin, await this.admit(origin, details), file)
    } finally {
      file.content.destroy()
    }
  }

  private async takeIn(origin: Origin, details: CheckedDetails, file: UploadedFile): Promise<AttachedFile> {
    const fileName = safeFileName(file.name)
    const rowId = newId()
    const stored = await this.put(rowId, details, file.content, {
      maxBytes: this.limits.maxBytes,
      inspect: async bytes => {
        const mediaType = await mediaTypeOf(bytes, this.limits)
        checkEnding(fileName, mediaType)
        return mediaType
      },
    })
    const { found: mediaType, sizeBytes, sha256, ref, key } = stored
    const attached = { fileName, mediaType, sizeBytes, sha256 }
    const row = { id: rowId, file_name: fileName, media_type: mediaType, size_bytes: sizeBytes, sha256, storage_ref: ref }
    try {
      const id = await runCommand(this.db, origin, 'attachEvidence', { ...details, ...attached }, async tx => {
        await whileContentsStay(tx)
        if (!(await this.store.exists(ref))) throw contentGone()
        return key ? this.attachSealed(tx, details, row, key) : attach(tx, details, row)
      })
      return { id: globalId(EVIDENCE.prefix, id), ...attached }
    } finally {
      key?.fill(0)
    }
  }

  private put<T>(rowId: string, { sensitivity }: CheckedDetails, content: Readable, admission: Admission<T>): Promise<StoredContent & { found: T; key?: Buffer }> {
    return sensitivity === 'SENSITIVE' ? putSealed(this.store, rowId, content, admission) : this.store.put(content, admission)
  }

  /** Title and name go to the vault; the row gets a label, by which the versions of one title are found. */
  private async attachSealed(tx: Transaction, details: CheckedDetails, row: Values & { id: string; file_name: string; media_type: string }, key: Buffer): Promise<string> {
    const vault = vaultOf(this.db)
    const label = labelOf(await vault.digest(tx, SEALED.realm, 'title', details.subjectId, details.title))
    const id = await attach(tx, { ...details, title: label }, { ...row, file_name: `${label}.${endingOf(row.media_type)}` })
    const { title, fileName, contentKey } = SEALED_COLUMNS
    await vault.seal(tx, { ...SEALED, id }, { [title]: details.title, [fileName]: row.file_name, [contentKey]: key })
    return id
  }

  /** Opens a file for a reader of its subject. What is guarded is opened for fewer, for a reason, and only after that has been recorded. */
  async open(origin: Origin, id: string, reason?: string | null): Promise<OpenedFile> {
    requireReader(origin.actor)
    const rowId = rowIdOf(EVIDENCE.prefix, id)
    const row = rowId && await findEvidence(this.db, origin.actor, rowId)
    if (!row) throw notFound('id')
    if (!hasFile(row)) gate([{ path: 'id', rule: 'file', message: 'This evidence is a link; it has no file.' }])
    if (row.content_purged_at !== null) gate([{ path: 'id', rule: 'purged', message: 'The file was destroyed when its retention period was over; its hash remains.' }])
    const file = row as FileRow
    const sealed = isGuarded(file) ? await this.openGuarded(origin, file, reason) : null
    const bytes = await this.store.get(file.storage_ref)
    if (!bytes) throw contentGone()
    return {
      id, fileName: sealed?.fileName ?? file.file_name, mediaType: file.media_type, sizeBytes: file.size_bytes, sha256: file.sha256,
      content: verified(sealed ? openSealed(bytes, file.id, sealed.key) : bytes, file.sha256),
    }
  }

  /** Openings of guarded content stand in the audit log with their reason, refused ones too. Answers what the vault holds of the file. */
  private async openGuarded(origin: Origin, row: FileRow, reason: string | null | undefined): Promise<SealedParts | null> {
    const allowed = mayOpen(origin.actor, row)
    const why = allowed ? checkReason(reason) : null
    const sealed = await runCommand(this.db, origin, 'openEvidence', {}, async tx => {
      if (allowed && row.sensitivity === 'SENSITIVE') return this.readSealed(tx, row, why)
      tx.audit('evidence', row.id, null, { opened: allowed, sensitivity: row.sensitivity, withdrawn: row.withdrawn_reason !== null, sha256: row.sha256, reason: why })
      return null
    })
    if (!allowed) throw roleMissing('openEvidence', REALM_ROLES[SEALED.realm])
    return sealed
  }

  /** Null for content that is older than the vault: it has no key of its own. */
  private async readSealed(tx: Transaction, row: FileRow, reason: string | null): Promise<SealedParts | null> {
    const { fileName, contentKey } = SEALED_COLUMNS
    const { [fileName]: name, [contentKey]: key } = (await vaultOf(this.db).read(tx, [guardedRow(row)], [fileName, contentKey], reason)).get(row.id)!
    return name && key ? { fileName: name.toString(), key } : null
  }
}

interface SealedParts { readonly fileName: string; readonly key: Buffer }

type FileRow = EvidenceRow & { file_name: string; media_type: string; size_bytes: number; sha256: string; storage_ref: string }
const hasFile = (row: EvidenceRow): row is FileRow => row.storage_ref !== null

/** Refuses who did not say who they are, before anything else of the request is looked at. */
export function requireSignedIn(actor: Actor): void {
  if (actor.ref === 'anonymous') throw new AppError('UNAUTHENTICATED', 'This needs a valid token.', { messageKey: 'signInFirst' })
}

function requireReader(actor: Actor): void {
  requireSignedIn(actor)
  if (holdsAnywhere(actor, REGISTER_READERS)) return
  const roles = REGISTER_READERS.join(', ')
  throw new AppError('FORBIDDEN', `This needs one of the roles ${roles}.`, { messageKey: 'roleMissingAnywhere', messageValues: { roles } })
}

const contentGone = (): AppError => new AppError('UNAVAILABLE', 'The service is not available at the moment. Try again.', { messageKey: 'unavailable' }, { cause: new Error('The content of an evidence file is not in its store.') })
