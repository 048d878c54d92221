import { ratio } from '../core/decimal'
import type { CountedDeclaration, CountedRow } from './grouped-count.sql'
import type { CollaborationDimension, CollaborationFigures } from './collaboration-aggregate.types'
import { ratioOf } from './ratio.types'
import type { SupervisionActivityDimension, SupervisionActivityFigures } from './supervision-activity-aggregate.types'
import type { SupervisionFindingDimension, SupervisionFindingFigures } from './supervision-finding-aggregate.types'

const is = (...states: string[]): string => `(r.state IN (${states.map(s => `'${s}'`).join(', ')}))::integer`
const n = (row: CountedRow, measure: string): number => row[measure] as number
const TODAY = `(now() AT TIME ZONE 'Asia/Shanghai')::date`

/** Q-16 */
export const ACTIVITIES: CountedDeclaration<SupervisionActivityDimension> = {
  dimensions: {
    RULE_KIND: { value: 'r.rule_kind' }, MODE: { value: 'r.mode_code' }, TYPE: { join: 'CROSS JOIN unnest(r.type_codes) AS of_type(code)', value: 'of_type.code' },
    MATTER: { join: 'CROSS JOIN unnest(r.matter_codes) AS of_matter(code)', value: 'of_matter.code' }, OBJECT_UNIT: { join: 'JOIN supervision_activity_object of_object ON of_object.activity_id = r.id', value: 'of_object.unit_id' },
    LEAD_UNIT: { value: 'r.unit_id' }, STATE: { value: 'r.state' }, YEAR: { value: 'extract(year FROM r.planned_from)::integer' },
  },
  measures: {
    started: { sql: is('IN_PROGRESS', 'CONCLUDED', 'RESULTS_APPLIED', 'CLOSED') }, concluded: { sql: is('CONCLUDED', 'RESULTS_APPLIED', 'CLOSED') }, merged: { sql: is('MERGED') },
    joint: { sql: '(EXISTS (SELECT FROM supervision_activity_partner w WHERE w.activity_id = r.id))::integer' },
  },
}
export const activityFigures = (row: CountedRow): SupervisionActivityFigures => ({
  count: row.n, startedCount: n(row, 'started'), concludedCount: n(row, 'concluded'), jointCount: n(row, 'joint'), mergedCount: n(row, 'merged'),
  concludedRate: ratioOf(n(row, 'concluded'), n(row, 'started'), 'NOTHING_COUNTED'),
})

const leadTo = (kind: string): string => `(EXISTS (SELECT FROM supervision_finding_outcome o WHERE o.finding_id = r.id AND o.kind = '${kind}' AND o.unlinked_at IS NULL))::integer`

/** Q-19 */
export const FINDINGS: CountedDeclaration<SupervisionFindingDimension> = {
  where: `t.state <> 'WITHDRAWN'`,
  dimensions: {
    CATEGORY: { value: 'r.category' }, VIOLATION_TYPE: { value: 'r.violation_type' }, SEVERITY: { value: 'r.severity' }, STATE: { value: 'r.state' }, SOURCE: { value: 'r.source_kind' },
    UNIT: { value: 'r.unit_id' }, FOUND_BY_UNIT: { value: 'r.found_by_unit_id' }, YEAR: { value: 'extract(year FROM r.found_on)::integer' },
  },
  measures: {
    open: { sql: is('OPEN') }, dealt_with: { sql: is('DEALT_WITH') }, resolved: { sql: is('RESOLVED') }, converted: { sql: is('LINKED', 'RESOLVED') },
    rectification: { sql: leadTo('RECTIFICATION') }, recommendation: { sql: leadTo('RECOMMENDATION') }, clue: { sql: leadTo('CLUE'), realm: 'CLUES' },
  },
}
export const findingFigures = (row: CountedRow): SupervisionFindingFigures => {
  const clueCount = row.n === 0 ? 0 : row['clue'] as number | null
  return {
    count: row.n, openCount: n(row, 'open'), rectificationCount: n(row, 'rectification'), recommendationCount: n(row, 'recommendation'), clueCount, clueCountNullReason: clueCount === null ? 'CLOSED_REALM' : null,
    dealtWithCount: n(row, 'dealt_with'), resolvedCount: n(row, 'resolved'), conversionRate: ratioOf(n(row, 'converted'), row.n, 'NOTHING_COUNTED'),
    resolvedRate: ratioOf(n(row, 'resolved'), n(row, 'converted'), 'NOTHING_COUNTED'),
  }
}

/** Q-20 */
export const EXCHANGES: CountedDeclaration<CollaborationDimension> = {
  where: `t.state <> 'RECALLED'`,
  dimensions: { KIND: { value: 'r.kind' }, FROM_UNIT: { value: 'r.unit_id' }, TO_UNIT: { value: 'r.to_unit_id' }, STATE: { value: 'r.state' }, YEAR: { value: 'extract(year FROM r.sent_on)::integer' } },
  measures: {
    acknowledged: { sql: is('ACKNOWLEDGED', 'COMPLETED') }, returned: { sql: is('RETURNED') }, completed: { sql: is('COMPLETED') }, in_time: { sql: '(r.acknowledged_on <= r.due_on)::integer' },
    overdue: { sql: `(r.state = 'SENT' AND r.due_on < ${TODAY})::integer` }, lead_days: { sql: 'r.acknowledged_on - r.sent_on' },
  },
}
export const exchangeFigures = (row: CountedRow): CollaborationFigures => ({
  count: row.n, acknowledgedCount: n(row, 'acknowledged'), returnedCount: n(row, 'returned'), completedCount: n(row, 'completed'), overdueCount: n(row, 'overdue'),
  inTimeRate: ratioOf(n(row, 'in_time'), n(row, 'acknowledged') + n(row, 'overdue'), 'NOTHING_COUNTED'),
  averageLeadDays: ratio(n(row, 'lead_days'), n(row, 'acknowledged'), 1), averageLeadDaysNullReason: n(row, 'acknowledged') === 0 ? 'NOTHING_COUNTED' : null,
})
