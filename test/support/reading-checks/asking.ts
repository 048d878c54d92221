import type { Actor } from '../../../src/core/actor'
import type { ReadingWorld, Which } from '../reading-world'

/**
 * What must hold of every answer, told by plain SQL that shares nothing with the code under test. Each check throws when it does not
 * hold; the planted mutants show that each would notice.
 */
export type Check = (world: ReadingWorld, which: Which) => Promise<void>

export interface PageOf { nodes: { id: string }[]; edges: { cursor: string; node: { id: string } }[]; totalCount: number; pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null } }
const PAGE = 'nodes { id } edges { cursor node { id } } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }'
export const scopeSql = (actor: Pick<Actor, 'scope'>, path: string): string => (actor.scope.length ? `(${actor.scope.map(p => `${path} LIKE '${p}%'`).join(' OR ')})` : 'false')

/** A list, where it stands, and the ids that it must hold in order. */
export interface List { of: string; args?: string; on?: string; ids: string[]; actor: Actor }

export async function page(w: ReadingWorld, which: Which, list: List, args: string, selection = PAGE): Promise<PageOf> {
  const all = [list.args, args].filter(Boolean).join(', ')
  const field = `${list.of}${all ? `(${all})` : ''} { ${selection} }`
  const data = await w.data<Record<string, unknown>>(which, `{ ${list.on ? `${list.on} { ${field} }` : field} }`, { actor: list.actor })
  return (list.on ? (Object.values(data)[0] as Record<string, unknown>)[list.of] : data[list.of]) as PageOf
}

export const rowIds = (nodes: readonly { id: string }[]): string[] => nodes.map(n => n.id.slice(-36))
