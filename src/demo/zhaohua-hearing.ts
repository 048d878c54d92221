import { DateTime } from 'luxon'
import { today } from '../core/day'
import { globalId } from '../core/ids'
import type { Origin } from '../core/request'
import type { Database } from '../database/database'
import { DutyReportService } from '../domain/duty-report'
import { HearingQuestionService, HearingSessionService, PledgeService } from '../domain/hearing'
import type { Responsibility } from '../domain/responsibility'
import { SupervisionActivityService, SupervisionFindingService } from '../domain/supervision'
import { castOf } from './cast'
import type { DemoStep } from './step'

const HOST = '510811'
const UNIT = '510811-HOUSING'
const GROUP = '510811-DG-HOUSING'
const NO = 'YGWX-2020-01'
const YEAR = 2020
const CAST = {
  secretariat: 'zhaohua-hearing-secretary', representative: 'zhaohua-representative', secretary: 'zhaohua-housing-duty-owner', member: 'zhaohua-housing-team-member', leader: 'zhaohua-housing-group-leader',
  officer: 'zhaohua-housing-group-supervisor',
} as const
type Cast = Record<keyof typeof CAST, Origin>

interface Heard {
  readonly responsibility: Responsibility
  readonly who: 'secretary' | 'member' | 'leader'
  readonly unit: string
  readonly role: string
  readonly question: string
  readonly answer: string
  readonly votes: { readonly satisfied: number; readonly fair: number; readonly dissatisfied: number; readonly abstained: number }
}
/** The four who are heard (F-27, F-28); all words and tallies are invented. */
const HEARD: readonly Heard[] = [
  {
    responsibility: 'COMMITTEE_MAIN', who: 'secretary', unit: UNIT, role: 'PARTY_GROUP_SECRETARY', question: '43个工程变更问题为何没有提前发现，党组如何落实主体责任？',
    answer: '党组对变更审批研究不够，已将工程变更列入党组会固定议题。', votes: { satisfied: 26, fair: 9, dissatisfied: 4, abstained: 1 },
  },
  {
    responsibility: 'SECRETARY_FIRST', who: 'secretary', unit: UNIT, role: 'PARTY_GROUP_SECRETARY', question: '作为第一责任人，先变更后补手续的问题由谁负责、何时改完？',
    answer: '由我负总责，逐个项目明确整改责任人，并当场作出承诺。', votes: { satisfied: 28, fair: 8, dissatisfied: 3, abstained: 1 },
  },
  {
    responsibility: 'MEMBER_DUAL_DUTY', who: 'member', unit: UNIT, role: 'TEAM_MEMBER', question: '分管领导在变更审批中如何履行“一岗双责”？',
    answer: '此前重进度轻程序，今后变更一律先论证、后审批、再实施。', votes: { satisfied: 24, fair: 11, dissatisfied: 4, abstained: 1 },
  },
  {
    responsibility: 'COMMISSION_SUPERVISORY', who: 'leader', unit: GROUP, role: 'GROUP_LEADER', question: '派驻组日常监督为何没有早发现、早提醒？',
    answer: '对工程变更监督不够经常，已建立变更备案和抽查制度。', votes: { satisfied: 27, fair: 10, dissatisfied: 2, abstained: 1 },
  },
]

/**
 * S-3: the hearing of 28 October on four-responsibility coordination at Zhaohua's housing bureau: four report, are asked on the 43 irregular
 * project changes and evaluated; the secretary's pledge is one rectification task, to which all of them lead. Every command has a key, so that an interrupted run goes on.
 */
export const zhaohuaHearing: DemoStep = {
  name: 'zhaohua-hearing',
  title: 'A hearing in Zhaohua',
  isDone: async db => (await db.rows(`SELECT FROM hearing_session WHERE no = $1 AND state NOT IN ('SCHEDULED', 'REPORTING', 'QUESTIONING', 'EVALUATING')`, [NO])).length > 0,
  run: async ({ db, tell }) => {
    const hearing = new Hearing(db, await castOf(db, CAST))
    const parts = [hearing.schedule, hearing.report, hearing.ask, hearing.pledge, hearing.follow, hearing.evaluate]
    for (const [i, part] of parts.entries()) {
      await part.call(hearing)
      tell((i + 1) / parts.length)
    }
  },
}

const key = (what: string): { idempotencyKey: string } => ({ idempotencyKey: `demo-s3-${what}` })

class Hearing {
  private readonly sessions: HearingSessionService
  private readonly respondents = new Map<Responsibility, string>()
  private readonly posts = new Map<Responsibility, string>()
  private id = ''

  constructor(private readonly db: Database, private readonly cast: Cast) {
    this.sessions = new HearingSessionService(db)
  }

  async schedule(): Promise<void> {
    const about = await this.unit(UNIT)
    for (const { responsibility, who, unit, role } of HEARD) {
      this.posts.set(responsibility, globalId('appt', await this.row(
        'SELECT a.id FROM appointment a JOIN unit u ON u.id = a.unit_id WHERE a.person_id = $1 AND u.code = $2 AND a.role = $3 AND a.valid_to IS NULL', [this.cast[who].actor.personId, unit, role])))
    }
    const row = await this.sessions.schedule(this.cast.secretariat, {
      ...key('schedule'), hostUnitId: await this.unit(HOST), no: NO, heldOn: '2020-10-28', year: YEAR, theme: '“四责协同”阳光问效专场：工程变更不规范问题', agenda: '述责述廉、质询、测评、承诺', broadcast: true,
      isFourResponsibility: true, isSynthetic: true, respondents: HEARD.map(({ responsibility }) => ({ aboutUnitId: about, responsibility, appointmentId: this.posts.get(responsibility)! })),
    })
    this.id = globalId('hear', row)
    const heard = await this.db.rows<{ id: string; responsibility: Responsibility }>('SELECT id, responsibility FROM hearing_respondent WHERE session_id = $1', [row])
    for (const { id, responsibility } of heard) this.respondents.set(responsibility, globalId('heard', id))
  }

  async report(): Promise<void> {
    const unitId = await this.unit(UNIT)
    const reports = new DutyReportService(this.db)
    await this.sessions.openReports(this.cast.secretariat, { ...key('reports'), id: this.id })
    for (const { responsibility, who } of HEARD) {
      await reports.file(this.cast[who], { ...key(`report-${responsibility}`), unitId, year: YEAR, responsibility, appointmentId: this.posts.get(responsibility)!, text: '报告本年度履责和廉洁情况、工程变更整改中的不足和下一步打算（示例）。' })
    }
  }

  /** All four are asked; the question to the secretary rests on every one of the findings. */
  async ask(): Promise<void> {
    const { secretariat, representative } = this.cast
    const questions = new HearingQuestionService(this.db)
    await this.sessions.openQuestions(secretariat, { ...key('questions'), id: this.id })
    const findings = (await this.found()).map(f => globalId('finding', f.id))
    for (const { responsibility, who, question, answer } of HEARD) {
      // A representative hears, and does not read the register of findings: what rests on it is put by the secretariat.
      const first = responsibility === 'SECRETARY_FIRST'
      const id = globalId('hq', await questions.ask(first ? secretariat : representative, {
        ...key(`ask-${responsibility}`), respondentId: this.respondents.get(responsibility)!, text: question, findingIds: first ? findings : [],
      }))
      await questions.answer(this.cast[who], { ...key(`answer-${responsibility}`), id, answer })
    }
  }

  async pledge(): Promise<void> {
    await new PledgeService(this.db).make(this.cast.secretary, {
      ...key('pledge'), respondentId: this.respondents.get('SECRETARY_FIRST')!, commitment: '三个月内完成43个工程变更问题整改，并建立变更审批制度（示例）',
      deadline: DateTime.fromISO(today(), { zone: 'utc' }).plus({ months: 3 }).toISODate()!,
    })
  }

  /** What the group found leads to the rectification that was pledged; with that, its activity has its results. */
  async follow(): Promise<void> {
    const { officer } = this.cast
    const [findings, activities] = [new SupervisionFindingService(this.db), new SupervisionActivityService(this.db)]
    const found = await this.found()
    const targetId = globalId('rect', await this.row(`SELECT t.id FROM rectification_task t JOIN pledge p ON t.source_kind = 'PLEDGE' AND t.source_id = p.id JOIN hearing_session s ON s.id = p.session_id WHERE s.no = $1`, [NO]))
    for (const [i, { id }] of found.entries()) await findings.link(officer, { ...key(`finding-${i}`), id: globalId('finding', id), targetId })
    const id = globalId('act', found[0]!.activity_id)
    await activities.applyResults(officer, { ...key('results'), id })
    await activities.close(officer, { ...key('close-activity'), id })
  }

  async evaluate(): Promise<void> {
    const { secretariat } = this.cast
    await this.sessions.openEvaluation(secretariat, { ...key('evaluation'), id: this.id })
    for (const { responsibility, votes } of HEARD) await this.sessions.recordEvaluation(secretariat, { ...key(`votes-${responsibility}`), respondentId: this.respondents.get(responsibility)!, ...votes })
    await this.sessions.conclude(secretariat, { ...key('conclude'), id: this.id })
  }

  private found(): Promise<{ id: string; activity_id: string }[]> {
    return this.db.rows(`SELECT f.id, f.activity_id FROM supervision_finding f JOIN unit u ON u.id = f.unit_id WHERE u.code = $1 AND f.category = 'project-change' ORDER BY f.id`, [UNIT])
  }

  private async unit(code: string): Promise<string> {
    return globalId('unit', await this.row('SELECT id FROM unit WHERE code = $1', [code]))
  }

  private async row(text: string, values: readonly unknown[]): Promise<string> {
    return (await this.db.rows<{ id: string }>(text, values))[0]!.id
  }
}
