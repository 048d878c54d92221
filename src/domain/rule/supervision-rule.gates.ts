import type { Violation } from '../../core/errors'
import { FaultKind, SupervisionRuleSection } from './supervision-rule.types'

/** Dates of a version as far as INV-02 looks at them. `effective_to`: the first day on which it no longer binds. */
export interface Span {
  readonly effective_from: string
  readonly effective_to: string | null
}

/** INV-01: each of the six sections has an item, and the triggers cover all three faults. Everything that is missing, at once. */
export function incompleteRule(items: readonly { section: SupervisionRuleSection; fault_kind: FaultKind | null }[]): Violation[] {
  const sections = new Set(items.map(i => i.section))
  const faults = new Set(items.map(i => i.fault_kind))
  return [
    ...(Object.keys(SupervisionRuleSection) as SupervisionRuleSection[]).filter(s => !sections.has(s))
      .map(s => ({ path: `sections.${s}`, rule: 'INV-01', message: `The section ${s} has no item.` })),
    ...(Object.keys(FaultKind) as FaultKind[]).filter(f => !faults.has(f))
      .map(f => ({ path: 'sections.ACCOUNTABILITY_TRIGGERS', rule: 'INV-01', message: `No accountability trigger names the fault ${f}.` })),
  ]
}

/**
 * INV-02: on no day two rules of one kind by one body. `before`: the version in force, which ends where this one begins; `others`: published
 * versions that have ended or will.
 */
export function overlapping(rule: Pick<Span, 'effective_from'>, before: Span | null, others: readonly Span[]): Violation[] {
  const refuse = (message: string): Violation[] => [{ path: 'effectiveFrom', rule: 'INV-02', message }]
  if (before && rule.effective_from <= before.effective_from) return refuse(`The version before it binds from ${before.effective_from} on; this one must begin later.`)
  const last = others.filter(o => o.effective_to! > o.effective_from && o.effective_to! > rule.effective_from).map(o => o.effective_to!).sort().at(-1)
  return last === undefined ? [] : refuse(`Another version binds until ${last}; this one cannot begin before that day.`)
}
