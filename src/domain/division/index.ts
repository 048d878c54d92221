import { importKind } from '../import'
import type { DomainModule } from '../module'
import { importDivisions } from './import-divisions'
import { importDivisionPopulations } from './import-populations'
import { AdministrativeDivisionEntity } from './division.entity'
import { DivisionPopulationEntity } from './division-population.entity'
import { DivisionLoader } from './division.loader'
import { divisionReads } from './division.reads'
import { DivisionResolver } from './division.resolver'
import { AdministrativeDivision } from './division.types'

export { AdministrativeDivisionEntity } from './division.entity'
export { DivisionLoader } from './division.loader'
export { requireDivision, residentsOf, type Residents } from './division.repository'
export { AdministrativeDivision, DivisionLevel } from './division.types'
export { importDivisions } from './import-divisions'
export { importDivisionPopulations } from './import-populations'

export const divisionModule: DomainModule = {
  name: 'division',
  entities: [AdministrativeDivisionEntity, DivisionPopulationEntity],
  types: [AdministrativeDivision],
  resolvers: [DivisionResolver],
  create: db => [new DivisionResolver(new DivisionLoader(db))],
  reads: [divisionReads],
  edges: [],
  imports: [
    importKind({ name: 'divisions', title: { zh: '行政区划', en: 'Administrative divisions' }, roles: [] }, importDivisions),
    importKind({ name: 'division-populations', title: { zh: '区划人口', en: 'Populations of divisions' }, roles: [] }, importDivisionPopulations),
  ],
  permissions: {},
}
