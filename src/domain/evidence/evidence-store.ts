import type { Readable } from 'node:stream'

/**
 * A file that is being taken in, readable at any place: on disk the file itself, in an object store ranged reads.
 * Reads are small and near each other; an implementation over a network should read ahead.
 */
export interface ReadableBytes {
  readonly size: number
  /** Exactly these bytes; throws when they lie beyond the end. */
  read(offset: number, length: number): Promise<Buffer>
}

/** What a file must pass before it counts as stored. */
export interface Admission<T> {
  readonly maxBytes: number
  /** Looks at the whole file; throws to refuse it. */
  inspect(bytes: ReadableBytes): Promise<T>
}

export interface StoredContent {
  /** Names the content in this store. Made by the store from the content alone: nothing that a client sent is part of it. */
  readonly ref: string
  /** Hexadecimal. */
  readonly sha256: string
  readonly sizeBytes: number
}

/**
 * Where the bytes of evidence live. Contents are addressed by their hash, so the same file twice is kept once and is never overwritten by
 * another one. An implementation passes the contract in test/unit/domain/evidence.
 */
export interface EvidenceStore {
  /**
   * Takes in a stream to its end. Nothing can be found under the ref before all bytes are durable and `inspect` has agreed; whatever goes
   * wrong, nothing is left but what `sweepIncoming` removes. Putting a content again makes it young again (see `contents`).
   */
  put<T>(content: Readable, admission: Admission<T>): Promise<StoredContent & { readonly found: T }>
  /** The bytes, or null when there is no such content. */
  get(ref: string): Promise<Readable | null>
  exists(ref: string): Promise<boolean>
  /** Refs of everything that was last put before this moment. */
  contents(before: Date): AsyncIterable<string>
  /** Whether a content was last put before this moment; null when there is none. */
  isOlder(ref: string, before: Date): Promise<boolean | null>
  /** Only for contents that no row refers to: see `EvidenceSweeper`. */
  remove(ref: string): Promise<void>
  /** Removes what uploads left behind that ended without an end; returns how many. */
  sweepIncoming(before: Date): Promise<number>
}

/** `sha256/<64 hexadecimal digits>`: the form of a ref, whatever the store. */
export const refOf = (sha256: string): string => `sha256/${sha256}`
const REF = /^sha256\/([0-9a-f]{64})$/

/** The hash inside a ref; throws for anything else, so that no path or key is ever made of it. */
export function hashInRef(ref: string): string {
  const hash = REF.exec(ref)?.[1]
  if (!hash) throw new Error('This is not the ref of an evidence content.')
  return hash
}
