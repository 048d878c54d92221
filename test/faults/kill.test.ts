import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../src/core/ids'
import { isAlive, Product } from './product'
import { Writers } from './writers'

const directory = mkdtempSync(path.join(tmpdir(), 'plumbline-faults-'))
const product = new Product(directory, { PLUMBLINE_PLUGINS: 'none', PLUMBLINE_DRAIN_GRACE: '1000', PLUMBLINE_DRAIN_TIMEOUT: '5000' })
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
  await writers.further(least)
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

test('a frozen PostgreSQL: everything is answered within six seconds, and goes on two seconds after it thaws', async () => {
  const token = product.token('wangcang-health-editor')
  const six = async (path: string, init: RequestInit = {}): Promise<number> => (await fetch(`${product.url}${path}`, { ...init, signal: AbortSignal.timeout(6_000) })).status
  const ask = (query: string): Promise<number> => six('/graphql', { method: 'POST', body: JSON.stringify({ query }), headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } })
  const until = async (path: string, status: number, milliseconds: number): Promise<void> => {
    for (const end = Date.now() + milliseconds; await six(path) !== status;) {
      if (Date.now() > end) throw new Error(`${path} did not answer ${status} within ${milliseconds} ms`)
      await sleep(20)
    }
  }
  await writers.during(6, async () => {
    await moment(20)
    product.freezeDatabase('SIGSTOP')
    try {
      const evidence = `ev_${newId()}`
      const command = `mutation { withdrawEvidence(input: { id: "${evidence}", reason: "错" }) { evidence { id } } }`
      expect(await Promise.all([ask('{ units { nodes { code } } }'), ask('{ vocabulary { name } units { nodes { code } } }'), ask(command), six(`/evidence/${evidence}`, { headers: { authorization: `Bearer ${token}` } })])).toEqual([503, 503, 503, 503])
      expect(await six('/healthz')).toBe(200)
      expect(await six('/readyz')).toBe(503)
    } finally {
      product.freezeDatabase('SIGCONT')
    }
    await until('/readyz', 200, 2_000)
    expect(await ask('{ units { nodes { code } } }')).toBe(200)
    await moment(20)
  })
  await writers.settle()
  await writers.expectExactlyOnce()
})

test('one backend that freezes in the middle of a statement: its request is given up within the time that a statement has', async () => {
  const token = product.token('wangcang-health-editor')
  const { hung, pid } = await product.database(async client => {
    await client.query('BEGIN')
    await client.query('LOCK TABLE risk_point IN ACCESS EXCLUSIVE MODE')
    const hung = product.ask('{ riskPoints(first: 1) { nodes { code } } }', {}, token)
    const pid = await product.freezeBackend(`application_name = '' AND wait_event_type = 'Lock'`)
    await client.query('COMMIT')
    return { hung, pid }
  })
  try {
    expect((await product.ask('{ riskPoints(first: 1) { nodes { code } } }', {}, token)).status).toBe(200)
    expect([200, 503]).toContain((await hung).status)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
})

test.each([['the pools', ''], ['the watch', 'plumbline watch'], ['the signals', 'plumbline signals']])('one backend of %s that freezes while it waits for us: everybody is answered, and nothing is lost, doubled or half done', async (_, name) => {
  const token = product.token('wangcang-health-editor')
  const answers = async (): Promise<number[]> => Promise.all(Array.from({ length: 12 }, async () => (await product.ask('{ riskPoints(first: 1) { nodes { code } } }', {}, token)).status))
  await writers.during(6, async () => {
    await moment(20)
    const pid = await product.freezeBackend(`application_name = '${name}' AND state = 'idle' AND wait_event = 'ClientRead'`)
    try {
      // Until what is asked on its connection is given up: some seconds.
      for (const end = Date.now() + 8_000; Date.now() < end; await sleep(100)) {
        for (const status of await answers()) expect([200, 503]).toContain(status)
        expect((await fetch(`${product.url}/readyz`)).status).toBe(200)
      }
      expect(await answers()).toEqual(Array.from({ length: 12 }, () => 200))
      await moment(20)
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    await moment(20)
  })
  await writers.expectExactlyOnce()
  await writers.settle()
  await writers.expectExactlyOnce()
})

test('SIGTERM under load: whoever was let in is answered, then it ends with 0 and leaves no database server behind', async () => {
  const pid = product.postmaster()!
  expect(isAlive(pid)).toBe(true)
  const before = writers.broken
  let stopping: Promise<number | null> | undefined
  await writers.during(6, async () => {
    await moment(20)
    stopping = product.stop()
    // As a balancer does: nothing new for a server that is not ready. What was sent until then is on its way.
    while (await fetch(`${product.url}/readyz`).then(r => r.ok, () => false)) await sleep(20)
  })
  expect(await stopping).toBe(0)
  expect(writers.broken - before).toBe(0)
  expect(isAlive(pid)).toBe(false)
  await product.start()
  await writers.settle()
  await writers.expectExactlyOnce()
})

test('SIGTERM with a request that hangs: it is cut off, and the end is 0 within half a minute', async () => {
  const token = product.token('wangcang-health-editor')
  await product.database(async client => {
    await client.query('BEGIN')
    await client.query('LOCK TABLE risk_point IN ACCESS EXCLUSIVE MODE')
    const hung = product.ask('{ riskPoints { nodes { code } } }', {}, token).then(r => r.status, () => 'cut off')
    await sleep(500)
    const late = new Promise(done => setTimeout(done, 30_000, 'late').unref())
    expect(await Promise.race([product.stop(), late])).toBe(0)
    expect(await hung).toBe('cut off')
  }).catch((error: Error) => {
    // Its own connection ends with the server.
    if (!/terminat|shutting down/i.test(error.message)) throw error
  })
})
