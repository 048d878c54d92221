import { REGISTER_READERS } from '../../auth/roles'
import { auditable, bool, date, enumeration, instant, int, noun, text, type Edge, type NounEdge } from '../../core/reads'
import { approvals } from '../approval'
import { transitions } from '../audit'
import { recommendationItemMachine, recommendationLetterMachine } from './recommendation-letter.states'

const scope = { by: 'unit', column: 'unit_id' } as const
/** A letter lies with its issuer until it is sent, then with its addressee. */
const within = { type: 'ref', of: 'Unit', sql: 'unit_id', within: true, description: 'The unit with which the letter lies now: the issuer until it is sent, then the addressee（建议书所在单位）.' } as const
const ITEM = 'an item moves to the addressee together with its letter'
/** What was said before the letter was sent stays with its issuer: asked row by row. */
const ofThen = ({ sameScope: _, ...edge }: Edge): Edge => edge as Edge

/** A letter lies with its issuer until it is sent, and with its addressee from then on: `unit_id` says where. */
export const recommendationLetterReads = noun({
  type: 'RecommendationLetter', prefix: 'letter', table: 'recommendation_letter', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, no: text({ nullable: true }), title: text(), basis: text(), sourceKind: enumeration('LetterSource'), replyWithin: int({ nullable: true }),
    state: enumeration('RecommendationLetterState'), allowedCommands: { kind: 'commands', machine: recommendationLetterMachine },
    submittedBy: text({ nullable: true }), signedBy: text({ nullable: true }), signedAt: instant({ nullable: true }), contentHash: text({ nullable: true }), issuedOn: date({ nullable: true }), replyDueOn: date({ nullable: true }),
    repliedOn: date({ nullable: true }), closedOn: date({ nullable: true }), isSynthetic: bool(), ...auditable,
  },
  edges: {
    issuerUnit: { card: 'one', to: 'Unit', key: 'issuer_unit_id', nullable: true, description: 'Who recommends; null when that is out of the viewer\'s sight（建议单位）.' },
    addresseeUnit: { card: 'one', to: 'Unit', key: 'addressee_unit_id', nullable: true, description: 'Whom the letter goes to; null when that is out of the viewer\'s sight（被建议单位）.' },
    superiorUnit: { card: 'one', to: 'Unit', key: 'superior_unit_id', nullable: true, description: 'Before whom it was brought; null unless it was（上级单位）.' },
    items: { card: 'connection', to: 'RecommendationItem', by: 'letter_id', description: 'Its recommendations（建议）.', sameScope: ITEM },
    itemCount: { card: 'count', to: 'RecommendationItem', by: 'letter_id', description: 'Number of its recommendations（建议数）.', sameScope: ITEM },
    approvals: ofThen(approvals), transitions: ofThen(transitions),
  },
  filters: {
    no: { type: 'text', nullable: true }, title: { type: 'text' }, state: { type: 'enum', enum: 'RecommendationLetterState' }, sourceKind: { type: 'enum', enum: 'LetterSource' },
    issuedOn: { type: 'date', nullable: true }, replyDueOn: { type: 'date', nullable: true }, unit: within, issuerUnit: { type: 'ref', of: 'Unit', sql: 'issuer_unit_id' },
    addresseeUnit: { type: 'ref', of: 'Unit', sql: 'addressee_unit_id' }, isSynthetic: { type: 'boolean' },
  },
  orders: { CREATED_AT: { type: 'id', sql: 'id' } },
  root: { one: 'recommendationLetter', many: 'recommendationLetters', oneDescription: 'One recommendation letter by id（纪检监察建议书）.', manyDescription: 'Recommendation letters（纪检监察建议书列表）.' },
})

export const recommendationItemReads = noun({
  type: 'RecommendationItem', prefix: 'rec', table: 'recommendation_item', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, seq: int(), content: text(), state: enumeration('RecommendationItemState'), allowedCommands: { kind: 'commands', machine: recommendationItemMachine },
    measure: text({ nullable: true }), declinedReason: text({ nullable: true }), adoptedOn: date({ nullable: true }), dueOn: date({ nullable: true }), isSynthetic: bool(), ...auditable,
  },
  edges: {
    letter: { card: 'one', to: 'RecommendationLetter', key: 'letter_id', description: 'The letter（建议书）.', sameScope: ITEM },
    targetRiskPoint: { card: 'one', to: 'RiskPoint', key: 'target_risk_point_id', nullable: true, description: 'The risk point that it is about（对应风险点）.' },
    responsibleAppointment: { card: 'one', to: 'Appointment', key: 'responsible_appointment_id', nullable: true, description: 'Who answers for carrying it out（责任人）.' },
    rectificationTasks: { card: 'connection', to: 'RectificationTask', by: 'source_id', description: 'What the unit has to mend because of it（整改任务）.' },
    transitions: ofThen(transitions),
  },
  filters: {
    state: { type: 'enum', enum: 'RecommendationItemState' }, content: { type: 'text' }, letter: { type: 'ref', of: 'RecommendationLetter', sql: 'letter_id' },
    targetRiskPoint: { type: 'ref', of: 'RiskPoint', sql: 'target_risk_point_id', nullable: true }, unit: within,
  },
  orders: { SEQ: { type: 'int' }, CREATED_AT: { type: 'id', sql: 'id' } },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'ASC' }],
  root: { one: 'recommendationItem', many: 'recommendationItems', oneDescription: 'One recommendation by id（建议）.', manyDescription: 'Recommendations（建议列表）.' },
})

export const letterEdges: NounEdge[] = [
  { on: 'Unit', field: 'receivedLetters', edge: { card: 'connection', to: 'RecommendationLetter', by: 'addressee_unit_id', description: 'Letters that recommend it something（收到的建议书）.' } },
  { on: 'Unit', field: 'issuedLetters', edge: { card: 'connection', to: 'RecommendationLetter', by: 'issuer_unit_id', description: 'Letters in which it recommends something（发出的建议书）.' } },
  { on: 'RiskPoint', field: 'recommendationItems', edge: { card: 'connection', to: 'RecommendationItem', by: 'target_risk_point_id', description: 'Recommendations about it（相关建议）.' } },
]
