import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { createServer, type ApiServer } from '../../src/api'
import { Authenticator, loadKeys } from '../../src/auth'
import type { ClosedRealm, Role } from '../../src/core/actor'
import { globalId } from '../../src/core/ids'
import { coreModules } from '../../src/modules'
import { testDatabase, type TestDatabase } from '../support/database'
import { explained, type Plan } from './explained'

export const COUNTY = '5110100'
export const BY = `'system:scale', 'system:scale'`

/** 200 counties of 30 bureaus below a province, people who ask, and the server that they ask. `COUNTY` in a query stands for one of them. */
export class Counties {
  private readonly tokens = new Map<string, string>()

  private constructor(readonly t: TestDatabase, private readonly server: ApiServer, private readonly authenticator: Authenticator, private readonly ids: ReadonlyMap<string, string>) {}

  /** `people`: staff number, role and the code of the unit where it is held. `fill` writes what they ask about. */
  static async with(people: readonly (readonly [staffNo: string, role: Role, code: string])[], fill: (insert: Insert) => Promise<void>): Promise<Counties> {
    const t = await testDatabase()
    const ids = await organisation(t.owner, people)
    await fill((table, columns, select) => withoutIndexes(t.owner, table, `INSERT INTO ${table} (${columns}) ${select}`))
    await t.owner.query('ANALYZE')
    const authenticator = new Authenticator(t.db, await loadKeys({ production: false, dataDirectory: mkdtempSync(path.join(tmpdir(), 'plumbline-scale-')) }), { issuer: 't', audience: 't', clockTolerance: 0, rightsTtl: 60_000 })
    const server = await createServer({ modules: coreModules, config: { production: false, planner: true, http: { corsOrigins: [], trustProxy: false, introspection: true }, limits: {} }, db: t.db, authenticator, log: pino({ level: 'silent' }) })
    await server.app.ready()
    return new Counties(t, server, authenticator, ids)
  }

  /** Global id of the unit with this code. */
  unitId(code: string): string {
    return this.ids.get(code)!
  }

  async close(): Promise<void> {
    await this.server.close()
    await this.t.close()
  }

  async ask<T = Record<string, never>>(who: string, query: string): Promise<T> {
    const token = this.tokens.get(who) ?? await this.authenticator.issueToken(who)
    this.tokens.set(who, token)
    const response = await this.server.app.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, payload: JSON.stringify({ query: query.replaceAll('COUNTY', JSON.stringify(this.unitId(COUNTY))) }) })
    const { data, errors } = JSON.parse(response.body) as { data: T; errors?: unknown }
    expect([query, errors]).toEqual([query, undefined])
    return data
  }

  async plansOf(who: string, query: string, realms: readonly ClosedRealm[] = []): Promise<Plan[]> {
    await this.ask(who, '{ __typename }')
    return explained(this.t.db, () => this.ask(who, query), realms)
  }
}

/** Many rows at once, without triggers and keys: those that stand to each other as the product leaves them. */
export type Insert = (table: string, columns: string, select: string) => Promise<unknown>

/** Ids in the order of units, like those of things that came to the platform unit by unit; `kind` keeps tables apart. For `u.at` and `n`. */
export const idsByUnit = (kind: number): string => `('0193000${kind}-0000-7000-8000-' || lpad(to_hex((u.at * 1000 + n)::int), 12, '0'))::uuid`

/** Building an index anew takes a fraction of keeping it for each row. */
async function withoutIndexes(owner: TestDatabase['owner'], table: string, insert: string): Promise<void> {
  const { rows } = await owner.query<{ name: string; made: string }>(
    `SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS made FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = $1::regclass AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)`, [table])
  await owner.query(`SET session_replication_role = replica; ${rows.map(r => `DROP INDEX ${r.name}`).join('; ')}; ${insert}; ${rows.map(r => r.made).join('; ')}; RESET session_replication_role`)
}

/** Answers the global ids of units by their codes. */
async function organisation(owner: TestDatabase['owner'], people: readonly (readonly [string, Role, string])[]): Promise<Map<string, string>> {
  const divisions = (from: string, code: string, level: string, parent: string): Promise<unknown> => owner.query(`
    INSERT INTO administrative_division (id, code, name_zh, name_pinyin, name_initials, level, parent_code, valid_from, created_by, updated_by) SELECT gen_random_uuid(), ${code}, 'x', 'x', 'x', '${level}', ${parent}, '2000-01-01', ${BY} FROM ${from}`)
  const units = (from: string, code: string, division: string, parent: string, depth: number): Promise<unknown> => owner.query(`
    INSERT INTO unit (id, code, name_zh, name_pinyin, name_initials, kind, division_code, parent_id, path, depth, valid_from, created_by, updated_by)
    SELECT gen_random_uuid(), ${code}, ${code}, 'x', 'x', 'GOVERNMENT_DEPARTMENT', ${division}, ${parent}, ${depth === 1 ? `'/51/'` : `u.path || ${code} || '/'`}, ${depth}, '2020-01-01', ${BY} FROM ${from}`)
  await divisions('(SELECT 1) one', `'51'`, 'CITY', 'NULL')
  await divisions('generate_series(10, 11) c, generate_series(100, 199) n', `'51' || c || n`, 'COUNTY', `'51'`)
  await units('(SELECT 1) one', `'51'`, `'51'`, 'NULL::uuid', 1)
  await units('unit u, generate_series(10, 11) n WHERE u.depth = 1', 'u.code || n', `'51'`, 'u.id', 2)
  await units('unit u, generate_series(100, 199) n WHERE u.depth = 2', 'u.code || n', 'u.code || n', 'u.id', 3)
  await units('unit u, generate_series(10, 39) n WHERE u.depth = 3', 'u.code || n', 'u.division_code', 'u.id', 4)
  for (const [staffNo, role, code] of people) {
    await owner.query(`
      WITH p AS (INSERT INTO person (id, unit_id, display_name, staff_no, created_by, updated_by) SELECT gen_random_uuid(), id, '测试', $1, ${BY} FROM unit WHERE code = '51' RETURNING id)
      INSERT INTO role_grant (id, person_id, role, unit_id, edge, valid_from, created_by, updated_by) SELECT gen_random_uuid(), p.id, $2, u.id, 'TERRITORIAL', '2020-01-01', ${BY} FROM p, unit u WHERE u.code = $3`, [staffNo, role, code])
  }
  const { rows } = await owner.query<{ id: string; code: string }>('SELECT id, code FROM unit')
  return new Map(rows.map(({ id, code }) => [code, globalId('unit', id)]))
}
