import { isObjectType, type GraphQLSchema } from 'graphql'
import { applyMiddleware } from 'graphql-middleware'
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
 * graphql-shield over the whole map, as one tree with everything else denied. It wraps every field of every type, which costs a fifth of
 * a large answer: fields without a rule get their own resolver back. That loses nothing, because `gatherPermissions` has made sure
 * that every entrance has a rule.
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
  const shielded: GraphQLSchema = applyMiddleware(schema, shield<unknown, RequestContext>(tree, { fallbackRule: deny, allowExternalErrors: true, debug: true }))
  for (const type of Object.values(shielded.getTypeMap())) {
    const original = schema.getType(type.name)
    if (!isObjectType(type) || !isObjectType(original) || type.name.startsWith('__')) continue
    for (const [name, field] of Object.entries(type.getFields())) {
      const before = original.getFields()[name]!
      const permission = permissions[type.name]?.[name]
      field.extensions = before.extensions
      if (permission === undefined) {
        field.resolve = before.resolve
        field.subscribe = before.subscribe
      } else if (before.subscribe) {
        // Shield wraps either `resolve` or `subscribe`: a denied subscription must not even begin.
        const begin = before.subscribe
        field.subscribe = (source, args, context: RequestContext, info) => {
          if (!permits(permission, context.actor)) throw refusal(permission, context.actor.ref === 'anonymous')
          return begin(source, args, context, info)
        }
      }
    }
  }
  return shielded
}

const ruleOf = (permission: Permission, index: number) =>
  rule(`permission-${index}`, { cache: 'no_cache' })((_parent: unknown, _args: unknown, { actor }: RequestContext) =>
    permits(permission, actor) || refusal(permission, actor.ref === 'anonymous'))
