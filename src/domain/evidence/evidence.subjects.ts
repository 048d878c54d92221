import { holds, type Actor, type Role } from '../../core/actor'
import { prefixOf } from '../../core/ids'
import type { NounEdge } from '../../core/reads'

/** A noun that evidence can be attached to. Its rows carry `unit_id`: evidence has the scope of its subject. */
export interface EvidenceSubject {
  /** GraphQL type, kept in `evidence.subject_type`. */
  readonly type: string
  /** Chinese term, for the description of the edge. */
  readonly zh: string
  /** Prefix of its global ids. */
  readonly prefix: string
  readonly table: string
  /** Who attaches evidence to it, on its unit. */
  readonly roles: readonly Role[]
  /** Who else does, on the unit in another column: the one whose duty it is, where that is not the one that it is about. */
  readonly owner?: { readonly at: string; readonly roles: readonly Role[] }
  /** Its rows only grow in number: they need (and allow) no lock while evidence is attached. */
  readonly appendOnly?: true
}

const subjects = new Map<string, EvidenceSubject>()
const TABLE = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/

/**
 * Lets a noun have evidence. Returns the edges from it to its evidence and back, for the `edges` of the caller's module.
 *
 * @example
 * edges: [...taskEdges, ...acceptEvidence({ type: 'RectificationTask', zh: '整改任务', prefix: 'rt', table: 'rectification_task', roles: ['DUTY_OWNER'] })]
 */
export function acceptEvidence(subject: EvidenceSubject): NounEdge[] {
  const other = subjects.get(subject.prefix)
  if (other && other.type !== subject.type) throw new Error(`Evidence subjects ${other.type} and ${subject.type} have the same prefix ${subject.prefix}.`)
  if (!TABLE.test(subject.table)) throw new Error(`${subject.table} is not the name of a table.`)
  subjects.set(subject.prefix, Object.freeze({ ...subject }))
  const sameScope = 'evidence carries the unit of its subject'
  // Row ids are unique across tables: of the edges back, the one to the subject's own type finds a row.
  return [
    { on: subject.type, field: 'evidence', edge: { card: 'connection', to: 'Evidence', by: 'subject_id', description: 'Evidence for it, withdrawn pieces too, oldest first（佐证材料）.', sameScope } },
    {
      on: 'Evidence', field: subject.type[0]!.toLowerCase() + subject.type.slice(1),
      edge: { card: 'one', to: subject.type, key: 'subject_id', nullable: true, description: `Its subject, when that is a ${subject.type}（${subject.zh}）.`, sameScope },
    },
  ]
}

/** What a global id names, when it can have evidence. */
export const subjectOf = (id: unknown): EvidenceSubject | null => subjects.get(prefixOf(id) ?? '') ?? null
export const evidenceSubjects = (): EvidenceSubject[] => [...subjects.values()]

export const attachers = ({ roles, owner }: EvidenceSubject): readonly Role[] => [...(owner?.roles ?? []), ...roles]

/** Roles that may attach evidence to anything at all: the coarse question of the shield. */
export const attachingRoles = (): Role[] => [...new Set(evidenceSubjects().flatMap(attachers))]

/** May the actor attach evidence to this row? */
export const mayAttach = (actor: Actor, { roles, owner }: EvidenceSubject, row: SubjectPaths): boolean =>
  holds(actor, roles, row.unit_path) || (owner !== undefined && row.owner_path !== null && holds(actor, owner.roles, row.owner_path))

export interface SubjectPaths { unit_path: string; owner_path: string | null }
