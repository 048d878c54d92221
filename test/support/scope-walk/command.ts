import { getNamedType, getNullableType, isInputObjectType, isListType, isObjectType, type GraphQLField, type GraphQLInputObjectType, type GraphQLInputType } from 'graphql'
import { translateViolation } from '../../../src/api'
import { JobRunner } from '../../../src/domain/job'
import { NOW, type By, type Input, type Payload, type Telling } from './telling'
import type { County } from './county'
import { nameOf, type Documents, type Known } from './documents'
import type { Answered, ScopeWorld } from './world'

/** A command that was given, as it was sent. */
export interface Given { readonly mutation: string; readonly who: string | null; readonly inputType: string; readonly input: Input }
/** Told before a command is given: with its input as it will be. */
export type Before = (given: Given) => Promise<void>

/** Places of an input that hold ids: `['steps', '0', 'positionId']`; inside lists their first element. `list`: the place holds many. */
export interface IdPlace { readonly path: readonly string[]; readonly list: boolean }

/** Gives the commands of a county over HTTP, keeps what was answered and tells before each. */
export class Commander implements Telling {
  readonly given: Given[] = []
  readonly answers: Answered[] = []
  private n = 0

  constructor(private readonly world: ScopeWorld, readonly county: County, private readonly documents: Documents, private readonly known: Known, private readonly before: Before = async () => undefined) {}

  readonly does = async (mutation: string, input: Input, by: By = 'ONE'): Promise<Payload> => {
    const who = by === 'NOBODY' ? null : by === 'CITY' ? 'CITY-ONE' : `${this.county.mark}-${by}`
    const sent = { ...input, ...('rowVersion' in input && input['rowVersion'] === NOW && { rowVersion: await this.versionOf(String(input['id'])) }), idempotencyKey: `${this.county.mark}-${mutation}-${++this.n}` }
    const given = { mutation, who, inputType: inputType(this.documents, mutation).name, input: sent }
    await this.before(given)
    const answer = await this.world.ask.planner(who, { query: commandText(this.documents, mutation, this.known), variables: { input: sent } })
    if (answer.errors.length) throw new Error(`${who}: ${mutation}(${JSON.stringify(input)}) in test/support/scope-walk/story.ts is refused: ${JSON.stringify(answer.errors)}`)
    this.given.push(given)
    this.answers.push(answer)
    return answer.data![mutation] as Payload
  }

  readonly uploads = async (fields: Readonly<Record<string, string>>, file: { name: string; content: string }): Promise<string> => {
    const response = await this.world.server.fetch('/evidence', { method: 'POST', body: formOf(fields, file) }, `${this.county.mark}-ONE`)
    if (response.status !== 201) throw new Error(await response.text())
    return ((await response.json()) as { evidence: { id: string } }).evidence.id
  }

  readonly sends = async (file: { name: string; content: string }): Promise<string> => {
    const response = await this.world.server.fetch('/workbooks', { method: 'POST', body: formOf({}, file) }, `${this.county.mark}-ONE`)
    if (response.status !== 201) throw new Error(await response.text())
    return ((await response.json()) as { workbook: { id: string } }).workbook.id
  }

  readonly works = async (): Promise<void> => {
    const { db, app: { signals } } = this.world.server
    const runner = new JobRunner(db, signals, { concurrency: 1, timeLimit: 60_000, log: { warn: () => undefined, error: () => undefined }, chinese: problem => translateViolation('zh-CN', problem).message })
    while ((await db.rows(`SELECT FROM job WHERE state IN ('QUEUED', 'RUNNING')`)).length) await new Promise(done => setTimeout(done, 50))
    await runner.stop()
  }

  private async versionOf(id: string): Promise<number> {
    const { data } = await this.world.ask.planner(`${this.county.mark}-ONE`, { query: 'query($id: ID!) { node(id: $id) { ... on Auditable { rowVersion } } }', variables: { id } })
    return (data!['node'] as { rowVersion: number }).rowVersion
  }
}

export function formOf(fields: Readonly<Record<string, string>>, file: { name: string; content: string }): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new Blob([file.content]), file.name)
  return form
}

const mutationOf = ({ schema }: Documents, mutation: string): GraphQLField<unknown, unknown> => schema.getMutationType()!.getFields()[mutation]!
const inputType = (documents: Documents, mutation: string): GraphQLInputObjectType => {
  const field = mutationOf(documents, mutation)
  const type = field.args.length === 1 && field.args[0]!.name === 'input' ? getNamedType(field.args[0]!.type) : null
  if (!isInputObjectType(type)) throw new Error(`${nameOf({ name: 'Mutation' }, field)} has other arguments than one input: say in test/support/scope-walk/command.ts how it is given.`)
  return type
}

function commandText(documents: Documents, mutation: string, known: Known): string {
  const payload = getNamedType(mutationOf(documents, mutation).type)
  if (!isObjectType(payload)) throw new Error(`${mutation} answers no object`)
  return `mutation($input: ${inputType(documents, mutation).name}!) { ${mutation}(input: $input) { ${documents.fields(payload, known)} } }`
}

/** Where an input can hold ids, told by its type. */
export function idPlaces(documents: Documents, mutation: string): IdPlace[] {
  const inside = (type: GraphQLInputObjectType, path: readonly string[]): IdPlace[] => Object.values(type.getFields()).flatMap(field => {
    const named = getNamedType(field.type)
    const list = isListed(field.type)
    const at = [...path, field.name]
    if (named.name === 'ID') return [{ path: at, list }]
    return isInputObjectType(named) ? inside(named, list ? [...at, '0'] : at) : []
  })
  return inside(inputType(documents, mutation), [])
}
const isListed = (type: GraphQLInputType): boolean => isListType(getNullableType(type))

/** The value at a place; undefined where the input has nothing on the way. */
export const valueAt = (input: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined), input)

/** The same input with another id at a place, alone where there may be many, so that nothing else is refused. */
export function withId(input: Input, { path, list }: IdPlace, id: string): Input {
  const copy = structuredClone(input) as Record<string, unknown>
  const holder = valueAt(copy, path.slice(0, -1)) as Record<string, unknown>
  holder[path.at(-1)!] = list ? [id] : id
  return copy
}
