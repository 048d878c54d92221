import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

/** Who acts for a supervising body; the township commission is one by its own rule. */
const BODY: readonly Role[] = ['SUPERVISOR', 'TOWNSHIP_COMMISSION']
/** A village's supervision committee takes part through its one person. */
const PARTNERS: readonly Role[] = [...BODY, 'VILLAGE_SUPERVISOR']
const OBJECTS = 'the lead body supervises every object unit on that day'

/**
 * SM-7. Commands are asked on the lead unit, those of partners on any partner unit. The lead coordinates and concludes; every partner
 * confirms both, without which nothing goes on. Changing the plan voids what was confirmed of it.
 */
export const supervisionActivityMachine = defineMachine({
  name: 'SupervisionActivity',
  initial: 'PLANNED',
  states: {
    PLANNED: 'Being planned (计划中)',
    COORDINATED: 'Checked for duplicates; waits for its partners and its start (已统筹)',
    IN_PROGRESS: 'Being carried out (实施中)',
    CONCLUDED: 'Carried out; waits for its partners and the use of its results (已结束)',
    RESULTS_APPLIED: 'Every finding has its consequence (结果已运用)',
    CLOSED: 'On file (已归档)',
    CANCELLED: 'Will not take place (已取消)',
    MERGED: 'Went into another activity as a joint action (已并入联合行动)',
  },
  sides: { LEAD: { column: 'unit_id' }, PARTNER: { via: { table: 'supervision_activity_partner', near: 'activity_id', far: 'unit_id' } } },
  awaits: {
    PLANNED: ['coordinateSupervisionActivity'], COORDINATED: ['confirmSupervisionActivityPlan', 'startSupervisionActivity'], IN_PROGRESS: ['concludeSupervisionActivity'],
    CONCLUDED: ['confirmSupervisionActivityConclusion', 'applySupervisionActivityResults'], RESULTS_APPLIED: ['closeSupervisionActivity'],
  },
  returns: ['declineSupervisionActivityPlan', 'disputeSupervisionActivityConclusion'],
  pending: { confirmSupervisionActivityPlan: 'plan_confirmed_at', confirmSupervisionActivityConclusion: 'conclusion_confirmed_at' },
  due: [{ column: 'planned_from', in: ['PLANNED', 'COORDINATED'] }, { column: 'planned_to', in: ['IN_PROGRESS'] }],
  commands: {
    planSupervisionActivity: { from: [], to: 'PLANNED', side: 'LEAD', roles: BODY, guards: ['INV-03'], description: 'Plans a supervision activity (制定监督检查计划).' },
    editSupervisionActivity: { from: ['PLANNED', 'COORDINATED'], to: 'PLANNED', side: 'LEAD', roles: BODY, guards: ['INV-03'], description: 'Changes the plan; it must be coordinated and confirmed again (修改监督检查计划).' },
    answerSupervisionOverlap: { from: ['PLANNED'], to: null, side: 'LEAD', roles: BODY, guards: ['INV-04'], description: 'Answers one overlap: joint action, use of the other result, or a visit of its own with a written reason (回应重复监督提示).' },
    coordinateSupervisionActivity: { from: ['PLANNED'], to: 'COORDINATED', side: 'LEAD', roles: BODY, guards: ['INV-03', 'INV-04'], description: 'Checks for overlaps, each of which must have its answer, and asks the partners (统筹协调).' },
    confirmSupervisionActivityPlan: { from: ['COORDINATED'], to: null, side: 'PARTNER', roles: PARTNERS, guards: ['this partner has not confirmed yet'], description: 'A partner agrees to the plan (确认监督检查计划).' },
    declineSupervisionActivityPlan: { from: ['COORDINATED'], to: 'PLANNED', side: 'PARTNER', roles: PARTNERS, needsOpinion: true, description: 'A partner does not agree; the plan goes back to the lead with an opinion (退回监督检查计划).' },
    mergeSupervisionActivity: { from: ['PLANNED', 'COORDINATED'], to: 'MERGED', side: 'LEAD', roles: BODY, guards: ['the lead of the other activity has agreed to the joint action'], description: 'Gives the activity up for a joint action within another one (并入联合行动).' },
    startSupervisionActivity: { from: ['COORDINATED'], to: 'IN_PROGRESS', side: 'LEAD', roles: BODY, guards: ['INV-03', 'every partner has confirmed the plan', OBJECTS], description: 'Begins the activity (启动监督检查).' },
    concludeSupervisionActivity: { from: ['IN_PROGRESS'], to: 'CONCLUDED', side: 'LEAD', roles: BODY, description: 'Ends the work on the spot with a written conclusion (结束监督检查).' },
    confirmSupervisionActivityConclusion: { from: ['CONCLUDED'], to: null, side: 'PARTNER', roles: PARTNERS, guards: ['this partner has not confirmed yet'], description: 'A partner agrees to the conclusion (确认监督检查结论).' },
    disputeSupervisionActivityConclusion: { from: ['CONCLUDED'], to: 'IN_PROGRESS', side: 'PARTNER', roles: PARTNERS, needsOpinion: true, description: 'A partner does not agree to the conclusion and says why (退回监督检查结论).' },
    resumeSupervisionActivity: { from: ['CONCLUDED'], to: 'IN_PROGRESS', side: 'LEAD', roles: BODY, needsOpinion: true, description: 'Takes the work up again: something was overlooked (恢复监督检查).' },
    applySupervisionActivityResults: { from: ['CONCLUDED'], to: 'RESULTS_APPLIED', side: 'LEAD', roles: BODY, guards: ['every partner has confirmed the conclusion', 'every finding leads to a rectification, clue or recommendation, or has a reason for none'], description: 'Declares that every finding has its consequence (运用监督结果).' },
    closeSupervisionActivity: { from: ['RESULTS_APPLIED'], to: 'CLOSED', side: 'LEAD', roles: BODY, description: 'Puts the activity on file (监督检查归档).' },
    cancelSupervisionActivity: { from: ['PLANNED', 'COORDINATED'], to: 'CANCELLED', side: 'LEAD', roles: BODY, needsOpinion: true, description: 'Calls the activity off before it began, for instance because a result can be reused (取消监督检查).' },
  },
})
export type SupervisionActivityState = keyof typeof supervisionActivityMachine.states
