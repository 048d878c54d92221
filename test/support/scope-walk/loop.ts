import { brokenPledge, FOUR, hearings, type Four, type HeardMaterial } from './hearings'
import { NOW, type By, type Telling } from './telling'

const EARLIER = 2024

/** What of the county goes through its years; global ids. */
export type LoopMaterial = Omit<HeardMaterial, 'leader'> & { year: number }

/**
 * The years of the bureau beyond their publication, and the hearings in them: one that ends with nothing pursued, and one in which a pledge was
 * broken and all four are looked at.
 */
export async function loop(t: Telling, { year, ...m }: LoopMaterial): Promise<void> {
  const leader = await leaderOf(t, m.group)
  const four = { ...m, leader }
  await revised(t, m.bureau, year)
  await hearings(t, four, year)
  await clean(t, four, year)
  await pursued(t, four, await published(t, m, EARLIER))
  await counted(t, m.group)
}

async function leaderOf({ county: c, does }: Telling, unitId: string): Promise<string> {
  const M = c.mark
  const positionId = (await does('createPosition', { unitId, code: `${M}-LEADER`, nameZh: `${c.zh}组长`, nameEn: `${M} leader`, powerBearing: true, rank: `${M} rank` }))['position']!.id
  return (await does('appoint', { personId: c.one, positionId, role: 'GROUP_LEADER', validFrom: '2020-01-01' }))['appointment']!.id
}

const cycleOf = ({ county: c }: Telling, bureau: string, year: number): Promise<string> => c.find('cycle', 'SELECT id FROM accountability_cycle WHERE unit_id = $1 AND year = $2', [bureau.slice(-36), year])

/** The next version of the main list: with another duty, without one that was there, and one in other words. */
async function revised({ county: c, does }: Telling, bureau: string, year: number): Promise<void> {
  const M = c.mark
  const listId = await c.find('list', `SELECT id FROM responsibility_list WHERE unit_id = $1 AND year = $2 AND kind = 'MAIN_RESPONSIBILITY' ORDER BY version DESC LIMIT 1`, [bureau.slice(-36), year])
  await does('addDutyItem', { listId, code: `${M}-D5`, responsibility: 'COMMITTEE_MAIN', content: `${c.zh}新增责任`, contentEn: `${M} added`, dueOn: '2026-12-01' })
  const item = (code: string): Promise<string> => c.find('duty', 'SELECT id FROM duty_item WHERE list_id = $1 AND code = $2', [listId.slice(-36), `${M}-${code}`])
  await does('editDutyItem', { id: await item('D2'), rowVersion: NOW, content: `${c.zh}修订责任` })
  await does('removeDutyItem', { id: await item('D3') })
}

/** Moves everything that is not done, so that nothing is late without somebody who moves it, whatever day it is. */
async function reviewed({ county: c, does }: Telling, id: string, appointmentId: string): Promise<void> {
  const dutyOf = (code: string): Promise<string> => c.find('duty',
    'SELECT i.id FROM duty_item i JOIN accountability_cycle y ON i.list_id IN (y.main_list_id, y.supervision_list_id) WHERE y.id = $1 AND i.code = $2', [id.slice(-36), `${c.mark}-${code}`])
  const moves = await Promise.all(['D2', 'D3', 'F2'].map(async code => ({ dutyItemId: await dutyOf(code), appointmentId, dueOn: '2099-01-01', measure: `${c.mark} measure` })))
  await does('reviewProgress', { id, quarter: 1, summary: `${c.mark} summary`, moves })
}

/** The first person reports for all four, the second one judges. */
async function clean(t: Telling, m: HeardMaterial, year: number): Promise<void> {
  const { county: c, does } = t
  const M = c.mark
  const id = await cycleOf(t, m.bureau, year)
  await reviewed(t, id, m.secretary)
  await does('reportCycle', { id })
  await does('returnCycleReport', { id, opinion: `${M} returns` }, 'TWO')
  await does('reportCycle', { id })
  await does('evaluateCycle', { id, evaluations: FOUR.map(responsibility => ({ responsibility, grade: 'FULFILLED', evaluation: `${M} evaluation` })) }, 'TWO')
  const sourceId = await c.find('duty', 'SELECT i.id FROM duty_item i JOIN accountability_cycle y ON y.main_list_id = i.list_id WHERE y.id = $1 AND i.code = $2', [id.slice(-36), `${M}-D2`])
  const propose = (): Promise<unknown> => does('proposeCycleAccountability', { id, sourceId, responsibility: 'COMMITTEE_MAIN', opinion: `${M} proposes` })
  await propose()
  await does('declineCycleAccountability', { id, opinion: `${M} declines` }, 'TWO')
  await propose()
  await does('openCycleAccountability', { id }, 'TWO')
  await found(t, { id, responsibility: 'COMMITTEE_MAIN', by: 'TWO' })
  await does('dropCycleAccountability', { id, opinion: `${M} drops` }, 'TWO')
  await does('closeCycle', { id }, 'TWO')
}

const found = ({ county: c, does }: Telling, { id, responsibility, by }: { id: string; responsibility: Four; by: By }): Promise<unknown> =>
  does('recordCycleFault', { id, responsibility, fault: responsibility === 'SECRETARY_FIRST' ? 'AT_FAULT' : 'NOT_AT_FAULT', reason: `${c.mark} reason` }, by)

/** Who finds the pledge broken proposes by that; the other one decides. */
async function pursued(t: Telling, m: HeardMaterial, { cycle: id, year }: { cycle: string; year: number }): Promise<void> {
  const { county: c, does } = t
  await brokenPledge(t, m, year)
  await proposed(t, id)
  await does('openCycleAccountability', { id })
  const decision = (await does('proposeAccountability', {
    proposingUnitId: m.group, decidingUnitId: c.root, sourceId: id, basis: `${c.mark} basis`, responsibility: 'SECRETARY_FIRST', unitId: m.bureau, kind: 'CIRCULAR_CRITICISM',
  }))['accountabilityDecision']!.id
  await does('decideAccountability', { id: decision, rowVersion: NOW, opinion: `${c.mark} decides` }, 'TWO')
  for (const responsibility of FOUR) await found(t, { id, responsibility, by: 'ONE' })
  await does('decideCycleAccountability', { id, opinion: `${c.mark} decides` })
}

/** The proposal comes with the event of the broken pledge. */
async function proposed({ county: c }: Telling, cycle: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await c.find('cycle', 'SELECT CASE WHEN accountability_source_id IS NOT NULL THEN id END AS id FROM accountability_cycle WHERE id = $1', [cycle.slice(-36)]) === cycle) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error('The broken pledge proposed nothing.')
}

/** The three lists of another year, published by both sides. */
async function published(t: Telling, { bureau, group, secretary, member }: Omit<HeardMaterial, 'leader'>, year: number): Promise<{ cycle: string; year: number }> {
  const { county: c, does } = t
  const M = c.mark
  const row = (prefix: string, sql: string): Promise<string> => c.find(prefix, sql, [`${M}-${prefix === 'pw' ? 'P1' : 'R1'}`])
  const [power, point] = [await row('pw', 'SELECT id FROM power WHERE code = $1'), await row('rp', 'SELECT id FROM risk_point WHERE code = $1')]
  const draft = async (kind: string, ownerUnitId: string | null = null): Promise<string> => (await does('draftResponsibilityList', { unitId: bureau, kind, year, ownerUnitId }))['responsibilityList']!.id
  const add = (listId: string, responsibility: Four, more: object): Promise<unknown> => does('addDutyItem', {
    listId, code: `${M}-${responsibility}`, responsibility, content: `${c.zh}专题研究`, contentEn: `${M} duty`, dueOn: `${year}-12-01`, ...more,
  })
  const [main, risk, supervision] = [await draft('MAIN_RESPONSIBILITY'), await draft('POWER_RISK_CONTROL'), await draft('SUPERVISION_RESPONSIBILITY', group)]
  await add(main, 'COMMITTEE_MAIN', {})
  await add(main, 'SECRETARY_FIRST', { responsibleAppointmentId: secretary })
  await add(main, 'MEMBER_DUAL_DUTY', { responsibleAppointmentId: member })
  await does('setListPowers', { id: risk, rowVersion: NOW, powerIds: [power] })
  await add(supervision, 'COMMISSION_SUPERVISORY', { targetPowerIds: [power], targetRiskPointIds: [point] })
  for (const id of [main, risk, supervision]) {
    await does('submitResponsibilityList', { id })
    await does('approveResponsibilityList', { id, opinion: `${M} approves` }, 'TWO')
  }
  const cycle = await cycleOf(t, bureau, year)
  await does('confirmJointPublication', { id: cycle, as: 'UNIT' })
  await does('confirmJointPublication', { id: cycle, as: 'COMMISSION' }, 'TWO')
  return { cycle, year }
}

/** What figures count: a decision that stands, and a message that nobody has acknowledged. */
async function counted({ county: c, does }: Telling, proposingUnitId: string): Promise<void> {
  const M = c.mark
  const personId = await c.find('person', 'SELECT id FROM person WHERE staff_no = $1', [`${M}-THREE`])
  const { id } = (await does('proposeAccountability', { proposingUnitId, decidingUnitId: c.root, basis: `${M} basis`, responsibility: 'MEMBER_DUAL_DUTY', personId, kind: 'WARNING', form: 'SECOND' }))['accountabilityDecision']!
  await does('decideAccountability', { id, rowVersion: NOW, opinion: `${M} decides` }, 'TWO')
  const body = (code: string): Promise<string> => c.find('unit', 'SELECT id FROM unit WHERE code = $1', [`${M}-${code}`])
  await does('sendCollaborationRecord', { fromUnitId: await body('CONGRESS'), toUnitId: await body('AUDIT'), kind: 'INFORMATION_SHARING', subject: `${c.zh}通报`, content: `${M} news`, isSynthetic: true })
}
