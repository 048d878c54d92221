import type { Group, Objects, Single } from './columns'
import type { NounModel, Reach } from './model'
import type { Site } from './statement'

/** What a query asks, free of GraphQL: values under the keys of the answer, in the order of the answer. */
export type Keyed<T> = readonly (readonly [key: string, value: T])[]

/** A constant text, `__typename`. */
export interface TypeName {
  readonly is: 'typename'
  readonly type: string
}

export interface RowTree {
  readonly noun: NounModel
  readonly fields: Keyed<FieldTree>
}
export type FieldTree =
  | TypeName
  | { readonly is: 'value'; readonly field: string; readonly column: Single }
  | { readonly is: 'group'; readonly column: Group; readonly parts: Keyed<PartTree> }
  | { readonly is: 'objects'; readonly field: string; readonly column: Objects; readonly parts: Keyed<PartTree> }
  | EdgeTree
export type PartTree = TypeName | { readonly is: 'part'; readonly field: string }

interface Reached {
  readonly reach: Reach
  readonly site: Site
}
export type EdgeTree =
  | (Reached & { readonly is: 'one' | 'list'; readonly row: RowTree })
  | (Reached & { readonly is: 'count' })
  | (Reached & { readonly is: 'connection'; readonly members: Keyed<MemberTree> })

/** The members of a connection. */
export type MemberTree =
  | TypeName
  | { readonly is: 'nodes'; readonly row: RowTree }
  | { readonly is: 'edges'; readonly members: Keyed<TypeName | { readonly is: 'cursor' } | { readonly is: 'node'; readonly row: RowTree }> }
  | { readonly is: 'totalCount' }
  | { readonly is: 'pageInfo'; readonly members: Keyed<TypeName | { readonly is: PageFact }> }
export type PageFact = 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor'

/** The whole operation. `object`: a plugin's namespace. */
export type RootTree = Keyed<TypeName | EdgeTree | { readonly is: 'object'; readonly fields: RootTree }>
