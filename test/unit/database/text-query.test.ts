import type pg from 'pg'
import { TextQuery } from '../../../src/database/text-query'
import { type TestDatabase, testDatabase } from '../../support/database'

type Runs = { query(asked: TextQuery, done: (error: Error | null, result: { rows: [string | null][] }) => void): unknown }

let t: TestDatabase
beforeAll(async () => { t = await testDatabase({ readConnections: 2 }) })
afterAll(() => t.close())

const ask = (name: string | undefined, text: string, values: readonly unknown[] = [], on: unknown = t.db.reads): Promise<string | null> =>
  new Promise((resolve, reject) => (on as Runs).query(new TextQuery(name, text, values), (error, result) => (error ? reject(error) : resolve(result.rows[0]![0]))))

const HOSTILE = ['', 'a', '广元', '😀', '\\', '"', `'`, '{}', '{a,b}', 'NULL', ',', ' ', '\n\t', '$1', 'x'.repeat(70_000)]

test('parameters arrive as they are: texts, numbers, booleans, nothing, and lists of them', async () => {
  for (const text of HOSTILE) expect(await ask('same', 'SELECT $1::text', [text])).toBe(text)
  expect(JSON.parse((await ask(undefined, 'SELECT to_json($1::text[])::text', [[...HOSTILE, null]]))!)).toEqual([...HOSTILE, null])
  expect(await ask(undefined, `SELECT concat_ws(' ', $1::int, $2::boolean, $3::text IS NULL, $4::text IS NULL, $5::uuid[], $6::int[])`,
    [-7, false, null, undefined, [], [1, 2]])).toBe('-7 f t t {} {1,2}')
  expect(() => new TextQuery(undefined, 'SELECT $1', [{ a: 1 }])).toThrow(TypeError)
})

test('a named statement is prepared once on each connection; an unnamed one is not kept', async () => {
  const client = await t.db.bulk.connect()
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
  const client = await t.db.bulk.connect()
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
  const client = await t.db.bulk.connect()
  const lost = new Promise<Error>(resolve => client.on('error', resolve))
  const { rows: [{ pid }] } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid') as unknown as { rows: [{ pid: number }] }
  const running = ask(undefined, 'SELECT pg_sleep(10)::text', [], client)
  await t.owner.query('SELECT pg_terminate_backend($1)', [pid])
  await expect(running).rejects.toThrow(/terminat/)
  client.release(await lost)
  expect((await (t.db.bulk as pg.Pool).query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})
