import type { KeyObject } from 'node:crypto'
import { CIPHER, cipherNamed, contextOf, type Cipher } from './ciphers'

/**
 * Large contents are sealed in frames, each with its number and whether it is the last in its nonce: a frame that is missing, doubled,
 * moved, changed or taken from another content fails, a cut-off end too, and nothing of a frame is handed on before its tag was right.
 * A content has a key of its own, hence nonces without chance: number and end.
 */
export const FRAME_BYTES = 64 * 1024
const MAGIC = 'PLV1'

export interface ContentKey {
  readonly key: KeyObject
  /** What the content is bound to. */
  readonly context: Buffer
}

/** Bytes that can be read at any place. */
export interface RandomAccess {
  readonly size: number
  read(offset: number, length: number): Promise<Buffer>
}

const header = (cipher: Cipher): Buffer => Buffer.from(`${MAGIC} ${cipher.name} ${FRAME_BYTES}\n`)
const HEADER = header(CIPHER)
const HEADER_MAX = 64

/** How many bytes a content has when it is sealed. */
export const sealedSize = (plainBytes: number): number => HEADER.length + plainBytes + Math.max(1, Math.ceil(plainBytes / FRAME_BYTES)) * CIPHER.tagBytes

export async function * sealFrames(content: AsyncIterable<Buffer>, key: ContentKey): AsyncGenerator<Buffer> {
  const frames = new Frames(CIPHER, HEADER, key)
  yield HEADER
  let number = 0
  for await (const { bytes, last } of cut(content, FRAME_BYTES)) yield frames.seal(bytes, number++, last)
}

export async function * openFrames(sealed: AsyncIterable<Buffer>, key: ContentKey): AsyncGenerator<Buffer> {
  let frames: Frames | null = null
  let number = 0
  for await (const { bytes, last } of cut(withoutHeader(sealed, head => { frames = framesUnder(head, key) }), FRAME_BYTES + CIPHER.tagBytes)) {
    yield frames!.open(bytes, number++, last)
  }
}

/** A sealed content read at any place, as it was before it was sealed: for looking into files that are being taken in. */
export class OpenedBytes implements RandomAccess {
  readonly size: number
  private readonly frames: Frames
  private readonly count: number
  private kept: { number: number; bytes: Buffer } | null = null

  constructor(private readonly sealed: RandomAccess, key: ContentKey) {
    const body = sealed.size - HEADER.length
    this.count = Math.ceil(body / (FRAME_BYTES + CIPHER.tagBytes))
    this.size = body - this.count * CIPHER.tagBytes
    this.frames = new Frames(CIPHER, HEADER, key)
  }

  async read(offset: number, length: number): Promise<Buffer> {
    if (offset < 0 || length < 0 || offset + length > this.size) throw new RangeError('These bytes lie beyond the end of the file.')
    const parts: Buffer[] = []
    for (let at = offset; at < offset + length;) {
      const number = Math.floor(at / FRAME_BYTES)
      const frame = await this.frame(number)
      const from = at - number * FRAME_BYTES
      const part = frame.subarray(from, Math.min(frame.length, from + offset + length - at))
      parts.push(part)
      at += part.length
    }
    return Buffer.concat(parts)
  }

  private async frame(number: number): Promise<Buffer> {
    if (this.kept?.number !== number) {
      const at = HEADER.length + number * (FRAME_BYTES + CIPHER.tagBytes)
      const bytes = await this.sealed.read(at, Math.min(FRAME_BYTES + CIPHER.tagBytes, this.sealed.size - at))
      this.kept = { number, bytes: this.frames.open(bytes, number, number === this.count - 1) }
    }
    return this.kept.bytes
  }
}

/** Seals and opens single frames of one content. */
class Frames {
  private readonly context: Buffer

  constructor(private readonly cipher: Cipher, head: Buffer, private readonly key: ContentKey) {
    this.context = Buffer.concat([head, key.context])
  }

  seal(plain: Buffer, number: number, last: boolean): Buffer {
    const { bytes, tag } = this.cipher.seal(this.key.key, this.nonce(number, last), this.context, plain)
    return Buffer.concat([bytes, tag])
  }

  open(frame: Buffer, number: number, last: boolean): Buffer {
    const end = frame.length - this.cipher.tagBytes
    if (end < 0) throw new Error('A sealed content is cut off.')
    return this.cipher.open(this.key.key, { nonce: this.nonce(number, last), tag: frame.subarray(end), bytes: frame.subarray(0, end) }, this.context)
  }

  private nonce(number: number, last: boolean): Buffer {
    const nonce = Buffer.alloc(this.cipher.nonceBytes)
    nonce.writeUInt32BE(number, nonce.length - 5)
    nonce.writeUInt8(last ? 1 : 0, nonce.length - 1)
    return nonce
  }
}

function framesUnder(head: Buffer, key: ContentKey): Frames {
  const [magic, algorithm, size] = head.toString('latin1').trimEnd().split(' ')
  if (magic !== MAGIC || size !== String(FRAME_BYTES)) throw new Error('This is not a sealed content.')
  return new Frames(cipherNamed(algorithm!), head, key)
}

/** What follows the header's line, which is told first. */
async function * withoutHeader(sealed: AsyncIterable<Buffer>, tell: (head: Buffer) => void): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0)
  for await (const chunk of sealed) {
    if (head === null) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    const end: number = head.indexOf('\n') + 1
    if (end === 0 && head.length < HEADER_MAX) continue
    tell(head.subarray(0, end))
    const rest: Buffer = head.subarray(end)
    head = null
    yield rest
  }
  if (head !== null) throw new Error('A sealed content is cut off.')
}

/** Pieces of exactly this size, the last as long as is left: it is known as the last only when nothing follows. One piece at least. */
async function * cut(content: AsyncIterable<Buffer>, size: number): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let waiting: Buffer[] = []
  let held = 0
  for await (const chunk of content) {
    waiting.push(chunk)
    held += chunk.length
    if (held <= size) continue
    const all = Buffer.concat(waiting)
    let at = 0
    for (; all.length - at > size; at += size) yield { bytes: all.subarray(at, at + size), last: false }
    waiting = [all.subarray(at)]
    held = all.length - at
  }
  yield { bytes: Buffer.concat(waiting), last: true }
}

/** What a content is bound to: the row that it belongs to. */
export const contentContext = (realm: string, table: string, row: string, column: string): Buffer => contextOf('content', realm, table, row, column)
