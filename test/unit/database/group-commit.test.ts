import { AppError, outcomeOf } from '../../../src/core/errors'
import { type Actor, systemActor } from '../../../src/core/actor'
import type { Lifetime, Origin, Stoppable } from '../../../src/core/request'
import { runLightCommand } from '../../../src/database/command'
import type { StoredRow, Transaction } from '../../../src/database/transaction'
import { insertOf, parcelOf, statementOf, type Write } from '../../../src/database/writes'
import { type TestDatabase, testDatabase } from '../../support/database'

const actor: Actor = { ...systemActor('test'), ref: 'person:tester' }
const origin: Origin = { actor, requestId: 'request-1', address: '127.0.0.1' }
const TABLE = 'administrative_division'

let t: TestDatabase
beforeAll(async () => { t = await testDatabase() })
afterAll(() => t.close())

let serial = 0
const division = (): Record<string, unknown> => ({
  code: `52${String(++serial).padStart(4, '0')}`, name_zh: '剑阁县', name_pinyin: 'jiangexian', name_initials: 'jgx', level: 'COUNTY', valid_from: '2000-01-01',
})
const command = <T>(work: (tx: Transaction) => Promise<T>, input: { idempotencyKey?: string } = {}, lifetime?: Lifetime): Promise<T> =>
  runLightCommand(t.db, lifetime ? { ...origin, lifetime } : origin, 'createDivision', input, work)
const create = (values = division(), input: { idempotencyKey?: string } = {}): Promise<string> => command(async tx => tx.insert(TABLE, values), input)
const rename = (id: string, add: string): Promise<void> => command(async tx => {
  const row = (await tx.row<StoredRow>(`SELECT * FROM ${TABLE} WHERE id = $1`, [id]))!
  tx.update(TABLE, row, { name_zh: `${String(row['name_zh'])}${add}` })
})
const several = <T>(n: number, one: (i: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: n }, (_, i) => one(i)))
const stored = async (text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> => (await t.owner.query(text, values)).rows
const nameOf = async (id: string): Promise<unknown> => (await stored(`SELECT name_zh FROM ${TABLE} WHERE id = $1`, id))[0]?.['name_zh']
const audited = (ids: readonly string[]): Promise<Record<string, unknown>[]> => stored('SELECT subject_id, tx FROM audit_record WHERE subject_id = ANY($1) ORDER BY tx', ids)

describe('commands that end at the same moment', () => {
  test('are written together, each with its own row, audit record and answer', async () => {
    const all = Array.from({ length: 24 }, division)
    const ids = await several(24, i => create(all[i], { idempotencyKey: `key-together-${i}` }))
    expect(await stored(`SELECT id, code FROM ${TABLE} WHERE id = ANY($1) ORDER BY code`, ids)).toEqual(ids.map((id, i) => ({ id, code: all[i]!['code'] })))
    const records = await audited(ids)
    expect(records.map(r => r['subject_id']).sort()).toEqual([...ids].sort())
    expect(new Set(records.map(r => r['tx'])).size).toBe(2)
    expect(await several(24, i => create(division(), { idempotencyKey: `key-together-${i}` }))).toEqual(ids)
  })

  test('one that is refused takes none of the others with it', async () => {
    const [taken] = [division()]
    await create(taken)
    const results = await Promise.allSettled([...Array.from({ length: 10 }, (_, i) => create(i === 5 ? { ...division(), code: taken!['code'] } : division()))])
    expect(results.map(r => r.status === 'fulfilled')).toEqual([true, true, true, true, true, false, true, true, true, true])
    const refused = (results[5] as PromiseRejectedResult).reason as { code: string }
    expect([refused.code, outcomeOf(refused)]).toEqual(['23P01', 'NOT_DONE'])
    expect(await audited(results.flatMap(r => (r.status === 'fulfilled' ? [r.value] : [])))).toHaveLength(9)
  })

  test('the same one many times over is done once', async () => {
    const values = division()
    const ids = await several(12, () => create(values, { idempotencyKey: 'key-same-moment' }))
    expect(new Set(ids).size).toBe(1)
    expect(await audited(ids)).toHaveLength(1)
  })

  test('two that change one row are done one after the other', async () => {
    const ids = await several(3, () => create())
    await Promise.all([...ids.map(id => rename(id, '甲')), ...ids.map(id => rename(id, '乙'))])
    for (const id of ids) expect(['剑阁县甲乙', '剑阁县乙甲']).toContain(await nameOf(id))
  })

  test('changes of several rows give each its own values, whatever their types', async () => {
    const ids = await several(8, () => create())
    const end = (i: number): string | null => (i % 2 ? `205${i}-01-31` : null)
    await several(8, i => command(async tx => {
      const row = (await tx.row<StoredRow>(`SELECT * FROM ${TABLE} WHERE id = $1`, [ids[i]]))!
      tx.update(TABLE, row, { valid_from: `201${i}-12-01`, valid_to: end(i) ?? '2060-01-01', replaced_by_code: `5299${i}` })
    }))
    await several(8, i => command(async tx => {
      const row = (await tx.row<StoredRow>(`SELECT * FROM ${TABLE} WHERE id = $1`, [ids[i]]))!
      tx.update(TABLE, row, { valid_to: end(i), replaced_by_code: null, name_zh: `第${i}区` })
    }))
    expect(await stored(`SELECT valid_from, valid_to, replaced_by_code, name_zh, row_version FROM ${TABLE} WHERE id = ANY($1) ORDER BY valid_from`, ids)).toEqual(
      ids.map((_, i) => ({ valid_from: `201${i}-12-01`, valid_to: end(i), replaced_by_code: null, name_zh: `第${i}区`, row_version: 3 })))
    expect(await stored(`SELECT row_version, count(*)::int AS n FROM ${TABLE}_history WHERE id = ANY($1) GROUP BY 1 ORDER BY 1`, ids)).toEqual([{ row_version: 1, n: 8 }, { row_version: 2, n: 8 }])
  })

  test('one that waits for a row that somebody holds keeps none of the others', async () => {
    const [held, ...free] = await several(9, () => create())
    const holder = await t.owner.connect()
    try {
      await holder.query('BEGIN')
      await holder.query(`SELECT FROM ${TABLE} WHERE id = $1 FOR UPDATE`, [held])
      const waits = rename(held!, '后')
      await Promise.all([...free.map(id => rename(id, '先')), ...free.map(() => create())])
      expect(await nameOf(held!)).toBe('剑阁县')
      await holder.query('COMMIT')
      await waits
      expect(await nameOf(held!)).toBe('剑阁县后')
    } finally {
      holder.release()
    }
  })

  test('each finds out for itself what became of it when their connection is lost', async () => {
    const ids = await several(8, () => create())
    await stored(`CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.2); RETURN NULL; END $$`)
    await stored(`CREATE TRIGGER linger AFTER UPDATE ON ${TABLE} FOR EACH STATEMENT EXECUTE FUNCTION linger()`)
    try {
      const all = several(8, i => command(async tx => {
        const row = (await tx.row<StoredRow>(`SELECT * FROM ${TABLE} WHERE id = $1`, [ids[i]]))!
        tx.update(TABLE, row, { name_zh: `${String(row['name_zh'])}改` })
        return row.id
      }, { idempotencyKey: `key-lost-${i}` }))
      const lingering = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`
      while (!(await stored(lingering)).length) await new Promise(resolve => setImmediate(resolve))
      await stored(`SELECT pg_terminate_backend(pid) FROM (${lingering}) lingering`)
      expect(await all).toEqual(ids)
    } finally {
      await stored(`DROP FUNCTION linger CASCADE`)
    }
    for (const id of ids) expect(await nameOf(id)).toBe('剑阁县改')
  })

  test('one whose request is over before its turn is not done, and says so', async () => {
    const over = new AppError('LIMIT_EXCEEDED', 'The request took longer than the server allows.')
    const lifetime: Lifetime = { begin: () => { throw over }, end: () => undefined }
    const values = division()
    const [, refused] = await Promise.all([several(6, () => create()), command(async tx => tx.insert(TABLE, values), {}, lifetime).catch((e: AppError) => e)])
    expect([refused, outcomeOf(refused)]).toEqual([over, 'NOT_DONE'])
    expect(await stored(`SELECT FROM ${TABLE} WHERE code = $1`, values['code'])).toEqual([])
  })

  test('what is written for several is broken off when the last of their requests is over, not before', async () => {
    await stored(`CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(5); RETURN NULL; END $$`)
    await stored(`CREATE TRIGGER linger AFTER INSERT ON ${TABLE} FOR EACH STATEMENT EXECUTE FUNCTION linger()`)
    const lingering = (): Promise<Record<string, unknown>[]> => stored(`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep' AND query LIKE '%lock_timeout%'`)
    try {
      const works: Stoppable[] = []
      const lifetime = (): Lifetime => ({ begin: work => { if (!works.includes(work)) works.push(work) }, end: () => undefined })
      const all = Promise.allSettled(Array.from({ length: 4 }, () => command(async tx => tx.insert(TABLE, division()), {}, lifetime())))
      while (!(await lingering()).length) await new Promise(resolve => setImmediate(resolve))
      for (const work of works.slice(0, -1)) work.stop()
      expect(await lingering()).toHaveLength(1)
      works.at(-1)!.stop()
      expect((await all).map(r => [r.status, r.status === 'rejected' && outcomeOf(r.reason)])).toEqual(Array.from({ length: 4 }, () => ['rejected', 'UNKNOWN']))
      expect(await lingering()).toEqual([])
    } finally {
      await stored('DROP FUNCTION linger CASCADE')
    }
  })
})

test('one statement holds the writes of several by their kind, and counts every change that must find its row', () => {
  const change = (id: string): Write => ({ table: 'b', row: id, change: true, values: [id, 1], shape: 'b?', text: (at, many) => `UPDATE b SET n = 1 WHERE id BETWEEN $${at} AND $${at + 2 * many - 1}` })
  const parcel = (n: number) => parcelOf([insertOf('a', { id: n, name: `甲${n}` }, `${n}`), change(`b${n}`), insertOf('a', { id: -n, name: `乙${n}` }, `-${n}`)])
  expect(parcel(1).shape).toBe(parcel(2).shape)
  const { text, values } = statementOf([parcel(1), parcel(2)])
  expect(values).toEqual([1, '甲1', -1, '乙1', 2, '甲2', -2, '乙2', 'b1', 1, 'b2', 1])
  expect(text).toBe('WITH w0 AS (INSERT INTO a (id, name) VALUES ($1, $2), ($3, $4), ($5, $6), ($7, $8)), w1 AS (UPDATE b SET n = 1 WHERE id BETWEEN $9 AND $12)'
    + ` SELECT set_config('lock_timeout', '100', true), require_changed((SELECT count(*) FROM w1), 2)`)
})
