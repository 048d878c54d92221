import { defaultFieldResolver, type GraphQLField, type GraphQLFieldResolver, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import { deny, rule, shield, type IRules } from 'graphql-shield'
import { AppError } from '../core/errors'
import { permits, type Permission, type PermissionMap } from '../core/permission'
import type { RequestContext } from '../core/request'

/** What the shield answers when somebody may not call a field. */
export function refusal(permission: Permission, anonymous: boolean): AppError {
  if (anonymous) return new AppError('UNAUTHENTICATED', 'This needs a valid token.', { messageKey: 'signInFirst' })
  const roles = Array.isArray(permission) ? permission.join(', ') : permission as string
  return new AppError('FORBIDDEN', `This needs one of the roles ${roles}.`, { messageKey: 'roleMissingAnywhere', messageValues: { roles } })
}

/**
 * graphql-shield over the whole map, as one tree with everything else denied. Its guards are put before the fields that have a rule, in the
 * schema itself: graphql-middleware would make the whole schema anew, which takes longer than everything else in building it, and guard every
 * field of every type, which costs a fifth of a large answer. That loses nothing, because `gatherPermissions` has made sure that every
 * entrance has a rule.
 */
export function applyShield(schema: GraphQLSchema, permissions: PermissionMap): GraphQLSchema {
  const rules = new Map<Permission, ReturnType<typeof ruleOf>>()
  const ruleFor = (permission: Permission): ReturnType<typeof ruleOf> => {
    let known = rules.get(permission)
    if (!known) rules.set(permission, (known = ruleOf(permission, rules.size)))
    return known
  }
  const tree = Object.fromEntries(Object.entries(permissions).map(([type, fields]) =>
    [type, Object.fromEntries(Object.entries(fields).map(([field, permission]) => [field, ruleFor(permission)]))])) as IRules
  // `debug` lets the resolvers' own errors through unchanged; what clients see of them is decided in errors.ts.
  const guards = shield<unknown, RequestContext>(tree, { fallbackRule: deny, allowExternalErrors: true, debug: true }).generate(schema) as Record<string, Record<string, Guard>>
  for (const [name, ruled] of Object.entries(permissions)) {
    const fields = (schema.getType(name) as GraphQLObjectType).getFields()
    for (const [field, permission] of Object.entries(ruled)) guardField(fields[field]!, guards[name]![field]!, permission)
  }
  return schema
}

type Resolver = GraphQLFieldResolver<unknown, RequestContext>
type Guard = (resolve: Resolver, ...of: Parameters<Resolver>) => Promise<unknown>

function guardField(field: GraphQLField<unknown, RequestContext>, guard: Guard, permission: Permission): void {
  const { resolve = defaultFieldResolver, subscribe } = field
  field.resolve = (source, args, context, info) => guard(resolve, source, args, context, info)
  if (!subscribe) return
  // A denied subscription must not even begin.
  field.subscribe = (source, args, context, info) => {
    if (!permits(permission, context.actor)) throw refusal(permission, context.actor.ref === 'anonymous')
    return subscribe(source, args, context, info)
  }
}

const ruleOf = (permission: Permission, index: number) =>
  rule(`permission-${index}`, { cache: 'no_cache' })((_parent: unknown, _args: unknown, { actor }: RequestContext) =>
    permits(permission, actor) || refusal(permission, actor.ref === 'anonymous'))
