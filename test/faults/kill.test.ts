import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, Product } from './product'
import { Writers } from './writers'

const directory = mkdtempSync(path.join(tmpdir(), 'plumbline-faults-'))
const product = new Product(directory, { PLUMBLINE_PLUGINS: 'none' })
const writers = new Writers(product)

beforeAll(async () => {
  await product.start()
  await writers.prepare()
})
afterAll(async () => {
  await product.stop()
  rmSync(directory, { recursive: true, force: true })
})

/** Some moment while at least this many further commands were acknowledged. */
async function moment(least: number): Promise<void> {
  for (const before = writers.done; writers.done < before + least;) await sleep(10)
  await sleep(Math.random() * 300)
}

const rounds = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)

test.each(rounds(20))('kill -9 of the server under acknowledged writes, round %i: nothing lost, doubled or half done', async () => {
  await writers.during(6, async () => {
    await moment(20)
    await product.kill()
  })
  await product.start()
  await writers.expectExactlyOnce()
  await writers.settle()
  await writers.expectExactlyOnce()
})

test.each(rounds(10))('kill -9 of a backend of PostgreSQL, round %i: all of it recovers, the product goes on, and nothing is lost, doubled or half done', async () => {
  const pid = product.postmaster()
  await writers.during(6, async () => {
    await moment(20)
    await product.killBackend()
    // The same process takes writes again.
    await moment(20)
  })
  expect(product.postmaster()).toBe(pid)
  await writers.expectExactlyOnce()
  await writers.settle()
  await writers.expectExactlyOnce()
})

test('kill -9 of the embedded PostgreSQL as a whole: the product brings it back and goes on', async () => {
  const pid = product.postmaster()
  await writers.during(6, async () => {
    await moment(20)
    product.killDatabase()
    await moment(20)
  })
  expect(product.postmaster()).not.toBe(pid)
  await writers.settle()
  await writers.expectExactlyOnce()
})

test('SIGTERM ends it with 0 and leaves no database server behind', async () => {
  const pid = product.postmaster()!
  expect(isAlive(pid)).toBe(true)
  expect(await product.stop()).toBe(0)
  expect(isAlive(pid)).toBe(false)
})
