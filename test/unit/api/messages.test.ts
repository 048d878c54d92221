import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { localeOf, MESSAGES, messageOf, translateViolation } from '../../../src/api/messages'

const sources = (folder: string): string[] => readdirSync(folder).flatMap(name => {
  const file = path.join(folder, name)
  return statSync(file).isDirectory() ? sources(file) : name.endsWith('.ts') ? [file] : []
})
const root = path.resolve(__dirname, '../../..')

describe('messages in both languages', () => {
  test('every key that the product uses is in the catalogue, with the same places to fill in both languages', () => {
    const used = new Set(sources(path.join(root, 'src')).flatMap(f => [...readFileSync(f, 'utf8').matchAll(/messageKey: ?(?:'|\w+ \? ')(\w+)'/g)].map(m => m[1]!)))
    expect([...used].filter(key => !MESSAGES[key])).toEqual([])
    expect(used.size).toBeGreaterThan(20)
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    for (const [key, { en, zh }] of Object.entries(MESSAGES)) expect([key, places(zh)]).toEqual([key, places(en)])
  })

  test.each([
    [undefined, 'en'], ['', 'en'], ['*', 'en'], ['fr', 'en'], ['zh', 'zh-CN'], ['zh-CN,zh;q=0.9', 'zh-CN'], ['zh-Hant-TW', 'zh-CN'], ['en-GB,zh;q=0.5', 'en'],
    ['fr,zh;q=0.3,en;q=0.2', 'zh-CN'], ['en;q=0,zh', 'zh-CN'], ['x'.repeat(10_000), 'en'], ['zhongwen', 'en'], [';;;,,,q=', 'en'],
  ])('Accept-Language %j -> %s', (header, locale) => expect(localeOf(header)).toBe(locale))

  test('an English sentence without a translation stays readable in Chinese', () => {
    expect(messageOf('zh-CN', 'CONFLICT', 'There is one already.')).toBe('与现有内容冲突。（There is one already.）')
    expect(messageOf('zh-CN', 'NOT_FOUND', 'There is no such object.')).toBe('没有该对象。')
    expect(messageOf('en', 'CONFLICT', 'There is one already.')).toBe('There is one already.')
    expect(messageOf('zh-CN', 'FORBIDDEN', '', 'roleMissing', { command: 'editPower', roles: 'UNIT_EDITOR' })).toBe('editPower 需要在该单位具备以下角色之一：UNIT_EDITOR。')
  })

  test('every rule that the product names is told in Chinese', () => {
    const named = [/rule: '([\w-]+)'/g, /badInput\((?:`[^`]*`|'[^']*'|[\w.$]+), '([\w-]+)'/g]
    const used = new Set(sources(path.join(root, 'src')).flatMap(f => named.flatMap(rule => [...readFileSync(f, 'utf8').matchAll(rule)].map(m => m[1]!))))
    expect(used.size).toBeGreaterThan(140)
    // Numbers fill the places of a text that has some.
    const english = 'From 1 to 2.'
    expect([...used].filter(rule => translateViolation('zh-CN', { path: 'a', rule, message: english }).message === english)).toEqual([])
  })

  test('violations are told by rule, with their numbers', () => {
    const told = (rule: string, message: string) => translateViolation('zh-CN', { path: 'a', rule, message }).message
    expect(told('maxLength', 'Must be shorter than or equal to 200 characters.')).toBe('不得超过 200 个字符。')
    expect(told('isLength', 'Key must be longer than or equal to 8 characters.')).toBe('不得少于 8 个字符。')
    expect(told('isLength', 'Key must be shorter than or equal to 80 characters.')).toBe('不得超过 80 个字符。')
    expect(told('isLength', 'Key must be longer than or equal to 8 and shorter than or equal to 80 characters.')).toBe('长度须为 8 至 80 个字符。')
    expect(told('INV-12', 'x')).toBe('每个有效风险点至少须有一项有效防控措施。')
    expect(told('NOT_IN_LIST', 'One of: COUNTY (县), CITY (市).')).toBe('不在允许的取值之内：COUNTY (县), CITY (市).')
    expect(told('maxLength', 'Too long.')).toBe('Too long.')
    expect(told('nobodyKnows', 'English.')).toBe('English.')
  })
})
