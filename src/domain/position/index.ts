import { importKind } from '../import'
import type { DomainModule } from '../module'
import { importPositions } from './import-positions'
import { PositionEntity } from './position.entity'
import { positionEvents } from './position.events'
import { positionEdges, positionReads } from './position.reads'
import { PositionResolver } from './position.resolver'
import { PositionService } from './position.service'
import { Position } from './position.types'

export { importPositions } from './import-positions'
export { PositionEntity } from './position.entity'
export { findPosition, PositionService } from './position.service'
export { Position } from './position.types'

export const positionModule: DomainModule = {
  name: 'position',
  entities: [PositionEntity],
  types: [Position],
  resolvers: [PositionResolver],
  create: db => [new PositionResolver(new PositionService(db))],
  reads: [positionReads],
  edges: positionEdges,
  events: Object.values(positionEvents),
  imports: [
    importKind({ name: 'positions', title: { zh: '岗位', en: 'Positions' }, roles: ['PLATFORM_ADMIN'] }, importPositions),
  ],
  permissions: { Mutation: { createPosition: ['PLATFORM_ADMIN'], editPosition: ['PLATFORM_ADMIN'] } },
}
