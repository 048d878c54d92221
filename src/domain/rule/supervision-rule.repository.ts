import type { LocatedRow } from '../../database/locate'
import type { StoredRow, Transaction } from '../../database/transaction'
import { contentHash, type Rows } from '../approval'
import type { UnitKind } from '../unit'
import type { RuleState } from './supervision-rule.states'
import type { FaultKind, SupervisionRuleKind, SupervisionRuleSection } from './supervision-rule.types'

export const RULE = { table: 'supervision_rule', prefix: 'rule' } as const

export type RuleRow = LocatedRow & {
  kind: SupervisionRuleKind; version: number; title_zh: string; title_en: string | null; document_no: string | null; issuer_name_zh: string
  effective_from: string; effective_to: string | null; state: RuleState; edited_by: string[]; submitted_by: string | null; created_by: string
  content_hash: string | null; is_published: boolean; supersedes_id: string | null; is_synthetic: boolean
}
export type RuleItemRow = StoredRow & {
  unit_id: string; rule_id: string; section: SupervisionRuleSection; seq: number; code: string; text_zh: string; text_en: string | null; fault_kind: FaultKind | null
  unit_kinds: string[]; relation_kinds: string[]; matter_code: string | null; power_category: string | null; sector_code: string | null; is_synthetic: boolean
}

const RULES = 'SELECT t.*, u.path AS unit_path FROM supervision_rule t JOIN unit u ON u.id = t.unit_id'

/** All versions of a rule, locked in the order of their numbers. */
export const lockVersions = (tx: Transaction, unitId: string, kind: SupervisionRuleKind): Promise<RuleRow[]> =>
  tx.rows<RuleRow>(`${RULES} WHERE t.unit_id = $1 AND t.kind = $2 ORDER BY t.version FOR UPDATE OF t`, [unitId, kind])

export const rulesById = (q: Rows, ids: readonly string[]): Promise<RuleRow[]> => q.rows<RuleRow>(`${RULES} WHERE t.id = ANY($1::uuid[])`, [ids])

export const itemsOf = (q: Rows, ruleIds: readonly string[]): Promise<RuleItemRow[]> =>
  q.rows<RuleItemRow>('SELECT * FROM supervision_rule_item WHERE rule_id = ANY($1::uuid[]) ORDER BY rule_id, section, seq', [ruleIds])

/** The section that each of these codes has in other versions of the rule. */
export const sectionsElsewhere = (tx: Transaction, rule: RuleRow, codes: readonly string[]): Promise<{ code: string; section: SupervisionRuleSection }[]> => tx.rows(`
  SELECT DISTINCT i.code, i.section FROM supervision_rule_item i JOIN supervision_rule r ON r.id = i.rule_id
  WHERE r.unit_id = $1 AND r.kind = $2 AND r.id <> $3 AND r.is_published AND i.code = ANY($4::text[])`, [rule.unit_id, rule.kind, rule.id, codes])

/** What an approval binds: everything that people read in a rule, nothing that goes on after it. */
export function hashOfRule(rule: RuleRow, items: readonly RuleItemRow[]): string {
  const { unit_id, kind, version, title_zh, title_en, document_no, effective_from, is_synthetic } = rule
  return contentHash({
    unit_id, kind, version, title_zh, title_en, document_no, effective_from, is_synthetic,
    items: items.map(i => ({
      section: i.section, seq: i.seq, code: i.code, text_zh: i.text_zh, text_en: i.text_en, fault_kind: i.fault_kind, unit_kinds: i.unit_kinds, relation_kinds: i.relation_kinds,
      matter_code: i.matter_code, power_category: i.power_category, sector_code: i.sector_code, is_synthetic: i.is_synthetic,
    })),
  })
}

export const kindAndNameOf = async (tx: Transaction, unitId: string): Promise<{ kind: UnitKind; name_zh: string; state: string }> =>
  (await tx.row<{ kind: UnitKind; name_zh: string; state: string }>('SELECT kind, name_zh, state FROM unit WHERE id = $1', [unitId]))!

/**
 * Of each kind the rule that applies at a unit on a day: the one issued by the unit itself or by the nearest body above it in the territorial
 * tree. Row ids, in the order of the kinds.
 */
export async function rulesAt(q: Rows, unitId: string, on: string): Promise<{ id: string; kind: SupervisionRuleKind }[]> {
  return q.rows(`
    SELECT DISTINCT ON (r.kind) r.id, r.kind FROM supervision_rule r JOIN unit i ON i.id = r.unit_id JOIN unit u ON u.id = $1 AND starts_with(u.path, i.path)
    WHERE r.in_force @> $2::date ORDER BY r.kind, i.depth DESC`, [unitId, on])
}
