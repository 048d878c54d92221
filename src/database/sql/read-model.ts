import { snake, type Edge, type Noun, type NounEdge, type Order } from '../../core/reads'
import { ID, NounModel, PAGE_MAX, reach, STEP, type FilterColumn, type Key, type Relation } from './model'

/** An order is a value of an enum: `REVIEW_DUE_ON`, also when it is declared as `reviewDueOn`. */
export const orderValue = (name: string): string => (/[a-z]/.test(name) ? snake(name) : name).toUpperCase()
export const orderColumn = (name: string, order: Order): string => order.sql ?? orderValue(name).toLowerCase()
export const filterColumn = (name: string, filter: { sql?: string }): string => filter.sql ?? snake(name)

/** A filter that takes ids of any noun. */
const ANY = 'Node'

/** Everything that can be read, with all names looked up. */
export class ReadModel {
  readonly nouns: ReadonlyMap<string, NounModel>
  private readonly byPrefix: ReadonlyMap<string, NounModel>

  /** Throws one error that names every declaration that cannot stand. */
  constructor(nouns: readonly Noun[], edges: readonly NounEdge[]) {
    const problems: string[] = []
    const types = new Map(nouns.map(n => [n.type, n]))
    if (types.size < nouns.length) problems.push(`declared twice: ${repeated(nouns.map(n => n.type))}`)
    const prefixes = nouns.map(n => n.prefix)
    if (new Set(prefixes).size < nouns.length) problems.push(`prefixes used twice: ${repeated(prefixes)}`)
    const models = new Map(nouns.map(n => [n.type, nounModel(n, types, problems)]))
    const onEdges = nouns.flatMap(n => Object.entries(n.edges).map(([field, edge]) => ({ on: n.type, field, edge })))
    for (const e of [...onEdges, ...edges]) addEdge(e, models, problems)
    if (problems.length) throw new Error(`These read declarations cannot stand:\n${problems.map(p => `  - ${p}`).join('\n')}`)
    this.nouns = models
    this.byPrefix = new Map([...models.values()].map(m => [m.noun.prefix, m]))
  }

  ofPrefix(prefix: string): NounModel | undefined {
    return this.byPrefix.get(prefix)
  }

  of(type: string): NounModel {
    const model = this.nouns.get(type)
    if (!model) throw new Error(`There is no read declaration of ${type}.`)
    return model
  }
}

const repeated = (names: readonly string[]): string => [...new Set(names.filter((n, i) => names.indexOf(n) < i))].join(', ')

function nounModel(noun: Noun, types: ReadonlyMap<string, Noun>, problems: string[]): NounModel {
  if (noun.realm && noun.scope.by === 'public') problems.push(`${noun.type}: rows of a realm need the unit that they belong to`)
  for (const [field, c] of Object.entries(noun.columns)) {
    if (c.kind === 'group' && Object.values(c.fields).some(f => f.kind === 'group' || f.kind === 'objects')) {
      problems.push(`${noun.type}.${field}: a group holds single values only`)
    }
    if (c.kind === 'commands' && noun.scope.by === 'public') problems.push(`${noun.type}.${field}: commands need the unit that the row belongs to`)
  }
  const masked = new Set(Object.entries(noun.columns).filter(([, c]) => c.kind === 'masked').map(([f, c]) => ('sql' in c && c.sql) || snake(f)))
  const filters = Object.entries(noun.filters).map(([name, f]): [string, FilterColumn] => {
    const column = filterColumn(name, f)
    const far = f.of === undefined ? undefined : types.get(f.of)
    if (f.type === 'ref' && !far && f.of !== ANY) problems.push(`${noun.type}: the filter ${name} accepts ids of ${f.of ?? 'no noun'}, which is not declared`)
    if (f.within && column !== scopeColumn(noun)) problems.push(`${noun.type}: the filter ${name} says within, but ${column} is not the unit that its rows belong to`)
    if ([column, ...(f.alsoIn ?? [])].some(c => masked.has(c))) problems.push(`${noun.type}: the filter ${name} would tell what the mask of ${column} hides`)
    return [name, { column, type: f.type, prefix: f.of === ANY ? null : far?.prefix ?? '', alsoIn: f.alsoIn ?? [], array: f.array ?? false, within: f.within ?? false }]
  })
  const orders = new Map(Object.entries(noun.orders).map(([name, o]): [string, Key] => {
    const column = orderColumn(name, o)
    if (masked.has(column)) problems.push(`${noun.type}: the order ${name} would tell what the mask of ${column} hides`)
    return [orderValue(name), { column, type: o.type, desc: false }]
  }))
  const defaultOrder = (noun.defaultOrder ?? []).flatMap(o => {
    const key = orders.get(orderValue(o.field))
    if (!key) problems.push(`${noun.type}: the default order names ${o.field}, which is not among its orders`)
    return key ? [{ ...key, desc: o.direction === 'DESC' }] : []
  })
  return new NounModel(noun, new Map(filters), orders, defaultOrder)
}

const scopeColumn = ({ scope }: Noun): string | null => (scope.by === 'own' ? 'id' : scope.by === 'unit' ? scope.column : null)

const downward = ({ noun: { scope } }: NounModel): boolean => scope.by === 'unit' && scope.bindsBelow !== undefined

function addEdge({ on, field, edge }: NounEdge, models: ReadonlyMap<string, NounModel>, problems: string[]): void {
  const near = models.get(on)
  const to = models.get(edge.to)
  if (!near) return void problems.push(`${on}.${field}: there is no noun ${on} to put it on`)
  if (!to) return void problems.push(`${on}.${field}: it leads to ${edge.to}, which is not declared`)
  if ('walk' in edge && near !== to) problems.push(`${on}.${field}: a walk stays within its noun`)
  if (near.edges.has(field)) return void problems.push(`${on}.${field}: declared twice`)
  if (edge.sameScope !== undefined && downward(near) && !downward(to) && to.noun.scope.by !== 'public') {
    problems.push(`${on}.${field}: a ${on} is also seen from below its unit, a ${edge.to} is not; the edge cannot say sameScope`)
  }
  const max = 'max' in edge && edge.max !== undefined ? edge.max : edge.card === 'connection' ? PAGE_MAX : 1
  if (!(max >= 1 && max <= PAGE_MAX)) problems.push(`${on}.${field}: max must be 1 to ${PAGE_MAX}`)
  near.edges.set(field, {
    edge,
    reach: {
      ...reach(`${on}.${field}`, edge.card, to, relationOf(edge)),
      // What is open of the near row says nothing of a realm.
      sameScope: edge.sameScope !== undefined && to.noun.realm === undefined, where: Object.entries(edge.where ?? {}), max, order: fixedOrder(edge), ...(near.noun.realm && { nearRealm: near.noun.realm }),
    },
  })
}

function relationOf(edge: Edge): Relation {
  if ('key' in edge) return { kind: 'up', key: edge.key }
  if ('by' in edge) return { kind: 'down', by: edge.by }
  if ('via' in edge) return { kind: 'via', via: edge.via }
  return { kind: 'walk', column: edge.walk, max: edge.max }
}

function fixedOrder(edge: Edge): readonly Key[] {
  if (edge.card !== 'list') return []
  if ('walk' in edge) return [{ column: STEP, type: 'int', desc: true }]
  return edge.order === 'id' ? [ID] : [{ column: edge.order, type: 'text', desc: false }, ID]
}
