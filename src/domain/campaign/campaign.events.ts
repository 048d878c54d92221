import { eventKind } from '../../core/events'

const special = <const H extends string>(happened: H, description: string) =>
  eventKind({ type: `SpecialRectification.${happened}`, subject: 'SpecialRectification', payload: { pushUnitId: 'id' }, description })
const report = <const H extends string>(happened: H, description: string) =>
  eventKind({ type: `SpecialRectificationUnit.${happened}`, subject: 'SpecialRectificationUnit', payload: { specialRectificationId: 'id', problemsFound: 'int', problemsFixed: 'int' }, description })

/** What happens to special rectifications, by the state that they came to. */
export const campaignEvents = {
  ANNOUNCED: special('announced', 'A special rectification was announced, or went back to its beginning（专项整治已部署）.'),
  SELF_CHECK: special('selfCheckStarted', 'The units of a special rectification check themselves（自查自纠开始）.'),
  SUPERVISED_CHECK: special('supervisedCheckStarted', 'Supervisors check in a special rectification（监督检查开始）.'),
  RECTIFICATION: special('mendingStarted', 'What a special rectification brought to light is mended（集中整改开始）.'),
  EVALUATION: special('evaluationStarted', 'What a special rectification brought is evaluated（评估验收开始）.'),
  CLOSED: special('closed', 'A special rectification has ended（专项整治已结束）.'),
  CANCELLED: special('cancelled', 'A special rectification was called off（专项整治已取消）.'),
}

/** What happens to what units report. */
export const reportEvents = {
  reported: report('reported', 'A unit reported how many problems it found and put right（自查情况已报送）.'),
  returned: report('returned', 'The report of a unit was given back（自查报告已退回）.'),
}
