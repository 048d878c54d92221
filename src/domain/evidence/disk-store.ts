import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, opendir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { AppError, badInput, markOutcome } from '../../core/errors'
import { hashInRef, refOf, type Admission, type EvidenceStore, type ReadableBytes, type StoredContent } from './evidence-store'

/**
 * Evidence on a file system that the server processes share: `incoming/<random>` while a file is taken in,
 * `content/<first two digits>/<hash>` once it is whole, checked and synced. Only the server's own account may read either.
 */
export class DiskEvidenceStore implements EvidenceStore {
  private constructor(private readonly incoming: string, private readonly content: string) {}

  static async open(directory: string): Promise<DiskEvidenceStore> {
    const store = new DiskEvidenceStore(path.join(directory, 'incoming'), path.join(directory, 'content'))
    for (const folder of [store.incoming, store.content]) await mkdir(folder, { recursive: true, mode: 0o700 })
    await syncFolder(directory)
    return store
  }

  async put<T>(content: Readable, admission: Admission<T>): Promise<StoredContent & { found: T }> {
    const temporary = path.join(this.incoming, randomUUID())
    const file = await open(temporary, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600)
    try {
      const { sha256, sizeBytes } = await takeIn(file, content, admission.maxBytes)
      const found = await admission.inspect(bytesOf(file, sizeBytes))
      await file.sync()
      await this.keep(temporary, sha256)
      return { ref: refOf(sha256), sha256, sizeBytes, found }
    } catch (error) {
      await rm(temporary, { force: true })
      throw noSpace(error) ?? error
    } finally {
      await file.close()
    }
  }

  async get(ref: string): Promise<Readable | null> {
    const file = await unlessMissing(open(this.pathOf(hashInRef(ref)), 'r'))
    return file && file.createReadStream({ start: 0 })
  }

  async exists(ref: string): Promise<boolean> {
    return (await unlessMissing(stat(this.pathOf(hashInRef(ref))))) !== null
  }

  async isOlder(ref: string, before: Date): Promise<boolean | null> {
    const found = await unlessMissing(stat(this.pathOf(hashInRef(ref))))
    return found && found.mtime < before
  }

  async * contents(before: Date): AsyncGenerator<string> {
    for await (const folder of await opendir(this.content)) {
      if (!folder.isDirectory()) continue
      for await (const file of await opendir(path.join(this.content, folder.name))) {
        if (!HASH.test(file.name) || !file.name.startsWith(folder.name)) continue
        const ref = refOf(file.name)
        if (await this.isOlder(ref, before)) yield ref
      }
    }
  }

  async remove(ref: string): Promise<void> {
    await rm(this.pathOf(hashInRef(ref)), { force: true })
  }

  async sweepIncoming(before: Date): Promise<number> {
    let removed = 0
    for await (const file of await opendir(this.incoming)) {
      const at = path.join(this.incoming, file.name)
      const found = file.isFile() ? await unlessMissing(stat(at)) : null
      if (!found || found.mtime >= before) continue
      await rm(at, { force: true })
      removed++
    }
    return removed
  }

  /** Puts a finished file in its place, also where one is already: the bytes are the same, and its age begins anew. */
  private async keep(temporary: string, sha256: string): Promise<void> {
    const place = this.pathOf(sha256)
    const made = await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
    await rename(temporary, place)
    await syncFolder(path.dirname(place))
    if (made) await syncFolder(this.content)
  }

  private pathOf(sha256: string): string {
    return path.join(this.content, sha256.slice(0, 2), sha256)
  }
}

const HASH = /^[0-9a-f]{64}$/

async function takeIn(file: FileHandle, content: Readable, maxBytes: number): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const chunk of content as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length
    if (sizeBytes > maxBytes) throw tooLarge(maxBytes)
    hash.update(chunk)
    await file.appendFile(chunk)
  }
  if (sizeBytes === 0) throw emptyFile()
  return { sha256: hash.digest('hex'), sizeBytes }
}

export const emptyFile = (): AppError => badInput('file', 'notEmpty', 'The file is empty.')

export const tooLarge = (maxBytes: number): AppError => {
  const message = `The file is larger than ${maxBytes} bytes.`
  return new AppError('LIMIT_EXCEEDED', message, {
    limit: 'evidenceBytes', most: maxBytes, messageKey: 'fileTooLarge', messageValues: { most: maxBytes }, violations: [{ path: 'file', rule: 'maxBytes', message }],
  })
}

const bytesOf = (file: FileHandle, size: number): ReadableBytes => ({
  size,
  read: async (offset, length) => {
    if (offset < 0 || offset + length > size) throw new RangeError('These bytes lie beyond the end of the file.')
    const buffer = Buffer.alloc(length)
    for (let done = 0; done < length;) {
      const { bytesRead } = await file.read(buffer, done, length - done, offset + done)
      if (bytesRead === 0) throw new RangeError('The file is shorter than it was.')
      done += bytesRead
    }
    return buffer
  },
})

/** A rename is durable only when its folder is; Windows keeps no such state and refuses to open folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code

const unlessMissing = <T>(found: Promise<T>): Promise<T | null> => found.catch(error => {
  if (codeOf(error) === 'ENOENT') return null
  throw error
})

/** No row refers to what did not get in. */
function noSpace(error: unknown): AppError | null {
  if (!['ENOSPC', 'EDQUOT', 'EROFS'].includes(codeOf(error) ?? '')) return null
  const unavailable = new AppError('UNAVAILABLE', 'The service is not available at the moment. Try again.', { messageKey: 'unavailable' }, { cause: error })
  markOutcome(unavailable, 'NOT_DONE')
  return unavailable
}
