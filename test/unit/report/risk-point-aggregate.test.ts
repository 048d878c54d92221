import type { Actor, Role } from '../../../src/core/actor'
import type { AppError } from '../../../src/core/errors'
import { globalId } from '../../../src/core/ids'
import { ReadModel } from '../../../src/database/sql'
import { coreModules } from '../../../src/domain'
import { RiskPointAggregateService } from '../../../src/report'
import { countedCity, type KnownPoint } from '../../support/counted-city'
import { testDatabase, type TestDatabase } from '../../support/database'
import { personWith } from '../../support/registers-fixture'
import type { SmallCity } from '../../support/small-city'

type Asked = Parameters<RiskPointAggregateService['count']>[1]
type Counted = Awaited<ReturnType<RiskPointAggregateService['count']>>

let t: TestDatabase
let city: SmallCity
let points: KnownPoint[]
let service: RiskPointAggregateService

beforeAll(async () => {
  t = await testDatabase()
  ;({ city, points } = await countedCity(t.db))
  service = new RiskPointAggregateService(t.db, new ReadModel(coreModules.flatMap(m => m.reads), coreModules.flatMap(m => m.edges)).of('RiskPoint'))
})
afterAll(() => t.close())

const unit = (code: string): string => globalId('unit', city.id(code))
const reader = (path: string, role: Role = 'LEADER_READER'): Actor => personWith([role], { path }).actor
const CITY = '/510800/'
const COUNTY = '/510800/510821/'
const BUREAU = '/510800/510821/510821-HEALTH/'
const cityReader = (): Actor => reader(CITY)
const count = (actor: Actor, asked: Asked): Promise<Counted> => service.count({ actor }, asked)
const refusal = (work: Promise<unknown>): Promise<AppError> => work.then(() => { throw new Error('It was not refused.') }, (e: AppError) => e)

/** Figures of these points, worked out without the product. */
function figures(of: readonly KnownPoint[]): { count: number; rated: number; sum: number; high: number } {
  return { count: of.length, rated: of.filter(p => p.level !== 'UNRATED').length, sum: of.reduce((n, p) => n + p.score, 0), high: of.filter(p => p.level === 'HIGH').length }
}
const told = (f: Counted['totals']): ReturnType<typeof figures> => ({ count: f.count, rated: f.ratedCount, sum: f.sumScore, high: f.highCount })
const byKey = (counted: Counted): Record<string, ReturnType<typeof figures>> => Object.fromEntries(counted.groups.map(g => {
  const { unit: of, sector, level, state, category } = g.key
  return [[of?.id, sector, level, state, category].join('|'), told(g)]
}))
function expected(of: readonly KnownPoint[], key: (p: KnownPoint) => unknown[]): Record<string, ReturnType<typeof figures>> {
  const keys = [...new Set(of.map(p => key(p).join('|')))]
  return Object.fromEntries(keys.map(k => [k, figures(of.filter(p => key(p).join('|') === k))]))
}

/** The child of the city through which a unit belongs to it. */
const childOf = (p: KnownPoint): string => unit(p.path.split('/')[2] || '510800')

describe('groups say what an independent count says', () => {
  test('by direct subordinate, sector and level; what the named unit holds itself is a group of its own', async () => {
    const counted = await count(cityReader(), { filter: { unit: { within: unit('510800') } }, groupBy: ['UNIT_CHILD', 'SECTOR', 'LEVEL'] })
    expect(byKey(counted)).toEqual(expected(points, p => [childOf(p), p.sector, p.level, null, null]))
    expect(counted.groups.some(g => g.key.unit?.id === unit('510800'))).toBe(true)
    expect(told(counted.totals)).toEqual(figures(points))
    expect(counted.groupCount).toBe(counted.groups.length)
  })

  test.each([
    ['UNIT', (p: KnownPoint) => [unit(p.unit), null, null, null, null]], ['SECTOR', (p: KnownPoint) => [null, p.sector, null, null, null]],
    ['LEVEL', (p: KnownPoint) => [null, null, p.level, null, null]], ['STATE', (p: KnownPoint) => [null, null, null, p.state, null]],
    ['CATEGORY', (p: KnownPoint) => [null, null, null, null, p.category]],
  ] as const)('by %s, in a subtree and in all that the actor sees', async (dimension, key) => {
    const inside = points.filter(p => p.path.startsWith(COUNTY))
    const within = await count(cityReader(), { filter: { unit: { within: unit('510821') } }, groupBy: [dimension] })
    expect(byKey(within)).toEqual(expected(inside, key))
    expect(told(within.totals)).toEqual(figures(inside))
    expect(byKey(await count(cityReader(), { groupBy: [dimension] }))).toEqual(expected(points, key))
    expect(byKey(await count(reader(COUNTY), { groupBy: [dimension] }))).toEqual(expected(inside, key))
  })

  test('with the filters of the list, whichever of them finds the rows', async () => {
    const health = points.filter(p => p.unit === '510821-HEALTH')
    const cases: [Asked['filter'], KnownPoint[]][] = [
      [{ level: { eq: 'HIGH' } }, points.filter(p => p.level === 'HIGH')],
      [{ unit: { eq: unit('510821-HEALTH') }, score: { gte: 6 } }, health.filter(p => p.score >= 6)],
      [{ unit: { in: [unit('510821-HEALTH'), unit('510802-HEALTH')] } }, points.filter(p => /-HEALTH$/.test(p.unit))],
      [{ unit: { within: unit('510821') }, or: [{ level: { eq: 'LOW' } }, { category: { in: ['POST'] } }] }, points.filter(p => p.path.startsWith(COUNTY) && (p.level === 'LOW' || p.category === 'POST'))],
    ]
    for (const [filter, rows] of cases) {
      const counted = await count(cityReader(), { filter, groupBy: ['SECTOR', 'STATE'] })
      expect(byKey(counted)).toEqual(expected(rows, p => [null, p.sector, null, p.state, null]))
      expect(told(counted.totals)).toEqual(figures(rows))
    }
    const byChild = await count(cityReader(), { filter: { unit: { within: unit('510800') }, level: { in: ['HIGH', 'LOW'] } }, groupBy: ['UNIT_CHILD'] })
    expect(byKey(byChild)).toEqual(expected(points.filter(p => p.level === 'HIGH' || p.level === 'LOW'), p => [childOf(p), null, null, null, null]))
  })

  test('a count of nothing by dimension is the totals alone', async () => {
    const counted = await count(cityReader(), { filter: { unit: { within: unit('510821') } }, groupBy: [] })
    expect(counted).toMatchObject({ groups: [], groupCount: 0, hasNextPage: false, endCursor: null })
    expect(told(counted.totals)).toEqual(figures(points.filter(p => p.path.startsWith(COUNTY))))
  })
})

describe('figures', () => {
  test('means and shares are exact, speak of rated risk points only, and carry what they were made of', async () => {
    const { totals, coverage } = await count(cityReader(), { groupBy: [] })
    const f = figures(points)
    expect(totals).toMatchObject({ averageScore: (f.sum / f.rated).toFixed(6), averageScoreNullReason: null })
    expect(totals.highRate).toEqual({ numerator: f.high, denominator: f.rated, value: (f.high / f.rated).toFixed(4), nullReason: null })
    expect(coverage).toEqual({ numerator: f.rated, denominator: f.count, value: (f.rated / f.count).toFixed(4), nullReason: null })
  })

  test('what cannot be told is null with its reason, never 0', async () => {
    const nothing = await count(cityReader(), { filter: { score: { gt: 25 } }, groupBy: ['LEVEL'] })
    expect(nothing).toMatchObject({
      groups: [], totals: { count: 0, sumScore: 0, averageScore: null, averageScoreNullReason: 'NOTHING_COUNTED', highRate: { denominator: 0, value: null, nullReason: 'NOTHING_COUNTED' } },
      coverage: { numerator: 0, denominator: 0, value: null, nullReason: 'NOTHING_COUNTED' },
    })
    const unrated = await count(cityReader(), { filter: { level: { eq: 'UNRATED' } }, groupBy: ['STATE'] })
    expect(unrated.groups).toHaveLength(1)
    expect(unrated.groups[0]).toMatchObject({ ratedCount: 0, averageScore: null, averageScoreNullReason: 'NONE_RATED', highRate: { value: null, nullReason: 'NONE_RATED' } })
    expect(unrated.coverage.value).toBe('0.0000')
  })

  test('the version stays while nothing is written, and changes with the content', async () => {
    const twice = async () => [await count(cityReader(), { groupBy: [] }), await count(cityReader(), { groupBy: ['LEVEL'] })] as const
    // Other databases of the same server, of other tests, are written meanwhile: it must come about between two of their commits.
    let [before, again] = await twice()
    for (let i = 0; i < 200 && before.contentVersion !== again.contentVersion; i++) [before, again] = await twice()
    expect(again.contentVersion).toBe(before.contentVersion)
    await t.owner.query(`UPDATE risk_point SET cause_zh = 'x', updated_at = now() WHERE id = (SELECT id FROM risk_point LIMIT 1)`)
    expect((await count(cityReader(), { groupBy: [] })).contentVersion).not.toBe(before.contentVersion)
    expect(before.asOf).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  })
})

describe('scope', () => {
  test('of a county stays in the county, whatever the filter names', async () => {
    const mine = points.filter(p => p.path.startsWith(COUNTY))
    for (const filter of [undefined, { or: [{ unit: { within: unit('510800') } }, { score: { gte: 0 } }] }] as Asked['filter'][]) {
      expect(told((await count(reader(COUNTY), { filter, groupBy: ['LEVEL'] })).totals)).toEqual(figures(mine))
    }
    for (const [filter, groupBy] of [
      [{ unit: { within: unit('510800') } }, ['UNIT_CHILD']], [{ unit: { within: unit('510800') } }, ['LEVEL']], [{ unit: { within: unit('510802') } }, ['UNIT_CHILD', 'SECTOR']],
      [{ unit: { eq: unit('510802-HEALTH') } }, ['LEVEL']], [{ unit: { within: 'unit_nonsense' } }, ['UNIT_CHILD']],
    ] as [Asked['filter'], Asked['groupBy']][]) {
      const counted = await count(reader(COUNTY), { filter, groupBy })
      expect([counted.groups, told(counted.totals)]).toEqual([[], figures([])])
    }
  })

  test('of several subtrees counts each row once; of none counts nothing', async () => {
    const two: Actor = { ...reader(BUREAU), scope: [BUREAU, '/510800/510802/'], wide: [] }
    const mine = points.filter(p => p.path.startsWith(BUREAU) || p.path.startsWith('/510800/510802/'))
    expect(told((await count(two, { groupBy: ['SECTOR'] })).totals)).toEqual(figures(mine))
    expect(byKey(await count(two, { filter: { unit: { within: unit('510821-HEALTH') } }, groupBy: ['UNIT_CHILD'] })))
      .toEqual(expected(points.filter(p => p.path.startsWith(BUREAU)), p => [unit(p.unit), null, null, null, null]))
    expect(told((await count({ ...two, scope: [] }, { groupBy: ['LEVEL'] })).totals)).toEqual(figures([]))
  })
})

describe('order and pages', () => {
  const every = async (asked: Asked): Promise<Counted['groups']> => {
    const groups: Counted['groups'] = []
    for (let after: string | null = null; ;) {
      const page: Counted = await count(cityReader(), { ...asked, first: 4, after })
      expect(page.groups.length).toBeLessThanOrEqual(4)
      groups.push(...page.groups)
      if (!page.hasNextPage) return groups
      after = page.endCursor
    }
  }

  test.each([[[]], [[{ field: 'COUNT', direction: 'DESC' }]], [[{ field: 'AVERAGE_SCORE', direction: 'DESC' }]], [[{ field: 'AVERAGE_SCORE', direction: 'ASC' }, { field: 'HIGH_COUNT', direction: 'DESC' }]],
    [[{ field: 'SUM_SCORE', direction: 'ASC' }]]] as Asked['orderBy'][][])('every group once over all pages, in the order of %j', async orderBy => {
    const asked: Asked = { filter: { unit: { within: unit('510800') } }, groupBy: ['UNIT_CHILD', 'SECTOR', 'LEVEL'], orderBy }
    const whole = await count(cityReader(), asked)
    const walked = await every(asked)
    expect(walked.map(g => g.key)).toEqual(whole.groups.map(g => g.key))
    const first = orderBy?.[0]
    const value = (g: Counted['groups'][number]): number => ({ COUNT: g.count, AVERAGE_SCORE: g.averageScore === null ? -1 : Number(g.averageScore), SUM_SCORE: g.sumScore, HIGH_COUNT: g.highCount })[first!.field]
    if (first) expect(walked.map(value)).toEqual(walked.map(value).sort((a, b) => (first.direction === 'DESC' ? b - a : a - b)))
  })

  test('without an order: units by their place in the tree, levels by gravity', async () => {
    const { groups } = await count(cityReader(), { groupBy: ['UNIT', 'LEVEL'] })
    const paths = new Map(points.map(p => [unit(p.unit), p.path]))
    const place = groups.map(g => paths.get(g.key.unit!.id)! + ['UNRATED', 'LOW', 'MEDIUM', 'HIGH'].indexOf(g.key.level!))
    expect(place).toEqual([...place].sort())
  })

  test('a cursor of another order, or none at all, is refused', async () => {
    const { endCursor } = await count(cityReader(), { groupBy: ['LEVEL'], first: 1 })
    for (const [groupBy, after] of [[['STATE'], endCursor], [['LEVEL'], 'nonsense'], [['LEVEL'], Buffer.from('["x"]').toString('base64')]] as [Asked['groupBy'], string][]) {
      expect(await refusal(count(cityReader(), { groupBy, after }))).toMatchObject({ code: 'BAD_INPUT', details: { violations: [{ path: 'after', rule: 'cursor' }] } })
    }
  })
})

describe('what makes no sense is refused', () => {
  test.each([
    [{ groupBy: ['UNIT_CHILD'] }, 'BAD_INPUT', 'filter.unit.within'], [{ groupBy: ['UNIT', 'UNIT_CHILD'], filter: { unit: { within: 'x' } } }, 'BAD_INPUT', 'groupBy'],
    [{ groupBy: ['LEVEL'], first: 0 }, 'BAD_INPUT', 'first'], [{ groupBy: ['LEVEL'], first: 2_001 }, 'LIMIT_EXCEEDED', 'first'],
  ] as [Asked, string, string][])('%j', async (asked, code, path) => {
    expect(await refusal(count(cityReader(), asked))).toMatchObject({ code, details: { violations: [expect.objectContaining({ path })] } })
  })
})
