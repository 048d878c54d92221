import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { dataFile } from '../../src/demo/data-files'
import { type Product, runProduct } from '../support/process'
import { asOwner } from '../support/test-server'

jest.setTimeout(180_000)

let folder: string
const products: Product[] = []
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'plumbline-backup-'))
  // As root, PostgreSQL’s user passes through here.
  chmodSync(folder, 0o755)
})
afterAll(async () => {
  for (const p of products.splice(0)) await p.stop('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const at = (name: string): string => path.join(folder, name)
const run = (data: string, args?: string[], environment: Record<string, string> = {}): Product => {
  const product = runProduct({ PORT: '0', PLUMBLINE_DATA_DIR: at(data), PLUMBLINE_PLUGINS: 'none', PLUMBLINE_DEMO: 'off', ...environment }, args)
  products.push(product)
  return product
}
const said = async (data: string, args: string[], environment?: Record<string, string>): Promise<{ code: number | string; said: string }> => {
  const product = run(data, args, environment)
  return { code: await product.ended, said: product.said() }
}
const READY = /GraphQL\s+(http:\/\/\S+)\/graphql/
/** What is in the database of a running Plumbline, asked past it. */
const divisions = async (data: string): Promise<number> => {
  const { password, port } = JSON.parse(readFileSync(at(`${data}/postgres/plumbline.json`), 'utf8')) as { password: string; port: number }
  return asOwner(`postgres://plumbline:${password}@127.0.0.1:${port}/plumbline`, async c => (await c.query<{ n: number }>('SELECT count(*)::int AS n FROM administrative_division')).rows[0]!.n)
}

test('backed up while stopped, restored elsewhere and started there: rows, evidence and keys are as they were', async () => {
  const first = run('data')
  await first.until(READY)
  expect(await said('data', ['import', 'divisions', dataFile('divisions.csv')])).toMatchObject({ code: 0 })
  const before = await divisions('data')
  expect(before).toBeGreaterThan(1_000)

  expect(await said('data', ['backup', at('backup')])).toMatchObject({ code: 1, said: expect.stringMatching(new RegExp(`Plumbline is running .*process ${first.child.pid} on .*Stop it first`)) })
  expect(await first.stop()).toBe(0)
  mkdirSync(at('data/evidence/content/ab'), { recursive: true })
  writeFileSync(at('data/evidence/content/ab/abc'), 'evidence')
  expect(await said('data', ['backup', at('backup')])).toMatchObject({ code: 0, said: expect.stringMatching(/Backed up to .*backup: \d+ files, \d+\.\d MB, PostgreSQL \d+/) })
  expect(await said('restored', ['restore', at('backup')])).toMatchObject({ code: 0, said: expect.stringContaining('every file checked') })

  const again = run('restored')
  const [, url] = await again.until(READY)
  expect(again.said()).toMatch(/✓ Migrations .*up to date/)
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  expect(await divisions('restored')).toBe(before)
  for (const file of ['evidence/content/ab/abc', 'development-key.json']) expect(readFileSync(at(`restored/${file}`))).toEqual(readFileSync(at(`data/${file}`)))
  expect(await again.stop()).toBe(0)
})

test('a database of one’s own is backed up with its own tools, and the refusal says so', async () => {
  expect(await said('data', ['backup', at('none')], { DATABASE_URL: 'postgres://u:secret-word@127.0.0.1:1/p' })).toEqual({ code: 1, said: expect.stringMatching(/pg_dump(?![\s\S]*secret-word)/) })
})
