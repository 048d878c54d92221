import { eventKind } from '../../core/events'

const activity = <const T extends string>(happened: T, description: string) => eventKind({ type: `SupervisionActivity.${happened}`, subject: 'SupervisionActivity', payload: {}, description })

/** What happens to supervision activities. */
export const activityEvents = {
  planned: activity('planned', 'An activity was planned（监督检查已制定计划）.'),
  planChanged: activity('planChanged', 'The plan of an activity was changed; confirmations are void（监督检查计划已修改）.'),
  overlapAnswered: eventKind({ type: 'SupervisionActivity.overlapAnswered', subject: 'SupervisionActivity', payload: { answer: 'text', otherActivityId: 'id' }, description: 'The leading body answered an overlap（重复监督已处理）.' }),
  coordinated: activity('coordinated', 'An activity was checked for overlaps and waits for its partners（监督检查已统筹）.'),
  planConfirmed: activity('planConfirmed', 'A partner agreed to the plan（配合单位已确认计划）.'),
  planDeclined: activity('planDeclined', 'A partner did not agree to the plan（配合单位已退回计划）.'),
  jointActionAgreed: eventKind({ type: 'SupervisionActivity.jointActionAgreed', subject: 'SupervisionActivity', payload: { otherActivityId: 'id' }, description: 'The other body agreed to a joint action（对方已同意联合行动）.' }),
  merged: eventKind({ type: 'SupervisionActivity.merged', subject: 'SupervisionActivity', payload: { intoActivityId: 'id' }, description: 'An activity went into another one（监督检查已并入联合行动）.' }),
  joined: eventKind({ type: 'SupervisionActivity.joined', subject: 'SupervisionActivity', payload: { activityId: 'id' }, description: 'Another activity went into this one（其他监督检查已并入）.' }),
  started: activity('started', 'An activity began（监督检查已启动）.'),
  concluded: activity('concluded', 'The work on the spot ended（监督检查已结束）.'),
  conclusionConfirmed: activity('conclusionConfirmed', 'A partner agreed to the conclusion（配合单位已确认结论）.'),
  conclusionDisputed: activity('conclusionDisputed', 'A partner did not agree to the conclusion（配合单位已退回结论）.'),
  resumed: activity('resumed', 'An activity was taken up again（监督检查已恢复）.'),
  resultsApplied: activity('resultsApplied', 'Every finding has its consequence（监督结果已运用）.'),
  closed: activity('closed', 'An activity is on file（监督检查已归档）.'),
  cancelled: activity('cancelled', 'An activity was called off（监督检查已取消）.'),
}

const finding = <const T extends string>(happened: T, description: string) => eventKind({ type: `SupervisionFinding.${happened}`, subject: 'SupervisionFinding', payload: {}, description })

/** What happens to findings. Never what one led to: that may stand in a closed realm. */
export const findingEvents = {
  recorded: eventKind({ type: 'SupervisionFinding.recorded', subject: 'SupervisionFinding', payload: { category: 'text', severity: 'text' }, description: 'Something was found（问题已登记）.' }),
  linked: finding('linked', 'Something follows from a finding（问题已转化）.'),
  unlinked: finding('unlinked', 'A wrong link was taken back（问题已解除关联）.'),
  dismissed: finding('dismissed', 'Nothing in the registers follows from a finding（问题不作处理或另行处理）.'),
  reopened: finding('reopened', 'A finding was taken up again（问题已重新处理）.'),
  withdrawn: finding('withdrawn', 'A finding was recorded by mistake（问题已撤销）.'),
  resolved: finding('resolved', 'Everything that a finding led to is settled（问题已办结）.'),
}
