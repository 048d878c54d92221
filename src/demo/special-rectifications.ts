import { DateTime } from 'luxon'
import { today } from '../core/day'
import { globalId } from '../core/ids'
import type { Origin } from '../core/request'
import type { Database } from '../database/database'
import { CampaignService, SelfCheckService } from '../domain/campaign'
import { GovernanceMeasureService } from '../domain/case'
import { RectificationService } from '../domain/rectification'
import { castOf } from './cast'
import type { DemoStep } from './step'

const GROUP = '2020年以案促改系统治理'
const CAST = {
  secretary: 'city-commission-secretary', supervisor: 'city-supervisor', '510800-HEALTH': 'city-health-editor', '510811-HOUSING': 'zhaohua-housing-duty-owner', '510821-HEALTH': 'wangcang-health-editor',
  '510821-HOSPITAL': 'wangcang-hospital-editor', '510821-MEDICAL-INSURANCE': 'wangcang-insurance-editor', '510824-HEALTH': 'cangxi-health-editor',
} as const
type Reporter = Exclude<keyof typeof CAST, 'secretary' | 'supervisor'>

interface Special {
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
  readonly category: string
  readonly matters: string
  readonly responsible: string
  /** Units in the scope; what each has found and put right, when it has reported. */
  readonly units: Readonly<Partial<Record<Reporter, readonly [found: number, fixed: number] | null>>>
  readonly until: 'ANNOUNCED' | 'SELF_CHECK' | 'SUPERVISED_CHECK' | 'RECTIFICATION' | 'EVALUATION' | 'CLOSED'
}

/** F-26 counts six and names none: names, units and figures are invented. The last one stands last, because it tells whether the step was done. */
const SIX: readonly Special[] = [
  {
    code: '2020-ZX-1', nameZh: '工程建设与招标投标专项整治', nameEn: 'Projects and tendering', category: 'project-tendering', matters: '整治工程变更先变后报、围标串标、违规分包', responsible: '510800-HOUSING',
    units: { '510811-HOUSING': [12, 5], '510821-HEALTH': [3, 3] }, until: 'SUPERVISED_CHECK',
  },
  {
    code: '2020-ZX-2', nameZh: '公款公物使用专项整治', nameEn: 'Use of public funds and property', category: 'public-funds', matters: '整治公款竞争性存放、公物私用、违规报销', responsible: '510800-FINANCE',
    units: { '510821-HEALTH': [8, 8], '510824-HEALTH': [6, 4] }, until: 'RECTIFICATION',
  },
  {
    code: '2020-ZX-3', nameZh: '医药服务领域侵害群众利益专项整治', nameEn: 'Medical services that harm the people', category: 'harm-to-the-people', matters: '整治大处方、泛耗材、滥检查和违规收费', responsible: '510800-HEALTH',
    units: { '510800-HEALTH': [9, 9], '510821-HEALTH': [15, 13], '510821-HOSPITAL': [21, 18], '510821-MEDICAL-INSURANCE': [7, 7] }, until: 'EVALUATION',
  },
  {
    code: '2020-ZX-4', nameZh: '选人用人专项整治', nameEn: 'Selection and appointment', category: 'personnel', matters: '整治带病提拔、程序空转、任职回避不落实', responsible: '510800-ORG',
    units: { '510800-HEALTH': [3, 3], '510821-HEALTH': [2, 2] }, until: 'CLOSED',
  },
  {
    code: '2020-ZX-5', nameZh: '形式主义官僚主义专项整治', nameEn: 'Formalism and bureaucracy', category: 'formalism', matters: '整治文山会海、过度留痕、推诿扯皮', responsible: '510800-PC-OFFICE',
    units: { '510821-HEALTH': [5, 2], '510824-HEALTH': null }, until: 'SELF_CHECK',
  },
  {
    code: '2020-ZX-6', nameZh: '营商环境专项整治', nameEn: 'Business environment', category: 'business-environment', matters: '整治吃拿卡要、审批拖延、承诺不兑现', responsible: '510800-DRC',
    units: { '510811-HOUSING': null, '510821-MEDICAL-INSURANCE': null }, until: 'ANNOUNCED',
  },
]
const PHASES = ['ANNOUNCED', 'SELF_CHECK', 'SUPERVISED_CHECK', 'RECTIFICATION', 'EVALUATION', 'CLOSED'] as const

/** Reform driven by cases in the city (F-26): six special rectifications, each as far as it has come. Every command has a key, so that an interrupted run goes on. */
export const specialRectifications: DemoStep = {
  name: 'special-rectifications',
  title: 'Six special rectifications',
  isDone: async db => (await db.rows('SELECT FROM special_rectification WHERE campaign_group = $1 AND code = $2', [GROUP, SIX.at(-1)!.code])).length > 0,
  run: async ({ db, tell }) => {
    const reform = new Reform(db, await castOf(db, CAST))
    for (const [i, special] of SIX.entries()) {
      await reform.carryOut(special)
      tell((i + 1) / SIX.length)
    }
  },
}

const keyed = (special: Special, step: string): { idempotencyKey: string } => ({ idempotencyKey: `demo-${special.code}-${step}` })

class Reform {
  private readonly campaigns: CampaignService
  private readonly selfChecks: SelfCheckService

  constructor(private readonly db: Database, private readonly cast: Record<keyof typeof CAST, Origin>) {
    this.campaigns = new CampaignService(db)
    this.selfChecks = new SelfCheckService(db)
  }

  async carryOut(special: Special): Promise<void> {
    const id = await this.announce(special)
    const { campaigns, cast: { secretary, supervisor } } = this
    const comesTo = (phase: (typeof PHASES)[number]): boolean => PHASES.indexOf(phase) <= PHASES.indexOf(special.until)
    if (comesTo('SELF_CHECK')) await this.selfCheck(special, id)
    if (comesTo('SUPERVISED_CHECK')) await campaigns.startSupervisedCheck(supervisor, { ...keyed(special, 'check'), id })
    if (special.category === 'project-tendering') await campaigns.linkFindings(supervisor, { ...keyed(special, 'findings'), id, findingIds: await this.projectChanges() })
    if (comesTo('RECTIFICATION')) await campaigns.startMending(supervisor, { ...keyed(special, 'mend'), id })
    if (special.until === 'RECTIFICATION') await this.demand(special, id)
    if (comesTo('EVALUATION')) await campaigns.startEvaluation(supervisor, { ...keyed(special, 'evaluate'), id })
    if (comesTo('CLOSED')) await campaigns.close(secretary, { ...keyed(special, 'close'), id, evaluation: '自查问题全部整改到位，健全任职回避等制度（示例）。' })
  }

  /** It carries out a governance measure, which says of no case where it comes from. */
  private async announce(special: Special): Promise<string> {
    const { secretary } = this.cast
    const commission = await this.unit('510800-CCDI')
    const responsible = await this.unit(special.responsible)
    const measure = await new GovernanceMeasureService(this.db).propose(secretary, {
      ...keyed(special, 'measure'), unitId: responsible, demandingUnitId: commission, kind: 'SPECIAL_RECTIFICATION', content: `牵头开展${special.nameZh}（示例）。`, dueOn: '2020-12-31', caseIds: [], isSynthetic: true,
    })
    return globalId('camp', await this.campaigns.announce(secretary, {
      ...keyed(special, 'announce'), leadUnitId: await this.unit('510800'), gripUnitId: await this.unit('510800-GOV'), pushUnitId: commission, responsibleUnitId: responsible, code: special.code, nameZh: special.nameZh,
      nameEn: special.nameEn, campaignGroup: GROUP, matters: `${special.matters}（示例）。`, problemCategories: [special.category], unitIds: await Promise.all(Object.keys(special.units).map(code => this.unit(code))),
      governanceMeasureIds: [globalId('gm', measure)], validFrom: '2020-04-20', selfCheckDueOn: '2020-06-30', validTo: '2020-12-31', isSynthetic: true,
    }))
  }

  private async selfCheck(special: Special, id: string): Promise<void> {
    await this.campaigns.startSelfCheck(this.cast.supervisor, { ...keyed(special, 'self-check'), id })
    for (const [code, reported] of Object.entries(special.units) as [Reporter, readonly [number, number] | null][]) {
      if (!reported) continue
      const [problemsFound, problemsFixed] = reported
      const [part] = await this.ids('SELECT s.id FROM special_rectification_unit s JOIN unit u ON u.id = s.unit_id WHERE s.special_rectification_id = $1 AND u.code = $2', [id.slice('camp_'.length), code])
      await this.selfChecks.report(this.cast[code], {
        ...keyed(special, code), specialRectificationUnitId: globalId('campu', part!), problemsFound, problemsFixed, report: `对照整治内容自查，发现问题${problemsFound}个，已整改${problemsFixed}个（示例）。`,
      })
    }
  }

  /** What units found themselves and have not put right is asked of them as tasks. */
  private async demand(special: Special, id: string): Promise<void> {
    for (const [code, reported] of Object.entries(special.units)) {
      const left = reported ? reported[0] - reported[1] : 0
      if (!left) continue
      const [head] = await this.ids(`SELECT a.id FROM appointment a JOIN unit u ON u.id = a.unit_id WHERE u.code = $1 AND a.role = 'PARTY_GROUP_SECRETARY' AND a.valid_to IS NULL`, [code])
      await new RectificationService(this.db).open(this.cast.supervisor, {
        ...keyed(special, `task-${code}`), responsibleAppointmentId: globalId('appt', head!), problem: `自查发现的${left}个问题尚未整改到位（示例）`,
        dueOn: DateTime.fromISO(today(), { zone: 'utc' }).plus({ months: 2 }).toISODate()!, sourceId: id, isSynthetic: true,
      })
    }
  }

  /** What the group at Zhaohua's housing bureau found. */
  private async projectChanges(): Promise<string[]> {
    return (await this.ids(`SELECT f.id FROM supervision_finding f JOIN unit u ON u.id = f.unit_id WHERE u.code = '510811-HOUSING' AND f.category = 'project-change' ORDER BY f.id`)).map(id => globalId('finding', id))
  }

  private async unit(code: string): Promise<string> {
    return globalId('unit', (await this.ids('SELECT id FROM unit WHERE code = $1', [code]))[0]!)
  }

  private async ids(text: string, values: readonly unknown[] = []): Promise<string[]> {
    return (await this.db.rows<{ id: string }>(text, values)).map(r => r.id)
  }
}
