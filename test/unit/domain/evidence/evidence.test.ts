import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { ANONYMOUS } from '../../../../src/core/actor'
import { type AppError } from '../../../../src/core/errors'
import { globalId, newId, rowIdOf } from '../../../../src/core/ids'
import type { Origin } from '../../../../src/core/request'
import { purgeExpired } from '../../../../src/database/retention'
import { DiskEvidenceStore, evidenceLimits, EvidenceFileService, EvidenceSweeper, type EvidenceDetails, type EvidenceStore } from '../../../../src/domain/evidence'
import { EvidenceService } from '../../../../src/domain/evidence/evidence.service'
import { testDatabase, type TestDatabase } from '../../../support/database'
import { sha256 } from '../../../support/evidence-store-contract'
import { originOf, personWith } from '../../../support/registers-fixture'
import { desks, Office4321, type Desks } from '../../../support/responsibility-fixture'
import { pdf, png } from '../../../support/sample-files'
import { openTestVault } from '../../../support/vault'

let t: TestDatabase
let d: Desks
let office: Office4321
let folder: string
let store: EvidenceStore
let files: EvidenceFileService
let links: EvidenceService
/** Global ids of a subject of each kind at the bureau. */
let subject: Record<'power' | 'point' | 'control' | 'test' | 'item', string>

beforeAll(async () => {
  t = await testDatabase()
  await openTestVault(t.db)
  d = await desks(t.db)
  office = new Office4321(t, d)
  folder = mkdtempSync(path.join(tmpdir(), 'plumbline-evidence-'))
  store = await DiskEvidenceStore.open(folder)
  files = new EvidenceFileService(t.db, store, evidenceLimits({ maxBytes: 10_000 }))
  links = new EvidenceService(t.db)
  subject = await subjects()
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await t.close()
})

async function subjects(): Promise<typeof subject> {
  const power = await office.power({ flow: false, confirmed: false })
  const { rows: [row] } = await t.owner.query('SELECT l.risk_point_id, l.control_id FROM control_risk_point l JOIN risk_point r ON r.id = l.risk_point_id WHERE r.power_id = $1', [rowIdOf('pw', power)])
  const test = newId()
  await t.owner.query(`INSERT INTO control_test (id, unit_id, control_id, period, kind, result, tested_by) VALUES ($1, $2, $3, '2026-Q3', 'DESIGN', 'EFFECTIVE', 'system:test')`, [test, d.bureau.id, row.control_id])
  return {
    power, point: globalId('rp', row.risk_point_id), control: globalId('ctl', row.control_id), test: globalId('test', test),
    item: await office.item(await office.draft('MAIN_RESPONSIBILITY', office.nextYear()), 'COMMITTEE_MAIN'),
  }
}

let serial = 0
const details = (change: Partial<EvidenceDetails> = {}): EvidenceDetails => ({ subjectId: subject.control, title: `会议纪要${++serial}`, sensitivity: 'INTERNAL', collectedAt: '2026-01-05T08:00:00Z', ...change })
const link = (change: object = {}) => ({ ...details(), sensitivity: 'INTERNAL' as const, url: 'https://www.example.gov.cn/notice', ...change })
/** A PDF that no other test has. */
const fresh = (size = 400): Buffer => {
  const data = pdf(size)
  data.write(randomBytes(12).toString('hex'), 60)
  return data
}
const upload = (origin: Origin, change: Partial<EvidenceDetails> = {}, data = fresh(), name = '纪要.pdf') => files.attach(origin, details(change), { name, content: Readable.from([data]) })
const refusal = (work: Promise<unknown>): Promise<AppError> => work.then(() => { throw new Error('It was not refused.') }, (e: AppError) => e)
const rowOf = async (id: string): Promise<Record<string, unknown>> => (await t.owner.query('SELECT * FROM evidence WHERE id = $1', [rowIdOf('ev', id)])).rows[0]
const count = async (table: string): Promise<number> => (await t.owner.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n
const kept = (data: Buffer): Promise<boolean> => store.exists(`sha256/${sha256(data)}`)
const placeOf = (data: Buffer): string => path.join(folder, 'content', sha256(data).slice(0, 2), sha256(data))
const age = (data: Buffer, days: number): void => { const at = new Date(Date.now() - days * 86_400_000); utimesSync(placeOf(data), at, at) }
const audits = async (id: string, command: string): Promise<Record<string, unknown>[]> =>
  (await t.owner.query('SELECT actor, request_id, after FROM audit_record WHERE subject_id = $1 AND command = $2 ORDER BY at', [rowIdOf('ev', id), command])).rows

describe('a file', () => {
  test('attached by an editor has the scope, the type and the hash that it should have, and comes back as it was', async () => {
    const data = fresh()
    const attached = await upload(d.people.editor, { title: '双人复核记录', expiresOn: '2027-01-05' }, data, 'C:\\扫描\\记录.PDF')
    expect(attached).toEqual({ id: expect.stringMatching(/^ev_/), fileName: '记录.PDF', mediaType: 'application/pdf', sizeBytes: data.length, sha256: sha256(data) })
    expect(await rowOf(attached.id)).toMatchObject({
      unit_id: d.bureau.id, subject_type: 'Control', subject_id: rowIdOf('ctl', subject.control), title: '双人复核记录', version: 1, file_name: '记录.PDF', media_type: 'application/pdf',
      size_bytes: data.length, sha256: sha256(data), storage_ref: `sha256/${sha256(data)}`, url: null, sensitivity: 'INTERNAL', expires_on: '2027-01-05', withdrawn_reason: null,
      created_by: d.people.editor.actor.ref,
    })
    const opened = await files.open(d.people.approver, attached.id)
    expect(opened).toMatchObject(attached)
    expect((await buffer(opened.content)).equals(data)).toBe(true)
  })

  test('leaves an audit record and an event', async () => {
    const { id } = await upload(d.people.editor)
    expect(await audits(id, 'attachEvidence')).toEqual([{ actor: d.people.editor.actor.ref, request_id: 'test', after: expect.objectContaining({ title: expect.any(String), sha256: expect.any(String) }) }])
    const { rows } = await t.owner.query(`SELECT type, unit_id, payload FROM outbox_event WHERE subject_id = $1`, [rowIdOf('ev', id)])
    expect(rows).toEqual([{ type: 'Evidence.attached', unit_id: d.bureau.id, payload: { subjectType: 'Control', subjectId: rowIdOf('ctl', subject.control), version: 1 } }])
  })

  test.each([['power', 'editor', true], ['point', 'editor', true], ['control', 'editor', true], ['test', 'editor', false], ['item', 'editor', true],
    ['power', 'groupOfficer', false], ['point', 'groupOfficer', true], ['control', 'groupOfficer', true], ['test', 'groupOfficer', true], ['item', 'groupOfficer', true],
    ['power', 'member', false], ['item', 'member', true], ['control', 'approver', false]] as const)('for a %s by %s: %s', async (kind, who, allowed) => {
    const work = upload(d.people[who], { subjectId: subject[kind] })
    if (allowed) expect(await work).toMatchObject({ mediaType: 'application/pdf' })
    else expect(await refusal(work)).toMatchObject({ code: 'FORBIDDEN', details: { messageKey: 'roleMissing' } })
  })

  test('of the same title is the next version, also when several come at once; another subject counts for itself', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(() => upload(d.people.editor, { title: '同名' })))
    expect((await Promise.all(ids.map(async ({ id }) => (await rowOf(id))['version']))).sort()).toEqual([1, 2, 3, 4])
    expect(await rowOf((await upload(d.people.editor, { title: '同名', subjectId: subject.point })).id)).toMatchObject({ version: 1 })
    expect(await rowOf(globalId('ev', await links.attachLink(d.people.editor, link({ title: ' 同名 ' }))))).toMatchObject({ version: 5, storage_ref: null })
  })

  test('that is a repetition with the same key is attached once; with other bytes it is a CONFLICT', async () => {
    const data = fresh()
    const given = { title: '重复提交', idempotencyKey: 'upload-0001' }
    const first = await upload(d.people.editor, given, data)
    expect(await upload(d.people.editor, given, data)).toEqual(first)
    expect(await refusal(upload(d.people.editor, given, fresh()))).toMatchObject({ code: 'CONFLICT', details: { messageKey: 'keyReused' } })
    expect((await t.owner.query(`SELECT count(*)::int AS n FROM evidence WHERE title = '重复提交'`)).rows).toEqual([{ n: 1 }])
  })

  test('that two attach is kept once and stands in two rows', async () => {
    const data = fresh()
    const [one, two] = await Promise.all([upload(d.people.editor, {}, data), upload(d.people.groupOfficer, {}, data)])
    expect(one!.id).not.toBe(two!.id)
    expect((await rowOf(one!.id))['storage_ref']).toBe((await rowOf(two!.id))['storage_ref'])
    expect(readdirSync(path.dirname(placeOf(data))).filter(n => n === sha256(data))).toHaveLength(1)
  })
})

describe('a refused upload', () => {
  test.each<[string, Partial<EvidenceDetails>, () => Buffer, string, object]>([
    ['with another type than its name says', {}, png, 'a.pdf', { code: 'BAD_INPUT', details: { violations: [{ path: 'file', rule: 'fileName' }] } }],
    ['with a type that is not allowed', {}, () => Buffer.from('<html>'), 'a.pdf', { code: 'BAD_INPUT', details: { violations: [{ path: 'file', rule: 'mediaType' }] } }],
    ['without bytes', {}, () => Buffer.alloc(0), 'a.pdf', { code: 'BAD_INPUT', details: { violations: [{ path: 'file', rule: 'notEmpty' }] } }],
    ['one byte too large', {}, () => fresh(10_001), 'a.pdf', { code: 'LIMIT_EXCEEDED', details: { limit: 'evidenceBytes' } }],
    ['far too large', {}, () => fresh(1_000_000), 'a.pdf', { code: 'LIMIT_EXCEEDED', details: { limit: 'evidenceBytes' } }],
    ['without a title', { title: ' ' }, fresh, 'a.pdf', { code: 'BAD_INPUT', details: { violations: [{ path: 'title' }] } }],
    ['for a thing that has no evidence', { subjectId: `unit_${newId()}` }, fresh, 'a.pdf', { code: 'NOT_FOUND' }],
    ['for a thing that is not there', { subjectId: `ctl_${newId()}` }, fresh, 'a.pdf', { code: 'NOT_FOUND' }],
    ['for no id at all', { subjectId: `ctl_'; DROP TABLE evidence --` }, fresh, 'a.pdf', { code: 'NOT_FOUND' }],
    ['for an id with NUL', { subjectId: 'ctl_\0' }, fresh, 'a.pdf', { code: 'NOT_FOUND' }],
  ])('%s leaves no row and no file', async (_, change, make, name, expected) => {
    const before = await count('evidence')
    const data = make()
    const error = await refusal(upload(d.people.editor, change, data, name))
    const { details: { violations = [], ...rest } = {}, ...top } = expected as { details?: { violations?: object[] } }
    expect(error).toMatchObject(top)
    expect(error.details).toMatchObject(rest)
    violations.forEach((v, i) => expect(error.details.violations![i]).toMatchObject(v))
    expect(await count('evidence')).toBe(before)
    expect(await kept(data)).toBe(false)
    expect(readdirSync(path.join(folder, 'incoming'))).toEqual([])
  })

  test('exactly at the size limit is none', async () => {
    expect(await upload(d.people.editor, {}, fresh(10_000))).toMatchObject({ sizeBytes: 10_000 })
  })

  test('is refused before a byte of its file is read', async () => {
    for (const [origin, subjectId] of [[d.people.approver, subject.control], [d.people.stranger, subject.control], [originOf(ANONYMOUS), subject.control]] as const) {
      let read = 0
      const content = new Readable({ read() { read++; this.push(Buffer.alloc(100)) } })
      await refusal(files.attach(origin, details({ subjectId }), { name: 'a.pdf', content }))
      expect(read).toBe(0)
      expect(content.destroyed).toBe(true)
    }
  })

  test('of the neighbouring county answers as for a thing that is not there', async () => {
    const [theirs, nothing] = await Promise.all([refusal(upload(d.people.stranger)), refusal(upload(d.people.stranger, { subjectId: `ctl_${newId()}` }))])
    expect(theirs).toMatchObject({ code: 'NOT_FOUND' })
    expect({ ...theirs, stack: '' }).toEqual({ ...nothing, stack: '' })
  })

  test('of somebody unknown asks for a token', async () => {
    expect(await refusal(upload(originOf(ANONYMOUS)))).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('because the database refused it leaves its file for the sweep, and no row', async () => {
    const data = fresh()
    await t.owner.query(`ALTER TABLE evidence ADD CONSTRAINT test_refuse CHECK (title <> '不收')`)
    await refusal(upload(d.people.editor, { title: '不收' }, data))
    await t.owner.query('ALTER TABLE evidence DROP CONSTRAINT test_refuse')
    expect(await kept(data)).toBe(true)
    age(data, 2)
    expect(await new EvidenceSweeper(t.db, store).sweep()).toMatchObject({ contents: 1 })
    expect(await kept(data)).toBe(false)
  })

  test('because its content was swept away meanwhile leaves no row', async () => {
    const data = fresh()
    const gone: EvidenceStore = Object.assign(Object.create(store) as EvidenceStore, {
      put: async (content: Readable, admission: Parameters<EvidenceStore['put']>[1]) => {
        const stored = await store.put(content, admission)
        await store.remove(stored.ref)
        return stored
      },
    })
    const before = await count('evidence')
    const error = await refusal(new EvidenceFileService(t.db, gone, evidenceLimits()).attach(d.people.editor, details(), { name: 'a.pdf', content: Readable.from([data]) }))
    expect(error).toMatchObject({ code: 'UNAVAILABLE' })
    expect(await count('evidence')).toBe(before)
  })
})

const WHY = '复核采购记录'

describe('opening a file', () => {
  const opens = async (origin: Origin, id: string): Promise<boolean> => {
    const outcome = await files.open(origin, id, WHY).then(f => f.content.destroy() && true, (e: AppError) => { expect(e.code).toBe('FORBIDDEN'); return false })
    return outcome
  }

  test('is for whoever reads its subject', async () => {
    const { id } = await upload(d.people.editor)
    for (const who of ['editor', 'approver', 'member', 'groupOfficer', 'supervisor'] as const) expect(await opens(d.people[who], id)).toBe(true)
    expect(await opens(personWith(['LEADER_READER'], d.county), id)).toBe(true)
  })

  test('outside its scope is answered as what is not there, whatever the id', async () => {
    const { id } = await upload(d.people.editor, { sensitivity: 'PUBLIC' })
    const answers = await Promise.all([id, `ev_${newId()}`, subject.control, 'ev_x', '', '../../etc/passwd', 'ev_\0'].map(i => refusal(files.open(d.people.stranger, i))))
    for (const answer of answers) expect({ ...answer, stack: '' }).toEqual({ ...answers[0], stack: '' })
    expect(answers[0]).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusal(files.open(personWith(['UNIT_EDITOR'], d.nextDoor), id))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('needs a token, and a role that reads registers', async () => {
    const { id } = await upload(d.people.editor, { sensitivity: 'PUBLIC' })
    expect(await refusal(files.open(originOf(ANONYMOUS), id))).toMatchObject({ code: 'UNAUTHENTICATED' })
    for (const role of ['PLATFORM_ADMIN', 'REPORTING_CLIENT', 'AUDITOR'] as const) expect(await refusal(files.open(personWith([role], d.county), id))).toMatchObject({ code: 'FORBIDDEN' })
    // An administrator of everything who also edits next door sees next door.
    const both = originOf({ ...personWith(['UNIT_EDITOR'], d.nextDoor).actor, roles: [{ role: 'UNIT_EDITOR', path: d.nextDoor.path }, { role: 'PLATFORM_ADMIN', path: '/' }] })
    expect(await refusal(files.open(both, id))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('that is INTERNAL is not recorded', async () => {
    const { id } = await upload(d.people.editor)
    await opens(d.people.approver, id)
    expect(await audits(id, 'openEvidence')).toEqual([])
  })

  test('that is SENSITIVE is for its author, the unit\'s approvers and the supervising side; each opening is recorded, refused ones too', async () => {
    const { id } = await upload(d.people.editor, { sensitivity: 'SENSITIVE' })
    const outcomes: [Origin, boolean][] = [
      [d.people.editor, true], [d.people.approver, true], [d.people.groupOfficer, true], [d.people.supervisor, true], [d.people.member, false],
      [personWith(['UNIT_EDITOR'], d.bureau), false], [personWith(['LEADER_READER'], d.county), false], [personWith(['VILLAGE_SUPERVISOR'], d.bureau), false],
    ]
    for (const [who, expected] of outcomes) expect(await opens(who, id)).toBe(expected)
    expect(await audits(id, 'openEvidence')).toEqual(outcomes.map(([who, opened]) => ({
      actor: who.actor.ref, request_id: 'test',
      after: opened ? { opened, realm: 'EVIDENCE', columns: ['file_name', 'content_key'], reason: WHY, unit_id: d.bureau.id } : expect.objectContaining({ opened, sensitivity: 'SENSITIVE', withdrawn: false, reason: null }),
    })))
    const { rows } = await t.owner.query('SELECT realm, table_name, columns, actor, command, reason, unit_id FROM vault_read WHERE row_id = $1 ORDER BY id', [rowIdOf('ev', id)])
    expect(rows).toEqual(outcomes.filter(([, opened]) => opened).map(([who]) => ({
      realm: 'EVIDENCE', table_name: 'evidence', columns: ['file_name', 'content_key'], actor: who.actor.ref, command: 'openEvidence', reason: WHY, unit_id: d.bureau.id,
    })))
  })

  test('that is SENSITIVE hands out nothing when the record cannot be written', async () => {
    const { id } = await upload(d.people.editor, { sensitivity: 'SENSITIVE' })
    for (const log of ['audit_record', 'vault_read']) {
      await t.owner.query(`ALTER TABLE ${log} ADD CONSTRAINT test_refuse CHECK (command <> 'openEvidence') NOT VALID`)
      const error = await refusal(files.open(d.people.approver, id, WHY))
      await t.owner.query(`ALTER TABLE ${log} DROP CONSTRAINT test_refuse`)
      expect(error).toMatchObject({ code: '23514' })
    }
  })

  test.each([[undefined, 'required'], ['  ', 'required'], ['看看', 'isLength'], ['a\u0000bcd', 'wellFormed'], ['长'.repeat(501), 'isLength']])('that is SENSITIVE for the reason %j is refused: %s', async (reason, rule) => {
    const { id } = await upload(d.people.editor, { sensitivity: 'SENSITIVE' })
    expect(await refusal(files.open(d.people.approver, id, reason))).toMatchObject({ code: 'BAD_INPUT', details: { violations: [{ path: 'reason', rule }] } })
    expect(await audits(id, 'openEvidence')).toEqual([])
  })

  test('that is damaged breaks off before its end', async () => {
    const data = fresh(9_000)
    const { id } = await upload(d.people.editor, {}, data)
    writeFileSync(placeOf(data), Buffer.concat([data.subarray(0, -1), Buffer.from('!')]))
    const { content } = await files.open(d.people.approver, id)
    const read: Buffer[] = []
    await expect((async () => { for await (const chunk of content) read.push(chunk as Buffer) })()).rejects.toThrow('not the one that was attached')
    expect(Buffer.concat(read).length).toBeLessThan(data.length)
  })

  test('that is past its retention period is gone for good, plain or sealed: row and hash stay, and who else has the same file keeps it', async () => {
    const [plain, shared] = [fresh(), fresh()]
    const gone = await upload(d.people.editor, {}, plain)
    const sealed = await upload(d.people.editor, { sensitivity: 'SENSITIVE' })
    const [one, two] = [await upload(d.people.editor, {}, shared), await upload(d.people.editor, {}, shared)]
    for (const { id } of [gone, sealed, one]) await links.withdraw(d.people.editor, { id, reason: '重复上传' })
    await t.owner.query(`ALTER TABLE evidence DISABLE TRIGGER evidence_keep; UPDATE evidence SET updated_at = updated_at - interval '4 years' WHERE withdrawn_reason = '重复上传'; ALTER TABLE evidence ENABLE TRIGGER evidence_keep`)
    const before = await rowOf(sealed.id)
    expect(await purgeExpired(t.db)).toMatchObject({ EVIDENCE_WITHDRAWN: 3 })
    for (const { id } of [gone, sealed, one]) expect(await refusal(files.open(d.people.editor, id, WHY))).toMatchObject({ code: 'PRECONDITION_FAILED', details: { violations: [{ rule: 'purged' }] } })
    expect(await rowOf(sealed.id)).toMatchObject({ sha256: sealed.sha256, title: before['title'], storage_ref: before['storage_ref'], content_purged_at: expect.any(String), updated_by: 'system:retention', row_version: 3 })
    expect((await t.owner.query('SELECT column_name FROM vault_value WHERE row_id = $1 ORDER BY 1', [rowIdOf('ev', sealed.id)])).rows.map(r => r.column_name)).toEqual(['file_name', 'title'])
    for (const data of [plain, shared]) age(data, 2)
    const sealedAt = path.join(folder, 'content', String(before['storage_ref']).slice(7, 9), String(before['storage_ref']).slice(7))
    utimesSync(sealedAt, new Date(0), new Date(0))
    await new EvidenceSweeper(t.db, store).sweep()
    expect([await kept(plain), await kept(shared), await store.exists(String(before['storage_ref']))]).toEqual([false, true, false])
    expect(await opens(d.people.approver, two.id)).toBe(true)
  })

  test('that is gone from the store is UNAVAILABLE, not an empty file', async () => {
    const data = fresh()
    const { id } = await upload(d.people.editor, {}, data)
    await store.remove(`sha256/${sha256(data)}`)
    expect(await refusal(files.open(d.people.approver, id))).toMatchObject({ code: 'UNAVAILABLE' })
  })

  test('of a link says that there is none', async () => {
    const id = globalId('ev', await links.attachLink(d.people.editor, link()))
    expect(await refusal(files.open(d.people.approver, id))).toMatchObject({ code: 'PRECONDITION_FAILED', details: { violations: [{ rule: 'file' }] } })
  })
})

describe('a link', () => {
  test('is attached with its address in normal form', async () => {
    const id = globalId('ev', await links.attachLink(d.people.editor, link({ url: 'HTTPS://www.Example.gov.cn/a' })))
    expect(await rowOf(id)).toMatchObject({ url: 'https://www.example.gov.cn/a', storage_ref: null, sha256: null, size_bytes: null, file_name: null, media_type: null })
  })

  test('cannot be SENSITIVE, by the service and by the database', async () => {
    expect(await refusal(links.attachLink(d.people.editor, link({ sensitivity: 'SENSITIVE' })))).toMatchObject({ code: 'BAD_INPUT', details: { violations: [{ path: 'sensitivity' }] } })
    const id = rowIdOf('ev', globalId('ev', await links.attachLink(d.people.editor, link())))
    await expect(t.owner.query(`UPDATE evidence SET sensitivity = 'SENSITIVE' WHERE id = $1`, [id])).rejects.toThrow('evidence_link_check')
  })

  test('must be https, and for something that one may attach to', async () => {
    expect(await refusal(links.attachLink(d.people.editor, link({ url: 'http://a.b' })))).toMatchObject({ code: 'BAD_INPUT', details: { violations: [{ path: 'url' }] } })
    expect(await refusal(links.attachLink(d.people.approver, link()))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refusal(links.attachLink(d.people.stranger, link()))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('withdrawing', () => {
  const withdraw = (origin: Origin, id: string, change: object = {}) => links.withdraw(origin, { id, reason: '扫描错误', ...change })

  test('keeps the row, its file and its history, and says why', async () => {
    const data = fresh()
    const { id } = await upload(d.people.editor, {}, data)
    await withdraw(d.people.editor, id)
    expect(await rowOf(id)).toMatchObject({ withdrawn_reason: '扫描错误', row_version: 2 })
    expect((await t.owner.query('SELECT withdrawn_reason, row_version FROM evidence_history WHERE id = $1', [rowIdOf('ev', id)])).rows).toEqual([{ withdrawn_reason: null, row_version: 1 }])
    expect(await kept(data)).toBe(true)
    expect((await t.owner.query('SELECT type FROM outbox_event WHERE subject_id = $1 ORDER BY id', [rowIdOf('ev', id)])).rows.map(r => r.type)).toEqual(['Evidence.attached', 'Evidence.withdrawn'])
  })

  test('closes the content to all but those who open SENSITIVE content, with a record', async () => {
    const { id } = await upload(d.people.editor, { sensitivity: 'PUBLIC' })
    await withdraw(d.people.editor, id)
    expect(await refusal(files.open(d.people.member, id))).toMatchObject({ code: 'FORBIDDEN' })
    ;(await files.open(d.people.groupOfficer, id, WHY)).content.destroy()
    expect((await audits(id, 'openEvidence')).map(a => a['after'])).toEqual([expect.objectContaining({ opened: false, withdrawn: true }), expect.objectContaining({ opened: true, withdrawn: true })])
  })

  test('is for its author and the supervising side, not for the supervised', async () => {
    const theirs = await upload(d.people.groupOfficer)
    for (const who of ['editor', 'approver', 'member'] as const) expect(await refusal(withdraw(d.people[who], theirs.id))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refusal(withdraw(d.people.stranger, theirs.id))).toMatchObject({ code: 'NOT_FOUND' })
    await withdraw(d.people.groupOfficer, theirs.id)
    await withdraw(d.people.supervisor, (await upload(d.people.editor)).id)
  })

  test('needs a reason, the present version, and something that stands', async () => {
    const { id } = await upload(d.people.editor)
    expect(await refusal(withdraw(d.people.editor, id, { reason: '  ' }))).toMatchObject({ code: 'BAD_INPUT' })
    expect(await refusal(withdraw(d.people.editor, id, { rowVersion: 9 }))).toMatchObject({ code: 'CONFLICT' })
    await withdraw(d.people.editor, id, { rowVersion: 1 })
    expect(await refusal(withdraw(d.people.editor, id))).toMatchObject({ code: 'PRECONDITION_FAILED', details: { violations: [{ rule: 'notWithdrawn' }] } })
  })

  test('is the only thing that the server can change', async () => {
    const { id } = await upload(d.people.editor)
    for (const column of ['storage_ref', 'sha256', 'title', 'subject_id', 'unit_id', 'created_by', 'sensitivity', 'version']) {
      await expect(t.db.writes.query(`UPDATE evidence SET ${column} = ${column} WHERE id = $1`, [rowIdOf('ev', id)])).rejects.toThrow('permission denied')
    }
    await expect(t.db.writes.query('DELETE FROM evidence WHERE id = $1', [rowIdOf('ev', id)])).rejects.toThrow('permission denied')
  })
})

describe('the sweep', () => {
  const sweeper = (): EvidenceSweeper => new EvidenceSweeper(t.db, store)

  test('removes old contents without a row, keeps young ones and all that a row refers to, and says what it removed', async () => {
    const [old, young, attached] = [fresh(), fresh(), fresh()] as const
    for (const data of [old, young]) await store.put(Readable.from([data]), { maxBytes: 10_000, inspect: async () => null })
    const { id } = await upload(d.people.editor, {}, attached)
    await links.withdraw(d.people.editor, { id, reason: '撤回' })
    age(old, 2)
    age(attached, 400)
    expect(await sweeper().sweep()).toEqual({ incoming: 0, contents: 1 })
    expect(await Promise.all([old, young, attached].map(kept))).toEqual([false, true, true])
    const { rows } = await t.owner.query(`SELECT actor, before FROM audit_record WHERE command = 'sweepEvidence' ORDER BY at DESC LIMIT 1`)
    expect(rows).toEqual([{ actor: 'system:evidence-sweep', before: { contents: [`sha256/${sha256(old)}`] } }])
    expect(await sweeper().sweep()).toEqual({ incoming: 0, contents: 0 })
  })

  test('by several at once removes each once', async () => {
    const orphans = Array.from({ length: 5 }, () => fresh())
    for (const data of orphans) { await store.put(Readable.from([data]), { maxBytes: 10_000, inspect: async () => null }); age(data, 3) }
    const swept = await Promise.all([sweeper().sweep(), sweeper().sweep(), sweeper().sweep()])
    expect(swept.reduce((sum, s) => sum + s.contents, 0)).toBe(5)
  })

  test('never takes a content from an upload of the same bytes that goes on meanwhile', async () => {
    const data = fresh()
    for (let i = 0; i < 8; i++) {
      await store.put(Readable.from([data]), { maxBytes: 10_000, inspect: async () => null })
      if ((await t.owner.query('SELECT 1 FROM evidence WHERE sha256 = $1', [sha256(data)])).rowCount === 0) age(data, 3)
      const [uploaded] = await Promise.allSettled([upload(d.people.editor, {}, data), sweeper().sweep()])
      if (uploaded.status === 'fulfilled') expect(await kept(data)).toBe(true)
      else expect(uploaded.reason).toMatchObject({ code: 'UNAVAILABLE' })
    }
    expect(await kept(data)).toBe(true)
  })

  test('waits for rows that are about to refer to what it would remove', async () => {
    const data = fresh()
    await store.put(Readable.from([data]), { maxBytes: 10_000, inspect: async () => null })
    age(data, 3)
    const slow = await t.db.writes.connect()
    await slow.query('BEGIN')
    await slow.query('SELECT pg_advisory_xact_lock_shared(7301002)')
    const sweeping = sweeper().sweep()
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(await kept(data)).toBe(true)
    await slow.query(
      `INSERT INTO evidence (id, unit_id, subject_type, subject_id, title, file_name, media_type, size_bytes, sha256, storage_ref, sensitivity, collected_at, created_by, updated_by)
       VALUES ($1, $2, 'Control', $3, '慢', 'a.pdf', 'application/pdf', $4, $5, $6, 'INTERNAL', now(), 'system:test', 'system:test')`,
      [newId(), d.bureau.id, rowIdOf('ctl', subject.control), data.length, sha256(data), `sha256/${sha256(data)}`])
    await slow.query('COMMIT')
    slow.release()
    expect((await sweeping).contents).toBe(0)
    expect(await kept(data)).toBe(true)
  })
})

describe('an item of a draft', () => {
  const remove = (item: string) => office.items.remove(d.people.editor, { id: item })
  let item: string
  beforeEach(async () => { item = await office.item(await office.draft('MAIN_RESPONSIBILITY', office.nextYear()), 'COMMITTEE_MAIN') })

  test('is taken off its list while it has no evidence, and not afterwards', async () => {
    await upload(d.people.member, { subjectId: item })
    expect(await refusal(remove(item))).toMatchObject({ code: 'PRECONDITION_FAILED', details: { violations: [{ path: 'id', rule: 'noEvidence' }] } })
    const bare = await office.item(await office.draft('MAIN_RESPONSIBILITY', office.nextYear()), 'COMMITTEE_MAIN')
    await remove(bare)
    expect([await office.state('duty_item', item), await office.state('duty_item', bare)]).toEqual(['NOT_STARTED', undefined])
  })

  test('that goes while evidence is attached to it either stays or was never there', async () => {
    const [attached, removed] = await Promise.allSettled([upload(d.people.member, { subjectId: item }), remove(item)])
    expect([attached.status, removed.status].sort()).toEqual(['fulfilled', 'rejected'])
    expect((attached.status === 'rejected' ? attached : removed as PromiseRejectedResult).reason).toMatchObject({ code: attached.status === 'rejected' ? 'NOT_FOUND' : 'PRECONDITION_FAILED' })
  })
})

test('every piece of evidence has the unit of its subject', async () => {
  await upload(d.people.editor, { subjectId: subject.power })
  await upload(d.people.groupOfficer, { subjectId: subject.test })
  const wrong = await Promise.all(['power', 'risk_point', 'control', 'control_test', 'duty_item'].map(async table =>
    (await t.owner.query(`SELECT e.id FROM evidence e JOIN ${table} s ON s.id = e.subject_id WHERE s.unit_id <> e.unit_id`)).rows))
  expect(wrong.flat()).toEqual([])
})
