import { DivisionLoader } from '../division'
import { importKind } from '../import'
import type { DomainModule } from '../module'
import { importUnits } from './import-units'
import { importUnitRelations } from './import-unit-relations'
import { commandPermissions } from '../permissions'
import { UnitRelationEntity } from './unit-relation.entity'
import { unitRelationReads } from './unit-relation.reads'
import { UnitRelationService } from './unit-relation.service'
import { UnitRelation } from './unit-relation.types'
import { UnitEntity } from './unit.entity'
import { unitEvents } from './unit.events'
import { unitReads } from './unit.reads'
import { UnitResolver } from './unit.resolver'
import { UnitService } from './unit.service'
import { unitMachine } from './unit.states'
import { Unit } from './unit.types'

export { unitEvents }
export { importUnitRelations } from './import-unit-relations'
export { importUnits } from './import-units'
export { UnitRelationEntity } from './unit-relation.entity'
export { alreadyEnded, UnitRelationService } from './unit-relation.service'
export { UnitRelation, UnitRelationKind } from './unit-relation.types'
export { UnitEntity } from './unit.entity'
export { findUnit, requireAdministrator, requireAdministratorOfAll, seesUnit, type UnitRow } from './unit.repository'
export { requireActive, UnitService } from './unit.service'
export { unitMachine } from './unit.states'
export { Unit, UnitKind, UnitState } from './unit.types'

export const unitModule: DomainModule = {
  name: 'unit',
  entities: [UnitEntity, UnitRelationEntity],
  types: [Unit, UnitRelation],
  resolvers: [UnitResolver],
  create: db => [new UnitResolver(new UnitService(db), new UnitRelationService(db), new DivisionLoader(db))],
  reads: [unitReads, unitRelationReads],
  edges: [],
  events: Object.values(unitEvents),
  imports: [
    importKind({ name: 'units', title: { zh: '单位', en: 'Units' }, roles: ['PLATFORM_ADMIN'] }, importUnits),
    importKind({ name: 'relations', title: { zh: '单位关系', en: 'Relations between units' }, roles: ['PLATFORM_ADMIN'] }, importUnitRelations),
  ],
  permissions: {
    Mutation: { ...commandPermissions(unitMachine), registerUnit: ['PLATFORM_ADMIN'], relateUnits: ['PLATFORM_ADMIN'], endUnitRelation: ['PLATFORM_ADMIN'] },
  },
}
