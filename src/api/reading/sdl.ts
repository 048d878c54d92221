import { isObjectType, type GraphQLSchema } from 'graphql'
import type { ReadModel } from '../../database/sql'
import { edgeSignature, nounSdl } from './noun-sdl'
import { enumOperators, sharedOperators } from './operators'
import { rootSdl } from './root-sdl'
import { quoted } from './terms'

/** Edges that all implementers of an interface declare under one name; they then stand on the interface, too. */
const INTERFACE_EDGES: Readonly<Record<string, readonly string[]>> = { Approvable: ['approvals'], Stateful: ['transitions'] }

/** SDL of everything that follows from the declarations, in an order that does not depend on theirs; `base` holds the nouns' own types. */
export function readableSdl(model: ReadModel, base: GraphQLSchema): string {
  const models = [...model.nouns.values()].sort((a, b) => (a.noun.type < b.noun.type ? -1 : 1))
  const enums = new Set(models.flatMap(n => Object.values(n.noun.filters).flatMap(f => (f.type === 'enum' ? [f.enum!] : []))))
  return [
    ...(base.getType('PageInfo') ? [] : [PAGE_INFO]), ...(base.getType('Direction') ? [] : [DIRECTION]), ...sharedOperators(), ...[...enums].sort().flatMap(enumOperators),
    ...models.flatMap(n => nounSdl(n, base)), ...interfaceSdl(model, base), ...rootSdl(models, base),
  ].join('\n')
}

const PAGE_INFO = `
"Where a page stands in its list（分页信息）."
type PageInfo {
  "Whether rows follow this page（是否有下一页）." hasNextPage: Boolean!
  "Whether rows come before this page（是否有上一页）." hasPreviousPage: Boolean!
  "Cursor of the first row; null on an empty page（首条游标）." startCursor: String
  "Cursor of the last row; null on an empty page（末条游标）." endCursor: String
}`

const DIRECTION = `
"Which way a list is ordered（排序方向）."
enum Direction { "Smallest first（升序）." ASC "Largest first（降序）." DESC }`

function interfaceSdl(model: ReadModel, base: GraphQLSchema): string[] {
  return Object.entries(INTERFACE_EDGES).filter(([name]) => base.getType(name)).flatMap(([name, fields]) => {
    const implementers = [...model.nouns.values()].filter(({ noun }) => {
      const type = base.getType(noun.type)
      return isObjectType(type) && type.getInterfaces().some(i => i.name === name)
    })
    return fields.flatMap(field => {
      const edges = implementers.flatMap(noun => noun.edges.get(field) ?? [])
      // Where one implementer's edge is behind a rule and therefore nullable, the interface can promise no more.
      const edge = edges.find(e => e.edge.rule !== undefined) ?? edges[0]
      return edge ? [`extend interface ${name} { ${quoted(edge.edge.description)} ${field}${edgeSignature(edge)} }`] : []
    })
  })
}
