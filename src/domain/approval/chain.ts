import { holds, type Actor, type Role } from '../../core/actor'
import { codeList, type Label } from '../labels'
import type { ApprovalDecision, ApprovalHindrance, ApprovalPlace, ApprovalStepState } from './approval.types'

/** What the people of a step can say. VOIDED is nobody's to say: edits do that. */
export type Verdict = Exclude<ApprovalDecision, 'VOIDED'>

export interface ChainStep {
  /** Code, unique among all chains; kept in every decision. */
  readonly step: string
  readonly label: Label
  /** Each of `at` asks for one of these. */
  readonly roles: readonly Role[]
  readonly at: readonly ApprovalPlace[]
  /** Four eyes: not whoever made the content (`AUTHORS`), nor whoever's approval stands at these other steps. */
  readonly apartFrom: readonly string[]
  /** The named commands that decide it. */
  readonly commands: Readonly<Partial<Record<Verdict, string>>>
}

/**
 * Who must approve a thing, declared as data like a state table. An approval binds the hash of the content; whatever changes the content
 * voids the approvals, and returning or rejecting at one step voids those of the others: a chain is complete for one content or not at all.
 */
export interface Chain {
  readonly name: string
  /** SM number, told in refusals. */
  readonly rule: string
  /** In order: a step is decided when all before it are approved on the same content. */
  readonly order: 'IN_ORDER' | 'ANY_ORDER'
  readonly steps: readonly ChainStep[]
}

const AUTHORS = 'AUTHORS'
const chains = new Map<string, Chain>()
const labels: Record<string, Label> = {}

/** Every chain declared so far. */
export const declaredChains = (): Chain[] => [...chains.values()]

/** Declares a chain; its steps appear in `vocabulary`, list `ApprovalStep`. */
export function defineChain(chain: Chain): Chain {
  const names = chain.steps.map(s => s.step)
  const wrong = chain.steps.flatMap(s => [
    ...(s.roles.length && s.at.length ? [] : [`${s.step} asks nobody`]),
    ...(s.commands.APPROVED ? [] : [`no command approves ${s.step}`]),
    ...s.apartFrom.filter(other => other !== AUTHORS && (other === s.step || !names.includes(other))).map(other => `${s.step} is apart from ${other}, which is no other step`),
  ])
  if (!names.length || new Set(names).size < names.length) wrong.push('it needs steps, each once')
  if (wrong.length) throw new Error(`The approval chain ${chain.name} cannot stand: ${wrong.join('; ')}.`)
  chains.set(chain.name, Object.freeze(chain))
  for (const { step, label } of chain.steps) labels[step] = label
  codeList('ApprovalStep', 'Step of a chain of approval（审批环节）.', { ...labels })
  return chain
}

/** What goes through a chain, as it is now. */
export interface ChainSubject {
  /** GraphQL type. */
  readonly type: string
  /** Row id. */
  readonly id: string
  readonly unitId: string
  readonly chain: Chain
  /** Unit paths on which steps ask their roles. */
  readonly paths: Readonly<Record<ApprovalPlace, string>>
  /** Everybody who made or submitted the content. */
  readonly authors: readonly string[]
  /** Its state lets steps be decided now: it was submitted and is not through. */
  readonly open: boolean
}

/** The last decision at a step. */
export interface DecisionRow {
  readonly id: string
  readonly subject_id: string
  readonly step: string
  readonly seq: number
  readonly decision: ApprovalDecision
  readonly content_hash: string
  readonly actor: string
  /** Null: decided in this transaction. */
  readonly at: string | null
}
/** Last decisions by step. */
export type Decisions = ReadonlyMap<string, DecisionRow>

/** A subject with the last decisions on it and the hash of its content now; null while there is no content to decide on. */
export interface Standing {
  readonly subject: ChainSubject
  readonly decisions: Decisions
  readonly hash: string | null
}

/** Does the decision still count? An approval of anything else, or one that was voided, does not. */
const approves = (decision: DecisionRow | undefined, hash: string | null): boolean =>
  hash !== null && decision?.decision === 'APPROVED' && decision.content_hash === hash

/** Every step is approved, on exactly this content. */
export const isComplete = ({ subject, decisions, hash }: Standing): boolean => subject.chain.steps.every(s => approves(decisions.get(s.step), hash))

const earlierMissing = ({ subject: { chain }, decisions, hash }: Standing, step: ChainStep): boolean =>
  chain.order === 'IN_ORDER' && chain.steps.slice(0, chain.steps.indexOf(step)).some(s => !approves(decisions.get(s.step), hash))

export function stateOf(standing: Standing, step: ChainStep): ApprovalStepState {
  const { subject, decisions, hash } = standing
  const last = decisions.get(step.step)
  if (subject.open && !approves(last, hash)) return earlierMissing(standing, step) ? 'NOT_YET' : 'PENDING'
  return last?.decision ?? 'NOT_YET'
}

/** The step's last decision was made on other content than there is now. */
export const contentChanged = ({ decisions, hash }: Standing, step: ChainStep): boolean => {
  const last = decisions.get(step.step)
  return last !== undefined && last.content_hash !== hash
}

export const hasRole = (subject: ChainSubject, step: ChainStep, actor: Actor): boolean =>
  step.at.every(place => holds(actor, step.roles, subject.paths[place]))

/** Whom four eyes keep from this step. */
export function kept({ subject, decisions, hash }: Standing, step: ChainStep): string[] {
  return step.apartFrom.flatMap(other => {
    if (other === AUTHORS) return subject.authors
    const decided = decisions.get(other)
    return approves(decided, hash) ? [decided!.actor] : []
  })
}

/** Why the actor may not decide the step now; null: they may. The one answer for the command that decides and for what a front end shows. */
export function hindrance(standing: Standing, step: ChainStep, actor: Actor): ApprovalHindrance | null {
  const { subject, decisions, hash } = standing
  if (!hasRole(subject, step, actor)) return 'ROLE'
  if (approves(decisions.get(step.step), hash)) return 'ALREADY_APPROVED'
  if (!subject.open || hash === null) return 'NOT_OPEN'
  if (earlierMissing(standing, step)) return 'EARLIER_STEP'
  return kept(standing, step).includes(actor.ref) ? 'FOUR_EYES' : null
}
