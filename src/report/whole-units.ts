import type { GraphQLResolveInfo } from 'graphql'
import { rowIdOf } from '../core/ids'
import type { RequestContext } from '../core/request'
import type { Unit } from '../domain/unit'
import { KNOWN_OF_UNITS } from './risk-point-aggregate.sql'
import { fieldsBelow } from './selection'

/** Names and codes of units come with the figures; for anything else of them they are read, all in one statement. */
export async function wholeUnits(ctx: RequestContext, info: GraphQLResolveInfo, counted: readonly (Unit | null)[]): Promise<(Unit | null)[]> {
  if ([...fieldsBelow(info, ['groups', 'unit'])].every(f => f === '__typename' || (KNOWN_OF_UNITS as readonly string[]).includes(f))) return [...counted]
  const ids = [...new Set(counted.flatMap(u => (u ? [rowIdOf('unit', u.id)!] : [])))]
  const read = new Map((await ctx.read.many('Unit', ids)).map((unit, i) => [ids[i]!, unit as Unit | null]))
  return counted.map(u => u && (read.get(rowIdOf('unit', u.id)!) ?? null))
}
