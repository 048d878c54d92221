import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { evidenceRoutes } from '../../src/api'
import { globalId, newId } from '../../src/core/ids'
import { coreModules } from '../../src/domain'
import { DiskEvidenceStore, evidenceLimits, EvidenceFileService, sealOldEvidence } from '../../src/domain/evidence'
import { systemActor } from '../../src/core/actor'
import { Database } from '../../src/database/database'
import { testApi, type TestApi } from '../support/api'
import { sha256 } from '../support/evidence-store-contract'
import { Organisation } from '../support/organisation'
import { docx, pdf } from '../support/sample-files'
import { newKek, openTestVault } from '../support/vault'

const BUREAU = '/510800/510821/510821-HEALTH/'
const NEIGHBOUR = '/510800/510824/510824-HEALTH/'
const limits = evidenceLimits({ maxBytes: 100_000, maxConcurrent: 3 })

let api: TestApi
let folder: string
let url: string
let control: string
let neighbours: string
const kek = newKek()
const tokens = {} as Record<'editor' | 'colleague' | 'approver' | 'supervisor' | 'stranger' | 'admin', string>

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'plumbline-evidence-'))
  const store = await DiskEvidenceStore.open(folder)
  api = await testApi({
    modules: coreModules,
    routes: [(app, context) => evidenceRoutes(new EvidenceFileService(context.db, store, limits), limits)(app, context)],
  })
  const { owner } = api.database
  await openTestVault(api.database.db, kek)
  const org = new Organisation(owner)
  for (const unit of ['/510800/', '/510800/510821/', BUREAU, '/510800/510824/', NEIGHBOUR]) await org.unit(unit)
  const people = { editor: ['UNIT_EDITOR', BUREAU], colleague: ['UNIT_EDITOR', BUREAU], approver: ['UNIT_APPROVER', BUREAU], supervisor: ['SUPERVISOR', '/510800/510821/'], stranger: ['UNIT_EDITOR', NEIGHBOUR], admin: ['PLATFORM_ADMIN', '/510800/'] } as const
  for (const [name, [role, unit]] of Object.entries(people)) {
    await org.person(name, unit)
    await org.grant(name, role, unit)
    tokens[name as keyof typeof people] = await api.token(name)
  }
  const controlOf = async (unit: string): Promise<string> => {
    const [position, id] = [newId(), newId()]
    await owner.query(`INSERT INTO position (id, unit_id, code, name_zh, power_bearing, created_by, updated_by) VALUES ($1, $2, 'head', '科长', true, 'system:test', 'system:test')`, [position, org.units.get(unit)])
    await owner.query(
      `INSERT INTO control (id, unit_id, code, description_zh, nature, mode, frequency, owner_position_id, state, created_by, updated_by)
       VALUES ($1, $2, 'C1', '双人复核', 'PREVENTIVE', 'MANUAL', 'MONTHLY', $3, 'OPERATING', 'system:test', 'system:test')`, [id, org.units.get(unit), position])
    return globalId('ctl', id)
  }
  control = await controlOf(BUREAU)
  neighbours = await controlOf(NEIGHBOUR)
  url = await api.server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await api.close()
})

let serial = 0
const fresh = (size = 400): Buffer => {
  const data = pdf(size)
  data.write(randomBytes(12).toString('hex'), 60)
  return data
}
type Fields = Record<string, string | undefined>
const fields = (change: Fields = {}): Fields => ({ subjectId: control, title: `复核记录${++serial}`, sensitivity: 'INTERNAL', collectedAt: '2026-01-05T08:00:00Z', ...change })
function form(change: Fields = {}, data = fresh(), name = '复核记录.pdf'): FormData {
  const body = new FormData()
  for (const [field, value] of Object.entries(fields(change))) if (value !== undefined) body.append(field, value)
  body.append('file', new Blob([new Uint8Array(data)], { type: 'text/html' }), name)
  return body
}
const bearer = (token: string | null): Record<string, string> => (token === null ? {} : { authorization: `Bearer ${token}` })
const post = (token: string | null, body: FormData | string, headers: Record<string, string> = {}): Promise<Response> => fetch(`${url}/evidence`, { method: 'POST', headers: { ...bearer(token), ...headers }, body })
const get = (token: string | null, id: string, headers: Record<string, string> = {}): Promise<Response> => fetch(`${url}/evidence/${encodeURIComponent(id)}`, { headers: { ...bearer(token), ...headers } })
const because = (reason: string): Record<string, string> => ({ 'plumbline-reason': encodeURIComponent(reason) })
interface Attached { id: string; fileName: string; mediaType: string; sizeBytes: number; sha256: string; downloadPath: string }
const attached = async (response: Response): Promise<Attached> => {
  expect(response.status).toBe(201)
  return (await response.json() as { evidence: Attached }).evidence
}
interface Told { message: string; extensions: { code: string; requestId: string; limit?: string; violations?: { path: string; rule: string; message: string }[] } }
const told = async (response: Response): Promise<Told> => {
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  return (await response.json() as { errors: Told[] }).errors[0]!
}
const rows = async (): Promise<number> => (await api.database.owner.query('SELECT count(*)::int AS n FROM evidence')).rows[0].n
const stored = (data: Buffer): boolean => readdirSync(path.join(folder, 'content'), { recursive: true }).some(name => String(name).endsWith(sha256(data)))
const incoming = (): number => readdirSync(path.join(folder, 'incoming')).length

describe('a file over HTTP', () => {
  test('is uploaded by an editor and downloaded by a reader of the same scope, byte for byte', async () => {
    const data = fresh(90_000)
    const response = await post(tokens.editor, form({ title: '药品采购复核' }, data, '药品采购 复核.pdf'))
    const evidence = await attached(response)
    expect(evidence).toEqual({ id: expect.stringMatching(/^ev_/), fileName: '药品采购 复核.pdf', mediaType: 'application/pdf', sizeBytes: 90_000, sha256: sha256(data), downloadPath: `/evidence/${evidence.id}` })
    expect(response.headers.get('location')).toBe(evidence.downloadPath)

    const download = await fetch(url + evidence.downloadPath, { headers: bearer(tokens.approver) })
    expect(download.status).toBe(200)
    expect(Buffer.from(await download.arrayBuffer()).equals(data)).toBe(true)
    expect(Object.fromEntries(download.headers)).toMatchObject({
      'content-type': 'application/pdf', 'content-length': '90000', 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store', 'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': `attachment; filename="____ __.pdf"; filename*=UTF-8''${encodeURIComponent('药品采购 复核.pdf')}`,
      'repr-digest': `sha-256=:${Buffer.from(sha256(data), 'hex').toString('base64')}:`,
    })
  })

  test('is found in the graph: at its subject, by id, with the way to its bytes', async () => {
    const { id } = await attached(await post(tokens.editor, form({ title: '图谱', expiresOn: '2027-01-05' }, docx(), '记录.docx')))
    const { data, errors } = await api.ask(tokens.approver, `query ($id: ID!, $control: ID!) {
      control(id: $control) { evidence(first: 5, filter: { title: { eq: "图谱" } }) { totalCount nodes { id } } }
      evidence(id: $id) {
        title version subjectType fileName mediaType sizeBytes sha256 url sensitivity collectedAt expiresOn isWithdrawn withdrawnReason downloadPath rowVersion
        unit { code } control { id } riskPoint { id }
      }
    }`, { id, control })
    expect(errors).toEqual([])
    expect(data.control.evidence).toEqual({ totalCount: 1, nodes: [{ id }] })
    expect(data.evidence).toEqual({
      title: '图谱', version: 1, subjectType: 'Control', fileName: '记录.docx', mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      sizeBytes: docx().length, sha256: sha256(docx()), url: null, sensitivity: 'INTERNAL', collectedAt: '2026-01-05T08:00:00.000Z', expiresOn: '2027-01-05', isWithdrawn: false,
      withdrawnReason: null, downloadPath: `/evidence/${id}`, rowVersion: 1, unit: { code: '510821-HEALTH' }, control: { id: control }, riskPoint: null,
    })
  })

  test('is withdrawn through the graph and stays on record', async () => {
    const { id } = await attached(await post(tokens.editor, form()))
    const mutation = 'mutation ($id: ID!) { withdrawEvidence(input: { id: $id, reason: "扫描错误" }) { evidence { id isWithdrawn withdrawnReason rowVersion } } }'
    expect((await api.ask(tokens.colleague, mutation, { id })).errors[0]!.extensions.code).toBe('FORBIDDEN')
    expect((await api.ask(tokens.stranger, mutation, { id })).errors[0]!.extensions.code).toBe('NOT_FOUND')
    expect((await api.ask(tokens.editor, mutation, { id })).data.withdrawEvidence.evidence).toEqual({ id, isWithdrawn: true, withdrawnReason: '扫描错误', rowVersion: 2 })
    expect((await api.ask(tokens.editor, mutation, { id })).errors[0]!.extensions.code).toBe('PRECONDITION_FAILED')
    expect((await get(tokens.colleague, id, because('想看一看'))).status).toBe(403)
  })

  test('that is SENSITIVE is told to exist, opened by few, and each opening is on record with where it came from', async () => {
    const { id } = await attached(await post(tokens.editor, form({ sensitivity: 'SENSITIVE' })))
    expect((await api.ask(tokens.colleague, 'query ($id: ID!) { evidence(id: $id) { sensitivity } }', { id })).data.evidence).toEqual({ sensitivity: 'SENSITIVE' })
    expect((await Promise.all([tokens.editor, tokens.approver, tokens.supervisor, tokens.colleague].map(token => get(token, id, because('核对采购记录'))))).map(r => r.status)).toEqual([200, 200, 200, 403])
    const { rows: records } = await api.database.owner.query(`SELECT address, after ->> 'opened' AS opened FROM audit_record WHERE command = 'openEvidence' AND subject_id = $1 ORDER BY opened`, [id.slice(3)])
    expect(records).toEqual(['false', 'true', 'true', 'true'].map(opened => ({ address: '127.0.0.1', opened })))
  })

  test('that is SENSITIVE has its title, its name and its bytes nowhere but in the vault, and comes back whole for a reason', async () => {
    const data = fresh(95_000)
    const [first, second] = [await attached(await post(tokens.editor, form({ title: '举报材料甲', sensitivity: 'SENSITIVE' }, data, '证人姓名.pdf'))), await attached(await post(tokens.editor, form({ title: '举报材料甲', sensitivity: 'SENSITIVE' })))]
    const other = await attached(await post(tokens.editor, form({ title: '举报材料乙', sensitivity: 'SENSITIVE' })))
    expect(first).toMatchObject({ fileName: '证人姓名.pdf', sha256: sha256(data), sizeBytes: 95_000 })

    // What a list shows, to whoever: one label for the versions of one title.
    const listed = async (id: string) => (await api.ask(tokens.approver, 'query ($id: ID!) { evidence(id: $id) { title fileName version sha256 sizeBytes } }', { id })).data.evidence
    const label = (await listed(first.id)).title as string
    expect(label).toMatch(/^敏感材料 [0-9a-f]{12}$/)
    expect(await listed(first.id)).toEqual({ title: label, fileName: `${label}.pdf`, version: 1, sha256: sha256(data), sizeBytes: 95_000 })
    expect(await listed(second.id)).toMatchObject({ title: label, version: 2 })
    expect((await listed(other.id)).title).not.toBe(label)

    const files = readdirSync(path.join(folder, 'content'), { recursive: true, withFileTypes: true }).filter(f => f.isFile()).map(f => readFileSync(path.join(f.parentPath, f.name)))
    expect(files.filter(bytes => bytes.includes(data.subarray(0, 64)))).toEqual([])
    const { rows } = await api.database.owner.query<{ found: string }>(`SELECT query_to_xml('SELECT * FROM ' || quote_ident(tablename), true, true, '')::text AS found FROM pg_tables WHERE schemaname = 'public'`)
    const everything = rows.map(r => r.found).join('')
    expect(everything).toContain(first.id.slice(3))
    for (const secret of ['举报材料甲', '举报材料乙', '证人姓名']) {
      expect(everything).not.toContain(secret)
      expect(everything).not.toContain(Buffer.from(secret).toString('base64').slice(0, 12))
      expect(everything.toLowerCase()).not.toContain(Buffer.from(secret).toString('hex'))
    }

    const download = await get(tokens.approver, first.id, because('核对举报材料'))
    expect(download.headers.get('content-disposition')).toContain(encodeURIComponent('证人姓名.pdf'))
    expect(Buffer.from(await download.arrayBuffer()).equals(data)).toBe(true)
    const refused = await get(tokens.approver, first.id)
    expect([refused.status, (await told(refused)).extensions]).toEqual([400, expect.objectContaining({ code: 'BAD_INPUT', violations: [expect.objectContaining({ path: 'reason' })] })])
    const garbled = await get(tokens.approver, first.id, { 'plumbline-reason': '%E4%B' })
    expect([garbled.status, (await told(garbled)).extensions.violations]).toEqual([400, [expect.objectContaining({ path: 'reason', rule: 'wellFormed' })]])
  })

  test('that was SENSITIVE before there was a vault is sealed by a command: row, history and file; what others share stays', async () => {
    const { owner } = api.database
    const stored = (data: Buffer): boolean => readdirSync(path.join(folder, 'content'), { recursive: true, withFileTypes: true }).filter(f => f.isFile()).some(f => readFileSync(path.join(f.parentPath, f.name)).equals(data))
    const [data, shared] = [fresh(70_000), fresh()]
    const old = [await attached(await post(tokens.editor, form({ title: '旧谈话记录' }, data, '旧证人.pdf'))), await attached(await post(tokens.editor, form({ title: '旧谈话记录' }, shared, '旧证人.pdf')))]
    const open = await attached(await post(tokens.editor, form({ title: '公开材料' }, shared, '公开.pdf')))
    const ids = old.map(e => e.id.slice(3))
    await owner.query('ALTER TABLE evidence DISABLE TRIGGER USER')
    await owner.query(`UPDATE evidence SET sensitivity = 'SENSITIVE' WHERE id = ANY($1::uuid[])`, [ids])
    await owner.query('ALTER TABLE evidence ENABLE TRIGGER USER')
    await api.ask(tokens.editor, 'mutation ($id: ID!) { withdrawEvidence(input: { id: $id, reason: "重复上传" }) { evidence { id } } }', { id: old[1]!.id })

    const asOwner = new Database(api.database.url, { readConnections: 1, writeConnections: 1 })
    const store = await DiskEvidenceStore.open(folder)
    try {
      await openTestVault(asOwner, kek)
      const seal = () => sealOldEvidence(asOwner, { actor: systemActor('test'), requestId: 'seal', address: null }, store)
      expect(await seal()).toEqual({ sealed: 2, left: [] })
      expect(await seal()).toEqual({ sealed: 0, left: [] })
    } finally {
      await asOwner.close()
    }

    expect([stored(data), stored(shared)]).toEqual([false, true])
    const { rows } = await owner.query<{ title: string; version: number; told: string }>(`
      SELECT title, version, row_to_json(e)::text AS told FROM evidence e WHERE id = ANY($1::uuid[]) UNION ALL SELECT title, version, row_to_json(h)::text FROM evidence_history h WHERE id = ANY($1::uuid[]) ORDER BY version`, [ids])
    expect(rows.map(r => r.version)).toEqual([1, 2, 2])
    expect(new Set(rows.map(r => r.title)).size).toBe(1)
    for (const { title, told } of rows) {
      expect(title).toMatch(/^敏感材料 [0-9a-f]{12}$/)
      expect(told).not.toMatch(/旧谈话记录|旧证人/)
    }
    const download = await get(tokens.approver, old[0]!.id, because('核对旧谈话记录'))
    expect(download.headers.get('content-disposition')).toContain(encodeURIComponent('旧证人.pdf'))
    expect(Buffer.from(await download.arrayBuffer()).equals(data)).toBe(true)
    const revealed = await api.ask(tokens.approver, 'mutation ($ids: [ID!]!) { revealEvidence(input: { ids: $ids, reason: "准备复核会议" }) { revealed { title fileName } } }', { ids: [old[0]!.id] })
    expect(revealed.data.revealEvidence.revealed).toEqual([{ title: '旧谈话记录', fileName: '旧证人.pdf' }])
    expect((await get(tokens.colleague, open.id)).status).toBe(200)
  })

  test('that is SENSITIVE tells its title to those who may, for a reason, and every reading is logged', async () => {
    const ids = [(await attached(await post(tokens.editor, form({ title: '谈话记录一', sensitivity: 'SENSITIVE' }, fresh(), '谈话一.pdf')))).id, (await attached(await post(tokens.editor, form({ title: '谈话记录二', sensitivity: 'SENSITIVE' }, fresh(), '谈话二.pdf')))).id]
    const open = (await attached(await post(tokens.editor, form()))).id
    const mutation = 'mutation ($ids: [ID!]!, $reason: String!, $key: String) { revealEvidence(input: { ids: $ids, reason: $reason, idempotencyKey: $key }) { revealed { title fileName evidence { id title } } } }'
    const reveal = (who: keyof typeof tokens, change: object = {}) => api.ask(tokens[who], mutation, { ids, reason: '准备复核会议', key: 'reveal-0001', ...change })
    const logged = async () => (await api.database.owner.query('SELECT row_id, reason FROM vault_read WHERE row_id = ANY($1::uuid[])', [ids.map(id => id.slice(3))])).rows

    for (const who of ['approver', 'approver', 'editor', 'supervisor'] as const) {
      expect((await reveal(who)).data.revealEvidence.revealed).toEqual([
        { title: '谈话记录一', fileName: '谈话一.pdf', evidence: { id: ids[0], title: expect.stringMatching(/^敏感材料 /) } }, { title: '谈话记录二', fileName: '谈话二.pdf', evidence: { id: ids[1], title: expect.stringMatching(/^敏感材料 /) } },
      ])
    }
    // Each of the four was a reading of two, the one with a repeated key too; and the key keeps no answer.
    expect(await logged()).toHaveLength(8)
    expect((await api.database.owner.query(`SELECT 1 FROM idempotent_request WHERE key = 'reveal-0001'`)).rowCount).toBe(0)

    const refusals: [keyof typeof tokens, object, string][] = [
      ['colleague', {}, 'FORBIDDEN'], ['admin', {}, 'FORBIDDEN'], ['stranger', {}, 'NOT_FOUND'], ['approver', { ids: [ids[0], `ev_${newId()}`] }, 'NOT_FOUND'], ['approver', { ids: [open] }, 'PRECONDITION_FAILED'],
      ['approver', { reason: ' ' }, 'BAD_INPUT'], ['approver', { ids: [] }, 'BAD_INPUT'], ['approver', { ids: Array.from({ length: 51 }, () => `ev_${newId()}`) }, 'BAD_INPUT'],
    ]
    for (const [who, change, code] of refusals) {
      const { data, errors } = await reveal(who, change)
      expect([data?.revealEvidence ?? null, errors.map(e => e.extensions.code)]).toEqual([null, [code]])
    }
    expect(await logged()).toHaveLength(8)
  })

  test('cannot take a title that stands for sealed ones', async () => {
    const refused = await post(tokens.editor, form({ title: '敏感材料 0123456789ab' }))
    expect((await told(refused)).extensions.violations).toEqual([expect.objectContaining({ path: 'title', rule: 'reserved' })])
  })

  test('is sent again with the same key and attached once', async () => {
    const data = fresh()
    const send = async () => attached(await post(tokens.editor, form({ title: '重发', idempotencyKey: 'http-upload-1' }, data)))
    const first = await send()
    expect(await send()).toEqual(first)
    const other = await post(tokens.editor, form({ title: '重发', idempotencyKey: 'http-upload-1' }))
    expect([other.status, (await told(other)).extensions.code]).toEqual([409, 'CONFLICT'])
  })
})

describe('a link in the graph', () => {
  const mutation = 'mutation ($input: AttachEvidenceLinkInput!) { attachEvidenceLink(input: $input) { evidence { id url downloadPath fileName sensitivity } } }'
  const input = (change: object = {}): object => ({ input: { subjectId: control, title: `通知${++serial}`, url: 'https://www.example.gov.cn/n/1', sensitivity: 'PUBLIC', collectedAt: '2026-01-05T08:00:00Z', ...change } })

  test('has an address and no file', async () => {
    const { data } = await api.ask(tokens.editor, mutation, input())
    expect(data.attachEvidenceLink.evidence).toEqual({ id: expect.stringMatching(/^ev_/), url: 'https://www.example.gov.cn/n/1', downloadPath: null, fileName: null, sensitivity: 'PUBLIC' })
    expect((await get(tokens.editor, data.attachEvidenceLink.evidence.id)).status).toBe(409)
  })

  test.each<[string, object, string, string]>([
    ['to http', { url: 'http://www.example.gov.cn' }, 'BAD_INPUT', 'url'],
    ['with a password', { url: 'https://a:b@www.example.gov.cn' }, 'BAD_INPUT', 'url'],
    ['that is SENSITIVE', { sensitivity: 'SENSITIVE' }, 'BAD_INPUT', 'sensitivity'],
    ['without a title', { title: '' }, 'BAD_INPUT', 'title'],
    ['from the future', { collectedAt: '2999-01-01T00:00:00Z' }, 'BAD_INPUT', 'collectedAt'],
    ['for a unit', { subjectId: `unit_${newId()}` }, 'NOT_FOUND', 'subjectId'],
  ])('%s is refused', async (_, change, code, at) => {
    const { errors } = await api.ask(tokens.editor, mutation, input(change))
    expect(errors[0]!.extensions).toMatchObject({ code, violations: [expect.objectContaining({ path: at })] })
  })
})

describe('who may not', () => {
  const withoutId = async (response: Response): Promise<object> => {
    const { message, extensions: { requestId: _, ...extensions } } = await told(response)
    return { status: response.status, message, extensions }
  }

  test('a neighbouring county gets the same answers as for what is not there', async () => {
    const { id } = await attached(await post(tokens.editor, form({ sensitivity: 'PUBLIC' })))
    const nothing = await withoutId(await get(tokens.stranger, `ev_${newId()}`))
    expect(nothing).toMatchObject({ status: 404, extensions: { code: 'NOT_FOUND' } })
    for (const wrong of [id, control, 'ev_x', 'x', '..%2f..%2fetc%2fpasswd', 'ev_\0', '清']) expect(await withoutId(await get(tokens.stranger, wrong))).toEqual(nothing)
    expect(await withoutId(await post(tokens.stranger, form()))).toEqual(await withoutId(await post(tokens.stranger, form({ subjectId: `ctl_${newId()}` }))))
    await attached(await post(tokens.stranger, form({ subjectId: neighbours })))
    const { data } = await api.ask(tokens.stranger, 'query ($id: ID!) { evidence(id: $id) { id } node(id: $id) { id } evidenceItems { nodes { unit { code } } } }', { id })
    expect(data.evidence).toBeNull()
    expect(data.node).toBeNull()
    expect(new Set(data.evidenceItems.nodes.map((n: { unit: { code: string } }) => n.unit.code))).toEqual(new Set(['510824-HEALTH']))
  })

  test('nobody without a token, or with a broken one, gets or leaves anything', async () => {
    const { id } = await attached(await post(tokens.editor, form({ sensitivity: 'PUBLIC' })))
    const data = fresh()
    for (const token of [null, 'broken', tokens.editor.slice(0, -3)]) {
      for (const response of [await get(token, id), await post(token, form({}, data))]) expect(await withoutId(response)).toMatchObject({ status: 401, extensions: { code: 'UNAUTHENTICATED' } })
    }
    expect(stored(data)).toBe(false)
  })

  test('an administrator reads no register, and so no evidence', async () => {
    const { id } = await attached(await post(tokens.editor, form({ sensitivity: 'PUBLIC' })))
    expect((await get(tokens.admin, id)).status).toBe(403)
    expect((await post(tokens.admin, form())).status).toBe(403)
  })

  test('a grant that ended closes the door at once', async () => {
    const { id } = await attached(await post(tokens.stranger, form({ subjectId: neighbours })))
    expect((await get(tokens.stranger, id)).status).toBe(200)
    const person = (await api.database.owner.query(`SELECT id FROM person WHERE staff_no = 'stranger'`)).rows[0].id
    await api.database.owner.query('UPDATE role_grant SET revoked_at = now() WHERE person_id = $1', [person])
    expect((await get(tokens.stranger, id)).status).toBe(403)
    await api.database.owner.query('UPDATE role_grant SET revoked_at = NULL WHERE person_id = $1', [person])
    expect((await get(tokens.stranger, id)).status).toBe(200)
  })
})

describe('a form that is wrong', () => {
  const refused = async (response: Response): Promise<string> => {
    const { extensions } = await told(response)
    return [response.status, extensions.code, extensions.limit ?? extensions.violations?.map(v => `${v.path} ${v.rule}`).join()].join(' ')
  }
  const built = (parts: (body: FormData) => void): FormData => {
    const body = new FormData()
    parts(body)
    return body
  }
  const file = (data = fresh()): Blob => new Blob([new Uint8Array(data)])
  const whole = (body: FormData, change: Fields = {}): void => { for (const [k, v] of Object.entries(fields(change))) if (v !== undefined) body.append(k, v) }

  test.each<[string, () => FormData | string, string]>([
    ['without a field', () => form({ title: undefined }), '400 BAD_INPUT title required'],
    ['without several', () => form({ title: undefined, sensitivity: undefined }), '400 BAD_INPUT title required,sensitivity required'],
    ['with an unknown field', () => form({ unitId: 'x' }), '400 BAD_INPUT unitId known'],
    ['with a field of the prototype', () => form({ ['__proto__x']: 'x' }), '400 BAD_INPUT __proto__x known'],
    ['with constructor as a field', () => form({ constructor: 'x' } as never), '400 BAD_INPUT  multipart'],
    ['with a field twice', () => built(b => { whole(b); b.append('title', 'again'); b.append('file', file(), 'a.pdf') }), '400 BAD_INPUT title once'],
    ['with an over-long field', () => form({ title: '清'.repeat(3_000) }), '400 BAD_INPUT title maxLength'],
    ['with a title of 201 characters', () => form({ title: '清'.repeat(201) }), '400 BAD_INPUT title isLength'],
    ['with NUL in the title', () => form({ title: 'a\0b' }), '400 BAD_INPUT title wellFormed'],
    ['with a wrong sensitivity', () => form({ sensitivity: 'TOP' }), '400 BAD_INPUT sensitivity isEnum'],
    ['with a short key', () => form({ idempotencyKey: 'short' }), '400 BAD_INPUT idempotencyKey isLength'],
    ['without a file', () => built(b => whole(b)), '400 BAD_INPUT file required'],
    ['with the file under another name', () => built(b => { whole(b); b.append('upload', file(), 'a.pdf') }), '400 BAD_INPUT upload known'],
    ['with two files', () => built(b => { whole(b); b.append('file', file(), 'a.pdf'); b.append('file', file(), 'b.pdf') }), '400 BAD_INPUT  multipart'],
    ['with the file first', () => built(b => { b.append('file', file(), 'a.pdf'); whole(b) }), '400 BAD_INPUT subjectId required,title required,sensitivity required,collectedAt required'],
    ['with a field behind the file', () => built(b => { whole(b); b.append('file', file(), 'a.pdf'); b.append('expiresOn', '2027-01-01') }), '400 BAD_INPUT file last'],
    ['with a hundred fields', () => built(b => { for (let i = 0; i < 100; i++) b.append(`f${i}`, 'x'); b.append('file', file(), 'a.pdf') }), '400 BAD_INPUT  multipart'],
    ['with a file that is none of its name', () => form({}, docx(), 'a.pdf'), '400 BAD_INPUT file fileName'],
    ['with a web page', () => form({}, Buffer.from('<script>alert(1)</script>'), 'a.pdf'), '400 BAD_INPUT file mediaType'],
    ['with an empty file', () => form({}, Buffer.alloc(0)), '400 BAD_INPUT file notEmpty'],
    ['one byte above the limit', () => form({}, fresh(limits.maxBytes + 1)), '413 LIMIT_EXCEEDED evidenceBytes'],
    ['far above the limit', () => form({}, fresh(5_000_000)), '413 LIMIT_EXCEEDED evidenceBytes'],
    ['that is JSON', () => '{}', '400 BAD_INPUT  multipart'],
  ])('%s answers why and leaves nothing', async (_, make, expected) => {
    const before = await rows()
    const body = make()
    expect(await refused(await post(tokens.editor, body, typeof body === 'string' ? { 'content-type': 'application/json' } : {}))).toBe(expected)
    expect(await rows()).toBe(before)
    expect(incoming()).toBe(0)
  })

  test('without a content type, or with a broken boundary, answers 4xx', async () => {
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=', 'application/x-www-form-urlencoded', 'text/plain']) {
      const response = await post(tokens.editor, 'x', { 'content-type': type })
      expect([400, 415]).toContain(response.status)
      expect((await told(response)).extensions.code).toBe('BAD_INPUT')
    }
  })

  test('without an end answers as soon as it is too large', async () => {
    const boundary = 'x-boundary-x'
    const request = httpRequest(`${url}/evidence`, { method: 'POST', headers: { ...bearer(tokens.editor), 'content-type': `multipart/form-data; boundary=${boundary}` } })
    const status = new Promise<number>((resolve, reject) => request.on('response', r => { r.resume(); resolve(r.statusCode!) }).on('error', reject))
    request.write(Object.entries(fields()).map(([k, v]) => `--${boundary}\r\ncontent-disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`).join('') +
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n`)
    const endless = setInterval(() => request.write(Buffer.alloc(50_000)), 5)
    expect(await status).toBe(413)
    clearInterval(endless)
    request.destroy()
    expect(incoming()).toBe(0)
  })

  test('of exactly the limit is right', async () => {
    expect(await attached(await post(tokens.editor, form({}, fresh(limits.maxBytes))))).toMatchObject({ sizeBytes: limits.maxBytes })
  })

  test('speaks the language of its reader', async () => {
    const error = await told(await post(tokens.editor, form({ title: undefined }), { 'accept-language': 'zh-CN' }))
    expect(error.extensions.violations).toEqual([{ path: 'title', rule: 'required', message: '必须填写。' }])
  })
})

describe('an upload that does not end', () => {
  /** Sends the fields and the beginning of a file, and nothing more. */
  async function begun(token = tokens.editor): Promise<{ data: Buffer; kill(): void; finish(): Promise<number> }> {
    const data = fresh(50_000)
    const boundary = 'x-boundary-x'
    const head = Object.entries(fields()).map(([k, v]) => `--${boundary}\r\ncontent-disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`).join('') +
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n`
    const request = httpRequest(`${url}/evidence`, { method: 'POST', headers: { ...bearer(token), 'content-type': `multipart/form-data; boundary=${boundary}` } })
    const status = new Promise<number>((resolve, reject) => request.on('response', r => { r.resume(); resolve(r.statusCode!) }).on('error', reject))
    status.catch(() => undefined)
    request.write(head)
    request.write(data.subarray(0, 30_000))
    return {
      data,
      kill: () => void request.destroy(),
      finish: () => { request.end(Buffer.concat([data.subarray(30_000), Buffer.from(`\r\n--${boundary}--\r\n`)])); return status },
    }
  }
  const until = async (what: () => boolean): Promise<void> => { for (let i = 0; !what() && i < 250; i++) await sleep(20); expect(what()).toBe(true) }

  test('leaves nothing visible when its sender is killed, and the server goes on', async () => {
    const before = await rows()
    const upload = await begun()
    await until(() => incoming() === 1)
    expect(await rows()).toBe(before)
    upload.kill()
    await until(() => incoming() === 0)
    expect(await rows()).toBe(before)
    expect(stored(upload.data)).toBe(false)
    await attached(await post(tokens.editor, form()))
  })

  test('may also end well, late', async () => {
    const upload = await begun()
    await until(() => incoming() === 1)
    expect(await upload.finish()).toBe(201)
    expect(stored(upload.data)).toBe(true)
  })

  test('takes one of a bounded number of places', async () => {
    const uploads = await Promise.all([1, 2, 3].map(() => begun()))
    await until(() => incoming() === 3)
    const fourth = await post(tokens.editor, form())
    expect([fourth.status, (await told(fourth)).extensions.limit]).toEqual([429, 'evidenceUploads'])
    uploads[0]!.kill()
    await until(() => incoming() === 2)
    await attached(await post(tokens.editor, form()))
    for (const upload of uploads) upload.kill()
    await until(() => incoming() === 0)
  })
})

test('asking for the head of a file is answered as for nothing, and opens nothing', async () => {
  const { id } = await attached(await post(tokens.editor, form({ sensitivity: 'SENSITIVE' })))
  const response = await fetch(`${url}/evidence/${id}`, { method: 'HEAD', headers: bearer(tokens.editor) })
  expect(response.status).toBe(404)
  expect((await api.database.owner.query(`SELECT 1 FROM audit_record WHERE command = 'openEvidence' AND subject_id = $1`, [id.slice(3)])).rowCount).toBe(0)
})

test('nothing of a file or its name is logged', async () => {
  const { id } = await attached(await post(tokens.editor, form({ title: '绝不记录的标题' }, fresh(), '绝不记录的文件.pdf')))
  await (await get(tokens.editor, id)).arrayBuffer()
  expect(api.logged.join('')).not.toMatch(/绝不记录/)
})
