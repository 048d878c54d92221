import { NOW, type By, type Input, type Telling } from '../scope-walk/telling'
import { LATER, said, type Ground } from './ground'

const YEAR = 2022
const FOUR = ['COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY'] as const
type Kind = 'MAIN_RESPONSIBILITY' | 'POWER_RISK_CONTROL' | 'SUPERVISION_RESPONSIBILITY'
const KINDS: readonly Kind[] = ['MAIN_RESPONSIBILITY', 'POWER_RISK_CONTROL', 'SUPERVISION_RESPONSIBILITY']

/** Lists that are changed, given back, opened again and withdrawn wherever they stand, published and published anew; duties waived on the way. */
export async function years(t: Telling, g: Ground): Promise<void> {
  const { county: c, does } = t
  const M = c.mark
  const power = await c.find('pw', 'SELECT id FROM power WHERE code = $1', [`${M}-P1`])
  let n = 0
  const draft = async (kind: Kind): Promise<string> => (await does('draftResponsibilityList', { unitId: g.bureau, kind, year: YEAR, ownerUnitId: kind === 'SUPERVISION_RESPONSIBILITY' ? g.group : null }))['responsibilityList']!.id
  const add = async (listId: string, responsibility: (typeof FOUR)[number], more: Input = {}): Promise<string> =>
    (await does('addDutyItem', { listId, code: `${M}-W${++n}`, responsibility, content: '责任', dueOn: `${YEAR}-12-01`, ...more }))['dutyItem']!.id
  const submit = (id: string): Promise<unknown> => does('submitResponsibilityList', { id })
  const approve = async (id: string): Promise<void> => {
    await submit(id)
    await does('approveResponsibilityList', { id, ...said() }, 'TWO')
  }
  const setPowers = (id: string): Promise<unknown> => does('setListPowers', { id, rowVersion: NOW, powerIds: [power] })
  const fill = (kind: Kind, id: string): Promise<unknown> => (kind === 'POWER_RISK_CONTROL' ? setPowers(id) : add(id, kind === 'MAIN_RESPONSIBILITY' ? 'COMMITTEE_MAIN' : 'COMMISSION_SUPERVISORY', kind === 'MAIN_RESPONSIBILITY' ? {} : { targetPowerIds: [power] }))
  const lists = new Map<Kind, string>()
  for (const kind of KINDS) {
    for (const reviewed of [false, true]) {
      const id = await draft(kind)
      await fill(kind, id)
      if (reviewed) await submit(id)
      await does('withdrawResponsibilityList', { id, ...said() })
    }
    const id = await draft(kind)
    lists.set(kind, id)
    await fill(kind, id)
    await submit(id)
    await does('returnResponsibilityList', { id, ...said() }, 'TWO')
    await approve(id)
    await does('reopenResponsibilityList', { id, ...said() })
    await approve(id)
    // Each change of what was approved voids the approval.
    if (kind === 'POWER_RISK_CONTROL') await setPowers(id)
    else {
      const more = await add(id, kind === 'MAIN_RESPONSIBILITY' ? 'COMMITTEE_MAIN' : 'COMMISSION_SUPERVISORY')
      await approve(id)
      await does('editDutyItem', { id: more, rowVersion: NOW, content: '新责任' })
      await approve(id)
      await does('removeDutyItem', { id: more })
      await does('removeDutyItem', { id: await add(id, kind === 'MAIN_RESPONSIBILITY' ? 'COMMITTEE_MAIN' : 'COMMISSION_SUPERVISORY') })
    }
  }
  const main = lists.get('MAIN_RESPONSIBILITY')!
  const duties: string[] = []
  for (let i = 0; i < 3; i++) duties.push(await add(main, 'SECRETARY_FIRST', { responsibleAppointmentId: g.secretary }))
  await add(main, 'MEMBER_DUAL_DUTY', { responsibleAppointmentId: g.member })
  for (const id of lists.values()) await approve(id)
  const cycle = await c.find('cycle', 'SELECT id FROM accountability_cycle WHERE unit_id = $1 AND year = $2', [g.bureau.slice(-36), YEAR])
  const publish = async (): Promise<void> => {
    for (const [as, by] of [['UNIT', 'ONE'], ['COMMISSION', 'TWO']] as const) await does('confirmJointPublication', { id: cycle, as }, by)
  }
  await publish()
  await waived(t, duties)
  const failed = await c.find('duty', `SELECT id FROM duty_item WHERE list_id = $1 AND responsibility = 'COMMITTEE_MAIN'`, [main.slice(-36)])
  await does('proposeCycleAccountability', { id: cycle, sourceId: failed, responsibility: 'COMMITTEE_MAIN', ...said() })
  await does('declineCycleAccountability', { id: cycle, ...said() }, 'TWO')
  for (const kind of ['POWER_RISK_CONTROL', 'SUPERVISION_RESPONSIBILITY'] as const) {
    await approve((await does('reviseResponsibilityList', { id: lists.get(kind)! }))['responsibilityList']!.id)
  }
  await publish()
  await ended(t, g, cycle)
}

async function waived({ does }: Telling, [begun, claimed, returned]: readonly string[]): Promise<void> {
  for (const id of [begun!, claimed!, returned!]) {
    await does('startDutyItem', { id })
    if (id === begun) continue
    await does('attachEvidenceLink', { subjectId: id, title: '佐证', url: 'https://files.example/duty', sensitivity: 'INTERNAL', collectedAt: '2026-01-01T00:00:00.000Z' })
    await does('claimDutyItemDone', { id })
  }
  await does('returnDutyItem', { id: returned!, ...said() }, 'TWO')
  for (const id of [begun!, claimed!, returned!]) await does('waiveDutyItem', { id, ...said() }, 'TWO')
}

/** The evaluation is corrected once. */
async function ended({ does }: Telling, g: Ground, id: string): Promise<void> {
  for (const responsibility of FOUR) {
    const [appointmentId, by]: [string, By] = responsibility === 'MEMBER_DUAL_DUTY' ? [g.member, 'TWO'] : [responsibility === 'COMMISSION_SUPERVISORY' ? g.leader : g.secretary, 'ONE']
    await does('fileDutyReport', { unitId: g.bureau, year: YEAR, responsibility, appointmentId, text: '述责' }, by)
  }
  await does('reportCycle', { id })
  for (const grade of ['MOSTLY_FULFILLED', 'FULFILLED']) await does('evaluateCycle', { id, evaluations: FOUR.map(responsibility => ({ responsibility, grade, evaluation: '评价' })) }, 'TWO')
}

/** A work rule that is changed after it was approved, and taken back before and after. */
export async function rules({ county: c, does }: Telling): Promise<void> {
  const items: Readonly<Record<string, readonly Input[]>> = {
    OBJECTS: [{ unitKinds: ['TOWNSHIP'], relationKinds: ['OUTPOST'] }], MATTERS: [{ matterCode: 'livelihood' }], WAYS: [{}], MEANS: [{}], USE_OF_RESULTS: [{}], ACCOUNTABILITY_TRIGGERS: ['ABDICATION', 'DISORDER', 'ABUSE'].map(faultKind => ({ faultKind })),
  }
  const set = (id: string, section: string): Promise<unknown> => does('setSupervisionRuleItems', { id, rowVersion: NOW, section, items: items[section]!.map((item, i) => ({ code: `${c.mark}-${section}-${i}`, text: '条目', isSynthetic: true, ...item })) })
  const drafted = async (): Promise<string> => {
    const id = (await does('draftSupervisionRule', { issuingUnitId: c.root, kind: 'DISPATCHED_DEPARTMENT_GROUP', title: '工作规则', effectiveFrom: LATER, isSynthetic: true }))['supervisionRule']!.id
    for (const section of Object.keys(items)) await set(id, section)
    return id
  }
  const submit = (id: string): Promise<unknown> => does('submitSupervisionRule', { id })
  const approve = async (id: string): Promise<void> => {
    await submit(id)
    await does('approveSupervisionRule', { id }, 'TWO')
  }
  const id = await drafted()
  await submit(id)
  await does('withdrawSupervisionRule', { id, ...said() })
  const approved = await drafted()
  await approve(approved)
  await does('editSupervisionRule', { id: approved, rowVersion: NOW, titleEn: 'Rule' })
  await approve(approved)
  await set(approved, 'WAYS')
  await approve(approved)
  await does('withdrawSupervisionRule', { id: approved, ...said() })
}
