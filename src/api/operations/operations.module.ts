import { auditable, enumeration, instant, int, noun, text } from '../../core/reads'
import type { DomainModule } from '../../domain/module'
import { PersistedOperation } from './operations.types'
import { PersistedOperationEntity } from './persisted-operation.entity'

export const operationReads = noun({
  type: 'PersistedOperation', prefix: 'operation', table: 'persisted_operation', scope: { by: 'public' }, permission: ['PLATFORM_ADMIN'],
  columns: {
    id: { kind: 'id' }, team: text(), name: text(), kind: enumeration('PersistedOperationKind'), hash: text(), body: text(), cost: int(), retiredAt: instant({ nullable: true }), ...auditable,
  },
  edges: {},
  filters: {
    team: { type: 'text' }, name: { type: 'text' }, kind: { type: 'enum', enum: 'PersistedOperationKind' }, hash: { type: 'text' }, retiredAt: { type: 'instant', nullable: true },
  },
  orders: { team: { type: 'text' }, name: { type: 'text' }, createdAt: { type: 'instant' } },
  defaultOrder: [{ field: 'team', direction: 'ASC' }, { field: 'name', direction: 'ASC' }],
  root: {
    one: 'persistedOperation', many: 'persistedOperations', oneDescription: 'One listed operation by id（登记的操作）.',
    manyDescription: 'Operations that teams have had listed, retired ones included（登记的操作列表）.',
  },
})

/** `persistedOperations`: what administrators see of the registry. It is written on the command line. */
export const operationsModule: DomainModule = {
  name: 'operations',
  entities: [PersistedOperationEntity],
  types: [PersistedOperation],
  resolvers: [],
  create: () => [],
  reads: [operationReads],
  edges: [],
  permissions: {},
}
