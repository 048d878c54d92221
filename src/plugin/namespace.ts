import type { PermissionMap } from '../core/permission'
import { schemaOf } from '../sdk/migration'
import type { PlainManifest, Claim } from './descriptor'
import { camel, hasPrefix, isCommandOf, isTypeOf, pascal } from './names'
import type { PluginProblem } from './problem'

/** INV-44: nothing outside the plugin's own names. What each kind of claim must look like, with a sentence that says so. */
function rule(manifest: PlainManifest, claim: Claim): string | null {
  const { name, short } = manifest
  const field = claim.name.slice(claim.name.indexOf('.') + 1)
  switch (claim.kind) {
    case 'TYPE': return isTypeOf(claim.name, name) ? null : `types begin with ${pascal(name)}; inputs and payloads of commands may have the verb before it`
    case 'FIELD': return hasPrefix(field, camel(name)) ? null : `fields on core types begin with ${camel(name)}`
    case 'QUERY': case 'SUBSCRIPTION': return hasPrefix(claim.name, camel(name)) ? null : `root fields begin with ${camel(name)}`
    case 'MUTATION': return isCommandOf(claim.name, name) ? null : `commands are a verb and ${pascal(name)}…`
    case 'TABLE': return claim.name.startsWith(`${schemaOf(name)}.`) ? null : `tables stand in the schema ${schemaOf(name)}`
    case 'ID_PREFIX': return claim.name.startsWith(`${short}_`) ? null : `prefixes of ids begin with ${short}_`
    case 'PERMISSION': return permissionRule(manifest, claim.name, field)
    case 'ROUTE': return /^\/plugins\/[a-z0-9-]+\/[A-Za-z0-9][A-Za-z0-9.-]{0,99}$/.test(claim.name) ? null : 'paths of files are letters, digits, dots and hyphens'
    case 'IMPORT': case 'CODE_PREFIX': case 'POSTGRES_SCHEMA': return null
  }
}

function permissionRule({ name }: PlainManifest, permission: string, field: string): string | null {
  const type = permission.slice(0, permission.indexOf('.'))
  const own = type === 'Mutation' ? isCommandOf(field, name) : hasPrefix(type, pascal(name)) || hasPrefix(field, camel(name))
  return own ? null : 'a plugin sets permissions on its own fields only'
}

export function outsideNamespace(manifest: PlainManifest, claims: readonly Claim[]): PluginProblem[] {
  return claims.flatMap(claim => {
    const broken = rule(manifest, claim)
    return broken ? [{
      code: 'NAMESPACE', message: `${claim.kind} ${claim.name} is outside the namespace of ${manifest.name}: ${broken}.`, ...(claim.file ? { file: claim.file } : {}),
    }] : []
  })
}

/** Every command and hand-written query of a plugin says who may call it, and nothing of a plugin is open to everybody. */
export function permissionProblems(claims: readonly Claim[], permissions: PermissionMap, nounPermissions: readonly { type: string; permission: unknown }[]): PluginProblem[] {
  const said = (type: string, field: string): unknown => permissions[type]?.[field]
  const roots: [string, Claim['kind']][] = [['Mutation', 'MUTATION'], ['Subscription', 'SUBSCRIPTION']]
  const missing = roots.flatMap(([type, kind]) => claims.filter(c => c.kind === kind && said(type, c.name) === undefined).map(c =>
    ({ code: 'PERMISSION', message: `${type}.${c.name} has no declared permission.`, ...(c.file ? { file: c.file } : {}) })))
  const declared = Object.entries(permissions).flatMap(([type, fields]) => Object.entries(fields).map(([field, permission]) => ({ type: `${type}.${field}`, permission })))
  const open = [...declared, ...nounPermissions].filter(p => p.permission === 'public').map(p =>
    ({ code: 'PERMISSION', message: `${p.type} is open to everybody; a plugin asks for a token at least.` }))
  return [...missing, ...open]
}
