import { explainConstraints } from '../../database/constraints'

const BAD_ITEM = { code: 'BAD_INPUT', rule: 'section', path: 'items' } as const

explainConstraints({
  supervision_rule_in_force_excl: { code: 'PRECONDITION_FAILED', rule: 'INV-02', path: 'effectiveFrom', message: 'Another rule of this kind by the same body is in force on some of these days.' },
  supervision_rule_open_key: { code: 'CONFLICT', rule: 'one-open-version', path: 'kind', message: 'A version of this rule is already in the making.' },
  supervision_rule_version_key: { code: 'CONFLICT', rule: 'unique', path: 'version', message: 'Another version of this rule was drafted at the same moment.' },
  supervision_rule_period_check: { code: 'BAD_INPUT', rule: 'period', path: 'endsOn', message: 'A rule does not end before it begins.' },
  supervision_rule_locked: { code: 'PRECONDITION_FAILED', rule: 'locked', path: 'id', message: 'A published rule is locked; draw up a new version with reviseSupervisionRule.' },
  supervision_rule_item_code_key: { code: 'BAD_INPUT', rule: 'unique', path: 'items', message: 'The rule already has an item with this code.' },
  supervision_rule_item_fault_check: { ...BAD_ITEM, message: 'Accountability triggers, and nothing else, name a fault kind.' },
  supervision_rule_item_objects_check: { ...BAD_ITEM, message: 'Only objects name kinds of units or relations.' },
  supervision_rule_item_matters_check: { ...BAD_ITEM, message: 'Only matters name a matter code, a power category or a sector.' },
})
