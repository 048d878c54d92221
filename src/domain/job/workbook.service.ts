import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { holdsAnywhere, systemActor } from '../../core/actor'
import { AppError, badInput } from '../../core/errors'
import { globalId, newId } from '../../core/ids'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { emptyFile, mediaTypeOf, requireSignedIn, safeFileName, tooLarge, type EvidenceLimits } from '../evidence'
import { IMPORTERS } from '../import'
import { dropUnused, insertWorkbook, unusedWorkbooks } from './workbook.repository'

/** Prefix of its global ids. It is no noun: nobody reads it, its sender names it once. */
export const WORKBOOK = 'wb'
/** Files of one sender that no job has used. */
const MOST_UNUSED = 20

export interface UploadedWorkbook { readonly id: string; readonly fileName: string; readonly sizeBytes: number; readonly sha256: string }

/** Files for imports: taken in, kept until their job ends or for a day, read by nobody but that job. */
export class WorkbookService {
  constructor(private readonly db: Database, private readonly limits: EvidenceLimits) {}

  /** Everything that can refuse the upload before its file is read. Throws. */
  admit({ actor }: Origin): void {
    requireSignedIn(actor)
    if (holdsAnywhere(actor, IMPORTERS)) return
    const roles = IMPORTERS.join(', ')
    throw new AppError('FORBIDDEN', `This needs one of the roles ${roles}.`, { messageKey: 'roleMissingAnywhere', messageValues: { roles } })
  }

  /** Takes in a file. The stream is read to its end or destroyed. */
  async take(origin: Origin, file: { name: string; content: Readable }, idempotencyKey: string | null): Promise<UploadedWorkbook> {
    try {
      const fileName = safeFileName(file.name)
      const content = await this.read(file.content)
      await this.check(fileName, content)
      const facts = { fileName, sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
      const id = await runCommand(this.db, origin, 'uploadWorkbook', { ...facts, idempotencyKey }, async tx => {
        if (await unusedWorkbooks(tx) >= MOST_UNUSED) throw tooMany()
        const row = { id: newId(), file_name: fileName, size_bytes: facts.sizeBytes, sha256: facts.sha256 }
        await insertWorkbook(tx, row, content)
        tx.audit('workbook', row.id, null, facts)
        return row.id
      })
      return { id: globalId(WORKBOOK, id), ...facts }
    } finally {
      file.content.destroy()
    }
  }

  private async read(content: Readable): Promise<Buffer> {
    const pieces: Buffer[] = []
    let size = 0
    for await (const piece of content as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > this.limits.maxBytes) throw tooLarge(this.limits.maxBytes)
      pieces.push(piece)
    }
    if (!size) throw emptyFile()
    return Buffer.concat(pieces)
  }

  /** XLSX is unpacked once, to nowhere; anything else must be text. What stands in it is the import's business. */
  private async check(fileName: string, content: Buffer): Promise<void> {
    const ending = /\.([^.]*)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
    const isArchive = content.subarray(0, 2).toString('latin1') === 'PK'
    if (isArchive) {
      const found = await mediaTypeOf({ size: content.length, read: async (offset, length) => bytes(content, offset, length) }, this.limits)
      if (!found.endsWith('.spreadsheetml.sheet')) throw wrongType()
    } else if (content.includes(0)) throw wrongType()
    if (!(isArchive ? ['xlsx'] : ['csv', 'tsv', 'txt']).includes(ending)) throw badInput('file', 'fileName', `The content of the file is ${isArchive ? 'a workbook; its name must end in .xlsx' : 'text; its name must end in .csv'}.`)
  }
}

function bytes(content: Buffer, offset: number, length: number): Buffer {
  if (offset < 0 || offset + length > content.length) throw new RangeError('These bytes lie beyond the end of the file.')
  return content.subarray(offset, offset + length)
}

const wrongType = (): AppError => badInput('file', 'workbookType', 'Send a workbook (.xlsx, without a password or macros) or a text with commas (.csv, in UTF-8 or GB 18030).')
const tooMany = (): AppError => new AppError('LIMIT_EXCEEDED', `At most ${MOST_UNUSED} files of yours wait for an import.`, {
  limit: 'unusedWorkbooks', most: MOST_UNUSED, messageKey: 'tooManyWorkbooks', messageValues: { most: MOST_UNUSED },
})

const TIDYING: Origin = Object.freeze({ actor: systemActor('workbooks'), requestId: 'workbooks', address: null })
/** Destroys what nobody used within a day. */
export const forgetWorkbooks = (db: Database): Promise<number> => runCommand(db, TIDYING, 'forgetWorkbooks', {}, async tx => {
  const gone = await dropUnused(tx)
  if (gone.length) tx.audit('workbook', null, { workbooks: gone }, null)
  return gone.length
})
