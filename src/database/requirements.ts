import pg from 'pg'
import { APP_ROLE } from './database'
import { StartError } from './start-error'

const OLDEST = 15

/** The database answers, is new enough and stores Unicode. Throws a sentence that names the variable and never its value. */
export async function requireServer(url: string, variable: string): Promise<void> {
  await withClient(url, variable, async client => {
    const { rows: [is] } = await client.query<{ version: string; number: number; encoding: string }>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number, current_setting('server_encoding') AS encoding`)
    if (is!.number < OLDEST * 10_000) throw new StartError(`The database of ${variable} is PostgreSQL ${is!.version}; ${OLDEST} or later is needed.`)
    if (is!.encoding !== 'UTF8') throw new StartError(`The database of ${variable} is encoded in ${is!.encoding}; UTF8 is needed.`)
  })
}

/** The login may make tables and change those that are there. */
export async function requireOwner(url: string, variable: string): Promise<void> {
  await withClient(url, variable, async client => {
    const { rows: [is] } = await client.query<{ login: string; owns: boolean }>(`
      SELECT current_user AS login, has_schema_privilege('public', 'CREATE')
        AND coalesce((SELECT pg_has_role(c.relowner, 'MEMBER') FROM pg_class c WHERE c.oid = to_regclass('public.schema_migration')), true) AS owns`)
    if (!is!.owns) throw new StartError(`The role ${is!.login} of ${variable} does not own the tables and cannot migrate them. Set DATABASE_OWNER_URL to the login that does.`)
  })
}

/** The login may work as the role of the server. */
export async function requireAppRole(url: string, variable: string): Promise<void> {
  await withClient(url, variable, async client => {
    const { rows: [is] } = await client.query<{ login: string; member: boolean }>(`SELECT current_user AS login, pg_has_role(current_user, '${APP_ROLE}', 'MEMBER') AS member`)
    if (!is!.member) throw new StartError(`The role ${is!.login} of ${variable} may not work as ${APP_ROLE}. As its owner run: GRANT ${APP_ROLE} TO "${is!.login}"`)
  })
}

async function withClient(url: string, variable: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (cause) {
    throw new StartError(`The database of ${variable} cannot be used: ${(cause as Error).message || (cause as NodeJS.ErrnoException).code}.`, { cause })
  }
  try {
    await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
