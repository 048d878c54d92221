import DataLoader from 'dataloader'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import type { ListChanges } from './responsibility.types'

interface ChangeRow { list_id: string; since: string; since_version: number; added: string[]; removed: string[]; edited: string[] }

/**
 * Each list against the version that it replaces, by the codes of its items or powers. Versions are of one unit; the caller has seen the list.
 * An item is edited when what is to be done, by whom, by when or for which of the four differs; how far it is does not count.
 */
const CHANGES = `
  WITH list AS (SELECT l.id, b.id AS before, b.version FROM responsibility_list l JOIN responsibility_list b ON b.id = l.supersedes_id WHERE l.id = ANY($1::uuid[])),
  line AS (
    SELECT i.list_id, i.code, row(i.responsibility, i.content_zh, i.content_en, i.responsible_appointment_id, i.due_on, i.is_priority_task)::text AS what
    FROM duty_item i WHERE i.list_id IN (SELECT id FROM list UNION SELECT before FROM list)
    UNION ALL
    SELECT k.list_id, p.code, '' FROM list_power k JOIN power p ON p.id = k.power_id WHERE k.list_id IN (SELECT id FROM list UNION SELECT before FROM list))
  SELECT l.id AS list_id, l.before AS since, l.version AS since_version,
    ARRAY(SELECT n.code FROM line n WHERE n.list_id = l.id AND NOT EXISTS (SELECT FROM line o WHERE o.list_id = l.before AND o.code = n.code) ORDER BY n.code) AS added,
    ARRAY(SELECT o.code FROM line o WHERE o.list_id = l.before AND NOT EXISTS (SELECT FROM line n WHERE n.list_id = l.id AND n.code = o.code) ORDER BY o.code) AS removed,
    ARRAY(SELECT n.code FROM line n JOIN line o ON o.list_id = l.before AND o.code = n.code AND o.what <> n.what WHERE n.list_id = l.id ORDER BY n.code) AS edited
  FROM list l`

const loaders = new WeakMap<RequestContext, DataLoader<string, ListChanges | null>>()

/** What a version changed; null for a first version. Lists asked for together in a request share a statement. */
export function loadListChanges(db: Database, ctx: RequestContext, listId: string): Promise<ListChanges | null> {
  let loader = loaders.get(ctx)
  if (!loader) loaders.set(ctx, loader = new DataLoader(ids => listChanges(db, ids), { cache: false }))
  return loader.load(listId)
}

async function listChanges(db: Database, ids: readonly string[]): Promise<(ListChanges | null)[]> {
  const rows = new Map((await db.rows<ChangeRow>(CHANGES, [ids])).map(r => [r.list_id, r]))
  return ids.map(id => {
    const row = rows.get(id)
    return row ? { sinceVersion: row.since_version, added: row.added, removed: row.removed, edited: row.edited } : null
  })
}
