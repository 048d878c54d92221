import { prefixOf } from '../../core/ids'
import type { Register } from '../../database/locate'
import type { FindingOutcomeKind } from './supervision-finding.types'

/** A noun that may follow from a finding. Its rows carry `unit_id` and `state`. */
export interface FindingTarget extends Register {
  readonly kind: FindingOutcomeKind
  /** Its states in which nothing more is expected. */
  readonly settled: readonly string[]
  /** The column of the unit that has to do it, which then is the unit of the finding. */
  readonly aboutUnit?: string
  /** Its rows lie in a closed realm: the state and the history of the finding, which others read, do not tell of them. */
  readonly closed?: true
}

const targets = new Map<string, FindingTarget>()

/** Lets a noun follow from findings. Its module says through `followOpened` and `followOutcome` when one names a finding as its source, and when one is settled. */
export function followsFromFindings(target: FindingTarget): void {
  const other = targets.get(target.prefix)
  if (other && other.table !== target.table) throw new Error(`${other.table} and ${target.table} have the same prefix ${target.prefix}.`)
  targets.set(target.prefix, Object.freeze({ ...target }))
}

export const targetWith = (prefix: string): FindingTarget | undefined => targets.get(prefix)

/** What a global id names, when it may follow from a finding. */
export const findingTarget = (id: unknown): FindingTarget | null => targets.get(prefixOf(id) ?? '') ?? null
