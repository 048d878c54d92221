import type { Role } from '../../core/actor'
import { defineMachine, type Machine, type Transition } from '../../core/states'
import { deciders, listChains } from './responsibility.chains'

const states = {
  DRAFT: 'Being drawn up (草稿)',
  UNDER_REVIEW: 'Submitted for approval (审核中)',
  APPROVED: 'Approved, waits for joint publication (已审定)',
  PUBLISHED: 'Published together with the other lists (已公布)',
  SUPERSEDED: 'Replaced by a later version (已被替代)',
  WITHDRAWN: 'Taken back before approval (已撤回)',
}
export type ListState = keyof typeof states
const table = <const C extends string>(commands: Record<C, Transition<ListState>>): Record<C, Transition<ListState>> => commands

/** Content of main-responsibility and supervision lists (INV-06). */
const itemCommands = table({
  addDutyItem: { from: ['DRAFT', 'APPROVED'], to: 'DRAFT', roles: ['UNIT_EDITOR'], guards: ['INV-06'], description: 'Adds a duty item; on an approved list the approval is voided (新增责任事项).' },
  editDutyItem: { from: ['DRAFT', 'APPROVED'], to: 'DRAFT', roles: ['UNIT_EDITOR'], guards: ['INV-06'], description: 'Changes a duty item or who answers for it; on an approved list the approval is voided (修改责任事项).' },
  removeDutyItem: { from: ['DRAFT', 'APPROVED'], to: 'DRAFT', roles: ['UNIT_EDITOR'], description: 'Takes a duty item off the list; on an approved list the approval is voided (删除责任事项).' },
})

/** Content of power-risk-control lists (INV-06). */
const powerCommands = table({
  setListPowers: { from: ['DRAFT', 'APPROVED'], to: 'DRAFT', roles: ['UNIT_EDITOR'], guards: ['INV-06'], description: 'Chooses the powers that the list shows; on an approved list the approval is voided (选定清单职权).' },
})

/** Everybody who ever drew up or submitted a version. */
const EDITORS = [{ column: 'edited_by', all: true }] as const
const didBy = {
  draftResponsibilityList: [{ column: 'created_by' }], submitResponsibilityList: [{ column: 'submitted_by' }, ...EDITORS],
  addDutyItem: EDITORS, editDutyItem: EDITORS, removeDutyItem: EDITORS, setListPowers: EDITORS,
}

const follows = [
  { from: [], to: 'DRAFT', when: 'draftResponsibilityList, or reviseResponsibilityList of the version before' },
  { from: ['APPROVED'], to: 'PUBLISHED', when: 'confirmJointPublication of the unit-year by its second side' },
  { from: ['PUBLISHED'], to: 'SUPERSEDED', when: 'a later version is published' },
] as const

const awaits = {
  DRAFT: ['submitResponsibilityList'], UNDER_REVIEW: ['approveResponsibilityList', 'returnResponsibilityList'], APPROVED: 'it is published with the others, which its unit-year awaits',
  PUBLISHED: 'it is in force',
} as const
const returns = ['returnResponsibilityList'] as const

const lifeOf = (content: readonly string[], approvers: readonly Role[], gates: readonly string[]) => table({
  submitResponsibilityList: { from: ['DRAFT'], to: 'UNDER_REVIEW', roles: ['UNIT_EDITOR'], guards: gates, description: 'Submits the list for approval (提交审核).' },
  approveResponsibilityList: { from: ['UNDER_REVIEW'], to: 'APPROVED', roles: approvers, notWhoDid: ['draftResponsibilityList', ...content, 'submitResponsibilityList'], guards: gates, description: 'Approves exactly the content shown, by its hash (审定清单).' },
  returnResponsibilityList: { from: ['UNDER_REVIEW'], to: 'DRAFT', roles: approvers, notWhoDid: ['draftResponsibilityList', ...content, 'submitResponsibilityList'], needsOpinion: true, description: 'Gives the list back with an opinion (退回修改).' },
  reopenResponsibilityList: { from: ['APPROVED'], to: 'DRAFT', roles: ['UNIT_EDITOR', ...approvers], description: 'Opens an approved list for changes; the approval is voided (重新打开).' },
  withdrawResponsibilityList: { from: ['DRAFT', 'UNDER_REVIEW'], to: 'WITHDRAWN', roles: ['UNIT_EDITOR'], description: 'Takes the list back for good (撤回清单).' },
  reviseResponsibilityList: { from: ['PUBLISHED'], to: null, roles: ['UNIT_EDITOR'], description: 'Draws up a new version with the same item codes; this one holds until that is published (修订清单).' },
})

/*
 * SM-1, one table for each kind of list. Roles are asked on the unit that owns the list: the unit itself, or for a supervision list the
 * commission or group whose duty it is. APPROVED becomes PUBLISHED, and the version before it SUPERSEDED, through
 * `confirmJointPublication` of the unit-year alone (SM-2).
 */
export const mainListMachine = defineMachine({
  name: 'ResponsibilityList (main responsibility)', initial: 'DRAFT', states, didBy, follows, awaits, returns,
  commands: { ...itemCommands, ...lifeOf(Object.keys(itemCommands), deciders(listChains.MAIN_RESPONSIBILITY), ['INV-08']) },
})
export const powerRiskListMachine = defineMachine({
  name: 'ResponsibilityList (power and risk control)', initial: 'DRAFT', states, didBy, follows, awaits, returns,
  commands: { ...powerCommands, ...lifeOf(Object.keys(powerCommands), deciders(listChains.POWER_RISK_CONTROL), ['INV-09', 'INV-10', 'INV-11', 'INV-12', 'INV-13']) },
})
export const supervisionListMachine = defineMachine({
  name: 'ResponsibilityList (supervision)', initial: 'DRAFT', states, didBy, follows, awaits, returns,
  commands: { ...itemCommands, ...lifeOf(Object.keys(itemCommands), deciders(listChains.SUPERVISION_RESPONSIBILITY), ['INV-08']) },
})

export type ListCommand = keyof typeof mainListMachine.commands | keyof typeof powerRiskListMachine.commands

/** The table that a list of this kind follows. */
export const listMachines: Readonly<Record<'MAIN_RESPONSIBILITY' | 'POWER_RISK_CONTROL' | 'SUPERVISION_RESPONSIBILITY', Machine<ListState>>> = {
  MAIN_RESPONSIBILITY: mainListMachine, POWER_RISK_CONTROL: powerRiskListMachine, SUPERVISION_RESPONSIBILITY: supervisionListMachine,
}

/** Versions still in the making; a unit-year has one of each kind at most. */
export const OPEN_STATES: readonly ListState[] = ['DRAFT', 'UNDER_REVIEW', 'APPROVED']
