import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { loadAuditKey } from '../../src/domain/audit'
import { dataFile } from '../../src/demo/data-files'
import { type TestDatabase, testDatabase } from '../support/database'
import { runProduct } from '../support/process'

jest.setTimeout(180_000)

let t: TestDatabase
let folder: string
beforeAll(async () => {
  t = await testDatabase()
  folder = mkdtempSync(path.join(tmpdir(), 'plumbline-cli-'))
  // What every other test here stands on.
  expect(await plumbline('import', 'divisions', dataFile('divisions.csv'))).toMatchObject({ code: 0, said: expect.stringMatching(/\d+ rows imported from divisions\.csv\./) })
})
afterAll(async () => {
  await t.close()
  rmSync(folder, { recursive: true, force: true })
})

async function plumbline(...args: string[]): Promise<{ code: number | string; said: string }> {
  const product = runProduct({ DATABASE_URL: t.url, PLUMBLINE_DATA_DIR: folder, PLUMBLINE_PLUGINS: 'none' }, args)
  return { code: await product.ended, said: product.said() }
}
const file = (name: string, ...lines: string[]): string => {
  const at = path.join(folder, name)
  writeFileSync(at, lines.join('\n') + '\n')
  return at
}
const count = async (table: string): Promise<number> => (await t.owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]!.n

test('imports a whole file or nothing, and says what is wrong by row, column and code', async () => {
  const before = await count('unit')
  const broken = await plumbline('import', 'units', file('broken.csv', 'code,nameZh,kind,divisionCode,validFrom', 'A-1,好单位,GOVERNMENT_DEPARTMENT,510800,2020-01-01', 'A-2,坏单位,NO_SUCH_KIND,510800,2020-01-01', 'A-3,坏单位,GOVERNMENT_DEPARTMENT,999999,2020-13-01'))
  expect(broken.code).toBe(1)
  expect(broken.said).toMatch(/Row +Column +Code/)
  expect(broken.said).toMatch(/3 +kind +NOT_IN_LIST/)
  expect(broken.said).toMatch(/4 +validFrom +NOT_A_DATE/)
  expect(broken.said).toMatch(/Nothing was written: \d+ problems\./)
  expect(broken.said).not.toContain('    at ')
  expect(await count('unit')).toBe(before)

  const good = await plumbline('import', 'units', file('good.csv', 'code,nameZh,kind,divisionCode,validFrom', 'A-1,好单位,GOVERNMENT_DEPARTMENT,510800,2020-01-01'))
  expect(good).toMatchObject({ code: 0, said: expect.stringContaining('1 rows imported from good.csv.') })
  const figures = await plumbline('import', 'indicator-figures', file('figures.csv', '单位代码,插件,变量,期间,数值', 'A-1,no-such-plugin,visits,2025-13,12'))
  expect(figures).toMatchObject({ code: 1, said: expect.stringMatching(/UNKNOWN_VARIABLE[\s\S]*NOT_A_PERIOD[\s\S]*2 problems/) })
  expect(await count('unit')).toBe(before + 1)
})

test('what is not there is said in a sentence', async () => {
  const [what, where, who] = await Promise.all([plumbline('import', 'planets', 'x.csv'), plumbline('import', 'units', path.join(folder, 'none.csv')), plumbline('token', 'nobody-at-all')])
  expect(what).toMatchObject({ code: 1, said: expect.stringContaining('There is no import planets. There are: divisions, division-populations, units,') })
  expect(where).toMatchObject({ code: 1, said: expect.stringContaining('UNREADABLE') })
  expect(who).toMatchObject({ code: 1, said: expect.stringContaining('There is no identity and no staff number nobody-at-all') })
})

test('gives and takes roles; a token is printed alone', async () => {
  expect(await plumbline('import', 'units', file('units.csv', 'code,nameZh,kind,divisionCode,validFrom', 'B-1,单位,GOVERNMENT_DEPARTMENT,510800,2020-01-01'))).toMatchObject({ code: 0 })
  expect(await plumbline('import', 'persons', file('persons.csv', 'staffNo,displayName,unitCode', 'T-1,某甲,B-1'))).toMatchObject({ code: 0 })
  const active = async (): Promise<unknown[]> => (await t.owner.query(`SELECT g.role, u.code, g.edge, g.created_by FROM role_grant g JOIN unit u ON u.id = g.unit_id JOIN person p ON p.id = g.person_id WHERE p.staff_no = 'T-1' AND g.revoked_at IS NULL`)).rows

  expect(await plumbline('grant', 'T-1', 'UNIT_EDITOR', 'B-1')).toEqual({ code: 0, said: 'T-1 is UNIT_EDITOR of B-1 (TERRITORIAL).\n' })
  expect(await active()).toEqual([{ role: 'UNIT_EDITOR', code: 'B-1', edge: 'TERRITORIAL', created_by: 'system:cli' }])
  const [token, unknown] = await Promise.all([plumbline('token', 'T-1'), plumbline('grant', 'T-1', 'KING', 'B-1')])
  expect(token.code).toBe(0)
  expect(token.said).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
  expect(unknown).toMatchObject({ code: 1, said: expect.stringContaining('There is no role KING.') })
  expect(await plumbline('revoke', 'T-1', 'UNIT_EDITOR', 'B-1')).toMatchObject({ code: 0 })
  expect(await active()).toEqual([])
})

test('the audit log is sealed, signed, verified and exported; a touched one ends with 1 and the name of what was touched', async () => {
  const at = (name: string): string => path.join(folder, name)
  expect(await plumbline('audit', 'checkpoint', '--out', at('checkpoint.jws'), '--public-key-out', at('public.pem'))).toMatchObject({ code: 0, said: expect.stringMatching(/seal \d+ over \d+ records?\./) })
  const whole = ['audit', 'verify', '--checkpoint', at('checkpoint.jws'), '--public-key', at('public.pem')]
  expect(await plumbline(...whole)).toMatchObject({ code: 0, said: expect.stringMatching(/The audit log is untouched: \d+ records? under \d+ seals?, and the checkpoint of .+ holds\./) })

  const other = await loadAuditKey({ production: false, keyFile: null, dataDirectory: at('other') })
  writeFileSync(at('other.pem'), other.publicKey.export({ type: 'spki', format: 'pem' }))
  const production = runProduct({ DATABASE_URL: t.url, NODE_ENV: 'production', PLUMBLINE_AUTH_KEYS_FILE: at('public.pem'), PLUMBLINE_AUTH_PEM_ALGORITHM: 'EdDSA', PLUMBLINE_VAULT_KEY: randomBytes(32).toString('base64'), PLUMBLINE_DATA_DIR: folder }, ['audit', 'checkpoint', '--out', at('no.jws')])
  const [foreign, exported] = await Promise.all([
    plumbline('audit', 'verify', '--checkpoint', at('checkpoint.jws'), '--public-key', at('other.pem')),
    plumbline('audit', 'export', '--from', '2026-01-01', '--to', '2100-01-01', '--format', 'csv', '--out', at('log.csv')),
  ])
  expect([await production.ended, production.said()]).toEqual([1, expect.stringContaining('PLUMBLINE_AUDIT_KEY_FILE')])
  expect(foreign).toMatchObject({ code: 1, said: expect.stringContaining('not signed with this key') })
  expect(exported).toMatchObject({ code: 0, said: expect.stringMatching(/\d+ records? in .*log\.csv\./) })

  const client = await t.owner.connect()
  const { id } = (await client.query<{ id: string }>(`SELECT id FROM audit_record WHERE command = 'importDivisions'`)).rows[0]!
  await client.query(`BEGIN; SET LOCAL session_replication_role = replica; UPDATE audit_record SET actor = 'system:nobody' WHERE id = '${id}'; COMMIT`)
  expect(await plumbline(...whole)).toMatchObject({ code: 1, said: expect.stringMatching(new RegExp(`tampered with\\. First: .*${id}.* was changed`)) })
  await client.query(`BEGIN; SET LOCAL session_replication_role = replica; UPDATE audit_record SET actor = 'system:cli' WHERE id = '${id}'; COMMIT`)
  client.release()
})

test('opens an account for a tool: its key is printed alone, once; turns and revokes it', async () => {
  expect(await plumbline('import', 'units', file('units-c.csv', 'code,nameZh,kind,divisionCode,validFrom', 'C-1,单位,GOVERNMENT_DEPARTMENT,510800,2020-01-01'))).toMatchObject({ code: 0 })
  const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  const options = ['--name', '月度报表', '--purpose', '县统计系统', '--expires', inAMonth]
  const key = /^plk_[0-9a-f]{16}_[\w-]{43}$/m
  const issued = await plumbline('service-account', 'issue', 'C-1', 'monthly', ...options)
  expect(issued).toMatchObject({ code: 0, said: expect.stringMatching(key) })
  const [again, approver, rotated] = await Promise.all([
    plumbline('service-account', 'issue', 'C-1', 'monthly', ...options), plumbline('service-account', 'issue', 'C-1', 'other', '--role', 'UNIT_APPROVER', ...options),
    plumbline('service-account', 'rotate', 'C-1', 'monthly', '--expires', inAMonth, '--overlap', '0'),
  ])
  expect(again).toMatchObject({ code: 1, said: 'The unit already has a service account with this code.\n' })
  expect(approver).toMatchObject({ code: 1, said: 'A service account cannot be given this role in this realm.\n' })
  expect(rotated).toMatchObject({ code: 0, said: expect.stringMatching(key) })
  expect(await plumbline('service-account', 'revoke', 'C-1', 'monthly')).toMatchObject({ code: 0 })
  expect((await plumbline('service-account', 'list')).said).toMatch(/C-1 +monthly +REPORTING_CLIENT +revoked/)
  expect((await t.owner.query('SELECT count(*)::int AS n FROM service_account_key WHERE revoked_at IS NULL')).rows).toEqual([{ n: 0 }])
})
