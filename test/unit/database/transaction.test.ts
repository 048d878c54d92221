import { createHmac } from 'node:crypto'
import { AppError, markOutcome, outcomeOf } from '../../../src/core/errors'
import { type Actor, systemActor } from '../../../src/core/actor'
import { eventKind } from '../../../src/core/events'
import type { Origin } from '../../../src/core/request'
import { useDigestKey } from '../../../src/database/audit-content'
import { runCommand, runLightCommand } from '../../../src/database/command'
import { explainConstraints } from '../../../src/database/constraints'
import { locking } from '../../../src/database/session'
import { checkVersion, json, type StoredRow, type Transaction } from '../../../src/database/transaction'
import { type TestDatabase, testDatabase } from '../../support/database'

const actor: Actor = { ...systemActor('test'), ref: 'person:tester' }
const origin: Origin = { actor, requestId: 'request-1', address: '127.0.0.1' }

let t: TestDatabase
beforeAll(async () => { t = await testDatabase() })
afterAll(() => t.close())

let serial = 0
const division = (): Record<string, unknown> => ({
  code: `51${String(++serial).padStart(4, '0')}`, name_zh: '旺苍县', name_pinyin: 'wangcangxian', name_initials: 'wcx', level: 'COUNTY', valid_from: '2000-01-01',
})
const read = (tx: Transaction, id: string): Promise<StoredRow | null> => tx.row('SELECT * FROM administrative_division WHERE id = $1', [id])
const command = <T>(name: string, input: { idempotencyKey?: string }, work: (tx: Transaction) => Promise<T>): Promise<T> => runCommand(t.db, origin, name, input, work)
const stored = async (text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> => (await t.owner.query(text, values)).rows
const create = (): Promise<string> => command('createDivision', {}, async tx => tx.insert('administrative_division', division()))
const refusal = (work: Promise<unknown>): Promise<AppError> => work.then(() => { throw new Error('It was not refused.') }, (e: AppError) => e)

describe('a command', () => {
  test('writes its row, who wrote it and an audit record, in one transaction', async () => {
    const id = await create()
    const [row] = await stored('SELECT name_zh, created_by, updated_by, row_version FROM administrative_division WHERE id = $1', id)
    expect(row).toEqual({ name_zh: '旺苍县', created_by: 'person:tester', updated_by: 'person:tester', row_version: 1 })
    const audits = await stored('SELECT actor, request_id, address, command, subject_type, before, after FROM audit_record WHERE subject_id = $1', id)
    expect(audits).toEqual([expect.objectContaining({ actor: 'person:tester', request_id: 'request-1', address: '127.0.0.1', command: 'createDivision', subject_type: 'administrative_division', before: null })])
    expect(audits[0]!['after']).toMatchObject({ name_zh: '旺苍县' })
  })

  test('is written together with what belongs to it, or not at all', async () => {
    const [mine, beside] = [division(), division()]
    const give = (fails: boolean): Promise<string> => runCommand(t.db, { ...origin, alongside: async (tx, answer) => {
      (tx as Transaction).insert('administrative_division', { ...beside, name_zh: String(answer) })
      await (tx as Transaction).flush()
      if (fails) throw new AppError('CONFLICT', 'Not any more.')
    } }, 'createDivision', {}, async tx => tx.insert('administrative_division', mine))
    const codes = [mine['code'], beside['code']]
    expect((await refusal(give(true))).code).toBe('CONFLICT')
    expect(await stored('SELECT FROM administrative_division WHERE code = ANY($1)', codes)).toEqual([])
    const id = await give(false)
    expect(await stored('SELECT code, name_zh FROM administrative_division WHERE code = ANY($1) ORDER BY code', codes)).toEqual([{ code: codes[0], name_zh: '旺苍县' }, { code: codes[1], name_zh: id }])
  })

  test('gives its connection back outside of any transaction, whether it committed or not', async () => {
    const id = await create()
    await locking(t.db.writes, session => session.read({ text: 'SELECT * FROM administrative_division WHERE id = $1 FOR UPDATE', values: [id] }))
    expect(await stored(`SELECT id FROM administrative_division WHERE id = $1 FOR UPDATE NOWAIT`, id)).toEqual([{ id }])
    expect(await stored(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`)).toEqual([{ n: 0 }])
  })

  test('that throws leaves nothing', async () => {
    let id = ''
    await expect(command('createDivision', {}, async tx => {
      id = tx.insert('administrative_division', division())
      await read(tx, id)
      throw new Error('no')
    })).rejects.toThrow('no')
    expect(await stored('SELECT 1 FROM administrative_division WHERE id = $1 UNION ALL SELECT 1 FROM audit_record WHERE subject_id = $1', id)).toEqual([])
  })

  test('that would write what is no value of a column is refused before anything is sent', async () => {
    const broken: Record<string, unknown> = { ...division(), name_zh: { zh: '旺苍县' } }
    await expect(command('createDivision', {}, async tx => { tx.insert('administrative_division', division()); tx.insert('administrative_division', broken) })).rejects.toThrow(TypeError)
    expect(await stored('SELECT 1 FROM administrative_division WHERE code = $1', broken['code'])).toEqual([])
  })

  test('reads what it has written before', async () => {
    const seen = await command('createDivision', {}, async tx => (await read(tx, tx.insert('administrative_division', division())))?.['level'])
    expect(seen).toBe('COUNTY')
  })
})

describe('a change', () => {
  test('moves the earlier version to the history and names only what differs in the audit log', async () => {
    const id = await create()
    await command('renameDivision', {}, async tx => tx.update('administrative_division', (await read(tx, id))!, { name_zh: '朝天区', level: 'COUNTY' }))
    const [row] = await stored('SELECT name_zh, row_version, updated_at FROM administrative_division WHERE id = $1', id)
    expect(row).toMatchObject({ name_zh: '朝天区', row_version: 2 })
    const history = await stored('SELECT name_zh, row_version, superseded_at FROM administrative_division_history WHERE id = $1', id)
    expect(history).toEqual([{ name_zh: '旺苍县', row_version: 1, superseded_at: row!['updated_at'] }])
    const [audit] = await stored(`SELECT before, after FROM audit_record WHERE subject_id = $1 AND command = 'renameDivision'`, id)
    expect(audit).toEqual({ before: { name_zh: '旺苍县' }, after: { name_zh: '朝天区' } })
  })

  test('twice in one command gives two versions without a gap', async () => {
    const id = await create()
    await command('renameDivision', {}, async tx => {
      const row = (await read(tx, id))!
      tx.update('administrative_division', row, { name_zh: '甲' })
      tx.update('administrative_division', row, { name_zh: '乙' })
    })
    expect(await stored('SELECT name_zh, row_version FROM administrative_division WHERE id = $1', id)).toEqual([{ name_zh: '乙', row_version: 3 }])
    const versions = await stored('SELECT row_version, updated_at < superseded_at AS lasted FROM administrative_division_history WHERE id = $1 ORDER BY row_version', id)
    expect(versions).toEqual([{ row_version: 1, lasted: true }, { row_version: 2, lasted: true }])
  })

  test('of nothing writes nothing', async () => {
    const id = await create()
    await command('renameDivision', {}, async tx => tx.update('administrative_division', (await read(tx, id))!, { name_zh: '旺苍县', valid_to: null, valid_from: '2000-01-01' }))
    expect(await stored('SELECT row_version FROM administrative_division WHERE id = $1', id)).toEqual([{ row_version: 1 }])
  })

  test('of a row that another command changed meanwhile is a CONFLICT and writes nothing', async () => {
    const id = await create()
    const error = await refusal(command('renameDivision', {}, async tx => {
      const before = (await read(tx, id))!
      await command('renameDivision', {}, async other => other.update('administrative_division', (await read(other, id))!, { name_zh: '先' }))
      tx.insert('administrative_division', { ...division(), name_zh: '不应存在' })
      tx.update('administrative_division', before, { name_zh: '后' })
    }))
    expect(error).toMatchObject({ code: 'CONFLICT', details: { messageKey: 'staleRowVersion' } })
    expect(await stored('SELECT name_zh FROM administrative_division WHERE id = $1', id)).toEqual([{ name_zh: '先' }])
    expect(await stored(`SELECT 1 FROM administrative_division WHERE name_zh = '不应存在'`)).toEqual([])
  })

  test('based on an older rowVersion than the present one is a CONFLICT', () => {
    expect(() => checkVersion({ row_version: 3 }, 2)).toThrow(AppError)
    expect(() => checkVersion({ row_version: 3 }, 3)).not.toThrow()
    expect(() => checkVersion({ row_version: 3 }, undefined)).not.toThrow()
  })
})

describe('a light command', () => {
  const light = <T>(name: string, input: { idempotencyKey?: string }, work: (tx: Transaction) => Promise<T>): Promise<T> => runLightCommand(t.db, origin, name, input, work)
  const name = async (id: string): Promise<unknown> => (await stored('SELECT name_zh FROM administrative_division WHERE id = $1', id))[0]?.['name_zh']
  const rename = (id: string, to: string): Promise<void> => command('renameDivision', {}, async tx => tx.update('administrative_division', (await read(tx, id))!, { name_zh: to }))

  test('writes what a command writes, its answer included', async () => {
    const once = (): Promise<string> => light('createDivision', { idempotencyKey: 'key-light' }, async tx => tx.insert('administrative_division', division()))
    const id = await once()
    expect(await once()).toBe(id)
    expect(await stored('SELECT command FROM audit_record WHERE subject_id = $1', id)).toEqual([{ command: 'createDivision' }])
  })

  test('that was overtaken decides again on what is there now', async () => {
    const id = await create()
    let times = 0
    await light('renameDivision', {}, async tx => {
      const row = (await read(tx, id))!
      if (++times === 1) await rename(id, '先')
      tx.update('administrative_division', row, { name_zh: `${String(row['name_zh'])}后` })
    })
    expect([times, await name(id)]).toEqual([2, '先后'])
  })

  test('that is always overtaken ends as a CONFLICT', async () => {
    const id = await create()
    let times = 0
    const refused = await refusal(light('renameDivision', {}, async tx => {
      const row = (await read(tx, id))!
      await rename(id, `先${++times}`)
      tx.update('administrative_division', row, { name_zh: '后' })
    }))
    expect([refused.code, times, await name(id)]).toEqual(['CONFLICT', 4, '先4'])
  })

  test('does not decide again when the client named an older version', async () => {
    let times = 0
    const refused = await refusal(light('renameDivision', {}, async () => { times++; checkVersion({ row_version: 2 }, 1) }))
    expect([refused.code, times]).toEqual(['CONFLICT', 1])
  })

  test('looks again at what it rests on, however much it writes', async () => {
    const parent = await create()
    for (const many of [1, 100]) {
      const seen: unknown[] = []
      await light('createDivision', {}, async tx => {
        const row = (await read(tx, parent))!
        tx.restsOn('administrative_division', row)
        seen.push(row['name_zh'])
        if (seen.length === 1) await rename(parent, `县${many}`)
        for (let i = 0; i < many; i++) tx.insert('administrative_division', division())
      })
      expect(seen).toEqual([expect.anything(), `县${many}`])
    }
  })

  test('cannot lock, nor read what it has not written yet', async () => {
    const id = await create()
    await expect(light('renameDivision', {}, tx => tx.row('SELECT * FROM administrative_division WHERE id = $1 FOR UPDATE', [id]))).rejects.toMatchObject({ code: '25006' })
    await expect(light('createDivision', {}, tx => read(tx, tx.insert('administrative_division', division())))).rejects.toThrow('reads before it writes')
  })
})

describe('an idempotency key', () => {
  const once = (key: string, name: string): Promise<{ id: string }> =>
    command('createDivision', { idempotencyKey: key, name } as { idempotencyKey: string }, async tx => ({ id: tx.insert('administrative_division', { ...division(), name_zh: name }) }))

  test('repeated with the same input returns the first answer and writes nothing', async () => {
    const first = await once('key-repeat', '苍溪县')
    expect(await once('key-repeat', '苍溪县')).toEqual(first)
    expect(await stored(`SELECT count(*)::int AS n FROM administrative_division WHERE name_zh = '苍溪县'`)).toEqual([{ n: 1 }])
  })

  test('used again with other input is a CONFLICT', async () => {
    await once('key-other', '青川县')
    expect(await refusal(once('key-other', '剑阁县'))).toMatchObject({ code: 'CONFLICT', details: { messageKey: 'keyReused' } })
    expect(await stored(`SELECT 1 FROM administrative_division WHERE name_zh = '剑阁县'`)).toEqual([])
  })

  test('used by several at the same moment does the work once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => once('key-race', '利州区')))
    expect(new Set(answers.map(a => a.id)).size).toBe(1)
    expect(await stored(`SELECT count(*)::int AS n FROM administrative_division WHERE name_zh = '利州区'`)).toEqual([{ n: 1 }])
  })

  test('repeated gets the first answer even where the work could not be done twice', async () => {
    const id = await create()
    const end = (): Promise<string> => command('endDivision', { idempotencyKey: 'key-ended' }, async tx => {
      const row = (await read(tx, id))!
      if (row['valid_to'] !== null) throw new AppError('PRECONDITION_FAILED', 'It has ended.')
      tx.update('administrative_division', row, { valid_to: '2026-01-01' })
      return id
    })
    expect(await end()).toBe(id)
    expect(await end()).toBe(id)
    expect(await stored('SELECT row_version FROM administrative_division WHERE id = $1', id)).toEqual([{ row_version: 2 }])
  })

  test('that cannot be looked up hides nothing of what is known of the command', async () => {
    const lost = new Error('The answer to COMMIT never came.')
    markOutcome(lost, 'UNKNOWN')
    await t.owner.query('ALTER TABLE idempotent_request RENAME TO elsewhere')
    try {
      await expect(command('createDivision', { idempotencyKey: 'key-lost' }, async () => { throw lost })).rejects.toBe(lost)
    } finally {
      await t.owner.query('ALTER TABLE elsewhere RENAME TO idempotent_request')
    }
    expect(outcomeOf(lost)).toBe('UNKNOWN')
  })

  test('of a command that failed is free again', async () => {
    await expect(command('createDivision', { idempotencyKey: 'key-failed' }, async () => { throw new Error('no') })).rejects.toThrow('no')
    await expect(command('createDivision', { idempotencyKey: 'key-failed' }, async () => 'done')).resolves.toBe('done')
  })
})

describe('many rows at once', () => {
  test('are one statement with one audit record that counts and hashes them', async () => {
    const ids = await command('importDivisions', {}, async tx => tx.insertMany('administrative_division', [division(), division(), division()]))
    expect(await stored('SELECT count(*)::int AS n FROM administrative_division WHERE id = ANY($1)', ids)).toEqual([{ n: 3 }])
    const audits = await stored(`SELECT subject_id, after FROM audit_record WHERE command = 'importDivisions'`)
    expect(audits).toEqual([{ subject_id: null, after: { count: 3, ids, digest: expect.stringMatching(/^hmac-sha256:[0-9a-f]{64}$/) } }])
  })
})

describe('the audit log', () => {
  test('keeps keyed hashes of personal values: no list of names finds one, the key of the database proves one', async () => {
    await useDigestKey(t.db)
    const unit = await command('createUnit', {}, async tx => tx.insert('unit', {
      code: 'u-audit', name_zh: '单位', name_pinyin: 'danwei', name_initials: 'dw', kind: 'DEPARTMENT', division_code: '510800', path: '/u-audit/', depth: 1, valid_from: '2020-01-01', sector_codes: ['health'],
    }))
    const id = await command('createPerson', {}, async tx => tx.insert('person', { unit_id: unit, display_name: '王某某', staff_no: 'S-1' }))
    const [{ after }] = await stored('SELECT after FROM audit_record WHERE subject_id = $1', id) as [{ after: Record<string, unknown> }]
    expect(after['display_name']).toMatch(/^hmac-sha256:[0-9a-f]{64}$/)
    expect(JSON.stringify(after)).not.toMatch(/王某某|S-1/)
    const [{ key }] = await stored('SELECT key FROM audit_digest_key') as [{ key: string }]
    const proof = createHmac('sha256', Buffer.from(key, 'hex')).update(JSON.stringify(['person', 'display_name', id, '王某某'])).digest('hex')
    expect(after['display_name']).toBe(`hmac-sha256:${proof}`)
    expect(after['unit_id']).toBe(unit)
  })

  test.each(['UPDATE audit_record SET actor = $$other$$', 'DELETE FROM audit_record', 'TRUNCATE audit_record'])('refuses even its owner: %s', async statement => {
    await create()
    await expect(t.owner.query(statement)).rejects.toThrow('audit_record is append-only')
  })

  test.each([
    'DELETE FROM audit_record', 'UPDATE audit_record SET actor = $$other$$', 'DELETE FROM administrative_division', 'DROP TABLE administrative_division',
    'INSERT INTO administrative_division_history SELECT now(), d.* FROM administrative_division d', 'ALTER TABLE administrative_division DISABLE TRIGGER ALL', 'CREATE TABLE mine ()',
  ])('and the registers refuse the role that the server works with: %s', async statement => {
    await expect(t.db.writes.query(statement)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('the rest of a command', () => {
  test('leaves transitions and events in the outbox with the transaction that did it', async () => {
    const id = await command('publishDivision', {}, async tx => {
      const row = tx.insert('administrative_division', division())
      tx.transition({ type: 'AdministrativeDivision', id: row, unitId: row, from: 'DRAFT', to: 'PUBLISHED', opinion: '同意' })
      tx.emit(eventKind({ type: 'AdministrativeDivision.published', subject: 'AdministrativeDivision', payload: { version: 'int' }, description: '' }), { subjectId: row, unitId: null, payload: { version: 1 } })
      return row
    })
    expect(await stored('SELECT command, from_state, to_state, opinion, actor FROM state_transition WHERE subject_id = $1', id))
      .toEqual([{ command: 'publishDivision', from_state: 'DRAFT', to_state: 'PUBLISHED', opinion: '同意', actor: 'person:tester' }])
    expect(await stored('SELECT e.type, e.payload, e.tx = a.tx AS together FROM outbox_event e JOIN audit_record a USING (subject_id) WHERE subject_id = $1', id))
      .toEqual([{ type: 'AdministrativeDivision.published', payload: { version: 1 }, together: true }])
  })

  test('a refusal of the database that a module explained becomes its coded error', async () => {
    explainConstraints({ administrative_division_code_excl: { code: 'CONFLICT', rule: 'unique', path: 'code', message: 'The code is in use.' } })
    const same = division()
    await command('createDivision', {}, async tx => tx.insert('administrative_division', same))
    expect(await refusal(command('createDivision', {}, async tx => tx.insert('administrative_division', same))))
      .toMatchObject({ code: 'CONFLICT', details: { violations: [{ path: 'code', rule: 'unique', message: 'The code is in use.' }] } })
  })

  test('links and unlinks are audited; a value marked as JSON stays JSON', async () => {
    const unit = { code: 'u-link', name_zh: '单位', name_pinyin: 'danwei', name_initials: 'dw', kind: 'DEPARTMENT', division_code: '510800', path: '/u-link/', depth: 1, valid_from: '2020-01-01' }
    const link = await command('createPower', {}, async tx => {
      const unit_id = tx.insert('unit', unit)
      const position_id = tx.insert('position', { unit_id, code: 'p', name_zh: '岗位', power_bearing: true })
      const power_id = tx.insert('power', { unit_id, code: 'w', name_zh: '权力', category: 'FINANCE', significance: 'MAJOR', state: 'PROPOSED', legal_basis: json([{ title: '法' }]) })
      tx.link('power_position', { power_id, position_id, unit_id })
      return { power_id, position_id }
    })
    expect(await stored('SELECT p.legal_basis FROM power p JOIN power_position l ON l.power_id = p.id WHERE p.id = $1', link.power_id)).toEqual([{ legal_basis: [{ title: '法' }] }])
    await command('editPower', {}, async tx => tx.unlink('power_position', link))
    expect(await stored('SELECT 1 FROM power_position WHERE power_id = $1', link.power_id)).toEqual([])
    expect(await stored(`SELECT before, after FROM audit_record WHERE command = 'editPower'`)).toEqual([{ before: link, after: null }])
  })

  test('survives the death of its connection: an error, and the next command works', async () => {
    const error = await refusal(command('createDivision', {}, async tx => {
      const { pid } = (await tx.row<{ pid: number }>('SELECT pg_backend_pid() AS pid'))!
      await t.owner.query('SELECT pg_terminate_backend($1)', [pid])
      return tx.rows('SELECT 1')
    }))
    expect(error).toBeInstanceOf(Error)
    await expect(create()).resolves.toEqual(expect.any(String))
  })
})
