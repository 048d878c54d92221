import { DateTime } from 'luxon'
import { today } from '../core/day'
import { globalId } from '../core/ids'
import type { Origin } from '../core/request'
import type { Database } from '../database/database'
import { insideRealms } from '../database/realms'
import { CaseService, GovernanceMeasureService } from '../domain/case'
import { ClueHandlingService, ClueIntakeService, ClueWork, VerificationService } from '../domain/clue'
import { EvidenceService } from '../domain/evidence'
import { PowerService } from '../domain/power'
import { ControlService, RiskPointService } from '../domain/risk'
import { SupervisionActivityService, SupervisionFindingService } from '../domain/supervision'
import { castOf } from './cast'
import type { DemoStep } from './step'

const CAST = {
  office: 'city-office-six', group: 'city-health-group-supervisor', supervisor: 'city-supervisor', approver: 'city-commission-secretary', investigator: 'city-case-officer', judge: 'city-trial-officer',
  editor: 'city-health-editor', head: 'city-health-approver',
} as const
type Cast = Record<keyof typeof CAST, Origin>
const UNITS = ['510800-CCDI', '510800-CCDI-SO6', '510800-CCDI-TRIAL', '510800-DG-HEALTH', '510800-HEALTH'] as const
type Units = Record<(typeof UNITS)[number], string>
const ACTIVITY = '主体责任和采购权力运行联合监督检查（示例）'
const CONTROL = 'CZ-K02'

/**
 * S-7: the closed path at the city health commission. A joint visit of office and group finds suppliers who belong together; the clue becomes a
 * case, the case is tried, and what it teaches is a new control on the risk point that came true. Every command has a key, so that an interrupted run goes on.
 */
export const closedPath: DemoStep = {
  name: 'closed-path',
  title: 'From a finding to a new control: the closed path',
  isDone: async db => (await db.rows<{ done: boolean }>(`SELECT EXISTS (SELECT FROM state_transition WHERE subject_type = 'Case' AND command = 'closeCase') AS done`))[0]!.done,
  run: async ({ db, tell }) => {
    const rows = await db.rows<{ code: string; id: string }>('SELECT code, id FROM unit WHERE code = ANY($1::text[])', [UNITS])
    const path = new ClosedPath(db, await castOf(db, CAST), Object.fromEntries(rows.map(r => [r.code, globalId('unit', r.id)])) as Units)
    const parts = [path.register, path.supervise, path.verify, path.investigate, path.judge, path.govern]
    for (const [i, part] of parts.entries()) {
      await part.call(path)
      tell((i + 1) / parts.length)
    }
  },
}

const key = (what: string): { idempotencyKey: string } => ({ idempotencyKey: `demo-s7-${what}` })
const person = ({ actor }: Origin): string => globalId('person', actor.personId!)

class ClosedPath {
  private readonly cases: CaseService
  private readonly clues: ClueHandlingService
  private readonly work: ClueWork
  private readonly in: { power: string; riskPoint: string; office: string } = { power: '', riskPoint: '', office: '' }
  private clue = ''
  private case = ''

  constructor(private readonly db: Database, private readonly cast: Cast, private readonly units: Units) {
    this.work = new ClueWork(db)
    this.clues = new ClueHandlingService(this.work)
    this.cases = new CaseService(db, this.clues)
  }

  /** The power that is abused later, with the risk that nobody had a control for. */
  async register(): Promise<void> {
    const { editor, head } = this.cast
    const [post] = await this.db.rows<{ id: string }>(`SELECT p.id FROM position p JOIN unit u ON u.id = p.unit_id WHERE u.code = '510800-HEALTH' AND p.code = 'OFFICE'`)
    this.in.office = globalId('pos', post!.id)
    const powers = new PowerService(this.db)
    this.in.power = globalId('pw', await powers.propose(editor, {
      ...key('power'), unitId: this.units['510800-HEALTH'], code: 'CZ-Q01', nameZh: '信息化项目采购（示例）', category: 'PROCUREMENT', significance: 'MAJOR', legalBasis: [], positionIds: [this.in.office],
    }))
    await powers.confirm(head, { ...key('confirm-power'), id: this.in.power })
    this.in.riskPoint = globalId('rp', await new RiskPointService(this.db).identify(editor, {
      ...key('risk-point'), powerId: this.in.power, code: 'CZ-F01', description: '关联供应商围标串标（示例）', cause: '不核查供应商之间的关联关系', category: 'PROCESS', ownerPositionId: this.in.office,
      inherent: { likelihood: 4, impact: 4, basis: '同类采购中已有发生（示例）' }, controls: [],
    }))
  }

  /** Office and dispatched group together (OFFICE_PLUS_DISPATCHED); what they find is taken in as a clue. */
  async supervise(): Promise<void> {
    const { office, group, supervisor } = this.cast
    const activities = new SupervisionActivityService(this.db)
    const id = globalId('act', await activities.plan(office, {
      ...key('plan'), leadUnitId: this.units['510800-CCDI-SO6'], mode: 'OFFICE_PLUS_DISPATCHED', title: ACTIVITY, types: ['DISCIPLINE', 'DISPATCHED'], partnerUnitIds: [this.units['510800-DG-HEALTH']],
      objectUnitIds: [this.units['510800-HEALTH']], matterCodes: ['main-responsibility'], wayCodes: ['W-02'], meansCodes: ['N-02'], plannedFrom: '2020-10-12', plannedTo: '2020-10-23', isSynthetic: true,
    }))
    await activities.coordinate(office, { ...key('coordinate'), id })
    await activities.confirmPlan(group, { ...key('confirm-plan'), id })
    await activities.start(office, { ...key('start'), id, startedOn: '2020-10-12' })
    const findings = new SupervisionFindingService(this.db)
    const [finding] = await findings.record(office, {
      ...key('finding'), activityId: id, isSynthetic: true, findings: [{
        unitId: this.units['510800-HEALTH'], category: 'procurement-tendering', severity: 'SERIOUS', foundOn: '2020-10-15', description: '两家投标单位由同一人实际控制（示例）', powerId: this.in.power, riskPointId: this.in.riskPoint,
      }],
    })
    await activities.conclude(office, { ...key('conclude'), id, concludedOn: '2020-10-22', conclusion: '发现采购问题1个，按程序处理（示例）' })
    await activities.confirmConclusion(group, { ...key('confirm-conclusion'), id })
    const intake = new ClueIntakeService(this.work)
    const { rowId } = await intake.receive(supervisor, {
      ...key('receive'), unitId: this.units['510800-CCDI'], channel: 'SUPERVISION_FINDING', nature: 'DISCIPLINE_CLUE', anonymity: 'NO_REPORTER', isSynthetic: true, sourceId: globalId('finding', finding!),
      summary: '信息化项目采购中两家投标单位由同一人实际控制，涉嫌围标（示例）。', subjectUnitIds: [this.units['510800-HEALTH']], subjectPersonIds: [],
    })
    this.clue = globalId('clue', rowId)
    await intake.register(supervisor, { ...key('register'), id: this.clue })
    await findings.dismiss(supervisor, { ...key('dismiss'), id: globalId('finding', finding!), opinion: '涉嫌违纪，已按问题线索受理（示例）' })
    await activities.applyResults(office, { ...key('results'), id })
    await activities.close(office, { ...key('close-activity'), id })
  }

  async verify(): Promise<void> {
    const { supervisor, office, approver } = this.cast
    await this.clues.assign(approver, { ...key('assign'), id: this.clue, personId: person(supervisor) })
    await this.clues.decideHandling(supervisor, { ...key('decide'), id: this.clue, handling: 'PRELIMINARY_VERIFICATION', opinion: '线索具体，具有可查性（示例）。' })
    const verifications = new VerificationService(this.work)
    const from = DateTime.fromISO(today(), { zone: 'utc' })
    const row = await verifications.plan(supervisor, {
      ...key('plan-verification'), clueId: this.clue, plan: '调取投标文件、登记信息和资金往来（示例）。', plannedFrom: from.toISODate()!, plannedTo: from.plus({ days: 20 }).toISODate()!,
      team: [{ personId: person(supervisor), isLead: true, isAkin: false }, { personId: person(office), isLead: false, isAkin: false }],
    })
    const id = globalId('ver', row)
    await verifications.submit(supervisor, { ...key('submit'), id })
    await verifications.approve(approver, { ...key('approve'), id, contentHash: await this.hashOf(row) })
    await verifications.conclude(supervisor, { ...key('conclude-verification'), id, outcome: 'FOUNDED_MISCONDUCT', report: '两家单位投标文件雷同，保证金出自同一账户（示例）。' })
    await this.clues.proposeFiling(supervisor, { ...key('propose-filing'), id: this.clue })
  }

  async investigate(): Promise<void> {
    const { approver, investigator } = this.cast
    const id = this.case = globalId('case', await this.cases.file(approver, { ...key('file'), id: this.clue, opinion: '同意立案（示例）。' }))
    await this.cases.start(investigator, { ...key('investigate'), id })
    await this.cases.edit(investigator, { ...key('facts'), id, rowVersion: 2, facts: '采购人员与投标单位串通，规避竞争（示例）。', powerIds: [this.in.power], riskPointIds: [this.in.riskPoint] })
    await this.cases.transferToTrial(investigator, { ...key('to-trial'), id, trialUnitId: this.units['510800-CCDI-TRIAL'], report: '审查调查报告（示例）。' })
  }

  async judge(): Promise<void> {
    const { judge, investigator } = this.cast
    await this.cases.recordOpinion(judge, { ...key('opinion'), id: this.case, text: '事实清楚，证据确实，定性准确（示例）。', dispositions: [{ kind: 'CONFISCATION' }, { kind: 'RECOMMENDATION' }] })
    await this.cases.adjudicate(judge, { ...key('adjudicate'), id: this.case })
    await this.cases.startGovernance(investigator, { ...key('governance'), id: this.case })
  }

  /** The measure is a control that was not there; with it the path is closed. */
  async govern(): Promise<void> {
    const { investigator, head, editor, supervisor, approver } = this.cast
    const measures = new GovernanceMeasureService(this.db)
    const id = globalId('gm', await measures.propose(investigator, {
      ...key('measure'), unitId: this.units['510800-HEALTH'], demandingUnitId: this.units['510800-CCDI'], kind: 'CONTROL_CHANGE', content: '增加供应商关联关系核查，未经核查不得开标（示例）', dueOn: `${Number(today().slice(0, 4)) + 1}-03-31`,
      caseIds: [this.case], isSynthetic: true,
    }))
    await measures.accept(head, { ...key('accept-measure'), id })
    const controls = new ControlService(this.db)
    const control = globalId('ctl', await controls.design(editor, {
      ...key('control'), code: CONTROL, description: '开标前核查供应商股权、人员和账户关联（示例）', nature: 'PREVENTIVE', mode: 'MANUAL', frequency: 'PER_TRANSACTION', ownerPositionId: this.in.office, riskPointIds: [this.in.riskPoint],
    }))
    await controls.implement(editor, { ...key('implement-control'), id: control })
    await controls.operate(editor, { ...key('operate-control'), id: control })
    await new EvidenceService(this.db).attachLink(editor, {
      ...key('evidence'), subjectId: id, title: '供应商关联关系核查办法（示例）', url: 'https://files.example/control/supplier-links', sensitivity: 'INTERNAL', collectedAt: `${today()}T00:00:00.000+08:00`,
    })
    await measures.implement(editor, { ...key('implement-measure'), id, report: '已制定核查办法并在三次采购中执行（示例）', controlIds: [control], riskPointIds: [this.in.riskPoint] })
    await measures.verify(supervisor, { ...key('verify-measure'), id })
    await this.cases.close(approver, { ...key('close-case'), id: this.case })
    await this.clues.close(supervisor, { ...key('close-clue'), id: this.clue })
  }

  private hashOf(verification: string): Promise<string> {
    return insideRealms(this.db.reads, ['CLUES'], async client => (await client.query<{ hash: string }>('SELECT content_hash AS hash FROM verification WHERE id = $1', [verification])).rows[0]!.hash)
  }
}
