import { auditModule } from './audit'
import { divisionModule } from './division'
import type { DomainModule } from './module'
import { personModule } from './person'
import { positionModule } from './position'
import { powerModule } from './power'
import { riskModule } from './risk'
import { unitModule } from './unit'
import { villageSupervisorModule } from './village-supervisor'

/** Every module of the core, parents before their children. */
export const coreModules: readonly DomainModule[] = [
  auditModule, divisionModule, unitModule, positionModule, personModule, villageSupervisorModule, powerModule, riskModule,
]
