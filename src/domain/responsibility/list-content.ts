import type { Transaction } from '../../database/transaction'
import { contentHash } from '../approval'
import type { ListRow } from './responsibility.repository'

type Content = Record<string, unknown> & { catalog_code?: string | null; catalog_version?: string | null }

export interface ListContent {
  /** What an approval of the list binds. */
  hash: string
  /** INV-38: the catalog releases that the content was made with. */
  catalogVersions: { plugin: string; version: string }[]
}

/**
 * The whole content of a list as it stands: what people read when they approve it. Progress, tests and states are not content; who answers
 * for what, flows, ratings and controls are.
 */
export async function contentOf(tx: Transaction, list: ListRow): Promise<ListContent> {
  const parts = list.kind === 'POWER_RISK_CONTROL' ? await powerParts(tx, list.id) : { items: await items(tx, list.id) }
  return {
    hash: contentHash({ unit: list.unit_id, owner: list.owner_unit_id, kind: list.kind, year: list.year, version: list.version, ...parts }),
    catalogVersions: versions(Object.values(parts).flat()),
  }
}

/** `<plugin>.<kind>.<slug>` names the plugin. */
function versions(content: readonly Content[]): { plugin: string; version: string }[] {
  const found = content.filter(c => c.catalog_code && c.catalog_version).map(c => JSON.stringify([c.catalog_code!.split('.')[0], c.catalog_version]))
  return [...new Set(found)].sort().map(text => JSON.parse(text) as [string, string]).map(([plugin, version]) => ({ plugin, version }))
}

const items = (tx: Transaction, listId: string): Promise<Content[]> => tx.rows<Content>(`
  SELECT i.seq, i.code, i.responsibility, i.content_zh, i.content_en, i.owner_unit_id, i.responsible_appointment_id, i.due_on, i.is_priority_task,
    i.catalog_code, i.catalog_version, i.is_synthetic,
    ARRAY(SELECT power_id::text FROM focus_power WHERE duty_item_id = i.id ORDER BY 1) AS powers,
    ARRAY(SELECT risk_point_id::text FROM focus_risk_point WHERE duty_item_id = i.id ORDER BY 1) AS risk_points
  FROM duty_item i WHERE i.list_id = $1 ORDER BY i.seq`, [listId])

async function powerParts(tx: Transaction, listId: string): Promise<Record<string, Content[]>> {
  const part = (text: string): Promise<Content[]> => tx.rows<Content>(text, [listId])
  return {
    powers: await part(`
      SELECT p.id, p.code, p.name_zh, p.name_en, p.description_zh, p.category, p.significance, p.sector_code, p.legal_basis, p.catalog_code, p.catalog_version, p.is_synthetic,
        ARRAY(SELECT position_id::text FROM power_position WHERE power_id = p.id ORDER BY 1) AS positions
      FROM list_power l JOIN power p ON p.id = l.power_id WHERE l.list_id = $1 ORDER BY p.id`),
    flows: await part(`
      SELECT f.id, f.power_id, f.version, f.catalog_code, f.catalog_version FROM list_power l JOIN operating_flow f ON f.power_id = l.power_id AND f.state = 'EFFECTIVE'
      WHERE l.list_id = $1 ORDER BY f.id`),
    steps: await part(`
      SELECT s.flow_id, s.seq, s.name_zh, s.name_en, s.kind, s.position_id, s.time_limit_working_days, s.collective_decision
      FROM list_power l JOIN operating_flow f ON f.power_id = l.power_id AND f.state = 'EFFECTIVE' JOIN flow_step s ON s.flow_id = f.id
      WHERE l.list_id = $1 ORDER BY s.flow_id, s.seq`),
    riskPoints: await part(`
      SELECT r.id, r.power_id, r.flow_step_id, r.code, r.description_zh, r.description_en, r.cause_zh, r.consequence_zh, r.category, r.owner_position_id,
        r.inherent_likelihood, r.inherent_impact, r.inherent_level, r.inherent_matrix_version, r.residual_likelihood, r.residual_impact, r.residual_level, r.residual_matrix_version,
        r.response_plan, r.catalog_code, r.catalog_version, r.is_synthetic
      FROM list_power l JOIN risk_point r ON r.power_id = l.power_id AND r.state <> 'RETIRED' WHERE l.list_id = $1 ORDER BY r.id`),
    controls: await part(`
      SELECT c.id, c.code, c.description_zh, c.description_en, c.nature, c.mode, c.frequency, c.owner_position_id, c.catalog_code, c.catalog_version, c.is_synthetic,
        array_agg(r.id::text ORDER BY r.id) AS risk_points
      FROM list_power l JOIN risk_point r ON r.power_id = l.power_id AND r.state <> 'RETIRED'
        JOIN control_risk_point k ON k.risk_point_id = r.id JOIN control c ON c.id = k.control_id AND c.state <> 'RETIRED'
      WHERE l.list_id = $1 GROUP BY c.id ORDER BY c.id`),
  }
}
