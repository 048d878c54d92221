import {
  getArgumentValues, getNamedType, Kind, visit,
  type FieldNode, type FragmentDefinitionNode, type GraphQLObjectType, type GraphQLSchema, type OperationDefinitionNode,
} from 'graphql'
import { collectFields, collectSubfields } from 'graphql/execution/collectFields'
import type { Permission } from '../../core/permission'
import type { Args, EdgeTree, FieldTree, Keyed, MemberTree, NounModel, PageFact, PartTree, Reach, RootTree, RowTree, Site, TypeName } from '../../database/sql'
import { fieldsOf, permissionOf, readOf, type Field } from './fields'

/** The operation asks for something that only code can answer. */
export class Unplannable extends Error {}

/** A field with arguments: what is needed to compute them again for other variables. */
export interface ArgumentSite {
  readonly field: Field
  readonly node: FieldNode
  /** The arguments, when no variable stands in them. */
  readonly fixed: Args | null
}

export interface Operation {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: Record<string, FragmentDefinitionNode>
}

/** What a selection amounts to for given variables: the tree of what to read, where arguments stand, who must be allowed what. */
export interface Selection<T> {
  readonly tree: T
  readonly sites: readonly ArgumentSite[]
  readonly permissions: readonly Permission[]
}

/** Throws Unplannable when any part of it is not a declared read. */
export function select(operation: Operation, variables: Args): Selection<RootTree> {
  const selector = new Selector(operation, variables)
  const tree = selector.root()
  if (!selector.reads) throw new Unplannable('nothing to read')
  return { tree, sites: selector.sites, permissions: [...selector.permissions] }
}

/** What a field that holds a row of a noun selects below it. Throws as `select` does. */
export function selectRow(operation: Operation, variables: Args, noun: NounModel, field: Group): Selection<RowTree> {
  const selector = new Selector(operation, variables)
  const tree = selector.row(noun, operation.schema.getType(noun.noun.type) as GraphQLObjectType, field)
  return { tree, sites: selector.sites, permissions: [...selector.permissions] }
}

/** The places in a document that are answered under one key. */
export type Group = readonly FieldNode[]

class Selector {
  readonly sites: ArgumentSite[] = []
  readonly permissions = new Set<Permission>()
  reads = 0

  constructor(private readonly o: Operation, private readonly variables: Args) {}

  root(): RootTree {
    const type = this.o.schema.getQueryType()!
    const groups = collectFields(this.o.schema, this.o.fragments, this.variables as Record<string, unknown>, type, this.o.operation.selectionSet)
    return this.rootFields(type, groups)
  }

  private rootFields(type: GraphQLObjectType, groups: ReadonlyMap<string, Group>): RootTree {
    return this.members(type, groups, (name, group): RootTree[number][1] => {
      const field = this.field(type, name)
      const read = readOf(field)
      if (read?.is === 'namespace') {
        const inner = getNamedType(field.type) as GraphQLObjectType
        return { is: 'object', fields: this.rootFields(inner, this.below(inner, group)) }
      }
      if (read?.is !== 'reach') throw new Unplannable(name)
      return this.edge(read.reach, field, group)
    })
  }

  row(noun: NounModel, type: GraphQLObjectType, groups: Group): RowTree {
    return { noun, fields: this.members(type, this.below(type, groups), (name, group): FieldTree => {
      const field = this.field(type, name)
      const read = readOf(field)
      if (read?.is === 'reach') return this.edge(read.reach, field, group)
      if (read?.is !== 'column') throw new Unplannable(`${type.name}.${name}`)
      const { column } = read
      if (column.kind === 'group') return { is: 'group', column, parts: this.parts(field, group) }
      if (column.kind === 'objects') return { is: 'objects', field: name, column, parts: this.parts(field, group) }
      return { is: 'value', field: name, column }
    }) }
  }

  private parts(field: Field, group: Group): Keyed<PartTree | TypeName> {
    const type = getNamedType(field.type) as GraphQLObjectType
    return this.members(type, this.below(type, group), (name): PartTree => ({ is: 'part', field: name }))
  }

  private edge(reach: Reach, field: Field, group: Group): EdgeTree {
    // Whoever reads it is noted row by row, which a statement that answers by itself does not do.
    if (reach.to.noun.logged) throw new Unplannable(reach.name)
    this.reads++
    const site = this.site(field, group[0]!)
    const type = getNamedType(field.type) as GraphQLObjectType
    switch (reach.card) {
      case 'count': return { is: 'count', reach, site }
      case 'connection': return { is: 'connection', reach, site, members: this.connection(reach, type, group) }
      default: return { is: reach.card, reach, site, row: this.row(reach.to, type, group) }
    }
  }

  private site(field: Field, node: FieldNode): Site {
    if (!field.args.length) return { index: -1, args: {} }
    const args = getArgumentValues(field, node, this.variables as Record<string, unknown>)
    this.sites.push({ field, node, fixed: hasVariables(node) ? null : args })
    return { index: this.sites.length - 1, args }
  }

  private connection(reach: Reach, type: GraphQLObjectType, group: Group): Keyed<MemberTree> {
    return this.members(type, this.below(type, group), (name, below): MemberTree => {
      const inner = typeOf(type, name)
      switch (name) {
        case 'nodes': return { is: 'nodes', row: this.row(reach.to, inner, below) }
        case 'edges': return { is: 'edges', members: this.members(inner, this.below(inner, below), (member, g) =>
          (member === 'cursor' ? { is: 'cursor' as const } : { is: 'node' as const, row: this.row(reach.to, typeOf(inner, member), g) })) }
        case 'pageInfo': return { is: 'pageInfo', members: this.members(inner, this.below(inner, below), member => ({ is: member as PageFact })) }
        default: return { is: 'totalCount' }
      }
    })
  }

  private members<T>(type: GraphQLObjectType, groups: ReadonlyMap<string, Group>, make: (name: string, group: Group) => T): Keyed<T | TypeName> {
    return [...groups].map(([key, group]) => {
      const name = group[0]!.name.value
      return [key, name === '__typename' ? { is: 'typename', type: type.name } : make(name, group)]
    })
  }

  private below(type: GraphQLObjectType, group: Group): ReadonlyMap<string, Group> {
    return collectSubfields(this.o.schema, this.o.fragments, this.variables as Record<string, unknown>, type, group as FieldNode[])
  }

  private field(type: GraphQLObjectType, name: string): Field {
    const field = fieldsOf(type)[name]
    if (!field) throw new Unplannable(name) // introspection
    const permission = permissionOf(field)
    if (permission !== undefined) this.permissions.add(permission)
    return field
  }
}

const typeOf = (type: GraphQLObjectType, field: string): GraphQLObjectType => getNamedType(type.getFields()[field]!.type) as GraphQLObjectType

function hasVariables(node: FieldNode): boolean {
  let found = false
  for (const argument of node.arguments ?? []) visit(argument.value, { [Kind.VARIABLE]: () => void (found = true) })
  return found
}
