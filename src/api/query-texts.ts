import { randomUUID } from 'node:crypto'
import { AppError } from '../core/errors'
import type { BoundedStore } from './bounded-store'
import type { OperationRegistry } from './operations'

/** V8 hashes no more of a text than 16,383 characters: longer ones are poor keys and take Apollo's way. */
const LONGEST = 10_000

/**
 * The store behind Apollo's persisted queries. Apollo finds the document of a text by its SHA-256, computed for every request; that of a
 * persisted query by the name that the request gives. A request that brings its text is therefore handed on as a persisted query
 * whose name is the text itself, behind a mark that no client can know: nothing is stored for it, the text is read back from its name.
 */
export class QueryTexts {
  private readonly mark = `${randomUUID()} `

  /** `safelist`: what is not among the listed operations is refused. */
  constructor(private readonly persisted: BoundedStore<string>, private readonly listed: Pick<OperationRegistry, 'textOf' | 'holds'>, private readonly safelist = false) {}

  /** Everything that a POST's body goes through on its way to Apollo, which it changes in place. */
  admit(body: unknown): void {
    if (!isRecord(body)) return
    if (body['documentId'] !== undefined) nameDocument(body)
    if (this.safelist) this.requireListed(body)
    this.nameIn(body)
  }

  /** The same for a GET's query string. */
  admitSearch(search: string): string {
    if (!this.safelist && !search.includes('documentId=')) return search
    const asked = new URLSearchParams(search)
    const body = { query: asked.get('query') ?? undefined, extensions: recordIn(asked.get('extensions')), documentId: asked.get('documentId') ?? undefined }
    if (body.documentId !== undefined) nameDocument(body)
    if (this.safelist) this.requireListed(body)
    if (body.extensions !== undefined) asked.set('extensions', JSON.stringify(body.extensions))
    return `?${asked.toString()}`
  }

  private requireListed({ query, extensions }: Record<string, unknown>): void {
    const named = isRecord(extensions) && isRecord(extensions['persistedQuery']) ? extensions['persistedQuery']['sha256Hash'] : undefined
    const known = query === undefined || query === null ? typeof named === 'string' && this.listed.textOf(named) !== undefined : typeof query === 'string' && this.listed.holds(query)
    if (!known) throw new AppError('OPERATION_NOT_LISTED', 'Only operations that were listed beforehand are answered here.')
  }

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
    if (at >= 0) return key.slice(at + this.mark.length)
    const listed = this.listed.textOf(key.slice(-HASH))
    return listed !== undefined || this.safelist ? listed : this.persisted.get(key)
  }

  async set(key: string, text: string): Promise<void> {
    return this.persisted.set(key, text)
  }

  async delete(key: string): Promise<boolean> {
    return this.persisted.delete(key)
  }
}

/** Letters of a SHA-256. */
const HASH = 64

/** `documentId`, as GraphQL over HTTP names persisted documents, in the words of Apollo's protocol: `sha256:…`, or the hash alone. */
function nameDocument(body: Record<string, unknown>): void {
  const { documentId, extensions } = body
  if (typeof documentId !== 'string' || body['query'] != null) return
  const sha256Hash = documentId.replace(/^sha256:/, '')
  body['extensions'] = { ...(isRecord(extensions) && extensions), persistedQuery: { version: 1, sha256Hash } }
}

/** What is no JSON is Apollo's to refuse. */
function recordIn(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Apollo puts a few letters of its own before each key. */
const APOLLO_PREFIX = 8

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
