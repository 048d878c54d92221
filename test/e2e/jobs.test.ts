import { createClient, type Client } from 'graphql-ws'
import exceljs from 'exceljs'
import type pg from 'pg'
import { WebSocket } from 'ws'
import { globalId } from '../../src/core/ids'
import { runCommand } from '../../src/database/command'
import { JobRunner, type JobRunnerOptions } from '../../src/domain/job'
import { testServer, type TestServer } from '../support/server'
import { smallCity, SYSTEM, type SmallCity } from '../support/small-city'

/** One instance works on jobs, the other one leaves them to it. */
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
  b = await testServer({ beside: a, env: { PLUMBLINE_JOBS: '0' } })
}, 120_000)
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
  // What earlier tests asked for and did not wait for.
  while ((await client.query(`SELECT FROM job WHERE state IN ('QUEUED', 'RUNNING')`)).rowCount) await new Promise(done => setTimeout(done, 20))
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('plumbline.unit-tree'))`)
    return await work()
  } finally {
    await client.query('SELECT pg_advisory_unlock_all()')
    client.release()
  }
}

const cancel = (id: string, who: string) => a.query('mutation($input: CancelJobInput!) { cancelJob(input: $input) { job { state } } }', { input: { id } }, who)

/** What works on jobs in the other instance, which leaves them alone by itself. */
const another = (o: Partial<JobRunnerOptions> = {}): JobRunner =>
  new JobRunner(b.db, b.app.signals, { concurrency: 1, timeLimit: 60_000, log: { warn: () => undefined, error: () => undefined }, chinese: p => p.message, ...o })

async function progress(s: TestServer, who: string, id: string): Promise<AsyncGenerator<Record<string, unknown>>> {
  const client = createClient({ url: `${s.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization: `Bearer ${await s.tokenFor(who)}` } })
  clients.push(client)
  return client.iterate({ query: 'subscription($id: ID!) { jobProgress(id: $id) { id state phase done total countedIn added } }', variables: { id } }) as AsyncGenerator<Record<string, unknown>>
}
async function workbook(rows: readonly (readonly (string | number)[])[], sheetName = '单位信息'): Promise<Buffer> {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet(sheetName)
  for (const row of rows) sheet.addRow([...row])
  return Buffer.from(await book.xlsx.writeBuffer())
}
const CHINESE = ['单位代码*', '单位名称*', '单位类型*', '区划代码*', '上级单位代码']

describe('a file of units by a unit administrator', () => {
  test('CSV: every row is there, the job says so with who asked, and the file is gone', async () => {
    const code = fresh()
    const id = await start('ADMIN', 'units', 'units.csv', units(code))
    expect(await ended(id)).toMatchObject({
      kind: 'units', state: 'SUCCEEDED', added: 3, changed: 0, unchanged: 0, failure: null, problemCount: 0, problems: [], allowedCommands: [], startedAt: expect.any(String), finishedAt: expect.any(String),
      transitions: { nodes: expect.arrayContaining([{ command: 'runJob', fromState: 'QUEUED', toState: 'RUNNING' }, { command: 'runJob', fromState: 'RUNNING', toState: 'SUCCEEDED' }]) },
    })
    expect(await count(code)).toBe(3)
    const { rows } = await a.database.owner.query(`SELECT created_by LIKE 'person:%' AS person FROM unit WHERE starts_with(code, $1)`, [`${code}-`])
    expect(rows).toEqual(Array.from({ length: 3 }, () => ({ person: true })))
    // One record for the batch, in the name of whoever asked.
    const { rows: audits } = await a.database.owner.query(`SELECT actor LIKE 'person:%' AS person, after->>'count' AS count FROM audit_record WHERE command = 'importUnits' AND request_id = $1 AND subject_type = 'unit'`, [`job:${id.slice(4)}`])
    expect(audits).toEqual([{ person: true, count: '3' }])
    expect((await a.database.owner.query('SELECT FROM workbook WHERE job_id = $1', [id.slice(4)])).rowCount).toBe(0)
  })

  test('XLSX with Chinese headers and labels', async () => {
    const code = fresh()
    const id = await start('ADMIN', 'units', '单位.xlsx', await workbook([CHINESE, [`${code}-1`, '县中医院', '事业单位', 510821, '510821-HEALTH']]), { unitId: globalId('unit', city.id('510821-HEALTH')) })
    expect(await ended(id, 'COLLEAGUE')).toMatchObject({ state: 'SUCCEEDED', added: 1 })
    expect(await count(code)).toBe(1)
  })

  test('every problem is told with sheet, row, column and code, in both languages, and nothing is written', async () => {
    const code = fresh()
    const book = await workbook([CHINESE, [`${code}-1`, '好单位', '事业单位', '510821', '510821'], [`${code}-1`, '', '公司', '510821', '510821'], [`${code}-2`, '坏区划', '事业单位', '999999', 'NOWHERE']])
    const job = await ended(await start('ADMIN', 'units', 'units.xlsx', book))
    expect(job).toMatchObject({ state: 'FAILED', failure: 'BAD_INPUT', problemCount: 5, added: null })
    expect(job.problems.map(p => [p['sheet'], p['row'], p['column'], p['cell'], p['code']])).toEqual([
      ['单位信息', 3, '单位代码*', 'A3', 'DUPLICATE'], ['单位信息', 3, '单位名称*', 'B3', 'REQUIRED'], ['单位信息', 3, '单位类型*', 'C3', 'NOT_IN_LIST'],
      ['单位信息', 4, '区划代码*', 'D4', 'INV-41'], ['单位信息', 4, '上级单位代码', 'E4', 'UNKNOWN_PARENT'],
    ])
    expect(job.problems.map(p => p['messageZh'])).toEqual(['与文件中的另一行重复。', '必须填写。', expect.stringMatching(/^不在允许的取值之内：.*PUBLIC_INSTITUTION \(事业单位/), expect.stringContaining('区划代码'), '没有该代码的上级单位。'])
    for (const p of job.problems) expect(p['messageEn']).toMatch(/^[a-zA-Z].*\.$/)
    expect(await count(code)).toBe(0)
    // What stands in the file is kept on the job, which goes with its unit, and not in the log.
    const { rows } = await a.database.owner.query<{ text: string }>(`SELECT after::text AS text FROM audit_record WHERE subject_id = $1`, [job.id.slice(4)])
    expect(rows.some(r => r.text.includes('NOWHERE'))).toBe(false)
  })

  test('of very many problems the first are kept, with how many there are', async () => {
    const job = await ended(await start('ADMIN', 'units', 'units.csv', [HEADER, ...Array.from({ length: 300 }, (_, i) => `${fresh()},单位${i},公司,510821,510821`)].join('\n')))
    expect([job.problemCount, job.problems.length]).toEqual([300, 200])
  })

  test('rows outside the unit that it was asked for are as unknown as those outside the rights', async () => {
    const [code, other] = [fresh(), fresh()]
    const inside = await ended(await start('ADMIN', 'units', 'units.csv', `${HEADER}\n${code}-1,单位,PUBLIC_INSTITUTION,510821,510821`, { unitId: globalId('unit', city.id('510821-HEALTH')) }))
    const outside = await ended(await start('ADMIN', 'units', 'units.csv', `${HEADER}\n${other}-1,单位,PUBLIC_INSTITUTION,510802,510802`))
    expect([inside, outside].map(j => j.problems.map(p => p['code']))).toEqual([['UNKNOWN_PARENT'], ['UNKNOWN_PARENT']])
  })
})

describe('other registers', () => {
  test('an editor brings powers of the unit as proposals: what needs a second person is not imported', async () => {
    const code = fresh()
    await ended(await start('ADMIN', 'positions', 'posts.csv', `unitCode,code,nameZh,powerBearing\n510821-HEALTH,${code},局长,是`))
    const line = (state: string, no: number): string => `510821-HEALTH,${code}-W${no},药械采购,PROCUREMENT,MAJOR,${code},${state}`
    const powers = (...lines: string[]): string => ['unitCode,code,nameZh,category,significance,positionCodes,state', ...lines].join('\n')
    const refused = await ended(await start('EDITOR', 'powers', 'powers.csv', powers(line('PROPOSED', 1), line('CONFIRMED', 2))), 'EDITOR')
    expect(refused.problems.map(p => [p['row'], p['column'], p['code']])).toEqual([[3, 'state', 'INV-24']])
    expect(await ended(await start('EDITOR', 'powers', 'powers.csv', powers(line('', 1))), 'EDITOR')).toMatchObject({ state: 'SUCCEEDED', added: 1 })
    const { powers: there } = await a.data<{ powers: { nodes: { id: string; state: string; allowedCommands: string[] }[] } }>('query($c: String!) { powers(filter: { code: { eq: $c } }) { nodes { id state allowedCommands } } }', { c: `${code}-W1` }, 'EDITOR')
    expect(there.nodes).toEqual([expect.objectContaining({ state: 'PROPOSED', allowedCommands: ['editPower'] })])
  })

  test('risk points begin with their first rating, controls as designed', async () => {
    const points = 'unitCode,powerCode,code,description,category,ownerPositionCode,inherentLikelihood,inherentImpact,state,responsePlan,reviewDueOn'
    const point = await ended(await start('EDITOR', 'risk-points', 'points.csv', `${points}\n510821-HEALTH,NO,R1,描述,PROCESS,NO,,,MONITORED,REDUCE,2026-12-31`), 'EDITOR')
    const control = await ended(await start('EDITOR', 'controls', 'controls.csv', 'unitCode,code,description,nature,mode,frequency,ownerPositionCode,riskPoints,state\n510821-HEALTH,K1,抽查,PREVENTIVE,MANUAL,MONTHLY,NO,NO/R1,OPERATING'), 'EDITOR')
    expect([point, control].map(j => j.problems.filter(p => p['column'] === 'state').map(p => p['code']))).toEqual([['SM-5'], ['SM-6']])
  })

  test('a plugin’s register takes its file through the plugin’s own import: rows are added, corrected, or left', async () => {
    const contracts = (title: string): string => `合同编号,合同名称,品类,适用制度,采购方式,签订日期,合同金额,供应商\nJ-1,${title},设备,政府采购,公开招标,2026-03-24,100,公司\nJ-2,试剂,耗材,政府采购,询价,2026-03-24,100,公司`
    const unitId = globalId('unit', city.id('510821-HEALTH'))
    const first = await ended(await start('EDITOR', 'health-procurement.contracts', '合同.csv', contracts('设备'), { unitId }), 'EDITOR')
    expect(first).toMatchObject({ state: 'SUCCEEDED', added: 2, changed: 0, unchanged: 0 })
    expect(await ended(await start('EDITOR', 'health-procurement.contracts', '合同.csv', contracts('大型设备')), 'EDITOR')).toMatchObject({ state: 'SUCCEEDED', added: 0, changed: 1, unchanged: 1 })
    const bad = await ended(await start('EDITOR', 'health-procurement.contracts', '合同.csv', contracts('设备').replace('2026-03-24', '去年')), 'EDITOR')
    expect(bad.problems.map(p => [p['sheet'], p['row'], p['column'], p['cell'], p['code']])).toEqual([['合同.csv', 2, '签订日期', 'F2', 'NOT_A_DATE']])
  })

  test('each is told what they may bring', async () => {
    const kinds = async (who: string): Promise<string[]> => (await a.data<{ importKinds: { kind: string }[] }>('{ importKinds { kind titleZh titleEn } }', {}, who)).importKinds.map(k => k.kind)
    expect(await kinds('ADMIN')).toEqual(['units', 'relations', 'positions', 'persons', 'appointments', 'village-supervisors'])
    expect(await kinds('EDITOR')).toEqual(['powers', 'risk-points', 'controls', 'indicator-figures', 'health-procurement.contracts'])
    expect((await a.query('{ importKinds { kind } }', {}, 'READER')).errors[0]!.extensions.code).toBe('FORBIDDEN')
  })
})

describe('whoever may not', () => {
  const refusal = async (who: string, input: Record<string, unknown>): Promise<string> => {
    const { errors } = await a.query(START, { input }, who)
    return errors[0]!.extensions.code
  }

  test('a kind that others bring, a unit of others, a file of others, and one that was used are refused', async () => {
    const mine = (await send('EDITOR', 'units.csv', units(fresh()))).workbook!.id
    expect(await refusal('EDITOR', { kind: 'units', workbookId: mine })).toBe('FORBIDDEN')
    expect(await refusal('EDITOR', { kind: 'units', workbookId: mine, unitId: globalId('unit', city.id('510821-HEALTH')) })).toBe('FORBIDDEN')
    expect(await refusal('EDITOR', { kind: 'powers', workbookId: mine, unitId: globalId('unit', city.id('510802-HEALTH')) })).toBe('NOT_FOUND')
    expect(await refusal('SECOND', { kind: 'powers', workbookId: mine })).toBe('NOT_FOUND')
    // Everybody's divisions are brought on the command line only, by whoever holds the database.
    for (const kind of ['divisions', 'nothing', 'medical-insurance.violation-records']) expect([kind, await refusal('EDITOR', { kind, workbookId: mine })]).toEqual([kind, 'BAD_INPUT'])
    await start('ADMIN', 'units', 'units.csv', units(fresh()))
    const { workbook: used } = await send('ADMIN', 'units.csv', units(fresh()))
    await a.data(START, { input: { kind: 'units', workbookId: used!.id } }, 'ADMIN')
    expect(await refusal('ADMIN', { kind: 'units', workbookId: used!.id })).toBe('NOT_FOUND')
    expect(await refusal('READER', { kind: 'units', workbookId: mine })).toBe('FORBIDDEN')
  })

  test('a neighbouring county sees no job, in no way; supervisors above do', async () => {
    const id = await start('ADMIN', 'units', 'units.csv', units(fresh()))
    expect(await jobOf(id, 'NEIGHBOUR')).toBeNull()
    expect((await a.data<{ node: unknown }>('query($id: ID!) { node(id: $id) { id } }', { id }, 'NEIGHBOUR')).node).toBeNull()
    expect((await a.data<{ jobs: { totalCount: number } }>('{ jobs { totalCount } }', {}, 'NEIGHBOUR')).jobs.totalCount).toBe(0)
    expect((await cancel(id, 'NEIGHBOUR')).errors[0]!.extensions.code).toBe('NOT_FOUND')
    await expect((await progress(a, 'NEIGHBOUR', id)).next()).resolves.toMatchObject({ value: { errors: [{ extensions: { code: 'NOT_FOUND' } }] } })
    expect((await jobOf(id, 'SUPERVISOR'))!.id).toBe(id)
    expect((await a.query(JOB, { id }, 'READER')).errors[0]!.extensions.code).toBe('FORBIDDEN')
    expect((await cancel(id, 'SUPERVISOR')).errors[0]!.extensions.code).toBe('FORBIDDEN')
    await ended(id)
  })

  test('files: too large, of another type, of another name, empty, by nobody, by somebody who brings none', async () => {
    const told = async (...given: Parameters<typeof send>): Promise<unknown[]> => {
      const { status, code, rules } = await send(...given)
      return [status, code, ...rules]
    }
    expect(await told('ADMIN', 'units.csv', Buffer.alloc(20_971_521, 'x'))).toEqual([413, 'LIMIT_EXCEEDED', 'maxBytes'])
    expect(await told('ADMIN', 'units.csv', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 1]))).toEqual([400, 'BAD_INPUT', 'workbookType'])
    expect(await told('ADMIN', 'units.xlsx', units(fresh()))).toEqual([400, 'BAD_INPUT', 'fileName'])
    expect(await told('ADMIN', 'units.xlsx', Buffer.from('PK\u0003\u0004 and nothing more'))).toEqual([400, 'BAD_INPUT', 'archive'])
    expect(await told('ADMIN', 'units.csv', '')).toEqual([400, 'BAD_INPUT', 'notEmpty'])
    expect(await told(null, 'units.csv', units(fresh()))).toEqual([401, 'UNAUTHENTICATED'])
    expect(await told('READER', 'units.csv', units(fresh()))).toEqual([403, 'FORBIDDEN'])
    expect((await a.fetch('/workbooks', {}, 'ADMIN')).status).toBe(404)
  })
})

test('the same keys again: one file, one job', async () => {
  const [key, code] = [`key-${fresh()}-upload`, fresh()]
  const [one, two] = [await send('ADMIN', 'units.csv', units(code), key), await send('ADMIN', 'units.csv', units(code), key)]
  expect(two.workbook!.id).toBe(one.workbook!.id)
  expect((await send('ADMIN', 'units.csv', units(fresh()), key)).code).toBe('CONFLICT')
  const input = { kind: 'units', workbookId: one.workbook!.id, idempotencyKey: `key-${code}-start` }
  const starting = (): Promise<string> => a.data<{ startImport: { job: Job } }>(START, { input }, 'ADMIN').then(d => d.startImport.job.id)
  const id = await starting()
  await ended(id)
  expect(await starting()).toBe(id)
  expect(await count(code)).toBe(3)
})

test('whoever watches a job on another instance is told how it is, how far it comes, and its end', async () => {
  const code = fresh()
  const { told, id } = await held(async () => {
    const id = await start('ADMIN', 'units', 'units.csv', units(code, 1_500))
    await until(id, j => j.phase === 'CHECKING')
    const told = await progress(b, 'SUPERVISOR', id)
    expect((await told.next()).value).toEqual({ data: { jobProgress: { id, state: 'RUNNING', phase: 'CHECKING', done: 0, total: 100, countedIn: 'PERCENT', added: null } } })
    // It lives, and says so beside the transaction that waits.
    expect((await told.next()).value).toMatchObject({ data: { jobProgress: { state: 'RUNNING' } } })
    return { told, id }
  })
  const all: Record<string, unknown>[] = []
  for await (const { data } of told) all.push((data as { jobProgress: Record<string, unknown> }).jobProgress)
  expect(all.at(-1)).toMatchObject({ id, state: 'SUCCEEDED', added: 1_500 })
  const after = await progress(b, 'ADMIN', id)
  expect((await after.next()).value).toMatchObject({ data: { jobProgress: { state: 'SUCCEEDED' } } })
  expect((await after.next()).done).toBe(true)
})

describe('a job that is broken off writes nothing', () => {
  test('called off by whoever asked, while it runs and before; not by a colleague below', async () => {
    const [running, waiting] = [fresh(), fresh()]
    await held(async () => {
      const first = await start('ADMIN', 'units', 'units.csv', units(running))
      await until(first, j => j.state === 'RUNNING')
      const second = await start('ADMIN', 'units', 'units.csv', units(waiting))
      for (const id of [second, first]) {
        expect((await jobOf(id))!.allowedCommands).toEqual(['cancelJob'])
        expect((await cancel(id, 'COLLEAGUE')).errors[0]!.extensions.code).toBe('NOT_FOUND')
        expect((await cancel(id, 'ADMIN')).data).toEqual({ cancelJob: { job: { state: 'CANCELLED' } } })
        const { errors } = await cancel(id, 'ADMIN')
        expect(errors[0]!.extensions).toMatchObject({ code: 'PRECONDITION_FAILED', allowedCommands: [] })
      }
      // The next one is not kept waiting by what was called off.
      await until(await start('ADMIN', 'units', 'units.csv', units(fresh())), j => j.state === 'RUNNING')
    })
    expect([await count(running), await count(waiting)]).toEqual([0, 0])
  })

  test('an editor’s is not called off by another editor, but by an administrator of the unit', async () => {
    await held(async () => {
      const blocking = await start('ADMIN', 'units', 'units.csv', units(fresh()))
      await until(blocking, j => j.state === 'RUNNING')
      const id = await start('EDITOR', 'powers', 'powers.csv', 'unitCode,code\n')
      expect((await cancel(id, 'SECOND')).errors[0]!.extensions.code).toBe('FORBIDDEN')
      expect((await cancel(id, 'COLLEAGUE')).data).toEqual({ cancelJob: { job: { state: 'CANCELLED' } } })
      await cancel(blocking, 'ADMIN')
    })
  })

  test('when the right to it is revoked: what runs stops, what waits is refused', async () => {
    const [running, waiting] = [fresh(), fresh()]
    const [first, second] = await held(async () => {
      const first = await start('LEAVING', 'units', 'units.csv', units(running))
      await until(first, j => j.state === 'RUNNING')
      const second = await start('LEAVING', 'units', 'units.csv', units(waiting))
      await a.data('mutation($input: RevokeRoleInput!) { revokeRole(input: $input) { roleGrant { id } } }', { input: { id: grants['LEAVING'] } }, 'ABOVE')
      await ended(first)
      return [first, second]
    })
    for (const id of [first, second]) expect(await ended(id)).toMatchObject({ state: 'FAILED', failure: 'FORBIDDEN', problemCount: 0 })
    expect([await count(running), await count(waiting)]).toEqual([0, 0])
    expect((await a.database.owner.query('SELECT FROM workbook WHERE job_id = ANY($1::uuid[])', [[first.slice(4), second.slice(4)]])).rowCount).toBe(0)
  })

  test('when its time is over', async () => {
    await held(async () => {
      const mine = await start('ADMIN', 'units', 'units.csv', units(fresh()))
      await until(mine, j => j.state === 'RUNNING')
      const runner = another({ timeLimit: 300 })
      expect(await ended(await start('ADMIN', 'units', 'units.csv', units(fresh())))).toMatchObject({ state: 'FAILED', failure: 'jobTime' })
      await runner.stop()
      await cancel(mine, 'ADMIN')
    })
  })
})

describe('a server that ends', () => {
  test('in order, puts its job back; another one does it, once', async () => {
    const code = fresh()
    const put = await held(async () => {
      const blocking = await start('ADMIN', 'units', 'units.csv', units(fresh()))
      await until(blocking, j => j.state === 'RUNNING')
      const runner = another()
      const id = await start('ADMIN', 'units', 'units.csv', units(code))
      await until(id, j => j.state === 'RUNNING')
      await runner.stop()
      expect(await jobOf(id)).toMatchObject({ state: 'QUEUED', phase: null, done: 0 })
      return id
    })
    expect(await ended(put)).toMatchObject({ state: 'SUCCEEDED', added: 3 })
    expect(await count(code)).toBe(3)
    const { rows } = await a.database.owner.query('SELECT attempts FROM job WHERE id = $1', [put.slice(4)])
    expect(rows).toEqual([{ attempts: 1 }])
  })

  test('without a word: its job is taken up when its time is over, and given up when that happens again and again', async () => {
    // One that somebody gave, like which the lost ones are.
    const given = await start('ADMIN', 'units', 'units.csv', units(fresh()))
    expect(await ended(given)).toMatchObject({ state: 'SUCCEEDED' })
    const lost = (attempts: number): Promise<unknown> => a.database.owner.query(
      `INSERT INTO job (id, unit_id, kind, state, file_name, size_bytes, sha256, attempts, runner, lease_until, started_at, created_by, updated_by)
       SELECT gen_random_uuid(), $1, 'units', 'RUNNING', 'units.csv', 1, 'x', $2, 'gone', now() - interval '1 second', now(), created_by, created_by FROM job WHERE id = $3 RETURNING id`,
      [city.id('510821'), attempts, given.slice(4)]).then(({ rows }) => globalId('job', (rows[0] as { id: string }).id))
    const again = await lost(2) as string
    await start('ADMIN', 'units', 'units.csv', units(fresh()))
    // Its file is not there: a file with nothing in it has no rows.
    expect(await ended(again)).toMatchObject({ state: 'FAILED', failure: 'BAD_INPUT' })
    const tooOften = await lost(3) as string
    await start('ADMIN', 'units', 'units.csv', units(fresh()))
    expect(await ended(tooOften)).toMatchObject({ state: 'FAILED', failure: 'PROCESS_ENDED' })
  })
})

test('so many at once and no more, of jobs and of files', async () => {
  await held(async () => {
    const ids: string[] = []
    for (let i = 0; i < 20; i++) ids.push(await start('ADMIN', 'units', 'units.csv', units(fresh())))
    const files: Sent[] = []
    for (let i = 0; i < 21; i++) files.push(await send('ADMIN', 'units.csv', units(fresh())))
    expect(files.map(f => f.status)).toEqual([...Array.from({ length: 20 }, () => 201), expect.any(Number)])
    expect(files[20]!.code).toBe('LIMIT_EXCEEDED')
    expect((await a.query(START, { input: { kind: 'units', workbookId: files[0]!.workbook!.id } }, 'ADMIN')).errors[0]!.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'openJobs' })
    expect(await (await fetch(`${a.url}/metrics`)).text()).toMatch(/plumbline_jobs\{state="QUEUED"\} (19|20)/)
    for (const id of ids.reverse()) await cancel(id, 'ADMIN')
    await a.database.owner.query('DELETE FROM workbook WHERE job_id IS NULL')
  })
})
