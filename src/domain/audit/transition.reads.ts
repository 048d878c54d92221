import { instant, noun, text, type Edge } from '../../core/reads'
import { REGISTER_READERS } from '../../auth/roles'

export const transitionReads = noun({
  type: 'Transition', prefix: 'tr', table: 'state_transition',
  scope: { by: 'unit', column: 'unit_id' },
  // Units have a life cycle too, and their administrators read no registers.
  permission: [...REGISTER_READERS, 'PLATFORM_ADMIN'],
  columns: {
    id: { kind: 'id' }, command: text(), fromState: text(), toState: text(), at: instant(), actor: text(), opinion: text({ nullable: true }),
  },
  edges: {},
  filters: { command: { type: 'text' }, at: { type: 'instant' } },
  orders: { AT: { type: 'instant', sql: 'at' } },
})

/** The `transitions` edge of everything `Stateful`. */
export const transitions: Edge = {
  card: 'connection', to: 'Transition', by: 'subject_id', description: 'Its state changes, oldest first（状态流转）.',
  sameScope: 'a state change carries the unit of its object',
}
