import {
  getArgumentValues, getVariableValues, GraphQLError, Kind, visit,
  type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Actor } from '../../core/actor'
import { AppError } from '../../core/errors'
import { permits } from '../../core/permission'
import { scopeForm, shapeOf, type Args, type Call, type ScopeForm, type Statement } from '../../database/sql'
import { Unplannable, type Operation, type Selection } from './selection'

/** Shapes of arguments planned per document and selection, and selections (values of @skip and @include) per document; beyond them the resolvers answer. */
const SHAPES_MAX = 16
const SELECTIONS_MAX = 16
/** Characters of SQL kept in all. */
const TEXT_MAX = 20_000_000

/** What is known of one operation of a document. */
interface Known<P> {
  readonly operation: Operation
  /** Variables of @skip and @include: they change what is selected. */
  readonly switches: readonly string[]
  /** By the values of the switches; null: not plannable. */
  readonly selections: Map<string, P | null>
}
export interface Found<P> {
  readonly variables: Args
  readonly planned: P
}

/** What was planned of the operations of one kind; it lives as long as the document that it belongs to. No values of a request are kept. */
export class Operations<P> {
  private readonly known = new WeakMap<DocumentNode, Map<string, Known<P> | null>>()

  /** `plan` throws Unplannable, or what a client's arguments are refused with, where the resolvers must answer. */
  constructor(private readonly schema: GraphQLSchema, private readonly kind: 'query' | 'mutation', private readonly plan: (operation: Operation, variables: Args) => P) {}

  /** The plan of the named operation for these variables, once they are coerced; null when the resolvers must answer, or say what is wrong. */
  find(document: DocumentNode, name: string | null | undefined, variables: Readonly<Record<string, unknown>> | undefined): Found<P> | null {
    const known = this.of(document, name ?? '')
    if (!known) return null
    const { coerced } = getVariableValues(this.schema, known.operation.operation.variableDefinitions ?? [], variables ?? {})
    const planned = coerced && this.selected(known, coerced)
    return planned ? { variables: coerced, planned } : null
  }

  private of(document: DocumentNode, name: string): Known<P> | null {
    let all = this.known.get(document)
    if (!all) this.known.set(document, (all = new Map()))
    let known = all.get(name)
    if (known === undefined) all.set(name, (known = this.look(document, name)))
    return known
  }

  private look(document: DocumentNode, name: string): Known<P> | null {
    const operations = document.definitions.filter((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION)
    const operation = name ? operations.find(o => o.name?.value === name) : operations.length === 1 ? operations[0] : undefined
    if (operation?.operation !== this.kind) return null
    const fragments = document.definitions.filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION)
    return {
      operation: { schema: this.schema, operation, fragments: Object.fromEntries(fragments.map(f => [f.name.value, f])) },
      switches: switchesOf(document), selections: new Map(),
    }
  }

  private selected({ operation, switches, selections }: Known<P>, variables: Args): P | null {
    const selection = switches.map(name => (variables[name] ? '1' : '0')).join('')
    let planned = selections.get(selection)
    if (planned !== undefined) return planned
    if (selections.size >= SELECTIONS_MAX) return null
    try {
      planned = this.plan(operation, variables)
    } catch (error) {
      if (error instanceof AppError || error instanceof GraphQLError) return null
      if (!(error instanceof Unplannable)) throw error
      planned = null
    }
    selections.set(selection, planned)
    return planned
  }
}

function switchesOf(document: DocumentNode): string[] {
  const names = new Set<string>()
  visit(document, {
    Directive: d => {
      for (const { value } of d.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return [...names]
}

/** A statement with what its values are computed from. */
export interface Prepared {
  readonly statement: Statement
  readonly call: Call
}

/** The statements of selections, made when they are first asked in a shape. */
export class Statements {
  private readonly kept = new LRUCache<string, Statement>({ maxSize: TEXT_MAX, sizeCalculation: (s, key) => s.text.length + key.length })
  private made = 0

  /** `select` for variables that may have other arguments than those it was planned with; `compile` makes the statement of its tree. */
  plan<T>(first: Selection<T>, select: (variables: Args) => Selection<T>, compile: (tree: T, form: ScopeForm) => Statement): (variables: Args, actor: Actor) => Prepared | null {
    const [number, shapes, { sites, permissions }] = [++this.made, new Set<string>(), first]
    const prepare = (variables: Args, actor: Actor): Prepared | null => {
      if (!permissions.every(p => permits(p, actor))) return null
      const args = sites.map(s => s.fixed ?? getArgumentValues(s.field, s.node, variables))
      if (args.some(a => a['last'] != null || a['before'] != null)) return null // read backwards
      const form = scopeForm(actor)
      const shape = [form.key, ...args.map((a, i) => (sites[i]!.fixed ? '' : shapeOf(a)))].join(' ')
      if (!allowed(shapes, shape)) return null
      const key = `${number} ${shape}`
      let statement = this.kept.get(key)
      if (!statement) this.kept.set(key, (statement = compile(select(variables).tree, form)))
      return { statement, call: { actor, args } }
    }
    return (variables, actor) => unlessRefused(() => prepare(variables, actor))
  }
}

/** Null where arguments are refused: the resolvers say what is wrong, and where. */
export function unlessRefused<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof AppError || error instanceof GraphQLError) return null
    throw error
  }
}

/** Is this one of the first so many shapes? */
function allowed(shapes: Set<string>, shape: string): boolean {
  if (!shapes.has(shape) && shapes.size < SHAPES_MAX) shapes.add(shape)
  return shapes.has(shape)
}
