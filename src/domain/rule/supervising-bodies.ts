import type { UnitKind } from '../unit'
import type { SupervisionRuleKind } from './supervision-rule.types'

/**
 * Which of the four rules binds a body. A county's commission organs follow the rule for commission organs; patrol inspection, trial offices,
 * village committees and external bodies have no rule of the four kinds.
 */
export const RULE_KIND_OF: Readonly<Partial<Record<UnitKind, SupervisionRuleKind>>> = {
  COMMISSION_CITY: 'CITY_COMMISSION_ORGAN', COMMISSION_COUNTY: 'CITY_COMMISSION_ORGAN', SUPERVISION_OFFICE: 'CITY_COMMISSION_ORGAN',
  DISPATCHED_GROUP: 'DISPATCHED_DEPARTMENT_GROUP', AREA_OUTPOST_GROUP: 'TOWNSHIP_AREA_OUTPOST_GROUP', TOWNSHIP_COMMISSION: 'TOWNSHIP_COMMISSION',
}

/** Bodies that issue rules: they head a territory, and everything below them in its tree is bound. */
export const ISSUERS: readonly UnitKind[] = ['PARTY_COMMITTEE', 'FUNCTIONAL_ZONE']
