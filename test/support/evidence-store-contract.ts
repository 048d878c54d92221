import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { AppError } from '../../src/core/errors'
import type { EvidenceStore, ReadableBytes } from '../../src/domain/evidence'

export const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex')
/** A stream that comes in pieces, as from a network. */
export const inPieces = (data: Buffer, size = 1000): Readable =>
  Readable.from((function * () { for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size) })())
export const anything = { maxBytes: 100_000, inspect: async () => 'seen' }
export const listed = async (store: EvidenceStore, before = new Date(Date.now() + 60_000)): Promise<string[]> => {
  const refs: string[] = []
  for await (const ref of store.contents(before)) refs.push(ref)
  return refs.sort()
}
export const refusal = (work: Promise<unknown>): Promise<Error> => work.then(() => { throw new Error('It was not refused.') }, (e: Error) => e)

/** What every store of evidence must do, wherever it keeps its contents. `incoming`: how many unfinished uploads it holds. */
export function storeContract(make: () => Promise<EvidenceStore>, incoming: (store: EvidenceStore) => Promise<number>): void {
  let store: EvidenceStore
  beforeEach(async () => { store = await make() })

  test('gives back the bytes that were put, with their hash and size', async () => {
    const data = randomBytes(54_321)
    const stored = await store.put(inPieces(data), anything)
    expect(stored).toEqual({ ref: `sha256/${sha256(data)}`, sha256: sha256(data), sizeBytes: data.length, found: 'seen' })
    expect(await store.exists(stored.ref)).toBe(true)
    expect((await buffer((await store.get(stored.ref))!)).equals(data)).toBe(true)
    expect(await incoming(store)).toBe(0)
  })

  test('keeps the same content once', async () => {
    const data = randomBytes(2_000)
    const refs = await Promise.all([1, 2, 3].map(async () => (await store.put(inPieces(data), anything)).ref))
    expect(new Set(refs).size).toBe(1)
    expect(await listed(store)).toEqual([refs[0]])
  })

  test('shows the inspector every byte before it can be found, and nothing beyond the end', async () => {
    const data = randomBytes(3_000)
    const seen: Buffer[] = []
    const inspect = async (bytes: ReadableBytes): Promise<void> => {
      expect(bytes.size).toBe(3_000)
      expect(await store.exists(`sha256/${sha256(data)}`)).toBe(false)
      for (const [at, length] of [[0, 10], [10, 2_990], [2_999, 1], [3_000, 0]] as const) seen.push(await bytes.read(at, length))
      await expect(bytes.read(2_999, 2)).rejects.toThrow(RangeError)
      await expect(bytes.read(-1, 2)).rejects.toThrow(RangeError)
    }
    await store.put(inPieces(data, 700), { maxBytes: 3_000, inspect })
    expect(Buffer.concat(seen.slice(0, 2)).equals(data)).toBe(true)
    expect(seen[2]!.equals(data.subarray(2_999))).toBe(true)
    expect(await store.exists(`sha256/${sha256(data)}`)).toBe(true)
  })

  test.each([
    ['the inspector refuses', () => inPieces(randomBytes(100)), { maxBytes: 100, inspect: async () => { throw new Error('refused') } }, 'refused'],
    ['the stream breaks', () => Readable.from((async function * () { yield randomBytes(50); throw new Error('broken') })()), anything, 'broken'],
    ['there are no bytes', () => Readable.from([]), anything, 'empty'],
    ['it is one byte too large', () => inPieces(randomBytes(101)), { ...anything, maxBytes: 100 }, 'larger than 100 bytes'],
    ['it has no end', () => Readable.from((function * () { for (;;) yield Buffer.alloc(65_536) })()), { ...anything, maxBytes: 1_000_000 }, 'larger than 1000000 bytes'],
  ])('leaves nothing when %s', async (_, stream, admission, message) => {
    const content = stream()
    await expect(store.put(content, admission)).rejects.toThrow(message)
    expect(await listed(store)).toEqual([])
    expect(await incoming(store)).toBe(0)
    expect(content.destroyed).toBe(true)
  })

  test('tells a file that is too large as LIMIT_EXCEEDED, and takes one of exactly the limit', async () => {
    expect(await refusal(store.put(inPieces(randomBytes(101)), { ...anything, maxBytes: 100 }))).toMatchObject({ code: 'LIMIT_EXCEEDED', details: { limit: 'evidenceBytes' } })
    expect((await store.put(inPieces(randomBytes(100)), { ...anything, maxBytes: 100 })).sizeBytes).toBe(100)
  })

  test('has nothing under a ref that nobody put', async () => {
    const ref = `sha256/${'0'.repeat(64)}`
    expect(await store.get(ref)).toBeNull()
    expect(await store.exists(ref)).toBe(false)
    expect(await store.isOlder(ref, new Date())).toBeNull()
    await expect(store.remove(ref)).resolves.toBeUndefined()
  })

  test.each([
    '', '../../etc/passwd', 'sha256/../../../etc/passwd', `sha256/${'0'.repeat(63)}`, `sha256/${'0'.repeat(65)}`, `sha256/${'A'.repeat(64)}`,
    `sha256/${'0'.repeat(64)}/..`, `sha256/${'0'.repeat(64)}\0`, `sha256/${'0'.repeat(64)}\n`, `/sha256/${'0'.repeat(64)}`, `sha512/${'0'.repeat(64)}`, `sha256\\${'0'.repeat(64)}`,
  ])('makes no path of %j', async ref => {
    for (const use of [() => store.get(ref), () => store.exists(ref), () => store.isOlder(ref, new Date()), () => store.remove(ref)]) {
      const error = await refusal((async () => use())())
      expect(error.message).toBe('This is not the ref of an evidence content.')
      expect(error).not.toBeInstanceOf(AppError)
    }
  })

  test('removes a content, and lists those that are older than a moment', async () => {
    const [one, two] = await Promise.all([randomBytes(10), randomBytes(11)].map(async d => (await store.put(inPieces(d), anything)).ref))
    expect(await listed(store)).toEqual([one, two].sort())
    expect(await listed(store, new Date(Date.now() - 60_000))).toEqual([])
    expect(await store.isOlder(one!, new Date(Date.now() + 60_000))).toBe(true)
    expect(await store.isOlder(one!, new Date(Date.now() - 60_000))).toBe(false)
    await store.remove(one!)
    expect(await listed(store)).toEqual([two])
    expect(await store.get(one!)).toBeNull()
  })
}
