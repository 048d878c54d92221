import { importKind } from '../import'
import type { DomainModule } from '../module'
import { importVillageSupervisors } from './import-village-supervisors'
import { VillageSupervisorEntity } from './village-supervisor.entity'
import { villageSupervisorEvents } from './village-supervisor.events'
import { villageSupervisorEdges, villageSupervisorReads } from './village-supervisor.reads'
import { VillageSupervisorResolver } from './village-supervisor.resolver'
import { VillageSupervisorService } from './village-supervisor.service'
import { VillageSupervisor } from './village-supervisor.types'

export { importVillageSupervisors } from './import-village-supervisors'
export { VillageSupervisorEntity } from './village-supervisor.entity'
export { VillageSupervisorService } from './village-supervisor.service'
export { VillagePost, VillageSupervisor } from './village-supervisor.types'

export const villageSupervisorModule: DomainModule = {
  name: 'village-supervisor',
  entities: [VillageSupervisorEntity],
  types: [VillageSupervisor],
  resolvers: [VillageSupervisorResolver],
  create: db => [new VillageSupervisorResolver(new VillageSupervisorService(db))],
  reads: [villageSupervisorReads],
  edges: villageSupervisorEdges,
  events: Object.values(villageSupervisorEvents),
  imports: [
    importKind({ name: 'village-supervisors', title: { zh: '村级监督员', en: 'Village supervisors' }, roles: ['PLATFORM_ADMIN'] }, importVillageSupervisors),
  ],
  permissions: { Mutation: { appointVillageSupervisor: ['PLATFORM_ADMIN'], endVillageSupervisor: ['PLATFORM_ADMIN'] } },
}
