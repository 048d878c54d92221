import type pg from 'pg'

/**
 * Everything that a migration can make, as PostgreSQL itself writes it down: tables, columns, constraints, indexes, functions, triggers,
 * rights, extensions and reference rows. Two databases with equal dumps are the same.
 */
export async function dump(client: pg.Client | pg.Pool): Promise<Record<string, string[]>> {
  const out: Record<string, string[]> = {}
  for (const [part, text] of Object.entries(PARTS)) {
    out[part] = (await client.query<{ line: string }>(text)).rows.map(r => r.line).sort()
  }
  return out
}

// Our ledger, and what an extension brings along, are not what a migration says.
const OURS = `n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`
const NO_LEDGER = `c.relname NOT LIKE 'schema\\_migration%'`
const NO_EXTENSION = (oid: string): string => `NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = ${oid} AND d.deptype = 'e')`

const PARTS = {
  tables: `SELECT format('%s %I.%I %s %s', c.relkind, n.nspname, c.relname, c.relpersistence, c.reloptions) AS line FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OURS} AND ${NO_LEDGER} AND c.relkind <> 'i' AND ${NO_EXTENSION('c.oid')}`,
  columns: `SELECT format('%s.%s %s %s null:%s collation:%s default:%s generated:%s', c.relname, a.attname, a.attnum, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
      (SELECT collname FROM pg_collation WHERE oid = a.attcollation), pg_get_expr(d.adbin, d.adrelid), a.attgenerated) AS line
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE ${OURS} AND ${NO_LEDGER} AND c.relkind IN ('r', 'v', 'm', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND ${NO_EXTENSION('c.oid')}`,
  constraints: `SELECT format('%s %s %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) AS line FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OURS} AND ${NO_LEDGER}`,
  indexes: `SELECT pg_get_indexdef(i.indexrelid) AS line FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OURS} AND ${NO_LEDGER}`,
  functions: `SELECT pg_get_functiondef(p.oid) AS line FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OURS} AND p.prokind <> 'a' AND ${NO_EXTENSION('p.oid')}`,
  triggers: `SELECT pg_get_triggerdef(t.oid) AS line FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OURS} AND NOT t.tgisinternal`,
  rights: `SELECT format('%s %s', c.relname, array(SELECT g::text FROM unnest(c.relacl) g WHERE g::text LIKE 'plumbline_app=%')) AS line FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OURS} AND ${NO_LEDGER} AND c.relkind IN ('r', 'v', 'S') AND ${NO_EXTENSION('c.oid')}`,
  schemas: `SELECT format('%s %s', n.nspname, array(SELECT g::text FROM unnest(n.nspacl) g WHERE g::text LIKE 'plumbline_app=%')) AS line FROM pg_namespace n WHERE ${OURS}`,
  extensions: `SELECT extname AS line FROM pg_extension`,
}
