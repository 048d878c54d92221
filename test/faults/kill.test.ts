import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, Product } from './product'

const PROPOSE = `mutation ($input: ProposePowerInput!) { proposePower(input: $input) { power { code } } }`
const BUREAU = `{ unitByCode(code: "510821-HEALTH") { id positions(first: 1) { nodes { id } } } }`
const POWERS = `query ($after: String) { powers(first: 100, after: $after, filter: { code: { startsWith: "kill-" } }) { nodes { code } pageInfo { hasNextPage endCursor } } }`

type Input = Record<string, unknown> & { code: string; idempotencyKey: string }

const directory = mkdtempSync(path.join(tmpdir(), 'plumbline-faults-'))
const product = new Product(directory)
const acknowledged = new Set<string>()
let unknown: Input[] = []
let token: string
let common: Record<string, unknown>

beforeAll(async () => {
  await product.start()
  token = product.token('wangcang-health-editor')
  const { data } = await product.ask(BUREAU, {}, token) as unknown as { data: { unitByCode: { id: string; positions: { nodes: { id: string }[] } } } }
  common = { unitId: data.unitByCode.id, positionIds: [data.unitByCode.positions.nodes[0]!.id], nameZh: '职权', category: 'OTHER', significance: 'GENERAL' }
})
afterAll(async () => {
  await product.stop()
  rmSync(directory, { recursive: true, force: true })
})

let n = 0
const next = (): Input => ({ ...common, code: `kill-${++n}`, idempotencyKey: randomUUID() })

async function send(input: Input): Promise<void> {
  const reply = await product.ask(PROPOSE, { input }, token).catch(() => null)
  if (reply?.data) acknowledged.add(input.code)
  else unknown.push(input)
}

/** Eight clients that write until told to stop; what was not answered is kept. */
async function writing(during: () => Promise<void>): Promise<void> {
  let on = true
  const clients = Array.from({ length: 8 }, async () => {
    while (on) await send(next())
  })
  await during()
  on = false
  await Promise.all(clients)
}

async function stored(): Promise<string[]> {
  const codes: string[] = []
  for (let after: string | null = null; ;) {
    const { data } = await product.ask(POWERS, { after }, token) as unknown as { data: { powers: { nodes: { code: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } }
    codes.push(...data.powers.nodes.map(p => p.code))
    if (!data.powers.pageInfo.hasNextPage) return codes
    after = data.powers.pageInfo.endCursor
  }
}

async function expectNothingLost(): Promise<void> {
  const codes = await stored()
  expect([...acknowledged].filter(code => !codes.includes(code))).toEqual([])
  expect(new Set(codes).size).toBe(codes.length)
}

/** What nobody answered is sent again with the same key: it is done once, whether it was done before or not. */
async function settle(): Promise<void> {
  const again = unknown
  unknown = []
  for (const input of again) await send(input)
  expect(unknown).toEqual([])
}

test.each(Array.from({ length: 5 }, (_, i) => i + 1))('kill -9 of the server under acknowledged writes, round %i: nothing lost, nothing doubled', async () => {
  const before = acknowledged.size
  await writing(async () => {
    await sleep(700 + Math.random() * 800)
    await product.kill()
  })
  expect(acknowledged.size).toBeGreaterThan(before)
  await product.start()
  await expectNothingLost()
  await settle()
  await expectNothingLost()
})

test('kill -9 of PostgreSQL: the product says so and ends, or goes on; a new start has everything', async () => {
  await writing(async () => {
    await sleep(700)
    product.killDatabase()
    await sleep(2_000)
  })
  await product.kill()
  await product.start()
  await expectNothingLost()
  await settle()
  await expectNothingLost()
})

test('SIGTERM ends it with 0 and leaves no database server behind', async () => {
  const pid = product.postmaster()!
  expect(isAlive(pid)).toBe(true)
  expect(await product.stop()).toBe(0)
  expect(isAlive(pid)).toBe(false)
})
