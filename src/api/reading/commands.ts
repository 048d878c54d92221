import {
  getArgumentValues, getNamedType, getNullableType, GraphQLString, isLeafType, isNonNullType, isObjectType, locatedError,
  type DocumentNode, type ExecutionResult, type FieldNode, type GraphQLLeafType, type GraphQLObjectType, type GraphQLSchema,
} from 'graphql'
import { collectFields, collectSubfields } from 'graphql/execution/collectFields'
import type { Actor } from '../../core/actor'
import { permits } from '../../core/permission'
import type { RequestContext } from '../../core/request'
import { wasCarriedOut } from '../../database/command'
import type { Database } from '../../database/database'
import { rowStatement, Runner, type Args, type RowTree } from '../../database/sql'
import { commandOf, fieldsOf, nounOf, permissionOf, type Command, type Field } from './fields'
import { Operations, Statements, unlessRefused, type Prepared } from './operations'
import { RawJson } from './raw-json'
import { rowReader } from './reader'
import { selectRow, Unplannable, type Group, type Operation, type Selection } from './selection'
import { rowIdIn } from './stand-in'

/** A field of a payload: a constant, a value that the command answers, or a row that is read once the command is done. */
type Part = { readonly path: readonly [root: string, key: string]; readonly name: string; readonly nodes: Group; readonly needed: boolean } & (
  | { readonly is: 'typename'; readonly json: string }
  | { readonly is: 'leaf'; readonly type: GraphQLLeafType }
  | { readonly is: 'row'; readonly prepare: (variables: Args, actor: Actor) => Prepared | null })

/** The one command of an operation. */
interface Plan {
  readonly key: string
  readonly field: Field
  readonly nodes: Group
  readonly command: Command
  readonly payload: string
  readonly parts: readonly Part[]
}
/** All that is needed to give the command and to read its answer; by the keys of the rows. */
interface Ready {
  readonly plan: Plan
  readonly variables: Args
  readonly rows: ReadonlyMap<string, Prepared>
}

export interface CommandRequest {
  readonly document: DocumentNode
  readonly operationName: string | null | undefined
  readonly variables: Readonly<Record<string, unknown>> | undefined
  readonly context: RequestContext
}

/**
 * Gives a validated mutation's command and reads what is asked of its answer in one statement that returns the final JSON text. Whether
 * this can be done is decided before anything is: whatever is not a single command with a plain payload, or could still be refused when
 * its answer is read, is left whole to graphql-js. Errors are those that graphql-js tells, at the same places.
 */
export class Commands {
  private readonly operations: Operations<Plan>
  private readonly statements = new Statements()
  private readonly runner: Runner

  constructor(schema: GraphQLSchema, db: Database) {
    this.runner = new Runner(db)
    this.operations = new Operations(schema, 'mutation', (operation, variables) => this.plan(operation, variables))
  }

  /** What the mutation answers; null when graphql-js must carry it out: nothing was done yet. */
  async answer(request: CommandRequest): Promise<ExecutionResult | null> {
    const ready = this.prepare(request)
    if (!ready) return null
    const { key, nodes } = ready.plan
    try {
      return { data: new RawJson(`{"data":{${JSON.stringify(key)}:${await this.run(ready, request.context)}}}`) as unknown as Record<string, unknown> }
    } catch (error) {
      return { data: null, errors: [locatedError(error, nodes, [key])] }
    }
  }

  private prepare({ document, operationName, variables, context: { actor } }: CommandRequest): Ready | null {
    const found = this.operations.find(document, operationName, variables)
    if (!found || !permits(permissionOf(found.planned.field)!, actor)) return null
    const rows = new Map<string, Prepared>()
    for (const part of found.planned.parts) {
      const prepared = part.is === 'row' ? part.prepare(found.variables, actor) : undefined
      if (prepared) rows.set(part.path[1], prepared)
      if (prepared === null || (prepared && !unlessRefused(() => surelyRead(prepared)))) return null
    }
    return { plan: found.planned, variables: found.variables, rows }
  }

  private async run({ plan: { field, nodes, command, payload, parts }, variables, rows }: Ready, context: RequestContext): Promise<string> {
    rowReader(context).standInWhile(() => wasCarriedOut(context))
    const answer = await command(getArgumentValues(field, nodes[0]!, variables as Record<string, unknown>), context)
    const texts = await Promise.all(parts.map(async part => this.text(part, await answer[part.name], rows, context)))
    return `{${parts.map((part, i) => {
      if (texts[i] === 'null' && part.needed) throw locatedError(new Error(`Cannot return null for non-nullable field ${payload}.${part.name}.`), part.nodes, part.path)
      return `${JSON.stringify(part.path[1])}:${texts[i]}`
    }).join()}}`
  }

  private async text(part: Part, value: unknown, rows: ReadonlyMap<string, Prepared>, { lifetime }: RequestContext): Promise<string> {
    if (part.is === 'typename') return part.json
    if (value == null) return 'null'
    if (part.is === 'leaf') return leafText(part, value)
    const { statement, call } = rows.get(part.path[1])!
    return this.runner.textAlike(statement, statement.values({ ...call, keys: [rowIdIn(value)] }), lifetime)
  }

  private plan(operation: Operation, variables: Args): Plan {
    const { schema, fragments, operation: { selectionSet } } = operation
    const root = schema.getMutationType()!
    const groups = [...collectFields(schema, fragments, variables as Record<string, unknown>, root, selectionSet)]
    const [key, nodes] = groups[0] ?? ['', []]
    const field = fieldsOf(root)[nodes[0]?.name.value ?? '']
    const command = field && commandOf(field)
    const payload = field && getNullableType(field.type)
    if (groups.length !== 1 || !command || !isNonNullType(field.type) || !isObjectType(payload) || !plain(payload)) throw new Unplannable(key)
    const below = collectSubfields(schema, fragments, variables as Record<string, unknown>, payload, nodes as FieldNode[])
    return { key, nodes, field, command, payload: payload.name, parts: [...below].map(([name, group]) => this.part(operation, variables, payload, [key, name], group)) }
  }

  private part(operation: Operation, variables: Args, payload: GraphQLObjectType, path: Part['path'], nodes: Group): Part {
    const name = nodes[0]!.name.value
    if (name === '__typename') return { path, name, nodes, needed: true, is: 'typename', json: JSON.stringify(payload.name) }
    const field = fieldsOf(payload)[name]!
    const type = getNullableType(field.type)
    const place = { path, name, nodes, needed: isNonNullType(field.type) }
    // A leaf that fails where there may be none would leave the rest of the answer standing beside its error.
    if (isLeafType(type) && (place.needed || type === GraphQLString)) return { ...place, is: 'leaf', type }
    const noun = isObjectType(type) && nounOf(type)
    if (!noun) throw new Unplannable(`${payload.name}.${name}`)
    const select = (now: Args): Selection<RowTree> => selectRow(operation, now, noun, nodes)
    return { ...place, is: 'row', prepare: this.statements.plan(select(variables), select, rowStatement) }
  }
}

function leafText({ type, nodes, path }: Extract<Part, { is: 'leaf' }>, value: unknown): string {
  try {
    return JSON.stringify(type.serialize(value))
  } catch (error) {
    throw locatedError(error, nodes, path)
  }
}

/** Made of rows and values; and of none whose reading is noted, which graphql-js sees to. */
const plain = (payload: GraphQLObjectType): boolean => Object.values(fieldsOf(payload)).every(field => {
  const type = getNamedType(field.type)
  const noun = isObjectType(type) ? nounOf(type)?.noun : undefined
  return permissionOf(field) === undefined && (isLeafType(type) || (noun !== undefined && !noun.logged))
})

/** What else a client may say of a list, PostgreSQL may refuse: too late for another reader once the command is done. Throws where it is refused already. */
function surelyRead({ statement, call }: Prepared): boolean {
  statement.values({ ...call, keys: [''] })
  return call.args.every(args => Object.entries(args).every(([name, value]) => value == null || name === 'first' || name === 'orderBy'))
}
