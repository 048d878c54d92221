import type pg from 'pg'
import { newId } from '../../src/core/ids'

/** A small territory written straight into the tables: units by their path, relations, persons and grants. */
export class Organisation {
  readonly units = new Map<string, string>()
  readonly persons = new Map<string, string>()

  constructor(private readonly owner: pg.Pool) {}

  /** `/51/5108/`: the parent is the path without its last part. Returns the row id. */
  async unit(path: string, kind = 'GOVERNMENT_DEPARTMENT'): Promise<string> {
    const id = newId()
    const parts = path.split('/').filter(Boolean)
    const parent = parts.length > 1 ? this.units.get(`/${parts.slice(0, -1).join('/')}/`) : null
    await this.owner.query(
      `INSERT INTO unit (id, code, name_zh, name_pinyin, name_initials, kind, division_code, parent_id, path, depth, valid_from, created_by, updated_by)
       VALUES ($1, $2, $3, 'danwei', 'dw', $4, '510800', $5, $6, $7, '2020-01-01', 'system:test', 'system:test')`,
      [id, parts.at(-1), `单位${parts.at(-1)}`, kind, parent, path, parts.length])
    this.units.set(path, id)
    return id
  }

  async relation(kind: string, from: string, to: string, validFrom = '2020-01-01', validTo: string | null = null): Promise<void> {
    await this.owner.query(
      `INSERT INTO unit_relation (id, from_unit_id, to_unit_id, kind, valid_from, valid_to, created_by, updated_by) VALUES ($1, $2, $3, $4, $5, $6, 'system:test', 'system:test')`,
      [newId(), this.units.get(from), this.units.get(to), kind, validFrom, validTo])
  }

  async person(staffNo: string, unit: string): Promise<string> {
    const id = newId()
    await this.owner.query(
      `INSERT INTO person (id, unit_id, display_name, staff_no, created_by, updated_by) VALUES ($1, $2, $3, $4, 'system:test', 'system:test')`,
      [id, this.units.get(unit), `岗位人员${staffNo}`, staffNo])
    this.persons.set(staffNo, id)
    return id
  }

  async grant(staffNo: string, role: string, unit: string, o: { edge?: string; from?: string; to?: string | null; revoked?: boolean } = {}): Promise<string> {
    const id = newId()
    await this.owner.query(
      `INSERT INTO role_grant (id, person_id, role, unit_id, edge, valid_from, valid_to, revoked_at, created_by, updated_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $8 THEN now() END, 'system:test', 'system:test')`,
      [id, this.persons.get(staffNo), role, this.units.get(unit), o.edge ?? 'TERRITORIAL', o.from ?? '2020-01-01', o.to ?? null, o.revoked ?? false])
    return id
  }
}
