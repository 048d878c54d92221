import { defineChain } from '../approval'

export const LETTER_SIGNATURE = 'LETTER_SIGNATURE'

/** One signature, by the head of the body that recommends. */
export const letterChain = defineChain({
  name: 'RecommendationLetter', rule: 'SM-12', order: 'IN_ORDER',
  steps: [{
    step: LETTER_SIGNATURE, label: { zh: '建议书签发', en: 'Signature of a recommendation letter' }, roles: ['COMMISSION_APPROVER'], at: ['OWNER_UNIT'], apartFrom: ['AUTHORS'],
    commands: { APPROVED: 'signRecommendationLetter', RETURNED: 'returnRecommendationLetter' },
  }],
})
