import { createHash, getHashes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { systemActor } from '../../../../src/core/actor'
import { eventKind } from '../../../../src/core/events'
import { newId } from '../../../../src/core/ids'
import { runCommand } from '../../../../src/database/command'
import { Database } from '../../../../src/database/database'
import { loadAuditKey, readCheckpoint, sealAuditLog, signCheckpoint, startSealing, verifyAuditLog, type Checkpoint } from '../../../../src/domain/audit'
import { digestOf, leafOf, rootOf } from '../../../../src/domain/audit/hashes'
import { hashOfSeal, SEAL_COLUMNS, type Seal } from '../../../../src/domain/audit/seal'
import { testDatabase, type TestDatabase } from '../../../support/database'
import { originOf } from '../../../support/registers-fixture'

let t: TestDatabase
beforeAll(async () => { t = await testDatabase({ writeConnections: 8 }) })
afterAll(() => t.close())

const origin = originOf(systemActor('test'))
/** One command that leaves this many records. */
const write = (n = 1): Promise<string[]> => runCommand(t.db, origin, 'test', {}, async tx => {
  const ids = Array.from({ length: n }, () => newId())
  for (const [i, id] of ids.entries()) tx.audit('thing', id, { state: 'OLD' }, { state: 'NEW', n: i, size: 12.5, text: '第一行\n"第二行"\t', list: [null, true] })
  return ids
})
const rows = async <T>(text: string, values: unknown[] = []): Promise<T[]> => (await t.owner.query(text, values)).rows as T[]
const one = async <T>(text: string, values: unknown[] = []): Promise<T> => (await rows<T>(text, values))[0]!

/** What only somebody with the owner's rights can do who switches the guards off. */
async function tamper(...statements: string[]): Promise<void> {
  const client = await t.owner.connect()
  try {
    await client.query('BEGIN; SET LOCAL session_replication_role = replica')
    for (const statement of statements) await client.query(statement)
    await client.query('COMMIT')
  } finally {
    client.release()
  }
}
const sealed = async (): Promise<Seal[]> => rows<Seal>(`SELECT ${SEAL_COLUMNS} FROM audit_seal s ORDER BY sequence`)

beforeEach(() => tamper('TRUNCATE audit_record, audit_seal, outbox_event', `SELECT setval('audit_seal_tip', 0, false)`))

describe('sealing', () => {
  test('covers what was committed, once, in the order of the transactions, and chains', async () => {
    await write(3)
    await write(2)
    expect(await sealAuditLog(t.db)).toBe(5)
    expect(await sealAuditLog(t.db)).toBe(0)
    await write(1)
    expect(await sealAuditLog(t.db)).toBe(1)
    const [first, second] = await sealed()
    expect([first, second].map(s => [s!.sequence, s!.firstPosition, s!.lastPosition, s!.algorithm, s!.era])).toEqual([[1, 1, 5, 'SHA-256', 1], [2, 6, 6, 'SHA-256', 1]])
    expect([first!.previousHash, second!.previousHash]).toEqual([null, first!.hash])
    const inOrder = (await rows<{ id: string }>('SELECT id FROM audit_record ORDER BY tx, id')).map(r => r.id)
    expect((await rows<{ ids: string[] }>('SELECT record_ids AS ids FROM audit_seal ORDER BY sequence')).flatMap(r => r.ids)).toEqual(inOrder)
    expect(await verifyAuditLog(t.db)).toEqual({ sealed: 6, seals: 2, unsealed: 0, broken: [], brokenCount: 0 })
  })

  test('an empty log has no seal and is untouched', async () => {
    expect(await sealAuditLog(t.db)).toBe(0)
    expect(await verifyAuditLog(t.db)).toEqual({ sealed: 0, seals: 0, unsealed: 0, broken: [], brokenCount: 0 })
  })

  test('a record is hashed as documented: anybody can do it again without our code', async () => {
    await write(1)
    await sealAuditLog(t.db)
    const r = await one<Record<string, string>>(`SELECT id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, tx, actor, request_id, command, subject_type, subject_id FROM audit_record`)
    const text = `["${r['id']}", "${r['at']}", ${r['tx']}, "${r['actor']}", "${r['request_id']}", null, "test", "thing", "${r['subject_id']}", null, ` +
      '{"state": "OLD"}, {"n": 0, "list": [null, true], "size": 12.5, "text": "第一行\\n\\"第二行\\"\\t", "state": "NEW"}]'
    const leaf = createHash('sha256').update('\0').update(text).digest('hex')
    expect((await sealed())[0]!.root).toBe(leaf)
  })

  test('no setting of the session changes what a record hashes to', async () => {
    await write(2)
    await sealAuditLog(t.db)
    for (const setting of [`datestyle = 'German'`, `timezone = 'Asia/Shanghai'`, 'extra_float_digits = 0', `intervalstyle = 'sql_standard'`, `bytea_output = 'escape'`, `lc_numeric = 'C'`]) {
      await t.owner.query(`ALTER DATABASE ${new URL(t.url).pathname.slice(1)} SET ${setting}`)
    }
    const fresh = new Database(t.url, { readConnections: 1, writeConnections: 1 })
    try {
      expect((await verifyAuditLog(fresh)).broken).toEqual([])
    } finally {
      await fresh.close()
      await t.owner.query(`ALTER DATABASE ${new URL(t.url).pathname.slice(1)} RESET ALL`)
    }
  })

  test('a transaction that commits after a later one was sealed is sealed later, and nobody waits for it', async () => {
    const slow = await t.owner.connect()
    try {
      await slow.query('BEGIN')
      await slow.query(`INSERT INTO audit_record (id, actor, request_id, command, subject_type) VALUES ($1, 'system:slow', 'slow', 'slow', 'thing')`, [newId()])
      await write(2)
      expect(await sealAuditLog(t.db)).toBe(2)
      await write(1)
      expect(await sealAuditLog(t.db)).toBe(1)
      expect((await verifyAuditLog(t.db))).toMatchObject({ sealed: 3, unsealed: 0, brokenCount: 0 })
      await slow.query('COMMIT')
      expect((await verifyAuditLog(t.db))).toMatchObject({ sealed: 3, unsealed: 1, brokenCount: 0 })
      expect(await sealAuditLog(t.db)).toBe(1)
      expect((await verifyAuditLog(t.db))).toMatchObject({ sealed: 4, unsealed: 0, brokenCount: 0 })
    } finally {
      slow.release()
    }
  })

  test('while many write and two seal, every record gets one seal', async () => {
    let writing = true
    const writers = Promise.all(Array.from({ length: 6 }, async () => { for (let i = 0; i < 25; i++) await write(1 + (i % 3)) })).finally(() => { writing = false })
    const sealers = [0, 1].map(async () => { while (writing) await sealAuditLog(t.db) })
    await Promise.all([writers, ...sealers])
    await sealAuditLog(t.db)
    const { n, distinct, all } = await one<{ n: number; distinct: number; all: number }>(
      `SELECT count(*)::int AS n, count(DISTINCT k.id)::int AS distinct, (SELECT count(*)::int FROM audit_record) AS all FROM audit_seal s, unnest(s.record_ids) k(id)`)
    expect([n, distinct]).toEqual([all, all])
    expect(await verifyAuditLog(t.db)).toMatchObject({ sealed: all, unsealed: 0, brokenCount: 0 })
  })

  test('many records make several seals in one go, and progress is told', async () => {
    await t.owner.query(`INSERT INTO audit_record (id, actor, request_id, command, subject_type, after) SELECT gen_random_uuid(), 'a', 'r', 'c', 's', jsonb_build_object('n', n) FROM generate_series(1, 12001) n`)
    expect(await sealAuditLog(t.db)).toBe(12_001)
    expect((await sealed()).map(s => s.recordCount)).toEqual([5_000, 5_000, 2_001])
    const told: [number, number][] = []
    expect(await verifyAuditLog(t.db, { onProgress: (done, total) => told.push([done, total]) })).toMatchObject({ sealed: 12_001, seals: 3, brokenCount: 0 })
    expect(told.at(-1)).toEqual([12_001, 12_001])
  })

  test('a running product seals by itself, and what is left when it stops', async () => {
    const warned: unknown[] = []
    const stop = startSealing(t.db, { algorithm: 'SHA-256', interval: 20, log: { warn: (...a: unknown[]) => void warned.push(a) } as never })
    await write(1)
    for (let i = 0; i < 200 && !(await sealed()).length; i++) await new Promise(r => setTimeout(r, 20))
    expect(await sealed()).toHaveLength(1)
    await write(1)
    await stop()
    expect([await verifyAuditLog(t.db), warned]).toEqual([{ sealed: 2, seals: 2, unsealed: 0, broken: [], brokenCount: 0 }, []])
  })

  test('the algorithm stands in the seal, and the next one may be another', async () => {
    const other = getHashes().includes('sm3')
    await write(1)
    await sealAuditLog(t.db)
    await write(1)
    if (other) await sealAuditLog(t.db, 'SM3')
    else await expect(sealAuditLog(t.db, 'SM3')).rejects.toThrow('SM3')
    expect((await sealed()).map(s => s.algorithm)).toEqual(other ? ['SHA-256', 'SM3'] : ['SHA-256'])
    expect((await verifyAuditLog(t.db)).broken).toEqual([])
  })
})

describe('the tree', () => {
  const digest = digestOf('SHA-256')!
  const hex = (...parts: (string | Buffer)[]): string => createHash('sha256').update(Buffer.concat(parts.map(p => (typeof p === 'string' ? Buffer.from(p, 'hex') : p)))).digest('hex')

  test('is that of RFC 6962: an odd one out goes up as it is', () => {
    const [a, b, c] = ['a', 'b', 'c'].map(x => leafOf(digest, x)) as [Buffer, Buffer, Buffer]
    expect(a.toString('hex')).toBe(hex('00', Buffer.from('a')))
    expect(rootOf(digest, [a])).toBe(a.toString('hex'))
    expect(rootOf(digest, [a, b])).toBe(hex('01', a, b))
    expect(rootOf(digest, [a, b, c])).toBe(hex('01', hex('01', a, b), c))
  })
})

describe('tampering', () => {
  let directory: string
  let checkpoint: Checkpoint
  /** Three commands under three seals, and one record that is not sealed yet. */
  beforeAll(() => { directory = mkdtempSync(path.join(tmpdir(), 'plumbline-audit-')) })
  afterAll(() => rmSync(directory, { recursive: true }))
  beforeEach(async () => {
    for (const n of [4, 3, 3]) {
      await write(n)
      await sealAuditLog(t.db)
    }
    const key = await loadAuditKey({ production: false, keyFile: null, dataDirectory: directory })
    checkpoint = await readCheckpoint((await signCheckpoint(t.db, key))!.jws, key)
    await write(1)
    expect(await verifyAuditLog(t.db, { checkpoint })).toEqual({ sealed: 10, seals: 3, unsealed: 1, broken: [], brokenCount: 0 })
  })

  const idAt = async (position: number): Promise<string> =>
    (await one<{ id: string }>('SELECT s.record_ids[$1 - s.first_position + 1] AS id FROM audit_seal s WHERE $1 BETWEEN s.first_position AND s.last_position', [position])).id
  const found = async (o: { checkpoint?: Checkpoint } = {}) => (await verifyAuditLog(t.db, o)).broken.map(b => [b.kind, b.sequence, b.position])

  test.each([
    ['after', `after = '{"state": "OTHER"}'`], ['before', 'before = NULL'], ['at', `at = at - interval '1 microsecond'`], ['actor', `actor = 'person:other'`], ['tx', 'tx = tx + 1'],
    ['command', `command = 'other'`], ['subject', 'subject_id = gen_random_uuid()'], ['request', `request_id = 'other'`], ['address', `address = '10.0.0.1'`], ['unit', 'unit_id = gen_random_uuid()'],
    ['a digit', `after = jsonb_set(after, '{size}', '12.50')`],
  ])('a changed record: %s', async (_, change) => {
    const id = await idAt(6)
    await tamper(`UPDATE audit_record SET ${change} WHERE id = '${id}'`)
    const { broken: [first], brokenCount } = await verifyAuditLog(t.db)
    expect(first).toMatchObject({ kind: 'RECORD_CHANGED', sequence: 2, position: 6, recordId: id })
    expect(first!.message).toContain(id)
    expect(brokenCount).toBe(1)
  })

  test('removed records: one in the middle, the last sealed one', async () => {
    await tamper(`DELETE FROM audit_record WHERE id IN ('${await idAt(2)}', '${await idAt(10)}')`)
    expect(await found()).toEqual([['RECORD_REMOVED', 1, 2], ['RECORD_REMOVED', 3, 10]])
  })

  test('all records under the last seal removed', async () => {
    await tamper(`DELETE FROM audit_record WHERE id IN ('${await idAt(8)}', '${await idAt(9)}', '${await idAt(10)}')`)
    expect(await found()).toEqual([['RECORD_REMOVED', 3, 8], ['RECORD_REMOVED', 3, 9], ['RECORD_REMOVED', 3, 10]])
  })

  test('a record put in afterwards, under an old transaction number', async () => {
    const id = newId()
    await tamper(`INSERT INTO audit_record (id, tx, at, actor, request_id, command, subject_type) SELECT '${id}', tx, at, actor, 'forged', command, subject_type FROM audit_record WHERE id = '${await idAt(3)}'`)
    expect((await verifyAuditLog(t.db)).broken).toMatchObject([{ kind: 'RECORD_INSERTED', recordId: id }])
    // And no later seal makes it good.
    await sealAuditLog(t.db)
    expect((await verifyAuditLog(t.db)).broken).toMatchObject([{ kind: 'RECORD_INSERTED', recordId: id }])
  })

  test.each([
    ['its hash', `hash = repeat('0', 64)`], ['its root', `root = repeat('0', 64)`], ['its time', `at = at + interval '1 second'`], ['its algorithm', `algorithm = 'MD5'`], ['its form', `record_form = 'other'`],
    ['its snapshot', `snapshot = '1:1:'`], ['its leaves', `leaves = set_byte(leaves, 0, 255 - get_byte(leaves, 0))`], ['its place', 'first_position = first_position + 100, last_position = last_position + 100'],
  ])('a changed seal: %s', async (_, change) => {
    await tamper(`UPDATE audit_seal SET ${change} WHERE sequence = 2`)
    expect((await found())[0]).toEqual(['SEAL_CHANGED', 2, null])
  })

  test('a record changed together with its leaf: the root tells', async () => {
    const id = await idAt(1)
    await tamper(`UPDATE audit_record SET actor = 'person:other' WHERE id = '${id}'`)
    await rewrite(1, { chain: false })
    expect(await found()).toEqual([['SEAL_CHANGED', 1, null]])
  })

  test('a removed seal', async () => {
    await tamper('DELETE FROM audit_seal WHERE sequence = 2')
    expect((await found())[0]).toEqual(['SEAL_REMOVED', 2, null])
  })

  test('the end of the log cut off, records and seals together: told by the number of seals, and by a checkpoint when that was turned back too', async () => {
    const ids = [await idAt(8), await idAt(9), await idAt(10)]
    await tamper('DELETE FROM audit_seal WHERE sequence = 3', `DELETE FROM audit_record WHERE id = ANY('{${ids.join()}}')`)
    expect(await found()).toEqual([['CUT_OFF', 3, null]])
    await tamper(`SELECT setval('audit_seal_tip', 2)`)
    expect(await found()).toEqual([])
    expect(await found({ checkpoint })).toEqual([['CUT_OFF', 3, null]])
  })

  test('the whole log written anew, with right hashes throughout: only a checkpoint tells, and does', async () => {
    await tamper(`UPDATE audit_record SET actor = 'person:other' WHERE id = '${await idAt(5)}'`)
    for (const sequence of [2, 3]) await rewrite(sequence, { chain: true })
    expect(await found()).toEqual([])
    expect(await found({ checkpoint })).toEqual([['SEAL_CHANGED', 3, null]])
  })

  test('records that were never sealed, removed: the events of their commands tell', async () => {
    await runCommand(t.db, origin, 'test', {}, async tx => {
      tx.audit('thing', null, null, {})
      tx.emit(eventKind({ type: 'Thing.happened', subject: 'Thing', payload: {}, description: '' }), { subjectId: newId(), unitId: null })
    })
    expect(await found()).toEqual([])
    await tamper('DELETE FROM audit_record r WHERE r.tx = (SELECT max(tx) FROM outbox_event)')
    expect(await found()).toEqual([['RECORD_REMOVED', null, null]])
  })

  /** Makes a seal over the records as they are now, as who knows this code could. */
  async function rewrite(sequence: number, { chain }: { chain: boolean }): Promise<void> {
    const digest = digestOf('SHA-256')!
    const seal = (await sealed()).find(s => s.sequence === sequence)!
    const previous = (await sealed()).find(s => s.sequence === sequence - 1)
    const forms = await rows<{ form: string }>(`
      SELECT jsonb_build_array(r.id, to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), r.tx, r.actor, r.request_id, r.address, r.command, r.subject_type, r.subject_id, r.unit_id, r.before, r.after)::text AS form
      FROM audit_seal s, unnest(s.record_ids) WITH ORDINALITY k(id, n) JOIN audit_record r ON r.id = k.id WHERE s.sequence = $1 ORDER BY k.n`, [sequence])
    const leaves = forms.map(f => leafOf(digest, f.form))
    const remade = { ...seal, root: rootOf(digest, leaves), previousHash: previous?.hash ?? null }
    const parts = [`leaves = '\\x${Buffer.concat(leaves).toString('hex')}'`, ...(chain ? [`root = '${remade.root}'`, `hash = '${hashOfSeal(digest, remade)}'`, ...(previous ? [`previous_hash = '${previous.hash}'`] : [])] : [])]
    await tamper(`UPDATE audit_seal SET ${parts.join(', ')} WHERE sequence = ${sequence}`)
  }
})

describe('a dump that was restored into another cluster, where transaction numbers are lower', () => {
  /** As a dump brings it: numbers far above those of this cluster, a seal of that cluster, and a tail that was not sealed there. */
  beforeEach(async () => {
    await write(3)
    await tamper(`UPDATE audit_record SET tx = tx + 1000000000000`)
    await sealAuditLog(t.db)
    const [seal] = await sealed()
    const there = { ...seal!, cluster: 'another cluster', snapshot: '1000900000000:1000900000000:' }
    await tamper(`UPDATE audit_seal SET cluster = '${there.cluster}', snapshot = '${there.snapshot}', hash = '${hashOfSeal(digestOf('SHA-256')!, there)}'`)
    await write(2)
    await tamper(`UPDATE audit_record SET tx = tx + 1000900000000 WHERE tx < 1000000000000`)
    await write(1)
  })

  test('is untouched, and everything that was not sealed is sealed, once', async () => {
    expect(await verifyAuditLog(t.db)).toEqual({ sealed: 3, seals: 1, unsealed: 3, broken: [], brokenCount: 0 })
    expect(await sealAuditLog(t.db)).toBe(3)
    expect(await sealAuditLog(t.db)).toBe(0)
    expect((await sealed()).map(s => s.era)).toEqual([1, 2])
    await write(2)
    expect(await sealAuditLog(t.db)).toBe(2)
    expect(await verifyAuditLog(t.db)).toEqual({ sealed: 8, seals: 3, unsealed: 0, broken: [], brokenCount: 0 })
  })

  test('what is put in afterwards is still told', async () => {
    await sealAuditLog(t.db)
    const id = newId()
    await tamper(`INSERT INTO audit_record (id, tx, at, actor, request_id, command, subject_type) VALUES ('${id}', 5000000000000, now() - interval '40 days', 'a', 'r', 'c', 's')`)
    expect((await verifyAuditLog(t.db)).broken).toMatchObject([{ kind: 'RECORD_INSERTED', recordId: id }])
    expect(await sealAuditLog(t.db)).toBe(0)
  })
})
