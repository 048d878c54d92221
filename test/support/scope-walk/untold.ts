/*
 * What the story of a county does not tell yet, and so the walk does not prove: of hearings and of years beyond their publication only what
 * can be asked without rows of theirs. Their own stories (e2e/hearings, e2e/loop) have the neighbour's view of them.
 * Nothing is added here: what is new is told in story.ts, and what is told leaves this file, or the walk fails.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/)

export const UNTOLD_COMMANDS = words(`
  fileDutyReport editDutyReport scheduleHearing editHearing openHearingReports openHearingQuestions openHearingEvaluation stepHearingBack
  recordDemocraticEvaluation concludeHearing followUpHearing closeHearing cancelHearing askHearingQuestion editHearingQuestion answerHearingQuestion
  pressHearingQuestion withdrawHearingQuestion makePledge editPledge trackPledge confirmPledgeFulfilled declarePledgeBroken revisePledgeJudgement
  reviewProgress reportCycle returnCycleReport evaluateCycle closeCycle proposeCycleAccountability declineCycleAccountability
  openCycleAccountability recordCycleFault dropCycleAccountability decideCycleAccountability
`)

/** Places of inputs that hold an id. */
export const UNFILLED: readonly string[] = []

export const UNTOLD_TYPES = words(`
  DutyReport EventDelivery HearingSession Pledge HearingRespondent HearingQuestion ProgressReview ProgressMove CycleResponsibility
`)

export const UNTOLD_FIELDS = words(`
  Evidence.dutyReport AccountabilityCycle.reportedBy AccountabilityCycle.reportedAt AccountabilityCycle.evaluatedBy AccountabilityCycle.evaluatedAt
  AccountabilityCycle.accountabilityProposedBy AccountabilityCycle.accountabilityProposedAt AccountabilityCycle.accountabilityResponsibility
  AccountabilityCycle.accountabilityReason AccountabilityCycle.accountabilityOpenedBy AccountabilityCycle.accountabilityOpenedAt
  AccountabilityCycle.closedAt AccountabilityCycle.accountabilitySource AccountabilityCycle.responsibilities ListChanges.added ListChanges.removed
  DutyReport.id DutyReport.createdAt DutyReport.createdBy DutyReport.updatedAt DutyReport.updatedBy DutyReport.rowVersion DutyReport.year
  DutyReport.responsibility DutyReport.version DutyReport.text DutyReport.fixedAt DutyReport.isSynthetic DutyReport.accountabilityCycle
  DutyReport.appointment DutyReport.evidence DutyReport.ownerUnit DutyReport.unit EventDelivery.id EventDelivery.subscriber EventDelivery.kind
  EventDelivery.eventAt EventDelivery.state EventDelivery.attempts EventDelivery.dueAt EventDelivery.lastErrorCode HearingSession.id
  HearingSession.createdAt HearingSession.createdBy HearingSession.updatedAt HearingSession.updatedBy HearingSession.rowVersion
  HearingSession.allowedCommands HearingSession.no HearingSession.heldOn HearingSession.year HearingSession.theme HearingSession.agenda
  HearingSession.broadcast HearingSession.isFourResponsibility HearingSession.state HearingSession.concludedAt HearingSession.followUp
  HearingSession.isSynthetic HearingSession.hostUnit HearingSession.pledges HearingSession.questions HearingSession.respondents
  HearingSession.transitions PledgeConnection.nodes PledgeConnection.edges Pledge.id Pledge.createdAt Pledge.createdBy Pledge.updatedAt
  Pledge.updatedBy Pledge.rowVersion Pledge.allowedCommands Pledge.commitment Pledge.deadline Pledge.state Pledge.judgedBy Pledge.judgedAt
  Pledge.appointment Pledge.rectificationTask Pledge.respondent Pledge.session Pledge.transitions Pledge.unit HearingRespondent.id
  HearingRespondent.createdAt HearingRespondent.createdBy HearingRespondent.updatedAt HearingRespondent.updatedBy HearingRespondent.rowVersion
  HearingRespondent.responsibility HearingRespondent.tallies HearingRespondent.evaluatedAt HearingRespondent.aboutUnit HearingRespondent.appointment
  HearingRespondent.dutyReport HearingRespondent.questions HearingRespondent.session HearingRespondent.unit EvaluationTallies.satisfied
  EvaluationTallies.fair EvaluationTallies.dissatisfied EvaluationTallies.abstained HearingQuestionConnection.nodes HearingQuestionConnection.edges
  HearingQuestion.id HearingQuestion.createdAt HearingQuestion.createdBy HearingQuestion.updatedAt HearingQuestion.updatedBy
  HearingQuestion.rowVersion HearingQuestion.allowedCommands HearingQuestion.text HearingQuestion.answer HearingQuestion.answeredAt
  HearingQuestion.state HearingQuestion.findings HearingQuestion.respondent HearingQuestion.session HearingQuestion.transitions HearingQuestion.unit
  HearingQuestionEdge.cursor HearingQuestionEdge.node PledgeEdge.cursor PledgeEdge.node HearingRespondentConnection.nodes
  HearingRespondentConnection.edges HearingRespondentConnection.pageInfo HearingRespondentConnection.totalCount HearingRespondentEdge.cursor
  HearingRespondentEdge.node ProgressReview.id ProgressReview.createdAt ProgressReview.createdBy ProgressReview.updatedAt ProgressReview.updatedBy
  ProgressReview.rowVersion ProgressReview.quarter ProgressReview.reviewedOn ProgressReview.summary ProgressReview.figures
  ProgressReview.accountabilityCycle ProgressReview.moves ProgressReview.unit ProgressFigures.responsibility ProgressFigures.items
  ProgressFigures.done ProgressFigures.verified ProgressFigures.late ProgressMoveConnection.nodes ProgressMoveConnection.edges ProgressMove.id
  ProgressMove.createdAt ProgressMove.createdBy ProgressMove.updatedAt ProgressMove.updatedBy ProgressMove.rowVersion ProgressMove.dueOn
  ProgressMove.measure ProgressMove.appointment ProgressMove.dutyItem ProgressMove.review ProgressMove.unit ProgressMoveEdge.cursor
  ProgressMoveEdge.node CycleResponsibility.id CycleResponsibility.createdAt CycleResponsibility.createdBy CycleResponsibility.updatedAt
  CycleResponsibility.updatedBy CycleResponsibility.rowVersion CycleResponsibility.responsibility CycleResponsibility.grade
  CycleResponsibility.evaluation CycleResponsibility.fault CycleResponsibility.faultReason CycleResponsibility.accountabilityCycle
  CycleResponsibility.unit DutyReportConnection.nodes DutyReportConnection.edges DutyReportEdge.cursor DutyReportEdge.node
  ProgressReviewConnection.nodes ProgressReviewConnection.edges ProgressReviewEdge.cursor ProgressReviewEdge.node HearingSessionConnection.nodes
  HearingSessionConnection.edges HearingSessionEdge.cursor HearingSessionEdge.node CollaborationGroup.averageLeadDaysNullReason
  EventDeliveryConnection.nodes EventDeliveryConnection.edges EventDeliveryEdge.cursor EventDeliveryEdge.node DutyReportPayload.dutyReport
  HearingSessionPayload.hearingSession DemocraticEvaluationPayload.hearingSession DemocraticEvaluationPayload.respondent
  HearingQuestionPayload.hearingQuestion PledgePayload.pledge ProgressReviewPayload.accountabilityCycle ProgressReviewPayload.progressReview
  LoopPayload.accountabilityCycle
`)

/** Edges along which the story ties no county to another. */
export const UNTIED = words(`
  DutyReport.ownerUnit DutyReport.appointment HearingSession.respondents HearingSession.questions HearingSession.pledges HearingRespondent.session
  HearingRespondent.appointment HearingRespondent.aboutUnit HearingRespondent.dutyReport HearingRespondent.questions HearingQuestion.session
  HearingQuestion.respondent HearingQuestion.findings Pledge.session Pledge.respondent Pledge.appointment Pledge.rectificationTask
  ProgressMove.appointment Appointment.pledges SupervisionFinding.hearingQuestions
`)
