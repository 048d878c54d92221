import { badInput } from '../../core/errors'
import type { Database } from '../../database/database'
import type { Transaction } from '../../database/transaction'

/** INV-41: the code exists and means a division on that day. */
export async function requireDivision(tx: Transaction, code: string, day: string, path: string): Promise<void> {
  const found = await tx.row<{ valid: boolean }>(`
    SELECT bool_or(valid_from <= $2::date AND (valid_to IS NULL OR valid_to > $2::date)) AS valid
    FROM administrative_division WHERE code = $1 HAVING count(*) > 0`, [code, day])
  if (!found) throw badInput(path, 'INV-41', `There is no administrative division with the code ${code}.`)
  if (!found.valid) throw badInput(path, 'INV-41', `The division code ${code} was not valid on ${day}.`)
}

/** Row ids of the divisions that the codes mean: the valid ones, else those that were valid last. Divisions are public. */
export async function divisionIds(db: Database, codes: readonly string[]): Promise<(string | null)[]> {
  const rows = await db.rows<{ code: string; id: string }>(`
    SELECT DISTINCT ON (code) code, id FROM administrative_division WHERE code = ANY($1::text[])
    ORDER BY code, (valid_to IS NULL) DESC, valid_from DESC`, [codes])
  const byCode = new Map(rows.map(r => [r.code, r.id]))
  return codes.map(code => byCode.get(code) ?? null)
}

export interface Residents {
  readonly code: string
  readonly year: number
  readonly residents: number
}

/** The newest figure of each of these divisions that has one, by code. */
export async function residentsOf(db: Database, codes: readonly string[]): Promise<ReadonlyMap<string, Residents>> {
  if (!codes.length) return new Map()
  const rows = await db.rows<Residents>(`
    SELECT DISTINCT ON (division_code) division_code AS code, year, residents FROM division_population WHERE division_code = ANY($1::text[])
    ORDER BY division_code, year DESC, id DESC`, [[...new Set(codes)]])
  return new Map(rows.map(r => [r.code, r]))
}
