import { getArgumentValues, getVariableValues, Kind, visit, type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
import type { Actor } from '../../core/actor'
import { AppError } from '../../core/errors'
import { permits } from '../../core/permission'
import { documentStatement, isValueError, Runner, scopeForm, shapeOf, type Args, type Statement } from '../../database/sql'
import type { Database } from '../../database/database'
import { select, Unplannable, type Operation, type Selection } from './selection'

/** Statements kept per document and selection, and selections (values of @skip and @include) per document; beyond them the resolvers answer. */
const SHAPES_MAX = 16
const SELECTIONS_MAX = 16

/** What is known of one operation of a document. */
interface Plan extends Operation {
  /** Variables of @skip and @include: they change what is selected. */
  readonly switches: readonly string[]
  /** Null: not plannable. */
  readonly selections: Map<string, Planned | null>
}
interface Planned {
  readonly selection: Selection
  readonly statements: Map<string, Statement>
}

export interface PlannerRequest {
  readonly document: DocumentNode
  readonly operationName: string | null | undefined
  readonly variables: Readonly<Record<string, unknown>> | undefined
  readonly actor: Actor
}

/**
 * Turns a validated query into one SQL statement that returns the final JSON text. It never answers an error: whatever it cannot plan
 * or bind is left whole to the resolvers, which say what is wrong and where. Plans live as long as the document that they belong to.
 */
export class Planner {
  private readonly plans = new WeakMap<DocumentNode, Map<string, Plan | null>>()
  private readonly runner: Runner

  constructor(private readonly schema: GraphQLSchema, db: Database) {
    this.runner = new Runner(db)
  }

  get statements(): number {
    return this.runner.statements
  }

  /** The text of `data`, or null when the resolvers must answer. */
  async answer(request: PlannerRequest): Promise<string | null> {
    const ready = this.prepare(request)
    if (!ready) return null
    try {
      return await this.runner.text(ready.statement, ready.values)
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
      const planned = selected(plan, coerced)
      if (!planned?.selection.permissions.every(p => permits(p, actor))) return null
      const args = planned.selection.sites.map(s => s.fixed ?? getArgumentValues(s.field, s.node, coerced))
      if (args.some(a => a['last'] != null || a['before'] != null)) return null // read backwards
      const statement = statementOf(plan, planned, coerced, args, actor)
      return statement && { statement, values: statement.values({ actor, args }) }
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
    if (plan === undefined) plans.set(name, (plan = makePlan(this.schema, document, name)))
    return plan
  }
}

function makePlan(schema: GraphQLSchema, document: DocumentNode, name: string): Plan | null {
  const operations = document.definitions.filter((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION)
  const operation = name ? operations.find(o => o.name?.value === name) : operations.length === 1 ? operations[0] : undefined
  if (operation?.operation !== 'query') return null
  const fragments = document.definitions.filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION)
  return { schema, operation, fragments: Object.fromEntries(fragments.map(f => [f.name.value, f])), switches: switchesOf(document), selections: new Map() }
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

function selected(plan: Plan, variables: Args): Planned | null {
  const key = plan.switches.map(name => (variables[name] ? '1' : '0')).join('')
  const known = plan.selections.get(key)
  if (known !== undefined) return known
  if (plan.selections.size >= SELECTIONS_MAX) return null
  const planned = plannable(plan, variables)
  plan.selections.set(key, planned)
  return planned
}

function plannable(plan: Plan, variables: Args): Planned | null {
  try {
    return { selection: select(plan, variables), statements: new Map() }
  } catch (error) {
    if (error instanceof Unplannable) return null
    throw error
  }
}

function statementOf(plan: Plan, planned: Planned, variables: Args, args: readonly Args[], actor: Actor): Statement | null {
  const form = scopeForm(actor)
  const key = `${form.key} ${args.map((a, i) => (planned.selection.sites[i]!.fixed ? '' : shapeOf(a))).join(' ')}`
  const known = planned.statements.get(key)
  if (known) return known
  if (planned.statements.size >= SHAPES_MAX) return null
  // The tree is made again with the arguments of this request: their shape is part of the text.
  const statement = documentStatement(select(plan, variables).tree, form)
  planned.statements.set(key, statement)
  return statement
}
