import DataLoader from 'dataloader'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'

/** What a proposal may name, by its kind. */
const TYPE_OF: Readonly<Record<string, string>> = { DUTY_ITEM: 'DutyItem', PLEDGE: 'Pledge' }

interface Named { kind: string | null; id: string | null }
const loaders = new WeakMap<RequestContext, DataLoader<string, Named>>()

/** What failed, read under the viewer's own scope: null where nothing is proposed or it may not be seen. The caller has seen the unit-year. */
export async function accountabilitySource(db: Database, ctx: RequestContext, cycleId: string): Promise<object | null> {
  let loader = loaders.get(ctx)
  if (!loader) loaders.set(ctx, loader = new DataLoader(ids => namedBy(db, ids), { cache: false }))
  const { kind, id } = await loader.load(cycleId)
  return kind === null ? null : ctx.read.one(TYPE_OF[kind]!, id!)
}

async function namedBy(db: Database, ids: readonly string[]): Promise<Named[]> {
  const rows = await db.rows<Named & { cycle: string }>(
    'SELECT id AS cycle, accountability_source_kind AS kind, accountability_source_id AS id FROM accountability_cycle WHERE id = ANY($1::uuid[])', [ids])
  const byId = new Map(rows.map(r => [r.cycle, r]))
  return ids.map(id => byId.get(id) ?? { kind: null, id: null })
}
