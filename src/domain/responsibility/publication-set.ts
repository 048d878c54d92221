import { contentHash, type ChainSubject, type Rows, type Submission } from '../approval'
import { contentsOf } from './list-content'
import { cycleSubject, listInChain } from './list-moves'
import { publicationChain } from './responsibility.chains'
import { cyclesWithLists, listsById, type CycleRow, type ListRow } from './responsibility.repository'
import { ListKind } from './responsibility.types'

export const KINDS = Object.keys(ListKind) as ListKind[]
/** The lists of a unit-year that are, or would be, published together. */
export type PublicationSet = Partial<Record<ListKind, ListRow>>

/** Of each kind the approved version, else the published one, else whatever there is (which the gate then names). */
export function toPublish(lists: readonly ListRow[]): PublicationSet {
  const first = (kind: ListKind, state: string) => lists.find(l => l.kind === kind && l.state === state)
  return Object.fromEntries(KINDS.map(kind => [kind, first(kind, 'APPROVED') ?? first(kind, 'PUBLISHED') ?? lists.find(l => l.kind === kind)]))
}

/** What both sides confirm: these versions with their approved content. Null while one is missing or not approved. */
export function hashOfSet(set: PublicationSet): string | null {
  const lists = KINDS.map(kind => set[kind])
  return lists.every(l => l?.content_hash != null) ? contentHash(KINDS.map(kind => [set[kind]!.id, set[kind]!.content_hash])) : null
}

/** A unit-year as it goes through the chain of the joint publication: open while an approved version waits for it. */
export function cycleInChain(cycle: CycleRow, set: PublicationSet): ChainSubject {
  return {
    ...cycleSubject(cycle), chain: publicationChain, authors: [],
    paths: { SUBJECT_UNIT: cycle.unit_path, OWNER_UNIT: set.SUPERVISION_RESPONSIBILITY?.owner_path ?? cycle.unit_path },
    open: ['PREPARING', 'IN_FORCE'].includes(cycle.state) && hashOfSet(set) !== null && KINDS.some(kind => set[kind]!.state === 'APPROVED'),
  }
}

export async function listSubmissions(q: Rows, ids: readonly string[]): Promise<Submission[]> {
  const lists = await listsById(q, ids)
  const contents = await contentsOf(q, lists)
  return lists.map((list, i) => ({ subject: listInChain(list, contents[i]!.enteredBy), hash: contents[i]!.hash }))
}

export async function cycleSubmissions(q: Rows, ids: readonly string[]): Promise<Submission[]> {
  return (await cyclesWithLists(q, ids)).map(({ cycle, lists }) => {
    const set = toPublish(lists)
    return { subject: cycleInChain(cycle, set), hash: hashOfSet(set) }
  })
}
