import type { Database } from '../../database/database'
import { importKind } from '../import'
import type { DomainModule } from '../module'
import { importPowers } from './import-powers'
import { FlowStepEntity, OperatingFlowEntity } from './operating-flow.entity'
import { OperatingFlowService } from './operating-flow.service'
import { PowerEntity, PowerPositionEntity } from './power.entity'
import { powerEvents } from './power.events'
import { flowStepReads, operatingFlowReads, powerEdges, powerReads } from './power.reads'
import { PowerResolver } from './power.resolver'
import { PowerService } from './power.service'
import { flowMachine, powerMachine } from './power.states'
import { FlowStep, OperatingFlow, Power } from './power.types'
import { commandPermissions } from '../permissions'

export { powerEvents }
export { importPowers } from './import-powers'
export { FlowStepEntity, OperatingFlowEntity, PowerEntity, PowerPositionEntity, PowerService, OperatingFlowService }
export { POWER, publishPowers, requireEditor, unreadyPowers } from './power.service'
export { FLOW } from './operating-flow.service'
export { FlowStep, OperatingFlow, Power, PowerCategory, Significance } from './power.types'

export const powerModule: DomainModule = {
  name: 'power',
  entities: [PowerEntity, PowerPositionEntity, OperatingFlowEntity, FlowStepEntity],
  types: [Power, OperatingFlow, FlowStep],
  resolvers: [PowerResolver],
  create: (db: Database) => [new PowerResolver(new PowerService(db), new OperatingFlowService(db))],
  reads: [powerReads, operatingFlowReads, flowStepReads],
  edges: powerEdges,
  events: Object.values(powerEvents),
  imports: [
    importKind({ name: 'powers', title: { zh: '职权', en: 'Powers' }, roles: ['UNIT_EDITOR'] }, importPowers),
  ],
  permissions: {
    Mutation: { proposePower: ['UNIT_EDITOR'], draftOperatingFlow: ['UNIT_EDITOR'], ...commandPermissions(powerMachine), ...commandPermissions(flowMachine) },
  },
}
