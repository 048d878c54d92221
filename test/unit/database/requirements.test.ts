import { randomBytes } from 'node:crypto'
import { requireAppRole, requireOwner, requireServer } from '../../../src/database/requirements'
import { StartError } from '../../../src/database/start-error'
import { type TestDatabase, testDatabase } from '../../support/database'
import { asOwner, databaseUrl } from '../../support/test-server'

const login = `plumbline_test_login_${randomBytes(4).toString('hex')}`
let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
  await t.owner.query(`CREATE ROLE ${login} LOGIN PASSWORD 'word'`)
})
afterAll(async () => {
  await t.owner.query(`DROP ROLE ${login}`)
  await t.close()
})

const refusal = (work: Promise<void>): Promise<StartError> => work.then(() => { throw new Error('It was not refused.') }, (e: StartError) => e)

test('a database that is new enough and stores Unicode is taken', async () => {
  await expect(requireServer(t.url, 'DATABASE_URL')).resolves.toBeUndefined()
  await expect(requireAppRole(t.url, 'DATABASE_URL')).resolves.toBeUndefined()
  await expect(requireOwner(t.url, 'DATABASE_URL')).resolves.toBeUndefined()
})

test('one that stores no Unicode is refused', async () => {
  const name = `${new URL(t.url).pathname.slice(1)}_ascii`
  await asOwner(databaseUrl(t.url, 'postgres'), c => c.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'`))
  const error = await refusal(requireServer(databaseUrl(t.url, name), 'DATABASE_URL'))
  await asOwner(databaseUrl(t.url, 'postgres'), c => c.query(`DROP DATABASE ${name}`))
  expect(error).toBeInstanceOf(StartError)
  expect(error.message).toBe('The database of DATABASE_URL is encoded in SQL_ASCII; UTF8 is needed.')
})

test('a login that may not work as the server’s role is told what to run', async () => {
  const url = new URL(t.url)
  url.username = login
  url.password = 'word'
  const error = await refusal(requireAppRole(url.toString(), 'DATABASE_URL'))
  expect(error).toBeInstanceOf(StartError)
  expect(error.message).toContain(`GRANT plumbline_app TO "${login}"`)
})

test('a login that does not own the tables, or may make none, is told which setting names the one that does', async () => {
  const url = new URL(t.url)
  url.username = login
  url.password = 'word'
  const expected = `The role ${login} of DATABASE_URL does not own the tables and cannot migrate them. Set DATABASE_OWNER_URL to the login that does.`
  expect((await refusal(requireOwner(url.toString(), 'DATABASE_URL'))).message).toBe(expected)
  url.pathname = '/postgres'
  expect((await refusal(requireOwner(url.toString(), 'DATABASE_URL'))).message).toBe(expected)
})

test('one that cannot be reached is told by its variable and its reason, without the address’s secrets', async () => {
  const { message } = await refusal(requireServer('postgres://someone:secret-word@127.0.0.1:1/nothing', 'DATABASE_OWNER_URL'))
  expect(message).toMatch(/^The database of DATABASE_OWNER_URL cannot be used: .*ECONNREFUSED/)
  expect(message).not.toContain('secret-word')
})
