import { createSecretKey, randomBytes } from 'node:crypto'
import { contentContext, OpenedBytes, openFrames, sealedSize, sealFrames, type ContentKey } from '../../../src/vault'

const FRAME = 64 * 1024
const contentKey = (row = 'row-1', key = randomBytes(32)): ContentKey => ({ key: createSecretKey(key), context: contentContext('EVIDENCE', 'evidence', row, 'content') })
async function * pieces(data: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size)
}
const gather = async (from: AsyncIterable<Buffer>): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of from) parts.push(part)
  return Buffer.concat(parts)
}
/** What came before the failure, and the failure. */
const broken = async (from: AsyncIterable<Buffer>): Promise<{ read: Buffer; error: Error | null }> => {
  const parts: Buffer[] = []
  try {
    for await (const part of from) parts.push(part)
  } catch (error) {
    return { read: Buffer.concat(parts), error: error as Error }
  }
  return { read: Buffer.concat(parts), error: null }
}

describe('a content in frames', () => {
  test.each([1, 100, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 3 * FRAME + 7])('of %d bytes comes back as it was, whatever the pieces it travels in', async size => {
    const data = randomBytes(size)
    const key = contentKey()
    const sealed = await gather(sealFrames(pieces(data, 10_007), key))
    expect(sealed).toHaveLength(sealedSize(size))
    if (size >= 100) expect(sealed.includes(data.subarray(0, 32))).toBe(false)
    // Bytewise travel of many frames takes seconds and meets no other boundary than that of two.
    for (const step of [size > FRAME + 1 ? 101 : 7, 1_000, 70_000, sealed.length]) expect((await gather(openFrames(pieces(sealed, step), key))).equals(data)).toBe(true)
  })

  const whole = async () => {
    const data = randomBytes(3 * FRAME + 500)
    const key = contentKey()
    const sealed = await gather(sealFrames(pieces(data, FRAME), key))
    const head = sealed.indexOf('\n') + 1
    const at = (n: number): number => head + n * (FRAME + 16)
    return { data, key, sealed, head, at, frame: (n: number) => sealed.subarray(at(n), at(n + 1)) }
  }

  test('that was changed anywhere fails at that frame, and nothing of the frame leaves', async () => {
    const { data, key, sealed, at, head } = await whole()
    for (const [place, released] of [[0, 0], [head - 2, 0], [head, 0], [at(1) - 1, 0], [at(1) + 5, FRAME], [at(3), 3 * FRAME], [sealed.length - 1, 3 * FRAME]] as const) {
      const bad = Buffer.from(sealed)
      bad[place]! ^= 1
      const { read, error } = await broken(openFrames(pieces(bad, 50_000), key))
      expect(error).not.toBeNull()
      expect(read.equals(data.subarray(0, released))).toBe(true)
    }
  })

  test('that was cut off fails, also between two frames', async () => {
    const { key, sealed, at } = await whole()
    for (const end of [0, 3, at(0), at(1), at(2), at(3), at(3) + 15, sealed.length - 1]) expect((await broken(openFrames(pieces(sealed.subarray(0, end), 50_000), key))).error).not.toBeNull()
  })

  test('with frames exchanged, doubled, left out or added fails', async () => {
    const { key, sealed, head, frame } = await whole()
    const start = sealed.subarray(0, head)
    for (const order of [[1, 0, 2, 3], [0, 0, 1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2, 3, 3], [0, 1, 2]]) {
      expect((await broken(openFrames(pieces(Buffer.concat([start, ...order.map(frame)]), 50_000), key))).error).not.toBeNull()
    }
    expect((await broken(openFrames(pieces(Buffer.concat([sealed, Buffer.alloc(1)]), 50_000), key))).error).not.toBeNull()
  })

  test('of another row, or under another key, fails before its first byte', async () => {
    const bytes = randomBytes(32)
    const sealed = await gather(sealFrames(pieces(randomBytes(500), 100), contentKey('row-1', Buffer.from(bytes))))
    for (const other of [contentKey('row-2', Buffer.from(bytes)), contentKey('row-1')]) {
      const { read, error } = await broken(openFrames(pieces(sealed, 100), other))
      expect([read.length, error === null]).toEqual([0, false])
    }
  })

  test('can be looked into at any place', async () => {
    const { data, key, sealed } = await whole()
    const bytes = new OpenedBytes({ size: sealed.length, read: async (offset, length) => sealed.subarray(offset, offset + length) }, key)
    expect(bytes.size).toBe(data.length)
    for (const [offset, length] of [[0, 16], [FRAME - 3, 10], [0, data.length], [data.length - 1, 1], [2 * FRAME, FRAME], [5, 0]] as const) expect((await bytes.read(offset, length)).equals(data.subarray(offset, offset + length))).toBe(true)
    await expect(bytes.read(data.length - 1, 2)).rejects.toThrow(RangeError)
    await expect(bytes.read(-1, 2)).rejects.toThrow(RangeError)
  })
})
