import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Cluster, folderOfPostgres, postgres, sizeOf } from './postgres-tools'
import { Product } from './product'

/** The two logins of OPERATIONS.md. */
const ROLES = `
  CREATE ROLE plumbline_app NOLOGIN;
  CREATE ROLE plumbline_owner LOGIN;
  CREATE ROLE plumbline_server LOGIN;
  GRANT plumbline_app TO plumbline_owner, plumbline_server;`
const CREATE = `CREATE DATABASE plumbline OWNER plumbline_owner ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0`

/** Figures of every register, and of the reports over them. */
const FIGURES = `{
  unitByCode(code: "510821-HEALTH") { nameZh powers(first: 50) { totalCount nodes { code state riskPoints(first: 50) { totalCount } } } responsibilityLists(first: 20) { totalCount nodes { kind year state } } }
  units(first: 1) { totalCount } riskPoints(first: 1) { totalCount } controls(first: 1) { totalCount } dutyItems(first: 1) { totalCount }
  healthProcurement { contracts(first: 1) { totalCount } }
}`
const PROPOSE = 'mutation ($input: ProposePowerInput!) { proposePower(input: $input) { power { code } } }'
const BUREAU = '{ unitByCode(code: "510821-HEALTH") { id positions(first: 1) { nodes { id } } } }'
/** Rows of every table, a line each. */
const COUNTS = `SELECT schemaname || '.' || tablename || ' ' || (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I.%I', schemaname, tablename), false, true, '')))[1]
  FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> 'request_count' -- of the last minute, and in no backup
  ORDER BY schemaname, tablename`

const UNSEALED = 'SELECT (SELECT count(*) FROM audit_record) - (SELECT coalesce(sum(record_count), 0) FROM audit_seal)'

let folder: string
let source: Cluster
let original: Product
let figures: unknown
/** Restored rows and the same keys: it serves everywhere. */
let token: string
const clusters: Cluster[] = []
const products: Product[] = []

const freePort = (): Promise<number> => new Promise(resolve => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    server.close(() => resolve(port))
  })
})
const cluster = async (name: string): Promise<Cluster> => {
  const made = new Cluster(path.join(folder, 'pg', name), await freePort())
  clusters.push(made)
  return made
}
/** As in production: one login serves, another one owns. The keys are the same everywhere, as an identity provider's would be. */
const productOn = (c: Cluster): Product => {
  const product = new Product(path.join(folder, 'data'), { DATABASE_URL: c.url('plumbline_server'), DATABASE_OWNER_URL: c.url('plumbline_owner'), PLUMBLINE_PLUGINS: '' })
  products.push(product)
  return product
}
/** A connection that idled while this process waited for pg_dump may be closed by now: then it is asked again; commands have their key. */
const ask = async (product: Product, query: string, variables: Record<string, unknown> = {}) => {
  const once = () => product.ask(query, variables, token)
  return (await once().catch(once)).data as never
}
const propose = async (product: Product, code: string): Promise<unknown> => {
  const { unitByCode } = await ask(product, BUREAU) as { unitByCode: { id: string; positions: { nodes: { id: string }[] } } }
  return ask(product, PROPOSE, { input: { unitId: unitByCode.id, positionIds: [unitByCode.positions.nodes[0]!.id], nameZh: '职权', category: 'OTHER', significance: 'GENERAL', code, idempotencyKey: randomUUID() } })
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'plumbline-restore-'))
  chmodSync(folder, 0o755)
  folderOfPostgres(path.join(folder, 'pg'))
  folderOfPostgres(path.join(folder, 'wal'))
  source = (await cluster('source')).make().start({ archive_mode: 'on', archive_command: `test ! -f ${folder}/wal/%f && cp %p ${folder}/wal/%f`, wal_level: 'replica' })
  source.sql(ROLES, 'postgres')
  source.sql(CREATE, 'postgres')
  original = productOn(source)
  await original.start()
  token = original.token('wangcang-health-editor')
  figures = await ask(original, FIGURES)
})
afterAll(async () => {
  for (const product of products) await product.kill()
  for (const c of clusters) try { c.stop('immediate') } catch { /* It does not run. */ }
  rmSync(folder, { recursive: true, force: true })
})

test('pg_dump and pg_restore into a new cluster: every row, the roles and their bounds, and a product that goes on', async () => {
  const dump = path.join(folder, 'pg', 'plumbline.dump')
  // The product goes on sealing what was written: then nothing moves any more.
  for (let i = 0; i < 300 && source.sql(UNSEALED).trim() !== '0'; i++) await sleep(100)
  const roles = postgres('pg_dumpall', ['--roles-only', '--dbname', source.url('postgres', 'postgres')])
  postgres('pg_dump', ['--format=custom', `--file=${dump}`, source.url('postgres')])
  expect(sizeOf(dump)).toBeGreaterThan(100_000)
  const counts = source.sql(COUNTS)

  const target = (await cluster('dumped')).make().start()
  target.sql(roles.replace(/^(CREATE|ALTER) ROLE postgres\b.*$/gm, ''), 'postgres')
  target.sql(CREATE, 'postgres')
  postgres('pg_restore', ['--exit-on-error', `--dbname=${target.url('postgres')}`, dump])
  expect(target.sql(COUNTS)).toBe(counts)

  const product = productOn(target)
  await product.start()
  expect(await ask(product, FIGURES)).toEqual(figures)
  const audited = Number(target.sql('SELECT count(*) FROM audit_record'))
  expect(await propose(product, 'after-restore')).toEqual({ proposePower: { power: { code: 'after-restore' } } })
  expect(Number(target.sql('SELECT count(*) FROM audit_record'))).toBeGreaterThan(audited)
  // The log that came over is the one that was sealed, though its transactions have other numbers in this cluster.
  expect(product.command('audit', 'verify')).toContain('The audit log is untouched')
  // What the server's role may not do, it may not do there either; what only grows, only grows.
  expect(() => target.sql('SET ROLE plumbline_app; DELETE FROM audit_record', 'plumbline', 'plumbline_server')).toThrow(/permission denied/)
  expect(() => target.sql('UPDATE audit_record SET command = $$x$$', 'plumbline', 'plumbline_owner')).toThrow()
  expect(await product.stop()).toBe(0)
})

test('pg_basebackup and archived WAL: what was acknowledged after the backup is there', async () => {
  const target = await cluster('recovered')
  postgres('pg_basebackup', ['-D', target.directory, '--checkpoint=fast', '--wal-method=none', '-d', source.url('postgres', 'postgres')])
  expect(await propose(original, 'after-backup')).toEqual({ proposePower: { power: { code: 'after-backup' } } })
  const last = source.sql('SELECT pg_walfile_name(pg_switch_wal())', 'postgres')
  for (let i = 0; i < 600 && source.sql(`SELECT coalesce(last_archived_wal, '') >= '${last}' FROM pg_stat_archiver`, 'postgres') !== 't'; i++) await sleep(100)
  expect(await original.stop()).toBe(0)
  source.stop('immediate')

  writeFileSync(path.join(target.directory, 'recovery.signal'), '')
  target.start({ restore_command: `cp ${folder}/wal/%f %p`, recovery_target_timeline: 'latest' })
  for (let i = 0; i < 600 && target.sql('SELECT pg_is_in_recovery()', 'postgres') !== 'f'; i++) await sleep(100)
  const product = productOn(target)
  await product.start()
  expect(await ask(product, '{ powers(first: 1, filter: { code: { eq: "after-backup" } }) { totalCount } }')).toEqual({ powers: { totalCount: 1 } })
  expect(await product.stop()).toBe(0)
})
