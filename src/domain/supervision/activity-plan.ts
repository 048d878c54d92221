import { enter } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import type { RuleInForce } from '../rule'
import type { Plan } from './activity-bounds'
import { ACTIVITY, objectIdsOf, type ActivityRow, type PartnerRow } from './activity.repository'
import type { PlanSupervisionActivityInput } from './supervision-activity.inputs'
import { supervisionActivityMachine } from './supervision-activity.states'
import { activityEvents } from './supervision.events'

const columnsOf = ({ mode, types, matters, ways, means }: Plan): Values => ({ mode_code: mode, type_codes: types, matter_codes: matters, way_codes: ways, means_codes: means })

/** A new activity with its partners, objects and slots. */
export function writePlan(tx: Transaction, plan: Plan, rule: RuleInForce | null, input: PlanSupervisionActivityInput): string {
  const { lead } = plan
  const id = tx.insert(ACTIVITY.table, {
    unit_id: lead.id, lead_name_zh: lead.name_zh, title_zh: input.title, purpose_zh: input.purpose ?? null, rule_id: rule?.id ?? null, rule_kind: rule?.kind ?? null, ...columnsOf(plan),
    planned_from: input.plannedFrom, planned_to: input.plannedTo, state: supervisionActivityMachine.initial, is_synthetic: input.isSynthetic,
  })
  for (const p of plan.partners) addPartner(tx, id, lead.id, p)
  tx.linkMany('supervision_activity_object', plan.objectIds.map(unit_id => ({ activity_id: id, unit_id })))
  fillSlots(tx, id, plan, input.plannedFrom, input.plannedTo)
  tx.emit(activityEvents.planned, { subjectId: id, unitId: lead.id })
  return id
}

/** Another plan: whatever was coordinated and confirmed of the old one is void. Those that merged into it stay. */
export async function changePlan(tx: Transaction, activity: ActivityRow, present: readonly PartnerRow[], plan: Plan, changes: Values): Promise<void> {
  const { id, unit_id } = activity
  const days = changes as { planned_from: string; planned_to: string }
  for (const p of present) {
    if (p.merged_from_id !== null || plan.partners.some(w => w.id === p.unit_id)) tx.update('supervision_activity_partner', p, { plan_confirmed_at: null, plan_confirmed_by: null })
    else tx.unlink('supervision_activity_partner', { activity_id: id, unit_id: p.unit_id })
  }
  for (const p of plan.partners) if (!present.some(w => w.unit_id === p.id)) addPartner(tx, id, unit_id, p)
  const objects = await objectIdsOf(tx, id)
  for (const unit of objects) if (!plan.objectIds.includes(unit)) tx.unlink('supervision_activity_object', { activity_id: id, unit_id: unit })
  tx.linkMany('supervision_activity_object', plan.objectIds.filter(u => !objects.includes(u)).map(u => ({ activity_id: id, unit_id: u })))
  tx.unlink('supervision_slot', { activity_id: id })
  tx.barrier()
  fillSlots(tx, id, plan, days.planned_from, days.planned_to)
  const version = activity.row_version
  enter(tx, { table: ACTIVITY.table, type: 'SupervisionActivity' }, activity, 'PLANNED', { changes: { ...changes, ...columnsOf(plan) } })
  if (activity.row_version === version) tx.touch(ACTIVITY.table, activity)
  tx.emit(activityEvents.planChanged, { subjectId: id, unitId: unit_id })
}

const addPartner = (tx: Transaction, activityId: string, leadId: string, { id, name_zh }: { id: string; name_zh: string }): string =>
  tx.insert('supervision_activity_partner', { activity_id: activityId, lead_unit_id: leadId, unit_id: id, name_zh })

/** Where the activity is about what, for the check of INV-04. */
function fillSlots(tx: Transaction, activityId: string, { lead, objectIds, matters }: Plan, from: string, to: string): void {
  const days = `[${from},${to}]`
  tx.linkMany('supervision_slot', objectIds.flatMap(unit_id => matters.map(matter_code => ({ activity_id: activityId, lead_unit_id: lead.id, unit_id, matter_code, days }))))
}
