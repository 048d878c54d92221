import { getNamedType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import type { Permission, PermissionMap } from '../core/permission'
import type { Edge, Noun, NounEdge } from '../core/reads'
import type { DomainModule } from '../domain/module'

interface Extensions { readonly permission?: Permission; readonly read?: { readonly is: string } }

/** Root fields that the read path makes for every schema. */
const OWN: PermissionMap = { Query: { node: 'authenticated', nodes: 'authenticated' } }

/**
 * Every permission of the schema in one map: those that modules declare for commands, hand-written queries and sensitive fields, and
 * those that reads carry themselves. Each is also put on its field (`extensions.permission`), where the planner asks. Throws one error
 * that names every field without a permission that needs one, and every permission without a field.
 */
export function gatherPermissions(schema: GraphQLSchema, modules: readonly DomainModule[], unavailable: PermissionMap = {}): PermissionMap {
  const problems: string[] = []
  const map: Record<string, Record<string, Permission>> = {}
  const add = (type: string, field: string, permission: Permission): void => void ((map[type] ??= {})[field] = permission)
  for (const type of objectTypes(schema)) {
    for (const field of Object.values(type.getFields())) {
      const { permission } = field.extensions as Extensions
      if (permission !== undefined) add(type.name, field.name, permission)
    }
  }
  for (const [from, declared] of [['the read path', OWN] as const, ['an unavailable plugin', unavailable] as const, ...modules.map(m => [m.name, m.permissions] as const)]) {
    for (const [typeName, fields] of Object.entries(declared)) {
      for (const [name, permission] of Object.entries(fields)) {
        const type = schema.getType(typeName)
        const field = isObjectType(type) ? type.getFields()[name] : undefined
        if (!field && declared === OWN) continue
        if (!field) problems.push(`${typeName}.${name}: ${from} declares a permission, but there is no such field`)
        else if (map[typeName]?.[name] !== undefined) problems.push(`${typeName}.${name}: its permission is declared twice (${from})`)
        else {
          add(typeName, name, permission)
          field.extensions = { ...field.extensions, permission }
        }
      }
    }
  }
  for (const type of gates(schema, modules)) {
    for (const name of Object.keys(type.getFields())) if (map[type.name]?.[name] === undefined) problems.push(`${type.name}.${name}: no permission is declared`)
  }
  if (problems.length) throw new Error(`Every root, namespace and subscription field needs exactly one permission:\n${problems.sort().map(p => `  - ${p}`).join('\n')}`)
  return map
}

const objectTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter((t): t is GraphQLObjectType => isObjectType(t) && !t.name.startsWith('__'))

/** Types whose every field is an entrance: the roots, and what hangs under a plugin's namespace field. */
function gates(schema: GraphQLSchema, modules: readonly DomainModule[]): GraphQLObjectType[] {
  const query = schema.getQueryType()
  const declared = new Set(modules.flatMap(m => m.namespaces ?? []))
  const namespaces = Object.values(query?.getFields() ?? {})
    .filter(f => (f.extensions as Extensions).read?.is === 'namespace' || declared.has(f.name) || modules.some(m => m.reads.some(n => n.root?.namespace === f.name)))
    .map(f => getNamedType(f.type))
  return [query, schema.getMutationType(), schema.getSubscriptionType(), ...namespaces].filter((t): t is GraphQLObjectType => isObjectType(t))
}

/** Everybody who passes the one passes the other. */
const implies = (near: Permission, far: Permission): boolean =>
  far === 'public' || near === far || (far === 'authenticated' ? near !== 'public' : Array.isArray(near) && near.every(role => far.includes(role)))

/**
 * An edge must not open what the far noun's own permission closes: where it would, the far noun's permission becomes the edge's rule,
 * and the edge nullable.
 */
export function guardEdges(nouns: readonly Noun[], edges: readonly NounEdge[]): { nouns: Noun[]; edges: NounEdge[] } {
  const byType = new Map(nouns.map(n => [n.type, n]))
  const guard = (on: string, edge: Edge): Edge => {
    const [near, far] = [byType.get(on), byType.get(edge.to)]
    return near && far && edge.rule === undefined && !implies(near.permission, far.permission) ? { ...edge, rule: far.permission } : edge
  }
  return {
    nouns: nouns.map(n => ({ ...n, edges: Object.fromEntries(Object.entries(n.edges).map(([field, edge]) => [field, guard(n.type, edge)])) })),
    edges: edges.map(e => ({ ...e, edge: guard(e.on, e.edge) })),
  }
}
