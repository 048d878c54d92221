import type pg from 'pg'

/**
 * The catalog of everything outside one schema, a line per thing with what it is made of. Foreign keys of the plugin put internal triggers
 * on the tables they point to: those are not counted.
 */
const WORLD = `
  SELECT what, line FROM (
    SELECT format('%s.%s', n.nspname, c.relname) AS what, format('relation %s %s %s', c.relkind, c.relowner, c.relacl) AS line, n.nspname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'i', 'f', 'c')
    UNION ALL SELECT format('%s.%s.%s', n.nspname, c.relname, a.attname), format('column %s %s %s %s', a.atttypid, a.attnotnull, a.attisdropped, pg_get_expr(d.adbin, d.adrelid)), n.nspname
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attnum > 0 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    UNION ALL SELECT format('%s.%s', n.nspname, k.conname), format('constraint %s', pg_get_constraintdef(k.oid)), n.nspname FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
    UNION ALL SELECT format('%s.%s.%s', n.nspname, c.relname, t.tgname), format('trigger %s', pg_get_triggerdef(t.oid)), n.nspname
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal
    UNION ALL SELECT format('%s.%s(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)), format('function %s %s', md5(p.prosrc), p.proacl), n.nspname
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    UNION ALL SELECT n.nspname, format('schema %s', n.nspacl), n.nspname FROM pg_namespace n
    UNION ALL SELECT e.extname, 'extension', '' FROM pg_extension e
  ) world WHERE (nspname = $1) = $2 AND nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND nspname NOT LIKE 'pg_temp%' AND nspname NOT LIKE 'pg_toast_temp%'`

export type World = Map<string, string>

export const worldOutside = (client: pg.Client, schema: string): Promise<World> => world(client, schema, false)
/** What stands in a schema, likewise. */
export const worldInside = (client: pg.Client, schema: string): Promise<World> => world(client, schema, true)

async function world(client: pg.Client, schema: string, inside: boolean): Promise<World> {
  const { rows } = await client.query<{ what: string; line: string }>(WORLD, [schema, inside])
  const found: World = new Map()
  for (const r of rows) found.set(r.what, [...(found.get(r.what)?.split('\n') ?? []), r.line].sort().join('\n'))
  return found
}

/** What is different since `before`: definitions, and tables of others whose rows this transaction wrote. */
export async function strangersChanged(client: pg.Client, schema: string, before: World): Promise<string[]> {
  const after = await worldOutside(client, schema)
  const definitions = [...new Set([...before.keys(), ...after.keys()])].filter(what => before.get(what) !== after.get(what))
  const { rows } = await client.query<{ name: string }>(`
    SELECT format('%s.%s', schemaname, relname) AS name FROM pg_stat_xact_user_tables
    WHERE schemaname <> $1 AND schemaname NOT LIKE 'pg_%' AND n_tup_ins + n_tup_upd + n_tup_del > 0`, [schema])
  return [...definitions, ...rows.map(r => `${r.name} (rows)`)].sort()
}
