import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Product } from './product'
import { Writers } from './writers'

/** A disk that holds all of the product's data and nothing else: mounting one needs root. */
const disk = mkdtempSync(path.join(tmpdir(), 'plumbline-disk-'))
const ballast = path.join(disk, 'ballast')
const product = new Product(path.join(disk, 'data'), { PLUMBLINE_PLUGINS: 'none' })
const writers = new Writers(product)
let reader = ''

beforeAll(async () => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=800m,mode=0755', 'tmpfs', disk])
  await product.start()
  await writers.prepare()
  reader = product.token('wangcang-health-editor')
})
afterAll(async () => {
  await product.stop()
  execFileSync('umount', [disk])
  rmSync(disk, { recursive: true, force: true })
})

/** Until not a byte is left. */
function fill(): void {
  const file = openSync(ballast, 'a')
  try {
    for (let block = Buffer.alloc(1 << 20); block.length > 0;) {
      try {
        writeSync(file, block)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        block = block.subarray(0, block.length >> 1)
      }
    }
  } finally {
    closeSync(file)
  }
}
const makeRoom = (): void => rmSync(ballast, { force: true })
afterEach(makeRoom)

/** Waits until it is so; the writers go on meanwhile. */
async function until(what: () => boolean | Promise<boolean>, milliseconds = 60_000): Promise<void> {
  for (const end = Date.now() + milliseconds; !await what(); await sleep(50)) if (Date.now() > end) throw new Error(`It did not come about within ${milliseconds} ms: ${String(what)}`)
}
const status = (route: string): Promise<number> => fetch(`${product.url}${route}`, { signal: AbortSignal.timeout(6_000) }).then(r => r.status)
const read = async (): Promise<number> => (await product.ask('{ units { nodes { code } } }', {}, reader)).status
const written = (n: number): Promise<void> => {
  const before = writers.done
  return until(() => writers.done >= before + n)
}

test('no room for rows: writes are refused as not done, reads are answered, and writing goes on when there is room', async () => {
  await writers.during(6, async () => {
    await written(20)
    fill()
    await until(() => writers.open >= 30)
    expect([await read(), await status('/readyz'), await status('/healthz')]).toEqual([200, 200, 200])
    const { riskPoints } = (await product.ask('{ riskPoints(first: 1) { nodes { id } } }', {}, reader)).data as { riskPoints: { nodes: { id: string }[] } }
    const fields = { subjectId: riskPoints.nodes[0]!.id, title: '采购记录', sensitivity: 'INTERNAL', collectedAt: '2026-01-05T08:00:00Z' }
    expect(await product.attach(fields, reader)).toMatchObject({ status: 503, code: 'UNAVAILABLE', outcome: 'NOT_DONE' })
    makeRoom()
    await written(20)
  })
  await writers.expectExactlyOnce()
  await writers.settle()
  await writers.expectExactlyOnce()
})

test('no room for the log of PostgreSQL, which ends: everything is told UNAVAILABLE, the process lives, and both go on by themselves when there is room', async () => {
  const before = product.postmaster()
  await writers.during(6, async () => {
    await written(20)
    fill()
    // Until the files of the log that were there are full: then it cannot promise anything any more.
    await product.database(async client => {
      for (;;) await client.query(`SELECT pg_logical_emit_message(false, 'ballast', repeat('0', 1000000))`)
    }).catch(() => undefined)
    await until(async () => await status('/readyz') === 503)
    expect([await read(), await status('/healthz')]).toEqual([503, 200])
    // It tries, and fails, to come back.
    await sleep(5_000)
    expect([await read(), await status('/healthz'), await status('/readyz')]).toEqual([503, 200, 503])
    makeRoom()
    await until(async () => await status('/readyz') === 200, 10_000)
    expect(await read()).toBe(200)
    await written(20)
  })
  expect(product.postmaster()).not.toBe(before)
  await writers.expectExactlyOnce()
  await writers.settle()
  await writers.expectExactlyOnce()
})
