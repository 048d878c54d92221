import type { Noun, NounEdge } from '../core/reads'
import type { EventKind } from '../core/events'
import type { PermissionMap } from '../core/permission'
import type { Database } from '../database/database'
import type { Subscriber } from '../database/events'
import type { ImportKind } from './import'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any class at all
export type Class = abstract new (...args: any[]) => unknown

/** The door of a domain module (and of a plugin's code): everything the host needs to know of it; nothing else leaves the folder. */
export interface DomainModule {
  readonly name: string
  /** TypeORM rows. */
  readonly entities: readonly Class[]
  /** GraphQL object types of its nouns and of everything that only reads name. */
  readonly types: readonly Class[]
  /** type-graphql resolver classes: commands and computed fields. */
  readonly resolvers: readonly Class[]
  /** Instances of the resolver classes, wired to their services. Called once at start. */
  create(db: Database): object[]
  readonly reads: readonly Noun[]
  /** Edges that this module puts on nouns of its parents (`Unit.riskPoints`). */
  readonly edges: readonly NounEdge[]
  /** Every mutation, every hand-written query and every sensitive field. Fields made from reads carry their permission there. */
  readonly permissions: PermissionMap
  /** What happens to its nouns, for others to hear. */
  readonly events?: readonly EventKind[]
  /** What it does when something happened to nouns of its parents. */
  readonly subscribers?: readonly Subscriber[]
  /** Files that its registers take, in the order in which a new installation needs them. */
  readonly imports?: readonly ImportKind[]
  /** Hand-written Query fields that only hold fields (a plugin's namespace): each field below them needs a permission like a root field. */
  readonly namespaces?: readonly string[]
}
