/**
 * Read declarations: what of a noun can be read and how. Plain data, no SQL, no GraphQL library.
 * Three things are made from one declaration: the GraphQL fields (root fields, edges, connections, filters, orders),
 * the resolvers with their batches, and the planner's single statement. See ARCHITECTURE.md, "The read path".
 */
import type { ClosedRealm, Role } from './actor'
import type { Machine, Side } from './states'
import type { Permission } from './permission'

/** A column that becomes a field. `sql` is the column's name (snake_case of the field unless told). */
export type Column =
  | { kind: 'id' }
  | { kind: 'plain'; sql?: string; type: 'text' | 'int' | 'boolean' | 'decimal' | 'date' | 'instant' | 'float' | 'uuid'; nullable?: true }
  /** An enum or code stored as text. */
  | { kind: 'enum'; sql?: string; type: string; nullable?: true }
  /** text[] */
  | { kind: 'textArray'; sql?: string }
  /** jsonb passed through as the JSON scalar. */
  | { kind: 'json'; sql?: string; nullable?: true }
  /** jsonb list of flat objects: a GraphQL list of an object type whose fields are the object's keys. */
  | { kind: 'objects'; sql?: string; of: string; fields: Record<string, 'text' | 'int' | 'boolean' | 'decimal' | 'date'> }
  /** Several columns of the same row shown as one object (a rating); null when `present` is null. */
  | { kind: 'group'; of: string; present: string; fields: Record<string, Column> }
  /** Text that only holders of a role anywhere read whole; others read its first character and `**`. */
  | { kind: 'masked'; sql?: string; clearFor: readonly Role[]; nullable?: true }
  /** A global id of another noun held in a column, without following it. */
  | { kind: 'ref'; sql?: string; prefix: string; nullable?: true }
  /**
   * Names of the commands that the viewer may give now, from the noun's state table: state, role and four eyes. Needs `unit` scope, a `state`
   * column and the columns of the table's `didBy`.
   * `at`: the column of the unit on whose path roles are asked, when it is not the scope's (whose duty it is, not whom it is about).
   * `variants`: rows with such a value in `column` follow another table of the same states.
   * `while`: nothing may be done unless the row that `key` points to has this value there (duties are done on a published list).
   */
  | { kind: 'commands'; machine: Machine; at?: string; variants?: { column: string; machines: Readonly<Record<string, Machine>> }; while?: ParentHas }

/** The state tables behind a column of commands, and those of a noun. */
export const tablesOf = ({ machine, variants }: Extract<Column, { kind: 'commands' }>): Machine[] => [...new Set([machine, ...Object.values(variants?.machines ?? {})])]
export const machinesOf = ({ columns }: { columns: Readonly<Record<string, Column>> }): Machine[] => Object.values(columns).flatMap(c => (c.kind === 'commands' ? tablesOf(c) : []))

export interface ParentHas { key: string; table: string; column: string; is: string }

/** `days`: a daterange column, asked for a day inside it. */
export type FilterType = 'text' | 'enum' | 'int' | 'decimal' | 'date' | 'instant' | 'boolean' | 'ref' | 'days'
/** A filter field. Operators follow from the type; see README of api/reading. */
export interface Filter {
  type: FilterType
  /** Column; snake_case of the filter's name unless told. */
  sql?: string
  /** Where no field or edge stands on its column, whose description is then its own. */
  description?: string
  /** GraphQL enum name (`enum`). */
  enum?: string
  /** Noun type whose ids are accepted (`ref`); `Node`: any. */
  of?: string
  /** text: extra columns that `matches` also searches (pinyin, initials). */
  alsoIn?: readonly string[]
  /** The column may be NULL: allows `isNull`. */
  nullable?: true
  /** text[] column: `eq`/`in` mean "contains one of". */
  array?: true
  /** ref to Unit only: also offers `within` (the unit and its descendants); the column must be the one of the noun's scope. */
  within?: true
}

/**
 * A column that a list may be ordered by; NOT NULL in the database. The row id is always added as the last key. Declared under its value in
 * the schema, `REVIEW_DUE_ON`; the column is the same in lower case unless told.
 */
export interface Order {
  sql?: string
  /** `id`: of rows whose ids are made in the order of time, the order in which they came. */
  type: 'text' | 'int' | 'decimal' | 'date' | 'instant' | 'enum' | 'id'
}

/**
 * How a row finds the unit whose path decides who sees it.
 * `own`: the row is the unit (it has `path`). `unit`: the row holds the unit's id in this column.
 * `whole`: rows about the whole territory, for those who hold one of these roles over all of it.
 * `public`: reference data that every authenticated caller may read (divisions, matrices, catalog releases).
 * `roles`: only in the subtrees over which the actor holds one of these; what other roles open stays closed here.
 * `orWhole`: rows without a unit belong to the whole territory: to its root, or to no unit's audience where there are several.
 * `bindsBelow`: rows whose boolean column of this name is true are for everybody below their unit, too: they are also seen by those who see
 * anything there. For few rows; its lists are driven by their order.
 * `alsoAt`: other units that the row names, as a state table names its sides: who may see those sees the row, too (partners, the receiver).
 */
export type Scope = { by: 'own' } | { by: 'unit'; column: string; roles?: readonly Role[]; orWhole?: true; bindsBelow?: string; alsoAt?: readonly Side[] } | { by: 'whole'; roles: readonly Role[] } | { by: 'public' }

/**
 * Reads are written to the audit log before their answer leaves; an answer whose reading cannot be logged is refused.
 * `as`: what the log calls it. `each`: one record for each row that was seen, so that the log answers who saw it; else one for each list
 * or object that was asked for. Filters are logged as they were given: such a noun has none on what must not stand in a log.
 */
export interface Logged {
  readonly as: string
  readonly each?: true
}

/** Rows of a realm that single people read beside those who open it over the row's unit, or never read whatever they open. */
export interface RealmRows {
  /** text[] column of the people who read the row without opening the realm: who brought it in, who is on the team. */
  readonly readers?: string
  /** Function that tells the ids of the rows that somebody (`person:<id>`) reads so: without it, lists of a narrow subtree are looked through in their order. */
  readonly readBy?: string
  /**
   * The people whom it is about never read it: those who stand in the table `persons`, and those whose own unit stands in the table `units`
   * (unless they are among its readers). Both tables are tied to the row's column `key` by their column `near`.
   */
  readonly notAbout?: { readonly key: string; readonly near: string; readonly persons: string; readonly units: string }
}

interface EdgeBase {
  /** Noun at the far end, by type name (a name, so that nouns need not import each other). */
  to: string
  description: string
  /** Permission of its own; the edge is then nullable in the schema. */
  rule?: Permission
  /** Rows at the far end must also have these column values (constants). */
  where?: Readonly<Record<string, string | number | boolean>>
  /**
   * Why every row at the far end lies inside the scope of the near row, when it does. A trusted claim that saves the scope check,
   * so a test proves each with SQL on real data.
   */
  sameScope?: string
}
export type Edge =
  /**
   * Follows an id held by the near row (`key`), or finds the one far row that holds the near row's id (`by`). Never null in the schema only
   * with `sameScope` or to public rows, without rule and constants: else the far row may be out of sight.
   */
  | (EdgeBase & { card: 'one'; key: string; nullable?: true })
  | (EdgeBase & { card: 'one'; by: string; nullable: true })
  /** A short bounded list in a fixed order. `walk`: the chain of ancestors along this column, outermost first. */
  | (EdgeBase & { card: 'list'; by: string; order: string; max: number })
  | (EdgeBase & { card: 'list'; walk: string; max: number })
  | (EdgeBase & { card: 'list'; via: Via; order: string; max: number })
  /** A Relay connection of the far rows that hold the near row's id, or that a link table ties to it. */
  | (EdgeBase & { card: 'connection'; by: string; max?: number })
  | (EdgeBase & { card: 'connection'; via: Via; max?: number })
  | (EdgeBase & { card: 'count'; by: string })
  | (EdgeBase & { card: 'count'; via: Via })
/** A link table: `near` holds the near row's id, `far` the far row's. */
export interface Via {
  table: string
  near: string
  far: string
}

/** An edge that a child's module puts on a parent's noun: `{ on: 'Unit', field: 'riskPoints', edge }`. */
export interface NounEdge {
  on: string
  field: string
  edge: Edge
}

export interface Noun {
  /** GraphQL object type. */
  type: string
  /** Prefix of its global ids; unique. */
  prefix: string
  /** Table, schema-qualified for plugins. */
  table: string
  scope: Scope
  /** Who may use its root fields. */
  permission: Permission
  /**
   * The closed realm that its rows lie in: they are then narrowed by the subtrees over which the actor opens that realm, and by nothing else,
   * on every way to them. Roles that never read a realm are held against it when the server starts. Values that are sealed are read through the
   * vault; what stands here is what lists may show. Absent: the registers.
   */
  realm?: ClosedRealm
  realmRows?: RealmRows
  logged?: Logged
  columns: Readonly<Record<string, Column>>
  edges: Readonly<Record<string, Edge>>
  filters: Readonly<Record<string, Filter>>
  orders: Readonly<Record<string, Order>>
  /** Default order of its lists; by id when absent. */
  defaultOrder?: readonly { field: string; direction: 'ASC' | 'DESC' }[]
  /** Root fields. `byKey`: further unique text keys, `{ unitByCode: 'code' }`. Under a plugin's namespace field for plugins. */
  root?: { one?: string; many?: string; byKey?: Readonly<Record<string, string>>; namespace?: string; oneDescription?: string; manyDescription?: string }
}

export const noun = <const N extends Noun>(n: N): N => n
export const snake = (field: string): string => field.replace(/[A-Z]/g, c => '_' + c.toLowerCase())

/** Shorthands that keep declarations readable. */
export const text = (o: { sql?: string; nullable?: true } = {}): Column => ({ kind: 'plain', type: 'text', ...o })
export const int = (o: { sql?: string; nullable?: true } = {}): Column => ({ kind: 'plain', type: 'int', ...o })
export const bool = (o: { sql?: string; nullable?: true } = {}): Column => ({ kind: 'plain', type: 'boolean', ...o })
export const decimal = (o: { sql?: string; nullable?: true } = {}): Column => ({ kind: 'plain', type: 'decimal', ...o })
export const date = (o: { sql?: string; nullable?: true } = {}): Column => ({ kind: 'plain', type: 'date', ...o })
export const instant = (o: { sql?: string; nullable?: true } = {}): Column => ({ kind: 'plain', type: 'instant', ...o })
export const enumeration = (type: string, o: { sql?: string; nullable?: true } = {}): Column => ({ kind: 'enum', type, ...o })
/** The columns of `Auditable`; every noun that people change has them. */
export const auditable = { createdAt: instant(), createdBy: text(), updatedAt: instant(), updatedBy: text(), rowVersion: int() } as const
