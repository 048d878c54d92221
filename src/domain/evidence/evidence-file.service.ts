import type { Readable } from 'node:stream'
import { holdsAnywhere, type Actor } from '../../core/actor'
import { AppError, notFound } from '../../core/errors'
import { globalId, rowIdOf } from '../../core/ids'
import type { Origin } from '../../core/request'
import { REGISTER_READERS } from '../../auth/roles'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { gate } from '../gate'
import type { EvidenceLimits } from './evidence.limits'
import { findEvidence, findSubjectPaths, whileContentsStay, type EvidenceRow } from './evidence.repository'
import { checkDetails, isGuarded, mayOpen, SENSITIVE_READERS, type CheckedDetails, type EvidenceDetails } from './evidence.rules'
import { attach, EVIDENCE, requireSubject, roleMissing } from './evidence.service'
import { attachers, mayAttach } from './evidence.subjects'
import type { EvidenceStore } from './evidence-store'
import { safeFileName } from './file-name'
import { checkEnding, mediaTypeOf } from './media-type'
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
    const stored = await this.store.put(file.content, {
      maxBytes: this.limits.maxBytes,
      inspect: async bytes => {
        const mediaType = await mediaTypeOf(bytes, this.limits)
        checkEnding(fileName, mediaType)
        return mediaType
      },
    })
    const attached = { fileName, mediaType: stored.found, sizeBytes: stored.sizeBytes, sha256: stored.sha256 }
    const id = await runCommand(this.db, origin, 'attachEvidence', { ...details, ...attached }, async tx => {
      await whileContentsStay(tx)
      if (!(await this.store.exists(stored.ref))) throw contentGone()
      return attach(tx, details, { file_name: fileName, media_type: stored.found, size_bytes: stored.sizeBytes, sha256: stored.sha256, storage_ref: stored.ref })
    })
    return { id: globalId(EVIDENCE.prefix, id), ...attached }
  }

  /** Opens a file for a reader of its subject. What is guarded is opened for fewer, and only after it has been recorded. */
  async open(origin: Origin, id: string): Promise<OpenedFile> {
    requireReader(origin.actor)
    const rowId = rowIdOf(EVIDENCE.prefix, id)
    const row = rowId && await findEvidence(this.db, origin.actor, rowId)
    if (!row) throw notFound('id')
    if (!hasFile(row)) gate([{ path: 'id', rule: 'file', message: 'This evidence is a link; it has no file.' }])
    const file = row as FileRow
    if (isGuarded(file)) await this.recordOpening(origin, file)
    const content = await this.store.get(file.storage_ref)
    if (!content) throw contentGone()
    return {
      id, fileName: file.file_name, mediaType: file.media_type, sizeBytes: file.size_bytes, sha256: file.sha256,
      content: verified(content, file.sha256),
    }
  }

  /** Openings of guarded content stand in the audit log, refused ones too. */
  private async recordOpening(origin: Origin, row: FileRow): Promise<void> {
    const allowed = mayOpen(origin.actor, row)
    await runCommand(this.db, origin, 'openEvidence', {}, async tx => {
      tx.audit('evidence', row.id, null, { opened: allowed, sensitivity: row.sensitivity, withdrawn: row.withdrawn_reason !== null, sha256: row.sha256 })
    })
    if (!allowed) throw roleMissing('openEvidence', SENSITIVE_READERS)
  }
}

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
