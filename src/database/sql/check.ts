import { machinesOf, tablesOf, type Column, type Noun, type RealmRows } from '../../core/reads'
import type { Side } from '../../core/states'
import type { Database } from '../database'
import { admitsPlainTextOnly } from './alphabet'
import { columnName } from './columns'
import { STEP, type IndexColumn, type Key, type NounModel, type Reach } from './model'
import type { ReadModel } from './read-model'

const alsoAt = ({ scope }: Noun): readonly Side[] => (scope.by === 'unit' ? scope.alsoAt ?? [] : [])

interface DatabaseColumn {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly notNull: boolean
}

/** Types of the catalog that a declared type may stand for. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  text: ['text', 'character varying', 'character'], enum: ['text', 'character varying'], int: ['integer', 'smallint'], boolean: ['boolean'],
  decimal: ['numeric'], float: ['double precision', 'real'], date: ['date'], instant: ['timestamp with time zone'], uuid: ['uuid'], days: ['daterange'],
  'text[]': ['text[]', 'character varying[]'], jsonb: ['jsonb'], id: ['uuid'],
}

/**
 * Holds the declarations against the database's own catalog and throws one error with everything that differs. A column that is NULL
 * against its declaration would not fail a query: it would silently drop rows from the planner's answers. Of views, which links may be, the
 * catalog says nothing of NULL. Tells the model which texts need no escaping, and which orders have an index.
 */
export async function checkDatabase(db: Database, model: ReadModel): Promise<void> {
  const nouns = [...model.nouns.values()]
  const links = [
    ...nouns.flatMap(n => [...n.edges.values()]).flatMap(({ reach: { relation } }) => (relation.kind === 'via' ? [relation.via.table] : [])),
    ...nouns.flatMap(n => [...machinesOf(n.noun).flatMap(m => Object.values(m.sides)), ...alsoAt(n.noun)]).flatMap(side => ('via' in side ? [side.via.table] : [])),
  ]
  const about = nouns.flatMap(({ noun: { realmRows } }) => (realmRows?.notAbout ? [realmRows.notAbout.persons, realmRows.notAbout.units] : []))
  const tables = [...new Set([...nouns.map(n => n.noun.table), ...links, ...about])]
  const rows = await db.rows<DatabaseColumn>(
    `SELECT w.name AS "table", a.attname AS "column", format_type(a.atttypid, NULL) AS type, a.attnotnull OR c.relkind = 'v' AS "notNull"
     FROM unnest($1::text[]) w(name) JOIN pg_class c ON c.oid = to_regclass(w.name) JOIN pg_attribute a ON a.attrelid = c.oid WHERE a.attnum > 0 AND NOT a.attisdropped`, [tables])
  const columns = new Map(rows.map(r => [`${r.table}.${r.column}`, r]))
  const problems = nouns.flatMap(n => new Check(n, columns).problems())
  if (problems.length) throw new Error(`These read declarations do not fit the database:\n${problems.map(p => `  - ${p}`).join('\n')}`)
  await learnAlphabets(db, nouns)
  await learnIndexes(db, nouns)
}

/** Escaping is the dearest part of a short text; what the database itself holds to names or codes needs none. */
async function learnAlphabets(db: Database, nouns: readonly NounModel[]): Promise<void> {
  const rows = await db.rows<{ table: string; column: string; definition: string }>(
    `SELECT w.name AS "table", a.attname AS "column", pg_get_constraintdef(c.oid) AS definition
     FROM unnest($1::text[]) w(name) JOIN pg_constraint c ON c.conrelid = to_regclass(w.name) AND c.contype = 'c' AND c.convalidated
     JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum] AND a.atttypid = 'text'::regtype`, [nouns.map(n => n.noun.table)])
  const plain = rows.filter(r => admitsPlainTextOnly(r.definition))
  for (const noun of nouns) for (const { table, column } of plain) if (table === noun.noun.table) noun.unescaped.add(column)
}

/** The indexes over all rows by plain columns, with their directions. */
async function learnIndexes(db: Database, nouns: readonly NounModel[]): Promise<void> {
  const rows = await db.rows<{ table: string; columns: IndexColumn[] }>(
    `SELECT w.name AS "table", json_agg(json_build_object('column', a.attname, 'desc', i.indoption[k - 1] & 1 = 1) ORDER BY k) AS columns
     FROM unnest($1::text[]) w(name) JOIN pg_index i ON i.indrelid = to_regclass(w.name) AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indisvalid
     JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam AND m.amname = 'btree'
     CROSS JOIN generate_series(1, i.indnkeyatts) k JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k - 1] GROUP BY w.name, i.indexrelid`, [nouns.map(n => n.noun.table)])
  for (const noun of nouns) noun.indexes.push(...rows.filter(r => r.table === noun.noun.table).map(r => r.columns))
}

class Check {
  private readonly found: string[] = []

  constructor(private readonly model: NounModel, private readonly columns: ReadonlyMap<string, DatabaseColumn>) {}

  problems(): string[] {
    const { noun, edges, filters, orders } = this.model
    this.column('its id', noun.table, 'id', 'uuid', true)
    if (noun.scope.by === 'own') this.column('its scope', noun.table, 'path', 'text', true)
    if (noun.scope.by === 'unit') this.column('its scope', noun.table, noun.scope.column, 'uuid', !noun.scope.orWhole)
    if (noun.scope.by === 'unit' && noun.scope.bindsBelow) this.column('what binds below', noun.table, noun.scope.bindsBelow, 'boolean', true)
    for (const side of alsoAt(noun)) this.side('its scope', side)
    if (noun.realmRows) this.realmRows(noun.table, noun.realmRows)
    for (const [field, column] of Object.entries(noun.columns)) this.field(field, column)
    for (const [name, f] of filters) {
      this.column(`the filter ${name}`, noun.table, f.column, f.array ? 'text[]' : f.type === 'ref' ? 'uuid' : f.type, !noun.filters[name]!.nullable)
      for (const also of f.alsoIn) this.column(`the filter ${name}`, noun.table, also, 'text')
    }
    for (const [name, key] of orders) this.key(`the order ${name}`, key)
    for (const { reach } of edges.values()) this.reach(reach)
    return this.found
  }

  private realmRows(table: string, { readers, notAbout }: RealmRows): void {
    if (readers !== undefined) this.column('its readers', table, readers, 'text[]', true)
    if (!notAbout) return
    this.column('whom it is about', table, notAbout.key, 'uuid', true)
    for (const [of, column] of [[notAbout.persons, 'person_id'], [notAbout.units, 'subject_unit_id']] as const) {
      this.column('whom it is about', of, notAbout.near, 'uuid', true)
      this.column('whom it is about', of, column, 'uuid', true)
    }
  }

  private field(field: string, column: Column): void {
    const { table } = this.model.noun
    if (column.kind === 'group') {
      this.column(field, table, column.present)
      for (const [key, part] of Object.entries(column.fields)) this.column(`${field}.${key}`, table, columnName(key, part), declaredType(part))
    } else if (column.kind === 'commands') {
      this.column(field, table, 'state', 'enum', true)
      if (column.at !== undefined) this.column(field, table, column.at, 'uuid', true)
      if (column.variants) this.column(field, table, column.variants.column, 'enum', true)
      for (const machine of tablesOf(column)) {
        for (const doer of Object.values(machine.didBy).flat()) this.column(`${field}, four eyes`, table, doer.column, doer.all ? 'text[]' : 'text', doer.all)
        for (const side of Object.values(machine.sides)) this.side(`${field}, a side`, side)
      }
      if (column.while) {
        this.column(field, table, column.while.key, 'uuid', true)
        this.column(field, column.while.table, column.while.column, 'enum', true)
      }
    } else if (column.kind !== 'id') {
      this.column(field, table, columnName(field, column), declaredType(column), !('nullable' in column && column.nullable))
    }
  }

  private side(what: string, side: Side): void {
    if ('column' in side) this.column(what, this.model.noun.table, side.column, 'uuid')
    else for (const end of [side.via.near, side.via.far]) this.column(what, side.via.table, end, 'uuid', true)
  }

  private reach({ name, relation, to, where, order, card }: Reach): void {
    const { noun, edges } = this.model
    const edge = edges.get(name.split('.')[1]!)!.edge
    const far = to.noun.table
    if (relation.kind === 'up') this.column(name, noun.table, relation.key, 'uuid', 'nullable' in edge && edge.nullable ? undefined : true)
    if (relation.kind === 'down') this.column(name, far, relation.by, 'uuid')
    if (relation.kind === 'walk') this.column(name, noun.table, relation.column, 'uuid')
    if (relation.kind === 'via') for (const end of [relation.via.near, relation.via.far]) this.column(name, relation.via.table, end, 'uuid', true)
    for (const [column] of where) this.column(name, far, column)
    if (card === 'list') for (const key of order) if (key.column !== STEP) this.column(`${name}, its order`, far, key.column, undefined, true)
  }

  private key(what: string, key: Key): void {
    this.column(what, this.model.noun.table, key.column, key.type, true)
  }

  private column(what: string, table: string, column: string, type?: string, notNull?: boolean): void {
    const at = `${this.model.noun.type}: ${what} is ${table}.${column}, `
    const found = this.columns.get(`${table}.${column}`)
    if (!found) return void this.found.push(`${at}which is not in the database`)
    if (type && !TYPES[type]!.includes(found.type)) this.found.push(`${at}declared ${type}, but ${found.type} in the database`)
    if (notNull === true && !found.notNull) this.found.push(`${at}which may be NULL in the database; declare it nullable`)
    if (notNull === false && found.notNull) this.found.push(`${at}declared nullable, but it is NOT NULL in the database`)
  }
}

function declaredType(column: Column): string {
  switch (column.kind) {
    case 'plain': return column.type
    case 'enum': case 'masked': return column.kind === 'enum' ? 'enum' : 'text'
    case 'textArray': return 'text[]'
    case 'json': case 'objects': return 'jsonb'
    default: return 'uuid'
  }
}
