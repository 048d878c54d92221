/**
 * A migration of a plugin: lists of statements, so that its checksum depends on what it does and not on how it was compiled.
 * It runs with the plugin's own PostgreSQL schema as search path and may change nothing outside it.
 */
export interface PluginMigration {
  /** `<time>-<what>`, e.g. `20261122000001-contract`; the order of a plugin's migrations is the order of their names. */
  readonly name: string
  readonly up: readonly string[]
  readonly down: readonly string[]
}

export const migration = (m: PluginMigration): PluginMigration => Object.freeze({ ...m, up: [...m.up], down: [...m.down] })

/** Columns of every register that people change, ready to be put into CREATE TABLE. */
const AUDITABLE = `created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
  row_version integer NOT NULL DEFAULT 1`

const NAME = /^[a-z][a-z0-9_]*$/
const checked = (table: string): string => {
  if (!NAME.test(table)) throw new Error(`"${table}" is no table name: lower-case letters, digits and underscores, without a schema`)
  return table
}

/** Pieces of DDL that every register of a plugin needs. */
export const ddl = {
  auditable: AUDITABLE,
  /** Keeps the earlier versions of each row (system time), and lets the server read and write the table. Comes after CREATE TABLE. */
  register: (table: string): string[] => [
    `SELECT public.keep_history('${checked(table)}')`,
    `GRANT SELECT, INSERT, UPDATE ON ${checked(table)} TO plumbline_app`,
  ],
  /** The way back of `register` and of CREATE TABLE. */
  dropRegister: (table: string): string[] => [`SELECT public.drop_history('${checked(table)}')`, `DROP TABLE ${checked(table)}`],
} as const

/** PostgreSQL schema of a plugin's tables: `plugin_health_procurement`. */
export const schemaOf = (plugin: string): string => `plugin_${plugin.replaceAll('-', '_')}`
/** The same, for the `table` of a noun and of an entity. */
export const tableOf = (plugin: string, table: string): string => `${schemaOf(plugin)}.${checked(table)}`
