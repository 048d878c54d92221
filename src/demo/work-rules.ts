import { globalId } from '../core/ids'
import type { Database } from '../database/database'
import { SupervisionRuleKind, SupervisionRuleSection, SupervisionRuleService, type FaultKind, type RuleState } from '../domain/rule'
import type { PowerCategory } from '../domain/power'
import type { UnitKind, UnitRelationKind } from '../domain/unit'
import { castOf } from './cast'
import { dataRows } from './data-files'
import type { DemoStep } from './step'

const ISSUER = '510800'
const EFFECTIVE_FROM = '2020-01-01'
const CAST = { drafter: 'city-supervisor', secretary: 'city-party-secretary', commission: 'city-commission-secretary' } as const
const KINDS = Object.keys(SupervisionRuleKind) as SupervisionRuleKind[]
const TITLES: Readonly<Record<SupervisionRuleKind, readonly [zh: string, en: string]>> = {
  CITY_COMMISSION_ORGAN: ['市纪委监委机关监督检查工作规则', 'Work rules of supervision: city commission organ'],
  DISPATCHED_DEPARTMENT_GROUP: ['派驻部门纪检监察组监督检查工作规则', 'Work rules of supervision: dispatched departmental groups'],
  TOWNSHIP_AREA_OUTPOST_GROUP: ['派出乡镇片区纪检监察组监督检查工作规则', 'Work rules of supervision: township-area outpost groups'],
  TOWNSHIP_COMMISSION: ['乡镇纪委（监察室）监督检查工作规则', 'Work rules of supervision: township commissions'],
}
type Cell = 'kind' | 'section' | 'code' | 'textZh' | 'textEn' | 'faultKind' | 'unitKinds' | 'relationKinds' | 'matterCode' | 'powerCategory' | 'sectorCode'

/** The four work rules that the city committee issued for its supervising bodies. Each part looks for what is left to do. */
export const workRules: DemoStep = {
  name: 'work-rules',
  title: 'The four work rules of supervision',
  isDone: async db => (await rulesOf(db)).filter(r => !['DRAFT', 'UNDER_REVIEW', 'APPROVED'].includes(r.state)).length >= KINDS.length,
  run: async ({ db, tell }) => {
    const people = await castOf(db, CAST)
    const rules = new SupervisionRuleService(db)
    const [unit] = await db.rows<{ id: string }>('SELECT id FROM unit WHERE code = $1', [ISSUER])
    const there = new Set((await rulesOf(db)).map(r => r.kind))
    for (const kind of KINDS.filter(k => !there.has(k))) {
      const [title, titleEn] = TITLES[kind]
      await rules.draft(people.drafter, { issuingUnitId: globalId('unit', unit!.id), kind, title, titleEn, documentNo: `广示委发〔2020〕${KINDS.indexOf(kind) + 1}号`, effectiveFrom: EFFECTIVE_FROM, isSynthetic: true })
    }
    tell(0.2)
    const inState = async (state: RuleState): Promise<Rule[]> => (await rulesOf(db)).filter(r => r.state === state)
    for (const rule of await inState('DRAFT')) {
      let { rowVersion } = rule
      for (const section of Object.keys(SupervisionRuleSection) as SupervisionRuleSection[]) {
        await rules.setItems(people.drafter, { id: rule.id, rowVersion, section, items: itemsOf(rule.kind, section) })
        rowVersion = (await rulesOf(db)).find(r => r.id === rule.id)!.rowVersion
      }
      await rules.submit(people.drafter, { id: rule.id })
    }
    tell(0.7)
    for (const { id } of await inState('UNDER_REVIEW')) await rules.approve(people.secretary, { id })
    for (const { id } of await inState('APPROVED')) await rules.publish(people.commission, { id })
    tell(1)
  },
}

interface Rule { id: string; kind: SupervisionRuleKind; state: RuleState; rowVersion: number }

const rulesOf = async (db: Database): Promise<Rule[]> => (await db.rows<Rule>(`
  SELECT r.id, r.kind, r.state, r.row_version AS "rowVersion" FROM supervision_rule r JOIN unit u ON u.id = r.unit_id
  WHERE u.code = $1 AND r.state <> 'WITHDRAWN' ORDER BY r.kind, r.version`, [ISSUER])).map(r => ({ ...r, id: globalId('rule', r.id) }))

const words = <T extends string>(cell: string): T[] => cell.split(' ').filter(Boolean) as T[]

const itemsOf = (kind: SupervisionRuleKind, section: SupervisionRuleSection) => dataRows<Cell>('work-rules.csv').filter(r => r.kind === kind && r.section === section).map(r => ({
  code: r.code, text: r.textZh, textEn: r.textEn, faultKind: (r.faultKind || null) as FaultKind | null, unitKinds: words<UnitKind>(r.unitKinds), relationKinds: words<UnitRelationKind>(r.relationKinds),
  matterCode: r.matterCode || null, powerCategory: (r.powerCategory || null) as PowerCategory | null, sectorCode: r.sectorCode || null, isSynthetic: true,
}))
