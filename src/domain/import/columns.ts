import { DateTime } from 'luxon'
import { labelledLists } from '../labels'

/** Says that a cell's text is no value of its column. */
export class BadCell extends Error {
  constructor(readonly code: string, message: string) {
    super(message)
  }
}

export interface ImportColumn {
  /** English header; also the field's name. */
  readonly name: string
  /** Other headers that mean the same, Chinese first. */
  readonly labels: readonly string[]
  readonly required?: true
  /** PostgreSQL type of the value. */
  readonly type: 'text' | 'date' | 'boolean' | 'integer' | 'text[]'
  /** The value of a text that is not empty; throws BadCell. */
  readonly read: (text: string) => unknown
}

interface Named { name: string; labels: readonly string[]; required?: true }

export const textColumn = (o: Named & { max: number; pattern?: RegExp; hint?: string }): ImportColumn => ({
  name: o.name, labels: o.labels, required: o.required, type: 'text',
  read: text => {
    if (text.length > o.max) throw new BadCell('TOO_LONG', `At most ${o.max} characters; these are ${text.length}.`)
    if (o.pattern && !o.pattern.test(text)) throw new BadCell('BAD_FORMAT', o.hint ?? 'The format is not right.')
    return text
  },
})

const DAY = /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/
export const dateColumn = (o: Named): ImportColumn => ({
  ...o, type: 'date',
  read: text => {
    const [year, month, day] = DAY.exec(text)?.slice(1).filter(Boolean).map(Number) ?? []
    const date = DateTime.utc(year ?? NaN, month ?? NaN, day ?? NaN)
    if (!date.isValid || date.year < 1900 || date.year > 2199) throw new BadCell('NOT_A_DATE', 'A date is written 2026-11-22.')
    return date.toISODate()
  },
})

const YES = new Set(['true', '是', 'yes', 'y', '1'])
const NO = new Set(['false', '否', 'no', 'n', '0'])
export const booleanColumn = (o: Named): ImportColumn => ({
  ...o, type: 'boolean',
  read: text => {
    const word = text.toLowerCase()
    if (!YES.has(word) && !NO.has(word)) throw new BadCell('NOT_IN_LIST', 'One of: true, false, 是, 否.')
    return YES.has(word)
  },
})

/** A whole number from `min` to `max`. */
export const integerColumn = (o: Named & { min: number; max: number }): ImportColumn => ({
  name: o.name, labels: o.labels, required: o.required, type: 'integer',
  read: text => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN
    return value >= o.min && value <= o.max ? value : refuse('NOT_A_NUMBER', `A whole number from ${o.min} to ${o.max}.`)
  },
})

/** Several texts in one cell, apart by semicolons or line breaks. */
export const textsColumn = (o: Named & { each: number; max: number; pattern?: RegExp; hint?: string }): ImportColumn => ({
  name: o.name, labels: o.labels, required: o.required, type: 'text[]',
  read: text => {
    const texts = [...new Set(text.split(/[;；\r\n]+/).map(t => t.trim()).filter(Boolean))]
    if (texts.length > o.max) throw new BadCell('TOO_LONG', `At most ${o.max} entries.`)
    if (texts.some(t => t.length > o.each)) throw new BadCell('TOO_LONG', `At most ${o.each} characters each.`)
    if (o.pattern && !texts.every(t => o.pattern!.test(t))) throw new BadCell('BAD_FORMAT', o.hint ?? 'The format is not right.')
    return texts
  },
})

/** A value of a labelled enum: the value itself or its label in either language. */
export function enumColumn(o: Named & { list: string }): ImportColumn {
  const list = labelledLists().find(l => l.name === o.list)
  if (!list) throw new Error(`There is no labelled list ${o.list}`)
  const values = new Map(Object.entries(list.values).flatMap(([value, label]) => [value, label.zh, label.en].map(word => [word.toLowerCase(), value] as const)))
  const known = Object.entries(list.values).map(([value, label]) => `${value} (${label.zh})`).join(', ')
  return {
    name: o.name, labels: o.labels, required: o.required, type: 'text',
    read: text => values.get(text.toLowerCase()) ?? refuse('NOT_IN_LIST', `One of: ${known}.`),
  }
}

/** Several codes in one cell, apart by spaces, commas, semicolons or enumeration commas. */
export const codesColumn = (o: Named & { pattern: RegExp; max: number }): ImportColumn => ({
  name: o.name, labels: o.labels, required: o.required, type: 'text[]',
  read: text => {
    const codes = [...new Set(text.split(/[\s,，;；、]+/).filter(Boolean))]
    if (codes.length > o.max) throw new BadCell('TOO_LONG', `At most ${o.max} codes.`)
    const bad = codes.find(code => !o.pattern.test(code))
    return bad === undefined ? codes : refuse('BAD_FORMAT', `${bad} is no code: lower-case letters, digits and hyphens.`)
  },
})

function refuse(code: string, message: string): never {
  throw new BadCell(code, message)
}
