import { createHash } from 'node:crypto'
import { systemActor } from '../../../src/core/actor'
import { purgeExpired, retentionPeriods, setRetentionPeriod } from '../../../src/database/retention'
import { testDatabase, type TestDatabase } from '../../support/database'

let t: TestDatabase
beforeEach(async () => { t = await testDatabase() })
afterEach(() => t.close())

const answers = (n: number, age: string): Promise<unknown> => t.owner.query(
  `INSERT INTO idempotent_request (actor, key, command, input_hash, result, at) SELECT 'person:1', 'key-${age.replaceAll(' ', '-')}-' || i, 'c', 'h', '{}', now() - $2::interval FROM generate_series(1, $1::int) i`, [n, age])
const events = (n: number, age: string): Promise<unknown> => t.owner.query(
  `INSERT INTO outbox_event (id, at, type, subject_type, subject_id, actor, payload) SELECT gen_random_uuid(), now() - $2::interval, 'X.happened', 'X', gen_random_uuid(), 'system:test', '{"n": 1}' FROM generate_series(1, $1::int)`, [n, age])
const count = async (table: string): Promise<number> => (await t.owner.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n

const sha = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()
function rootOf(leaves: readonly Buffer[]): string {
  let level = [...leaves]
  while (level.length > 1) level = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => (level[2 * i + 1] ? sha(Buffer.from([1]), level[2 * i]!, level[2 * i + 1]!) : level[2 * i]!))
  return level[0]!.toString('hex')
}

test('what is past its period goes, what is not stays, and again does nothing', async () => {
  await answers(5_003, '8 days')
  await answers(10, '6 days')
  await events(3, '31 days')
  await events(2, '1 day')
  expect(await purgeExpired(t.db)).toEqual({ EVIDENCE_EXPIRED: 0, EVIDENCE_WITHDRAWN: 0, IDEMPOTENT_REQUEST: 5_003, OUTBOX_EVENT: 3, VAULT_READ: 0 })
  expect([await count('idempotent_request'), await count('outbox_event')]).toEqual([10, 2])
  expect(Object.values(await purgeExpired(t.db))).toEqual([0, 0, 0, 0, 0])
  const { rows } = await t.owner.query('SELECT register, days, count FROM purge_record ORDER BY at, count')
  expect(rows).toEqual(expect.arrayContaining([{ register: 'IDEMPOTENT_REQUEST', days: 7, count: 5_000 }, { register: 'IDEMPOTENT_REQUEST', days: 7, count: 3 }, { register: 'OUTBOX_EVENT', days: 30, count: 3 }]))
})

test.each([1, 2, 3, 8, 13])('the proof of %d rows is the Merkle root over them: whoever has a row can show that it was among them', async n => {
  await events(n, '40 days')
  const { rows } = await t.owner.query<{ row: string }>(`SELECT to_jsonb(e)::text AS row FROM (SELECT set_config('timezone', 'UTC', false)) z, outbox_event e ORDER BY e.id`)
  await purgeExpired(t.db)
  const { rows: [proof] } = await t.owner.query('SELECT count, hash_algorithm, merkle_root FROM purge_record')
  expect(proof).toEqual({ count: n, hash_algorithm: 'SHA-256', merkle_root: rootOf(rows.map(r => sha(Buffer.from([0]), Buffer.from(r.row)))) })
})

test('the server can purge in no other way, and nothing but what is past its period', async () => {
  await events(1, '1 day')
  await answers(1, '1 day')
  for (const statement of [
    'DELETE FROM outbox_event', 'DELETE FROM idempotent_request', 'DELETE FROM vault_read', 'DELETE FROM evidence', 'DELETE FROM purge_record', `SELECT set_config('plumbline.purging', 'outbox_event', false); DELETE FROM outbox_event`,
    `INSERT INTO retention_period (register, version, days, action, basis) VALUES ('OUTBOX_EVENT', 2, 1, 'DELETE', 'mine')`, `UPDATE evidence SET content_purged_at = now()`,
    `INSERT INTO purge_record (id, register, days, basis, count, first_at, last_at, hash_algorithm, merkle_root) VALUES (gen_random_uuid(), 'X', 1, 'x', 1, now(), now(), 'x', 'x')`,
  ]) await expect(t.db.writes.query(statement)).rejects.toMatchObject({ code: '42501' })
  expect((await t.db.writes.query(`SELECT purge_expired('OUTBOX_EVENT', 1000000) AS n`)).rows).toEqual([{ n: 0 }])
  await expect(t.db.writes.query(`SELECT purge_expired('audit_record', 1)`)).rejects.toThrow()
  // Nor the owner by hand, nor anybody the proof.
  for (const statement of ['DELETE FROM outbox_event', 'DELETE FROM vault_read', 'TRUNCATE outbox_event', 'DELETE FROM purge_record', `UPDATE retention_period SET days = 1`]) await expect(t.owner.query(statement)).rejects.toThrow('append-only')
  expect([await count('outbox_event'), await count('idempotent_request')]).toEqual([1, 1])
})

const OPERATOR = { actor: systemActor('cli'), requestId: 'retention', address: null }

test('a period is changed by its owner, with its basis, and the former one stays on record', async () => {
  await events(2, '10 days')
  expect(await setRetentionPeriod(t.url, OPERATOR, { register: 'OUTBOX_EVENT', days: 9, basis: '档案管理规定' })).toBe(true)
  expect(await setRetentionPeriod(t.url, OPERATOR, { register: 'NOTHING', days: 9, basis: '档案管理规定' })).toBe(false)
  await purgeExpired(t.db)
  expect((await retentionPeriods(t.db)).find(p => p.register === 'OUTBOX_EVENT')).toMatchObject({ days: 9, basis: '档案管理规定', purged: 2, last: expect.any(String) })
  expect((await t.owner.query(`SELECT days FROM retention_period WHERE register = 'OUTBOX_EVENT' ORDER BY version`)).rows).toEqual([{ days: 30 }, { days: 9 }])
  expect((await t.owner.query(`SELECT actor, before ->> 'days' AS before, after ->> 'days' AS after, after ->> 'basis' AS basis FROM audit_record WHERE command = 'setRetentionPeriod'`)).rows)
    .toEqual([{ actor: 'system:cli', before: '30', after: '9', basis: '档案管理规定' }])
})

test('of several instances one purges', async () => {
  await events(4, '40 days')
  const [a, b] = await Promise.all([purgeExpired(t.db), purgeExpired(t.db)])
  expect((a['OUTBOX_EVENT'] ?? 0) + (b['OUTBOX_EVENT'] ?? 0)).toBe(4)
  expect((await t.owner.query(`SELECT sum(count)::int AS n FROM purge_record`)).rows).toEqual([{ n: 4 }])
})
