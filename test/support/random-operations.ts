import {
  getNamedType, getNullableType, isEnumType, isInputObjectType, isInterfaceType, isListType, isNonNullType, isObjectType,
  type GraphQLArgument, type GraphQLField, type GraphQLInputType, type GraphQLObjectType, type GraphQLSchema,
} from 'graphql'
import { readOf } from '../../src/api/reading/fields'
import { HOSTILE } from './reading-fixture'

/** A number between 0 and 1 from a seed, the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** An enum value inside a literal. */
class EnumValue { constructor(readonly name: string) {} }
type Value = null | boolean | number | string | EnumValue | Value[] | { [key: string]: Value }

export interface RandomOperation {
  readonly query: string
  readonly variables: Record<string, unknown>
}

/** Global ids by prefix, to ask for what exists. */
export type KnownIds = ReadonlyMap<string, readonly string[]>

const BROKEN_IDS = ['', 'unit_1', 'unit_01935000-0001-7000-8000-ffffffffffff', 'rp_01935000-0001-7000-8000-00000000bc8f', `unit_' OR 1=1 --`, '01935000-0001-7000-8000-00000000bc8f']
const TEXTS = [...HOSTILE, '审', '5108', '510801-D1', 'R1', 'PW-1', 'guang yuan', 'gy', "Wang'cang", '广元', '%', '_', '']

/** Reading it changes it: no two readers would see the same. */
const isLogged = (field: GraphQLField<unknown, unknown>): boolean => {
  const read = readOf(field)
  return read?.is === 'reach' && read.reach.to.noun.logged !== undefined
}

/** Random queries over the generated part of a schema: fields, aliases, fragments, arguments, variables, depth, skip and include. */
export class RandomOperations {
  private readonly cursors = new Map<string, string[]>()
  private lists: string[] = []
  private variables: Record<string, unknown> = {}
  private declarations: string[] = []
  private fragments: string[] = []
  private names = 0
  private readonly random: () => number

  constructor(private readonly schema: GraphQLSchema, private readonly ids: KnownIds, seed: number) {
    this.random = seeded(seed)
  }

  next(): RandomOperation {
    this.variables = {}
    this.declarations = []
    this.fragments = []
    this.lists = []
    this.names = 0
    const body = this.fields(this.schema.getQueryType()!, 3, 1 + this.int(2))
    const head = this.declarations.length ? `(${this.declarations.join(', ')})` : ''
    return { query: `query Q${head} { ${body} } ${this.fragments.join(' ')}`, variables: this.variables }
  }

  /** Keeps the cursors of an answer, each with the list and order that it belongs to. */
  learn(data: unknown): void {
    if (data === null || typeof data !== 'object') return
    for (const [key, value] of Object.entries(data)) {
      const list = /^learn(\d+)$/.exec(key)?.[1]
      const cursor = list && value && (value as { endCursor: string | null }).endCursor
      if (cursor) this.cursorsOf(this.lists[Number(list)]!).push(cursor)
      else this.learn(value)
    }
  }

  pick<T>(from: readonly T[]): T { return from[this.int(from.length)]! }
  private int(n: number): number { return Math.floor(this.random() * n) }
  private maybe(p: number): boolean { return this.random() < p }
  private cursorsOf(list: string): string[] {
    if (!this.cursors.has(list)) this.cursors.set(list, [])
    return this.cursors.get(list)!
  }

  private fields(type: GraphQLObjectType, depth: number, count: number): string {
    const fields = Object.values(type.getFields())
    const declared = fields.filter(f => 'read' in f.extensions && !isLogged(f))
    // Hand-written fields send the whole operation to the resolvers: a few are enough.
    const all = declared.length && !this.maybe(0.02) ? declared : fields.filter(f => type !== this.schema.getQueryType() || f.name.startsWith('node'))
    const out = Array.from({ length: count }, () => this.field(type, this.pick(all), depth)).filter(Boolean)
    if (this.maybe(0.1)) out.push(`${this.alias()}__typename`)
    if (this.maybe(0.1) && type.name !== 'Query') out.push(this.inlineFragment(type, depth))
    if (this.maybe(0.08) && depth > 0 && type.name !== 'Query') out.push(this.namedFragment(type, depth))
    return out.length ? out.join(' ') : '__typename'
  }

  private field(parent: GraphQLObjectType, field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type)
    const composite = isObjectType(type) || isInterfaceType(type)
    if (composite && depth <= 0 && !/^(nodes|edges|node|pageInfo)$/.test(field.name)) return ''
    const list = `${type.name}|`
    const { text, order } = this.arguments(field, list, depth)
    const alias = field.args.length || this.maybe(0.2) ? this.alias() : ''
    if (isInterfaceType(type)) return `${alias}${field.name}${text}${this.directive()} { __typename ...on Unit { code nameZh } ...on RiskPoint { code } id }`
    const below = isObjectType(type) ? ` { ${this.below(type, parent, depth, list + order)} }` : ''
    return `${alias}${field.name}${text}${this.directive()}${below}`
  }

  private below(type: GraphQLObjectType, parent: GraphQLObjectType, depth: number, list: string): string {
    if (!type.name.endsWith('Connection')) return this.fields(type, /Connection$|Edge$/.test(parent.name) ? depth : depth - 1, 1 + this.int(5))
    if (this.maybe(0.3)) return `nodes { ${this.fields(getNamedType(type.getFields()['nodes']!.type) as GraphQLObjectType, depth - 1, 1 + this.int(5))} }`
    this.lists.push(list)
    return `${this.fields(type, depth - 1, 1 + this.int(3))} ${this.maybe(0.3) ? `learn${this.lists.length - 1}: pageInfo { endCursor }` : ''}`
  }

  private alias(): string { return `${this.pick(['a', '_b', 'select', 'Z'])}${++this.names}: ` }

  private directive(): string {
    return this.maybe(0.06) ? ` @${this.pick(['skip', 'include'])}(if: ${this.value('Boolean!', this.maybe(0.5))})` : ''
  }

  private inlineFragment(type: GraphQLObjectType, depth: number): string {
    const on = this.pick([type, ...type.getInterfaces()])
    const inside = isInterfaceType(on) ? Object.values(on.getFields()).filter(f => !f.args.length).map(f => f.name).slice(0, 2).join(' ') : this.fields(type, Math.min(depth, 1), 2)
    return `... ${this.maybe(0.8) ? `on ${on.name}` : ''}${this.directive()} { ${isInterfaceType(on) || on === type ? inside : '__typename'} }`
  }

  private namedFragment(type: GraphQLObjectType, depth: number): string {
    const name = `F${++this.names}`
    this.fragments.push(`fragment ${name} on ${type.name} { ${this.fields(type, Math.min(depth, 1), 2)} }`)
    return `...${name}${this.directive()}`
  }

  /** The arguments as text, and the order among them: cursors belong to it. */
  private arguments(field: GraphQLField<unknown, unknown>, list: string, depth: number): { text: string; order: string } {
    const has = (name: string): GraphQLArgument | undefined => field.args.find(a => a.name === name)
    const given: string[] = []
    const give = (name: string, value: Value): void => void given.push(`${name}: ${this.value(String(has(name)!.type), value)}`)
    let order = ''
    if (has('id')) give('id', this.id(field))
    if (has('ids')) give('ids', [this.id(), this.id(), this.id()])
    for (const a of field.args) if (isNonNullType(a.type) && !['id', 'ids'].includes(a.name)) give(a.name, this.pick(TEXTS))
    if (has('orderBy') && this.maybe(0.35)) {
      const value = this.orders(has('orderBy')!.type)
      order = JSON.stringify(value)
      give('orderBy', value)
    }
    if (has('first')) this.page(list + order, depth, give)
    if (has('filter') && this.maybe(0.4)) give('filter', this.maybe(0.03) ? null : this.input(getNullableType(has('filter')!.type), 0))
    return { text: given.length ? `(${given.join(', ')})` : '', order }
  }

  private page(list: string, depth: number, give: (name: string, value: Value) => void): void {
    const size = 1 + this.int(depth > 2 ? 9 : 3)
    if (this.maybe(0.02)) give('first', this.pick([0, -1, 101, 2_000_000_000]))
    else if (this.maybe(0.04)) give('last', size)
    else if (this.maybe(0.9) || depth < 3) give('first', this.maybe(0.02) ? null : size)
    const known = this.cursorsOf(list)
    for (const [name, p] of [['after', 0.3], ['before', 0.02]] as const) {
      if (known.length && this.maybe(p)) give(name, this.pick(known))
      else if (this.maybe(0.01)) give(name, this.pick(['junk', '', Buffer.from('["x", 1]').toString('base64'), ...[...this.cursors.values()].flat().slice(0, 3)]))
    }
  }

  private id(field?: GraphQLField<unknown, unknown>): string {
    const near = field && [...this.ids.keys()].find(prefix => this.ids.get(prefix)![0] && field.name.toLowerCase().startsWith(prefix[0]!))
    return this.maybe(0.05) ? this.pick(BROKEN_IDS) : this.pick(this.ids.get(near && this.maybe(0.9) ? this.prefixOf(field) ?? near : this.pick([...this.ids.keys()]))!)
  }

  private prefixOf(field: GraphQLField<unknown, unknown>): string | null {
    const read = (field.extensions as { read?: { reach?: { to: { noun: { prefix: string } } } } }).read
    const prefix = read?.reach?.to.noun.prefix
    return prefix && this.ids.get(prefix)?.length ? prefix : null
  }

  private orders(type: GraphQLInputType): Value[] {
    const input = getNamedType(type)
    if (!isInputObjectType(input)) return []
    const fields = getNamedType(input.getFields()['field']!.type)
    const values = isEnumType(fields) ? fields.getValues().map(v => v.name) : []
    return Array.from({ length: 1 + this.int(3) }, () => ({
      field: new EnumValue(this.pick(values)), ...(this.maybe(0.7) ? { direction: new EnumValue(this.pick(['ASC', 'DESC'])) } : {}),
    }))
  }

  /** A random value of an input type: filters and operators come out of it by themselves. */
  private input(type: GraphQLInputType, depth: number): Value {
    const nullable = getNullableType(type)
    if (isListType(nullable)) return Array.from({ length: this.int(4) }, () => this.input(nullable.ofType, depth))
    if (isEnumType(nullable)) return new EnumValue(this.pick(nullable.getValues()).name)
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter(f => f.name !== 'or' || depth < 2)
      const operators = !nullable.getFields()['or']
      const chosen = operators ? [this.pick(fields), ...(this.maybe(0.2) ? [this.pick(fields)] : [])] : fields.filter(f => this.maybe(f.name === 'or' ? 0.15 : Math.min(0.5, 1.6 / fields.length)))
      return Object.fromEntries(chosen.map(f => [f.name, this.maybe(0.03) ? null : this.input(f.type, depth + (f.name === 'or' ? 1 : 0))]))
    }
    return this.scalar(String(nullable))
  }

  private scalar(type: string): Value {
    switch (type) {
      case 'Int': return this.pick([0, 1, 2, 3, 4, 8, 12, 15, 20, 2026, -1])
      case 'Boolean': return this.maybe(0.5)
      case 'ID': return this.maybe(0.6) ? this.pick(this.ids.get('unit')!) : this.id()
      case 'LocalDate': return this.pick(['2020-01-03', '2026-06-15', '2026-11-01', '2022-01-01', '0001-01-01', '9999-12-31'])
      case 'DateTime': return this.pick(['2026-01-20T00:00:00Z', '2026-03-01T07:00:00.123+08:00', '2026-02-01T12:00:00.000Z'])
      case 'Decimal': return this.pick(['0', '1234567890.0123', '2469135780.0246', '-1.5', '11111111010.1107'])
      default: return this.pick(TEXTS)
    }
  }

  /** A value as a variable or as a literal. */
  private value(type: string, value: Value): string {
    if (this.maybe(0.5)) return literal(value)
    const name = `v${++this.names}`
    this.declarations.push(`$${name}: ${type}`)
    this.variables[name] = plain(value)
    return `$${name}`
  }
}

function literal(value: Value): string {
  if (value instanceof EnumValue) return value.name
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (value !== null && typeof value === 'object') return `{${Object.entries(value).map(([k, v]) => `${k}: ${literal(v)}`).join(', ')}}`
  return JSON.stringify(value)
}

function plain(value: Value): unknown {
  if (value instanceof EnumValue) return value.name
  if (Array.isArray(value)) return value.map(plain)
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]))
  return value
}
