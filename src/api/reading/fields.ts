import type { GraphQLObjectType } from 'graphql'
import type { Permission } from '../../core/permission'
import type { Column } from '../../core/reads'
import type { NounModel, Reach } from '../../database/sql'

/** What a field reads, as both readers find it in `field.extensions.read`. Fields without it are hand-written. */
export type FieldRead =
  | { readonly is: 'column'; readonly noun: NounModel; readonly column: Column }
  | { readonly is: 'reach'; readonly reach: Reach }
  /** A plugin's namespace: an object that only holds fields. */
  | { readonly is: 'namespace' }

export type Field = ReturnType<GraphQLObjectType['getFields']>[string]
interface FieldExtensions {
  readonly read?: FieldRead
  /** Who may call it; the shield asks, and the planner. */
  readonly permission?: Permission
  /** Rows at most of a plain list; the cost estimate asks. */
  readonly max?: number
}

export const readOf = (field: Field): FieldRead | undefined => (field.extensions as FieldExtensions).read
export const permissionOf = (field: Field): Permission | undefined => (field.extensions as FieldExtensions).permission
export const fieldsOf = (type: GraphQLObjectType): Readonly<Record<string, Field>> => type.getFields()

export function declareRead(field: Field, read: FieldRead, permission?: Permission): void {
  const max = read.is === 'reach' && read.reach.card === 'list' ? { max: read.reach.max } : {}
  field.extensions = { ...field.extensions, read, ...max, ...(permission === undefined ? {} : { permission }) }
}
