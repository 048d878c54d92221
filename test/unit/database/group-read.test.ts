import { AppError } from '../../../src/core/errors'
import type { Lifetime, Stoppable } from '../../../src/core/request'
import { type Statement, statementName } from '../../../src/database/light-query'
import { type TestDatabase, testDatabase } from '../../support/database'

let t: TestDatabase
beforeAll(async () => { t = await testDatabase() })
afterAll(() => t.close())

const named = (text: string, ...values: unknown[]): Statement => ({ name: statementName(text), text, values })
const half = (n: unknown): Statement => named('SELECT n, $1::int / 2 AS half, pg_backend_pid() AS pid, now()::text AS at FROM generate_series(1, $1::int) n', n)
const all = (statements: readonly Statement[], lifetime?: Lifetime): Promise<PromiseSettledResult<unknown[]>[]> => Promise.allSettled(statements.map(s => t.db.alike.rows(s, lifetime)))
const rows = (result: PromiseSettledResult<unknown[]>): Record<string, unknown>[] => (result as PromiseFulfilledResult<Record<string, unknown>[]>).value
const why = (result: PromiseSettledResult<unknown[]>): unknown => (result as PromiseRejectedResult).reason

test('what is asked in the same turn is answered together, each with its own rows, the first time and later', async () => {
  for (const time of [1, 2]) {
    const numbers = Array.from({ length: 20 }, (_, i) => i)
    const results = await all([...numbers.map(half), named('SELECT $1::text AS said', `nr. ${time}`)])
    expect(results.slice(0, 20).map(r => rows(r).map(({ n, half }) => [n, half]))).toEqual(numbers.map(i => Array.from({ length: i }, (_, j) => [j + 1, Math.floor(i / 2)])))
    expect(rows(results[20]!)).toEqual([{ said: `nr. ${time}` }])
    expect(new Set(results.slice(1, 16).map(r => rows(r)[0]!['at'])).size).toBe(1)
    expect(new Set(results.slice(1, 20).map(r => rows(r)[0]!['at'])).size).toBe(2)
  }
})

test('one that is refused, cannot be sent or has no name takes none of the others with it', async () => {
  const results = await all([half(2), half('two'), half({}), half(4), { text: 'SELECT $1::int AS one', values: [1] }, { text: 'SELECT $1::int AS two', values: [2] }])
  expect(results.map(r => r.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
  expect([why(results[1]!), why(results[2]!)]).toEqual([expect.objectContaining({ code: '22P02' }), expect.any(TypeError)])
  expect([rows(results[0]!).length, rows(results[3]!).length, rows(results[4]!), rows(results[5]!)]).toEqual([2, 4, [{ one: 1 }], [{ two: 2 }]])
})

test('one whose request is over is not asked; what several ask is broken off when the last of their requests is over', async () => {
  const over = new AppError('LIMIT_EXCEEDED', 'The request took longer than the server allows.')
  const [asked, refused] = await Promise.all([all([half(2), half(4)]), all([half(6)], { begin: () => { throw over }, end: () => undefined })])
  expect([asked.map(r => rows(r).length), why(refused[0]!)]).toEqual([[2, 4], over])

  const works: Stoppable[] = []
  const slow = all(Array.from({ length: 3 }, () => named('SELECT pg_sleep(20)')), { begin: work => void works.push(work), end: () => undefined })
  const sleeping = async (): Promise<number> => (await t.owner.query(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`)).rows.length
  while (!(await sleeping())) await new Promise(resolve => setImmediate(resolve))
  for (const work of works.slice(0, -1)) work.stop()
  expect(await sleeping()).toBe(1)
  works.at(-1)!.stop()
  expect((await slow).map(r => (why(r) as { code: string }).code)).toEqual(['57014', '57014', '57014'])
})
