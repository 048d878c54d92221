import {
  getNamedType, GraphQLList, GraphQLNonNull, isCompositeType, isObjectType, Kind, typeFromAST,
  type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLField, type GraphQLNamedType, type GraphQLOutputType, type GraphQLSchema,
  type OperationDefinitionNode, type SelectionSetNode, type ValueNode,
} from 'graphql'
import { declaredCost } from './declared-costs'

type Variables = Readonly<Record<string, unknown>>
/** A number, or what depends on the page sizes among the variables. */
type Cost = number | ((variables: Variables) => number)

/** Of a connection: what stands there once per row of its page, what stands there once, or everything. */
type Part = 'all' | 'lists' | 'flat'

/** Objects assumed in a plain list whose bound nobody declared (`extensions.max`). */
const ASSUMED_LIST = 20
/** A page's size when none is asked for, and the largest that is ever served. */
const DEFAULT_PAGE = 20
const MAX_PAGE = 100

const at = (cost: Cost, variables: Variables): number => (typeof cost === 'number' ? cost : cost(variables))
const plus = (a: Cost, b: Cost): Cost => (typeof a === 'number' && typeof b === 'number' ? a + b : v => at(a, v) + at(b, v))
const times = (a: Cost, b: Cost): Cost => (typeof a === 'number' && typeof b === 'number' ? a * b : v => at(a, v) * at(b, v))

/**
 * How many objects an operation's answer may hold at most, page sizes multiplied along nested lists, and what fields declare beside that. Worked out once per document into
 * a number, or into a small function of the page sizes given as variables, so that a request pays next to nothing.
 */
export class CostEstimator {
  private readonly known = new WeakMap<DocumentNode, Map<OperationDefinitionNode, Cost>>()

  constructor(private readonly schema: GraphQLSchema) {}

  estimate(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): number {
    let costs = this.known.get(document)
    if (!costs) this.known.set(document, (costs = new Map()))
    let cost = costs.get(operation)
    if (cost === undefined) costs.set(operation, (cost = new Compiler(this.schema, document, operation).cost()))
    return at(cost, variables)
  }
}

class Compiler {
  private readonly fragments: Map<string, FragmentDefinitionNode>
  private readonly done = new Map<string, Cost>()
  private readonly defaults: Map<string, ValueNode | undefined>

  constructor(private readonly schema: GraphQLSchema, document: DocumentNode, private readonly operation: OperationDefinitionNode) {
    this.fragments = new Map(document.definitions.filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION).map(f => [f.name.value, f]))
    this.defaults = new Map(operation.variableDefinitions?.map(d => [d.variable.name.value, d.defaultValue]))
  }

  cost(): Cost {
    const root = this.schema.getRootType(this.operation.operation)
    return root ? this.ofSelection(this.operation.selectionSet, root) : 0
  }

  private ofSelection(set: SelectionSetNode, type: GraphQLNamedType, part: Part = 'all'): Cost {
    return set.selections.reduce<Cost>((sum, s) => {
      if (s.kind === Kind.FIELD) return plus(sum, this.ofField(s, type, part))
      if (s.kind === Kind.FRAGMENT_SPREAD) return plus(sum, this.ofFragment(s.name.value, part))
      const on = s.typeCondition ? typeFromAST(this.schema, s.typeCondition) : type
      return on ? plus(sum, this.ofSelection(s.selectionSet, on, part)) : sum
    }, 0)
  }

  private ofFragment(name: string, part: Part): Cost {
    const key = `${part} ${name}`
    const known = this.done.get(key)
    if (known !== undefined) return known
    // A cycle: refused by graphql-js's own rule, but not always before this.
    this.done.set(key, 0)
    const fragment = this.fragments.get(name)
    const type = fragment && typeFromAST(this.schema, fragment.typeCondition)
    const cost = fragment && type ? this.ofSelection(fragment.selectionSet, type, part) : 0
    this.done.set(key, cost)
    return cost
  }

  private ofField(node: FieldNode, parent: GraphQLNamedType, part: Part): Cost {
    const name = node.name.value
    if (name.startsWith('__') || !('getFields' in parent)) return 0
    const field = parent.getFields()[name] as GraphQLField<unknown, unknown> | undefined
    const type = field && getNamedType(field.type)
    if (!field || !type || (part !== 'all' && listed(field.type) !== (part === 'lists'))) return 0
    const own = declaredCost(field)
    if (!isCompositeType(type) || !node.selectionSet) return own ?? 0
    // `nodes` and `edges` of a connection: the page size is multiplied in by the connection itself.
    if (isConnection(parent)) return listed(field.type) ? plus(own ?? 1, this.ofSelection(node.selectionSet, type)) : own ?? 0
    if (isConnection(type)) {
      return plus(own ?? 1, plus(times(this.pageSize(node), this.ofSelection(node.selectionSet, type, 'lists')), this.ofSelection(node.selectionSet, type, 'flat')))
    }
    const inside = this.ofSelection(node.selectionSet, type)
    return listed(field.type) ? times(bound(field), plus(own ?? 1, inside)) : plus(own ?? 1, inside)
  }

  private pageSize(node: FieldNode): Cost {
    const given = ['first', 'last'].map(name => node.arguments?.find(a => a.name.value === name)?.value).find(v => v && v.kind !== Kind.NULL)
    if (given?.kind === Kind.INT) return clamp(Number(given.value))
    if (given?.kind !== Kind.VARIABLE) return DEFAULT_PAGE
    const name = given.name.value
    const fallback = this.defaults.get(name)
    const otherwise = fallback?.kind === Kind.INT ? Number(fallback.value) : DEFAULT_PAGE
    return variables => clamp(typeof variables[name] === 'number' ? variables[name] : otherwise)
  }
}

/** Sizes out of range are refused where pages are read; here they only must not make the estimate meaningless. */
const clamp = (n: number): number => Math.min(Math.max(n, 1), MAX_PAGE)

const isConnection = (type: GraphQLNamedType): boolean =>
  isObjectType(type) && type.name.endsWith('Connection') && 'pageInfo' in type.getFields()

const listed = (type: GraphQLOutputType): boolean =>
  type instanceof GraphQLList || (type instanceof GraphQLNonNull && listed(type.ofType as GraphQLOutputType))

const bound = (field: GraphQLField<unknown, unknown>): number => {
  const max = (field.extensions as { max?: unknown }).max
  return typeof max === 'number' ? max : ASSUMED_LIST
}
