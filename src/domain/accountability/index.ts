import type { DomainModule } from '../module'
import { commandPermissions } from '../permissions'
import { CYCLE } from '../responsibility'
import { nameSource } from '../sources'
import { accountabilityDecisionMachine } from './accountability-decision.states'
import { AccountabilityDecisionEntity } from './accountability.entity'
import { accountabilityEvents } from './accountability.events'
import { accountabilityEdges, accountabilityReads } from './accountability.reads'
import { AccountabilityDecisionResolver } from './accountability.resolver'
import { AccountabilityService } from './accountability.service'
import { AccountabilityDecision } from './accountability.types'

export { AccountabilityDecisionEntity, accountabilityEvents }
export { decisionsFrom, TAKEN_EFFECT, WAITING } from './accountability.repository'
export { AccountabilityService } from './accountability.service'
export { AccountabilityDecision } from './accountability.types'
export { FormOfDiscipline, SanctionKind } from './sanction-kinds'

nameSource({ kind: 'CYCLE', type: 'AccountabilityCycle', ...CYCLE })

export const accountabilityModule: DomainModule = {
  name: 'accountability',
  entities: [AccountabilityDecisionEntity],
  types: [AccountabilityDecision],
  resolvers: [AccountabilityDecisionResolver],
  create: db => [new AccountabilityDecisionResolver(db, new AccountabilityService(db))],
  reads: [accountabilityReads],
  edges: accountabilityEdges,
  events: Object.values(accountabilityEvents),
  permissions: { Mutation: commandPermissions(accountabilityDecisionMachine) },
}
