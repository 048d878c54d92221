import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { DiskEvidenceStore, type EvidenceStore } from '../../../../src/domain/evidence'
import { anything, inPieces, listed, sha256, storeContract } from '../../../support/evidence-store-contract'
import { MemoryEvidenceStore } from '../../../support/memory-evidence-store'

const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(path.join(tmpdir(), 'plumbline-evidence-'))
  folders.push(made)
  return path.join(made, 'evidence')
}
afterAll(() => { for (const f of folders) rmSync(f, { recursive: true }) })

const at = new WeakMap<EvidenceStore, string>()
const open = async (directory = folder()): Promise<DiskEvidenceStore> => {
  const store = await DiskEvidenceStore.open(directory)
  at.set(store, directory)
  return store
}

describe('on disk', () => {
  storeContract(open, async store => readdirSync(path.join(at.get(store)!, 'incoming')).length)

  test('only the account of the server can read it', async () => {
    const store = await open()
    const { sha256: hash } = await store.put(inPieces(randomBytes(10)), anything)
    const directory = at.get(store)!
    for (const [place, mode] of [['incoming', 0o700], ['content', 0o700], [`content/${hash.slice(0, 2)}`, 0o700], [`content/${hash.slice(0, 2)}/${hash}`, 0o600]] as const) {
      expect(statSync(path.join(directory, place)).mode & 0o777).toBe(mode)
    }
  })

  test('is there again after a restart', async () => {
    const data = randomBytes(1_000)
    const store = await open()
    const { ref } = await store.put(inPieces(data), anything)
    expect((await buffer((await (await open(at.get(store))).get(ref))!)).equals(data)).toBe(true)
  })

  test('what lies in its folders and is none of its own is neither listed nor removed', async () => {
    const store = await open()
    const directory = at.get(store)!
    mkdirSync(path.join(directory, 'content', 'ab'))
    writeFileSync(path.join(directory, 'content', 'ab', 'notes.txt'), 'x')
    writeFileSync(path.join(directory, 'content', 'ab', 'cd'.repeat(32)), 'in a folder of another hash')
    writeFileSync(path.join(directory, 'content', 'README'), 'x')
    expect(await listed(store)).toEqual([])
  })

  test('putting a content again makes it young again', async () => {
    const store = await open()
    const data = randomBytes(100)
    const { ref } = await store.put(inPieces(data), anything)
    const long = new Date(Date.now() - 7 * 86_400_000)
    utimesSync(path.join(at.get(store)!, 'content', ref.slice(7, 9), ref.slice(7)), long, long)
    expect(await store.isOlder(ref, new Date(Date.now() - 86_400_000))).toBe(true)
    await store.put(inPieces(data), anything)
    expect(await store.isOlder(ref, new Date(Date.now() - 86_400_000))).toBe(false)
  })

  test('putting a content again heals a damaged copy', async () => {
    const store = await open()
    const data = randomBytes(100)
    const { ref } = await store.put(inPieces(data), anything)
    writeFileSync(path.join(at.get(store)!, 'content', ref.slice(7, 9), ref.slice(7)), 'damaged')
    await store.put(inPieces(data), anything)
    expect((await buffer((await store.get(ref))!)).equals(data)).toBe(true)
  })

  test('a reader that goes away closes the file', async () => {
    const store = await open()
    const { ref } = await store.put(inPieces(randomBytes(90_000)), anything)
    const openFiles = (): number => readdirSync('/dev/fd').length
    const before = openFiles()
    for (let i = 0; i < 20; i++) {
      const stream = (await store.get(ref))!
      await new Promise(resolve => { stream.once('close', resolve).once('readable', () => stream.destroy()) })
    }
    expect(openFiles()).toBeLessThan(before + 10)
  })

  describe('a process that is killed', () => {
    /** Starts a process that puts a file and stops at a point of its choice; kills it there. */
    const killedAt = (directory: string, point: 'writing' | 'inspecting'): Promise<void> => new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['-r', '@swc-node/register', path.join(__dirname, '../../../support/evidence-process.ts'), directory, point], {
        cwd: path.join(__dirname, '../../../..'), stdio: ['ignore', 'pipe', 'inherit'],
      })
      child.stdout.on('data', () => child.kill('SIGKILL'))
      child.on('exit', (code, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error(`ended by itself with ${code}`))))
    })

    test.each(['writing', 'inspecting'] as const)('while %s leaves nothing that can be found, and what it leaves is swept when it is old', async point => {
      const directory = folder()
      await killedAt(directory, point)
      const store = await open(directory)
      const left = readdirSync(path.join(directory, 'incoming'))
      expect(left).toHaveLength(1)
      expect(statSync(path.join(directory, 'incoming', left[0]!)).size).toBeGreaterThan(0)
      expect(await listed(store)).toEqual([])
      expect(await store.exists(`sha256/${sha256(Buffer.alloc(200_000, 'x'))}`)).toBe(false)
      // It might be another process's upload that is still going on.
      expect(await store.sweepIncoming(new Date(Date.now() - 3_600_000))).toBe(0)
      expect(await store.sweepIncoming(new Date(Date.now() + 1_000))).toBe(1)
      expect(readdirSync(path.join(directory, 'incoming'))).toEqual([])
      const { ref } = await store.put(inPieces(Buffer.alloc(200_000, 'x')), { ...anything, maxBytes: 200_000 })
      expect(existsSync(path.join(directory, 'content', ref.slice(7, 9), ref.slice(7)))).toBe(true)
    })
  })
})

describe('in a store without files', () => {
  storeContract(async () => new MemoryEvidenceStore(), async store => (store as MemoryEvidenceStore).unfinished.size)
})
