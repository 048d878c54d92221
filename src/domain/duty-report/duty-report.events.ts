import { eventKind } from '../../core/events'

export const dutyReportEvents = {
  filed: eventKind({ type: 'DutyReport.filed', subject: 'DutyReport', payload: { year: 'int', responsibility: 'text' }, description: 'One of the four filed a duty report（述责述廉报告已提交）.' }),
}
