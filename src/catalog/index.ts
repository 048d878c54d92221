import type { DomainModule } from '../domain/module'
import { AdoptionService } from './adoption.service'
import './catalog.constraints'
import { CatalogAdoptionEntity, CatalogItemEntity, CatalogReleaseEntity } from './catalog.entity'
import { catalogAdoptionReads, catalogEdges, catalogItemReads, catalogReleaseReads } from './catalog.reads'
import { CatalogResolver } from './catalog.resolver'
import { AdoptCatalogPayload, CatalogAdded, CatalogAdoption, CatalogAudience, CatalogItem, CatalogRelease, CatalogSkipped, CatalogVariable } from './catalog.types'

export { AdoptionService, type Adopted } from './adoption.service'
export { AdoptCatalogInput } from './catalog.inputs'
export { catalogSchema } from './json-schema'
export { publishCatalog, type Offered } from './publish'
export { readCatalog } from './read'
export { releaseMachine } from './states'
export type { CatalogProblem } from './problem'
export type { CatalogItem as ReadItem, ValidCatalog } from './valid'

export const catalogModule: DomainModule = {
  name: 'catalog',
  entities: [CatalogReleaseEntity, CatalogItemEntity, CatalogAdoptionEntity],
  types: [CatalogRelease, CatalogItem, CatalogAdoption, CatalogAudience, CatalogVariable, CatalogAdded, CatalogSkipped, AdoptCatalogPayload],
  resolvers: [CatalogResolver],
  create: db => [new CatalogResolver(new AdoptionService(db))],
  reads: [catalogReleaseReads, catalogItemReads, catalogAdoptionReads],
  edges: catalogEdges,
  permissions: { Mutation: { adoptCatalog: ['UNIT_EDITOR'] } },
}
