import type { ClosedRealm } from '../../core/actor'
import type { Edge, FilterType, Noun, Order, Via } from '../../core/reads'

/** One key of a list's order. */
export interface Key {
  readonly column: string
  readonly type: Order['type']
  readonly desc: boolean
}

export type IndexColumn = Pick<Key, 'column' | 'desc'>

/** A filter with its column and, for ids, the prefix it accepts. */
export interface FilterColumn {
  readonly column: string
  readonly type: FilterType
  /** Null: of any noun. */
  readonly prefix: string | null
  /** text: columns in Latin letters that `matches` also searches. */
  readonly alsoIn: readonly string[]
  readonly array: boolean
  readonly within: boolean
}

/** How far rows are found: from nowhere (`all`, `id`, `column`) or from a near row. */
export type Relation =
  | { kind: 'all' }
  /** The row whose global id is the argument `id`. */
  | { kind: 'id' }
  /** The row with the text of this argument in this column. */
  | { kind: 'column'; column: string; argument: string }
  /** near.key = far.id */
  | { kind: 'up'; key: string }
  /** far.by = near.id */
  | { kind: 'down'; by: string }
  | { kind: 'via'; via: Via }
  | { kind: 'walk'; column: string; max: number }

export type Constant = string | number | boolean

/** An edge or a root field, ready to be put into SQL. */
export interface Reach {
  /** `Unit.powers`, `Query.units`. */
  readonly name: string
  readonly card: 'one' | 'list' | 'connection' | 'count'
  readonly to: NounModel
  readonly relation: Relation
  /** Every far row lies in the scope of its near row: no check of its own. */
  readonly sameScope: boolean
  readonly where: readonly (readonly [column: string, value: Constant])[]
  /** Rows at most: of a list, or of a connection's page. */
  readonly max: number
  /** list: its fixed order. */
  readonly order: readonly Key[]
  /** The realm that the near row lies in: its links do, too. */
  readonly nearRealm?: ClosedRealm
}

export interface EdgeModel {
  readonly edge: Edge
  readonly reach: Reach
}

/** A noun with its own edges and those that its children put on it. */
export class NounModel {
  readonly edges = new Map<string, EdgeModel>()
  /** Columns whose texts JSON takes as they are, because a constraint holds them to names or codes; told by `checkDatabase`. None: all are escaped. */
  readonly unescaped = new Set<string>()
  /** Its table's indexes over all rows; told by `checkDatabase`. None: no list is made by them. */
  readonly indexes: (readonly IndexColumn[])[] = []
  /** Its rows by id, in the actor's scope. */
  readonly self: Reach

  constructor(
    readonly noun: Noun,
    readonly filters: ReadonlyMap<string, FilterColumn>,
    /** By value of the order enum. */
    readonly orders: ReadonlyMap<string, Key>,
    readonly defaultOrder: readonly Key[],
  ) {
    this.self = reach(`${noun.type}.id`, 'one', this, { kind: 'up', key: 'id' })
  }
}

export const PAGE_MAX = 100
export const PAGE_DEFAULT = 20
export const ID: Key = { column: 'id', type: 'id', desc: false }
/** Depth of a walk: the column that the walk adds. */
export const STEP = '_step'

/** The near row's column that an edge starts from; null for root fields. */
export function nearColumn({ relation }: Reach): string | null {
  switch (relation.kind) {
    case 'up': return relation.key
    case 'walk': return relation.column
    case 'down': case 'via': return 'id'
    default: return null
  }
}

/** A reach without conditions of its own. */
export function reach(name: string, card: Reach['card'], to: NounModel, relation: Relation): Reach {
  return { name, card, to, relation, sameScope: false, where: [], max: card === 'connection' ? PAGE_MAX : 1, order: [] }
}
