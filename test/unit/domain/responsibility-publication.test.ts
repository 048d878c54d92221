import { AppError } from '../../../src/core/errors'
import { globalId } from '../../../src/core/ids'
import { qualityFindings } from '../../../src/domain/responsibility/quality-findings'
import { testDatabase, type TestDatabase } from '../../support/database'
import { Office4321, desks, type Desks, type Year } from '../../support/responsibility-fixture'

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
const asUnit = (cycle: string) => o.publication.confirm(d.people.approver, { id: cycle, as: 'UNIT' })
const asCommission = (cycle: string) => o.publication.confirm(d.people.groupLeader, { id: cycle, as: 'COMMISSION' })
const listsOf = (y: Year): [string, string, string] => [y.main, y.powerRisk, y.supervision]

describe('joint publication (SM-2, INV-07)', () => {
  test('the second confirmation publishes all three lists and their powers in one moment', async () => {
    const y = await o.readyYear()
    await asUnit(y.cycle)
    expect(await o.row('accountability_cycle', y.cycle)).toMatchObject({ state: 'PREPARING', unit_confirmed_by: d.people.approver.actor.ref, commission_confirmed_by: null })
    expect(await Promise.all(listsOf(y).map(l => o.state('responsibility_list', l)))).toEqual(['APPROVED', 'APPROVED', 'APPROVED'])
    await asCommission(y.cycle)
    const { rows } = await t.owner.query('SELECT state, published_at::text AS at FROM responsibility_list WHERE unit_id = $1 AND year = $2', [d.bureau.id, y.year])
    expect(rows.map(r => r.state)).toEqual(['PUBLISHED', 'PUBLISHED', 'PUBLISHED'])
    const cycle = (await t.owner.query('SELECT *, joint_publication_at::text AS at FROM accountability_cycle WHERE id = $1', [y.cycle.slice(-36)])).rows[0]
    expect(new Set([...rows.map(r => r.at), cycle.at]).size).toBe(1)
    expect(cycle).toMatchObject({ state: 'IN_FORCE', main_list_id: y.main.slice(-36), power_risk_list_id: y.powerRisk.slice(-36), supervision_list_id: y.supervision.slice(-36), commission_confirmed_by: d.people.groupLeader.actor.ref })
    expect(await o.state('power', y.powers[0]!)).toBe('PUBLISHED')
    expect(await decisions(y.cycle)).toEqual(['UNIT_CONFIRMATION APPROVED', 'COMMISSION_CONFIRMATION APPROVED'])
    const events = await t.owner.query(`SELECT type FROM outbox_event WHERE subject_id = ANY($1::uuid[]) ORDER BY type`, [[y.cycle, ...listsOf(y)].map(x => x.slice(-36))])
    expect(events.rows.map(r => r.type).filter(type => type.endsWith('ublished'))).toEqual(['AccountabilityCycle.jointlyPublished', ...Array(3).fill('ResponsibilityList.published')])
  })

  test('a missing list, a list that is not approved and a missing responsibility are all told', async () => {
    const year = o.nextYear()
    const main = await o.draft('MAIN_RESPONSIBILITY', year)
    await o.item(main, 'COMMITTEE_MAIN')
    const cycle = await o.cycle(year)
    const refused = await rejected(asUnit(cycle))
    expect([refused.code, rules(refused)]).toEqual(['PRECONDITION_FAILED', ['INV-07']])
    expect(paths(refused)).toEqual(['lists.MAIN_RESPONSIBILITY', 'lists.POWER_RISK_CONTROL', 'lists.SUPERVISION_RESPONSIBILITY', 'lists', 'lists', 'lists'])
    await o.approve('MAIN_RESPONSIBILITY', main)
    await o.approved('POWER_RISK_CONTROL', year, [await o.power()])
    await o.approved('SUPERVISION_RESPONSIBILITY', year)
    expect((await rejected(asUnit(cycle))).details.violations!.map(v => v.message)).toEqual(['SECRETARY_FIRST', 'MEMBER_DUAL_DUTY'].map(r => expect.stringContaining(r)))
    await o.item(main, 'SECRETARY_FIRST')
    await o.item(main, 'MEMBER_DUAL_DUTY')
    expect(paths(await rejected(asUnit(cycle)))).toEqual(['lists.MAIN_RESPONSIBILITY'])
    await o.approve('MAIN_RESPONSIBILITY', main)
    await o.publish(cycle)
    expect(await o.state('accountability_cycle', cycle)).toBe('IN_FORCE')
  })

  test('each side is confirmed by its own office, by two people, once', async () => {
    const y = await o.readyYear()
    expect((await rejected(o.publication.confirm(d.people.groupLeader, { id: y.cycle, as: 'UNIT' }))).code).toBe('FORBIDDEN')
    expect((await rejected(o.publication.confirm(d.people.approver, { id: y.cycle, as: 'COMMISSION' }))).code).toBe('FORBIDDEN')
    expect((await rejected(o.publication.confirm(d.people.editor, { id: y.cycle, as: 'UNIT' }))).code).toBe('FORBIDDEN')
    expect((await rejected(o.publication.confirm(d.people.stranger, { id: y.cycle, as: 'UNIT' }))).code).toBe('NOT_FOUND')
    const { insider } = d.people
    const onlyAtBureau = { ...insider, actor: { ...insider.actor, roles: insider.actor.roles.filter(r => r.path === d.bureau.path) } }
    expect((await rejected(o.publication.confirm(onlyAtBureau, { id: y.cycle, as: 'COMMISSION' }))).code).toBe('FORBIDDEN')
    await o.publication.confirm(insider, { id: y.cycle, as: 'UNIT' })
    expect(rules(await rejected(o.publication.confirm(insider, { id: y.cycle, as: 'COMMISSION' })))).toEqual(['INV-24'])
    expect(rules(await rejected(asUnit(y.cycle)))).toEqual(['SM-2'])
    await asCommission(y.cycle)
    expect(await rejected(asCommission(y.cycle)).then(rules)).toEqual(['INV-07'])
  })

  test('two publishers at once publish once', async () => {
    const y = await o.readyYear()
    await asUnit(y.cycle)
    const both = await Promise.allSettled([asCommission(y.cycle), o.publication.confirm(d.people.supervisor, { id: y.cycle, as: 'COMMISSION' })])
    expect(both.map(r => (r.status === 'rejected' ? (r.reason as AppError).code : 'done')).sort()).toEqual(['PRECONDITION_FAILED', 'done'])
    expect((await t.owner.query(`SELECT count(*)::int AS n FROM outbox_event WHERE type = 'AccountabilityCycle.jointlyPublished' AND subject_id = $1`, [y.cycle.slice(-36)])).rows[0].n).toBe(1)
  })

  test('both sides confirming at the same moment publish once', async () => {
    const y = await o.readyYear()
    await Promise.all([asUnit(y.cycle), asCommission(y.cycle)])
    expect(await o.state('accountability_cycle', y.cycle)).toBe('IN_FORCE')
  })

  test('an edit after approval is found at publication, whichever command made it', async () => {
    const changes: [string, (y: Year) => Promise<unknown>][] = [
      ['a new rating', async y => o.points.rate(d.people.editor, { id: await pointOf(y), kind: 'INHERENT', likelihood: 1, impact: 1 })],
      ['another text', async y => o.points.edit(d.people.editor, { id: await pointOf(y), rowVersion: Number((await o.row('risk_point', await pointOf(y)))['row_version']), description: '另一种风险' })],
      ['one more risk point', y => o.point(y.powers[0]!)],
      ['another flow', y => o.putFlowInForce(y.powers[0]!)],
      ['a control edited straight in the database', y => t.owner.query(`UPDATE control SET frequency = 'YEARLY' WHERE id IN (SELECT control_id FROM control_risk_point l JOIN risk_point r ON r.id = l.risk_point_id WHERE r.power_id = $1)`, [y.powers[0]!.slice(-36)])],
    ]
    for (const [what, change] of changes) {
      const y = await o.readyYear()
      await asUnit(y.cycle)
      await change(y)
      const refused = await rejected(asCommission(y.cycle))
      expect([what, refused.code, refused.details.violations]).toEqual([what, 'PRECONDITION_FAILED', [expect.objectContaining({ path: 'lists.POWER_RISK_CONTROL', rule: 'content-hash' })]])
      await o.lists.reopen(d.people.approver, { id: y.powerRisk })
      expect(await decisions(y.cycle)).toEqual(['UNIT_CONFIRMATION APPROVED', 'UNIT_CONFIRMATION VOIDED'])
      await o.approve('POWER_RISK_CONTROL', y.powerRisk)
      await o.publish(y.cycle)
      expect([what, await o.state('accountability_cycle', y.cycle)]).toEqual([what, 'IN_FORCE'])
    }
  })

  const pointOf = async (y: Year): Promise<string> => globalId('rp', (await t.owner.query('SELECT id FROM risk_point WHERE power_id = $1', [y.powers[0]!.slice(-36)])).rows[0].id)

  test('progress of controls and risks after approval is no edit of the list', async () => {
    const y = await o.readyYear()
    const control = (await t.owner.query('SELECT control_id FROM control_risk_point WHERE risk_point_id = $1', [(await pointOf(y)).slice(-36)])).rows[0].control_id
    await o.controls.implement(d.people.editor, { id: globalId('ctl', control) })
    await o.publish(y.cycle)
    expect(await o.state('responsibility_list', y.powerRisk)).toBe('PUBLISHED')
  })

  test('INV-08 counts on the day of publication: a secretary who left meanwhile holds it up', async () => {
    const y = await o.readyYear()
    await t.owner.query(`UPDATE appointment SET valid_to = '2021-01-01' WHERE id = $1`, [d.secretary.slice(-36)])
    try {
      expect(rules(await rejected(asUnit(y.cycle)))).toEqual(['INV-08'])
    } finally {
      await t.owner.query('UPDATE appointment SET valid_to = NULL WHERE id = $1', [d.secretary.slice(-36)])
    }
    await o.publish(y.cycle)
  })

  test('gates of the powers hold on the day of publication (INV-09, INV-10, INV-12)', async () => {
    const y = await o.readyYear()
    await t.owner.query(`UPDATE operating_flow SET state = 'SUPERSEDED' WHERE power_id = $1`, [y.powers[0]!.slice(-36)])
    await t.owner.query(`UPDATE risk_point SET state = 'RETIRED' WHERE power_id = $1`, [y.powers[0]!.slice(-36)])
    expect(rules(await rejected(asUnit(y.cycle)))).toEqual(['INV-09', 'INV-10', 'content-hash'])
  })

  test('the database refuses a unit-year in force without its lists and confirmations, and two published versions', async () => {
    const year = o.nextYear()
    await o.draft('MAIN_RESPONSIBILITY', year)
    await expect(t.owner.query(`UPDATE accountability_cycle SET state = 'IN_FORCE', joint_publication_at = now() WHERE year = $1`, [year])).rejects.toMatchObject({ constraint: 'accountability_cycle_published_check' })
    await expect(t.owner.query(`UPDATE responsibility_list SET state = 'PUBLISHED' WHERE year = $1`, [year])).rejects.toMatchObject({ constraint: 'responsibility_list_published_check' })
    const y = await o.publishedYear()
    const draft = await o.lists.revise(d.people.editor, { id: y.main })
    await expect(t.owner.query(`UPDATE responsibility_list SET state = 'PUBLISHED', published_at = now() WHERE id = $1`, [draft])).rejects.toMatchObject({ constraint: 'responsibility_list_published_key' })
  })
})

describe('revision', () => {
  test('a new version keeps item codes, targets and powers; its publication supersedes the old one and carries progress over', async () => {
    const y = await o.publishedYear()
    const before = await o.itemsOf(y.main)
    const done = globalId('duty', before[1]!['id'] as string)
    await o.progress.start(d.people.secretary, { id: done })
    const revision = globalId('list', await o.lists.revise(d.people.editor, { id: y.main }))
    expect(await o.row('responsibility_list', revision)).toMatchObject({ state: 'DRAFT', version: 2, supersedes_id: y.main.slice(-36), published_at: null })
    expect((await o.itemsOf(revision)).map(i => i['code'])).toEqual(before.map(i => i['code']))
    expect((await rejected(o.lists.revise(d.people.editor, { id: y.main }))).code).toBe('CONFLICT')
    expect(paths(await rejected(asUnit(y.cycle)))).toEqual(['lists'])
    await o.item(revision, 'COMMITTEE_MAIN', { code: 'NEW' })
    await o.approve('MAIN_RESPONSIBILITY', revision)
    await o.prove(d.people.secretary, done)
    await o.progress.claimDone(d.people.secretary, { id: done })
    await asUnit(y.cycle)
    expect(await o.state('responsibility_list', y.main)).toBe('PUBLISHED')
    await asCommission(y.cycle)
    expect([await o.state('responsibility_list', y.main), await o.state('responsibility_list', revision)]).toEqual(['SUPERSEDED', 'PUBLISHED'])
    expect((await o.itemsOf(revision)).map(i => i['state'])).toEqual(['NOT_STARTED', 'CLAIMED_DONE', 'NOT_STARTED', 'NOT_STARTED'])
    expect((await o.itemsOf(revision))[1]).toMatchObject({ claimed_by: d.people.secretary.actor.ref })
    expect(await o.row('accountability_cycle', y.cycle)).toMatchObject({ state: 'IN_FORCE', main_list_id: revision.slice(-36), supervision_list_id: y.supervision.slice(-36) })
    expect((await rejected(o.progress.start(d.people.member, { id: globalId('duty', before[2]!['id'] as string) })).then(rules))).toEqual(['SM-3'])
    const [old, fresh] = await Promise.all([y.main, revision].map(l => o.row('responsibility_list', l)))
    expect(fresh!['published_at']).not.toEqual(old!['published_at'])
  })

  test('lists of powers and of focuses are revised with what they show', async () => {
    const y = await o.publishedYear()
    const powerRisk = await o.lists.revise(d.people.editor, { id: y.powerRisk })
    expect((await t.owner.query('SELECT power_id FROM list_power WHERE list_id = $1', [powerRisk])).rows).toEqual([{ power_id: y.powers[0]!.slice(-36) }])
    expect((await rejected(o.lists.revise(d.people.editor, { id: y.supervision }))).code).toBe('FORBIDDEN')
    const supervision = await o.lists.revise(d.people.groupEditor, { id: y.supervision })
    expect((await t.owner.query('SELECT f.power_id FROM focus_power f JOIN duty_item i ON i.id = f.duty_item_id WHERE i.list_id = $1', [supervision])).rows).toEqual([{ power_id: y.powers[0]!.slice(-36) }])
    await o.approve('POWER_RISK_CONTROL', globalId('list', powerRisk))
    await o.approve('SUPERVISION_RESPONSIBILITY', globalId('list', supervision))
    await o.publish(y.cycle)
    expect((await t.owner.query(`SELECT kind, version FROM responsibility_list WHERE unit_id = $1 AND year = $2 AND state = 'PUBLISHED' ORDER BY kind`, [d.bureau.id, y.year])).rows)
      .toEqual([{ kind: 'MAIN_RESPONSIBILITY', version: 1 }, { kind: 'POWER_RISK_CONTROL', version: 2 }, { kind: 'SUPERVISION_RESPONSIBILITY', version: 2 }])
    expect((await rejected(asUnit(y.cycle))).code).toBe('PRECONDITION_FAILED')
  })

  test('a published list is not drafted anew', async () => {
    const y = await o.publishedYear()
    expect(await rejected(o.draft('MAIN_RESPONSIBILITY', y.year)).then(rules)).toEqual(['SM-1'])
  })
})

describe('locked (INV-38)', () => {
  const locked = (constraint: string) => ({ code: '23001', constraint: `${constraint}_locked` })

  test('a published list and its content change through no statement; progress does', async () => {
    const y = await o.publishedYear()
    const [item] = await o.itemsOf(y.main)
    const [focus] = await o.itemsOf(y.supervision)
    const [main, powerRisk] = [y.main.slice(-36), y.powerRisk.slice(-36)]
    for (const column of [`content_zh = 'x'`, `content_en = 'x'`, `code = 'x'`, 'seq = 99', `responsibility = 'SECRETARY_FIRST'`, `due_on = '2020-01-01'`, 'is_priority_task = true', `responsible_appointment_id = '${d.member.slice(-36)}'`, `catalog_version = '2'`, 'is_synthetic = true', `owner_unit_id = '${d.nextDoor.id}'`]) {
      await expect(t.owner.query(`UPDATE duty_item SET ${column} WHERE id = $1`, [item!['id']])).rejects.toMatchObject(locked('duty_item'))
    }
    await expect(t.owner.query('DELETE FROM duty_item WHERE id = $1', [item!['id']])).rejects.toMatchObject(locked('duty_item'))
    await expect(t.owner.query(`INSERT INTO duty_item SELECT (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'code', 'z', 'seq', 77))).* FROM duty_item i WHERE id = $1`, [item!['id']])).rejects.toMatchObject(locked('duty_item'))
    const draft = await o.draft('MAIN_RESPONSIBILITY', o.nextYear())
    await expect(t.owner.query('UPDATE duty_item SET list_id = $2 WHERE id = $1', [item!['id'], draft.slice(-36)])).rejects.toMatchObject(locked('duty_item'))
    const spare = (await o.power()).slice(-36)
    for (const [statement, values] of [
      ['DELETE FROM list_power WHERE list_id = $1', [powerRisk]], ['UPDATE list_power SET power_id = $2 WHERE list_id = $1', [powerRisk, spare]],
      [`INSERT INTO list_power VALUES ($1, 'POWER_RISK_CONTROL', $2, $3)`, [powerRisk, spare, d.bureau.id]],
    ] as [string, unknown[]][]) await expect(t.owner.query(statement, values)).rejects.toMatchObject(locked('list_power'))
    for (const [statement, values] of [
      ['DELETE FROM focus_power WHERE duty_item_id = $1', [focus!['id']]], ['UPDATE focus_power SET power_id = $2 WHERE duty_item_id = $1', [focus!['id'], spare]],
      ['INSERT INTO focus_power VALUES ($1, $2, $3)', [focus!['id'], spare, d.bureau.id]],
    ] as [string, unknown[]][]) await expect(t.owner.query(statement, values)).rejects.toMatchObject(locked('focus'))
    for (const change of [`year = 2099`, `content_hash = 'x'`, `published_at = now()`, `catalog_versions = '[{}]'`, `state = 'WITHDRAWN', published_at = NULL`, `state = 'DRAFT', published_at = NULL`]) {
      await expect(t.owner.query(`UPDATE responsibility_list SET ${change} WHERE id = $1`, [main])).rejects.toMatchObject(locked('responsibility_list'))
    }
    await expect(t.owner.query('DELETE FROM responsibility_list WHERE id = $1', [main])).rejects.toMatchObject(locked('responsibility_list'))
    await t.owner.query(`UPDATE duty_item SET state = 'WAIVED', waived_reason = 'x' WHERE id = $1`, [item!['id']])
    await t.owner.query(`UPDATE responsibility_list SET state = 'SUPERSEDED' WHERE id = $1`, [main])
    await expect(t.owner.query(`UPDATE responsibility_list SET state = 'PUBLISHED' WHERE id = $1`, [main])).rejects.toMatchObject(locked('responsibility_list'))
    await expect(t.owner.query(`UPDATE duty_item SET content_zh = 'x' WHERE id = $1`, [item!['id']])).rejects.toMatchObject(locked('duty_item'))
  })

  test('a statement that changes content beside a publication waits for it and is refused; one that came first is waited for', async () => {
    const y = await o.readyYear()
    // Read first: the owner's pool has two connections, and both are taken below.
    const [item] = await o.itemsOf(y.main)
    const [focus] = await o.itemsOf(y.supervision)
    const [publisher, writer] = await Promise.all([t.owner.connect(), t.owner.connect()])
    for (const client of [publisher, writer]) client.on('error', () => undefined)
    const edit = (text: string) => writer.query('UPDATE duty_item SET content_zh = $1 WHERE id = $2', [text, item!['id']])
    const publish = () => publisher.query(`UPDATE responsibility_list SET state = 'PUBLISHED', published_at = now() WHERE id = $1`, [y.main.slice(-36)])
    const order: string[] = []
    try {
      await writer.query('BEGIN')
      await edit('先到')
      const later = publish().then(() => order.push('published'))
      await new Promise(resolve => setTimeout(resolve, 50))
      order.push('edited')
      await writer.query('COMMIT')
      await later
      expect(order).toEqual(['edited', 'published'])

      await publisher.query('BEGIN')
      await publisher.query(`UPDATE responsibility_list SET state = 'PUBLISHED', published_at = now() WHERE id = $1`, [y.supervision.slice(-36)])
      const late = writer.query(`UPDATE duty_item SET content_zh = '后到' WHERE id = $1`, [focus!['id']]).then(() => null, (e: unknown) => e)
      await new Promise(resolve => setTimeout(resolve, 50))
      await publisher.query('COMMIT')
      expect(await late).toMatchObject(locked('duty_item'))
    } finally {
      publisher.release()
      writer.release()
    }
  })

  test('content of a draft may change and go by statement: the lock is on publication, not on lists', async () => {
    const list = await o.filled('SUPERVISION_RESPONSIBILITY', o.nextYear(), [await o.power()])
    await t.owner.query(`UPDATE duty_item SET content_zh = 'x' WHERE list_id = $1`, [list.slice(-36)])
    await t.owner.query('DELETE FROM focus_power WHERE duty_item_id IN (SELECT id FROM duty_item WHERE list_id = $1)', [list.slice(-36)])
    await t.owner.query('DELETE FROM duty_item WHERE list_id = $1', [list.slice(-36)])
    expect(await o.itemsOf(list)).toEqual([])
    await t.owner.query('UPDATE accountability_cycle SET supervision_list_id = NULL WHERE supervision_list_id = $1', [list.slice(-36)])
    await t.owner.query('DELETE FROM responsibility_list WHERE id = $1', [list.slice(-36)])
    expect(await o.row('responsibility_list', list)).toBeUndefined()
  })

  test('commands on published content are refused with what is possible instead', async () => {
    const y = await o.publishedYear()
    const item = globalId('duty', (await o.itemsOf(y.main))[0]!['id'] as string)
    for (const attempt of [
      () => o.item(y.main, 'COMMITTEE_MAIN'), () => o.items.edit(d.people.editor, { id: item, rowVersion: 1, content: 'x' }),
      () => o.items.remove(d.people.editor, { id: item }), () => o.lists.reopen(d.people.editor, { id: y.main }),
    ]) {
      expect(await rejected(attempt())).toMatchObject({ code: 'PRECONDITION_FAILED', details: { allowedCommands: ['reviseResponsibilityList'] } })
    }
  })

  test('a list keeps the catalog versions that it was approved with', async () => {
    const year = o.nextYear()
    const list = await o.filled('MAIN_RESPONSIBILITY', year)
    await t.owner.query(`UPDATE duty_item SET catalog_code = 'health-procurement.duty.x', catalog_version = CASE WHEN seq < 3 THEN '1.0.0' ELSE '1.1.0' END WHERE list_id = $1`, [list.slice(-36)])
    await o.approve('MAIN_RESPONSIBILITY', list)
    expect((await o.row('responsibility_list', list))['catalog_versions']).toEqual([{ plugin: 'health-procurement', version: '1.0.0' }, { plugin: 'health-procurement', version: '1.1.0' }])
  })
})

describe('duties (SM-3)', () => {
  const items = async (): Promise<{ y: Year; committee: string; secretary: string; member: string; focus: string }> => {
    const y = await o.publishedYear()
    const [committee, secretary, member] = (await o.itemsOf(y.main)).map(i => globalId('duty', i['id'] as string)) as [string, string, string]
    return { y, committee, secretary, member, focus: globalId('duty', (await o.itemsOf(y.supervision))[0]!['id'] as string) }
  }

  test('started, claimed, returned, taken up again, claimed and verified; never by the claimer', async () => {
    const { secretary } = await items()
    const { secretary: owner, groupOfficer } = d.people
    await o.progress.start(owner, { id: secretary })
    const evidence = await o.prove(owner, secretary)
    await o.progress.claimDone(owner, { id: secretary })
    const both = { ...owner, actor: { ...owner.actor, roles: [...owner.actor.roles, { role: 'SUPERVISOR' as const, path: d.bureau.path }] } }
    for (const attempt of [() => o.progress.verify(both, { id: secretary }), () => o.progress.return(both, { id: secretary, opinion: '退' })]) expect(rules(await rejected(attempt()))).toEqual(['INV-24'])
    expect((await rejected(o.progress.return(groupOfficer, { id: secretary }))).code).toBe('BAD_INPUT')
    await o.progress.return(groupOfficer, { id: secretary, opinion: '佐证不足' })
    await o.progress.start(owner, { id: secretary })
    expect(await o.row('duty_item', secretary)).toMatchObject({ state: 'IN_PROGRESS', claimed_by: null })
    await o.evidence.withdraw(owner, { id: evidence, reason: '换新材料' })
    const unproved = await rejected(o.progress.claimDone(owner, { id: secretary }))
    expect([unproved.code, paths(unproved)]).toEqual(['PRECONDITION_FAILED', ['evidence']])
    await o.prove(owner, secretary)
    await o.progress.claimDone(owner, { id: secretary })
    await o.progress.verify(groupOfficer, { id: secretary })
    expect(await o.row('duty_item', secretary)).toMatchObject({ state: 'VERIFIED', claimed_by: owner.actor.ref })
    const { rows } = await t.owner.query('SELECT to_state FROM state_transition WHERE subject_id = $1 ORDER BY id', [secretary.slice(-36)])
    expect(rows.map(r => r.to_state)).toEqual(['IN_PROGRESS', 'CLAIMED_DONE', 'RETURNED', 'IN_PROGRESS', 'CLAIMED_DONE', 'VERIFIED'])
  })

  test('INV-08: a duty of a person is performed by that person, a duty of a body by its duty owners', async () => {
    const { committee, secretary, member, focus } = await items()
    for (const [who, id] of [[d.people.member, secretary], [d.people.secretary, member]] as const) expect(rules(await rejected(o.progress.start(who, { id })))).toEqual(['INV-08'])
    expect((await rejected(o.progress.start(d.people.editor, { id: committee }))).code).toBe('FORBIDDEN')
    await o.progress.start(d.people.member, { id: committee })
    await o.progress.start(d.people.member, { id: member })
    expect((await rejected(o.progress.start(d.people.secretary, { id: focus }))).code).toBe('FORBIDDEN')
    await o.progress.start(d.people.groupLeader, { id: focus })
    await o.prove(d.people.groupOfficer, focus)
    await o.progress.claimDone(d.people.groupLeader, { id: focus })
    await o.progress.verify(d.people.supervisor, { id: focus })
    expect(await o.state('duty_item', focus)).toBe('VERIFIED')
  })

  test('waived with a reason by the commission; nothing moves before publication', async () => {
    const { committee } = await items()
    expect((await rejected(o.progress.waive(d.people.approver, { id: committee, opinion: 'x' }))).code).toBe('FORBIDDEN')
    expect((await rejected(o.progress.waive(d.people.groupLeader, { id: committee }))).code).toBe('BAD_INPUT')
    await o.progress.waive(d.people.groupLeader, { id: committee, opinion: '机构调整' })
    expect(await o.row('duty_item', committee)).toMatchObject({ state: 'WAIVED', waived_reason: '机构调整' })
    const draft = await o.item(await o.draft('MAIN_RESPONSIBILITY', o.nextYear()), 'COMMITTEE_MAIN')
    expect(rules(await rejected(o.progress.start(d.people.member, { id: draft })))).toEqual(['SM-3'])
  })

  test('two owners who claim at once: one claim', async () => {
    const { committee } = await items()
    await o.progress.start(d.people.member, { id: committee })
    await o.prove(d.people.member, committee)
    const both = await Promise.allSettled([d.people.member, d.people.secretary].map(who => o.progress.claimDone(who, { id: committee })))
    expect(both.map(r => (r.status === 'rejected' ? (r.reason as AppError).code : 'done')).sort()).toEqual(['PRECONDITION_FAILED', 'done'])
    expect((await rejected(o.progress.verify(d.people.groupOfficer, { id: committee, rowVersion: 1 }))).code).toBe('CONFLICT')
  })
})

test('INV-16 is reported and blocks nothing; a published list also reports who has left', async () => {
  const year = o.nextYear()
  const power = await o.power()
  const supervision = await o.draft('SUPERVISION_RESPONSIBILITY', year)
  await o.item(supervision, 'COMMISSION_SUPERVISORY', { code: 'AIMLESS' })
  await o.item(supervision, 'COMMISSION_SUPERVISORY', { code: 'AIMED', powers: [power] })
  await o.approve('SUPERVISION_RESPONSIBILITY', supervision)
  const main = await o.filled('MAIN_RESPONSIBILITY', year)
  await o.item(main, 'MEMBER_DUAL_DUTY', { code: 'LEFT', who: d.past })
  const found = await qualityFindings(t.db, [main.slice(-36), supervision.slice(-36)])
  expect(found.map(list => list.map(f => [f.rule, f.itemCode]))).toEqual([[['INV-08', 'LEFT']], [['INV-16', 'AIMLESS']]])
})
