import type { Role } from '../../../src/core/actor'
import { AppError } from '../../../src/core/errors'
import { newId } from '../../../src/core/ids'
import type { Origin } from '../../../src/core/request'
import { runCommand } from '../../../src/database/command'
import { contentHash, decide, defineChain, isComplete, voidApprovals, type ChainSubject } from '../../../src/domain/approval'
import { decisionsOn } from '../../../src/domain/approval/approval.repository'
import { contentChanged, hindrance, stateOf } from '../../../src/domain/approval/chain'
import { testDatabase, type TestDatabase } from '../../support/database'
import { personWith, registersWorld, type World } from '../../support/registers-fixture'

let t: TestDatabase
let w: World
beforeAll(async () => {
  t = await testDatabase()
  w = await registersWorld(t.db)
})
afterAll(() => t.close())

/** Two steps, one after the other, on the same content: a committee of the unit decides, then the body above it consents (as INV-23 has it). */
const chain = defineChain({
  name: 'Sample', rule: 'SM-0', order: 'IN_ORDER',
  steps: [
    { step: 'COMMITTEE', label: { zh: '审定', en: 'Approval' }, roles: ['STANDING_COMMITTEE_SECRETARIAT'], at: ['SUBJECT_UNIT'], apartFrom: ['AUTHORS'], commands: { APPROVED: 'approveSample', RETURNED: 'returnSample', REJECTED: 'rejectSample' } },
    { step: 'SECRETARY', label: { zh: '同意', en: 'Consent' }, roles: ['PARTY_SECRETARY'], at: ['SUBJECT_UNIT', 'OWNER_UNIT'], apartFrom: ['AUTHORS', 'COMMITTEE'], commands: { APPROVED: 'consentToSample', RETURNED: 'withholdSample' } },
  ],
})
const [COMMITTEE, SECRETARY] = chain.steps as [typeof chain.steps[number], typeof chain.steps[number]]
const at = (roles: readonly Role[]): Origin => personWith(roles, w.bureau)
const HASH = contentHash({ text: '一' })
const OTHER = contentHash({ text: '二' })

class Case {
  readonly id = newId()
  readonly author = newId()
  constructor(private readonly o: Partial<ChainSubject> = {}) {}
  get subject(): ChainSubject {
    return { type: 'Sample', id: this.id, unitId: w.bureau.id, chain, paths: { SUBJECT_UNIT: w.bureau.path, OWNER_UNIT: w.bureau.path }, authors: [`person:${this.author}`], open: true, ...this.o }
  }
  decide = (who: Origin, step: string, d: Partial<Parameters<typeof decide>[2]> = {}) =>
    runCommand(t.db, who, 'decideSample', {}, async tx => isComplete(await decide(tx, this.subject, { step, decision: 'APPROVED', contentHash: HASH, ...d })))
  void = () => runCommand(t.db, at([]), 'editSample', {}, tx => voidApprovals(tx, this.subject, '内容已改'))
  states = async (hash = HASH, open = true) => {
    const standing = { subject: { ...this.subject, open }, decisions: await decisionsOn(t.db, this.id), hash }
    return chain.steps.map(s => `${stateOf(standing, s)}${contentChanged(standing, s) ? ' changed' : ''}`)
  }
  hindrance = async (who: Origin, hash: string | null = HASH) => {
    const standing = { subject: this.subject, decisions: await decisionsOn(t.db, this.id), hash }
    return chain.steps.map(s => hindrance(standing, s, who.actor))
  }
  rows = async () => (await t.owner.query('SELECT seq, step, decision, opinion FROM approval_record WHERE subject_id = $1 ORDER BY seq', [this.id])).rows.map(r => `${r.seq} ${r.step} ${r.decision}${r.opinion ? ` ${r.opinion}` : ''}`)
}
const refused = async (p: Promise<unknown>): Promise<[string, string | undefined]> => {
  const e = await p.then(() => new Error('It was not refused.'), (x: Error) => x)
  if (!(e instanceof AppError)) throw e
  return [e.code, e.details.violations?.[0]?.rule]
}

describe('a chain in order', () => {
  test('one step after the other, on one content, by different people; then it is complete', async () => {
    const c = new Case()
    const [committee, secretary] = [at(['STANDING_COMMITTEE_SECRETARIAT']), at(['PARTY_SECRETARY'])]
    expect(await c.states()).toEqual(['PENDING', 'NOT_YET'])
    expect(await refused(c.decide(secretary, 'SECRETARY'))).toEqual(['PRECONDITION_FAILED', 'approval-order'])
    expect(await c.decide(committee, 'COMMITTEE')).toBe(false)
    expect(await c.states()).toEqual(['APPROVED', 'PENDING'])
    expect(await refused(c.decide(at(['STANDING_COMMITTEE_SECRETARIAT']), 'COMMITTEE'))).toEqual(['PRECONDITION_FAILED', 'SM-0'])
    expect(await c.decide(secretary, 'SECRETARY')).toBe(true)
    expect(await c.states()).toEqual(['APPROVED', 'APPROVED'])
    expect(await c.rows()).toEqual(['1 COMMITTEE APPROVED', '2 SECRETARY APPROVED'])
  })

  test('the second step needs the first on exactly its content', async () => {
    const c = new Case()
    await c.decide(at(['STANDING_COMMITTEE_SECRETARIAT']), 'COMMITTEE')
    expect(await refused(c.decide(at(['PARTY_SECRETARY']), 'SECRETARY', { contentHash: OTHER }))).toEqual(['PRECONDITION_FAILED', 'approval-order'])
    expect(await c.states(OTHER)).toEqual(['PENDING changed', 'NOT_YET'])
    expect(await c.hindrance(at(['PARTY_SECRETARY']), OTHER)).toEqual(['ROLE', 'EARLIER_STEP'])
  })

  test('an edit voids every approval, and says so; nothing that was voided is approved again by itself', async () => {
    const c = new Case()
    await c.decide(at(['STANDING_COMMITTEE_SECRETARIAT']), 'COMMITTEE')
    await c.decide(at(['PARTY_SECRETARY']), 'SECRETARY')
    expect(await c.void()).toBe(true)
    expect(await c.rows()).toEqual(['1 COMMITTEE APPROVED', '2 SECRETARY APPROVED', '3 COMMITTEE VOIDED 内容已改', '4 SECRETARY VOIDED 内容已改'])
    expect(await c.void()).toBe(false)
    expect(await c.states()).toEqual(['PENDING', 'NOT_YET'])
    expect(await c.states(HASH, false)).toEqual(['VOIDED', 'VOIDED'])
  })

  test('returning takes back what others had approved', async () => {
    const c = new Case()
    await c.decide(at(['STANDING_COMMITTEE_SECRETARIAT']), 'COMMITTEE')
    expect(await refused(c.decide(at(['PARTY_SECRETARY']), 'SECRETARY', { decision: 'RETURNED', opinion: ' ' }))).toEqual(['BAD_INPUT', 'required'])
    await c.decide(at(['PARTY_SECRETARY']), 'SECRETARY', { decision: 'RETURNED', opinion: '暂缓' })
    expect(await c.rows()).toEqual(['1 COMMITTEE APPROVED', '2 SECRETARY RETURNED 暂缓', '3 COMMITTEE VOIDED 暂缓'])
    expect(await c.states(HASH, false)).toEqual(['VOIDED', 'RETURNED'])
    await c.decide(at(['STANDING_COMMITTEE_SECRETARIAT']), 'COMMITTEE', { decision: 'REJECTED', opinion: '不予通过' })
    expect(await c.states(HASH, false)).toEqual(['REJECTED', 'RETURNED'])
  })
})

describe('who decides', () => {
  test('neither an author nor whoever decided another step, with whatever roles', async () => {
    const c = new Case()
    const author = at(['STANDING_COMMITTEE_SECRETARIAT', 'PARTY_SECRETARY'])
    const own = new Case({ ...c.subject, authors: [author.actor.ref] })
    expect(await refused(own.decide(author, 'COMMITTEE'))).toEqual(['FORBIDDEN', 'INV-24'])
    expect(await own.hindrance(author)).toEqual(['FOUR_EYES', 'EARLIER_STEP'])
    const both = at(['STANDING_COMMITTEE_SECRETARIAT', 'PARTY_SECRETARY'])
    await c.decide(both, 'COMMITTEE')
    expect(await c.hindrance(both)).toEqual(['ALREADY_APPROVED', 'FOUR_EYES'])
    expect(await refused(c.decide(both, 'SECRETARY'))).toEqual(['FORBIDDEN', 'INV-24'])
    // What was decided on other content keeps nobody from anything.
    await c.void()
    await c.decide(at(['STANDING_COMMITTEE_SECRETARIAT']), 'COMMITTEE')
    expect(await c.decide(both, 'SECRETARY')).toBe(true)
  })

  test('the role is asked on every place that the step names', async () => {
    const elsewhere = new Case({ paths: { SUBJECT_UNIT: w.bureau.path, OWNER_UNIT: w.neighbour.path } })
    expect(await elsewhere.hindrance(at(['PARTY_SECRETARY']))).toEqual(['ROLE', 'ROLE'])
    expect(await elsewhere.hindrance(personWith(['PARTY_SECRETARY'], w.city))).toEqual(['ROLE', 'EARLIER_STEP'])
    expect(await refused(elsewhere.decide(at(['UNIT_EDITOR']), 'COMMITTEE'))).toEqual(['FORBIDDEN', undefined])
  })

  test('nothing is decided that was not submitted, and nothing but what was seen', async () => {
    expect(await refused(new Case({ open: false }).decide(at(['STANDING_COMMITTEE_SECRETARIAT']), 'COMMITTEE'))).toEqual(['PRECONDITION_FAILED', 'SM-0'])
    const c = new Case()
    expect(await c.hindrance(at(['STANDING_COMMITTEE_SECRETARIAT']), null)).toEqual(['NOT_OPEN', 'ROLE'])
    expect(await refused(c.decide(at(['STANDING_COMMITTEE_SECRETARIAT']), 'COMMITTEE', { seen: OTHER }))).toEqual(['CONFLICT', 'content-seen'])
    await c.decide(at(['STANDING_COMMITTEE_SECRETARIAT']), 'COMMITTEE', { seen: HASH })
    expect(await c.rows()).toEqual(['1 COMMITTEE APPROVED'])
  })
})

test('the database holds decisions to their form: hash and algorithm, opinion, one order; and keeps them', async () => {
  const insert = (o: object) => {
    const row = { id: newId(), subject_type: 'Sample', subject_id: newId(), unit_id: w.bureau.id, seq: 1, step: 'COMMITTEE', decision: 'APPROVED', content_hash: HASH, hash_algorithm: 'SHA-256', actor: 'person:x', ...o }
    return t.db.writes.query(`INSERT INTO approval_record (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row).map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row))
  }
  const subject_id = newId()
  await insert({ subject_id })
  await insert({ hash_algorithm: 'SM3' })
  for (const [o, constraint] of [
    [{ content_hash: 'x' }, 'hash'], [{ content_hash: HASH.slice(1) }, 'hash'], [{ hash_algorithm: 'MD5' }, 'hash'], [{ seq: 0 }, 'seq'], [{ decision: 'MAYBE' }, 'decision'],
    ...['RETURNED', 'REJECTED', 'VOIDED'].flatMap(decision => [[{ decision }, 'opinion'], [{ decision, opinion: ' \n' }, 'opinion']] as const),
  ] as const) await expect(insert(o)).rejects.toMatchObject({ constraint: `approval_record_${constraint}_check` })
  await expect(insert({ subject_id, step: 'SECRETARY' })).rejects.toMatchObject({ constraint: 'approval_record_order_key' })
  await expect(t.db.writes.query('DELETE FROM approval_record')).rejects.toMatchObject({ code: '42501' })
  await expect(t.owner.query(`UPDATE approval_record SET decision = 'APPROVED'`)).rejects.toThrow('append-only')
})

test.each([
  ['a step that asks nobody', { ...COMMITTEE, roles: [] }, 'COMMITTEE asks nobody'], ['a step that no command approves', { ...COMMITTEE, commands: {} }, 'no command approves COMMITTEE'],
  ['a step apart from itself', { ...SECRETARY, apartFrom: ['SECRETARY'] }, 'SECRETARY is apart from SECRETARY'], ['a step apart from nothing', { ...SECRETARY, apartFrom: ['NONE'] }, 'SECRETARY is apart from NONE'],
])('%s cannot be declared', (_, step, message) => {
  expect(() => defineChain({ ...chain, name: 'Wrong', steps: [step] })).toThrow(message)
})
