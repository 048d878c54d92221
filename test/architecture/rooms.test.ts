import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PROJECT_ROOT } from '../../src/config'

const folders = (at: string): string[] => readdirSync(path.join(PROJECT_ROOT, at), { withFileTypes: true }).filter(e => e.isDirectory()).map(e => `${at}/${e.name}`)
const rooms = [...folders('src'), 'migrations', 'schema', 'test']

test.each(rooms)('%s explains itself in a README of at most 15 lines', room => {
  const file = path.join(PROJECT_ROOT, room, 'README.md')
  expect(existsSync(file)).toBe(true)
  expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(15)
})

test('plugins have their author’s guide, and each plugin a README', () => {
  for (const room of ['plugins', ...folders('plugins')]) expect({ room, explained: existsSync(path.join(PROJECT_ROOT, room, 'README.md')) }).toEqual({ room, explained: true })
})

test('every test that SECURITY.md names is there', () => {
  const rows = readFileSync(path.join(PROJECT_ROOT, 'SECURITY.md'), 'utf8').split('\n').filter(l => /^\|.*\|.*\|.*\|$/.test(l))
  const named = rows.flatMap(row => [...row.split('|').at(-2)!.matchAll(/`([\w./-]+)`/g)].map(m => m[1]!))
  expect(named.length).toBeGreaterThan(20)
  const stands = (name: string): boolean => ['', '.test.ts'].some(end => existsSync(path.join(PROJECT_ROOT, 'test', name + end)))
  expect(named.filter(name => !stands(name))).toEqual([])
})
