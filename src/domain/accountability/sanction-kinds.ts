import { labelledEnum } from '../labels'

export const SanctionKind = labelledEnum('SanctionKind', 'How a person or a unit is held to account（问责方式）.', {
  TALK_REMINDER: { zh: '谈话提醒', en: 'Talk and reminder' },
  CRITICISM_EDUCATION: { zh: '批评教育', en: 'Criticism and education' },
  ORDERED_SELF_EXAMINATION: { zh: '责令检查', en: 'Ordered self-examination' },
  ADMONITION: { zh: '诫勉', en: 'Admonition' },
  CIRCULAR_CRITICISM: { zh: '通报', en: 'Criticism in a circular' },
  ORGANISATIONAL_ADJUSTMENT: { zh: '组织调整或者组织处理', en: 'Organisational adjustment' },
  DISCIPLINARY_SANCTION: { zh: '纪律处分', en: 'Disciplinary sanction' },
  PARTY_WARNING: { zh: '党内警告', en: 'Party warning' },
  PARTY_SERIOUS_WARNING: { zh: '党内严重警告', en: 'Serious Party warning' },
  PARTY_POST_REMOVAL: { zh: '撤销党内职务', en: 'Removal from Party posts' },
  PARTY_PROBATION: { zh: '留党察看', en: 'Party probation' },
  PARTY_EXPULSION: { zh: '开除党籍', en: 'Expulsion from the Party' },
  WARNING: { zh: '政务警告', en: 'Warning' },
  DEMERIT: { zh: '政务记过', en: 'Demerit' },
  MAJOR_DEMERIT: { zh: '政务记大过', en: 'Major demerit' },
  DEMOTION: { zh: '政务降级', en: 'Demotion' },
  REMOVAL: { zh: '政务撤职', en: 'Removal from office' },
  DISMISSAL: { zh: '政务开除', en: 'Dismissal' },
  TRANSFER_TO_PROCURATORATE: { zh: '移送检察机关', en: 'Transfer to the procuratorate' },
  SUPERVISORY_RECOMMENDATION: { zh: '监察建议', en: 'Supervisory recommendation' },
})
export type SanctionKind = keyof typeof SanctionKind

export const FormOfDiscipline = labelledEnum('FormOfDiscipline', 'Which of the four forms of supervision and discipline a sanction belongs to（监督执纪“四种形态”）.', {
  FIRST: { zh: '第一种形态', en: 'First form', description: 'Criticism, self-criticism, talks and letters of inquiry' },
  SECOND: { zh: '第二种形态', en: 'Second form', description: 'Light Party sanctions and organisational adjustment' },
  THIRD: { zh: '第三种形态', en: 'Third form', description: 'Heavy Party sanctions and major change of posts' },
  FOURTH: { zh: '第四种形态', en: 'Fourth form', description: 'Grave violations, suspected crimes' },
})
export type FormOfDiscipline = keyof typeof FormOfDiscipline

interface Duration { readonly months: number; readonly basis: string }
const LAW = '《中华人民共和国公职人员政务处分法》第八条'
const PARTY = '《中国共产党纪律处分条例》'

/**
 * How long a sanction has effect, with the legal basis. A kind that is not here either has no end (an expulsion, a dismissal), or ends by what
 * the decision itself says (probation of one or two years).
 */
export const DURATIONS: Readonly<Partial<Record<SanctionKind, Duration>>> = {
  WARNING: { months: 6, basis: LAW },
  DEMERIT: { months: 12, basis: LAW },
  MAJOR_DEMERIT: { months: 18, basis: LAW },
  DEMOTION: { months: 24, basis: LAW },
  REMOVAL: { months: 24, basis: LAW },
  PARTY_WARNING: { months: 12, basis: `${PARTY}（警告处分影响期一年）` },
  PARTY_SERIOUS_WARNING: { months: 18, basis: `${PARTY}（严重警告处分影响期一年半）` },
  PARTY_POST_REMOVAL: { months: 24, basis: `${PARTY}（撤销党内职务处分影响期二年）` },
}

/** What a unit can be held to account by; everything else is for persons. */
export const ON_UNITS: readonly SanctionKind[] = ['ORDERED_SELF_EXAMINATION', 'CIRCULAR_CRITICISM', 'ORGANISATIONAL_ADJUSTMENT', 'SUPERVISORY_RECOMMENDATION']
