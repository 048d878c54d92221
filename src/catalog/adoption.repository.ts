import type { Transaction } from '../database/transaction'
import { FACTS, type UnitFacts } from '../domain/indicator'

export interface AdoptingUnit extends UnitFacts { id: string; path: string }
export interface AdoptionRow {
  id: string; row_version: number; item_code: string; year: number; local_id: string
  /** The copy stands on a list that was withdrawn: it may be adopted anew. */
  withdrawn: boolean
}

/** One adoption at a time in a unit: two at once would copy everything twice. */
export const claimAdoption = async (tx: Transaction, unitId: string): Promise<void> =>
  void (await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 3)) AS id', [`adoption:${unitId}`]))

export async function adoptingUnit(tx: Transaction, unitId: string): Promise<AdoptingUnit> {
  return (await tx.row<AdoptingUnit>(`SELECT ${FACTS.columns} FROM unit u ${FACTS.join} WHERE u.id = $1`, [unitId]))!
}

/** What the unit has adopted already of these items, for good or for this year. */
export const adoptions = (tx: Transaction, unitId: string, codes: readonly string[], year: number): Promise<AdoptionRow[]> => tx.rows<AdoptionRow>(
  `SELECT a.*, coalesce(l.state = 'WITHDRAWN', false) AS withdrawn
   FROM catalog_adoption a LEFT JOIN duty_item i ON i.id = a.local_id LEFT JOIN responsibility_list l ON l.id = i.list_id
   WHERE a.unit_id = $1 AND a.item_code = ANY($2) AND a.year IN (0, $3)`, [unitId, [...codes], year])

/** The unit's own posts by code. */
export async function positionsByCode(tx: Transaction, unitId: string, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ code: string; id: string }>('SELECT code, id FROM position WHERE unit_id = $1 AND code = ANY($2)', [unitId, [...codes]])
  return new Map(rows.map(r => [r.code, r.id]))
}

/** Steps of the adopted flows as they stand now, by power: where risk points of a later release may sit. */
export async function stepsOf(tx: Transaction, powerIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ power_id: string; seq: number; id: string }>(
    `SELECT DISTINCT ON (s.power_id, s.seq) s.power_id, s.seq, s.id FROM flow_step s JOIN operating_flow f ON f.id = s.flow_id
     WHERE s.power_id = ANY($1::uuid[]) AND f.state <> 'SUPERSEDED' ORDER BY s.power_id, s.seq, f.version DESC`, [[...powerIds]])
  return new Map(rows.map(r => [`${r.power_id} ${r.seq}`, r.id]))
}

/** Bodies that supervise the unit by a relation in force today: dispatched groups first, then outpost groups, then offices in liaison. */
export const supervisorsOf = (tx: Transaction, unitId: string): Promise<{ id: string; path: string }[]> => tx.rows<{ id: string; path: string }>(
  `SELECT u.id, u.path FROM unit_relation r JOIN unit u ON u.id = r.from_unit_id, (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) d
   WHERE r.to_unit_id = $1 AND r.kind IN ('DISPATCHED', 'OUTPOST', 'LIAISON') AND r.valid_from <= d.day AND (r.valid_to IS NULL OR r.valid_to > d.day)
   ORDER BY array_position(ARRAY['DISPATCHED', 'OUTPOST', 'LIAISON'], r.kind), u.id`, [unitId])
