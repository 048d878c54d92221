import {
  getArgumentValues, getVariableValues, Kind, visit,
  type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Actor } from '../../core/actor'
import { AppError } from '../../core/errors'
import { permits, type Permission } from '../../core/permission'
import type { Lifetime } from '../../core/request'
import type { Database } from '../../database/database'
import { documentStatement, isValueError, Runner, scopeForm, shapeOf, type Args, type Statement } from '../../database/sql'
import { select, Unplannable, type ArgumentSite, type Operation } from './selection'

/** Shapes of arguments planned per document and selection, and selections (values of @skip and @include) per document; beyond them the resolvers answer. */
const SHAPES_MAX = 16
const SELECTIONS_MAX = 16
/** Characters of SQL kept in all. */
const TEXT_MAX = 20_000_000

/** What is known of one operation of a document. */
interface Plan extends Operation {
  readonly number: number
  /** Variables of @skip and @include: they change what is selected. */
  readonly switches: readonly string[]
  /** By the values of the switches; null: not plannable. */
  readonly selections: Map<string, Planned | null>
}
/** What every request of a selection needs before it has its statement. No values of a request are kept. */
interface Planned {
  readonly sites: readonly ArgumentSite[]
  readonly permissions: readonly Permission[]
  readonly shapes: Set<string>
}

export interface PlannerRequest {
  readonly document: DocumentNode
  readonly operationName: string | null | undefined
  readonly variables: Readonly<Record<string, unknown>> | undefined
  readonly actor: Actor
  readonly lifetime?: Lifetime | undefined
}

/**
 * Turns a validated query into one SQL statement that returns the final JSON text. It never answers an error: whatever it cannot plan
 * or bind is left whole to the resolvers, which say what is wrong and where. Plans live as long as the document that they belong to.
 */
export class Planner {
  private readonly plans = new WeakMap<DocumentNode, Map<string, Plan | null>>()
  private readonly statements = new LRUCache<string, Statement>({ maxSize: TEXT_MAX, sizeCalculation: (s, key) => s.text.length + key.length })
  private readonly runner: Runner
  private made = 0

  constructor(private readonly schema: GraphQLSchema, db: Database) {
    this.runner = new Runner(db)
  }

  /** The text of the answer, or null when the resolvers must give one. */
  async answer(request: PlannerRequest): Promise<string | null> {
    const ready = this.prepare(request)
    if (!ready) return null
    try {
      return await this.runner.text(ready.statement, ready.values, request.lifetime)
    } catch (error) {
      if (isValueError(error)) return null
      throw error
    }
  }

  /** The statement of a request with its values. */
  prepare({ document, operationName, variables, actor }: PlannerRequest): { statement: Statement; values: unknown[] } | null {
    const plan = this.planOf(document, operationName)
    if (!plan) return null
    const coerced = getVariableValues(this.schema, plan.operation.variableDefinitions ?? [], variables ?? {}).coerced
    if (!coerced) return null
    try {
      const selection = plan.switches.map(name => (coerced[name] ? '1' : '0')).join('')
      const planned = plannedOf(plan, selection, coerced)
      if (!planned?.permissions.every(p => permits(p, actor))) return null
      const args = planned.sites.map(s => s.fixed ?? getArgumentValues(s.field, s.node, coerced))
      if (args.some(a => a['last'] != null || a['before'] != null)) return null // read backwards
      const form = scopeForm(actor)
      const shape = [form.key, ...args.map((a, i) => (planned.sites[i]!.fixed ? '' : shapeOf(a)))].join(' ')
      if (!allowed(planned.shapes, shape)) return null
      const key = `${plan.number} ${selection} ${shape}`
      let statement = this.statements.get(key)
      if (!statement) this.statements.set(key, (statement = documentStatement(select(plan, coerced).tree, form)))
      return { statement, values: statement.values({ actor, args }) }
    } catch (error) {
      if (error instanceof AppError) return null
      throw error
    }
  }

  private planOf(document: DocumentNode, operationName: string | null | undefined): Plan | null {
    let plans = this.plans.get(document)
    if (!plans) this.plans.set(document, (plans = new Map()))
    const name = operationName ?? ''
    let plan = plans.get(name)
    if (plan === undefined) plans.set(name, (plan = this.makePlan(document, name)))
    return plan
  }

  private makePlan(document: DocumentNode, name: string): Plan | null {
    const operations = document.definitions.filter((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION)
    const operation = name ? operations.find(o => o.name?.value === name) : operations.length === 1 ? operations[0] : undefined
    if (operation?.operation !== 'query') return null
    const fragments = document.definitions.filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION)
    return {
      number: ++this.made, schema: this.schema, operation, fragments: Object.fromEntries(fragments.map(f => [f.name.value, f])),
      switches: switchesOf(document), selections: new Map(),
    }
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

function plannedOf(plan: Plan, selection: string, variables: Args): Planned | null {
  const known = plan.selections.get(selection)
  if (known !== undefined) return known
  if (plan.selections.size >= SELECTIONS_MAX) return null
  const planned = plannable(plan, variables)
  plan.selections.set(selection, planned)
  return planned
}

function plannable(plan: Plan, variables: Args): Planned | null {
  try {
    const { sites, permissions } = select(plan, variables)
    return { sites, permissions, shapes: new Set() }
  } catch (error) {
    if (error instanceof Unplannable) return null
    throw error
  }
}

/** Is this one of the first so many shapes? */
function allowed(shapes: Set<string>, shape: string): boolean {
  if (!shapes.has(shape) && shapes.size < SHAPES_MAX) shapes.add(shape)
  return shapes.has(shape)
}
