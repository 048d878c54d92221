import { randomUUID } from 'node:crypto'
import type { BoundedStore } from './bounded-store'

/** V8 hashes no more of a text than 16,383 characters: longer ones are poor keys and take Apollo's way. */
const LONGEST = 10_000

/**
 * The store behind Apollo's persisted queries. Apollo finds the document of a text by its SHA-256, computed for every request; that of a
 * persisted query by the name that the request gives. A request that brings its text is therefore handed on as a persisted query
 * whose name is the text itself, behind a mark that no client can know: nothing is stored for it, the text is read back from its name.
 */
export class QueryTexts {
  private readonly mark = `${randomUUID()} `

  constructor(private readonly persisted: BoundedStore<string>) {}

  /** Changes the parsed body of a POST in place. Whatever is persisted already, or no request at all, stays for Apollo to judge. */
  nameIn(body: unknown): void {
    if (!isRecord(body)) return
    const { query, extensions } = body
    if (typeof query !== 'string' || query === '' || query.length > LONGEST) return
    if (extensions !== undefined && (!isRecord(extensions) || extensions['persistedQuery'] !== undefined)) return
    body['query'] = undefined
    body['extensions'] = { ...extensions, persistedQuery: { version: 1, sha256Hash: this.mark + query } }
  }

  async get(key: string): Promise<string | undefined> {
    const at = key.lastIndexOf(this.mark, APOLLO_PREFIX)
    return at < 0 ? this.persisted.get(key) : key.slice(at + this.mark.length)
  }

  async set(key: string, text: string): Promise<void> {
    return this.persisted.set(key, text)
  }

  async delete(key: string): Promise<boolean> {
    return this.persisted.delete(key)
  }
}

/** Apollo puts a few letters of its own before each key. */
const APOLLO_PREFIX = 8

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
