import type { GraphQLSchema } from 'graphql'
import { machinesOf, type Noun } from '../core/reads'
import type { Transition } from '../core/states'

/** Puts into the description of each mutation what its state table says: in which states, by which roles, with what, and by whom not. */
export function describeCommands(schema: GraphQLSchema, nouns: readonly Noun[]): void {
  const tables = [...new Set(nouns.flatMap(machinesOf))]
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const rows = tables.flatMap(({ commands }) => commands[field.name] ?? [])
    if (rows.length) field.description = `${field.description ?? ''} ${factsOf(rows)}`.trim()
  }
}

/** Kinds of one thing may share a command: what any of them allows. */
function factsOf(rows: readonly Transition<string>[]): string {
  const all = (of: (t: Transition<string>) => readonly string[] | undefined): string => [...new Set(rows.flatMap(t => of(t) ?? []))].join(', ')
  const [states, sides, not] = [all(t => t.from), all(t => (t.side === undefined ? [] : [t.side])), all(t => t.notWhoDid)]
  return [
    states && `In ${states}`, `by ${all(t => t.roles)}${sides && ` on the side ${sides}`}`, not && `not by whoever gave ${not}`, rows.some(t => t.needsOpinion) && 'with an opinion',
  ].filter(Boolean).join('; ').replace(/^b/, 'B') + '.'
}
