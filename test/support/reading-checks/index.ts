import type { Check } from './asking'
import { backwards, boundaries, walks } from './lists'
import { edges, scopeWalkOf, widening } from './scope'
import { ancestors, commands, filters, values } from './values'

export const CHECKS = {
  boundaries, walks, edges, widening, filters, values, commands, ancestors,
  'scope of a county': scopeWalkOf(['county']),
  'scope of several paths': scopeWalkOf(['several']),
  'scope of the wide and the blind': scopeWalkOf(['severalWide', 'whole', 'blind']),
} satisfies Record<string, Check>
/** What only the resolvers answer. */
export const RESOLVER_CHECKS = { backwards } satisfies Record<string, Check>
export type CheckName = keyof typeof CHECKS
