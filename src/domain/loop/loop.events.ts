import { eventKind } from '../../core/events'

const year = { year: 'int', responsibility: 'text?' } as const
const kind = <const H extends string>(happened: H, description: string) => eventKind({ type: `AccountabilityCycle.${happened}`, subject: 'AccountabilityCycle', payload: year, description })

/** What happens to the year of a unit after its publication; `responsibility` where one of the four is meant. */
export const loopEvents = {
  progressReviewed: kind('progressReviewed', 'The four looked at their progress together（已同推）.'),
  reported: kind('reported', 'The four reported together（已同述）.'),
  reportReturned: kind('reportReturned', 'The joint report was given back（同述已退回）.'),
  evaluated: kind('evaluated', 'The year was evaluated（已评责）.'),
  accountabilityProposed: kind('accountabilityProposed', 'A failure is to be pursued（已提请问责）.'),
  accountabilityDeclined: kind('accountabilityDeclined', 'A failure is not pursued（不予启动问责）.'),
  accountabilityOpened: kind('accountabilityOpened', 'A failure is pursued, all four together（已启动问责）.'),
  faultRecorded: kind('faultRecorded', 'One of the four was found at fault or not（已认定责任）.'),
  accountabilityDropped: kind('accountabilityDropped', 'What was opened is pursued no longer（问责已终止）.'),
  closed: kind('closed', 'The year is closed（年度已办结）.'),
}
