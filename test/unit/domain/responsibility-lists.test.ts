import { AppError } from '../../../src/core/errors'
import { globalId, newId } from '../../../src/core/ids'
import type { Origin } from '../../../src/core/request'
import { runCommand } from '../../../src/database/command'
import type { Transaction } from '../../../src/database/transaction'
import { draftForContent, putItems, showPowers } from '../../../src/domain/responsibility'
import { testDatabase, type TestDatabase } from '../../support/database'
import { Office4321, desks, type Desks } from '../../support/responsibility-fixture'

let t: TestDatabase
let d: Desks
let o: Office4321

beforeAll(async () => {
  t = await testDatabase()
  d = await desks(t.db)
  o = new Office4321(t, d)
})
afterAll(() => t.close())

const rejected = async (p: Promise<unknown>): Promise<AppError> => {
  const e = await p.then(() => new Error('It was not refused.'), (x: Error) => x)
  if (!(e instanceof AppError)) throw e
  return e
}
const rules = (e: AppError): string[] => [...new Set((e.details.violations ?? []).map(v => v.rule))].sort()
const paths = (e: AppError): string[] => (e.details.violations ?? []).map(v => v.path)
const decisions = async (subject: string): Promise<string[]> =>
  (await t.owner.query('SELECT step, decision FROM approval_record WHERE subject_id = $1 ORDER BY id', [subject.slice(-36)])).rows.map(r => `${r.step} ${r.decision}`)

describe('drafting', () => {
  test('the first list of a year begins the unit-year; a second draft of the kind is refused by service and database', async () => {
    const year = o.nextYear()
    const main = await o.draft('MAIN_RESPONSIBILITY', year)
    expect(await o.row('accountability_cycle', await o.cycle(year))).toMatchObject({ state: 'PREPARING', main_list_id: main.slice(5), power_risk_list_id: null })
    await o.draft('POWER_RISK_CONTROL', year)
    expect(rules(await rejected(o.draft('MAIN_RESPONSIBILITY', year)))).toEqual(['one-open-version'])
    await expect(t.owner.query(`INSERT INTO responsibility_list SELECT (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'version', 2))).* FROM responsibility_list l WHERE id = $1`, [main.slice(-36)]))
      .rejects.toMatchObject({ constraint: 'responsibility_list_open_key' })
  })

  test('two editors who draft the same list at once make one', async () => {
    const year = o.nextYear()
    const results = await Promise.allSettled([o.draft('MAIN_RESPONSIBILITY', year), o.draft('MAIN_RESPONSIBILITY', year)])
    expect(results.map(r => (r.status === 'rejected' ? (r.reason as AppError).code : 'done')).sort()).toEqual(['CONFLICT', 'done'])
  })

  test('the three lists drafted at once begin one unit-year, and none is refused', async () => {
    for (let i = 0; i < 8; i++) {
      const year = o.nextYear()
      const lists = await Promise.all((['MAIN_RESPONSIBILITY', 'POWER_RISK_CONTROL', 'SUPERVISION_RESPONSIBILITY'] as const).map(kind => o.draft(kind, year)))
      const { rows } = await t.owner.query('SELECT main_list_id, power_risk_list_id, supervision_list_id FROM accountability_cycle WHERE unit_id = $1 AND year = $2', [d.bureau.id, year])
      expect(rows.map(r => Object.values(r as object))).toEqual([lists.map(l => l.slice(-36))])
    }
  })

  test('a supervision list belongs to a body that supervises the unit, and is drawn up there', async () => {
    const year = o.nextYear()
    const draft = (ownerUnitId: string | null, by = d.people.groupEditor) => o.lists.draft(by, { unitId: d.bureau.ref, kind: 'SUPERVISION_RESPONSIBILITY', year, ownerUnitId })
    expect(await rejected(draft(null))).toMatchObject({ code: 'BAD_INPUT' })
    expect(rules(await rejected(draft(d.bureau.ref)))).toEqual(['supervises'])
    expect((await rejected(draft(d.group.ref, d.people.editor))).code).toBe('NOT_FOUND')
    expect((await rejected(draft(d.group.ref, d.people.supervisor))).code).toBe('FORBIDDEN')
    const list = await draft(d.group.ref)
    expect(await o.row('responsibility_list', list)).toMatchObject({ unit_id: d.bureau.id, owner_unit_id: d.group.id })
    expect(rules(await rejected(o.lists.draft(d.people.editor, { unitId: d.bureau.ref, kind: 'MAIN_RESPONSIBILITY', year, ownerUnitId: d.nextDoor.ref })))).toEqual(['INV-06'])
    await expect(t.owner.query('UPDATE responsibility_list SET owner_unit_id = $1 WHERE id = $2', [d.group.id, (await o.draft('MAIN_RESPONSIBILITY', year)).slice(-36)])).rejects.toMatchObject({ constraint: 'responsibility_list_owner_check' })
  })

  test('the commission of the county supervises its bureaus without a relation; a relation that ended does not count', async () => {
    const year = o.nextYear()
    const admin = { ...d.people.insider, actor: { ...d.people.insider.actor, roles: [{ role: 'UNIT_EDITOR' as const, path: d.county.path }], scope: [d.county.path] } }
    const draft = (unit: string, owner: string) => o.lists.draft(admin, { unitId: unit, kind: 'SUPERVISION_RESPONSIBILITY', year, ownerUnitId: owner })
    expect(rules(await rejected(draft(d.nextDoor.ref, d.group.ref)))).toEqual(['supervises'])
    await t.owner.query(`INSERT INTO unit_relation (id, from_unit_id, to_unit_id, kind, valid_from, valid_to, created_by, updated_by) VALUES ($1, $2, $3, 'DISPATCHED', '2020-01-01', '2021-01-01', 'x', 'x')`, [newId(), d.group.id, d.nextDoor.id])
    expect(rules(await rejected(draft(d.nextDoor.ref, d.group.ref)))).toEqual(['supervises'])
    await draft(d.nextDoor.ref, d.commission.ref)
  })

  test('what one may not see is not there: neighbour, malformed and foreign ids', async () => {
    const list = await o.draft('MAIN_RESPONSIBILITY', o.nextYear())
    const item = await o.item(list, 'COMMITTEE_MAIN')
    const stranger = d.people.stranger
    for (const attempt of [
      () => o.lists.draft(stranger, { unitId: d.bureau.ref, kind: 'MAIN_RESPONSIBILITY', year: o.nextYear() }), () => o.lists.submit(stranger, { id: list }),
      () => o.lists.approve(stranger, { id: list }), () => o.lists.reopen(stranger, { id: list }), () => o.lists.withdraw(stranger, { id: list }), () => o.lists.revise(stranger, { id: list }),
      () => o.lists.setPowers(stranger, { id: list, rowVersion: 1, powerIds: [] }), () => o.items.remove(stranger, { id: item }), () => o.progress.start(stranger, { id: item }),
      () => o.lists.submit(d.people.editor, { id: globalId('list', newId()) }), () => o.lists.submit(d.people.editor, { id: 'nonsense' }),
      () => o.lists.submit(d.people.editor, { id: globalId('pw', list.slice(-36)) }), () => o.progress.start(d.people.member, { id: globalId('duty', newId()) }),
    ]) expect((await rejected(attempt())).code).toBe('NOT_FOUND')
    expect(await o.state('responsibility_list', list)).toBe('DRAFT')
  })

  test('a list is withdrawn before approval and the year lets it go; the next draft is another version', async () => {
    const year = o.nextYear()
    const first = await o.draft('MAIN_RESPONSIBILITY', year)
    expect((await rejected(o.lists.withdraw(d.people.approver, { id: first }))).code).toBe('FORBIDDEN')
    await o.lists.withdraw(d.people.editor, { id: first })
    expect(await o.row('accountability_cycle', await o.cycle(year))).toMatchObject({ main_list_id: null })
    const second = await o.draft('MAIN_RESPONSIBILITY', year)
    expect(await o.row('responsibility_list', second)).toMatchObject({ version: 2, supersedes_id: null })
    expect((await rejected(o.lists.withdraw(d.people.editor, { id: first }))).code).toBe('PRECONDITION_FAILED')
  })
})

describe('content', () => {
  test('INV-06: the kind limits what stands on a list, in service and database', async () => {
    const year = o.nextYear()
    const main = await o.draft('MAIN_RESPONSIBILITY', year)
    const powerRisk = await o.draft('POWER_RISK_CONTROL', year)
    const supervision = await o.draft('SUPERVISION_RESPONSIBILITY', year)
    const add = (by: typeof d.people.editor, listId: string, responsibility: 'COMMITTEE_MAIN' | 'COMMISSION_SUPERVISORY') => o.items.add(by, { listId, code: 'a', responsibility, content: '内容', isPriorityTask: false, targetPowerIds: [], targetRiskPointIds: [] })
    for (const attempt of [
      () => add(d.people.editor, main, 'COMMISSION_SUPERVISORY'), () => add(d.people.groupEditor, supervision, 'COMMITTEE_MAIN'), () => add(d.people.editor, powerRisk, 'COMMITTEE_MAIN'),
      () => o.lists.setPowers(d.people.editor, { id: main, rowVersion: 1, powerIds: [] }),
      () => add(d.people.editor, main, 'COMMITTEE_MAIN').then(id => o.items.edit(d.people.editor, { id: globalId('duty', id), rowVersion: 1, responsibility: 'COMMISSION_SUPERVISORY' })),
    ]) expect(await rejected(attempt()).then(e => [e.code, rules(e)])).toEqual(['BAD_INPUT', ['INV-06']])
    await expect(t.owner.query(`UPDATE duty_item SET responsibility = 'COMMISSION_SUPERVISORY' WHERE list_id = $1`, [main.slice(-36)])).rejects.toMatchObject({ constraint: 'duty_item_list_kind_check' })
    await expect(t.owner.query(`INSERT INTO list_power VALUES ($1, 'MAIN_RESPONSIBILITY', $2, $3)`, [main.slice(-36), (await o.power()).slice(-36), d.bureau.id])).rejects.toMatchObject({ constraint: 'list_power_kind_check' })
    await o.item(main, 'COMMITTEE_MAIN')
    await o.item(supervision, 'COMMISSION_SUPERVISORY')
    await o.lists.setPowers(d.people.editor, { id: powerRisk, rowVersion: 1, powerIds: [await o.power()] })
  })

  test('items are numbered as they come, edited by version, and taken off with their targets', async () => {
    const year = o.nextYear()
    const power = await o.power({ points: 2 })
    const points = (await t.owner.query('SELECT id FROM risk_point WHERE power_id = $1', [power.slice(-36)])).rows.map(r => globalId('rp', r.id))
    const list = await o.draft('SUPERVISION_RESPONSIBILITY', year)
    const first = await o.item(list, 'COMMISSION_SUPERVISORY', { code: 'F1', powers: [power], points })
    await o.item(list, 'COMMISSION_SUPERVISORY', { code: 'F2' })
    expect((await o.itemsOf(list)).map(i => [i['seq'], i['code'], i['owner_unit_id']])).toEqual([[1, 'F1', d.group.id], [2, 'F2', d.group.id]])
    const twice = await rejected(o.item(list, 'COMMISSION_SUPERVISORY', { code: 'F1' }))
    expect([twice.code, twice.details.violations]).toEqual(['CONFLICT', [expect.objectContaining({ path: 'code', rule: 'unique' })]])
    await o.items.edit(d.people.groupEditor, { id: first, rowVersion: 1, content: '新的内容', dueOn: '2020-12-31', isPriorityTask: true, targetRiskPointIds: [points[0]!] })
    expect(await o.row('duty_item', first)).toMatchObject({ content_zh: '新的内容', due_on: '2020-12-31', is_priority_task: true, row_version: 2 })
    expect((await rejected(o.items.edit(d.people.groupEditor, { id: first, rowVersion: 1, content: '旧的' }))).code).toBe('CONFLICT')
    await o.items.edit(d.people.groupEditor, { id: first, rowVersion: 2, targetRiskPointIds: [] })
    expect((await o.row('duty_item', first))['row_version']).toBe(3)
    await o.items.remove(d.people.groupEditor, { id: first, rowVersion: 3 })
    expect((await t.owner.query('SELECT count(*)::int AS n FROM focus_power WHERE duty_item_id = $1', [first.slice(-36)])).rows[0].n).toBe(0)
    expect(await o.row('duty_item', first)).toBeUndefined()
    expect((await t.owner.query('SELECT code FROM duty_item_history WHERE id = $1 ORDER BY superseded_at DESC LIMIT 1', [first.slice(-36)])).rows).toEqual([{ code: 'F1' }])
    await o.item(list, 'COMMISSION_SUPERVISORY', { code: 'F3' })
    expect((await o.itemsOf(list)).map(i => i['seq'])).toEqual([2, 3])
  })

  test('two editors of one item with the same rowVersion: one change, one CONFLICT', async () => {
    const item = await o.item(await o.draft('MAIN_RESPONSIBILITY', o.nextYear()), 'COMMITTEE_MAIN')
    const results = await Promise.allSettled(['甲', '乙'].map(content => o.items.edit(d.people.editor, { id: item, rowVersion: 1, content })))
    expect(results.map(r => (r.status === 'rejected' ? (r.reason as AppError).code : 'done')).sort()).toEqual(['CONFLICT', 'done'])
    expect((await o.row('duty_item', item))['row_version']).toBe(2)
  })

  test('only a focus has targets, and only of the supervised unit (INV-16)', async () => {
    const year = o.nextYear()
    const power = await o.power()
    expect(await rejected(o.item(await o.draft('MAIN_RESPONSIBILITY', year), 'COMMITTEE_MAIN', { powers: [power] })).then(rules)).toEqual(['INV-16'])
    const supervision = await o.draft('SUPERVISION_RESPONSIBILITY', year)
    for (const targets of [{ powers: [globalId('pw', newId())] }, { points: [globalId('rp', newId())] }]) {
      const refused = await rejected(o.item(supervision, 'COMMISSION_SUPERVISORY', targets))
      expect([refused.code, rules(refused)]).toEqual(['BAD_INPUT', ['INV-16']])
    }
    await expect(t.owner.query('INSERT INTO focus_power VALUES ($1, $2, $3)', [(await o.item(supervision, 'COMMISSION_SUPERVISORY')).slice(-36), power.slice(-36), d.nextDoor.id]))
      .rejects.toMatchObject({ constraint: 'focus_power_duty_item_fk' })
  })

  test('powers of another unit do not come onto a list; another rowVersion changes nothing', async () => {
    const list = await o.draft('POWER_RISK_CONTROL', o.nextYear())
    const power = await o.power()
    const foreign = await rejected(o.lists.setPowers(d.people.editor, { id: list, rowVersion: 1, powerIds: [globalId('pw', newId())] }))
    expect([foreign.code, paths(foreign)]).toEqual(['BAD_INPUT', ['powerIds']])
    await o.lists.setPowers(d.people.editor, { id: list, rowVersion: 1, powerIds: [power] })
    expect((await rejected(o.lists.setPowers(d.people.editor, { id: list, rowVersion: 1, powerIds: [] }))).code).toBe('CONFLICT')
    await o.lists.setPowers(d.people.editor, { id: list, rowVersion: 2, powerIds: [await o.power(), power] })
    expect((await t.owner.query('SELECT count(*)::int AS n FROM list_power WHERE list_id = $1', [list.slice(-36)])).rows[0].n).toBe(2)
  })
})

describe('content from elsewhere (a catalog)', () => {
  const inTransaction = <T>(origin: Origin, work: (tx: Transaction) => Promise<T>): Promise<T> => runCommand(t.db, origin, 'adopt', {}, work)
  const main = (year: number) => ({ unitId: d.bureau.id, ownerUnitId: d.bureau.id, kind: 'MAIN_RESPONSIBILITY' as const, year })
  const copied = (code: string, responsibility: 'COMMITTEE_MAIN' | 'COMMISSION_SUPERVISORY' = 'COMMITTEE_MAIN') => ({
    responsibility, code, contentZh: '内容', origin: { catalogCode: `health-procurement.duty.${code}`, catalogVersion: '1.0.0', catalogBase: { contentZh: 'abc' }, isSynthetic: true },
  })

  test('makes the draft that is missing, goes on with the one that is there, and numbers items behind each other', async () => {
    const year = o.nextYear()
    const put = (...codes: string[]) => inTransaction(d.people.editor, async tx => putItems(tx, await draftForContent(tx, main(year), d.bureau.path), codes.map(c => copied(c))))
    await put('a', 'b')
    await put('c')
    const { rows: [list] } = await t.owner.query('SELECT id FROM responsibility_list WHERE unit_id = $1 AND year = $2', [d.bureau.id, year])
    expect((await o.itemsOf(list.id)).map(i => [i['seq'], i['code'], i['catalog_version'], i['catalog_base']])).toEqual(['a', 'b', 'c'].map((c, i) => [i + 1, c, '1.0.0', { contentZh: 'abc' }]))
    await o.approve('MAIN_RESPONSIBILITY', globalId('list', list.id))
    await put('d')
    expect(await o.state('responsibility_list', list.id)).toBe('DRAFT')
    await o.lists.submit(d.people.editor, { id: globalId('list', list.id) })
    expect((await rejected(put('e'))).code).toBe('PRECONDITION_FAILED')
  })

  test('asks for an editor of the owner, the right kind and the right body; published lists are not touched', async () => {
    const year = o.nextYear()
    const supervision = (ownerUnitId: string) => ({ unitId: d.bureau.id, ownerUnitId, kind: 'SUPERVISION_RESPONSIBILITY' as const, year })
    expect((await rejected(inTransaction(d.people.editor, tx => draftForContent(tx, supervision(d.group.id), d.group.path)))).code).toBe('FORBIDDEN')
    const power = await o.power()
    await inTransaction(d.people.groupEditor, async tx => putItems(tx, await draftForContent(tx, supervision(d.group.id), d.group.path), [{ ...copied('f', 'COMMISSION_SUPERVISORY'), powerIds: [power.slice(-36)] }]))
    expect((await t.owner.query('SELECT count(*)::int AS n FROM focus_power WHERE power_id = $1', [power.slice(-36)])).rows[0].n).toBe(1)
    expect(rules(await rejected(inTransaction(d.people.insider, tx => draftForContent(tx, supervision(d.bureau.id), d.bureau.path))))).toEqual(['INV-06'])
    expect(rules(await rejected(inTransaction(d.people.editor, async tx => putItems(tx, await draftForContent(tx, main(year), d.bureau.path), [copied('g', 'COMMISSION_SUPERVISORY')]))))).toEqual(['INV-06'])
    const y = await o.publishedYear()
    expect(rules(await rejected(inTransaction(d.people.editor, tx => draftForContent(tx, main(y.year), d.bureau.path))))).toEqual(['SM-1'])
  })

  test('powers are added to those that a list shows already', async () => {
    const year = o.nextYear()
    const powers = [(await o.power()).slice(-36), (await o.power()).slice(-36)]
    const show = (ids: string[]) => inTransaction(d.people.editor, async tx => showPowers(tx, await draftForContent(tx, { ...main(year), kind: 'POWER_RISK_CONTROL' }, d.bureau.path), ids))
    await show([powers[0]!])
    await show(powers)
    expect((await t.owner.query('SELECT count(*)::int AS n FROM list_power l JOIN responsibility_list r ON r.id = l.list_id WHERE r.year = $1', [year])).rows[0].n).toBe(2)
  })
})

describe('submission', () => {
  test('INV-08: all items without exactly one accountable owner are told at once, with their paths', async () => {
    const list = await o.draft('MAIN_RESPONSIBILITY', o.nextYear())
    expect(rules(await rejected(o.lists.submit(d.people.editor, { id: list })))).toEqual(['INV-07'])
    await o.item(list, 'COMMITTEE_MAIN')
    const wrong = [
      await o.item(list, 'SECRETARY_FIRST', { who: null }), await o.item(list, 'SECRETARY_FIRST', { who: d.member }), await o.item(list, 'MEMBER_DUAL_DUTY', { who: d.staff }),
      await o.item(list, 'MEMBER_DUAL_DUTY', { who: d.past }), await o.item(list, 'COMMITTEE_MAIN', { who: d.secretary }),
    ]
    const refused = await rejected(o.lists.submit(d.people.editor, { id: list }))
    expect([refused.code, rules(refused)]).toEqual(['PRECONDITION_FAILED', ['INV-08']])
    expect(paths(refused)).toEqual([1, 2, 3, 4, 5].map(i => `items.${i}.responsibleAppointment`))
    for (const [i, who] of [d.secretary, d.secretary, d.member, d.member, null].entries()) await o.items.edit(d.people.editor, { id: wrong[i]!, rowVersion: 1, responsibleAppointmentId: who })
    await o.lists.submit(d.people.editor, { id: list })
    expect(await o.row('responsibility_list', list)).toMatchObject({ state: 'UNDER_REVIEW', submitted_by: d.people.editor.actor.ref })
  })

  test('a person out of the editor\'s sight cannot be named', async () => {
    const list = await o.draft('MAIN_RESPONSIBILITY', o.nextYear())
    expect(paths(await rejected(o.item(list, 'SECRETARY_FIRST', { who: d.elsewhere })))).toEqual(['responsibleAppointmentId'])
  })

  test('a power-risk list shows at least one power', async () => {
    const list = await o.draft('POWER_RISK_CONTROL', o.nextYear())
    expect(rules(await rejected(o.lists.submit(d.people.editor, { id: list })))).toEqual(['INV-06'])
  })

  test.each<[string, string[], Parameters<Office4321['power']>[0]]>([
    ['INV-09: no effective flow', ['INV-09'], { flow: false }],
    ['INV-10: a MAJOR power without risk points', ['INV-10'], { points: 0 }],
    ['INV-12: an active risk point without an active control', ['INV-12'], { controls: 0 }],
    ['INV-15: a risk point without a rating', ['INV-15'], { rated: false }],
    ['SM-4: a power that nobody confirmed', ['SM-4'], { confirmed: false }],
    ['everything at once', ['INV-09', 'INV-12', 'INV-15', 'SM-4'], { flow: false, controls: 0, rated: false, confirmed: false }],
  ])('%s', async (_, expected, power) => {
    const list = await o.filled('POWER_RISK_CONTROL', o.nextYear(), [await o.power(), await o.power(power)])
    const refused = await rejected(o.lists.submit(d.people.editor, { id: list }))
    expect([refused.code, rules(refused)]).toEqual(['PRECONDITION_FAILED', expected])
    expect(await o.state('responsibility_list', list)).toBe('DRAFT')
  })

  test('INV-10 spares a GENERAL power; INV-09 asks for steps 1, 2, 3 without gaps', async () => {
    const power = await o.power({ significance: 'GENERAL', points: 0 })
    const list = await o.filled('POWER_RISK_CONTROL', o.nextYear(), [power])
    await t.owner.query('UPDATE flow_step SET seq = 7 WHERE power_id = $1 AND seq = 2', [power.slice(-36)])
    expect(rules(await rejected(o.lists.submit(d.people.editor, { id: list })))).toEqual(['INV-09'])
    await t.owner.query('UPDATE flow_step SET seq = 2 WHERE power_id = $1 AND seq = 7', [power.slice(-36)])
    await o.lists.submit(d.people.editor, { id: list })
  })

  test('INV-13: a control of the unit that serves no risk point', async () => {
    const list = await o.filled('POWER_RISK_CONTROL', o.nextYear(), [await o.power()])
    const stray = newId()
    await t.owner.query(`INSERT INTO control (id, unit_id, code, description_zh, nature, mode, frequency, owner_position_id, state, created_by, updated_by)
      VALUES ($1, $2, 'stray', '措施', 'PREVENTIVE', 'MANUAL', 'DAILY', $3, 'OPERATING', 'x', 'x')`, [stray, d.bureau.id, d.position.slice(-36)])
    expect(rules(await rejected(o.lists.submit(d.people.editor, { id: list })))).toEqual(['INV-13'])
    await t.owner.query(`UPDATE control SET state = 'RETIRED' WHERE id = $1`, [stray])
    await o.lists.submit(d.people.editor, { id: list })
  })

  test('INV-11: a risk point whose step is of another power is refused by the database', async () => {
    const [a, b] = [await o.power(), await o.power()]
    await expect(t.owner.query('UPDATE risk_point SET flow_step_id = (SELECT id FROM flow_step WHERE power_id = $1 LIMIT 1) WHERE power_id = $2', [a.slice(-36), b.slice(-36)])).rejects.toMatchObject({ constraint: 'risk_point_flow_step_fk' })
  })
})

describe('approval', () => {
  test.each(['MAIN_RESPONSIBILITY', 'SUPERVISION_RESPONSIBILITY'] as const)('%s is approved by the right office, never by who drafted or submitted it', async kind => {
    const list = await o.filled(kind, o.nextYear())
    await o.lists.submit(o.editorOf(kind), { id: list })
    const wrongOffice = kind === 'MAIN_RESPONSIBILITY' ? d.people.groupLeader : d.people.approver
    expect((await rejected(o.lists.approve(wrongOffice, { id: list }))).code).toBe('FORBIDDEN')
    expect((await rejected(o.lists.approve(o.editorOf(kind), { id: list }))).code).toBe('FORBIDDEN')
    await o.lists.approve(o.approverOf(kind), { id: list })
    const row = await o.row('responsibility_list', list)
    expect(row).toMatchObject({ state: 'APPROVED', approved_by: o.approverOf(kind).actor.ref })
    expect(row['content_hash']).toMatch(/^[0-9a-f]{64}$/)
    expect(await decisions(list)).toEqual(['LIST_APPROVAL APPROVED'])
  })

  test('four eyes hold for a person with both roles, to approve and to return', async () => {
    const year = o.nextYear()
    const both = d.people.insider
    const list = globalId('list', await o.lists.draft(both, { unitId: d.bureau.ref, kind: 'MAIN_RESPONSIBILITY', year }))
    await o.item(list, 'COMMITTEE_MAIN')
    await o.lists.submit(d.people.editor, { id: list })
    for (const attempt of [() => o.lists.approve(both, { id: list }), () => o.lists.return(both, { id: list, opinion: '不同意' })]) {
      const refused = await rejected(attempt())
      expect([refused.code, rules(refused)]).toEqual(['FORBIDDEN', ['INV-24']])
    }
    const other = await o.filled('SUPERVISION_RESPONSIBILITY', year)
    await o.lists.submit(both, { id: other })
    expect(rules(await rejected(o.lists.approve(both, { id: other })))).toEqual(['INV-24'])
  })

  test('returning needs an opinion and leads back to the draft; so does a gate that no longer holds', async () => {
    const power = await o.power()
    const list = await o.filled('POWER_RISK_CONTROL', o.nextYear(), [power])
    await o.lists.submit(d.people.editor, { id: list })
    expect((await rejected(o.lists.return(d.people.approver, { id: list, opinion: '  ' }))).code).toBe('BAD_INPUT')
    await o.lists.return(d.people.approver, { id: list, opinion: '风险点不全' })
    expect([await o.state('responsibility_list', list), await decisions(list)]).toEqual(['DRAFT', ['LIST_APPROVAL RETURNED']])
    const { rows } = await t.owner.query('SELECT command, from_state, to_state, opinion FROM state_transition WHERE subject_id = $1 ORDER BY id', [list.slice(-36)])
    expect(rows.at(-1)).toEqual({ command: 'returnResponsibilityList', from_state: 'UNDER_REVIEW', to_state: 'DRAFT', opinion: '风险点不全' })
    await o.lists.submit(d.people.editor, { id: list })
    await o.point(power, { controls: 0 })
    expect(rules(await rejected(o.lists.approve(d.people.approver, { id: list })))).toEqual(['INV-12'])
  })

  test('content under review is closed; an edit of approved content voids the approval', async () => {
    const kind = 'MAIN_RESPONSIBILITY'
    const list = await o.filled(kind, o.nextYear())
    const item = globalId('duty', (await o.itemsOf(list))[0]!['id'] as string)
    await o.lists.submit(d.people.editor, { id: list })
    for (const attempt of [() => o.item(list, 'COMMITTEE_MAIN'), () => o.items.edit(d.people.editor, { id: item, rowVersion: 1, content: '改' }), () => o.items.remove(d.people.editor, { id: item })]) {
      expect(await rejected(attempt())).toMatchObject({ code: 'PRECONDITION_FAILED', details: { allowedCommands: ['withdrawResponsibilityList'] } })
    }
    await o.lists.approve(d.people.approver, { id: list })
    const approvedHash = (await o.row('responsibility_list', list))['content_hash']
    await o.items.edit(d.people.editor, { id: item, rowVersion: 1, content: '改' })
    expect(await o.row('responsibility_list', list)).toMatchObject({ state: 'DRAFT', approved_by: null, approved_at: null, content_hash: null })
    expect(await decisions(list)).toEqual(['LIST_APPROVAL APPROVED', 'LIST_APPROVAL VOIDED'])
    await o.approve(kind, list)
    expect((await o.row('responsibility_list', list))['content_hash']).not.toBe(approvedHash)
    await o.items.edit(d.people.editor, { id: item, rowVersion: 2, content: '专题研究全面从严治党工作' })
    await o.approve(kind, list)
    expect((await o.row('responsibility_list', list))['content_hash']).toBe(approvedHash)
  })

  test('reopening voids the approval; approving with a stale rowVersion is a CONFLICT', async () => {
    const kind = 'SUPERVISION_RESPONSIBILITY'
    const list = await o.approved(kind, o.nextYear())
    expect((await rejected(o.lists.reopen(d.people.approver, { id: list }))).code).toBe('FORBIDDEN')
    expect((await rejected(o.lists.reopen(d.people.groupLeader, { id: list, rowVersion: 1 }))).code).toBe('CONFLICT')
    await o.lists.reopen(d.people.groupLeader, { id: list, opinion: '补充重点' })
    expect([await o.state('responsibility_list', list), await decisions(list)]).toEqual(['DRAFT', ['LIST_APPROVAL APPROVED', 'LIST_APPROVAL VOIDED']])
  })

  test('a repeated idempotency key answers the first answer and does nothing twice', async () => {
    const list = await o.filled('MAIN_RESPONSIBILITY', o.nextYear())
    const input = { id: list, idempotencyKey: `key-${newId()}` }
    expect(await o.lists.submit(d.people.editor, input)).toBe(await o.lists.submit(d.people.editor, input))
    expect((await t.owner.query(`SELECT count(*)::int AS n FROM state_transition WHERE subject_id = $1`, [list.slice(-36)])).rows[0].n).toBe(1)
    expect((await rejected(o.lists.submit(d.people.editor, { ...input, opinion: '别的' }))).code).toBe('CONFLICT')
  })
})

test('INV-43: every write of a list keeps who, when, before and after', async () => {
  const list = await o.approved('MAIN_RESPONSIBILITY', o.nextYear())
  const { rows } = await t.owner.query('SELECT command, actor, before, after FROM audit_record WHERE subject_id = $1 AND subject_type = $2 ORDER BY at, id', [list.slice(-36), 'responsibility_list'])
  expect(rows.map(r => r.command)).toEqual(['draftResponsibilityList', 'submitResponsibilityList', 'approveResponsibilityList'])
  expect(rows[2]).toMatchObject({ actor: d.people.approver.actor.ref, before: { state: 'UNDER_REVIEW' }, after: { state: 'APPROVED' } })
  await expect(t.owner.query('DELETE FROM audit_record')).rejects.toThrow('append-only')
  await expect(t.owner.query(`UPDATE approval_record SET decision = 'REJECTED'`)).rejects.toThrow('append-only')
})
