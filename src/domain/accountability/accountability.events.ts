import { eventKind } from '../../core/events'

const kind = <const T extends string>(happened: T, description: string) =>
  eventKind({ type: `AccountabilityDecision.${happened}`, subject: 'AccountabilityDecision', payload: { proposingUnitId: 'id', decidingUnitId: 'id' }, description })

/** What happens to decisions on accountability: never whom they are about. */
export const accountabilityEvents = {
  proposed: kind('proposed', 'A proposal waits for the deciding body（问责建议待决定）.'),
  returned: kind('returned', 'A proposal was given back（问责建议已退回）.'),
  withdrawn: kind('withdrawn', 'A proposal was taken back（问责建议已撤回）.'),
  decided: kind('decided', 'A decision came into effect（问责决定已生效）.'),
  rejected: kind('rejected', 'It was decided against a sanction（不予问责）.'),
  appealed: kind('appealed', 'An appeal was taken in（复审复核已受理）.'),
  upheld: kind('upheld', 'A decision stands on appeal（问责决定已维持）.'),
  revoked: kind('revoked', 'A decision was taken back（问责决定已撤销）.'),
}
