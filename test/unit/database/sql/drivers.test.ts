import type { Actor } from '../../../../src/core/actor'
import { reach, ReadModel, rootStatement, batchStatement, scopeForm, type Args } from '../../../../src/database/sql'
import { SMALL_EDGES, SMALL_NOUNS } from '../../../support/reading-schema'
import { ACTORS } from '../../../support/reading-world'

const filterable = { ...SMALL_NOUNS.position, filters: { unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true }, code: { type: 'text' } }, orders: { CODE: { type: 'text' } } } as const
const model = new ReadModel([SMALL_NOUNS.unit, filterable, SMALL_NOUNS.transition], SMALL_EDGES)
const positions = reach('Query.positions', 'connection', model.of('Position'), { kind: 'all' })
const units = reach('Query.units', 'connection', model.of('Unit'), { kind: 'all' })

const text = (of: typeof positions, actor: Actor, args: Args = {}): string => rootStatement(of, { index: 0, args }, 'rows', scopeForm(actor)).text
/** The same rows without their columns. */
const counted = (of: typeof positions, actor: Actor, args: Args = {}): string => rootStatement(of, { index: 0, args }, 'count', scopeForm(actor)).text
/** What could drive a plan: ranges of a path, the unit's id, and an index range of the order. Scope as a filter never can. */
const ranges = (sql: string): number => sql.match(/\.path >= /g)?.length ?? 0
const filtersScope = (sql: string): boolean => /starts_with\(t\w*\.path, \$\d+::text\)|\(t\w*\.path \^@ ANY/.test(sql)

const wide = { ...ACTORS.several, wide: ACTORS.several.scope }
const within = { filter: { unit: { within: 'unit_x' } } }
const one = { filter: { unit: { eq: 'unit_x' } } }

describe('exactly one thing drives a list', () => {
  test.each<[string, string, number, boolean]>([
    ['a narrow scope: its range', counted(positions, ACTORS.county), 1, false],
    ['several paths: their ranges, joined', counted(positions, ACTORS.several), 1, false],
    ['a narrow scope on the units themselves', counted(units, ACTORS.county), 1, false],
    ['a wide scope: the order; the scope filters', counted(positions, ACTORS.city), 0, true],
    ['a wide scope of several paths', counted(positions, wide), 0, true],
    ['within: its range; the scope filters', counted(positions, ACTORS.county, within), 1, true],
    ['within, wide', counted(positions, ACTORS.city, within), 1, true],
    ['the unit by id; the scope filters', counted(positions, ACTORS.county, one), 0, true],
    ['the unit by id, with within beside it', counted(positions, ACTORS.county, { filter: { unit: { eq: 'unit_x', within: 'unit_x' } } }), 0, true],
    ['within inside or drives nothing', counted(positions, ACTORS.county, { filter: { or: [within.filter, { code: { eq: 'x' } }] } }), 1, false],
    ['within inside or, wide', counted(positions, ACTORS.city, { filter: { or: [within.filter, { code: { eq: 'x' } }] } }), 0, true],
  ])('%s', (_, sql, count, filters) => {
    expect(ranges(sql)).toBe(count)
    expect(filtersScope(sql)).toBe(filters)
  })

  test('an edge: its relation; the scope filters, or is not asked at all where the edge stays within it', () => {
    const edge = (field: string, actor: Actor): string => batchStatement(model.of('Unit').edges.get(field)!.reach, { index: 0, args: {} }, 'count', scopeForm(actor)).text
    expect(ranges(edge('firstPositions', ACTORS.county))).toBe(0)
    expect(filtersScope(edge('firstPositions', ACTORS.county))).toBe(true)
    expect(edge('positions', ACTORS.county)).not.toMatch(/starts_with|\^@/)
  })
})

describe('the rows after a cursor', () => {
  const after = (actor: Actor, orderBy: object[]): string => text(positions, actor, { after: 'x', orderBy })

  test('are an index range where the order drives the list', () => {
    expect(after(ACTORS.city, [{ field: 'CODE', direction: 'ASC' }])).toContain('(t.code, t.id) > (')
    expect(after(ACTORS.city, [{ field: 'CODE', direction: 'DESC' }])).toMatch(/t\.code <= \$\d+::text AND \(t\.code < \$\d+::text OR t\.code = \$\d+::text AND t\.id > \$\d+::uuid\)/)
  })

  test('can only filter where something else drives it', () => {
    expect(after(ACTORS.county, [{ field: 'CODE', direction: 'ASC' }])).toMatch(/\(t\.code > \$\d+::text OR t\.code = \$\d+::text AND t\.id > \$\d+::uuid\)/)
  })
})
