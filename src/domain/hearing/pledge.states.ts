import { defineMachine } from '../../core/states'

const MADE = [{ column: 'created_by' }] as const

/** SM-14, pledges. Roles are asked on the unit of who pledges; the supervisor's grant reaches it. A broken pledge proposes accountability. */
export const pledgeMachine = defineMachine({
  name: 'Pledge',
  initial: 'MADE',
  states: {
    MADE: 'Made in the session (已承诺)',
    ON_TRACK: 'Being kept, by the last look at it (推进中)',
    FULFILLED: 'Kept (已兑现)',
    BROKEN: 'Not kept (未兑现)',
  },
  ends: ['FULFILLED', 'BROKEN'],
  didBy: { makePledge: MADE, editPledge: MADE },
  awaits: { MADE: ['trackPledge', 'confirmPledgeFulfilled', 'declarePledgeBroken'], ON_TRACK: ['confirmPledgeFulfilled', 'declarePledgeBroken'] },
  due: [{ column: 'deadline' }],
  commands: {
    makePledge: { from: [], to: 'MADE', roles: ['DUTY_OWNER'], guards: ['INV-29', 'who is heard', 'the session is under way'], description: 'Pledges something by a day; a rectification task with that day follows (作出承诺).' },
    editPledge: { from: ['MADE'], to: null, roles: ['DUTY_OWNER'], guards: ['INV-29', 'who pledged', 'the session is under way'], description: 'Corrects the pledge before the session ends (修改承诺).' },
    trackPledge: { from: ['MADE', 'ON_TRACK'], to: 'ON_TRACK', roles: ['SUPERVISOR'], notWhoDid: ['makePledge'], guards: ['the session is over'], description: 'Records a look at how it is kept (跟踪承诺).' },
    confirmPledgeFulfilled: { from: ['MADE', 'ON_TRACK'], to: 'FULFILLED', roles: ['SUPERVISOR'], notWhoDid: ['makePledge'], guards: ['INV-24', 'its rectification task is verified or closed'], description: 'Finds the pledge kept (确认兑现承诺).' },
    declarePledgeBroken: { from: ['MADE', 'ON_TRACK'], to: 'BROKEN', roles: ['SUPERVISOR'], notWhoDid: ['makePledge'], needsOpinion: true, guards: ['INV-24', 'its day has passed'], description: 'Finds the pledge not kept; accountability is proposed (认定未兑现).' },
    revisePledgeJudgement: { from: ['FULFILLED', 'BROKEN'], to: 'ON_TRACK', roles: ['COMMISSION_APPROVER'], notWhoDid: ['makePledge'], needsOpinion: true, guards: ['the session is not closed', 'no accountability is decided on it'], description: 'Takes a wrong judgement back (更正承诺认定).' },
  },
})
export type PledgeState = keyof typeof pledgeMachine.states
