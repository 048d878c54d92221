import {
  astFromValue, buildClientSchema, getNamedType, getNullableType, introspectionFromSchema, isAbstractType, isEnumType, isInputObjectType, isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType, print,
  type GraphQLArgument, type GraphQLField, type GraphQLInputObjectType, type GraphQLInputType, type GraphQLObjectType, type GraphQLSchema,
} from 'graphql'

type Field = GraphQLField<unknown, unknown>
/** A field of the schema, as the tests name it. */
export const nameOf = (parent: { readonly name: string }, field: { readonly name: string }): string => `${parent.name}.${field.name}`

/** What is known of the world that arguments speak of. */
export interface Known {
  /** Global ids of the neighbour's own objects and of the foreign county's, by type. */
  readonly own: ReadonlyMap<string, readonly string[]>
  readonly foreign: ReadonlyMap<string, readonly string[]>
  /** Values that fields have in the foreign county: `RiskPoint.code`. */
  readonly values: ReadonlyMap<string, readonly unknown[]>
  /** Cursors of lists, by connection type, of both counties. */
  readonly cursors: ReadonlyMap<string, readonly string[]>
  /** A text that all texts of the foreign county hold, and its pinyin. */
  readonly marks: readonly string[]
  readonly city: string
  /** The code of a receipt for a clue of the own county: whoever holds one is told where the clue stands. */
  readonly receipt?: string
}

/**
 * Arguments that no type tells: by field, with what they may be. The first one must answer something in both counties. A new argument of
 * a kind that is not known is added here.
 */
const TOLD: Readonly<Record<string, (known: Known) => readonly unknown[]>> = {
  'code: Query.unitByCode': k => [`${k.marks[0]}-HEALTH`, 'ASH-HEALTH', k.marks[0], 'CITY'],
  'uscc: Query.unitByUscc': k => [...(k.values.get('Unit.uscc') ?? []), 'NOBODY'],
  'code: Query.pluginByCode': () => ['health-procurement'],
  'codes: Query.indicatorValues': () => [INDICATORS],
  'period: Query.indicatorValues': () => ['2026', '2026-Q1'],
  'unitId: Query.indicatorValues': k => [...k.own.get('Unit') ?? [], ...k.foreign.get('Unit') ?? [], k.city],
  'unitId: Query.supervisionRulesInForce': k => [...k.own.get('Unit') ?? [], ...k.foreign.get('Unit') ?? [], k.city],
  'on: Query.supervisionRulesInForce': () => ['2026-01-01'],
  'from: Query.workingDay': () => ['2026-01-05'],
  'code: Query.clueReceipt': k => [...(k.receipt === undefined ? [] : [k.receipt]), 'NOBODY-HAS-THIS'],
  'months: Unit.supervisionCoverage': () => [6],
  'groupBy: Unit.supervisionDuplication': () => ['OBJECT_UNIT'],
  'withinDays: Unit.supervisionDuplication': () => [30],
  'names: Query.vocabulary': () => [['UnitKind']],
  'filter: Query.inboxItems': k => [
    {}, { kind: 'RETURNED' }, { isOverdue: true }, { dueFrom: '2026-01-01', dueTo: '2099-12-31' }, { subjectType: 'DutyItem' },
    ...[...k.own.get('Unit') ?? [], ...k.foreign.get('Unit') ?? [], k.city].map(unitWithin => ({ unitWithin })),
  ],
  'orderBy: Query.inboxItems': () => [{ field: 'SINCE', direction: 'DESC' }, { field: 'DUE_ON', direction: 'DESC' }],
  'days: Query.workingDay': () => [5],
  'from: Query.workingDaysBetween': () => ['2026-01-05'],
  'to: Query.workingDaysBetween': () => ['2026-01-31'],
  ...Object.fromEntries(['dutyItemAggregate', 'jointPublicationAggregate', 'responsibilityBalance'].map(field => [`filter: Query.${field}`, years])),
  'leastSpread: Query.responsibilityBalance': () => ['0.1'],
  'atLeast: Query.repeatSubjects': () => [2],
  ...Object.fromEntries(['clueStatistics', 'caseStatistics', 'restitutionStatistics', 'repeatSubjectStatistics'].map(field => [`year: Query.${field}`, () => [2026, new Date().getUTCFullYear()]])),
  'nameContains: Query.supervisionBodies': k => [...k.marks, '单位'],
  'withinDays: Query.supervisionOverlaps': () => [30],
  'activityId: Query.supervisionOverlaps': k => [...k.own.get('SupervisionActivity') ?? [], ...k.foreign.get('SupervisionActivity') ?? [], 'act_01935000-0000-7000-8000-000000000000'],
  'unitId: Query.supervisionBodies': k => [...(k.own.get('Unit') ?? []).slice(0, 5), ...k.foreign.get('Unit') ?? [], k.city],
  'from: Unit.supervisionDuplication': () => ['2026-01-01'],
  'to: Unit.supervisionDuplication': () => ['2026-12-31'],
  'from: Unit.consultationsHeld': () => ['2026-01-01'],
  'to: Unit.consultationsHeld': () => ['2026-12-31'],
  'code: Unit.indicatorValue': () => INDICATORS,
  'period: Unit.indicatorValue': () => ['2026', '2026-Q1'],
}
/** Years of units: of all that are seen, of some below one, of a division and of a sector. */
function years(k: Known): readonly unknown[] {
  const some = [k.own.get('Unit')![0], k.foreign.get('Unit')?.[0], k.city].flatMap(within => (within ? [{ within }] : []))
  return [{}, ...some, { divisionCode: '510821' }, { divisionCode: '510802' }, { sector: 'health' }].map(filter => ({ year: 2026, ...filter }))
}
const INDICATORS = ['health-procurement.indicator.single-bid', 'health-procurement.indicator.drug-ratio', 'medical-insurance.indicator.recovery-rate', 'medical-insurance.indicator.repeat-violation']

/** Arguments that mean something only together. */
const TOGETHER: Readonly<Record<string, (known: Known) => readonly Readonly<Record<string, unknown>>[]>> = {
  'Unit.supervisionDuplication': () => [{ from: '2026-01-01', to: '2026-12-31', groupBy: 'OBJECT_UNIT' }],
  'Query.riskPointAggregate': k => [k.own.get('Unit')![0], k.foreign.get('Unit')?.[0], k.city].map(within => ({ groupBy: ['UNIT_CHILD'], filter: { unit: { within } } })),
  'Query.appointmentAggregate': k => [k.own.get('Unit')![0], k.foreign.get('Unit')?.[0], k.city].map(unitId => ({ unitId, groupBy: ['UNIT_CHILD', 'ROLE'] })),
  ...Object.fromEntries(['rectificationTaskAggregate', 'recommendationLetterAggregate'].map(field => [`Query.${field}`, (k: Known) =>
    [k.own.get('Unit')![0], k.foreign.get('Unit')?.[0], k.city].map(within => ({ groupBy: ['UNIT_CHILD', 'SOURCE', 'STATE'], filter: { unit: { within } } }))])),
  ...Object.fromEntries(['pledgeAggregate', 'clueAggregate', 'restitutionAggregate', 'caseAggregate'].map(field => [`Query.${field}`, (k: Known) =>
    [k.own.get('Unit')![0], k.foreign.get('Unit')?.[0], k.city].map(within => ({ groupBy: ['UNIT_CHILD', 'STATE'], filter: { unit: { within } } }))])),
  'Query.accountabilityAggregate': k => [{}, ...[k.own.get('Unit')![0], k.foreign.get('Unit')?.[0], k.city].filter(Boolean).map(unitId => ({ unitId }))].map(of => ({ ...of, groupBy: 'KIND' })),
}

/** A value of each scalar for filters on fields whose foreign values are not known. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  Int: 1, Float: 1, Decimal: '1', Boolean: true, LocalDate: '2026-01-01', DateTime: '2026-01-01T00:00:00.000Z', Period: '2026',
}

export class Documents {
  readonly schema: GraphQLSchema

  constructor(built: GraphQLSchema) {
    // As clients know it: scalars take values as they come.
    this.schema = buildClientSchema(introspectionFromSchema(built))
  }

  get query(): GraphQLObjectType {
    return this.schema.getQueryType()!
  }

  isNode(type: unknown): type is GraphQLObjectType {
    return isObjectType(type) && type.getInterfaces().some(i => i.name === 'Node')
  }

  /** Every object type that a field leads to; not the roots. */
  objectTypes(): GraphQLObjectType[] {
    const found = new Set<GraphQLObjectType>()
    const visit = (type: unknown): void => {
      const types = isAbstractType(type) ? this.schema.getPossibleTypes(type) : isObjectType(type) && !found.has(type) ? [type] : []
      for (const object of types) {
        if (found.has(object)) continue
        found.add(object)
        for (const field of Object.values(object.getFields())) visit(getNamedType(field.type))
      }
    }
    const roots = [this.query, this.schema.getMutationType()!]
    roots.forEach(visit)
    return [...found].filter(type => !roots.includes(type))
  }

  nodeTypes(): GraphQLObjectType[] {
    return this.objectTypes().filter(t => this.isNode(t))
  }

  /** Everything of an object: its fields, the objects in it, and of those at the far end of its edges what stands in them. Arguments that a field needs are the first that are known. */
  fields(type: GraphQLObjectType, known: Known): string {
    return ['__typename', ...Object.values(type.getFields()).map(f => `${f.name}${written(this.required(type, f, known))}${this.selection(f, known, type.name.endsWith('Edge'))}`)].join(' ')
  }

  /** What stands in the braces of a field. `brief`: the object at the far end stands in full beside it. */
  selection(field: Field, known: Known, brief = false): string {
    const type = getNamedType(field.type)
    if (isLeafType(type)) return ''
    if (isInterfaceType(type) || (brief && this.isNode(type))) return ' { __typename id }'
    if (!isObjectType(type)) throw new Error(`Say in test/support/scope-walk/documents.ts how the type ${type.name} is walked.`)
    return ` { ${this.isNode(type) ? this.leaves(type) : this.fields(type, known)} }`
  }

  private leaves(type: GraphQLObjectType): string {
    return ['__typename', ...Object.values(type.getFields()).filter(f => isLeafType(getNamedType(f.type)) && !f.args.some(a => isNonNullType(a.type) && a.defaultValue === undefined)).map(f => f.name)].join(' ')
  }

  /** The arguments without which a field cannot be asked. */
  required(parent: GraphQLObjectType, field: Field, known: Known): Argued[] {
    return field.args.filter(a => isNonNullType(a.type) && a.defaultValue === undefined).map(a => ({ arg: a, value: this.variants(parent, field, a, known)[0] }))
  }

  /** One after the other, everything that the arguments of a field can be: each variant with the required ones beside it. */
  * argued(parent: GraphQLObjectType, field: Field, known: Known, most = Infinity): Generator<readonly Argued[]> {
    const required = this.required(parent, field, known)
    yield required
    for (const together of TOGETHER[nameOf(parent, field)]?.(known) ?? []) yield Object.entries(together).map(([name, value]) => ({ arg: field.args.find(a => a.name === name)!, value }))
    for (const arg of field.args) {
      const variants = this.variants(parent, field, arg, known)
      for (const value of isFilter(arg) ? variants : variants.slice(0, most)) yield [...required.filter(r => r.arg !== arg), { arg, value }]
    }
  }

  private variants(parent: GraphQLObjectType, field: Field, arg: GraphQLArgument, known: Known): readonly unknown[] {
    const named = getNamedType(arg.type)
    const listed = isListType(getNullableType(arg.type))
    const target = getNamedType(field.type)
    const told = TOLD[`${arg.name}: ${nameOf(parent, field)}`]
    if (told) return told(known)
    if (named.name === 'YearFilter') return [{ year: 2026 }, ...[known.own.get('Unit')![0], known.foreign.get('Unit')?.[0], known.city].filter(Boolean).map(within => ({ year: 2026, within }))]
    if (isEnumType(named)) {
      const values = named.getValues().map(v => v.name)
      if (!listed) return values
      // Groups are made by each dimension and by two at a time; other lists only choose among rows.
      return arg.name === 'groupBy' ? [...values.map(v => [v]).reverse(), [], ...values.slice(1).map((v, i) => [values[i], v])] : [values.slice(-1), values, []]
    }
    if (arg.name === 'first' || arg.name === 'last') return [1, 100]
    if (arg.name === 'after' || arg.name === 'before') return known.cursors.get(target.name) ?? []
    if (isInputObjectType(named) && 'direction' in named.getFields() && 'field' in named.getFields()) return ordersOf(named)
    if (isInputObjectType(named) && isFilter(arg)) return [...this.filters(named, known)]
    if (named.name === 'ID' && listed) return [[...known.own.values()].flat().slice(0, 100), ...chunks([...known.foreign.values()].flat(), 100)]
    if (named.name === 'ID') return isInterfaceType(target) ? [...firsts(known.own), ...firsts(known.foreign), known.city] : idsOf(target.name, known)
    throw new Error(`Say in test/support/scope-walk/documents.ts, under TOLD, what the argument ${arg.name} of ${nameOf(parent, field)} may be.`)
  }

  /**
   * Every operator of every field of a filter with foreign ids and foreign values. Those of one field are asked together, by `or`: if one of
   * them lets something in, the answer is larger. What may drive a list by itself, ids and `within`, is asked alone too.
   */
  private * filters(type: GraphQLInputObjectType, known: Known): Generator<unknown> {
    const noun = type.name.slice(0, -'Filter'.length)
    for (const field of Object.values(type.getFields())) {
      if (field.name === 'or') continue
      const operators = getNamedType(field.type)
      if (!isInputObjectType(operators)) throw new Error(`Say in test/support/scope-walk/documents.ts how the filter ${type.name}.${field.name} is asked.`)
      const asked = Object.values(operators.getFields()).flatMap(operator => this.operands(noun, field.name, operator, known).map(value => ({ operator, filter: { [field.name]: { [operator.name]: value } } })))
      for (const some of chunks(asked, 20)) yield { or: some.map(a => a.filter) }
      for (const { operator, filter } of asked) if (getNamedType(operator.type).name === 'ID') yield filter
    }
  }

  private operands(noun: string, field: string, operator: { readonly name: string; readonly type: GraphQLInputType }, known: Known): readonly unknown[] {
    const named = getNamedType(operator.type)
    const listed = isListType(getNullableType(operator.type))
    if (named.name === 'ID') {
      const ids = [...firsts(known.foreign), known.city]
      return listed ? chunks(ids, 100) : operator.name === 'within' ? [known.foreign.get('Unit')![0], known.city] : foreignOf(field, known)
    }
    if (isEnumType(named)) return listed ? [named.getValues().map(v => v.name)] : [String(known.values.get(`${noun}.${field}`)?.[0] ?? named.getValues()[0]!.name)]
    const values = (known.values.get(`${noun}.${field}`) ?? []).filter(v => !Array.isArray(v)).slice(0, 2)
    if (named.name === 'Boolean') return [true, false]
    if (named.name === 'String') {
      const texts = operator.name === 'eq' || operator.name === 'in' ? [...values, known.marks[0]] : known.marks
      return listed ? [texts] : texts
    }
    if (!(named.name in SAMPLES)) throw new Error(`Say in test/support/scope-walk/documents.ts, under SAMPLES, what a ${named.name} of ${noun}Filter.${field} may be.`)
    const samples = values.length ? values : [SAMPLES[named.name]]
    return listed ? [samples] : samples.slice(0, 1)
  }
}

const isFilter = (arg: GraphQLArgument): boolean => getNamedType(arg.type).name.endsWith('Filter')

export interface Argued { readonly arg: GraphQLArgument; readonly value: unknown }
/** As they stand behind a field's name. */
export const written = (args: readonly Argued[]): string => (args.length ? `(${args.map(({ arg, value }) => `${arg.name}: ${print(astFromValue(value, arg.type)!)}`).join(', ')})` : '')

const firsts = (ids: ReadonlyMap<string, readonly string[]>): string[] => [...ids.values()].map(all => all[0]!)
const idsOf = (type: string, { own, foreign, city }: Known): string[] => [...(own.get(type) ?? []).slice(0, 1), ...(foreign.get(type) ?? []).slice(0, 1), city]
/** Ids of what the filter is called after; of everything when it is called after nothing. */
function foreignOf(field: string, { foreign }: Known): string[] {
  const named = [...foreign].filter(([type]) => type.toLowerCase() === field.toLowerCase() || field.toLowerCase().endsWith(type.toLowerCase())).flatMap(([, ids]) => ids.slice(0, 1))
  return named.length ? named : [foreign.get('Unit')![0]!]
}

function ordersOf(type: GraphQLInputObjectType): unknown[] {
  const values = (name: string): string[] => {
    const named = getNamedType(type.getFields()[name]!.type)
    return isEnumType(named) ? named.getValues().map(v => v.name) : []
  }
  return values('field').flatMap(field => values('direction').map(direction => [{ field, direction }]))
}

export function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}
