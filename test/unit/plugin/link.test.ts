import { clashProblem, findClashes, yielding } from '../../../src/plugin/clashes'
import type { Claim, Descriptor, PlainManifest } from '../../../src/plugin/descriptor'
import type { Probed } from '../../../src/plugin/find-and-probe'
import { link } from '../../../src/plugin/link'

const manifest = (name: string, requires: Record<string, string> = {}): PlainManifest =>
  ({ name, short: name, title: { zh: name, en: name }, version: '1.2.0', core: '*', requires, tier: 2, hasConfig: false, code: './code' })
const probed = (name: string, o: { requires?: Record<string, string>; claims?: Claim[] } = {}): Probed => {
  const m = manifest(name, o.requires)
  const descriptor: Descriptor = { manifest: m, codeFile: 'x', catalog: null, claims: o.claims ?? [], sdl: null, migrations: [] }
  return { found: { name, source: 'FOLDER', root: `/p/${name}`, entry: null }, enabled: true, examined: { manifest: m, descriptor, failure: null } }
}
const type = (name: string, file = 'code.ts'): Claim => ({ kind: 'TYPE', name, file })
const shuffled = <T>(all: readonly T[], by: number): T[] => [...all.slice(by), ...all.slice(0, by)].reverse()

test('the order of loading depends on needs and names, never on the order of finding', () => {
  const all = [probed('e', { requires: { b: '^1.0.0' } }), probed('b', { requires: { d: '>=1.0.0' } }), probed('a'), probed('d'), probed('c', { requires: { a: '^1.0.0', d: '*' } })]
  const orders = all.map((_, i) => link(shuffled(all, i), new Set()).map(o => o.name).join())
  expect([...new Set(orders)]).toEqual(['a,d,b,c,e'])
})

test('one that falls takes along those that need it, to any depth', () => {
  const broken = { ...probed('a'), examined: { manifest: manifest('a'), descriptor: null, failure: { phase: 'VALIDATE' as const, problems: [{ code: 'LOAD', message: 'broken' }] } } }
  const outcomes = link([probed('c', { requires: { b: '*' } }), broken, probed('b', { requires: { a: '*' } }), probed('free')], new Set())
  expect(Object.fromEntries(outcomes.map(o => [o.name, o.state]))).toEqual({ free: 'ENABLED', a: 'QUARANTINED', b: 'QUARANTINED', c: 'QUARANTINED' })
  expect(outcomes.find(o => o.name === 'c')!.failure!.problems[0]!.message).toBe('c needs b *, but it does not run.')
})

test('all clashes are found at once, each with both plugins and both files', () => {
  const clashes = findClashes([{ manifest: manifest('b'), claims: [type('X', 'b.ts'), type('Y')] }, { manifest: manifest('a'), claims: [type('X', 'a.ts'), type('Y'), type('Unit')] }], [{ kind: 'TYPE', name: 'Unit', file: null }])
  expect(clashes.map(c => c.name)).toEqual(['Unit', 'X', 'Y'])
  expect(clashProblem(clashes[1]!, 'b')).toEqual({ code: 'CLASH', file: 'b.ts', message: expect.stringContaining('TYPE X is claimed by a (a.ts) and by b (b.ts)') })
})

test('who yields: never the core; of two the newcomer; both when it cannot be told', () => {
  const of = (...plugins: string[]) => ({ kind: 'TYPE' as const, name: 'X', owners: plugins.map(plugin => ({ plugin, claim: type('X') })) as never })
  expect(yielding(of('core', 'a'), new Set(['a']))).toEqual(['a'])
  expect(yielding(of('a', 'b'), new Set(['a']))).toEqual(['b'])
  expect(yielding(of('a', 'b'), new Set())).toEqual(['a', 'b'])
  expect(yielding(of('a', 'b'), new Set(['a', 'b']))).toEqual(['a', 'b'])
})
