import { getNamedType, isLeafType, isObjectType, type GraphQLField, type GraphQLObjectType } from 'graphql'
import { chunks, written, type Documents, type Known } from './documents'
import type { Answered, Ask, Request } from './world'

/** One request with what it is about. */
export interface Step { readonly about: string; readonly request: Request }
export interface Taken extends Step { readonly answer: Answered }

/** What answers held, read by their `__typename`s. */
export class Seen {
  /** Global ids by type, in the order in which they were met. */
  readonly ids = new Map<string, string[]>()
  /** Fields that answered something: `Unit.code`. */
  readonly fields = new Set<string>()
  readonly values = new Map<string, unknown[]>()
  readonly cursors = new Map<string, string[]>()
  private readonly known = new Set<string>()

  add(answer: unknown): void {
    if (Array.isArray(answer)) answer.forEach(a => this.add(a))
    else if (answer !== null && typeof answer === 'object') this.object(answer as Readonly<Record<string, unknown>>)
  }

  private object(object: Readonly<Record<string, unknown>>): void {
    const type = object['__typename'] as string | undefined
    const { id } = object
    if (type && typeof id === 'string' && !this.known.has(id)) {
      this.known.add(id)
      put(this.ids, type, id)
    }
    for (const [key, value] of Object.entries(object)) {
      if (type && value !== null && !(Array.isArray(value) && !value.length)) this.fields.add(`${type}.${key}`)
      if (type && value !== null && typeof value !== 'object') put(this.values, `${type}.${key}`, value)
      if (type?.endsWith('Edge') && key === 'cursor') put(this.cursors, type.replace(/Edge$/, 'Connection'), value as string)
      this.add(value)
    }
  }
}

const KEPT = 3
function put<V>(map: Map<string, V[]>, key: string, value: V): void {
  const all = map.get(key) ?? []
  if (!map.has(key)) map.set(key, all)
  if (typeof value === 'string' && value.length > 36 && value.at(-37) === '_' ? true : all.length < KEPT && !all.includes(value)) all.push(value)
}

/** Entrances of the schema: root fields, and those under a plugin's namespace. */
export interface Entrance { readonly path: readonly string[]; readonly parent: GraphQLObjectType; readonly field: GraphQLField<unknown, unknown> }

export function entrances(documents: Documents): Entrance[] {
  return Object.values(documents.query.getFields()).flatMap((field): Entrance[] => {
    const type = getNamedType(field.type)
    const namespace = !field.args.length && isObjectType(type) && Object.values(type.getFields()).some(f => f.args.length)
    return namespace ? Object.values(type.getFields()).map(f => ({ path: [field.name, f.name], parent: type, field: f })) : [{ path: [field.name], parent: documents.query, field }]
  })
}

const under = (path: readonly string[], fields: string): string => path.slice(0, -1).reduceRight((inside, name) => `${name} { __typename ${inside} }`, fields)

/** Asks the entrances with their required arguments. `brief`: only whether they are open. */
export const openings = (documents: Documents, known: Known, brief = false): Step[] => entrances(documents).map(({ path, parent, field }) => ({
  about: path.join('.'), request: { query: `{ ${under(path, `${field.name}${written(documents.required(parent, field, known))}${brief ? probe(documents, field) : documents.selection(field, known)}`)} }` },
}))

/** Everything of these objects, and what stands at the far ends of their edges. */
export function objects(documents: Documents, type: string, ids: readonly string[], known: Known): Step[] {
  const object = documents.schema.getType(type) as GraphQLObjectType
  const query = `query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on ${type} { ${documents.fields(object, known)} } } }`
  return chunks(ids, 40).map(some => ({ about: `${type} by id`, request: { query, variables: { ids: some } } }))
}

/** As many as there are connections to read with. */
const AT_ONCE = 4

/** From the entrances along all edges to everything that somebody can reach, or to the first `most` of each type. */
async function crawl(documents: Documents, known: Known, ask: (step: Step) => Promise<Answered>, most: number): Promise<Seen> {
  const seen = new Seen()
  const look = async (steps: readonly Step[]): Promise<void> => {
    for (const some of chunks(steps, AT_ONCE)) for (const { data } of await Promise.all(some.map(ask))) seen.add(data)
  }
  await look(openings(documents, known))
  const done = new Set<string>()
  for (let more = true; more;) {
    more = false
    for (const [type, ids] of [...seen.ids]) {
      const fresh = ids.slice(0, most).filter(id => !done.has(id))
      fresh.forEach(id => done.add(id))
      more ||= fresh.length > 0
      await look(objects(documents, type, fresh, known))
    }
  }
  return seen
}

/** All arguments of all entrances: filters, orders, cursors, ids, many to a document. */
export function * entranceArguments(documents: Documents, known: Known): Generator<Step> {
  for (const { path, parent, field } of entrances(documents)) {
    const selection = probe(documents, field)
    const asked = [...documents.argued(parent, field, known)].map(written)
    // What may be refused for its arguments is asked alone: a refusal takes the whole answer with it.
    for (const some of chunks(asked, String(getNamedType(field.type)).endsWith('Connection') ? 20 : 1)) yield { about: `${path.join('.')} with its arguments`, request: { query: `{ ${under(path, some.map((args, i) => `a${i}: ${field.name}${args}${selection}`).join(' '))} }` } }
  }
}

/** All arguments of all fields of objects. */
export function * objectArguments(documents: Documents, known: Known): Generator<Step> {
  for (const type of documents.nodeTypes()) {
    const fields = Object.values(type.getFields()).filter(f => f.args.length)
    const asked = fields.flatMap(field => [...documents.argued(type, field, known, 1)].slice(1).map(args => `${field.name}${written(args)}${probe(documents, field)}`))
    const [id] = known.own.get(type.name) ?? []
    if (!id) continue
    for (const some of chunks(asked, 30)) {
      yield { about: `${type.name} with arguments of its fields`, request: { query: `query($id: ID!) { node(id: $id) { __typename ... on ${type.name} { ${some.map((field, i) => `a${i}: ${field}`).join(' ')} } } }`, variables: { id } } }
    }
  }
}

/** What is asked where only the rows matter: their ids, their number and whether there are more. */
function probe(documents: Documents, field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type)
  if (isLeafType(type)) return ''
  const name = String(type)
  if (name === 'Node' || documents.isNode(type)) return ' { __typename id }'
  return name.endsWith('Connection') ? ` { totalCount nodes { __typename ${name === 'InboxItemConnection' ? 'key' : 'id'} } }` : documents.selection(field, NOTHING)
}
const NOTHING: Known = { own: new Map(), foreign: new Map(), values: new Map(), cursors: new Map(), marks: ['-'], city: 'unit' }

/** Asks these steps as somebody, a few at a time. */
export async function takeAll(ask: Ask, who: string | null, steps: Iterable<Step>): Promise<Taken[]> {
  const taken: Taken[] = []
  for (const some of chunks([...steps], AT_ONCE)) taken.push(...await Promise.all(some.map(async step => ({ ...step, answer: await ask(who, step.request) }))))
  return taken
}

/** Crawls as somebody and keeps every step. */
export async function crawling(documents: Documents, known: Known, ask: Ask, who: string, most = Infinity): Promise<{ seen: Seen; taken: Taken[] }> {
  const taken: Taken[] = []
  const seen = await crawl(documents, known, async step => {
    const answer = await ask(who, step.request)
    taken.push({ ...step, answer })
    return answer
  }, most)
  return { seen, taken }
}

/** An answer without what differs from one moment to the next. */
const settled = ({ text }: Answered): string => JSON.stringify(JSON.parse(text, (key, value: unknown) => (['requestId', 'asOf', 'contentVersion'].includes(key) ? null : value)))

/** Steps that two times were answered differently, with the beginning of the difference. */
export function differences(first: readonly Taken[], second: readonly Taken[]): string[] {
  return first.flatMap((one, i) => {
    const [a, b] = [settled(one.answer), settled(second[i]!.answer)]
    if (a === b) return []
    const at = Math.max(0, [...a].findIndex((c, n) => c !== b[n]) - 60)
    return [`${one.about}: ${a.slice(at, at + 160)} … ${b.slice(at, at + 160)} … asked by ${one.request.query.slice(0, 300)}`]
  })
}
