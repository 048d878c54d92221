import type { Role } from '../../core/actor'
import type { PermissionMap } from '../../core/permission'
import type { Database } from '../../database/database'
import type { DomainModule } from '../module'
import { commandPermissions } from '../permissions'
import { AccountabilityCycleEntity } from './accountability-cycle.entity'
import { loopMachine } from './accountability-cycle.states'
import { DutyItemService } from './duty-item.service'
import { dutyItemMachine } from './duty-item.states'
import { DutyProgressService } from './duty-progress.service'
import { JointPublicationService } from './joint-publication.service'
import { cycleEvents, dutyEvents, listEvents } from './responsibility.events'
import { accountabilityCycleReads, dutyItemReads, responsibilityEdges, responsibilityListReads } from './responsibility.reads'
import { AccountabilityCycleResolver, DutyItemResolver, ResponsibilityListResolver } from './responsibility.resolver'
import { AccountabilityCycle, CatalogVersion, DutyItem, ListChanges, QualityFinding, ResponsibilityList } from './responsibility.types'
import { DutyItemEntity, ListPowerEntity, ResponsibilityListEntity } from './responsibility-list.entity'
import { ResponsibilityListService } from './responsibility-list.service'
import { listMachines } from './responsibility-list.states'
import { FocusPowerEntity, FocusRiskPointEntity } from './supervision-focus.entity'

export { cycleEvents, dutyEvents, listEvents }
export { loopMachine, type CycleState } from './accountability-cycle.states'
export { DutyItemService } from './duty-item.service'
export { dutyItemMachine, SETTLED_STATES, type DutyItemState } from './duty-item.states'
export { DutyProgressService } from './duty-progress.service'
export { CYCLE, JointPublicationService } from './joint-publication.service'
export { draftForContent, mayDraft, putItems, RESPONSIBILITIES_OF, showPowers, type NewItem, type NewList } from './list-drafts'
export { moment, personOfAppointment, supervises, type CycleRow, type ListRow } from './responsibility.repository'
export { AccountabilityCycle, AccountabilityCycleState, DutyItem, DutyItemStateEnum, ListKind, Responsibility, ResponsibilityList } from './responsibility.types'
export { AccountabilityCycleEntity, DutyItemEntity, FocusPowerEntity, FocusRiskPointEntity, ListPowerEntity, ResponsibilityListEntity }
export { ResponsibilityListService } from './responsibility-list.service'
export { listMachines, mainListMachine, powerRiskListMachine, supervisionListMachine } from './responsibility-list.states'

/** Who may give a command at all: whoever may on any kind of list. */
const listPermissions: PermissionMap[string] = Object.values(listMachines).reduce<Record<string, readonly Role[]>>((all, machine) => {
  for (const [command, { roles }] of Object.entries(machine.commands)) all[command] = [...new Set([...(all[command] ?? []), ...roles])]
  return all
}, {})

export const responsibilityModule: DomainModule = {
  name: 'responsibility',
  entities: [ResponsibilityListEntity, DutyItemEntity, ListPowerEntity, FocusPowerEntity, FocusRiskPointEntity, AccountabilityCycleEntity],
  types: [ResponsibilityList, DutyItem, AccountabilityCycle, CatalogVersion, ListChanges, QualityFinding],
  resolvers: [ResponsibilityListResolver, DutyItemResolver, AccountabilityCycleResolver],
  create: (db: Database) => [
    new ResponsibilityListResolver(db, new ResponsibilityListService(db)),
    new DutyItemResolver(new DutyItemService(db), new DutyProgressService(db)),
    new AccountabilityCycleResolver(db, new JointPublicationService(db)),
  ],
  reads: [responsibilityListReads, dutyItemReads, accountabilityCycleReads],
  edges: responsibilityEdges,
  events: [listEvents, cycleEvents, dutyEvents].flatMap(e => Object.values(e)),
  permissions: {
    Mutation: { draftResponsibilityList: ['UNIT_EDITOR'], ...listPermissions, ...commandPermissions(dutyItemMachine), confirmJointPublication: loopMachine.commands.confirmJointPublication.roles },
  },
}
