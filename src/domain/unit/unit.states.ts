import { defineMachine } from '../../core/states'

/** The life of a unit. Being merged or dissolved is final: a unit that comes back is a new one. */
export const unitMachine = defineMachine({
  name: 'Unit',
  initial: 'ACTIVE',
  states: {
    ACTIVE: 'Exists and works (存续)',
    MERGED: 'Went into another unit, its successor (已合并)',
    DISSOLVED: 'Was dissolved; its successor, if any, has taken over its tasks (已撤销)',
  },
  follows: [{ from: [], to: 'ACTIVE', when: 'registerUnit' }],
  awaits: { ACTIVE: 'it works' },
  commands: {
    editUnit: { from: ['ACTIVE'], to: null, roles: ['PLATFORM_ADMIN'], guards: ['INV-41'], description: 'Changes what is written about a unit (修改单位信息); its code stays.' },
    moveUnit: { from: ['ACTIVE'], to: null, roles: ['PLATFORM_ADMIN'], guards: ['the new parent is active and not inside the unit'], description: 'Puts a unit with everything below it under another territorial parent (调整隶属关系).' },
    mergeUnit: { from: ['ACTIVE'], to: 'MERGED', roles: ['PLATFORM_ADMIN'], guards: ['no active unit below it', 'the successor is active'], description: 'Ends a unit that goes into its successor (合并单位).' },
    dissolveUnit: { from: ['ACTIVE'], to: 'DISSOLVED', roles: ['PLATFORM_ADMIN'], guards: ['no active unit below it', 'the successor, if any, is active'], description: 'Ends a unit (撤销单位).' },
  },
})
export type UnitStateName = keyof typeof unitMachine.states
