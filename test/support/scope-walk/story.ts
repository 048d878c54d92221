import { closedRealms } from './clues'
import { loop } from './loop'
import { campaigns } from './campaigns'
import { remedies } from './remedies'
import { NOW, type Input, type Payload, type Telling } from './telling'
import { visits } from './visits'

const YEAR = 2026
const SECOND_YEAR = 2025

/**
 * A county does once everything that can be done in the product: every mutation of the schema is given here at least once, with input that
 * is right, and every ID that an input can hold is given somewhere. Its texts, codes and numbers carry the mark of the county.
 */
export async function tellStory(t: Telling): Promise<void> {
  const units = await organisation(t)
  await workbooks(t, units)
  const people = await posts(t, units)
  await registers(t, units)
  const { powers, points } = await powersAndRisks(t, units, people)
  await lists(t, units, { ...people, powers, points })
  await workRules(t)
  await remedies(t, { ...units, ...people, points })
  await supervised(t, units, people)
  await visits(t, units)
  await closedRealms(t, { ...units, powers, points })
  await loop(t, { ...units, ...people, year: YEAR })
  await campaigns(t, { ...units, ...people })
}

interface Units { bureau: string; group: string; hospital: string; insurance: string; village: string }

async function organisation({ county: c, does }: Telling): Promise<Units> {
  const M = c.mark
  const unit = async (code: string, kind: string, parentId: string, more: Input = {}): Promise<string> => (await does('registerUnit', {
    parentId, code: `${M}-${code}`, nameZh: `${c.zh}${code}`, nameEn: `${M} ${code}`, kind, divisionCode: c.division, validFrom: '2020-01-01', ...more,
  }))['unit']!.id
  const bureau = await unit('HEALTH', 'GOVERNMENT_DEPARTMENT', c.root, { sectorCodes: ['health'], uscc: c.uscc[0] })
  const commission = await unit('CCDI', 'COMMISSION_COUNTY', c.root)
  const group = await unit('GROUP', 'DISPATCHED_GROUP', commission)
  const hospital = await unit('HOSPITAL', 'PUBLIC_INSTITUTION', c.root, { sectorCodes: ['hospital'] })
  const insurance = await unit('INSURANCE', 'GOVERNMENT_DEPARTMENT', c.root, { sectorCodes: ['medical-insurance'] })
  const village = await unit('VILLAGE', 'VILLAGE_OR_COMMUNITY', await unit('TOWN', 'TOWNSHIP', c.root, { divisionCode: c.township }), { divisionCode: c.township })
  const office = await unit('OFFICE', 'SUPERVISION_OFFICE', commission)
  const [old, older] = [await unit('OLD', 'GOVERNMENT_DEPARTMENT', c.root), await unit('OLDER', 'GOVERNMENT_DEPARTMENT', c.root)]
  await does('moveUnit', { id: hospital, parentId: bureau })
  await does('editUnit', { id: hospital, rowVersion: NOW, nameZh: `${c.zh}人民医院`, uscc: c.uscc[1] })
  await does('mergeUnit', { id: old, successorId: bureau, opinion: `${M} merged` })
  await does('dissolveUnit', { id: older, successorId: bureau, opinion: `${M} dissolved` })
  await does('relateUnits', { fromUnitId: group, toUnitId: bureau, kind: 'DISPATCHED', validFrom: '2020-01-01' })
  const past = await does('relateUnits', { fromUnitId: office, toUnitId: insurance, kind: 'LIAISON', validFrom: '2020-01-01' })
  await does('endUnitRelation', { id: past['unitRelation']!.id, validTo: '2024-01-01' })
  return { bureau, group, hospital, insurance, village }
}

/** Files of posts: one that is right, one that is not, one that is called off. Jobs are done when the story says so. */
async function workbooks({ county: c, does, sends, works }: Telling, { bureau }: Units): Promise<void> {
  const M = c.mark
  const begin = async (name: string, ...lines: string[]): Promise<string> => (await does('startImport', {
    kind: 'positions', unitId: bureau, workbookId: await sends({ name: `${M}-${name}.csv`, content: ['unitCode,code,nameZh,nameEn,powerBearing', ...lines].join('\n') }),
  }))['job']!.id
  await begin('posts', `${M}-HEALTH,${M}-FILED,${c.zh}归档岗,${M} filing,否`)
  await begin('wrong', `${M}-NOWHERE,${M}-FILED,${c.zh}归档岗,${M} filing,否`)
  await does('cancelJob', { id: await begin('off', `${M}-HEALTH,${M}-OFF,${c.zh}岗,${M} off,否`) })
  await works()
}

interface People { head: string; deputy: string; secretary: string; member: string }

async function posts(t: Telling, { bureau, insurance, village }: Units): Promise<People> {
  const { county: c, does } = t
  const M = c.mark
  const position = async (code: string): Promise<string> => (await does('createPosition', {
    unitId: bureau, code: `${M}-${code}`, nameZh: `${c.zh}${code}`, nameEn: `${M} ${code}`, powerBearing: true, rank: `${M} rank`,
  }))['position']!.id
  const [head, deputy] = [await position('HEAD'), await position('DEPUTY')]
  await does('editPosition', { id: deputy, rowVersion: NOW, nameEn: `${M} second` })
  const person = (await does('registerPerson', { unitId: insurance, displayName: `${c.zh}岗位人员`, staffNo: `${M}-THREE` }))['person']!.id
  await does('editPerson', { id: person, rowVersion: NOW, unitId: bureau })
  await does('revealPerson', { id: person, reason: `${M} needs the name` })
  const appoint = async (personId: string, positionId: string, role: string): Promise<string> =>
    (await does('appoint', { personId, positionId, role, validFrom: '2020-01-01' }))['appointment']!.id
  const [secretary, member] = [await appoint(c.one, head, 'PARTY_GROUP_SECRETARY'), await appoint(c.two, deputy, 'TEAM_MEMBER')]
  await does('endAppointment', { id: await appoint(person, deputy, 'STAFF'), validTo: '2023-01-01' })
  const watch = async (from: string): Promise<string> => (await does('appointVillageSupervisor', { villageId: village, personId: person, validFrom: from }))['villageSupervisor']!.id
  await does('endVillageSupervisor', { id: await watch('2020-01-01'), validTo: '2022-01-01' })
  await watch('2022-01-01')
  const grant = async (role: string): Promise<string> => (await does('grantRole', { personId: person, unitId: bureau, role, validFrom: '2020-01-01', validTo: '2099-01-01' }))['roleGrant']!.id
  await grant('SUPERVISOR')
  await does('revokeRole', { id: await grant('UNIT_EDITOR') })
  await tools(t, bureau)
  return { head, deputy, secretary, member }
}

/** Tools that ask in their own name; one of them no longer. */
async function tools({ county: c, does }: Telling, unitId: string): Promise<void> {
  const keyExpiresOn = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)
  const issue = async (code: string): Promise<string> => (await does('issueServiceAccount', {
    unitId, code: `${c.mark.toLowerCase()}-${code}`, nameZh: `${c.zh}报表`, purpose: `${c.mark} reports`, role: 'REPORTING_CLIENT', keyExpiresOn,
  }))['serviceAccount']!.id
  await does('rotateServiceAccountKey', { id: await issue('one'), keyExpiresOn })
  await does('revokeServiceAccountKey', { id: await c.find('svckey', 'SELECT id FROM service_account_key WHERE unit_id = $1 ORDER BY id', [unitId.slice(-36)]) })
  await does('revokeServiceAccount', { id: await issue('two') })
}

/** Every county's file has a content, and with it a hash, of its own. */
export const pdf = (mark: string): string => `%PDF-1.7\n1 0 obj << /Type /Catalog /Title (${mark}) >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`
const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** What comes in by files, figures and catalogs. */
async function registers({ county: c, does }: Telling, { bureau, group, hospital, insurance }: Units): Promise<void> {
  const M = c.mark
  await does('importHealthProcurementContracts', { unitId: hospital, fileName: `${M}.csv`, contentBase64: base64(
    '合同编号,合同名称,品类,适用制度,采购方式,采购方式批准文号,达到公开招标数额标准,招标文件发出日期,投标截止日期,有效投标人数,满足参数的品牌数,中标通知书日期,签订日期,备案日期,公告日期,合同金额,补充合同金额,履约保证金,供应商,供应商统一社会信用代码,验收日期,验收书已签字,采购结束日期,档案保存至,大型或复杂项目,质量检测机构参加验收,备注\n' +
    `${M}-C1,${M} 设备采购,设备,政府采购,公开招标,${M}-A1,是,2026-01-05,2026-01-20,1,3,2026-02-02,2026-03-24,2026-04-12,2026-04-06,1000000.00,200000,100000,${M} 公司,${c.uscc[2]},2026-04-01,是,2026-04-30,2041-04-30,是,是,${M} note`) })
  await does('recheckHealthProcurementContracts', { unitId: hospital })
  await does('importMedicalInsuranceViolationRecords', { unitId: insurance, fileName: `${M}.csv`, contentBase64: base64(
    '记录编号,定点机构代码,定点机构名称,单位代码,违规类型,发现渠道,处理阶段,处理结果,现场检查日期,认定日期,查实金额,退回日期,追回金额,处罚决定日期,罚款金额,罚款缴纳日期,已缴罚款,已撤销,备注,虚构数据\n' +
    ['V1,2026-01-10', 'V2,2025-01-10'].map(v => v.split(',')).map(([no, day]) =>
      `${M}-${no},${M}-H1,${M} 医院,${M}-HOSPITAL,超标准收费,日常稽核,办结归档,行政处罚,${day},${day},3260.00,${day},3260.00,${day},18400.00,${day},18400.00,否,${M} note,是`).join('\n')) })
  await does('reportIndicatorFigures', { unitId: hospital, pluginCode: 'health-procurement', period: '2026', figures: [{ variable: c.variable, value: c.figure, note: `${M} figure` }] })
  await does('adoptCatalog', { unitId: bureau, pluginCode: 'health-procurement', supervisorUnitId: group, year: SECOND_YEAR })
  await does('adoptCatalog', { unitId: bureau, releaseId: await c.find('crel', `SELECT id FROM catalog_release WHERE plugin_code = $1 AND state = 'PUBLISHED'`, ['health-procurement']), year: SECOND_YEAR })
  await does('publishRiskMatrix', {
    nameZh: '五阶矩阵', effectiveFrom: '2020-01-01',
    cells: Array.from({ length: 25 }, (_none, i) => ({ likelihood: Math.floor(i / 5) + 1, impact: i % 5 + 1 }))
      .map(cell => ({ ...cell, score: cell.likelihood * cell.impact, level: cell.likelihood * cell.impact >= 15 ? 'HIGH' : cell.likelihood * cell.impact >= 8 ? 'MEDIUM' : 'LOW' })),
  }, 'CITY')
  await does('retryParkedEvents', { subscriber: 'nobody' }, 'CITY')
  // Years belong to no county; each story sets another one.
  await does('setCalendarYear', { year: 2030 + M.length, source: '试用', isSynthetic: true, days: [{ day: `${2030 + M.length}-01-01`, isWorkingDay: false, nameZh: '元旦' }] }, 'CITY')
}

interface Content { powers: string[]; points: string[] }

async function powersAndRisks(t: Telling, { bureau }: Units, { head, deputy }: People): Promise<Content> {
  const { county: c, does } = t
  const M = c.mark
  const propose = async (code: string, significance: string): Promise<string> => (await does('proposePower', {
    unitId: bureau, code: `${M}-${code}`, nameZh: `${c.zh}${code}`, nameEn: `${M} ${code}`, description: `${M} power`, category: 'PROCUREMENT', significance, sectorCode: 'health',
    legalBasis: [{ title: `${M} law`, article: `${M} 1`, documentNo: `${M} 2` }], positionIds: [head],
  }))['power']!.id
  const [power, other] = [await propose('P1', 'MAJOR'), await propose('P2', 'GENERAL')]
  await does('editPower', { id: power, rowVersion: NOW, nameEn: `${M} edited`, positionIds: [head, deputy] })
  const flow = async (powerId: string, edited: boolean): Promise<string> => {
    const steps = ['APPLY', 'DECIDE'].map(kind => ({ nameZh: `${c.zh}环节`, nameEn: `${M} step`, kind, positionId: head, timeLimitWorkingDays: 5, collectiveDecision: false }))
    const id = (await does('draftOperatingFlow', { powerId, steps }))['operatingFlow']!.id
    if (edited) await does('editOperatingFlow', { id, rowVersion: NOW, steps })
    await does('reviewOperatingFlow', { id }, 'TWO')
    await does('publishOperatingFlow', { id }, 'TWO')
    return c.find('step', 'SELECT id FROM flow_step WHERE flow_id = $1 ORDER BY seq', [id.slice(-36)])
  }
  const control = (code: string): Input => ({
    code: `${M}-${code}`, description: `${c.zh}双人复核`, descriptionEn: `${M} two people`, nature: 'PREVENTIVE', mode: 'MANUAL', frequency: 'MONTHLY', ownerPositionId: head, nextTestDueOn: '2027-01-01',
  })
  const point = async (powerId: string, flowStepId: string, code: string): Promise<Point> => {
    const { riskPoint } = await does('identifyRiskPoint', {
      powerId, code: `${M}-${code}`, description: `${c.zh}量身定制`, descriptionEn: `${M} risk`, cause: `${M} cause`, consequence: `${M} consequence`, category: 'PROCESS', flowStepId, ownerPositionId: head,
      inherent: { likelihood: 4, impact: 5, basis: `${M} basis` }, controls: [control(`${code}-K`)],
    })
    return { id: riskPoint!.id, step: flowStepId, control: await c.find('ctl', 'SELECT id FROM control WHERE code = $1', [`${M}-${code}-K`]) }
  }
  const first = await point(power, await flow(power, true), 'R1')
  const second = await point(other, await flow(other, false), 'R2')
  const test = await controls(t, control('K2'), first)
  await does('editRiskPoint', { id: first.id, rowVersion: NOW, descriptionEn: `${M} edited risk`, flowStepId: first.step, ownerPositionId: deputy })
  await risks(t, first.id, second.id)
  for (const id of [power, other]) await does('confirmPower', { id }, 'TWO')
  await does('publishPower', { id: other }, 'TWO')
  await does('suspendPower', { id: other, opinion: `${M} suspends` }, 'TWO')
  await does('resumePower', { id: other, opinion: `${M} resumes` }, 'TWO')
  await does('abolishPower', { id: other, opinion: `${M} abolishes` }, 'TWO')
  await prove(t, [power, first.id, first.control, test])
  return { powers: [power], points: [first.id] }
}

/** A risk point with its step and the control that came with it. */
interface Point { id: string; step: string; control: string }

async function controls({ county: c, does }: Telling, input: Input, point: Point): Promise<string> {
  const M = c.mark
  const designed = (await does('designControl', { ...input, riskPointIds: [point.id] }))['control']!.id
  await does('editControl', { id: designed, rowVersion: NOW, descriptionEn: `${M} edited`, ownerPositionId: input['ownerPositionId'], riskPointIds: [point.id] })
  for (const id of [designed, point.control]) {
    await does('implementControl', { id })
    await does('operateControl', { id })
  }
  const test = (kind: string): Promise<Payload> => does('recordControlTest', { id: point.control, period: '2026-Q1', kind, result: 'EFFECTIVE', sampleSize: 10, exceptions: 1, note: `${M} test`, nextTestDueOn: '2027-01-01' })
  await test('DESIGN')
  const { controlTest } = await test('OPERATING')
  await does('retireControl', { id: designed, opinion: `${M} retires` }, 'TWO')
  return controlTest!.id
}

/** Links as evidence for everything that can have some. */
async function prove({ county: c, does }: Telling, subjects: readonly string[]): Promise<void> {
  for (const subjectId of subjects) {
    await does('attachEvidenceLink', { subjectId, title: `${c.mark} proof`, url: `https://files.example/${c.mark}/proof`, sensitivity: 'INTERNAL', collectedAt: '2026-01-01T00:00:00.000Z' })
  }
}

async function risks({ county: c, does }: Telling, id: string, other: string): Promise<void> {
  const M = c.mark
  await does('planRiskTreatment', { id, responsePlan: 'ACCEPT', acceptedUntil: '2027-01-01' }, 'TWO')
  await does('activateRiskControls', { id })
  await does('rateRiskPoint', { id, kind: 'RESIDUAL', likelihood: 2, impact: 2, basis: `${M} residual` })
  await does('monitorRiskPoint', { id, reviewDueOn: '2027-01-01' })
  await does('triggerRiskReview', { id, opinion: `${M} reviews` })
  await does('rateRiskPoints', { ratings: [{ id, kind: 'INHERENT', likelihood: 4, impact: 4, basis: `${M} again` }, { id: other, kind: 'RESIDUAL', likelihood: 5, impact: 5 }], onError: 'REJECT_FAILED_ROWS' })
  await does('escalateRiskPoint', { id, opinion: `${M} escalates` })
  await does('deEscalateRiskPoint', { id, opinion: `${M} gives back` })
  await does('retireRiskPoint', { id: other, opinion: `${M} retires` }, 'TWO')
}

type Material = People & Content

async function lists(t: Telling, { bureau, group }: Units, m: Material): Promise<void> {
  const { county: c, does } = t
  const M = c.mark
  const draft = async (kind: string, ownerUnitId: string | null = null): Promise<string> => (await does('draftResponsibilityList', { unitId: bureau, kind, year: YEAR, ownerUnitId }))['responsibilityList']!.id
  const add = async (listId: string, code: string, responsibility: string, more: Input = {}): Promise<string> => (await does('addDutyItem', {
    listId, code: `${M}-${code}`, responsibility, content: `${c.zh}专题研究`, contentEn: `${M} duty`, dueOn: '2026-12-01', ...more,
  }))['dutyItem']!.id
  const approve = async (id: string): Promise<void> => {
    await does('submitResponsibilityList', { id })
    await does('approveResponsibilityList', { id, opinion: `${M} approves` }, 'TWO')
  }
  await does('withdrawResponsibilityList', { id: await draft('MAIN_RESPONSIBILITY'), opinion: `${M} withdraws` })
  const main = await draft('MAIN_RESPONSIBILITY')
  const item = await add(main, 'D1', 'SECRETARY_FIRST', { responsibleAppointmentId: m.secretary })
  await add(main, 'D2', 'COMMITTEE_MAIN')
  await add(main, 'D3', 'MEMBER_DUAL_DUTY', { responsibleAppointmentId: m.member })
  await does('editDutyItem', { id: item, rowVersion: NOW, contentEn: `${M} edited`, responsibleAppointmentId: m.secretary })
  await does('removeDutyItem', { id: await add(main, 'D4', 'COMMITTEE_MAIN') })
  await does('submitResponsibilityList', { id: main })
  await does('returnResponsibilityList', { id: main, opinion: `${M} returns` }, 'TWO')
  await approve(main)
  await does('reopenResponsibilityList', { id: main, opinion: `${M} reopens` })
  await approve(main)
  const risk = await draft('POWER_RISK_CONTROL')
  await does('setListPowers', { id: risk, rowVersion: NOW, powerIds: m.powers })
  await approve(risk)
  const supervision = await draft('SUPERVISION_RESPONSIBILITY', group)
  const focus = await add(supervision, 'F1', 'COMMISSION_SUPERVISORY', { targetPowerIds: m.powers, targetRiskPointIds: m.points })
  await does('editDutyItem', { id: focus, rowVersion: NOW, targetPowerIds: m.powers, targetRiskPointIds: m.points })
  await add(supervision, 'F2', 'COMMISSION_SUPERVISORY')
  await approve(supervision)
  await approve(await c.find('list', `SELECT id FROM responsibility_list WHERE unit_id = $1 AND year = $2 AND kind = 'SUPERVISION_RESPONSIBILITY'`, [bureau.slice(-36), SECOND_YEAR]))
  const cycle = await c.find('cycle', 'SELECT id FROM accountability_cycle WHERE unit_id = $1 AND year = $2', [bureau.slice(-36), YEAR])
  await does('confirmJointPublication', { id: cycle, as: 'UNIT' })
  await does('confirmJointPublication', { id: cycle, as: 'COMMISSION' }, 'TWO')
  await duties(t, item, focus)
  await does('reviseResponsibilityList', { id: main })
}

async function duties({ county: c, does, uploads }: Telling, item: string, focus: string): Promise<void> {
  const M = c.mark
  const evidence = (await does('attachEvidenceLink', {
    subjectId: item, title: `${M} minutes`, url: `https://files.example/${M}`, sensitivity: 'INTERNAL', collectedAt: '2026-01-01T00:00:00.000Z', expiresOn: '2030-01-01',
  }))['evidence']!.id
  const sealed = await uploads({ subjectId: item, title: `${M} file`, sensitivity: 'SENSITIVE', collectedAt: '2026-01-01T00:00:00.000Z' }, { name: `${M}.pdf`, content: pdf(M) })
  await does('revealEvidence', { ids: [sealed], reason: `${M} reads it` })
  await does('startDutyItem', { id: item })
  await does('claimDutyItemDone', { id: item })
  await does('returnDutyItem', { id: item, opinion: `${M} returns` }, 'TWO')
  await does('startDutyItem', { id: item })
  await does('claimDutyItemDone', { id: item })
  await does('verifyDutyItem', { id: item }, 'TWO')
  await does('waiveDutyItem', { id: focus, opinion: `${M} waives` }, 'TWO')
  await does('withdrawEvidence', { id: evidence, reason: `${M} withdraws` })
}

/** A work rule of the county's own committee: drawn up, given back, approved, opened again, issued, revised in vain and repealed. */
async function workRules({ county: c, does }: Telling): Promise<void> {
  const M = c.mark
  const draft = await does('draftSupervisionRule', { issuingUnitId: c.root, kind: 'TOWNSHIP_COMMISSION', title: `${c.zh}工作规则`, titleEn: `${M} rule`, documentNo: `${M} 1`, effectiveFrom: '2020-01-01', isSynthetic: true })
  const id = draft['supervisionRule']!.id
  await does('editSupervisionRule', { id, rowVersion: NOW, titleEn: `${M} edited rule` })
  const items: Readonly<Record<string, readonly Input[]>> = {
    OBJECTS: [{ unitKinds: ['TOWNSHIP'], relationKinds: ['OUTPOST'] }], MATTERS: [{ matterCode: 'livelihood', powerCategory: 'FINANCE', sectorCode: M.toLowerCase() }], WAYS: [{}], MEANS: [{}], USE_OF_RESULTS: [{}],
    ACCOUNTABILITY_TRIGGERS: ['ABDICATION', 'DISORDER', 'ABUSE'].map(faultKind => ({ faultKind })),
  }
  for (const [section, some] of Object.entries(items)) {
    await does('setSupervisionRuleItems', { id, rowVersion: NOW, section, items: some.map((item, i) => ({ code: `${M}-${section}-${i}`, text: `${c.zh}条目`, textEn: `${M} item`, isSynthetic: true, ...item })) })
  }
  await does('submitSupervisionRule', { id })
  await does('returnSupervisionRule', { id, opinion: `${M} returns` }, 'TWO')
  await does('submitSupervisionRule', { id })
  await does('approveSupervisionRule', { id, opinion: `${M} approves` }, 'TWO')
  await does('reopenSupervisionRule', { id, opinion: `${M} reopens` })
  await does('submitSupervisionRule', { id })
  await does('approveSupervisionRule', { id }, 'TWO')
  await does('publishSupervisionRule', { id }, 'TWO')
  await does('withdrawSupervisionRule', { id: (await does('reviseSupervisionRule', { id }))['supervisionRule']!.id, opinion: `${M} withdraws` })
  await does('repealSupervisionRule', { id, opinion: `${M} repeals`, endsOn: '2099-01-01' }, 'TWO')
}

/** Bodies of the county that have no work rule visit a bureau, find something, go together, share what they know and meet. */
async function supervised(t: Telling, { bureau, group }: Units, { member }: People): Promise<void> {
  const { county: c, does } = t
  const M = c.mark
  const body = async (code: string, kind: string): Promise<string> =>
    (await does('registerUnit', { parentId: c.root, code: `${M}-${code}`, nameZh: `${c.zh}${code}`, nameEn: `${M} ${code}`, kind, divisionCode: c.division, validFrom: '2020-01-01' }))['unit']!.id
  const [audit, congress] = [await body('AUDIT', 'AUDIT_OFFICE'), await body('CONGRESS', 'PEOPLES_CONGRESS')]
  const plan = async (leadUnitId: string, month: string, more: Input = {}): Promise<string> => (await does('planSupervisionActivity', {
    leadUnitId, title: `${c.zh}检查`, purpose: `${M} purpose`, types: [leadUnitId === audit ? 'AUDIT' : 'PEOPLES_CONGRESS'], objectUnitIds: [bureau], partnerUnitIds: [], matterCodes: ['work-style'],
    plannedFrom: `2026-${month}-05`, plannedTo: `2026-${month}-09`, isSynthetic: true, ...more,
  }))['supervisionActivity']!.id
  const id = await plan(audit, '01', { partnerUnitIds: [congress] })
  await does('editSupervisionActivity', { id, rowVersion: NOW, purpose: `${M} edited purpose`, objectUnitIds: [bureau], partnerUnitIds: [group] })
  await does('coordinateSupervisionActivity', { id })
  await does('declineSupervisionActivityPlan', { id, opinion: `${M} declines` })
  await does('coordinateSupervisionActivity', { id })
  await does('confirmSupervisionActivityPlan', { id })
  await does('startSupervisionActivity', { id, startedOn: '2026-01-05' })
  await findings(t, { activityId: id, bureau, member })
  const conclude = (): Promise<unknown> => does('concludeSupervisionActivity', { id, conclusion: `${M} conclusion`, concludedOn: '2026-01-09' })
  await conclude()
  await does('disputeSupervisionActivityConclusion', { id, opinion: `${M} disputes` })
  await conclude()
  await does('resumeSupervisionActivity', { id, opinion: `${M} resumes` })
  await conclude()
  await does('confirmSupervisionActivityConclusion', { id })
  await does('applySupervisionActivityResults', { id })
  await does('closeSupervisionActivity', { id })

  const [into, other] = [await plan(audit, '03'), await plan(congress, '03')]
  await does('answerSupervisionOverlap', { id: other, otherActivityId: into, answer: 'JOINT_ACTION', opinion: `${M} together` })
  const send = async (more: Input): Promise<string> => (await does('sendCollaborationRecord', { fromUnitId: congress, toUnitId: audit, subject: `${c.zh}协作`, content: `${M} content`, isSynthetic: true, ...more }))['collaborationRecord']!.id
  const joint = await send({ kind: 'JOINT_ACTION', linkedId: other, targetActivityId: into })
  await does('returnCollaborationRecord', { id: joint, opinion: `${M} gives back` })
  await does('resendCollaborationRecord', { id: joint, content: `${M} mended` })
  await does('acknowledgeCollaborationRecord', { id: joint })
  await does('mergeSupervisionActivity', { id: other, intoActivityId: into })
  const used = await plan(audit, '06')
  const result = await send({ kind: 'RESULT_SHARING' })
  await does('acknowledgeCollaborationRecord', { id: result })
  await does('completeCollaborationRecord', { id: result, outcome: `${M} outcome`, usedInActivityId: used })
  await does('cancelSupervisionActivity', { id: used, opinion: `${M} calls off` })
  await does('recallCollaborationRecord', { id: await send({ kind: 'INFORMATION_SHARING' }), opinion: `${M} recalls` })

  const convene = async (): Promise<string> => (await does('conveneConsultationMeeting', { convenerUnitId: congress, title: `${c.zh}会商`, agenda: `${M} agenda`, plannedOn: '2026-02-02', participantUnitIds: [audit], isSynthetic: true }))['consultationMeeting']!.id
  const meeting = await convene()
  await does('editConsultationMeeting', { id: meeting, rowVersion: NOW, agenda: `${M} other agenda`, participantUnitIds: [audit, group] })
  await does('answerConsultationInvitation', { id: meeting, answer: 'ATTENDS', opinion: `${M} comes` })
  await does('holdConsultationMeeting', { id: meeting, heldOn: '2026-02-03', attendedUnitIds: [audit] })
  const circulate = (): Promise<unknown> => does('circulateConsultationMinutes', { id: meeting, minutes: `${M} minutes`, nextDueOn: '2026-05-05' })
  await circulate()
  await does('returnConsultationMinutes', { id: meeting, opinion: `${M} objects` })
  await circulate()
  await does('confirmConsultationMinutes', { id: meeting })
  await does('closeConsultationMeeting', { id: meeting })
  await does('cancelConsultationMeeting', { id: await convene(), opinion: `${M} calls off` })
}

/** What was found of the bureau: from a test of a control, and on the spot. */
async function findings({ county: c, does }: Telling, { activityId, bureau, member }: { activityId: string; bureau: string; member: string }): Promise<void> {
  const M = c.mark
  const row = (prefix: string, table: string): Promise<string> => c.find(prefix, `SELECT id FROM ${table} WHERE unit_id = $1 AND state <> 'RETIRED' ORDER BY id`, [bureau.slice(-36)])
  const [controlId, riskPointId, powerId] = [await row('ctl', 'control'), await row('rp', 'risk_point'), await row('pw', 'power')]
  const test = (await does('recordSupervisionControlTest', { activityId, id: controlId, period: '2026-01', kind: 'DESIGN', result: 'EFFECTIVE', sampleSize: 5, exceptions: 0, note: `${M} note`, nextTestDueOn: '2027-01-01' }))['controlTest']!.id
  const what = { unitId: bureau, category: 'control-weakness', violationType: 'work-discipline', severity: 'GENERAL', description: `${M} finding`, foundOn: '2026-01-06' }
  await does('recordSupervisionFinding', { activityId, sourceKind: 'CONTROL_TEST', sourceId: test, verification: `${M} looked`, isSynthetic: true, findings: [{ ...what, powerId, riskPointId, controlId }, { ...what, description: `${M} other finding` }] })
  await does('recordSupervisionFinding', { foundByUnitId: (await c.find('unit', 'SELECT id FROM unit WHERE code = $1', [`${M}-AUDIT`])), sourceKind: 'AUDIT', findings: [{ ...what, description: `${M} third finding` }] })
  const found = (n: number): Promise<string> => c.find('finding', `SELECT id FROM supervision_finding WHERE unit_id = $1 ORDER BY id OFFSET ${n}`, [bureau.slice(-36)])
  const [first, second] = [await found(0), await found(1)]
  await does('editSupervisionFinding', { id: first, rowVersion: NOW, description: `${M} edited finding`, powerId, riskPointId, controlId })
  const targetId = (await does('openRectificationTask', { responsibleAppointmentId: member, problem: `${M} mend this`, dueOn: '2099-01-01', sourceNote: `${M} note` }))['rectificationTask']!.id
  await does('linkSupervisionFinding', { id: first, targetId })
  await does('unlinkSupervisionFinding', { id: first, targetId, opinion: `${M} unlinks` })
  await does('linkSupervisionFinding', { id: first, targetId })
  await does('dismissSupervisionFinding', { id: second, opinion: `${M} dismisses` }, 'TWO')
  await does('reopenSupervisionFinding', { id: second, opinion: `${M} reopens` })
  await does('withdrawSupervisionFinding', { id: second, opinion: `${M} withdraws` })
  await does('dismissSupervisionFinding', { id: await found(2), opinion: `${M} dismisses for good` }, 'TWO')
}
