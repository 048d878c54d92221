import { REGISTER_READERS } from '../../auth/roles'
import { auditable, date, enumeration, int, noun, text, type Edge, type NounEdge } from '../../core/reads'

const scope = { by: 'unit', column: 'unit_id' } as const
const within = { type: 'ref', of: 'Unit', sql: 'unit_id', within: true } as const
const YEAR = 'what is recorded of a year is of its unit'
const unit: Edge = { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit（单位）.', sameScope: 'the unit decides the scope of what is recorded of its year' }
const cycle: Edge = { card: 'one', to: 'AccountabilityCycle', key: 'cycle_id', description: 'The unit-year（四责协同年度）.', sameScope: YEAR }

export const progressReviewReads = noun({
  type: 'ProgressReview', prefix: 'prog', table: 'progress_review', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, quarter: int(), reviewedOn: date(), summary: text({ nullable: true }),
    figures: { kind: 'objects', of: 'ProgressFigures', fields: { responsibility: 'text', items: 'int', done: 'int', verified: 'int', late: 'int' } }, ...auditable,
  },
  edges: {
    unit, accountabilityCycle: cycle,
    moves: { card: 'connection', to: 'ProgressMove', by: 'review_id', description: 'Who moves what by when（推进事项）.', sameScope: YEAR },
  },
  filters: { quarter: { type: 'int' }, reviewedOn: { type: 'date' }, accountabilityCycle: { type: 'ref', of: 'AccountabilityCycle', sql: 'cycle_id' }, unit: within },
  orders: { QUARTER: { type: 'int' }, CREATED_AT: { type: 'instant' } },
  root: { one: 'progressReview', many: 'progressReviews', oneDescription: 'One joint look at progress by id（同推记录）.', manyDescription: 'Joint looks at progress（同推记录列表）.' },
})

export const progressMoveReads = noun({
  type: 'ProgressMove', prefix: 'pmove', table: 'progress_move', scope, permission: REGISTER_READERS,
  columns: { id: { kind: 'id' }, dueOn: date(), measure: text(), ...auditable },
  edges: {
    unit, review: { card: 'one', to: 'ProgressReview', key: 'review_id', description: 'The joint look in which it was agreed（同推记录）.', sameScope: YEAR },
    dutyItem: { card: 'one', to: 'DutyItem', key: 'duty_item_id', description: 'The duty（责任事项）.', sameScope: 'moves are of duties of the unit' },
    appointment: { card: 'one', to: 'Appointment', key: 'appointment_id', nullable: true, description: 'Who moves it; null when that is out of the viewer\'s sight（推进任职）.' },
  },
  filters: { dueOn: { type: 'date' }, dutyItem: { type: 'ref', of: 'DutyItem', sql: 'duty_item_id' }, unit: within },
  orders: { DUE_ON: { type: 'date' }, CREATED_AT: { type: 'instant' } },
})

export const cycleResponsibilityReads = noun({
  type: 'CycleResponsibility', prefix: 'four', table: 'cycle_responsibility', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, responsibility: enumeration('Responsibility'), grade: enumeration('DutyGrade', { nullable: true }), evaluation: text({ nullable: true }),
    fault: enumeration('FaultFinding', { nullable: true }), faultReason: text({ nullable: true }), ...auditable,
  },
  edges: { unit, accountabilityCycle: cycle },
  filters: {
    responsibility: { type: 'enum', enum: 'Responsibility' }, grade: { type: 'enum', enum: 'DutyGrade', nullable: true }, fault: { type: 'enum', enum: 'FaultFinding', nullable: true }, unit: within,
  },
  orders: { CREATED_AT: { type: 'instant' } },
})

export const loopEdges: NounEdge[] = [
  { on: 'AccountabilityCycle', field: 'progressReviews', edge: { card: 'connection', to: 'ProgressReview', by: 'cycle_id', description: 'Joint looks at progress, one a quarter（同推记录）.', sameScope: YEAR } },
  { on: 'AccountabilityCycle', field: 'responsibilities', edge: { card: 'list', to: 'CycleResponsibility', by: 'cycle_id', order: 'place', max: 4, description: 'The four side by side, from the evaluation or the opening of accountability on（四责评价与认定）.', sameScope: YEAR } },
  { on: 'DutyItem', field: 'moves', edge: { card: 'connection', to: 'ProgressMove', by: 'duty_item_id', description: 'Who was to move it by when, as agreed in joint looks（推进事项）.', sameScope: 'moves are of duties of the unit' } },
]
