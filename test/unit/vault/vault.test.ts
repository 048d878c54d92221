import { CLOSED_REALMS, ROLES, systemActor, type Actor, type ClosedRealm } from '../../../src/core/actor'
import { newId } from '../../../src/core/ids'
import { actorOf } from '../../../src/auth'
import type { Origin } from '../../../src/core/request'
import { runCommand } from '../../../src/database/command'
import { enterRealms, insideRealms } from '../../../src/database/realms'
import { finishRotation, keyStatus, rewrapKeys, rotateDataKeys, type GuardedRow, type Vault } from '../../../src/vault'
import { testDatabase, type TestDatabase } from '../../support/database'
import { newKek, openTestVault } from '../../support/vault'

let t: TestDatabase
let vault: Vault
const kek = newKek()
beforeAll(async () => {
  t = await testDatabase()
  vault = await openTestVault(t.db, kek)
})
afterAll(() => t.close())

const by = (actor: Actor): Origin => ({ actor, requestId: 'test', address: null })
const system = by(systemActor('test'))
const PATH = '/51/5108/HEALTH/'
const custodian = by(actorOf(newId(), [{ role: 'IDENTITY_CUSTODIAN', path: '/51/5108/' }]))
const row = (change: Partial<GuardedRow> = {}): GuardedRow => ({ realm: 'IDENTITY', table: 'reporter', id: newId(), unitId: newId(), unitPath: PATH, author: null, ...change })
const seal = (r: GuardedRow, values: Record<string, string>) => runCommand(t.db, system, 'test', {}, tx => vault.seal(tx, r, values))
const read = async (r: GuardedRow, columns: string[], who = custodian, reason = '依申请核实'): Promise<Record<string, string>> => {
  const opened = await runCommand(t.db, who, 'readTest', {}, tx => vault.read(tx, [r], columns, reason))
  return Object.fromEntries(Object.entries(opened.get(r.id)!).map(([k, v]) => [k, v.toString()]))
}
const readings = async (r: GuardedRow): Promise<number> => (await t.owner.query('SELECT 1 FROM vault_read WHERE row_id = $1', [r.id])).rowCount!

describe('a value', () => {
  test('comes back to who opens its realm; what is kept names its algorithm and its key and tells nothing', async () => {
    const r = row()
    await seal(r, { name: '张某某', phone: '13800000000' })
    expect(await read(r, ['name', 'phone', 'address'])).toEqual({ name: '张某某', phone: '13800000000' })
    const { rows } = await t.owner.query('SELECT v.*, k.generation FROM vault_value v JOIN vault_key k ON k.id = v.key_id WHERE row_id = $1', [r.id])
    for (const value of rows) expect(value).toMatchObject({ algorithm: 'AES-256-GCM', realm: 'IDENTITY', nonce: expect.objectContaining({ length: 12 }), tag: expect.objectContaining({ length: 16 }), generation: 1 })
    expect(JSON.stringify(rows.map(v => v.ciphertext.toString('latin1')))).not.toContain('13800000000')
    const { rows: audits } = await t.owner.query('SELECT before, after FROM audit_record WHERE subject_id = $1 ORDER BY at', [r.id])
    expect(JSON.stringify(audits)).not.toMatch(/张某某|13800000000/)
    expect(audits).toHaveLength(2)
  })

  test('that is sealed again replaces the former one', async () => {
    const r = row()
    await seal(r, { name: '甲' })
    await seal(r, { name: '乙' })
    expect(await read(r, ['name'])).toEqual({ name: '乙' })
  })

  test.each(['nonce', 'tag', 'ciphertext'])('whose %s was changed is not opened', async column => {
    const r = row()
    await seal(r, { name: '甲乙丙' })
    await t.owner.query(`UPDATE vault_value SET ${column} = set_byte(${column}, 0, get_byte(${column}, 0) # 1) WHERE row_id = $1`, [r.id])
    await expect(read(r, ['name'])).rejects.toThrow('is not as it was sealed')
    expect(await readings(r)).toBe(0)
  })

  test('that was put in the place of another is not opened: not in another row, column, table or realm', async () => {
    const [a, b] = [row(), row()]
    await seal(a, { name: '甲', alias: '别名' })
    await seal(b, { name: '乙' })
    const exchange = async (where: string, set: string) => {
      await t.owner.query(`UPDATE vault_value v SET algorithm = s.algorithm, key_id = s.key_id, nonce = s.nonce, tag = s.tag, ciphertext = s.ciphertext FROM vault_value s WHERE ${set} AND ${where}`)
    }
    await exchange(`v.row_id = '${b.id}'`, `s.row_id = '${a.id}' AND s.column_name = 'name'`)
    await expect(read(b, ['name'])).rejects.toThrow('is not as it was sealed')
    await exchange(`v.row_id = '${a.id}' AND v.column_name = 'name'`, `s.row_id = '${a.id}' AND s.column_name = 'alias'`)
    await expect(read(a, ['name'])).rejects.toThrow('is not as it was sealed')
    await t.owner.query(`UPDATE vault_value SET table_name = 'letter' WHERE row_id = $1`, [a.id])
    await expect(read({ ...a, table: 'letter' }, ['alias'])).rejects.toThrow('is not as it was sealed')
    await expect(t.owner.query(`UPDATE vault_value SET realm = 'CLUES' WHERE row_id = $1`, [a.id])).rejects.toThrow('vault_value_key_fk')
  })

  test('under an algorithm that this server does not know says so, and nothing else fails', async () => {
    const [r, other] = [row(), row()]
    await seal(r, { name: '甲' })
    await seal(other, { name: '乙' })
    await t.owner.query(`UPDATE vault_value SET algorithm = 'SM4-GCM' WHERE row_id = $1`, [r.id])
    await expect(read(r, ['name'])).rejects.toMatchObject({ cause: expect.objectContaining({ message: expect.stringContaining('SM4-GCM') }) })
    expect(await read(other, ['name'])).toEqual({ name: '乙' })
  })

  test('has a digest by which it is found again and that tells nothing of it', async () => {
    const digest = (realm: ClosedRealm, ...parts: string[]) => runCommand(t.db, system, 'test', {}, tx => vault.digest(tx, realm, ...parts))
    const first = await digest('CLUES', 'a', 'bc')
    expect(await digest('CLUES', 'a', 'bc')).toBe(first)
    for (const other of [await digest('CLUES', 'ab', 'c'), await digest('CASES', 'a', 'bc')]) expect(other).not.toBe(first)
  })
})

describe('a reading', () => {
  test.each(CLOSED_REALMS)('of %s is for the roles that open it, in their subtree: no rank, no scope and no system does', async realm => {
    const r = row({ realm })
    await seal(r, { name: '甲' })
    const administrators = ['PLATFORM_ADMIN', 'AUDITOR', 'REPORTING_CLIENT', 'SECTOR_MAINTAINER', 'LEADER_READER', 'UNIT_EDITOR'] as const
    const strangers = [
      ...administrators.map(role => by(actorOf(newId(), [{ role, path: '/' }]))), by(actorOf(newId(), ROLES.map(role => ({ role, path: '/51/5109/' })))), system, by({ ...systemActor('cli'), scope: ['/'] }),
      by({ ...systemActor('x'), realms: Object.fromEntries(CLOSED_REALMS.filter(other => other !== realm).map(other => [other, ['/']])) }),
    ]
    for (const who of strangers) await expect(read(r, ['name'], who)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await readings(r)).toBe(0)
    expect(await read(r, ['name'], by(actorOf(newId(), ROLES.map(role => ({ role, path: '/51/' })))))).toEqual({ name: '甲' })
    expect(await read({ ...r, author: strangers[0]!.actor.ref }, ['name'], strangers[0])).toEqual({ name: '甲' })
    expect(await readings(r)).toBe(2)
  })

  test('of several rows is of all or of none', async () => {
    const [mine, foreign] = [row(), row({ unitPath: '/51/5109/' })]
    for (const r of [mine, foreign]) await seal(r, { name: '甲' })
    await expect(runCommand(t.db, custodian, 'readTest', {}, tx => vault.read(tx, [mine, foreign], ['name'], '依申请核实'))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await readings(mine)).toBe(0)
  })

  test('without a reason is refused, and one that cannot be logged fails', async () => {
    const r = row()
    await seal(r, { name: '甲' })
    for (const reason of ['', '   ', '短', 'x'.repeat(501), 'half \ud800 pair']) await expect(read(r, ['name'], custodian, reason)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await t.owner.query(`ALTER TABLE vault_read ADD CONSTRAINT test_refuse CHECK (false) NOT VALID`)
    await expect(read(r, ['name'])).rejects.toMatchObject({ code: '23514' })
    await t.owner.query(`ALTER TABLE vault_read DROP CONSTRAINT test_refuse`)
    expect(await readings(r)).toBe(0)
  })

  test('is logged for good', async () => {
    const r = row()
    await seal(r, { name: '甲' })
    await read(r, ['name'])
    for (const client of [t.db.writes, t.owner]) {
      await expect(client.query('DELETE FROM vault_read')).rejects.toThrow(/append-only|permission denied/)
      await expect(client.query(`UPDATE vault_read SET reason = '别的'`)).rejects.toThrow(/append-only|permission denied/)
    }
  })
})

describe('row security', () => {
  const seen = async (realms: readonly ClosedRealm[]): Promise<Record<string, string[]>> => insideRealms(t.db.reads, realms, async client => {
    const found: Record<string, string[]> = {}
    for (const table of ['vault_key', 'vault_value', 'vault_read']) found[table] = (await client.query<{ realm: string }>(`SELECT DISTINCT realm FROM ${table} ORDER BY realm`)).rows.map(r => r.realm)
    return found
  })

  test('shows the server nothing of the vault outside a realm, and inside one nothing of another', async () => {
    for (const realm of ['CASES', 'PORTRAITS'] as const) {
      const r = row({ realm })
      await seal(r, { name: '甲' })
      await read(r, ['name'], by(actorOf(newId(), ROLES.map(role => ({ role, path: '/' })))))
    }
    for (const pool of [t.db.reads, t.db.writes]) {
      for (const table of ['vault_key', 'vault_value', 'vault_read']) expect((await pool.query(`SELECT 1 FROM ${table}`)).rowCount).toBe(0)
    }
    expect(await seen(['CASES'])).toEqual({ vault_key: ['CASES'], vault_value: ['CASES'], vault_read: ['CASES'] })
    expect(await seen(['CASES', 'PORTRAITS'])).toEqual({ vault_key: ['CASES', 'PORTRAITS'], vault_value: ['CASES', 'PORTRAITS'], vault_read: ['CASES', 'PORTRAITS'] })
    // The next user of the connection is outside again.
    for (let i = 0; i < 8; i++) expect((await t.db.reads.query('SELECT 1 FROM vault_value')).rowCount).toBe(0)
  })

  test('lets nothing in or out under the name of another realm', async () => {
    const insert = `INSERT INTO vault_value (table_name, row_id, column_name, realm, algorithm, key_id, nonce, tag, ciphertext) VALUES ('t', '${newId()}', 'c', 'CASES', 'x', '${newId()}', '', '', '')`
    await expect(t.db.writes.query(insert)).rejects.toMatchObject({ code: '42501' })
    await expect(runCommand(t.db, system, 'test', {}, async tx => {
      await enterRealms(tx, 'CLUES')
      await tx.rows(insert)
    })).rejects.toMatchObject({ code: '42501' })
    expect((await t.db.writes.query(`UPDATE vault_value SET tag = ''`)).rowCount).toBe(0)
    expect((await t.db.writes.query('DELETE FROM vault_key')).rowCount).toBe(0)
    await expect(t.db.writes.query('ALTER TABLE vault_value DISABLE ROW LEVEL SECURITY')).rejects.toMatchObject({ code: '42501' })
  })
})

describe('rotation', () => {
  let own: TestDatabase
  let first: Vault
  const [old, next] = [newKek(), newKek()]
  const rows = Array.from({ length: 7 }, () => row({ realm: 'CLUES' }))
  const reader = by(actorOf(newId(), [{ role: 'TOWNSHIP_COMMISSION', path: '/' }]))
  const all = async (v: Vault): Promise<string[]> => Promise.all(rows.map(async r => (await runCommand(own.db, reader, 'readTest', {}, tx => v.read(tx, [r], ['name'], '核对轮换结果'))).get(r.id)!['name']!.toString()))
  const expected = rows.map((_, i) => `线索 ${i}`)

  beforeEach(async () => {
    own = await testDatabase()
    first = await openTestVault(own.db, old)
    for (const [i, r] of rows.entries()) await runCommand(own.db, system, 'test', {}, tx => first.seal(tx, r, { name: expected[i]! }))
  })
  afterEach(() => own.close())

  test('a wrong key refuses with a sentence that names both, and touches nothing', async () => {
    const before = (await own.owner.query('SELECT md5(string_agg(k::text, $1)) AS keys FROM vault_key k', [' '])).rows
    await expect(openTestVault(own.db, next)).rejects.toMatchObject({ name: 'StartError', message: expect.stringMatching(new RegExp(`${old.id}.*${next.id}.*Nothing was changed`)) })
    // The right id on the wrong key: a copy that went wrong.
    await expect(openTestVault(own.db, newKek(old.id))).rejects.toThrow('is damaged')
    expect((await own.owner.query('SELECT md5(string_agg(k::text, $1)) AS keys FROM vault_key k', [' '])).rows).toEqual(before)
  })

  test('of the key-encryption key wraps the data keys anew; the old key is needed no more', async () => {
    const second = await openTestVault(own.db, next, old)
    expect(await all(second)).toEqual(expected)
    expect(await rewrapKeys(own.db, system)).toBe(1)
    expect(await rewrapKeys(own.db, system)).toBe(0)
    expect(await all(await openTestVault(own.db, next))).toEqual(expected)
    await expect(openTestVault(own.db, old)).rejects.toThrow(next.id)
    // A server that was started before goes on with the data keys that it has.
    expect(await all(first)).toEqual(expected)
  })

  test('of data keys goes on where it was broken off, while values are read and sealed', async () => {
    const now = await openTestVault(own.db, old)
    const [half] = rows.slice(3)
    // Broken off in the middle: a new generation, and only some values under it.
    await own.owner.query(`ALTER TABLE vault_value ADD CONSTRAINT test_refuse CHECK (row_id <> '${half!.id}' OR sealed_at < now()) NOT VALID`)
    await expect(rotateDataKeys(own.db, system)).rejects.toMatchObject({ code: '23514' })
    expect((await keyStatus(own.db, ['CLUES'])).map(k => [k.generation, k.values])).toEqual([[1, 7], [2, 0]])
    const late = row({ realm: 'CLUES' })
    await runCommand(own.db, system, 'test', {}, tx => now.seal(tx, late, { name: '轮换期间' }))
    expect(await all(now)).toEqual(expected)
    await own.owner.query('ALTER TABLE vault_value DROP CONSTRAINT test_refuse')

    // Two at once, from two servers: what was left undone is finished before anything is begun.
    const told = await Promise.all([rotateDataKeys(own.db, system), rotateDataKeys(own.db, system)])
    const newest = Math.max(...told.flat().map(r => r.generation))
    expect(told.flat().map(r => r.generation)).toContain(2)
    expect(newest).toBeLessThanOrEqual(3)
    await finishRotation(own.db)
    expect((await keyStatus(own.db, ['CLUES'])).filter(k => k.values).map(k => [k.generation, k.values])).toEqual([[newest, 8]])
    expect(await all(now)).toEqual(expected)
    expect(await all(first)).toEqual(expected)

    // The old key is destroyed when nobody can still be sealing with it.
    await own.owner.query(`UPDATE vault_key SET created_at = created_at - interval '2 hours'`)
    await finishRotation(own.db)
    expect((await keyStatus(own.db, ['CLUES'])).map(k => k.generation)).toEqual([newest])
    expect(await all(now)).toEqual(expected)
    expect(await rotateDataKeys(own.db, system)).toEqual([expect.objectContaining({ realm: 'CLUES', generation: newest + 1, values: 8 })])
  })
})
