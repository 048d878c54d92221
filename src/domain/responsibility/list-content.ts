import { contentHash, type Rows } from '../approval'
import type { ListRow } from './responsibility.repository'

type Content = Record<string, unknown> & { catalog_code?: string | null; catalog_version?: string | null }
/** Content of many lists: parts by name, of each the rows by list. */
type Parts = Readonly<Record<string, Map<string, Content[]>>>

export interface ListContent {
  /** What an approval of the list binds. */
  hash: string
  /** INV-38: the catalog releases that the content was made with. */
  catalogVersions: { plugin: string; version: string }[]
  /** Who entered, edited or rated what nobody but the approval of the list looks over: its risk points and controls. */
  enteredBy: string[]
}

/**
 * The whole content of a list as it stands: what people read when they approve it. Progress, tests and states are not content; who answers
 * for what, flows, ratings and controls are.
 */
export const contentOf = async (q: Rows, list: ListRow): Promise<ListContent> => (await contentsOf(q, [list]))[0]!

/** As `contentOf`, for many lists in a few statements. */
export async function contentsOf(q: Rows, lists: readonly ListRow[]): Promise<ListContent[]> {
  const [withPowers, withItems] = [true, false].map(powers => lists.filter(l => (l.kind === 'POWER_RISK_CONTROL') === powers).map(l => l.id)) as [string[], string[]]
  const [powers, items] = [withPowers.length ? await partsOf(q, POWER_PARTS, withPowers) : {}, withItems.length ? await partsOf(q, ITEM_PARTS, withItems) : {}]
  const entered = withPowers.length ? await q.rows<{ of_list: string; who: string }>(ENTERED_BY, [withPowers]) : []
  return lists.map(list => {
    const parts = Object.entries(list.kind === 'POWER_RISK_CONTROL' ? powers : items).map(([name, byList]) => [name, byList.get(list.id) ?? []] as const)
    return {
      hash: contentHash({ unit: list.unit_id, owner: list.owner_unit_id, kind: list.kind, year: list.year, version: list.version, ...Object.fromEntries(parts) }),
      catalogVersions: versions(parts.flatMap(([, rows]) => rows)),
      enteredBy: entered.filter(e => e.of_list === list.id).map(e => e.who),
    }
  })
}

/** `<plugin>.<kind>.<slug>` names the plugin. */
function versions(content: readonly Content[]): { plugin: string; version: string }[] {
  const found = content.filter(c => c.catalog_code && c.catalog_version).map(c => JSON.stringify([c.catalog_code!.split('.')[0], c.catalog_version]))
  return [...new Set(found)].sort().map(text => JSON.parse(text) as [string, string]).map(([plugin, version]) => ({ plugin, version }))
}

async function partsOf(q: Rows, statements: Readonly<Record<string, string>>, listIds: readonly string[]): Promise<Parts> {
  const parts: Record<string, Map<string, Content[]>> = {}
  for (const [name, text] of Object.entries(statements)) {
    const byList = parts[name] = new Map<string, Content[]>()
    for (const { of_list, ...row } of await q.rows<Content & { of_list: string }>(text, [listIds])) byList.set(of_list, [...byList.get(of_list) ?? [], row])
  }
  return parts
}

/** Each names the list that a row is content of, as `of_list`. */
const ITEM_PARTS = {
  items: `
    SELECT i.list_id AS of_list, i.seq, i.code, i.responsibility, i.content_zh, i.content_en, i.owner_unit_id, i.responsible_appointment_id, i.due_on, i.is_priority_task,
      i.catalog_code, i.catalog_version, i.is_synthetic,
      ARRAY(SELECT power_id::text FROM focus_power WHERE duty_item_id = i.id ORDER BY 1) AS powers,
      ARRAY(SELECT risk_point_id::text FROM focus_risk_point WHERE duty_item_id = i.id ORDER BY 1) AS risk_points
    FROM duty_item i WHERE i.list_id = ANY($1::uuid[]) ORDER BY i.seq`,
}
const POWER_PARTS = {
  powers: `
    SELECT l.list_id AS of_list, p.id, p.code, p.name_zh, p.name_en, p.description_zh, p.category, p.significance, p.sector_code, p.legal_basis, p.catalog_code, p.catalog_version, p.is_synthetic,
      ARRAY(SELECT position_id::text FROM power_position WHERE power_id = p.id ORDER BY 1) AS positions
    FROM list_power l JOIN power p ON p.id = l.power_id WHERE l.list_id = ANY($1::uuid[]) ORDER BY p.id`,
  flows: `
    SELECT l.list_id AS of_list, f.id, f.power_id, f.version, f.catalog_code, f.catalog_version
    FROM list_power l JOIN operating_flow f ON f.power_id = l.power_id AND f.state = 'EFFECTIVE'
    WHERE l.list_id = ANY($1::uuid[]) ORDER BY f.id`,
  steps: `
    SELECT l.list_id AS of_list, s.flow_id, s.seq, s.name_zh, s.name_en, s.kind, s.position_id, s.time_limit_working_days, s.collective_decision
    FROM list_power l JOIN operating_flow f ON f.power_id = l.power_id AND f.state = 'EFFECTIVE' JOIN flow_step s ON s.flow_id = f.id
    WHERE l.list_id = ANY($1::uuid[]) ORDER BY s.flow_id, s.seq`,
  riskPoints: `
    SELECT l.list_id AS of_list, r.id, r.power_id, r.flow_step_id, r.code, r.description_zh, r.description_en, r.cause_zh, r.consequence_zh, r.category, r.owner_position_id,
      r.inherent_likelihood, r.inherent_impact, r.inherent_level, r.inherent_matrix_version, r.residual_likelihood, r.residual_impact, r.residual_level, r.residual_matrix_version,
      r.response_plan, r.catalog_code, r.catalog_version, r.is_synthetic
    FROM list_power l JOIN risk_point r ON r.power_id = l.power_id AND r.state <> 'RETIRED' WHERE l.list_id = ANY($1::uuid[]) ORDER BY r.id`,
  controls: `
    SELECT l.list_id AS of_list, c.id, c.code, c.description_zh, c.description_en, c.nature, c.mode, c.frequency, c.owner_position_id, c.catalog_code, c.catalog_version, c.is_synthetic,
      array_agg(r.id::text ORDER BY r.id) AS risk_points
    FROM list_power l JOIN risk_point r ON r.power_id = l.power_id AND r.state <> 'RETIRED'
      JOIN control_risk_point k ON k.risk_point_id = r.id JOIN control c ON c.id = k.control_id AND c.state <> 'RETIRED'
    WHERE l.list_id = ANY($1::uuid[]) GROUP BY l.list_id, c.id ORDER BY c.id`,
}

/** Ratings count as far as they are in force: the last of each kind. */
const ENTERED_BY = `
  WITH point AS (
    SELECT l.list_id AS of_list, r.id, r.created_by || r.edited_by AS wrote FROM list_power l JOIN risk_point r ON r.power_id = l.power_id AND r.state <> 'RETIRED' WHERE l.list_id = ANY($1::uuid[]))
  SELECT of_list, unnest(wrote) AS who FROM point
  UNION SELECT of_list, (SELECT g.rated_by FROM risk_rating g WHERE g.risk_point_id = p.id AND g.kind = k.kind ORDER BY g.id DESC LIMIT 1)
    FROM point p, (VALUES ('INHERENT'), ('RESIDUAL')) k(kind) WHERE EXISTS (SELECT FROM risk_rating g WHERE g.risk_point_id = p.id AND g.kind = k.kind)
  UNION SELECT p.of_list, unnest(c.created_by || c.edited_by) FROM point p JOIN control_risk_point k ON k.risk_point_id = p.id JOIN control c ON c.id = k.control_id AND c.state <> 'RETIRED'`
