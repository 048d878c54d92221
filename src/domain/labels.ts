import 'reflect-metadata'
import { registerEnumType } from 'type-graphql'
import type { Machine } from '../core/states'

/** What people read instead of a value: short labels in both languages and a sentence that explains it. */
export interface Label {
  readonly zh: string
  readonly en: string
  readonly description?: string
}
export interface LabelledList {
  readonly name: string
  readonly description: string
  readonly values: Readonly<Record<string, Label>>
  /** Also a GraphQL enum of this name. */
  readonly isEnum: boolean
}

const lists = new Map<string, LabelledList>()
const keep = (list: LabelledList): void => void lists.set(list.name, Object.freeze(list))

/** Every labelled enum and code list declared so far, by name: what `vocabulary` shows. */
export const labelledLists = (): LabelledList[] => [...lists.values()].sort((a, b) => (a.name < b.name ? -1 : 1))

/** `（` … `）` at the end of a value's description keeps the Chinese term in the schema itself. */
const sentence = (label: Label): string => `${label.description ?? label.en}（${label.zh}）`

/**
 * Declares a GraphQL enum once: its values, their labels in Chinese and English (for `vocabulary`) and their descriptions in the schema.
 *
 * @example
 * export const RiskLevel = labelledEnum('RiskLevel', 'How grave a risk is（风险等级）', { LOW: { zh: '低', en: 'Low' } })
 * export type RiskLevel = keyof typeof RiskLevel
 */
export function labelledEnum<const V extends Record<string, Label>>(name: string, description: string, values: V): { readonly [K in keyof V & string]: K } {
  const enumeration = Object.freeze(Object.fromEntries(Object.keys(values).map(v => [v, v]))) as { readonly [K in keyof V & string]: K }
  registerEnumType(enumeration, {
    name, description,
    valuesConfig: Object.fromEntries(Object.entries(values).map(([v, label]) => [v, { description: sentence(label) }])) as never,
  })
  keep({ name, description, values, isEnum: true })
  return enumeration
}

/** `UNDER_REVIEW` -> `Under review`. */
const words = (value: string): string => value[0] + value.slice(1).toLowerCase().replaceAll('_', ' ')
const CHINESE_TERM = /[（(]([^（）()]*\p{Script=Han}[^（）()]*)[）)][.。]?\s*$/u

/** The enum of a state table's states: labels are taken from the Chinese term in parentheses at the end of each state's description. */
export function stateEnum<S extends string>(name: string, description: string, machine: Machine<S>): { readonly [K in S]: K } {
  const values = Object.fromEntries(Object.entries<string>(machine.states).map(([state, text]) => {
    const zh = CHINESE_TERM.exec(text)?.[1]
    if (!zh) throw new Error(`${machine.name}: the state ${state} has no Chinese term in parentheses at the end of "${text}"`)
    return [state, { zh, en: words(state), description: text.replace(CHINESE_TERM, '').trim() }]
  }))
  return labelledEnum(name, description, values) as { readonly [K in S]: K }
}

/** Declares a list of codes that is no GraphQL enum (sectors, legal regimes): it appears in `vocabulary` only. Plugins prefix the name. */
export function codeList(name: string, description: string, values: Readonly<Record<string, Label>>): LabelledList {
  const list = { name, description, values, isEnum: false }
  keep(list)
  return list
}
