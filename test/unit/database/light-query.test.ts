import type pg from 'pg'
import { ask as askPool, RowsQuery, run, TextQuery } from '../../../src/database/light-query'
import { type TestDatabase, testDatabase } from '../../support/database'

let t: TestDatabase
beforeAll(async () => { t = await testDatabase({ readConnections: 2 }) })
afterAll(() => t.close())

const ask = (name: string | undefined, text: string, values: readonly unknown[] = [], client?: pg.ClientBase): Promise<string | null> => {
  const query = new TextQuery({ name, text, values })
  return client ? run(client, query) : askPool(t.db.reads, query)
}

const HOSTILE = ['', 'a', '广元', '😀', '\\', '"', `'`, '{}', '{a,b}', 'NULL', ',', ' ', '\n\t', '$1', 'x'.repeat(70_000)]

test('parameters arrive as they are: texts, numbers, booleans, nothing, and lists of them', async () => {
  for (const text of HOSTILE) expect(await ask('same', 'SELECT $1::text', [text])).toBe(text)
  expect(JSON.parse((await ask(undefined, 'SELECT to_json($1::text[])::text', [[...HOSTILE, null]]))!)).toEqual([...HOSTILE, null])
  expect(await ask(undefined, `SELECT concat_ws(' ', $1::int, $2::boolean, $3::text IS NULL, $4::text IS NULL, $5::uuid[], $6::int[])`,
    [-7, false, null, undefined, [], [1, 2]])).toBe('-7 f t t {} {1,2}')
  expect(() => new TextQuery({ text: 'SELECT $1', values: [{ a: 1 }] })).toThrow(TypeError)
})

test('a named statement is prepared once on each connection; an unnamed one is not kept', async () => {
  const client = await t.db.writes.connect()
  try {
    for (let i = 0; i < 3; i++) expect(await ask('kept', 'SELECT $1::text', [String(i)], client)).toBe(String(i))
    await ask(undefined, 'SELECT $1::text || 1', ['x'], client)
    expect((await client.query(`SELECT name FROM pg_prepared_statements WHERE starts_with(statement, 'SELECT $1::text')`)).rows).toEqual([{ name: 'kept' }])
    await expect(ask('kept', 'SELECT 2::text', [], client)).rejects.toThrow('The name kept is that of another statement.')
    expect((await client.query({ name: 'kept', text: 'SELECT $1::text', values: ['by pg itself'] })).rows).toEqual([{ text: 'by pg itself' }])
  } finally {
    client.release()
  }
})

test('an answer that is NULL, and the errors of PostgreSQL with their codes; the connection serves on', async () => {
  expect(await ask('nothing', 'SELECT NULL::text')).toBeNull()
  await expect(ask(undefined, 'SELECT $1::int::text', ['x'])).rejects.toMatchObject({ code: '22P02' })
  await expect(ask('broken', 'SELECT nothing_such', [])).rejects.toMatchObject({ code: '42703' })
  await expect(ask('broken', 'SELECT nothing_such', [])).rejects.toMatchObject({ code: '42703' })
  const client = await t.db.writes.connect()
  try {
    await expect(ask('by zero', 'SELECT (1 / $1::int)::text', [0], client)).rejects.toMatchObject({ code: '22012' })
    await expect(ask('by zero', 'SELECT (1 / $1::int)::text', [0], client)).rejects.toMatchObject({ code: '22012' })
    expect(await ask('by zero', 'SELECT (1 / $1::int)::text', [1], client)).toBe('1')
    await client.query(`SET statement_timeout = 20`)
    await expect(ask('slow', 'SELECT pg_sleep(5)::text', [], client)).rejects.toMatchObject({ code: '57014' })
    await client.query('RESET statement_timeout')
  } finally {
    client.release()
  }
})

test('statements that run at once keep their answers apart, also beyond the number of connections', async () => {
  const asked = Array.from({ length: 40 }, (_, i) => i)
  const answers = await Promise.all(asked.map(i => ask(i % 3 ? 'several' : undefined, 'SELECT $1::text || pg_sleep(0.002)::text', [`a${i}`])))
  expect(answers).toEqual(asked.map(i => `a${i}`))
})

test('a connection that dies is an error of the statement that ran on it', async () => {
  const client = await t.db.writes.connect()
  const lost = new Promise<Error>(resolve => client.on('error', resolve))
  const { rows: [{ pid }] } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid') as unknown as { rows: [{ pid: number }] }
  const running = ask(undefined, 'SELECT pg_sleep(10)::text', [], client)
  await t.owner.query('SELECT pg_terminate_backend($1)', [pid])
  await expect(running).rejects.toThrow(/terminat/)
  client.release(await lost)
  expect((await t.db.writes.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})

describe('rows', () => {
  const rows = (client: pg.ClientBase, ...statements: { name?: string; text: string; values?: unknown[] }[]) => run(client, new RowsQuery(...statements.map(s => ({ values: [], ...s }))))
  const onClient = async <T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> => {
    const client = await t.db.writes.connect()
    try {
      return await work(client)
    } finally {
      client.release()
    }
  }
  const MIXED = { name: 'mixed', text: `SELECT n, NULL::text AS nothing, n % 2 = 0 AS even, ARRAY[n, 7] AS list, jsonb_build_object('n', n) AS object, date '2026-01-02' AS day, n::bigint AS big FROM generate_series(1, $1::int) n` }

  test('have the values that pg itself would give, the first time and later', () => onClient(async client => {
    const expected = (await client.query({ text: MIXED.text, values: [2] })).rows
    for (let i = 0; i < 3; i++) expect(await rows(client, { ...MIXED, values: [2] })).toEqual(expected)
    expect(await rows(client, { text: MIXED.text, values: [2] })).toEqual(expected)
    expect(await rows(client, { ...MIXED, values: [0] })).toEqual([])
  }))

  test('of a statement that pg itself has prepared', () => onClient(async client => {
    await client.query({ name: 'theirs', text: 'SELECT 1 AS one', values: [] })
    for (let i = 0; i < 2; i++) expect(await rows(client, { name: 'theirs', text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }])
  }))

  test('bytes and times arrive as they are', () => onClient(async client => {
    const bytes = Buffer.from([0, 1, 92, 255])
    const [row] = await rows(client, { text: 'SELECT $1::bytea AS bytes, ($2::bytea[])[2] AS second, $3::timestamptz AS at', values: [bytes, [bytes, bytes], new Date(0)] })
    expect(row).toEqual({ bytes, second: bytes, at: '1970-01-01 00:00:00+00' })
  }))

  test('of statements that were prepared before come in one packet; the first that fails ends them', () => onClient(async client => {
    const [begin, one, commit] = [{ name: 'b', text: 'BEGIN' }, { name: 'o', text: 'SELECT 10 / $1::int AS tenth' }, { name: 'c', text: 'COMMIT' }]
    expect(RowsQuery.together(client, [{ name: 'never seen', text: 'SELECT 1', values: [] }])).toBe(false)
    for (const s of [begin, { ...one, values: [1] }, { ...MIXED, values: [1] }, commit]) await rows(client, s)
    expect(RowsQuery.together(client, [begin, one, commit].map(s => ({ values: [], ...s })))).toBe(true)
    expect(await rows(client, begin, { ...one, values: [2] }, { ...MIXED, values: [1] })).toMatchObject([{ tenth: 5 }, { n: 1, even: false }])
    await expect(rows(client, { ...one, values: [0] }, commit)).rejects.toMatchObject({ code: '22012' })
    await expect(rows(client, { ...one, values: [1] })).rejects.toMatchObject({ code: '25P02' })
    await rows(client, { name: 'r', text: 'ROLLBACK' })
    expect(await rows(client, { ...one, values: [5] })).toEqual([{ tenth: 2 }])
  }))
})
