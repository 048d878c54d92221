import { badInput } from '../../core/errors'
import type { Transaction } from '../../database/transaction'
import { requireCode } from '../code-list'
import type { SetSupervisionRuleItemsInput, SupervisionRuleItemInput } from './supervision-rule.inputs'
import { itemsOf, sectionsElsewhere, type RuleItemRow, type RuleRow } from './supervision-rule.repository'

/** Puts these items into a section in the place of those that are there; an item that keeps its code keeps its id. */
export async function writeSection(tx: Transaction, rule: RuleRow, input: SetSupervisionRuleItemsInput): Promise<void> {
  const present = await itemsOf(tx, [rule.id])
  await requireFit(tx, rule, input, present)
  const ids = new Map(present.map(i => [i.code, i.id]))
  tx.unlink('supervision_rule_item', { rule_id: rule.id, section: input.section })
  tx.barrier()
  tx.insertMany('supervision_rule_item', input.items.map((item, i) => ({
    ...(ids.has(item.code) && { id: ids.get(item.code) }), unit_id: rule.unit_id, rule_id: rule.id, section: input.section, seq: i + 1, code: item.code, text_zh: item.text, text_en: item.textEn ?? null,
    fault_kind: item.faultKind ?? null, unit_kinds: item.unitKinds, relation_kinds: item.relationKinds, matter_code: item.matterCode ?? null,
    power_category: item.powerCategory ?? null, sector_code: item.sectorCode ?? null, is_synthetic: item.isSynthetic,
  })))
}

/** What a section may hold, told with the place of each item that does not fit. */
async function requireFit(tx: Transaction, rule: RuleRow, { section, items }: SetSupervisionRuleItemsInput, present: readonly RuleItemRow[]): Promise<void> {
  const [elsewhere, codes] = [await sectionsElsewhere(tx, rule, items.map(i => i.code)), new Set<string>()]
  for (const [i, item] of items.entries()) {
    const at = (field: string): string => `items.${i}.${field}`
    if (codes.has(item.code) || present.some(p => p.code === item.code && p.section !== section)) throw badInput(at('code'), 'unique', 'The rule already has an item with this code.')
    codes.add(item.code)
    const before = elsewhere.find(e => e.code === item.code && e.section !== section)
    if (before) throw badInput(at('code'), 'permanent-code', `In an earlier version this code is an item of ${before.section}; codes are permanent.`)
    for (const [field, only] of ONLY_IN) if (only !== section && isGiven(item[field])) throw badInput(at(field), 'section', `Only items of ${only} have ${field}.`)
    if (section === 'ACCOUNTABILITY_TRIGGERS' && item.faultKind == null) throw badInput(at('faultKind'), 'required', 'An accountability trigger names one of the three faults.')
    if (item.matterCode != null) await requireCode(tx, 'SUPERVISION_MATTER', item.matterCode, at('matterCode'))
  }
}

const ONLY_IN = [
  ['faultKind', 'ACCOUNTABILITY_TRIGGERS'], ['unitKinds', 'OBJECTS'], ['relationKinds', 'OBJECTS'], ['matterCode', 'MATTERS'], ['powerCategory', 'MATTERS'], ['sectorCode', 'MATTERS'],
] as const satisfies readonly (readonly [keyof SupervisionRuleItemInput, SetSupervisionRuleItemsInput['section']])[]
const isGiven = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : value != null)
