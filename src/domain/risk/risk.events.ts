import { eventKind } from '../../core/events'

/** What happens to risk points, controls and matrices. */
export const riskEvents = {
  riskPointEscalated: eventKind({ type: 'RiskPoint.escalated', subject: 'RiskPoint', payload: { level: 'text' }, description: 'A risk point was escalated to those above（风险点已上报）.' }),
  riskPointRetired: eventKind({ type: 'RiskPoint.retired', subject: 'RiskPoint', payload: {}, description: 'A risk point is watched no more（风险点已停用）.' }),
  controlTestFailed: eventKind({ type: 'ControlTest.failed', subject: 'Control', payload: { testId: 'id', state: 'text' }, description: 'A test found a control INEFFECTIVE; `state` is the control’s after it（防控措施测试无效）.' }),
  matrixPublished: eventKind({ type: 'RiskMatrix.published', subject: 'RiskMatrix', payload: { version: 'int', ratingsDueBelowVersion: 'int' }, description: 'A version of the risk matrix came into force; ratings of versions below are due（风险矩阵已发布）.' }),
}
