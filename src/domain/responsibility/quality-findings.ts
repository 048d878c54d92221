import DataLoader from 'dataloader'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import type { QualityFinding } from './responsibility.types'

interface FindingRow { list_id: string; code: string; rule: string }

const MESSAGE: Readonly<Record<string, string>> = {
  'INV-08': 'The appointment of the person who answers for the duty is no longer in force.',
  'INV-16': 'The supervision focus names neither a power nor a risk point of the supervised unit.',
}

/**
 * Report invariants of lists, in one statement for all lists of a request: INV-16, and INV-08 as it stands today, which a published list
 * can lose when people move. The caller has seen the lists; items have the scope of their list.
 */
const FINDINGS = `
  SELECT i.list_id, i.code, 'INV-16' AS rule, i.seq FROM duty_item i
  WHERE i.list_id = ANY($1::uuid[]) AND i.responsibility = 'COMMISSION_SUPERVISORY'
    AND NOT EXISTS (SELECT FROM focus_power WHERE duty_item_id = i.id) AND NOT EXISTS (SELECT FROM focus_risk_point WHERE duty_item_id = i.id)
  UNION ALL
  SELECT i.list_id, i.code, 'INV-08', i.seq FROM duty_item i JOIN appointment a ON a.id = i.responsible_appointment_id
  WHERE i.list_id = ANY($1::uuid[]) AND i.state NOT IN ('VERIFIED', 'WAIVED') AND a.valid_to <= (now() AT TIME ZONE 'Asia/Shanghai')::date
  ORDER BY list_id, seq, rule`

export async function qualityFindings(db: Database, listIds: readonly string[]): Promise<QualityFinding[][]> {
  const byList = new Map(listIds.map(id => [id, [] as QualityFinding[]]))
  for (const row of await db.rows<FindingRow>(FINDINGS, [listIds])) byList.get(row.list_id)!.push({ rule: row.rule, itemCode: row.code, message: MESSAGE[row.rule]! })
  return listIds.map(id => byList.get(id)!)
}

const loaders = new WeakMap<RequestContext, DataLoader<string, QualityFinding[]>>()

/** The findings of one list; lists asked for together in a request share a statement. */
export function loadQualityFindings(db: Database, ctx: RequestContext, listId: string): Promise<QualityFinding[]> {
  let loader = loaders.get(ctx)
  if (!loader) loaders.set(ctx, loader = new DataLoader(ids => qualityFindings(db, ids), { cache: false }))
  return loader.load(listId)
}
