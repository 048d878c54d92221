import type { Filter, FilterType } from '../../core/reads'
import { quoted } from './terms'

/** Filter inputs are shared: one per type of value, and one more with `isNull` for columns that may be empty. */
interface Operators {
  readonly description: string
  /** Operators with their types and what they mean. */
  readonly fields: readonly (readonly [name: string, type: string, description: string])[]
}

const equality = (type: string): Operators['fields'] => [
  ['eq', type, 'Equal to this value（等于）.'],
  ['in', `[${type}!]`, 'Equal to one of these values, 200 at most; an empty list matches nothing（属于）.'],
]
const comparison = (type: string): Operators['fields'] => [
  ...equality(type),
  ['gt', type, 'Greater than（大于）.'], ['gte', type, 'Greater than or equal to（大于等于）.'],
  ['lt', type, 'Less than（小于）.'], ['lte', type, 'Less than or equal to（小于等于）.'],
]
const time = (type: string): Operators['fields'] => [
  ['before', type, 'Before（早于）.'], ['onOrBefore', type, 'At that time or before（不晚于）.'],
  ['after', type, 'After（晚于）.'], ['onOrAfter', type, 'At that time or after（不早于）.'],
]

const SHARED: Readonly<Record<string, Operators>> = {
  Text: {
    description: 'Conditions on a text（文本条件）.',
    fields: [
      ...equality('String'),
      ['contains', 'String', 'Has this text somewhere, letter by letter（包含）.'],
      ['startsWith', 'String', 'Begins with this text（开头为）.'],
      ['matches', 'String',
        'What a search box sends: part of the text in any case; of names also part of the pinyin or the initials（模糊匹配，支持拼音和首字母）.'],
    ],
  },
  TextList: { description: 'Conditions on a list of codes: it holds the one, or one of those, asked for（列表条件）.', fields: equality('String') },
  Int: { description: 'Conditions on a whole number（整数条件）.', fields: comparison('Int') },
  Decimal: { description: 'Conditions on an exact decimal（小数条件）.', fields: comparison('Decimal') },
  Date: { description: 'Conditions on a calendar date（日期条件）.', fields: [...equality('LocalDate'), ...time('LocalDate')] },
  Instant: {
    description: 'Conditions on an instant; instants are kept more exactly than they are shown, hence no equality（时刻条件）.',
    fields: time('DateTime'),
  },
  Days: { description: 'Conditions on a stretch of days（时段条件）.', fields: [['on', 'LocalDate', 'This day lies in it（包含该日）.']] },
  Boolean: { description: 'Conditions on a yes or no（是否条件）.', fields: [['eq', 'Boolean', 'Equal to this value（等于）.']] },
  Id: {
    description: 'Conditions on the object behind an edge, by its id; an id that is none of such an object matches nothing（标识条件）.',
    fields: equality('ID'),
  },
  UnitId: {
    description: 'Conditions on the unit, by id（单位条件）.',
    fields: [...equality('ID'), ['within', 'ID',
      'This unit or a unit below it in the territorial tree. Of a unit that the viewer may not see nothing is found（该单位及其下级）.']],
  },
}
const NAMES: Record<Exclude<FilterType, 'enum'>, string> = {
  text: 'Text', int: 'Int', decimal: 'Decimal', date: 'Date', instant: 'Instant', boolean: 'Boolean', ref: 'Id', days: 'Days',
}
const IS_NULL = ['isNull', 'Boolean', 'Whether there is no value（为空）.'] as const

/** Name of the input with the operators of a filter. */
export function operatorsOf(filter: Filter): string {
  const base = filter.type === 'enum' ? filter.enum! : filter.within ? 'UnitId' : filter.array ? 'TextList' : NAMES[filter.type]
  return `${base}${filter.nullable ? 'OrNull' : ''}Filter`
}

const input = (name: string, { description, fields }: Operators): string =>
  `${quoted(description)} input ${name} { ${fields.map(([f, type, d]) => `${quoted(d)} ${f}: ${type}`).join(' ')} }`

const both = (name: string, operators: Operators): string[] => [
  input(`${name}Filter`, operators),
  input(`${name}OrNullFilter`, { ...operators, fields: [...operators.fields, IS_NULL] }),
]

/** All shared inputs, used or not, so that a plugin's needs never change the core's part of the schema. */
export const sharedOperators = (): string[] => Object.entries(SHARED).flatMap(([name, operators]) => both(name, operators))

export const enumOperators = (enumName: string): string[] =>
  both(enumName, { description: `Conditions on a value of ${enumName}（枚举条件）.`, fields: equality(enumName) })
