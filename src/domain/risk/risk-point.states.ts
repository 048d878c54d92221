import { defineMachine } from '../../core/states'

/** States in which a risk point is alive: everything but RETIRED. */
export const ACTIVE_RISK_STATES = ['IDENTIFIED', 'RATED', 'TREATMENT_PLANNED', 'CONTROLLED', 'MONITORED', 'ESCALATED'] as const

/** SM-5. */
export const riskPointMachine = defineMachine({
  name: 'RiskPoint',
  initial: 'IDENTIFIED',
  states: {
    IDENTIFIED: 'Found, not yet rated (已识别)',
    RATED: 'Rated (已评级)',
    TREATMENT_PLANNED: 'The response is planned (已制定应对)',
    CONTROLLED: 'Its controls work (已防控)',
    MONITORED: 'Watched, with a date of review (持续监测)',
    ESCALATED: 'Handed up to the supervisor (已提级)',
    RETIRED: 'No longer a risk (已销号)',
  },
  follows: [{ from: [], to: 'IDENTIFIED', when: 'identifyRiskPoint' }],
  awaits: {
    IDENTIFIED: ['rateRiskPoint'], RATED: ['planRiskTreatment'], TREATMENT_PLANNED: ['activateRiskControls'],
    CONTROLLED: 'its controls work; when it is put under watch is for the unit to choose', MONITORED: ['triggerRiskReview'], ESCALATED: ['deEscalateRiskPoint'],
  },
  due: [{ column: 'review_due_on', in: ['MONITORED'], opens: 30 }],
  commands: {
    editRiskPoint: { from: ['IDENTIFIED', 'RATED', 'TREATMENT_PLANNED', 'CONTROLLED', 'MONITORED'], to: null, roles: ['UNIT_EDITOR'], description: 'Changes the description, owner or place of a risk point (修改风险点).' },
    rateRiskPoint: {
      from: ['IDENTIFIED', 'RATED', 'TREATMENT_PLANNED', 'CONTROLLED', 'MONITORED', 'ESCALATED'], to: { IDENTIFIED: 'RATED' }, roles: ['UNIT_EDITOR'],
      guards: ['INV-14', 'INV-15'], description: 'Appends a rating; score and level come from the matrix in force (风险评级).',
    },
    planRiskTreatment: { from: ['RATED'], to: 'TREATMENT_PLANNED', roles: ['UNIT_EDITOR', 'UNIT_APPROVER'], guards: ['accepting a HIGH risk needs a UNIT_APPROVER who neither wrote nor rated it, and an expiry date'], description: 'Chooses the response: avoid, reduce, share or accept (制定应对措施).' },
    activateRiskControls: { from: ['TREATMENT_PLANNED'], to: 'CONTROLLED', roles: ['UNIT_EDITOR'], guards: ['INV-12'], description: 'Declares the risk controlled; needs an active control (落实防控).' },
    monitorRiskPoint: { from: ['CONTROLLED'], to: 'MONITORED', roles: ['UNIT_EDITOR'], description: 'Puts the risk under watch with a date of review (转入监测).' },
    triggerRiskReview: { from: ['MONITORED'], to: 'RATED', roles: ['UNIT_EDITOR', 'SUPERVISOR'], needsOpinion: true, description: 'Opens the rating again: review date passed, control failed, law or flow changed, case or finding linked (触发复评).' },
    escalateRiskPoint: { from: ['IDENTIFIED', 'RATED', 'TREATMENT_PLANNED', 'CONTROLLED', 'MONITORED'], to: 'ESCALATED', roles: ['SUPERVISOR'], needsOpinion: true, description: 'Hands the risk up (提级管控).' },
    deEscalateRiskPoint: { from: ['ESCALATED'], to: 'RATED', roles: ['SUPERVISOR'], needsOpinion: true, description: 'Gives the risk back to the unit (解除提级).' },
    retireRiskPoint: { from: ['IDENTIFIED', 'RATED', 'TREATMENT_PLANNED', 'CONTROLLED', 'MONITORED', 'ESCALATED'], to: 'RETIRED', roles: ['UNIT_APPROVER'], needsOpinion: true, guards: ['INV-10'], description: 'Ends the risk point with a reason (风险点销号).' },
  },
})
export type RiskPointState = keyof typeof riskPointMachine.states
