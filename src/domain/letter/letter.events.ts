import { eventKind } from '../../core/events'

const parties = { issuerUnitId: 'id', addresseeUnitId: 'id', state: 'text' } as const
const letter = <const T extends string>(happened: T, description: string) =>
  eventKind({ type: `RecommendationLetter.${happened}`, subject: 'RecommendationLetter', payload: parties, description })
const item = <const T extends string>(happened: T, description: string) =>
  eventKind({ type: `RecommendationItem.${happened}`, subject: 'RecommendationItem', payload: { letterId: 'id' }, description })

/** What happens to letters; `state` is the one after it. */
export const letterEvents = {
  submitted: letter('submitted', 'A letter waits for signature（建议书待签发）.'),
  signed: letter('signed', 'A letter was signed（建议书已签发）.'),
  returned: letter('returned', 'A letter was given back to who drew it up（建议书已退回）.'),
  withdrawn: letter('withdrawn', 'A letter was taken back before or after it was sent（建议书已撤回）.'),
  issued: letter('issued', 'A letter was sent; its time to reply runs（建议书已送达）.'),
  acknowledged: letter('acknowledged', 'The addressee received a letter（建议书已签收）.'),
  replied: letter('replied', 'The addressee replied to a letter（建议书已回复）.'),
  escalated: letter('escalated', 'A refusal or a silence is before the superior unit（建议书已提请上级）.'),
  replyOrdered: letter('replyOrdered', 'The superior unit ordered a new reply（上级责令重新回复）.'),
  reportedBack: letter('reportedBack', 'The addressee reported what it did（建议落实已反馈）.'),
  reportReturned: letter('reportReturned', 'A report was given back（建议落实反馈已退回）.'),
  verified: letter('verified', 'What was adopted was found done（建议落实已核实）.'),
  closed: letter('closed', 'A letter is on file（建议书已办结）.'),
}

export const itemEvents = {
  implemented: item('implemented', 'A recommendation was reported done（建议已落实）.'),
  verified: item('verified', 'A recommendation was found done（建议已核实）.'),
  returned: item('returned', 'A recommendation was given back（建议已退回落实）.'),
}
