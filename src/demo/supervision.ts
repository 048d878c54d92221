import { globalId } from '../core/ids'
import type { Origin } from '../core/request'
import type { Database } from '../database/database'
import { CollaborationRecordService, ConsultationMeetingService } from '../domain/collaboration'
import { SupervisionActivityService, SupervisionFindingService } from '../domain/supervision'
import { castOf } from './cast'
import type { DemoStep } from './step'

const CAST = {
  housingGroup: 'zhaohua-housing-group-supervisor', commission: 'wangcang-commission-supervisor', healthGroup: 'wangcang-health-group-supervisor',
  office: 'city-office-six', cityHealthGroup: 'city-health-group-supervisor',
} as const
const UNITS = ['510811-DG-HOUSING', '510811-HOUSING', '510821-CCDI', '510821-DG-HEALTH', '510821-HEALTH', '510800-CCDI-SO6', '510800-DG-HEALTH'] as const
const INFORMATION = '第六监督检查室向驻市卫生健康委组通报药械采购监测情况'
/** F-27: irregular project changes that the hearing in Zhaohua was about. */
const PROJECT_CHANGES = 43

/**
 * Supervision in the demo city (S-9): what the group at Zhaohua's housing bureau found, two bodies of Wangcang about to visit the same bureau who
 * go together, a result that spares a visit, and information that is taken up in time. Every command has a key of its own, so that an
 * interrupted run is gone on with.
 */
export const supervision: DemoStep = {
  name: 'supervision',
  title: 'Supervision activities, findings and collaboration',
  isDone: async db => (await db.rows(`SELECT FROM collaboration_record WHERE subject_zh = $1 AND state <> 'SENT'`, [INFORMATION])).length > 0,
  run: async ({ db, tell }) => {
    const rows = await db.rows<{ code: string; id: string }>('SELECT code, id FROM unit WHERE code = ANY($1::text[])', [UNITS])
    const year = new SupervisionYear(db, await castOf(db, CAST), Object.fromEntries(rows.map(r => [r.code, globalId('unit', r.id)])) as Record<(typeof UNITS)[number], string>)
    const parts = [year.projectChanges, year.jointAction, year.reuse, year.consult, year.information]
    for (const [i, part] of parts.entries()) {
      await part.call(year)
      tell((i + 1) / parts.length)
    }
  },
}

const key = (what: string): { idempotencyKey: string } => ({ idempotencyKey: `demo-supervision-${what}` })
const activityId = (row: string): string => globalId('act', row)
const exchangeId = (row: string): string => globalId('collab', row)

class SupervisionYear {
  private readonly activities: SupervisionActivityService
  private readonly exchanges: CollaborationRecordService

  constructor(private readonly db: Database, private readonly cast: Record<keyof typeof CAST, Origin>, private readonly units: Record<(typeof UNITS)[number], string>) {
    this.activities = new SupervisionActivityService(db)
    this.exchanges = new CollaborationRecordService(db)
  }

  /** One activity, one category, 43 findings; what follows from them is the hearing's business. */
  async projectChanges(): Promise<void> {
    const { activities, cast: { housingGroup } } = this
    const id = activityId(await activities.plan(housingGroup, {
      ...key('zhaohua-plan'), leadUnitId: this.units['510811-DG-HOUSING'], title: '巡视反馈问题整改暨工程变更专项监督检查', purpose: '核查省委巡视反馈问题整改中的工程变更', types: ['DISPATCHED'],
      objectUnitIds: [this.units['510811-HOUSING']], partnerUnitIds: [], matterCodes: ['major-decisions', 'power-risk-control'], wayCodes: ['W-01'], meansCodes: ['N-01'],
      plannedFrom: '2020-09-07', plannedTo: '2020-09-30', isSynthetic: true,
    }))
    await activities.coordinate(housingGroup, { ...key('zhaohua-coordinate'), id })
    await activities.start(housingGroup, { ...key('zhaohua-start'), id, startedOn: '2020-09-08' })
    await new SupervisionFindingService(this.db).record(housingGroup, {
      ...key('zhaohua-findings'), activityId: id, isSynthetic: true,
      findings: Array.from({ length: PROJECT_CHANGES }, (_, i) => ({
        unitId: this.units['510811-HOUSING'], category: 'project-change', severity: i % 7 === 0 ? 'SERIOUS' as const : 'GENERAL' as const, foundOn: `2020-09-${String(9 + i % 20).padStart(2, '0')}`,
        description: `项目${i + 1}工程变更未按程序报批，先变更后补手续`,
      })),
    })
    await activities.conclude(housingGroup, { ...key('zhaohua-conclude'), id, concludedOn: '2020-09-29', conclusion: `发现工程变更不规范问题${PROJECT_CHANGES}个，提请专题问责` })
  }

  /** The commission and the group at the health bureau are about to visit it about the same matter: the group goes with the commission. */
  async jointAction(): Promise<void> {
    const { activities, exchanges, cast: { commission, healthGroup } } = this
    const common = { types: ['DISCIPLINE' as const], objectUnitIds: [this.units['510821-HEALTH']], partnerUnitIds: [], matterCodes: ['main-responsibility'], plannedFrom: '2020-07-06', plannedTo: '2020-07-17', isSynthetic: true }
    const into = activityId(await activities.plan(commission, { ...key('joint-lead-plan'), ...common, leadUnitId: this.units['510821-CCDI'], title: '主体责任落实情况专项监督检查', wayCodes: ['W-01'], meansCodes: ['N-01'] }))
    const id = activityId(await activities.plan(healthGroup, { ...key('joint-group-plan'), ...common, types: ['DISPATCHED'], leadUnitId: this.units['510821-DG-HEALTH'], title: '驻在部门主体责任日常监督检查', wayCodes: ['W-02'], meansCodes: ['N-02'] }))
    await activities.answerOverlap(healthGroup, { ...key('joint-answer'), id, otherActivityId: into, answer: 'JOINT_ACTION', opinion: '同一单位同一事项，建议联合开展' })
    const proposal = exchangeId(await exchanges.send(healthGroup, {
      ...key('joint-propose'), fromUnitId: this.units['510821-DG-HEALTH'], toUnitId: this.units['510821-CCDI'], kind: 'JOINT_ACTION', subject: '建议联合开展主体责任监督检查', linkedId: id, targetActivityId: into, acknowledgeWithin: 5, isSynthetic: true,
    }))
    await exchanges.acknowledge(commission, { ...key('joint-consent'), id: proposal })
    await activities.merge(healthGroup, { ...key('joint-merge'), id, intoActivityId: into })
    await activities.coordinate(commission, { ...key('joint-coordinate'), id: into })
    await activities.start(commission, { ...key('joint-start'), id: into, startedOn: '2020-07-07' })
    await activities.conclude(commission, { ...key('joint-conclude'), id: into, concludedOn: '2020-07-15', conclusion: '主体责任清单逐项落实，未发现问题' })
    await activities.confirmConclusion(healthGroup, { ...key('joint-confirm'), id: into })
    await activities.applyResults(commission, { ...key('joint-results'), id: into })
    await activities.close(commission, { ...key('joint-close'), id: into })
    await exchanges.complete(commission, { ...key('joint-complete'), id: proposal, outcome: '已联合开展' })
  }

  /** The result of the joint action spares the group its visit of August. */
  async reuse(): Promise<void> {
    const { activities, exchanges, cast: { commission, healthGroup } } = this
    const id = activityId(await activities.plan(healthGroup, {
      ...key('reuse-plan'), leadUnitId: this.units['510821-DG-HEALTH'], title: '主体责任落实情况季度检查', types: ['DISPATCHED'], objectUnitIds: [this.units['510821-HEALTH']], partnerUnitIds: [],
      matterCodes: ['main-responsibility'], wayCodes: ['W-01'], meansCodes: ['N-02'], plannedFrom: '2020-08-10', plannedTo: '2020-08-14', isSynthetic: true,
    }))
    const result = exchangeId(await exchanges.send(commission, {
      ...key('reuse-share'), fromUnitId: this.units['510821-CCDI'], toUnitId: this.units['510821-DG-HEALTH'], kind: 'RESULT_SHARING', subject: '主体责任监督检查结果', content: '主体责任清单逐项落实，未发现问题', acknowledgeWithin: 5, isSynthetic: true,
    }))
    await exchanges.acknowledge(healthGroup, { ...key('reuse-acknowledge'), id: result })
    await exchanges.complete(healthGroup, { ...key('reuse-complete'), id: result, outcome: '以该结果代替季度检查', usedInActivityId: id })
    await activities.cancel(healthGroup, { ...key('reuse-cancel'), id, opinion: '运用县纪委监督检查结果，不再重复检查' })
  }

  /** Two quarters: the second is held before it is due. */
  async consult(): Promise<void> {
    const { cast: { commission, healthGroup } } = this
    const meetings = new ConsultationMeetingService(this.db)
    for (const [quarter, day, next] of [['一', '2020-03-30', '2020-06-30'], ['二', '2020-06-28', '2020-09-30']] as const) {
      const id = globalId('meeting', await meetings.convene(commission, {
        ...key(`meeting-${day}`), convenerUnitId: this.units['510821-CCDI'], title: `第${quarter}季度沟通会商`, agenda: '通报监督检查计划，统筹对同一单位的检查', plannedOn: day, participantUnitIds: [this.units['510821-DG-HEALTH']], isSynthetic: true,
      }))
      await meetings.answer(healthGroup, { ...key(`meeting-${day}-answer`), id, answer: 'ATTENDS' })
      await meetings.hold(commission, { ...key(`meeting-${day}-hold`), id, heldOn: day, attendedUnitIds: [this.units['510821-DG-HEALTH']] })
      await meetings.circulate(commission, { ...key(`meeting-${day}-minutes`), id, minutes: '议定同一单位同一事项联合开展检查', nextDueOn: next, objectWithin: 5 })
      await meetings.confirmMinutes(healthGroup, { ...key(`meeting-${day}-confirm`), id })
      await meetings.close(commission, { ...key(`meeting-${day}-close`), id })
    }
  }

  async information(): Promise<void> {
    const { exchanges, cast: { office, cityHealthGroup } } = this
    const id = exchangeId(await exchanges.send(office, {
      ...key('information'), fromUnitId: this.units['510800-CCDI-SO6'], toUnitId: this.units['510800-DG-HEALTH'], kind: 'INFORMATION_SHARING', subject: INFORMATION, content: '三家机构高值耗材占比异常，供日常监督参考', acknowledgeWithin: 5, isSynthetic: true,
    }))
    await exchanges.acknowledge(cityHealthGroup, { ...key('information-acknowledge'), id })
  }
}
