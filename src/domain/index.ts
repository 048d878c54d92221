import { accountabilityModule } from './accountability'
import { approvalModule } from './approval'
import { auditModule } from './audit'
import { calendarModule } from './calendar'
import { campaignModule } from './campaign'
import { caseModule } from './case'
import { clueModule } from './clue'
import { codeListModule } from './code-list'
import { collaborationModule } from './collaboration'
import { divisionModule } from './division'
import { dutyReportModule } from './duty-report'
import { eventModule } from './event'
import { evidenceModule } from './evidence'
import { grantModule } from './grant'
import { hearingModule } from './hearing'
import { inboxModule, sourcesOf } from './inbox'
import { indicatorModule } from './indicator'
import { jobModule } from './job'
import { letterModule } from './letter'
import { loopModule } from './loop'
import type { DomainModule } from './module'
import { personModule } from './person'
import { positionModule } from './position'
import { powerModule } from './power'
import { rectificationModule } from './rectification'
import { responsibilityModule } from './responsibility'
import { riskModule } from './risk'
import { ruleModule } from './rule'
import { serviceAccountModule } from './service-account'
import { supervisionModule } from './supervision'
import { unitModule } from './unit'
import { villageSupervisorModule } from './village-supervisor'

const nounModules: readonly DomainModule[] = [
  auditModule, approvalModule, divisionModule, unitModule, positionModule, personModule, grantModule, serviceAccountModule, villageSupervisorModule, powerModule, riskModule, responsibilityModule,
  evidenceModule, indicatorModule,
  calendarModule,
  eventModule,
  codeListModule,
  ruleModule,
  rectificationModule,
  supervisionModule,
  collaborationModule,
  letterModule,
  clueModule,
  accountabilityModule,
  caseModule,
  dutyReportModule,
  hearingModule,
  campaignModule,
  loopModule,
  jobModule,
]

const nouns = nounModules.flatMap(m => m.reads)

/** Every module of the core, parents before their children. */
export const coreModules: readonly DomainModule[] = [...nounModules, inboxModule(nouns)]

/** What of the core waits for people: the database follows it from the start on. */
export const inboxSources = sourcesOf(nouns)
