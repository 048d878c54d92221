import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { badInput } from '../../src/core/errors'
import { tooLarge, type Admission, type EvidenceStore, type StoredContent } from '../../src/domain/evidence'

/**
 * Shaped like an object store: unfinished uploads and objects with keys and dates, read by ranges, nothing renamed. It shows that the
 * interface asks for nothing that only a file system has.
 */
export class MemoryEvidenceStore implements EvidenceStore {
  readonly unfinished = new Map<symbol, { parts: Buffer[]; at: Date }>()
  private readonly objects = new Map<string, { body: Buffer; at: Date }>()

  async put<T>(content: Readable, admission: Admission<T>): Promise<StoredContent & { found: T }> {
    const upload = Symbol('upload')
    const parts: Buffer[] = []
    this.unfinished.set(upload, { parts, at: new Date() })
    try {
      let sizeBytes = 0
      for await (const part of content as AsyncIterable<Buffer>) {
        if ((sizeBytes += part.length) > admission.maxBytes) throw tooLarge(admission.maxBytes)
        parts.push(part)
      }
      if (!sizeBytes) throw badInput('file', 'notEmpty', 'The file is empty.')
      const body = Buffer.concat(parts)
      const found = await admission.inspect({
        size: body.length,
        read: async (offset, length) => {
          if (offset < 0 || offset + length > body.length) throw new RangeError('416 Range Not Satisfiable')
          return body.subarray(offset, offset + length)
        },
      })
      const sha256 = createHash('sha256').update(body).digest('hex')
      this.objects.set(sha256, { body, at: new Date() })
      return { ref: `sha256/${sha256}`, sha256, sizeBytes, found }
    } finally {
      this.unfinished.delete(upload)
    }
  }

  async get(ref: string): Promise<Readable | null> {
    const found = this.objects.get(keyOf(ref))
    return found ? Readable.from([found.body]) : null
  }

  async exists(ref: string): Promise<boolean> {
    return this.objects.has(keyOf(ref))
  }

  async isOlder(ref: string, before: Date): Promise<boolean | null> {
    const found = this.objects.get(keyOf(ref))
    return found ? found.at < before : null
  }

  async * contents(before: Date): AsyncGenerator<string> {
    for (const [hash, { at }] of [...this.objects]) if (at < before) yield `sha256/${hash}`
  }

  async remove(ref: string): Promise<void> {
    this.objects.delete(keyOf(ref))
  }

  async sweepIncoming(before: Date): Promise<number> {
    const stale = [...this.unfinished].filter(([, { at }]) => at < before)
    for (const [upload] of stale) this.unfinished.delete(upload)
    return stale.length
  }
}

function keyOf(ref: string): string {
  const hash = /^sha256\/([0-9a-f]{64})$/.exec(ref)?.[1]
  if (!hash) throw new Error('This is not the ref of an evidence content.')
  return hash
}
