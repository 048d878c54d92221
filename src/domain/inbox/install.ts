import pg from 'pg'
import { hashOf } from '../../database/content-hash'
import { oneAtATime } from '../../database/migrate'
import { followingOf, forgetting, refill } from './inbox.sql'
import type { InboxSource } from './inbox.sources'

/**
 * Lets the database itself follow these state tables, as the owner of its tables: what waits for whom is written where a row's state is, in
 * its transaction, by whatever hand. Done when the tables are others than last time, all at once, with everything that stands there already.
 * Answers whether it was.
 */
export async function followStates(ownerUrl: string, sources: readonly InboxSource[]): Promise<boolean> {
  const statements = [forgetting, ...sources.flatMap(followingOf), ...refill(sources)]
  const tables = hashOf(statements)
  return oneAtATime(ownerUrl, async () => {
    const client = new pg.Client({ connectionString: ownerUrl, application_name: 'plumbline inbox', options: '-c timezone=UTC -c statement_timeout=0' })
    client.on('error', () => undefined)
    await client.connect()
    try {
      const { rows: [known] } = await client.query<{ tables: string | null }>(`SELECT obj_description('inbox_item'::regclass) AS tables`)
      if (known?.tables === tables) return false
      await client.query('BEGIN')
      for (const statement of [...statements, `COMMENT ON TABLE inbox_item IS '${tables}'`]) await client.query(statement)
      await client.query('COMMIT')
      return true
    } finally {
      await client.end().catch(() => undefined)
    }
  })
}
