import { hashOf } from '../database/content-hash'
import type { CatalogIndicator, CatalogPower, ItemKind } from '../sdk/catalog-shape'
import { permanentCode } from './codes'
import type { Joined } from './files'
import type { CatalogItem, LegalBasis } from './valid'

interface Common { code: string; supersedes?: string; legalBasis: LegalBasis[]; isSynthetic: boolean; sourceNote?: string; audiences?: string[] }
type Draft = Omit<CatalogItem, 'contentHash'>

/** Everything in a catalog as flat items, in the order of the files: the order in which units see it. */
export function itemsOf(plugin: string, { lists }: Joined): CatalogItem[] {
  const code = (kind: ItemKind, slug: string): string => permanentCode(plugin, kind, slug)
  const make = (kind: ItemKind, c: Common, title: { zh: string; en: string | null }, parentCode: string | null, payload: Record<string, unknown>): Draft => ({
    kind, code: code(kind, c.code), parentCode, titleZh: title.zh, titleEn: title.en, audiences: c.audiences ?? [], payload,
    legalBasis: c.legalBasis, sourceNote: c.sourceNote ?? null, isSynthetic: c.isSynthetic, supersedesCode: c.supersedes ? code(kind, c.supersedes) : null,
  })
  const drafts = [
    ...lists.positions.map(({ value: p }) => make('POSITION', { ...p, legalBasis: [], isSynthetic: true }, { zh: p.nameZh, en: p.nameEn }, null, { nameZh: p.nameZh, nameEn: p.nameEn, powerBearing: p.powerBearing })),
    ...lists.violationTypes.map(({ value: v }) => make('VIOLATION_TYPE', v, { zh: v.nameZh, en: v.nameEn }, null, content(v, ['descriptionZh', 'subjectKind', 'category', 'sanction', 'screeningSignalZh']))),
    ...lists.codes.map(({ value: c }) => make(c.list, c, { zh: c.nameZh, en: c.nameEn }, null, content(c, ['descriptionZh']))),
    ...lists.powers.flatMap(({ value }) => powerItems(value, make, code)),
    ...lists.duties.map(({ value: d }) => make('DUTY', d, { zh: d.contentZh, en: d.contentEn }, null, content(d, ['responsibility', 'contentZh', 'contentEn', 'due', 'isPriorityTask']))),
    ...lists.focuses.map(({ value: f }) => make('FOCUS', f, { zh: f.contentZh, en: f.contentEn }, null, {
      ...content(f, ['contentZh', 'contentEn', 'due', 'isPriorityTask']), powers: f.powers.map(p => code('POWER', p)), riskPoints: f.riskPoints.map(r => code('RISK', r)),
    })),
    ...lists.indicators.map(({ value: i }) => make('INDICATOR', i, { zh: i.nameZh, en: i.nameEn }, null, indicatorPayload(i))),
  ]
  return drafts.map(d => ({ ...d, contentHash: hashOf(d) }))
}

type Make = (kind: ItemKind, c: Common, title: { zh: string; en: string | null }, parentCode: string | null, payload: Record<string, unknown>) => Draft

/** A power with its flow, its risk points and their controls. */
function powerItems(p: CatalogPower, make: Make, code: (kind: ItemKind, slug: string) => string): Draft[] {
  const power = code('POWER', p.code)
  const position = (slug: string): string => code('POSITION', slug)
  const flow = make('FLOW', { ...p.flow, audiences: p.audiences }, { zh: `${p.nameZh}运行流程`, en: `${p.nameEn}: operating flow` }, power, {
    steps: p.flow.steps.map((s, i) => ({ seq: i + 1, ...content(s, ['nameZh', 'nameEn', 'kind', 'timeLimitWorkingDays', 'collectiveDecision']), ...(s.position ? { position: position(s.position) } : {}) })),
  })
  const risks = p.riskPoints.flatMap(r => {
    const audiences = r.audiences ?? p.audiences
    const risk = make('RISK', { ...r, audiences }, { zh: r.descriptionZh, en: r.descriptionEn }, power, {
      ...content(r, ['descriptionZh', 'descriptionEn', 'causeZh', 'consequenceZh', 'category', 'step', 'suggested']),
      ownerPosition: position(r.ownerPosition), violationTypes: r.violationTypes.map(v => code('VIOLATION_TYPE', v)),
    })
    const controls = r.controls.map(c => make('CONTROL', { ...c, audiences }, { zh: c.descriptionZh, en: c.descriptionEn }, risk.code, {
      ...content(c, ['descriptionZh', 'descriptionEn', 'nature', 'mode', 'frequency']), ownerPosition: position(c.ownerPosition),
    }))
    return [risk, ...controls]
  })
  return [
    make('POWER', p, { zh: p.nameZh, en: p.nameEn }, null, { ...content(p, ['nameZh', 'nameEn', 'descriptionZh', 'category', 'significance']), positions: p.positions.map(position) }),
    flow, ...risks,
  ]
}

const indicatorPayload = (i: CatalogIndicator): Record<string, unknown> => content(i, [
  'nameZh', 'nameEn', 'calibreZh', 'calibreEn', 'numerator', 'denominator', 'multiplier', 'decimals', 'unit', 'direction', 'periodKinds', 'aggregation', 'minDenominator', 'variables',
])

/** The named fields that are there. */
function content<T extends object, K extends keyof T & string>(of: T, fields: readonly K[]): Record<string, unknown> {
  return Object.fromEntries(fields.filter(f => of[f] !== undefined).map(f => [f, of[f]]))
}

export const releaseContent = (plugin: string, meta: { titleZh: string; titleEn: string }, lists: Joined['lists'], items: readonly CatalogItem[]): unknown => ({
  plugin, titleZh: meta.titleZh, titleEn: meta.titleEn,
  audiences: values(lists.audiences), variables: values(lists.variables), codeLists: values(lists.codeLists), retired: values(lists.retired),
  items: items.map(i => ({ code: i.code, hash: i.contentHash })),
})
const values = <T>(placed: readonly { value: T }[]): T[] => placed.map(p => p.value)
