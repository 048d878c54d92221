import type { GraphQLObjectType } from 'graphql'
import type { Permission } from '../../core/permission'
import type { Column } from '../../core/reads'
import type { RequestContext } from '../../core/request'
import type { Args, NounModel, Reach } from '../../database/sql'

/** What a field reads, as both readers find it in `field.extensions.read`. Fields without it are hand-written. */
export type FieldRead =
  | { readonly is: 'column'; readonly noun: NounModel; readonly column: Column }
  | { readonly is: 'reach'; readonly reach: Reach }
  /** A plugin's namespace: an object that only holds fields. */
  | { readonly is: 'namespace' }

export type Field = ReturnType<GraphQLObjectType['getFields']>[string]
/** What a command does with the arguments of its field, once its caller may give it; answers its payload. */
export type Command = (args: Args, context: RequestContext) => Promise<Readonly<Record<string, unknown>>>

interface FieldExtensions {
  readonly read?: FieldRead
  readonly command?: Command
  /** Who may call it; the shield asks, and the planner. */
  readonly permission?: Permission
  /** Rows at most of a plain list; the cost estimate asks. */
  readonly max?: number
}

export const readOf = (field: Field): FieldRead | undefined => (field.extensions as FieldExtensions).read
export const permissionOf = (field: Field): Permission | undefined => (field.extensions as FieldExtensions).permission
export const commandOf = (field: Field): Command | undefined => (field.extensions as FieldExtensions).command
export const fieldsOf = (type: GraphQLObjectType): Readonly<Record<string, Field>> => type.getFields()

/** The noun whose rows are objects of this type. */
export function nounOf(type: GraphQLObjectType): NounModel | undefined {
  const id = fieldsOf(type)['id']
  const read = id && readOf(id)
  return read?.is === 'column' ? read.noun : undefined
}

export function declareCommand(field: Field, command: Command): void {
  field.extensions = { ...field.extensions, command }
}

export function declareRead(field: Field, read: FieldRead, permission?: Permission): void {
  const max = read.is === 'reach' && read.reach.card === 'list' ? { max: read.reach.max } : {}
  field.extensions = { ...field.extensions, read, ...max, ...(permission === undefined ? {} : { permission }) }
}
