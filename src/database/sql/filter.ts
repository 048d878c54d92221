import { prefixOf, rowIdOf } from '../../core/ids'
import type { FilterType } from '../../core/reads'
import { checkedText, limited } from './limits'
import type { FilterColumn, NounModel } from './model'
import { withinUnit, type Seen } from './scope'
import type { Args, Bind, Call, Parameters } from './statement'

/** `{ level: { in: [HIGH] }, or: [{…}] }`, coerced by GraphQL. Null means "not asked", for a column, an operator and a branch alike. */
export type FilterInput = Readonly<Record<string, unknown>>
type Operators = Readonly<Record<string, unknown>>

/** PostgreSQL's type of a parameter that is compared with a column of this type. */
export const PG_TYPE: Record<FilterType, string> = {
  text: 'text', enum: 'text', int: 'integer', decimal: 'numeric', date: 'date', instant: 'timestamptz', boolean: 'boolean', ref: 'uuid', days: 'date',
}
const COMPARE: Readonly<Record<string, string>> = {
  gt: '>', gte: '>=', lt: '<', lte: '<=', after: '>', onOrAfter: '>=', before: '<', onOrBefore: '<=',
}

/** Where the rows are that a filter speaks of. */
export interface Filtered {
  readonly noun: NounModel
  readonly t: string
  /** SQL of the path of the row's unit. */
  readonly path: () => string
  /** SQL of whether the actor may see what belongs to the unit with this path, where that is not the actor's scope. */
  readonly seen?: Seen
  readonly p: Parameters
  /** `within` is the one driver of the list: it becomes a range of the path's index. */
  readonly withinDrives: boolean
}

/** The conditions of the filter among the arguments of a call site; joined by AND. */
export function filterConditions(rows: Filtered, filter: FilterInput | null | undefined, at: (call: Call) => Args): string[] {
  return filter ? conditions(rows, filter, call => at(call)['filter'] as FilterInput, 'filter') : []
}

function conditions(rows: Filtered, filter: FilterInput, at: (call: Call) => FilterInput, path: string): string[] {
  return Object.entries(filter).flatMap(([name, asked]): string[] => {
    if (asked == null) return []
    if (name === 'or') return anyOf(rows, asked as FilterInput[], call => at(call)['or'] as FilterInput[], `${path}.or`)
    const column = rows.noun.filters.get(name)!
    return Object.entries(asked as Operators).filter(([, v]) => v != null).map(([operator, value]) => {
      const read: Bind = call => (at(call)[name] as Operators)[operator]
      return condition(rows, column, { operator, value, read, path: `${path}.${name}.${operator}` })
    })
  })
}

/** At least one branch holds. A branch without conditions holds always; no branches at all ask nothing. */
function anyOf(rows: Filtered, branches: readonly FilterInput[], at: (call: Call) => FilterInput[], path: string): string[] {
  if (!anyAsks(branches)) return []
  const all = branches.map((branch, i) => conditions({ ...rows, withinDrives: false }, branch, call => at(call)[i]!, `${path}.${i}`))
  return [`(${all.map(c => `(${c.join(' AND ')})`).join(' OR ')})`]
}

const anyAsks = (branches: readonly FilterInput[]): boolean => branches.length > 0 && branches.every(asks)
const asks = (filter: FilterInput): boolean => Object.entries(filter).some(([name, asked]) =>
  asked != null && (name === 'or' ? anyAsks(asked as FilterInput[]) : Object.values(asked).some(v => v != null)))

interface Condition { operator: string; value: unknown; read: Bind; path: string }

function condition({ t, p, path, seen, withinDrives }: Filtered, column: FilterColumn, asked: Condition): string {
  const c = `${t}.${column.column}`
  const type = PG_TYPE[column.type]
  const one = (): string => p.add(call => checked(column, asked.read(call), asked.path), type)
  const many = (): string => p.add(call => checkedList(column, asked.read(call) as unknown[], asked.path), `${type}[]`)
  switch (asked.operator) {
    case 'within': return withinUnit(path(), one(), p, withinDrives, seen)
    case 'eq': return column.array ? `${c} @> ARRAY[${one()}]` : `${c} = ${one()}`
    case 'in': return column.array ? `${c} && ${many()}` : `${c} = ANY(${many()})`
    case 'isNull': return asked.value ? `${c} IS NULL` : `${c} IS NOT NULL`
    case 'on': return `${c} @> ${one()}`
    case 'contains': return `strpos(${c}, ${one()}) > 0`
    case 'startsWith': return `starts_with(${c}, ${one()})`
    case 'matches': return matches(t, column, p, call => checked(column, asked.read(call), asked.path) as string)
    default: return `${c} ${COMPARE[asked.operator]!} ${one()}`
  }
}

/** Part of the text in any case, or part of its pinyin or initials as people type them: `guang yuan`, `Guang'yuan`, `gy`. */
function matches(t: string, { column, alsoIn }: FilterColumn, p: Parameters, text: (call: Call) => string): string {
  const whole = p.add(call => text(call).trim().toLowerCase(), 'text')
  const latin = alsoIn.length ? p.add(call => text(call).toLowerCase().replaceAll('ü', 'v').replace(/[\s'’]/g, '') || null, 'text') : ''
  return `(${[`strpos(lower(${t}.${column}), ${whole}) > 0`, ...alsoIn.map(c => `strpos(${t}.${c}, ${latin}) > 0`)].join(' OR ')})`
}

/** A value as PostgreSQL takes it. An id of another noun, or no id at all, equals nothing. */
function checked(column: FilterColumn, value: unknown, path: string): unknown {
  if (column.type === 'ref') return rowIdOf(column.prefix ?? prefixOf(value) ?? '', value)
  if (column.type === 'text') return checkedText(value as string, path)
  return column.type === 'int' || column.type === 'boolean' ? value : String(value)
}

function checkedList(column: FilterColumn, list: readonly unknown[], path: string): unknown[] {
  limited('in', path, list.length)
  return list.map((v, i) => checked(column, v, `${path}.${i}`)).filter(v => v !== null)
}
