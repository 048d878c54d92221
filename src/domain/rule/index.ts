import { REGISTER_READERS } from '../../auth/roles'
import type { Database } from '../../database/database'
import type { DomainModule } from '../module'
import { commandPermissions } from '../permissions'
import { SupervisionMode, SupervisionTypeDefinition } from './supervision-mode'
import { SupervisionRuleEntity, SupervisionRuleItemEntity } from './supervision-rule.entity'
import { ruleEvents } from './supervision-rule.events'
import { ruleEdges, supervisionRuleItemReads, supervisionRuleReads } from './supervision-rule.reads'
import { SupervisionModeResolver, SupervisionRuleResolver } from './supervision-rule.resolver'
import { SupervisionRuleService } from './supervision-rule.service'
import { supervisionRuleMachine } from './supervision-rule.states'
import { SupervisionRule, SupervisionRuleItem } from './supervision-rule.types'

export { ruleBinding, ruleInForce, type RuleInForce } from './rule-in-force'
export { RULE_KIND_OF } from './supervising-bodies'
export { fitsMode, INNER_TYPES, MODES, SupervisionModeCode, SupervisionType } from './supervision-mode'
export { SupervisionRuleService } from './supervision-rule.service'
export { supervisionRuleMachine, type RuleState } from './supervision-rule.states'
export { FaultKind, SupervisionRule, SupervisionRuleKind, SupervisionRuleSection } from './supervision-rule.types'
export { SupervisionRuleEntity }
export { RULE, type RuleItemRow, type RuleRow } from './supervision-rule.repository'

export const ruleModule: DomainModule = {
  name: 'rule',
  entities: [SupervisionRuleEntity, SupervisionRuleItemEntity],
  types: [SupervisionRule, SupervisionRuleItem, SupervisionMode, SupervisionTypeDefinition],
  resolvers: [SupervisionRuleResolver, SupervisionModeResolver],
  create: (db: Database) => [new SupervisionRuleResolver(db, new SupervisionRuleService(db)), new SupervisionModeResolver()],
  reads: [supervisionRuleReads, supervisionRuleItemReads],
  edges: ruleEdges,
  events: Object.values(ruleEvents),
  permissions: {
    Query: { supervisionModes: 'authenticated', supervisionTypes: 'authenticated', supervisionRulesInForce: REGISTER_READERS },
    Mutation: commandPermissions(supervisionRuleMachine),
  },
}
