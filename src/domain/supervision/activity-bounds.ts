import { AppError, type Violation } from '../../core/errors'
import type { Transaction } from '../../database/transaction'
import { requireCodes } from '../code-list'
import { fitsMode, INNER_TYPES, MODES, ruleBinding, type RuleInForce, type RuleItemRow, type SupervisionModeCode, type SupervisionType } from '../rule'
import { isInner, leads, objectsOf, takesPart, type Body, type ObjectUnit } from './bodies'

/** What INV-03 looks at. */
export interface Plan {
  readonly lead: Body
  /** Without those that joined because their own activity was merged into this one. */
  readonly partners: readonly Body[]
  readonly objectIds: readonly string[]
  readonly mode: SupervisionModeCode | null
  readonly types: readonly SupervisionType[]
  readonly matters: readonly string[]
  readonly ways: readonly string[]
  readonly means: readonly string[]
}

export interface Bounds {
  readonly rule: RuleInForce | null
  readonly violations: Violation[]
}

/** INV-03 on a day: which work rule binds the leading body, and everything of the plan that lies outside of it. */
export async function boundsOf(tx: Transaction, plan: Plan, on: string): Promise<Bounds> {
  await requireCodes(tx, 'SUPERVISION_MATTER', plan.matters.map((code, i) => [`matterCodes.${i}`, code] as const), on)
  const [rule, objects] = [await ruleBinding(tx, plan.lead, on), await objectsOf(tx, plan.lead, plan.objectIds, on)]
  return { rule, violations: [...bodyFaults(plan), ...objectFaults(plan, rule, objects), ...ruleFaults(plan, rule, objects)] }
}

export function refuseOutside(violations: readonly Violation[]): void {
  if (violations.length) throw new AppError('BAD_INPUT', violations[0]!.message, { violations: [...violations] })
}

const fault = (path: string, message: string): Violation => ({ path, rule: 'INV-03', message })

function bodyFaults({ lead, partners, objectIds, mode, types }: Plan): Violation[] {
  const found: Violation[] = []
  if (!leads(lead.kind) || lead.state !== 'ACTIVE') found.push(fault('leadUnitId', `A ${lead.kind} leads no supervision.`))
  partners.forEach((p, i) => {
    if (p.id === lead.id || p.state !== 'ACTIVE' || !takesPart(p.kind)) found.push(fault(`partnerUnitIds.${i}`, 'A partner is another body that supervises.'))
    // A partner reads the plan before the visit.
    else if (objectIds.includes(p.id)) found.push(fault(`partnerUnitIds.${i}`, 'Who is visited is no partner of the visit.'))
  })
  if (mode !== null && !fitsMode(mode, lead.kind, partners.map(p => p.kind))) {
    found.push(fault('mode', `${mode} is led by one of ${MODES[mode].leadKinds.join(', ')} with at least one partner, each of ${MODES[mode].partnerKinds.join(', ')}.`))
  }
  types.forEach((type, i) => {
    if (INNER_TYPES.includes(type) !== isInner(lead.kind)) found.push(fault(`types.${i}`, `${type} is no supervision of a ${lead.kind}.`))
  })
  return found
}

/** Whom the body supervises on the day, and whom its rule names. */
function objectFaults({ objectIds }: Plan, rule: RuleInForce | null, objects: ReadonlyMap<string, ObjectUnit>): Violation[] {
  const named = rule?.items.filter(i => i.section === 'OBJECTS')
  return objectIds.flatMap((id, i) => {
    const unit = objects.get(id)!
    if (unit.state !== 'ACTIVE' || !(unit.inTerritory || unit.relations.length)) return [fault(`objectUnitIds.${i}`, 'The leading body does not supervise this unit on that day.')]
    return !named || named.some(item => names(item, unit)) ? [] : [fault(`objectUnitIds.${i}`, 'The work rule of the leading body does not name this unit among its objects.')]
  })
}

/** A body that heads the territory stands in every relation that its offices and groups stand in for it. */
const names = ({ unit_kinds, relation_kinds }: RuleItemRow, { kind, relations, inTerritory }: ObjectUnit): boolean =>
  (!unit_kinds.length || unit_kinds.includes(kind)) && (!relation_kinds.length || inTerritory || relation_kinds.some(r => relations.includes(r)))

function ruleFaults({ lead, matters, ways, means }: Plan, rule: RuleInForce | null, objects: ReadonlyMap<string, ObjectUnit>): Violation[] {
  if (!rule) {
    if (isInner(lead.kind) && lead.kind !== 'INSPECTION_OFFICE') return [fault('leadUnitId', 'No work rule for this body is in force on that day.')]
    return [...ways.map((_, i) => `wayCodes.${i}`), ...means.map((_, i) => `meansCodes.${i}`)].map(path => fault(path, 'The leading body has no work rule that names ways and means.'))
  }
  const has = (section: RuleItemRow['section'], code: string): boolean => rule.items.some(i => i.section === section && i.code === code)
  return [
    ...matters.flatMap((code, i) => (coversMatter(rule, code, objects) ? [] : [fault(`matterCodes.${i}`, 'The work rule of the leading body does not name this matter for every one of these units.')])),
    ...ways.flatMap((code, i) => (has('WAYS', code) ? [] : [fault(`wayCodes.${i}`, 'The work rule of the leading body has no such way.')])),
    ...means.flatMap((code, i) => (has('MEANS', code) ? [] : [fault(`meansCodes.${i}`, 'The work rule of the leading body has no such means.')])),
  ]
}

/** An item that names a sector is about units of that sector. */
const coversMatter = (rule: RuleInForce, code: string, objects: ReadonlyMap<string, ObjectUnit>): boolean => {
  const items = rule.items.filter(i => i.section === 'MATTERS' && i.matter_code === code)
  return [...objects.values()].every(unit => items.some(i => i.sector_code === null || unit.sector_codes.includes(i.sector_code)))
}
