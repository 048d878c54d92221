import type { EventKind } from '../core/events'
import { grantEvents } from '../auth/auth.events'
import { evidenceEvents } from '../domain/evidence/evidence.events'
import { personEvents } from '../domain/person/person.events'
import { positionEvents } from '../domain/position/position.events'
import { powerEvents } from '../domain/power/power.events'
import { cycleEvents, dutyEvents, listEvents } from '../domain/responsibility/responsibility.events'
import { riskEvents } from '../domain/risk/risk.events'
import { ruleEvents } from '../domain/rule/supervision-rule.events'
import { unitEvents } from '../domain/unit/unit.events'
import { villageSupervisorEvents } from '../domain/village-supervisor/village-supervisor.events'

/** What plugins may listen to. Of closed realms they hear nothing: what is not named here is not for them. */
export const coreEvents = {
  unit: unitEvents, position: positionEvents, person: personEvents, villageSupervisor: villageSupervisorEvents, grant: grantEvents, power: powerEvents, risk: riskEvents,
  list: listEvents, duty: dutyEvents, cycle: cycleEvents, evidence: evidenceEvents, rule: ruleEvents,
} as const

/** The types of all of them. */
export const audibleTypes: ReadonlySet<string> = new Set(Object.values(coreEvents).flatMap(kinds => Object.values<EventKind>(kinds)).map(kind => kind.type))

/** Types of events of one's own begin with the plugin's name: `HealthProcurementContract.imported`. */
export const isOwnEvent = (plugin: string, type: string): boolean => {
  const prefix = plugin.split('-').map(word => word[0]!.toUpperCase() + word.slice(1)).join('')
  return new RegExp(`^${prefix}(?![a-z])[A-Za-z]*\\.[a-zA-Z_]+$`).test(type)
}
