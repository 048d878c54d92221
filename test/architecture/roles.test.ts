import { randomBytes } from 'node:crypto'
import { Database } from '../../src/database/database'
import { migrate } from '../../src/database/migrate'
import { blankDatabase } from '../support/database'
import { asOwner, databaseUrl } from '../support/test-server'

/** What an operator sets up: one role that owns the database and migrates, one that the server logs in with; neither is a superuser. */
const owner = `plumbline_test_owner_${randomBytes(4).toString('hex')}`
const server = `plumbline_test_server_${randomBytes(4).toString('hex')}`
const password = randomBytes(12).toString('hex')
let url: string
let drop: () => Promise<void>
let ran: string[]

const as = (role: string): string => {
  const its = new URL(url)
  its.username = role
  its.password = password
  return its.toString()
}

beforeAll(async () => {
  ({ url, drop } = await blankDatabase())
  await asOwner(url, async admin => {
    await admin.query(`CREATE ROLE ${owner} LOGIN NOSUPERUSER PASSWORD '${password}'`)
    await admin.query(`CREATE ROLE ${server} LOGIN NOSUPERUSER PASSWORD '${password}'`)
    await admin.query('DO $$ BEGIN CREATE ROLE plumbline_app NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$')
    await admin.query(`GRANT plumbline_app TO ${owner}, ${server}`)
    await admin.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} OWNER TO ${owner}`)
    await admin.query(`ALTER SCHEMA public OWNER TO ${owner}`)
  })
  ran = await migrate(as(owner))
})
afterAll(async () => {
  await drop()
  await asOwner(databaseUrl(url, 'postgres'), admin => admin.query(`DROP ROLE ${owner}, ${server}`))
})

test('a role that is no superuser migrates, and owns what it made', async () => {
  expect(ran.length).toBeGreaterThan(3)
  const { rows } = await asOwner(url, admin => admin.query(`SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'`))
  expect(rows).toEqual([{ tableowner: owner }])

  const db = new Database(as(server), { readConnections: 1, writeConnections: 1 })
  try {
    expect(await db.rows('SELECT current_user AS me, session_user AS login')).toEqual([{ me: 'plumbline_app', login: server }])
    expect(await db.rows('SELECT count(*)::int AS n FROM unit')).toEqual([{ n: 0 }])
    await expect(db.rows('DELETE FROM unit')).rejects.toThrow()
    await expect(db.writes.query('ALTER TABLE unit ADD COLUMN more text')).rejects.toMatchObject({ code: '42501' })
    // Leaving the role gives a login that owns nothing either.
    await expect(db.writes.query('SET ROLE NONE; DELETE FROM audit_record')).rejects.toMatchObject({ code: '42501' })
  } finally {
    await db.close()
  }
})

test('reads cannot write, whatever the statement', async () => {
  const db = new Database(as(server), { readConnections: 1, writeConnections: 1 })
  try {
    await expect(db.rows(`INSERT INTO idempotent_request (actor, key, command, input_hash, result) VALUES ('a', 'key-12345', 'c', 'h', '{}')`)).rejects.toMatchObject({ code: '25006' })
  } finally {
    await db.close()
  }
})
