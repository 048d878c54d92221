import { defineMachine } from '../../core/states'

/** SM-4, powers. A power becomes PUBLISHED with the joint publication of its power-risk-control list, or alone by `publishPower`. */
export const powerMachine = defineMachine({
  name: 'Power',
  initial: 'PROPOSED',
  states: {
    PROPOSED: 'Entered, not yet confirmed (拟定)',
    CONFIRMED: 'Confirmed by the unit (已确认)',
    PUBLISHED: 'Published and exercised (已公布)',
    SUSPENDED: 'Not exercised for the time being (暂停行使)',
    ABOLISHED: 'Its legal basis is gone (已取消)',
  },
  follows: [{ from: [], to: 'PROPOSED', when: 'proposePower' }, { from: ['CONFIRMED'], to: 'PUBLISHED', when: 'the list that shows it is jointly published' }],
  didBy: { proposePower: [{ column: 'created_by' }], editPower: [{ column: 'edited_by', all: true }] },
  awaits: {
    PROPOSED: ['confirmPower'], CONFIRMED: 'it is published with its list, whose unit-year awaits that', PUBLISHED: 'it is exercised',
    SUSPENDED: 'when it is taken up again is for the unit to choose',
  },
  commands: {
    editPower: { from: ['PROPOSED', 'CONFIRMED'], to: 'PROPOSED', roles: ['UNIT_EDITOR'], description: 'Changes the content of an unpublished power (修改职权); a confirmed one must be confirmed again.' },
    confirmPower: { from: ['PROPOSED'], to: 'CONFIRMED', roles: ['UNIT_APPROVER'], notWhoDid: ['proposePower', 'editPower'], description: 'Confirms that the unit holds the power (确认职权).' },
    publishPower: { from: ['CONFIRMED'], to: 'PUBLISHED', roles: ['UNIT_APPROVER'], guards: ['INV-09', 'INV-10', 'INV-12'], description: 'Publishes the power with its one effective operating flow (公布职权).' },
    suspendPower: { from: ['PUBLISHED'], to: 'SUSPENDED', roles: ['UNIT_APPROVER'], needsOpinion: true, description: 'Suspends the exercise of the power (暂停行使).' },
    resumePower: { from: ['SUSPENDED'], to: 'PUBLISHED', roles: ['UNIT_APPROVER'], guards: ['INV-09'], description: 'Takes the power up again (恢复行使).' },
    abolishPower: { from: ['PUBLISHED', 'SUSPENDED'], to: 'ABOLISHED', roles: ['UNIT_APPROVER'], needsOpinion: true, description: 'Ends the power because its legal basis is gone (取消职权).' },
  },
})
export type PowerState = keyof typeof powerMachine.states

/** SM-4, operating flows: publishing a version supersedes the one before it in the same transaction. */
export const flowMachine = defineMachine({
  name: 'OperatingFlow',
  initial: 'DRAFT',
  states: {
    DRAFT: 'Being drawn (草稿)',
    REVIEWED: 'Reviewed, ready to publish (已审核)',
    EFFECTIVE: 'The one flow in force (生效)',
    SUPERSEDED: 'Replaced by a later version (已被替代)',
  },
  follows: [{ from: [], to: 'DRAFT', when: 'draftOperatingFlow' }, { from: ['EFFECTIVE'], to: 'SUPERSEDED', when: 'a later version is published' }],
  didBy: { draftOperatingFlow: [{ column: 'created_by' }], editOperatingFlow: [{ column: 'edited_by', all: true }] },
  awaits: { DRAFT: ['reviewOperatingFlow'], REVIEWED: ['publishOperatingFlow'], EFFECTIVE: 'it is in force' },
  commands: {
    editOperatingFlow: { from: ['DRAFT', 'REVIEWED'], to: 'DRAFT', roles: ['UNIT_EDITOR'], description: 'Replaces the steps of a flow that is not in force (修改流程); a reviewed one must be reviewed again.' },
    reviewOperatingFlow: { from: ['DRAFT'], to: 'REVIEWED', roles: ['UNIT_APPROVER'], notWhoDid: ['draftOperatingFlow', 'editOperatingFlow'], guards: ['INV-09'], description: 'Approves the drawn flow (审核流程).' },
    publishOperatingFlow: { from: ['REVIEWED'], to: 'EFFECTIVE', roles: ['UNIT_APPROVER'], guards: ['INV-09'], description: 'Puts the flow in force and supersedes the one before it (公布流程).' },
  },
})
export type FlowState = keyof typeof flowMachine.states
