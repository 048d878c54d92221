import { randomUUID } from 'node:crypto'
import { globalId, newId, rowIdOf } from '../../src/core/ids'
import { pdf } from '../support/sample-files'
import { testServer, type TestServer } from '../support/server'
import { tcpProxy, type TcpProxy } from '../support/tcp-proxy'
import { twoCounties, type TwoCounties } from '../support/two-counties'

const PLANNED = '{ powers { nodes { code } } }'
const RESOLVED = '{ vocabulary { name } powers { nodes { code } } }'
const PROPOSE = 'mutation ($input: ProposePowerInput!) { proposePower(input: $input) { power { id code } } }'

let proxy: TcpProxy
let server: TestServer
let world: TwoCounties

beforeAll(async () => {
  proxy = await tcpProxy()
  server = await testServer({
    through: url => proxy.url(url),
    env: { PLUMBLINE_RIGHTS_TTL: '300000', PLUMBLINE_STATEMENT_TIMEOUT: '2000' },
    before: async database => { world = await twoCounties(database) },
  })
})
afterAll(async () => {
  await proxy.pass()
  await server.close()
  await proxy.close()
})

afterEach(() => proxy.pass())

interface Told { status: number; retryAfter: string | null; code: string | null; outcome: unknown; data: unknown }

/** Any request, which must be answered within the promised time. */
async function ask(path: string, init: RequestInit, who: string, within = 6_000): Promise<Told> {
  const response = await server.fetch(path, { ...init, signal: AbortSignal.timeout(within) }, who)
  const text = await response.text()
  const body = (response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {}) as { data?: unknown; errors?: { extensions: { code: string; outcome?: string } }[] }
  return { status: response.status, retryAfter: response.headers.get('retry-after'), code: body.errors?.[0]?.extensions.code ?? null, outcome: body.errors?.[0]?.extensions.outcome, data: body.data ?? null }
}
const graphql = (query: string, variables: object = {}, who = 'W-EDITOR', within?: number): Promise<Told> =>
  ask('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) }, who, within)
interface Power { code: string; idempotencyKey?: string; [field: string]: unknown }
const power = (): Power => ({ unitId: world.wangcang.ids.Unit, code: randomUUID(), nameZh: '职权', category: 'OTHER', significance: 'GENERAL', positionIds: [world.wangcang.ids.Position], idempotencyKey: randomUUID() })
const propose = (input = power()): Promise<Told> => graphql(PROPOSE, { input })
const upload = (): Promise<Told> => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ subjectId: world.wangcang.ids.Power, title: '会议记录', sensitivity: 'INTERNAL', collectedAt: '2026-01-05T08:00:00Z' })) form.append(name, value)
  form.append('file', new Blob([new Uint8Array(pdf())]), 'minutes.pdf')
  return ask('/evidence', { method: 'POST', body: form }, 'W-EDITOR')
}
const download = (): Promise<Told> => ask(`/evidence/ev_${newId()}`, {}, 'W-EDITOR')
const ready = async (): Promise<number> => (await fetch(`${server.url}/readyz`, { signal: AbortSignal.timeout(1_000) })).status
const alive = async (): Promise<number> => (await fetch(`${server.url}/healthz`, { signal: AbortSignal.timeout(1_000) })).status

/** The outcome stands on every error of a mutation, whoever refuses it. */
test('a refused mutation says that nothing was done, from the document to the state', async () => {
  const send = async (authorization: string | null, query: string, variables: object = {}): Promise<unknown[]> => {
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...(authorization && { authorization }) }, body: JSON.stringify({ query, variables }) })
    const { errors } = await response.json() as { errors: { extensions: { code: string; outcome?: string } }[] }
    return errors.map(e => [e.extensions.code, e.extensions.outcome])
  }
  const editor = `Bearer ${await server.tokenFor('W-EDITOR')}`
  const refusals: [string | null, string, object, string][] = [
    [editor, 'mutation { noSuchCommand }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    [editor, PROPOSE, { input: { code: 1 } }, 'BAD_USER_INPUT'],
    [editor, PROPOSE, { input: { ...power(), nameZh: '' } }, 'BAD_INPUT'],
    [editor, PROPOSE, { input: { ...power(), unitId: world.cangxi.ids.Unit } }, 'NOT_FOUND'],
    [editor, PROPOSE, { input: { ...power(), code: 'P-01' } }, 'CONFLICT'],
    [`Bearer ${await server.tokenFor('W-APPROVER')}`, 'mutation ($id: ID!) { suspendPower(input: { id: $id, opinion: "无" }) { power { id } } }', { id: world.wangcang.ids.Power }, 'PRECONDITION_FAILED'],
    [`Bearer ${await server.tokenFor('REPORTS')}`, PROPOSE, { input: power() }, 'FORBIDDEN'],
    [null, PROPOSE, { input: power() }, 'UNAUTHENTICATED'],
    ['Bearer nonsense', PROPOSE, { input: power() }, 'UNAUTHENTICATED'],
  ]
  for (const [who, query, variables, code] of refusals) expect(await send(who, query, variables)).toContainEqual([code, 'NOT_DONE'])
  expect(await send(editor, '{ noSuchField }')).toEqual([['GRAPHQL_VALIDATION_FAILED', undefined]])
})

async function until(what: () => Promise<boolean> | boolean, milliseconds: number): Promise<void> {
  for (const end = Date.now() + milliseconds; !(await what());) {
    if (Date.now() > end) throw new Error(`It was not so within ${milliseconds} ms: ${what.toString()}`)
    await new Promise(done => setTimeout(done, 25))
  }
}

/** The same process answers a question and a command, and no connection is kept back. */
async function expectWhole(): Promise<void> {
  expect(await ready()).toBe(200)
  expect(await graphql(PLANNED)).toMatchObject({ status: 200, code: null, data: { powers: { nodes: expect.arrayContaining([{ code: 'P-01' }]) } } })
  expect(await graphql(RESOLVED)).toMatchObject({ status: 200, code: null })
  expect(await propose()).toMatchObject({ status: 200, code: null })
  // The product also works by itself now and then: what is kept back stays so.
  for (const pool of [server.db.reads, server.db.writes]) await until(() => pool.idleCount === pool.totalCount && pool.waitingCount === 0, 5_000)
}

const away = { status: 503, retryAfter: '2', code: 'UNAVAILABLE' }

describe.each([
  ['stopped: connections end, new ones are refused', () => proxy.refuse()],
  ['frozen: it takes connections and never answers', async () => proxy.swallow()],
])('PostgreSQL is %s', (_how, fail) => {
  test('everything is told within six seconds that it is not available; the process lives, is not ready, and works again when the database does', async () => {
    await expectWhole()
    // Of this person the rights have never been read.
    await server.tokenFor('W-LEADER')
    await fail()
    const answers = await Promise.all([graphql(PLANNED), graphql(RESOLVED), graphql(PLANNED, {}, 'W-LEADER'), upload(), download(), propose(), ...Array.from({ length: 30 }, () => graphql(PLANNED))])
    for (const answer of answers) expect(answer).toMatchObject(away)
    for (const command of [3, 5]) expect(answers[command]!.outcome).toMatch(/^(NOT_DONE|UNKNOWN)$/)
    await until(async () => (await ready()) === 503, 1_000)
    expect(await alive()).toBe(200)
    // Known to be away: nobody waits.
    expect(await propose()).toMatchObject({ ...away, outcome: 'NOT_DONE' })
    expect(await graphql(PROPOSE, { input: {} }, 'W-EDITOR')).toMatchObject({ status: 400 })
    await proxy.pass()
    await until(async () => (await ready()) === 200, 2_000)
    await expectWhole()
  })
})

interface Backend { pid: number; client_port: number }

/** What happens while nobody gets at the powers; `waiting` are the backends that try to. */
async function whilePowersAreLocked<T>(work: (waiting: (least: number) => Promise<Backend[]>) => Promise<T>): Promise<T> {
  const { owner } = server.database
  const client = await owner.connect()
  try {
    await client.query('BEGIN')
    await client.query('LOCK TABLE power IN ACCESS EXCLUSIVE MODE')
    return await work(async least => {
      let found: Backend[] = []
      await until(async () => {
        found = (await client.query<Backend>(`SELECT pid, client_port FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid = ANY (SELECT pid FROM pg_locks WHERE NOT granted)`)).rows
        return found.length >= least
      }, 5_000)
      return found
    })
  } finally {
    await client.query('COMMIT')
    client.release()
  }
}
const terminate = (pids: readonly number[]): Promise<unknown> => server.database.owner.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS t (pid)', [pids])
const stored = async (code: string): Promise<number> => (await server.database.owner.query('SELECT FROM power WHERE code = $1', [code])).rowCount!

test('more slow statements than connections: some are stopped, the rest wait for a bounded time, and the process is whole afterwards', async () => {
  const answers = await whilePowersAreLocked(() => Promise.all([
    ...Array.from({ length: 16 }, () => graphql(PLANNED, {}, 'W-EDITOR', 15_000)), ...Array.from({ length: 16 }, () => graphql(PROPOSE, { input: power() }, 'W-EDITOR', 15_000)),
  ]))
  const told = (from: number, to: number): string[] => [...new Set(answers.slice(from, to).map(a => `${a.status} ${a.code} ${a.outcome ?? ''}`.trim()))].sort()
  expect(told(0, 16)).toEqual(['200 LIMIT_EXCEEDED', '503 UNAVAILABLE'])
  // Of a statement that commits by itself and is stopped, the outcome is open.
  expect(told(16, 32)).toEqual([expect.stringMatching(/^200 LIMIT_EXCEEDED (NOT_DONE|UNKNOWN)$/), '503 UNAVAILABLE NOT_DONE'])
  await expectWhole()
})

test('a read and a command whose backend is killed are done all the same, once', async () => {
  const input = power()
  const answers = await whilePowersAreLocked(async waiting => {
    const both = [graphql(PLANNED), propose(input)] as const
    await terminate((await waiting(2)).map(b => b.pid))
    return both
  })
  for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ status: 200, code: null })
  expect(await stored(input.code)).toBe(1)
  await expectWhole()
})

test('all backends are killed again and again under load: what was acknowledged is there, what is unknown is settled by its key', async () => {
  let on = true
  const [done, refused, open] = [[] as Power[], [] as Power[], [] as Power[]]
  const writer = async (): Promise<void> => {
    while (on) {
      const input = power()
      const { status, outcome } = await propose(input)
      if (status === 200) done.push(input)
      else expect(status).toBe(503)
      if (outcome === 'NOT_DONE') refused.push(input)
      if (outcome === 'UNKNOWN') open.push(input)
    }
  }
  const reader = async (): Promise<void> => {
    while (on) expect([200, 503]).toContain((await graphql(PLANNED)).status)
  }
  const clients = [writer(), writer(), writer(), reader(), reader()]
  for (let i = 0; i < 4; i++) {
    const before = done.length
    await until(() => done.length > before + 5, 20_000)
    await server.database.owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = session_user AND application_name = '' AND query NOT LIKE '%pg_terminate_backend%'`)
  }
  on = false
  await Promise.all(clients)
  for (const { code } of done) expect(await stored(code)).toBe(1)
  for (const { code } of refused) expect(await stored(code)).toBe(0)
  for (const input of open) {
    expect(await propose(input)).toMatchObject({ status: 200 })
    expect(await stored(input.code)).toBe(1)
  }
  await expectWhole()
})

describe('a COMMIT whose answer does not come', () => {
  beforeAll(async () => {
    const { owner } = server.database
    await owner.query(`CREATE FUNCTION take_long() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END'`)
    await owner.query(`CREATE CONSTRAINT TRIGGER take_long AFTER INSERT ON power DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.name_zh = '慢') EXECUTE FUNCTION take_long()`)
  })
  afterAll(async () => {
    await server.database.owner.query('DROP TRIGGER take_long ON power')
    await server.database.owner.query('DROP FUNCTION take_long')
  })
  const committing = async (): Promise<Backend> => {
    let found: Backend | undefined
    await until(async () => {
      found = (await server.database.owner.query<Backend>(`SELECT pid, client_port FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`)).rows[0]
      return found !== undefined
    }, 5_000)
    return found!
  }
  const slow = (): Power => ({ ...power(), nameZh: '慢' })

  test('with a key it is found out and done once', async () => {
    const input = slow()
    const answer = propose(input)
    await terminate([(await committing()).pid])
    expect(await answer).toMatchObject({ status: 200, code: null })
    expect(await stored(input.code)).toBe(1)
  })

  test('without one it is told honestly', async () => {
    const { idempotencyKey: _, ...input } = slow()
    const answer = propose(input)
    await terminate([(await committing()).pid])
    expect(await answer).toMatchObject({ ...away, outcome: 'UNKNOWN' })
    expect(await stored(input.code)).toBe(0)
    await expectWhole()
  })

  test('nor on a connection that hangs: it was done, and the first answer is given', async () => {
    const input = slow()
    const answer = propose(input)
    proxy.swallowOne((await committing()).client_port)
    expect(await answer).toMatchObject({ status: 200, code: null, data: { proposePower: { power: { code: input.code } } } })
    expect(await stored(input.code)).toBe(1)
    await expectWhole()
  })
})

test('a read on a connection that hangs is answered on another one', async () => {
  const answer = await whilePowersAreLocked(async waiting => {
    const asked = graphql(PLANNED)
    proxy.swallowOne((await waiting(1))[0]!.client_port)
    return [asked]
  })
  expect(await answer[0]).toMatchObject({ status: 200, code: null })
  await expectWhole()
})

test('a full disk refuses writes honestly, lets reads through, and is over when there is room again', async () => {
  const { owner } = server.database
  await owner.query(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END$$`)
  await owner.query('CREATE TRIGGER no_room BEFORE INSERT ON power FOR EACH ROW EXECUTE FUNCTION no_room()')
  const input = power()
  expect(await propose(input)).toMatchObject({ ...away, outcome: 'NOT_DONE' })
  expect(await graphql(PLANNED)).toMatchObject({ status: 200 })
  expect(await ready()).toBe(200)
  await owner.query('DROP TRIGGER no_room ON power')
  await owner.query('DROP FUNCTION no_room')
  expect(await propose(input)).toMatchObject({ status: 200 })
  await expectWhole()
})

describe('two instances on one database', () => {
  let other: TestServer
  beforeAll(async () => { other = await testServer({ beside: server }) })
  afterAll(() => other.close())

  let turn = 0
  /** As behind a balancer: each request goes to the next instance. */
  const next = (): TestServer => [server, other][turn++ % 2]!
  const counts = async (key: string, id: string): Promise<number[]> => Promise.all([
    ['SELECT FROM idempotent_request WHERE key = $1', key], [`SELECT FROM audit_record WHERE subject_id = $1 AND command IN ('proposePower', 'editPower', 'grantRole')`, id],
  ].map(async ([text, value]) => (await server.database.owner.query(text!, [value])).rowCount!))
  const rowId = (global: string): string => rowIdOf(global.split('_')[0]!, global)!

  test('what is repeated at the same moment on both is written once, and all get the first answer', async () => {
    const input = power()
    const answers = await Promise.all(Array.from({ length: 12 }, () => next().data<{ proposePower: { power: { id: string } } }>(PROPOSE, { input }, 'W-EDITOR')))
    const ids = new Set(answers.map(a => a.proposePower.power.id))
    expect(ids.size).toBe(1)
    expect(await stored(input.code)).toBe(1)
    expect(await counts(input.idempotencyKey!, rowId([...ids][0]!))).toEqual([1, 1])
  })

  test('an edit and a grant are repeated on the other one after their rows have changed: the first answer, and nothing written', async () => {
    const edit = `mutation ($input: EditPowerInput!) { editPower(input: $input) { power { id } } }`
    const { proposePower: { power: { id } } } = await server.data<{ proposePower: { power: { id: string } } }>(PROPOSE, { input: power() }, 'W-EDITOR')
    const input = { id, rowVersion: 1, nameZh: '甲', idempotencyKey: randomUUID() }
    await server.data(edit, { input }, 'W-EDITOR')
    await other.data(edit, { input: { id, rowVersion: 2, nameZh: '乙' } }, 'W-EDITOR')
    expect(await other.data(edit, { input }, 'W-EDITOR')).toEqual({ editPower: { power: { id } } })
    expect((await server.database.owner.query('SELECT row_version, name_zh FROM power WHERE id = $1', [rowId(id)])).rows).toEqual([{ row_version: 3, name_zh: '乙' }])
    expect(await counts(input.idempotencyKey, rowId(id))).toEqual([1, 3])

    const grant = 'mutation ($input: GrantRoleInput!) { grantRole(input: $input) { roleGrant { id } } }'
    const given = { personId: world.wangcang.ids.Person, unitId: world.wangcang.ids.Unit, role: 'DUTY_OWNER', idempotencyKey: randomUUID() }
    const first = await server.data<{ grantRole: { roleGrant: { id: string } } }>(grant, { input: given }, 'ADMIN')
    expect(await other.data(grant, { input: given }, 'ADMIN')).toEqual(first)
    expect(await counts(given.idempotencyKey, rowId(first.grantRole.roleGrant.id))).toEqual([1, 1])
  })

  test('a key belongs to its actor, its command and its input', async () => {
    const input = power()
    await server.data(PROPOSE, { input }, 'W-EDITOR')
    const changed = await other.query(PROPOSE, { input: { ...input, nameZh: '别的' } }, 'W-EDITOR')
    expect(changed.errors[0]!.extensions).toMatchObject({ code: 'CONFLICT', outcome: 'NOT_DONE', violations: [{ path: 'idempotencyKey', rule: 'unused' }] })
    const design = `mutation ($input: WithdrawEvidenceInput!) { withdrawEvidence(input: $input) { evidence { id } } }`
    expect((await other.query(design, { input: { id: `ev_${newId()}`, reason: '错', idempotencyKey: input.idempotencyKey } }, 'W-EDITOR')).errors[0]!.extensions.code).toBe('CONFLICT')
    const theirs = { ...input, unitId: world.cangxi.ids.Unit, positionIds: [world.cangxi.ids.Position] }
    expect((await other.query(PROPOSE, { input: theirs }, 'C-EDITOR')).errors).toEqual([])
    expect(await stored(input.code)).toBe(2)
  })

  test('what one wrote and granted, the other reads and honours', async () => {
    const { code } = power()
    await server.data(PROPOSE, { input: { ...power(), code } }, 'W-EDITOR')
    expect(await other.data('query ($code: String!) { powers(filter: { code: { eq: $code } }) { nodes { code } } }', { code }, 'W-EDITOR')).toEqual({ powers: { nodes: [{ code }] } })
    const document = '{ powers { nodes { code } } }'
    expect((await other.query(document, {}, 'NOBODY')).errors[0]!.extensions.code).toBe('FORBIDDEN')
    const personId = globalId('person', world.org.persons.get('NOBODY')!)
    await server.data('mutation ($input: GrantRoleInput!) { grantRole(input: $input) { roleGrant { id } } }', { input: { personId, unitId: world.wangcang.ids.Unit, role: 'LEADER_READER' } }, 'ADMIN')
    expect((await other.query(document, {}, 'NOBODY')).errors).toEqual([])
  })
})
