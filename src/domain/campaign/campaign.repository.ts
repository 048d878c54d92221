import { notFound } from '../../core/errors'
import type { LocatedRow, Register } from '../../database/locate'
import type { StoredRow, Transaction } from '../../database/transaction'
import { ref } from '../refs'
import { campaignScope, reportScope } from './campaign.reads'
import type { SpecialRectificationState } from './special-rectification.states'

export const CAMPAIGN = { table: 'special_rectification', prefix: 'camp', alsoAt: campaignScope.alsoAt } as const satisfies Register
export const REPORT = { table: 'special_rectification_unit', prefix: 'campu', alsoAt: reportScope.alsoAt } as const satisfies Register

export type CampaignRow = LocatedRow & {
  grip_unit_id: string; push_unit_id: string; responsible_unit_id: string; problem_categories: string[]
  valid_from: string; self_check_due_on: string; valid_to: string; state: SpecialRectificationState
}
export type ReportRow = LocatedRow & {
  special_rectification_id: string; name_zh: string; problems_found: number | null; problems_fixed: number | null; reported_at: string | null
}

/** The special rectification in whose scope a unit is, that an input names by the unit's part; locked before the part. */
export async function campaignOfReport(tx: Transaction, id: string, path: string): Promise<CampaignRow> {
  const row = await tx.row<CampaignRow>(`
    SELECT t.*, u.path AS unit_path FROM special_rectification t JOIN unit u ON u.id = t.unit_id
    WHERE t.id = (SELECT special_rectification_id FROM special_rectification_unit WHERE id = $1) FOR SHARE OF t`, [ref(REPORT.prefix, id, path)])
  if (!row) throw notFound(path)
  return row
}

/** The units in its scope, locked. `on_record`: it has reported or given evidence, or something was found there. */
export const unitsOf = (tx: Transaction, campaignId: string): Promise<(StoredRow & { unit_id: string; on_record: boolean })[]> => tx.rows(`
  SELECT t.*, t.report_zh IS NOT NULL OR EXISTS (SELECT FROM evidence e WHERE e.subject_id = t.id) OR EXISTS (
      SELECT FROM special_rectification_finding l JOIN supervision_finding f ON f.id = l.finding_id JOIN unit fu ON fu.id = f.unit_id
      WHERE l.special_rectification_id = t.special_rectification_id AND starts_with(fu.path, u.path)) AS on_record
  FROM special_rectification_unit t JOIN unit u ON u.id = t.unit_id WHERE t.special_rectification_id = $1 ORDER BY t.id FOR UPDATE OF t`, [campaignId])

export const unreported = async (tx: Transaction, campaignId: string): Promise<number> =>
  (await tx.row<{ n: number }>('SELECT count(*)::int AS n FROM special_rectification_unit WHERE special_rectification_id = $1 AND reported_at IS NULL', [campaignId]))!.n

/** Which of these units lie in its scope or below a unit that does. */
export const withinScope = async (tx: Transaction, campaignId: string, unitIds: readonly string[]): Promise<ReadonlySet<string>> => new Set((await tx.rows<{ id: string }>(`
  SELECT u.id FROM unit u WHERE u.id = ANY($2::uuid[])
    AND EXISTS (SELECT FROM special_rectification_unit s JOIN unit o ON o.id = s.unit_id WHERE s.special_rectification_id = $1 AND starts_with(u.path, o.path))`, [campaignId, unitIds])).map(r => r.id))

/** What stands in a link table of a special rectification. */
export const linkedTo = async (tx: Transaction, table: 'special_rectification_finding' | 'special_rectification_measure', column: 'finding_id' | 'measure_id', campaignId: string): Promise<string[]> =>
  (await tx.rows<{ id: string }>(`SELECT ${column} AS id FROM ${table} WHERE special_rectification_id = $1`, [campaignId])).map(r => r.id)

/** Findings of which nobody has decided what follows. */
export const undecidedFindings = async (tx: Transaction, campaignId: string): Promise<number> => (await tx.row<{ n: number }>(`
  SELECT count(*)::int AS n FROM special_rectification_finding l JOIN supervision_finding f ON f.id = l.finding_id WHERE l.special_rectification_id = $1 AND f.state = 'OPEN'`, [campaignId]))!.n

/** Rectifications that are asked for because of it, or follow from its findings, and are not mended yet. One that recurred goes on in the next. */
export const unmendedTasks = async (tx: Transaction, campaignId: string): Promise<number> => (await tx.row<{ n: number }>(`
  SELECT count(*)::int AS n FROM rectification_task t WHERE t.state NOT IN ('VERIFIED', 'CLOSED', 'RECURRED', 'CANCELLED') AND t.id IN (
    SELECT s.id FROM rectification_task s WHERE s.source_kind = 'CAMPAIGN' AND s.source_id = $1
    UNION SELECT o.target_id FROM special_rectification_finding l JOIN supervision_finding_outcome o ON o.finding_id = l.finding_id
      WHERE l.special_rectification_id = $1 AND o.kind = 'RECTIFICATION' AND o.unlinked_at IS NULL)`, [campaignId]))!.n
