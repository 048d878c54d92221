/*
 * What the story of a county does not tell yet, and so the walk does not prove: of cases, clues, hearings and of years beyond their publication
 * only what can be asked without rows of theirs. Their own stories (e2e/clues, e2e/hearings, e2e/loop) have the neighbour's view of them.
 * Nothing is added here: what is new is told in story.ts, and what is told leaves this file, or the walk fails.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/)

export const UNTOLD_COMMANDS = words(`
  acceptClueTransfer sendBackClueTransfer recallClueTransfer planVerification editVerificationPlan submitVerificationPlan approveVerificationPlan
  returnVerificationPlan recordVerificationMeasure concludeVerification orderRestitution editRestitution recordRestitutionPayment returnRestitution
  verifyRestitution cancelRestitution receiveClue editClue registerClue declineClue addClueInformation transferClue mergeClue assignClue
  decideClueHandling reconsiderClueHandling resumeClue concludeClueInquiry returnClueOutcome disposeClue proposeCaseFiling refuseCaseFiling
  reconsiderClueDisposal extendClueDeadline giveClueFeedback confirmClueRestitution closeClue reopenClue addByClueReceipt revealClue
  revealClueTransfer requestIdentityRelease approveIdentityRelease refuseIdentityRelease withdrawIdentityRelease revokeIdentityRelease
  revealReporterIdentity setClueDeadline fileCase startCaseInvestigation editCase transferCaseToTrial proposeCaseWithdrawal withdrawCase
  recordTrialOpinion returnCaseToInvestigation adjudicateCase reopenCaseTrial startCaseGovernance waiveCaseGovernance closeCase
  proposeGovernanceMeasure editGovernanceMeasure acceptGovernanceMeasure returnGovernanceMeasure implementGovernanceMeasure returnGovernanceReport
  verifyGovernanceMeasure cancelGovernanceMeasure revealCase fileDutyReport editDutyReport scheduleHearing editHearing openHearingReports
  openHearingQuestions openHearingEvaluation stepHearingBack recordDemocraticEvaluation concludeHearing followUpHearing closeHearing cancelHearing
  askHearingQuestion editHearingQuestion answerHearingQuestion pressHearingQuestion withdrawHearingQuestion makePledge editPledge trackPledge
  confirmPledgeFulfilled declarePledgeBroken revisePledgeJudgement reviewProgress reportCycle returnCycleReport evaluateCycle closeCycle
  proposeCycleAccountability declineCycleAccountability openCycleAccountability recordCycleFault dropCycleAccountability decideCycleAccountability
`)

/** Places of inputs that hold an id. */
export const UNFILLED: readonly string[] = []

export const UNTOLD_TYPES = words(`
  Clue ClueEntry IdentityRelease Restitution ClueTransfer Verification Case CaseDisposition CaseEntry GovernanceMeasure DutyReport EventDelivery
  HearingSession Pledge HearingRespondent HearingQuestion ProgressReview ProgressMove CycleResponsibility
`)

export const UNTOLD_FIELDS = words(`
  Evidence.dutyReport Evidence.governanceMeasure AccountabilityCycle.reportedBy AccountabilityCycle.reportedAt AccountabilityCycle.evaluatedBy
  AccountabilityCycle.evaluatedAt AccountabilityCycle.accountabilityProposedBy AccountabilityCycle.accountabilityProposedAt
  AccountabilityCycle.accountabilityResponsibility AccountabilityCycle.accountabilityReason AccountabilityCycle.accountabilityOpenedBy
  AccountabilityCycle.accountabilityOpenedAt AccountabilityCycle.closedAt AccountabilityCycle.accountabilitySource
  AccountabilityCycle.responsibilities ListChanges.added ListChanges.removed Clue.id Clue.createdAt Clue.createdBy Clue.updatedAt Clue.updatedBy
  Clue.rowVersion Clue.allowedCommands Clue.number Clue.channel Clue.nature Clue.anonymity Clue.state Clue.receivedOn Clue.registeredOn
  Clue.verifiedOn Clue.disposedOn Clue.toldOn Clue.settledOn Clue.closedOn Clue.dueOn Clue.stepDueOn Clue.extendedDays Clue.handling Clue.outcome
  Clue.dispositions Clue.reopened Clue.isSynthetic Clue.assignee Clue.entries Clue.finding Clue.identityReleases Clue.intakeUnit Clue.mergedInto
  Clue.restitutions Clue.subjectPersons Clue.subjectUnits Clue.transfers Clue.transitions Clue.unit Clue.verifications ClueEntryConnection.nodes
  ClueEntryConnection.edges ClueEntryConnection.pageInfo ClueEntryConnection.totalCount ClueEntry.id ClueEntry.kind ClueEntry.command ClueEntry.at
  ClueEntry.actor ClueEntry.clue ClueEntryEdge.cursor ClueEntryEdge.node IdentityReleaseConnection.nodes IdentityReleaseConnection.edges
  IdentityRelease.id IdentityRelease.createdAt IdentityRelease.createdBy IdentityRelease.updatedAt IdentityRelease.updatedBy
  IdentityRelease.rowVersion IdentityRelease.allowedCommands IdentityRelease.state IdentityRelease.reason IdentityRelease.opinion
  IdentityRelease.releasedUntil IdentityRelease.decidedAt IdentityRelease.decidedBy IdentityRelease.readings IdentityRelease.transitions
  IdentityRelease.unit IdentityReleaseEdge.cursor IdentityReleaseEdge.node RestitutionConnection.nodes RestitutionConnection.edges Restitution.id
  Restitution.createdAt Restitution.createdBy Restitution.updatedAt Restitution.updatedBy Restitution.rowVersion Restitution.allowedCommands
  Restitution.kind Restitution.state Restitution.quantity Restitution.measure Restitution.amount Restitution.currency Restitution.dueOn
  Restitution.paidOn Restitution.verifiedOn Restitution.isSynthetic Restitution.clue Restitution.transitions Restitution.unit RestitutionEdge.cursor
  RestitutionEdge.node ClueTransferConnection.nodes ClueTransferConnection.edges ClueTransfer.id ClueTransfer.createdAt ClueTransfer.createdBy
  ClueTransfer.updatedAt ClueTransfer.updatedBy ClueTransfer.rowVersion ClueTransfer.allowedCommands ClueTransfer.nature ClueTransfer.fromNumber
  ClueTransfer.state ClueTransfer.sentOn ClueTransfer.dueOn ClueTransfer.answeredOn ClueTransfer.clue ClueTransfer.fromUnit ClueTransfer.toUnit
  ClueTransfer.transitions ClueTransferEdge.cursor ClueTransferEdge.node VerificationConnection.nodes VerificationConnection.edges
  VerificationConnection.pageInfo VerificationConnection.totalCount Verification.id Verification.createdAt Verification.createdBy
  Verification.updatedAt Verification.updatedBy Verification.rowVersion Verification.allowedCommands Verification.mode Verification.state
  Verification.plannedFrom Verification.plannedTo Verification.contentHash Verification.approvedHash Verification.approvedOn Verification.outcome
  Verification.concludedOn Verification.clue Verification.measures Verification.team Verification.transitions Verification.unit
  VerificationEdge.cursor VerificationEdge.node Case.id Case.createdAt Case.createdBy Case.updatedAt Case.updatedBy Case.rowVersion
  Case.allowedCommands Case.number Case.state Case.filedOn Case.transferredOn Case.adjudicatedOn Case.governanceOn Case.closedOn
  Case.withoutDisposition Case.governanceWaived Case.isSynthetic Case.clues Case.dispositions Case.entries Case.governanceMeasures
  Case.investigationUnit Case.persons Case.powers Case.riskPoints Case.subjectUnits Case.transitions Case.trialUnit CaseDispositionConnection.nodes
  CaseDispositionConnection.edges CaseDispositionConnection.pageInfo CaseDispositionConnection.totalCount CaseDisposition.id
  CaseDisposition.createdAt CaseDisposition.createdBy CaseDisposition.updatedAt CaseDisposition.updatedBy CaseDisposition.rowVersion
  CaseDisposition.kind CaseDisposition.revokedAt CaseDisposition.case CaseDisposition.decision CaseDispositionEdge.cursor CaseDispositionEdge.node
  CaseEntryConnection.nodes CaseEntryConnection.edges CaseEntryConnection.pageInfo CaseEntryConnection.totalCount CaseEntry.id CaseEntry.kind
  CaseEntry.command CaseEntry.at CaseEntry.actor CaseEntry.case CaseEntryEdge.cursor CaseEntryEdge.node GovernanceMeasureConnection.nodes
  GovernanceMeasureConnection.edges GovernanceMeasure.id GovernanceMeasure.createdAt GovernanceMeasure.createdBy GovernanceMeasure.updatedAt
  GovernanceMeasure.updatedBy GovernanceMeasure.rowVersion GovernanceMeasure.allowedCommands GovernanceMeasure.kind GovernanceMeasure.content
  GovernanceMeasure.report GovernanceMeasure.state GovernanceMeasure.dueOn GovernanceMeasure.implementedOn GovernanceMeasure.verifiedOn
  GovernanceMeasure.isSynthetic GovernanceMeasure.cases GovernanceMeasure.controls GovernanceMeasure.demandingUnit GovernanceMeasure.evidence
  GovernanceMeasure.riskPoints GovernanceMeasure.transitions GovernanceMeasure.unit CaseConnection.nodes CaseConnection.edges CaseEdge.cursor
  CaseEdge.node GovernanceMeasureEdge.cursor GovernanceMeasureEdge.node DutyReport.id DutyReport.createdAt DutyReport.createdBy DutyReport.updatedAt
  DutyReport.updatedBy DutyReport.rowVersion DutyReport.year DutyReport.responsibility DutyReport.version DutyReport.text DutyReport.fixedAt
  DutyReport.isSynthetic DutyReport.accountabilityCycle DutyReport.appointment DutyReport.evidence DutyReport.ownerUnit DutyReport.unit
  EventDelivery.id EventDelivery.subscriber EventDelivery.kind EventDelivery.eventAt EventDelivery.state EventDelivery.attempts EventDelivery.dueAt
  EventDelivery.lastErrorCode HearingSession.id HearingSession.createdAt HearingSession.createdBy HearingSession.updatedAt HearingSession.updatedBy
  HearingSession.rowVersion HearingSession.allowedCommands HearingSession.no HearingSession.heldOn HearingSession.year HearingSession.theme
  HearingSession.agenda HearingSession.broadcast HearingSession.isFourResponsibility HearingSession.state HearingSession.concludedAt
  HearingSession.followUp HearingSession.isSynthetic HearingSession.hostUnit HearingSession.pledges HearingSession.questions
  HearingSession.respondents HearingSession.transitions PledgeConnection.nodes PledgeConnection.edges Pledge.id Pledge.createdAt Pledge.createdBy
  Pledge.updatedAt Pledge.updatedBy Pledge.rowVersion Pledge.allowedCommands Pledge.commitment Pledge.deadline Pledge.state Pledge.judgedBy
  Pledge.judgedAt Pledge.appointment Pledge.rectificationTask Pledge.respondent Pledge.session Pledge.transitions Pledge.unit HearingRespondent.id
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
  CycleResponsibility.unit SupervisionFindingOutcome.settledAt DutyReportConnection.nodes DutyReportConnection.edges DutyReportEdge.cursor
  DutyReportEdge.node ProgressReviewConnection.nodes ProgressReviewConnection.edges ProgressReviewEdge.cursor ProgressReviewEdge.node
  HearingSessionConnection.nodes HearingSessionConnection.edges HearingSessionEdge.cursor HearingSessionEdge.node ClueReceipt.stage ClueReceipt.text
  AccountabilityAggregate.groups AccountabilityGroup.kind AccountabilityGroup.form AccountabilityGroup.responsibility AccountabilityGroup.unitLevel
  AccountabilityGroup.decisions CollaborationGroup.averageLeadDaysNullReason ClueConnection.nodes ClueConnection.edges ClueEdge.cursor ClueEdge.node
  EventDeliveryConnection.nodes EventDeliveryConnection.edges EventDeliveryEdge.cursor EventDeliveryEdge.node ClueTransferPayload.clueTransfer
  VerificationPayload.verification RestitutionPayload.restitution ReceiveCluePayload.clue ReceiveCluePayload.receiptCode CluePayload.clue
  RevealCluePayload.clue RevealCluePayload.summary RevealCluePayload.entries RevealCluePayload.transfers RevealCluePayload.verifications
  RevealCluePayload.restitutions RevealedClueEntry.entry RevealedClueEntry.text RevealedClueTransfer.clueTransfer RevealedClueTransfer.reason
  RevealedVerification.verification RevealedVerification.plan RevealedRestitution.restitution RevealedRestitution.beneficiary
  RevealedRestitution.basis IdentityReleasePayload.identityRelease RevealReporterIdentityPayload.identityRelease RevealReporterIdentityPayload.name
  RevealReporterIdentityPayload.contact RevealReporterIdentityPayload.address ClueDeadlinePayload.clueDeadline CasePayload.case
  GovernanceMeasurePayload.governanceMeasure RevealCasePayload.case RevealCasePayload.entries RevealedCaseEntry.kind RevealedCaseEntry.command
  RevealedCaseEntry.at RevealedCaseEntry.actor RevealedCaseEntry.text DutyReportPayload.dutyReport HearingSessionPayload.hearingSession
  DemocraticEvaluationPayload.hearingSession DemocraticEvaluationPayload.respondent HearingQuestionPayload.hearingQuestion PledgePayload.pledge
  ProgressReviewPayload.accountabilityCycle ProgressReviewPayload.progressReview LoopPayload.accountabilityCycle
`)

/** Edges along which the story ties no county to another. */
export const UNTIED = words(`
  Clue.intakeUnit Clue.assignee Clue.finding Clue.mergedInto Clue.subjectUnits Clue.subjectPersons Clue.entries Clue.transfers Clue.verifications
  Clue.restitutions Clue.identityReleases ClueEntry.clue ClueTransfer.clue ClueTransfer.fromUnit ClueTransfer.toUnit Verification.clue
  Verification.team Verification.measures Restitution.clue Case.investigationUnit Case.trialUnit Case.clues Case.persons Case.subjectUnits
  Case.powers Case.riskPoints Case.dispositions Case.entries Case.governanceMeasures CaseDisposition.case CaseDisposition.decision CaseEntry.case
  GovernanceMeasure.demandingUnit GovernanceMeasure.controls GovernanceMeasure.riskPoints GovernanceMeasure.cases DutyReport.ownerUnit
  DutyReport.appointment HearingSession.respondents HearingSession.questions HearingSession.pledges HearingRespondent.session
  HearingRespondent.appointment HearingRespondent.aboutUnit HearingRespondent.dutyReport HearingRespondent.questions HearingQuestion.session
  HearingQuestion.respondent HearingQuestion.findings Pledge.session Pledge.respondent Pledge.appointment Pledge.rectificationTask
  ProgressMove.appointment Appointment.pledges SupervisionFinding.hearingQuestions
`)
