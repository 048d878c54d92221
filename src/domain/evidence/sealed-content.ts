import { createHash, createSecretKey, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { contentContext, OpenedBytes, openFrames, sealedSize, sealFrames, type ContentKey } from '../../vault'
import { emptyFile, tooLarge } from './disk-store'
import type { Admission, EvidenceStore, StoredContent } from './evidence-store'

/** SENSITIVE evidence: title, file name and the key of its content are in the vault, the content is sealed before any of it reaches the store. */
export const SEALED = { realm: 'EVIDENCE', table: 'evidence' } as const
export const SEALED_COLUMNS = { title: 'title', fileName: 'file_name', contentKey: 'content_key' } as const

const KEY_BYTES = 32

/** What is kept of a sealed file: the store knows the sealed bytes, hash and size are the file's own. */
export type SealedFile<T> = StoredContent & { readonly found: T; readonly key: Buffer }

/** Seals a file under a key of its own, for the row that it will belong to. Limits and checks look at the file, not at what is stored. */
export async function putSealed<T>(store: EvidenceStore, rowId: string, content: Readable, admission: Admission<T>): Promise<SealedFile<T>> {
  const key = randomBytes(KEY_BYTES)
  const contentKey = keyOf(rowId, key)
  const hash = createHash('sha256')
  let sizeBytes = 0
  const measured = async function * (): AsyncGenerator<Buffer> {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length
      if (sizeBytes > admission.maxBytes) throw tooLarge(admission.maxBytes)
      hash.update(chunk)
      yield chunk
    }
    if (sizeBytes === 0) throw emptyFile()
  }
  const { ref, found } = await store.put(Readable.from(sealFrames(measured(), contentKey)), {
    maxBytes: sealedSize(admission.maxBytes), inspect: bytes => admission.inspect(new OpenedBytes(bytes, contentKey)),
  })
  return { ref, found, sha256: hash.digest('hex'), sizeBytes, key }
}

/** The file behind sealed bytes; its key is wiped. */
export function openSealed(sealed: Readable, rowId: string, key: Buffer): Readable {
  const contentKey = keyOf(rowId, key)
  key.fill(0)
  return Readable.from(openFrames(sealed as AsyncIterable<Buffer>, contentKey), { objectMode: false })
}

const keyOf = (rowId: string, key: Buffer): ContentKey => ({ key: createSecretKey(key), context: contentContext(SEALED.realm, SEALED.table, rowId, 'content') })

const LABEL = '敏感材料'
/** What stands in the row instead of a sealed title: the same for all versions of one title of a subject, and it tells nothing else. */
export const labelOf = (digest: string): string => `${LABEL} ${digest.slice(0, 12)}`
export const isLabel = (title: string): boolean => /^敏感材料 [0-9a-f]{12}$/.test(title)
