import type { Rows } from '../approval'
import type { UnitKind } from '../unit'
import { RULE_KIND_OF } from './supervising-bodies'
import { itemsOf, rulesAt, type RuleItemRow } from './supervision-rule.repository'
import type { SupervisionRuleKind } from './supervision-rule.types'

export interface RuleInForce {
  readonly id: string
  readonly kind: SupervisionRuleKind
  readonly items: readonly RuleItemRow[]
}

/** The rule of this kind that applies at a unit on a day (INV-03), with its items: issued by the unit or by the nearest body above it. Null: there is none. */
export async function ruleInForce(q: Rows, kind: SupervisionRuleKind, unitId: string, on: string): Promise<RuleInForce | null> {
  const found = (await rulesAt(q, unitId, on)).find(r => r.kind === kind)
  return found ? { ...found, items: await itemsOf(q, [found.id]) } : null
}

/** The rule that binds a body of this kind, by the body's own place in the territory; null too for bodies that none of the four rules is for. */
export const ruleBinding = (q: Rows, body: { id: string; kind: UnitKind }, on: string): Promise<RuleInForce | null> => {
  const kind = RULE_KIND_OF[body.kind]
  return kind === undefined ? Promise.resolve(null) : ruleInForce(q, kind, body.id, on)
}
