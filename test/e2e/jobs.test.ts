import { createClient, type Client } from 'graphql-ws'
import exceljs from 'exceljs'
import type pg from 'pg'
import { WebSocket } from 'ws'
import { globalId } from '../../src/core/ids'
import { runCommand } from '../../src/database/command'
import { testServer, type TestServer } from '../support/server'
import { smallCity, SYSTEM, type SmallCity } from '../support/small-city'

/** One instance takes jobs, the other one leaves them to it until it is told otherwise. */
let a: TestServer
let b: TestServer
let city: SmallCity
const grants: Record<string, string> = {}
let n = 0

const PEOPLE = [
  ['ABOVE', 'PLATFORM_ADMIN', '510800'], ['ADMIN', 'PLATFORM_ADMIN', '510821'], ['COLLEAGUE', 'PLATFORM_ADMIN', '510821-HEALTH'], ['LEAVING', 'PLATFORM_ADMIN', '510821'], ['NEIGHBOUR', 'PLATFORM_ADMIN', '510802'],
  ['EDITOR', 'UNIT_EDITOR', '510821-HEALTH'], ['SECOND', 'UNIT_EDITOR', '510821-HEALTH'], ['SUPERVISOR', 'SUPERVISOR', '510821'], ['READER', 'LEADER_READER', '510821'],
] as const

beforeAll(async () => {
  a = await testServer({ plugins: ['health-procurement'], before: async t => {
    city = await smallCity(t.db)
    await runCommand(t.db, SYSTEM, 'test', {}, async tx => {
      for (const [staffNo, role, unit] of PEOPLE) {
        const person = tx.insert('person', { unit_id: city.id('510800'), display_name: '某人', staff_no: staffNo })
        tx.barrier()
        grants[staffNo] = globalId('grant', tx.insert('role_grant', { person_id: person, role, unit_id: city.id(unit), edge: 'TERRITORIAL', valid_from: '2020-01-01' }))
      }
    })
  } })
  b = await testServer({ beside: a, plugins: ['health-procurement'], env: { PLUMBLINE_JOBS: '0' } })
})
const clients: Client[] = []
afterEach(async () => { await Promise.all(clients.splice(0).map(async c => c.dispose())) })
afterAll(async () => {
  await b.close()
  await a.close()
})

type Job = Record<string, unknown> & { id: string; state: string; problems: Record<string, unknown>[] }
interface Sent { readonly status: number; readonly workbook: { id: string; sha256: string } | undefined; readonly code: string | undefined; readonly rules: string[] }
async function send(who: string | null, name: string, content: string | Buffer, key?: string): Promise<Sent> {
  const form = new FormData()
  if (key) form.append('idempotencyKey', key)
  form.append('file', new Blob([new Uint8Array(Buffer.from(content))]), name)
  const response = await a.fetch('/workbooks', { method: 'POST', body: form }, who)
  const body = await response.json() as { workbook?: { id: string; sha256: string }; errors?: { extensions: { code: string; violations?: { rule: string }[] } }[] }
  return { status: response.status, workbook: body.workbook, code: body.errors?.[0]?.extensions.code, rules: (body.errors?.[0]?.extensions.violations ?? []).map(v => v.rule) }
}
const START = 'mutation($input: StartImportInput!) { startImport(input: $input) { job { id state kind fileName unit { code } allowedCommands } } }'
const JOB = `query($id: ID!) { job(id: $id) { id kind state phase done total countedIn startedAt finishedAt added changed unchanged failure problemCount allowedCommands
  problems { sheet row column cell code messageZh messageEn } transitions { nodes { command fromState toState } } } }`
const jobOf = async (id: string, who = 'ADMIN', s = a): Promise<Job | null> => (await s.data<{ job: Job | null }>(JOB, { id }, who)).job
async function start(who: string, kind: string, name: string, content: string | Buffer, more: Record<string, unknown> = {}): Promise<string> {
  const { workbook } = await send(who, name, content)
  return (await a.data<{ startImport: { job: Job } }>(START, { input: { kind, workbookId: workbook!.id, ...more } }, who)).startImport.job.id
}
async function until(id: string, is: (job: Job) => boolean, who = 'ADMIN'): Promise<Job> {
  for (let i = 0; i < 400; i++) {
    const job = await jobOf(id, who)
    if (job && is(job)) return job
    await new Promise(done => setTimeout(done, 50))
  }
  throw new Error(`The job stands like this: ${JSON.stringify(await jobOf(id, who))}`)
}
const ENDS = ['SUCCEEDED', 'FAILED', 'CANCELLED']
const ended = (id: string, who?: string): Promise<Job> => until(id, job => ENDS.includes(job.state), who)
const HEADER = 'code,nameZh,kind,divisionCode,parentCode'
const units = (code: string, count = 3): string => [HEADER, ...Array.from({ length: count }, (_, i) => `${code}-${i},单位${i},PUBLIC_INSTITUTION,510821,510821`)].join('\n')
const fresh = (): string => `J${++n}`
const count = async (code: string): Promise<number> => Number((await a.database.owner.query<{ n: string }>('SELECT count(*) AS n FROM unit WHERE starts_with(code, $1)', [`${code}-`])).rows[0]!.n)

/** While `work` goes on, no import of units gets past its file: nothing is written, and it can be looked at. */
async function held<T>(work: () => Promise<T>): Promise<T> {
  const client: pg.PoolClient = await a.database.owner.connect()
  try {
    await client.query('SELECT pg_advisory_lock(hashtext('plumbline.unit-tree'))')
    return await work()
  } finally {
    await client.query('SELECT pg_advisory_unlock_all()')
    client.release()
  }
}

async function progress(s: TestServer, who: string, id: string): Promise<AsyncGenerator<Record<string, unknown>>> {
  const client = createClient({ url: `${s.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization: `Bearer ${await s.tokenFor(who)}` } })
  clients.push(client)
  return client.iterate({ query: 'subscription($id: ID!) { jobProgress(id: $id) { id state phase done total countedIn added } }', variables: { id } }) as AsyncGenerator<Record<string, unknown>>
}

describe('a file of units by a unit administrator', () => {
  test('CSV: every row is there, and the job says so', async () => {
    const code = fresh()
    const id = await start('ADMIN', 'units', 'units.csv', units(code))
    expect(await ended(id)).toMatchObject({ kind: 'units', state: 'SUCCEEDED', added: 3, changed: 0, unchanged: 0, failure: null, problemCount: 0, problems: [], allowedCommands: [] })
    expect(await count(code)).toBe(3)
  })
})

test('whoever watches a job on another instance is told how it is, how far it comes, and its end', async () => {
  const code = fresh()
  const { told, id } = await held(async () => {
    const id = await start('ADMIN', 'units', 'units.csv', units(code, 1_500))
    await until(id, j => j.state === 'RUNNING')
    const told = await progress(b, 'SUPERVISOR', id)
    const first = await told.next()
    expect(first.value).toEqual({ data: { jobProgress: expect.objectContaining({ id, state: 'RUNNING' }) } })
    return { told, id }
  })
  const all: Record<string, unknown>[] = []
  for await (const { data } of told) all.push((data as { jobProgress: Record<string, unknown> }).jobProgress)
  expect(all.at(-1)).toMatchObject({ id, state: 'SUCCEEDED', added: 1_500 })
})
