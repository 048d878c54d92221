import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Product, runProduct } from '../support/process'

jest.setTimeout(120_000)

let directory: string
const products: Product[] = []
beforeEach(() => { directory = mkdtempSync(path.join(tmpdir(), 'plumbline-process-')) })
afterEach(async () => {
  for (const p of products.splice(0)) await p.stop('SIGKILL')
  for (let i = 0; i < 100 && servers().length; i++) await new Promise(done => setTimeout(done, 50))
  rmSync(directory, { recursive: true, force: true })
})

const run = (environment: Record<string, string> = {}, args?: string[]): Product => {
  const product = runProduct({ PORT: '0', PLUMBLINE_DATA_DIR: directory, PLUMBLINE_PLUGINS: 'none', PLUMBLINE_DEMO: 'off', ...environment }, args)
  products.push(product)
  return product
}
/** PostgreSQL servers that work in our directory. */
const servers = (): string[] => execFileSync('ps', ['-e', '-o', 'stat=,args='], { encoding: 'utf8' }).split('\n').filter(l => l.includes(directory) && l.includes('postgres -D') && !l.startsWith('Z'))
const READY = /GraphQL\s+(http:\/\/\S+)\/graphql/
const ask = async (url: string, query: string, token?: string): Promise<unknown> => {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }, body: JSON.stringify({ query }) })
  return ((await response.json()) as { data: unknown }).data
}

test('starts on nothing, says what it does and where it is, takes commands beside it, ends in order, and starts again on what it left', async () => {
  const first = run()
  const [, url] = await first.until(READY)
  expect(first.said()).toMatch(/✓ PostgreSQL[\s\S]*✓ Migrations .*\d+ new[\s\S]*✓ Plugins[\s\S]*✓ HTTP/)
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  expect(await ask(url!, '{ __typename }')).toEqual({ __typename: 'Query' })
  expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/^plumbline_operation_duration_seconds_count\{operation="\(anonymous\)".* 1$/m)

  const [check, second, revert] = [run({}, ['migrate', '--check']), run(), run({}, ['migrate', '--revert'])]
  expect(await check.ended).toBe(0)
  expect(check.said()).toContain('Up to date.')
  for (const refused of [second, revert]) {
    expect(await refused.ended).toBe(1)
    expect(refused.said()).toContain(`Another Plumbline (process ${first.child.pid} on `)
  }

  expect(await first.stop('SIGTERM')).toBe(0)
  expect(servers()).toEqual([])
  const again = run()
  await again.until(READY)
  expect(again.said()).toMatch(/✓ Migrations .*up to date/)
  expect(await again.stop('SIGINT')).toBe(0)
  expect(servers()).toEqual([])
})

test('kill -9 leaves no server behind, and the next start works', async () => {
  const first = run()
  await first.until(READY)
  expect(servers()).not.toEqual([])
  await first.stop('SIGKILL')
  const again = run()
  await again.until(READY)
  expect(await again.stop()).toBe(0)
  expect(servers()).toEqual([])
})

test('a taken port is said before anything is loaded', async () => {
  const other = createServer()
  await new Promise<void>(done => other.listen(0, '127.0.0.1', done))
  const { port } = other.address() as { port: number }
  const product = run({ PORT: String(port) })
  expect(await product.ended).toBe(1)
  expect(product.said()).toContain(`Port ${port} on 127.0.0.1 is in use. Set PORT to another one, or stop what listens there.`)
  expect(product.said()).not.toContain('PostgreSQL')
  await new Promise(done => other.close(done))
})

test('what is wrong with the environment is a sentence without a stack, and the end', async () => {
  const product = run({ NODE_ENV: 'production', PLUMBLINE_LIMIT: '3' })
  expect(await product.ended).toBe(1)
  expect(product.said().trim().split('\n').sort()).toEqual([
    expect.stringMatching(/^DATABASE_URL must be set in production/),
    expect.stringMatching(/^PLUMBLINE_AUTH_ISSUER must be the address of an identity provider in production/),
    'PLUMBLINE_LIMIT is not a setting of Plumbline.',
    expect.stringMatching(/^PLUMBLINE_VAULT_KEY, .* must be set in production/),
  ])
})

test('a database that does not answer is the end, with its reason', async () => {
  const product = run({ DATABASE_URL: 'postgres://nobody:secret-word@127.0.0.1:1/none' })
  expect(await product.ended).toBe(1)
  expect(product.said()).toContain('The database of DATABASE_URL cannot be used: connect ECONNREFUSED 127.0.0.1:1.')
  expect(product.said()).not.toContain('secret-word')
})
