import type { Machine } from '../core/states'
import { accountabilityDecisionMachine } from './accountability/accountability-decision.states'
import { specialRectificationMachine } from './campaign/special-rectification.states'
import { caseMachine } from './case/case.states'
import { governanceMeasureMachine } from './case/governance-measure.states'
import { clueMachine } from './clue/clue.states'
import { clueTransferMachine } from './clue/clue-transfer.states'
import { identityReleaseMachine } from './clue/identity-release.states'
import { restitutionMachine } from './clue/restitution.states'
import { verificationMachine } from './clue/verification.states'
import { collaborationRecordMachine } from './collaboration/collaboration-record.states'
import { consultationMeetingMachine } from './collaboration/consultation-meeting.states'
import { hearingQuestionMachine, hearingSessionMachine } from './hearing/hearing-session.states'
import { pledgeMachine } from './hearing/pledge.states'
import { jobMachine } from './job/job.states'
import { recommendationItemMachine, recommendationLetterMachine } from './letter/recommendation-letter.states'
import { flowMachine, powerMachine } from './power/power.states'
import { rectificationExtensionMachine, rectificationTaskMachine } from './rectification/rectification-task.states'
import { loopMachine } from './responsibility/accountability-cycle.states'
import { dutyItemMachine } from './responsibility/duty-item.states'
import { listMachines } from './responsibility/responsibility-list.states'
import { controlMachine } from './risk/control.states'
import { riskPointMachine } from './risk/risk-point.states'
import { supervisionRuleMachine } from './rule/supervision-rule.states'
import { supervisionActivityMachine } from './supervision/supervision-activity.states'
import { supervisionFindingMachine } from './supervision/supervision-finding.states'
import { unitMachine } from './unit/unit.states'

/** Every state table of the domain, by the folder that it stands in: what the documentation shows and one test walks from end to end. */
export const MACHINES: Readonly<Record<string, readonly Machine[]>> = Object.freeze({
  unit: [unitMachine],
  power: [powerMachine, flowMachine],
  risk: [riskPointMachine, controlMachine],
  responsibility: [...Object.values(listMachines), dutyItemMachine, loopMachine],
  rule: [supervisionRuleMachine],
  rectification: [rectificationTaskMachine, rectificationExtensionMachine],
  supervision: [supervisionActivityMachine, supervisionFindingMachine],
  collaboration: [consultationMeetingMachine, collaborationRecordMachine],
  letter: [recommendationLetterMachine, recommendationItemMachine],
  clue: [clueMachine, clueTransferMachine, verificationMachine, restitutionMachine, identityReleaseMachine],
  accountability: [accountabilityDecisionMachine],
  case: [caseMachine, governanceMeasureMachine],
  hearing: [hearingSessionMachine, hearingQuestionMachine, pledgeMachine],
  campaign: [specialRectificationMachine],
  job: [jobMachine],
})
