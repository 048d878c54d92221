import { REGISTER_READERS } from '../auth/roles'
import { ReadModel } from '../database/sql'
import { coreModules } from '../domain'
import type { DomainModule } from '../domain/module'
import { Ratio } from './ratio.types'
import { RiskPointAggregateResolver } from './risk-point-aggregate.resolver'
import { RiskPointAggregateService } from './risk-point-aggregate.service'
import { RiskPointAggregate, RiskPointFigures, RiskPointGroup, RiskPointGroupKey } from './risk-point-aggregate.types'

export { RiskPointAggregateService }

/** The read declarations of the core: aggregates filter and narrow by the same ones as lists. */
const model = (): ReadModel => new ReadModel(coreModules.flatMap(m => m.reads), coreModules.flatMap(m => m.edges))

export const reportModule: DomainModule = {
  name: 'report',
  entities: [],
  types: [Ratio, RiskPointAggregate, RiskPointFigures, RiskPointGroup, RiskPointGroupKey],
  resolvers: [RiskPointAggregateResolver],
  create: db => [new RiskPointAggregateResolver(new RiskPointAggregateService(db, model().of('RiskPoint')))],
  reads: [],
  edges: [],
  // Reporting tools read figures of registers whose single rows they may not read.
  permissions: { Query: { riskPointAggregate: [...REGISTER_READERS, 'REPORTING_CLIENT'] } },
}
