import assert from 'node:assert/strict'
import type { Actor } from '../../src/core/actor'
import { allowedCommands } from '../../src/core/states'
import { nearColumn, type NounModel } from '../../src/database/sql'
import { HOSTILE } from './reading-fixture'
import { ACTORS, COUNTY, type ActorName, type ReadingWorld, type Which } from './reading-world'

/**
 * What must hold of every answer, told by plain SQL that shares nothing with the code under test. Each check throws when it does not
 * hold; the planted mutants show that each would notice.
 */
export type Check = (world: ReadingWorld, which: Which) => Promise<void>

interface PageOf { nodes: { id: string }[]; edges: { cursor: string; node: { id: string } }[]; totalCount: number; pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null } }
const PAGE = 'nodes { id } edges { cursor node { id } } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }'
const scopeSql = (actor: Actor, path: string): string => (actor.scope.length ? `(${actor.scope.map(p => `${path} LIKE '${p}%'`).join(' OR ')})` : 'false')

/** A list, where it stands, and the ids that it must hold in order. */
interface List { of: string; args?: string; on?: string; ids: string[]; actor: Actor }

async function lists(w: ReadingWorld): Promise<List[]> {
  const ids = async (sql: string): Promise<string[]> => (await w.sql<{ id: string }>(sql)).map(r => r.id)
  const inScope = (actor: Actor, table: string, order: string): Promise<string[]> =>
    ids(`SELECT t.id FROM ${table} t JOIN unit u ON u.id = t.unit_id WHERE ${scopeSql(actor, 'u.path')} ORDER BY ${order}`)
  const { county, several, city } = ACTORS
  const [busy] = await ids(`SELECT p.unit_id AS id FROM risk_point p JOIN unit u ON u.id = p.unit_id WHERE u.path LIKE '${COUNTY}%' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`)
  const [risk] = await ids(`SELECT risk_point_id AS id FROM control_risk_point WHERE unit_id = '${busy}' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`)
  const unit = `unit(id: "unit_${busy}")`
  return [
    { of: 'units', ids: await ids(`SELECT id FROM unit WHERE ${scopeSql(county, 'path')} ORDER BY id`), actor: county },
    { of: 'units', args: 'orderBy: [{field: NAME, direction: DESC}]', ids: await ids(`SELECT id FROM unit WHERE ${scopeSql(city, 'path')} ORDER BY name_pinyin DESC, id`), actor: city },
    { of: 'units', args: 'orderBy: [{field: DEPTH, direction: DESC}, {field: NAME}]', ids: await ids(`SELECT id FROM unit WHERE ${scopeSql(several, 'path')} ORDER BY depth DESC, name_pinyin, id`), actor: several },
    { of: 'riskPoints', args: 'orderBy: [{field: SCORE, direction: DESC}]', ids: await inScope(several, 'risk_point', 'score DESC, t.id'), actor: several },
    { of: 'riskPoints', args: 'orderBy: [{field: SCORE}, {field: UPDATED_AT, direction: DESC}]', ids: await inScope(city, 'risk_point', 'score, t.updated_at DESC, t.id'), actor: city },
    { of: 'riskPoints', args: 'orderBy: [{field: SCORE}]', ids: await inScope(city, 'risk_point', 'score, t.id'), actor: city },
    { of: 'contracts', on: 'sampleRegister', ids: await inScope(city, 'sample.contract', 'amount DESC, t.id'), actor: city },
    { of: 'contracts', on: 'sampleRegister', args: 'orderBy: [{field: SETTLED_ON}, {field: CREATED_AT, direction: DESC}]', ids: await inScope(county, 'sample.contract', 'settled_on, t.created_at DESC, t.id'), actor: county },
    { of: 'riskPoints', on: unit, args: 'orderBy: [{field: CODE, direction: DESC}]', ids: await ids(`SELECT id FROM risk_point WHERE unit_id = '${busy}' ORDER BY code DESC, id`), actor: county },
    { of: 'supervisionFocuses', on: unit, ids: await ids(`SELECT id FROM duty_item WHERE unit_id = '${busy}' AND responsibility = 'COMMISSION_SUPERVISORY' ORDER BY seq, id`), actor: county },
    { of: 'controls', on: `riskPoint(id: "rp_${risk}")`, ids: await ids(`SELECT c.id FROM control c JOIN control_risk_point l ON l.control_id = c.id WHERE l.risk_point_id = '${risk}' ORDER BY c.id`), actor: county },
  ]
}

async function page(w: ReadingWorld, which: Which, list: List, args: string, selection = PAGE): Promise<PageOf> {
  const all = [list.args, args].filter(Boolean).join(', ')
  const field = `${list.of}${all ? `(${all})` : ''} { ${selection} }`
  const data = await w.data<Record<string, unknown>>(which, `{ ${list.on ? `${list.on} { ${field} }` : field} }`, { actor: list.actor })
  return (list.on ? (Object.values(data)[0] as Record<string, unknown>)[list.of] : data[list.of]) as PageOf
}

const rowIds = (nodes: readonly { id: string }[]): string[] => nodes.map(n => n.id.slice(-36))

/** First pages of every size around the list's own length, from the beginning and from within. */
const boundaries: Check = async (w, which) => {
  for (const list of await lists(w)) {
    const n = list.ids.length
    assert.ok(n > 2, `${list.of}: the fixture has too few rows`)
    const start = await page(w, which, list, `first: ${Math.min(n, 100)}`)
    for (const from of [0, 1, Math.max(0, n - 3)]) {
      const after = from === 0 ? null : from <= start.edges.length ? start.edges[from - 1]!.cursor : null
      if (from > 0 && after === null) continue
      for (const size of new Set([1, n - from - 1, n - from, n - from + 1].filter(s => s >= 1 && s <= 100))) {
        const args = `first: ${size}${after ? `, after: "${after}"` : ''}`
        const expected = list.ids.slice(from, from + size)
        const found = await page(w, which, list, args)
        assert.deepEqual(rowIds(found.nodes), expected, `${list.of} ${args}`)
        assert.deepEqual(rowIds(found.edges.map(e => e.node)), expected)
        assert.equal(found.totalCount, n)
        assert.deepEqual(found.pageInfo, {
          hasNextPage: from + size < n, hasPreviousPage: from > 0, startCursor: found.edges[0]!.cursor, endCursor: found.edges.at(-1)!.cursor,
        })
        assert.deepEqual(rowIds((await page(w, which, list, args, 'nodes { id }')).nodes), expected, 'without look-ahead')
      }
    }
  }
}

/** Whole lists page by page in several orders: every row once, in order, also where keys are equal. */
const walks: Check = async (w, which) => {
  for (const list of await lists(w)) {
    const found: string[] = []
    let after: string | null = null
    for (let pages = 0; pages <= list.ids.length; pages++) {
      const size = list.ids.length > 100 ? 61 : 7
      const { nodes, pageInfo }: PageOf = await page(w, which, list, `first: ${size}${after ? `, after: "${after}"` : ''}`, 'nodes { id } pageInfo { hasNextPage endCursor }')
      found.push(...rowIds(nodes))
      after = pageInfo.endCursor
      if (!pageInfo.hasNextPage) break
    }
    assert.deepEqual(found, list.ids, `${list.of}(${list.args ?? ''})`)
  }
}

/** Backwards, which the resolvers alone answer: the same rows in the same order, from the end. */
const backwards: Check = async (w, which) => {
  for (const list of await lists(w)) {
    const n = list.ids.length
    const last = await page(w, which, list, `last: ${Math.min(5, n)}`)
    assert.deepEqual(rowIds(last.nodes), list.ids.slice(-5))
    assert.deepEqual([last.pageInfo.hasNextPage, last.pageInfo.hasPreviousPage], [false, n > 5])
    const before = await page(w, which, list, `last: 2, before: "${last.edges[0]!.cursor}"`)
    assert.deepEqual(rowIds(before.nodes), list.ids.slice(-5).length < 5 ? [] : list.ids.slice(-7, -5))
    assert.equal(before.pageInfo.hasNextPage, true)
    const between = await page(w, which, list, `first: 100, after: "${last.edges[0]!.cursor}", before: "${last.edges.at(-1)!.cursor}"`)
    assert.deepEqual(rowIds(between.nodes), list.ids.slice(-5).slice(1, -1))
  }
}

/** Ids by table that an actor may see, told by plain SQL. */
async function visible(w: ReadingWorld, { noun }: NounModel, actor: Actor): Promise<Set<string>> {
  const { scope, table } = noun
  const sql = scope.by === 'public' ? `SELECT id FROM ${table}` : scope.by === 'own' ? `SELECT id FROM ${table} WHERE ${scopeSql(actor, 'path')}`
    : `SELECT t.id FROM ${table} t JOIN unit u ON u.id = t.${scope.column} WHERE ${scopeSql(actor, 'u.path')}`
  return new Set((await w.sql<{ id: string }>(sql)).map(r => r.id))
}

type Row = { id: string; [edge: string]: unknown }
/** Everything that hangs on a row; nouns without lists of their own one step deeper. */
function edgesOf(model: NounModel, deep = true): string {
  return [...model.edges].filter(([, { edge }]) => edge.rule === undefined).map(([field, { reach }]) => {
    if (reach.card === 'count') return field
    const row = `__typename id ${deep && !reach.to.noun.root?.many ? edgesOf(reach.to, false) : ''}`
    return reach.card === 'connection' ? `${field}(first: ${Math.min(reach.max, deep ? 30 : 5)}) { totalCount nodes { ${row} } }` : `${field} { ${row} }`
  }).join(' ')
}

/** Reads everything that an actor can reach and finds nothing outside the scope; totals are those of plain SQL. */
const scopeWalkOf = (names: readonly ActorName[]): Check => async (w, which) => {
  for (const name of names) {
    const actor = ACTORS[name]
    const seen = new Map<string, Set<string>>()
    const collect = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(collect)
      else if (value !== null && typeof value === 'object') {
        const { id, __typename: type } = value as Row & { __typename?: string }
        if (type) seen.set(type, (seen.get(type) ?? new Set()).add(id.slice(-36)))
        Object.values(value).forEach(collect)
      }
    }
    for (const model of w.model.nouns.values()) {
      const { root, permission, type } = model.noun
      if (!root?.many || Array.isArray(permission) && !actor.roles.some(r => permission.includes(r.role))) continue
      const expected = await visible(w, model, actor)
      const list: List = { of: root.many, on: root.namespace, ids: [], actor }
      const found = new Set<string>()
      for (let after: string | null = null, more = true; more;) {
        const { nodes, totalCount, pageInfo }: PageOf = await page(w, which, list, `first: 50${after ? `, after: "${after}"` : ''}`, `nodes { __typename id ${edgesOf(model)} } totalCount pageInfo { hasNextPage endCursor }`)
        assert.equal(totalCount, expected.size, `${name}: total of ${type}`)
        collect(nodes)
        rowIds(nodes).forEach(id => found.add(id))
        more = pageInfo.hasNextPage
        after = pageInfo.endCursor
      }
      assert.deepEqual(found, expected, `${name}: list of ${type}`)
    }
    for (const [type, ids] of seen) {
      const allowed = await visible(w, w.model.of(type), actor)
      assert.deepEqual([...ids].filter(id => !allowed.has(id)), [], `${name}: ${type} outside the scope`)
    }
  }
}

/** Every edge holds exactly the rows of its relation inside the scope, in its order: its ids and its total. */
const edges: Check = async (w, which) => {
  for (const name of ['county', 'several'] as const) {
    const actor = ACTORS[name]
    for (const model of w.model.nouns.values()) {
      if (!model.noun.root?.one || model.noun.root.namespace) continue
      const [near] = (await w.sql<{ id: string }>(`SELECT * FROM ${model.noun.table} ORDER BY id`)).filter(() => true)
      if (near) await edgesOfRows(w, which, model, actor)
    }
  }
}

async function edgesOfRows(w: ReadingWorld, which: Which, model: NounModel, actor: Actor): Promise<void> {
  const ids = [...await visible(w, model, actor)].sort().filter((_, i, all) => i % Math.ceil(all.length / 4) === 0)
  for (const id of ids) {
    const data = await w.data<Record<string, Row>>(which, `{ row: ${model.noun.root!.one!}(id: "${model.noun.prefix}_${id}") { id ${edgesOf(model, false)} } }`, { actor }).catch(e => { throw new Error(`${model.noun.type}: ${e}`) })
    for (const [field, { reach, edge }] of model.edges) {
      if (edge.rule !== undefined || reach.relation.kind === 'walk') continue
      const expected = await farRows(w, model, field, id, actor)
      const found = data['row']![field] as Row | Row[] | number | PageOf | null
      if (reach.card === 'count') assert.equal(found, expected.length, reach.name)
      else if (reach.card === 'one') assert.equal((found as Row | null)?.id.slice(-36), expected[0], reach.name)
      else if (reach.card === 'list') assert.deepEqual(rowIds(found as Row[]), expected.slice(0, reach.max), reach.name)
      else {
        assert.equal((found as PageOf).totalCount, expected.length, reach.name)
        assert.deepEqual(rowIds((found as PageOf).nodes), expected.slice(0, 5), reach.name)
      }
    }
  }
}

/** The far rows of an edge in plain SQL: the declaration read once more, by other eyes. */
async function farRows(w: ReadingWorld, near: NounModel, field: string, id: string, actor: Actor): Promise<string[]> {
  const { edge } = near.edges.get(field)!
  const far = w.model.of(edge.to)
  const relation = 'key' in edge ? `f.id = (SELECT ${edge.key} FROM ${near.noun.table} WHERE id = '${id}')` : 'by' in edge ? `f.${edge.by} = '${id}'`
    : 'via' in edge ? `f.id IN (SELECT ${edge.via.far} FROM ${edge.via.table} WHERE ${edge.via.near} = '${id}')` : 'false'
  const constants = Object.entries(edge.where ?? {}).map(([c, v]) => ` AND f.${c} = ${typeof v === 'string' ? `'${v}'` : v}`).join('')
  const allowed = await visible(w, far, actor)
  const order = edge.card === 'list' && 'order' in edge ? `f.${edge.order}, f.id` : [...far.defaultOrder.map(k => `f.${k.column}${k.desc ? ' DESC' : ''}`), 'f.id'].join(', ')
  const rows = await w.sql<{ id: string }>(`SELECT f.id FROM ${far.noun.table} f WHERE ${relation}${constants} ORDER BY ${order}`)
  return rows.map(r => r.id).filter(i => allowed.has(i))
}

/** Neither `within` a wider unit, nor `or`, nor an id opens anything. */
const widening: Check = async (w, which) => {
  const unit = async (path: string): Promise<string> => `unit_${(await w.sql<{ id: string }>('SELECT id FROM unit WHERE path = $1', [path]))[0]!.id}`
  const [city, own, inside, sibling] = await Promise.all(['/51/5108/', COUNTY, `${COUNTY}510801-T1/`, '/51/5108/5108011/'].map(unit))
  for (const actor of [ACTORS.county, { ...ACTORS.county, wide: true }, { ...ACTORS.county, scope: [COUNTY, '/51/5109/510901/510901-D1/'] }]) {
    const inScope = scopeSql(actor, 'u.path')
    const count = async (sql: string): Promise<number> => Number((await w.sql<{ n: string }>(`SELECT count(*) AS n FROM risk_point t JOIN unit u ON u.id = t.unit_id WHERE ${inScope} AND ${sql}`))[0]!.n)
    const total = async (filter: string): Promise<number> => (await page(w, which, { of: 'riskPoints', ids: [], actor }, `filter: {${filter}}`, 'totalCount')).totalCount
    const all = await count('true')
    assert.equal(await total(`unit: {within: "${city}"}`), 0, 'within a wider unit')
    assert.equal(await total(`unit: {within: "${sibling}"}`), 0, 'within a sibling')
    assert.equal(await total(`unit: {eq: "${sibling}"}`), 0)
    assert.equal(await total(`unit: {within: "${own}"}`), await count(`u.path LIKE '${COUNTY}%'`))
    assert.equal(await total(`unit: {within: "${inside}"}`), await count(`u.path LIKE '${COUNTY}510801-T1/%'`))
    assert.equal(await total(`or: [{unit: {within: "${city}"}}, {score: {gte: 0}}]`), all, 'or cannot widen')
    assert.equal(await total(`or: [{unit: {within: "${city}"}}, {unit: {within: "${inside}"}}]`), await count(`u.path LIKE '${COUNTY}510801-T1/%'`))
    assert.equal(await total(`or: [{unit: {within: "${city}"}}, {}]`), all)
    assert.equal(await total(`unit: {eq: "${inside}", within: "${own}"}`), await count(`u.path = '${COUNTY}510801-T1/'`))
  }
  const outside = await w.sql<{ id: string }>(`SELECT id FROM unit WHERE NOT ${scopeSql(ACTORS.county, 'path')} ORDER BY id LIMIT 30`)
  const data = await w.data<object>(which, `{ ${outside.map(({ id }, i) => `a${i}: unit(id: "unit_${id}") { id }`).join(' ')} }`, { actor: ACTORS.county })
  assert.deepEqual(Object.values(data).filter(Boolean), [], 'units by id outside the scope')
}

/** Each operator against the same question asked in JavaScript. */
const filters: Check = async (w, which) => {
  const actor = ACTORS.city
  const rows = await w.sql<Record<string, never>>(`SELECT t.*, t.review_due_on::text AS due, u.path FROM risk_point t JOIN unit u ON u.id = t.unit_id WHERE ${scopeSql(actor, 'u.path')}`)
  type R = { code: string; description_zh: string; score: number; level: string; due: string | null; updated_at: string; is_synthetic: boolean; power_id: string; catalog_code: string | null; response_plan: string | null }
  const all = rows as unknown as R[]
  const at = all[7]!.updated_at
  const ms = (v: string): number => new Date(String(v).replace(' ', 'T').replace(/\+00$/, 'Z')).getTime()
  const cases: [string, (r: R) => boolean][] = [
    ['code: {eq: "R1"}', r => r.code === 'R1'], ['code: {in: ["R1", "R3"]}', r => r.code !== 'R2'], ['code: {in: []}', () => false], ['code: {eq: null}', () => true],
    ...HOSTILE.slice(0, 8).map((t): [string, (r: R) => boolean] => [`description: {contains: ${JSON.stringify(t)}}`, r => r.description_zh.includes(t)]),
    ['description: {startsWith: "审批"}', r => r.description_zh.startsWith('审批')], ['description: {matches: "BACK\\\\slash"}', r => r.description_zh.toLowerCase().includes('back\\slash')],
    ['score: {eq: 4}', r => r.score === 4], ['score: {in: [4, 12]}', r => [4, 12].includes(r.score)], ['score: {gt: 12}', r => r.score > 12], ['score: {gte: 12}', r => r.score >= 12], ['score: {lt: 4}', r => r.score < 4], ['score: {lte: 4}', r => r.score <= 4],
    ['level: {eq: HIGH}', r => r.level === 'HIGH'], ['level: {in: [LOW, UNRATED]}', r => ['LOW', 'UNRATED'].includes(r.level)],
    ['reviewDueOn: {eq: "2026-06-15"}', r => r.due === '2026-06-15'], ['reviewDueOn: {before: "2026-06-15"}', r => r.due !== null && r.due < '2026-06-15'], ['reviewDueOn: {onOrBefore: "2026-06-15"}', r => r.due !== null && r.due <= '2026-06-15'],
    ['reviewDueOn: {after: "2026-06-15"}', r => r.due !== null && r.due > '2026-06-15'], ['reviewDueOn: {onOrAfter: "2026-06-15"}', r => r.due !== null && r.due >= '2026-06-15'],
    ['reviewDueOn: {isNull: true}', r => r.due === null], ['reviewDueOn: {isNull: false}', r => r.due !== null], ['responsePlan: {isNull: true}', r => r.response_plan === null],
    ['isSynthetic: {eq: true}', r => r.is_synthetic], [`power: {eq: "pw_${all[3]!.power_id}"}`, r => r.power_id === all[3]!.power_id], ['power: {in: ["junk"]}', () => false],
    ['score: {gte: 4, lte: 8}, isSynthetic: {eq: false}', r => r.score >= 4 && r.score <= 8 && !r.is_synthetic],
    ['or: [{score: {gt: 15}}, {level: {eq: LOW}, code: {eq: "R2"}}]', r => r.score > 15 || r.level === 'LOW' && r.code === 'R2'],
    ['code: {eq: "R1"}, or: [{score: {gt: 15}}, {or: [{level: {eq: LOW}}, {isSynthetic: {eq: true}}]}]', r => r.code === 'R1' && (r.score > 15 || r.level === 'LOW' || r.is_synthetic)],
    ['or: []', () => true], ['or: [{}, {score: {gt: 100}}]', () => true],
  ]
  for (const [filter, holds] of cases) {
    const { totalCount } = await page(w, which, { of: 'riskPoints', ids: [], actor }, `filter: {${filter}}`, 'totalCount')
    assert.equal(totalCount, all.filter(holds).length, filter)
  }
  const instants = await w.sql<{ at: string }>(`SELECT t.rated_at AS at FROM risk_rating t JOIN unit u ON u.id = t.unit_id WHERE ${scopeSql(actor, 'u.path')}`)
  const middle = new Date(ms(at)).toISOString()
  for (const [operator, holds] of [['before', (t: number) => t < ms(middle)], ['onOrAfter', (t: number) => t >= ms(middle)]] as const) {
    const found = await ratingsWhere(w, which, `ratedAt: {${operator}: "${middle}"}`)
    assert.equal(found, instants.filter(r => holds(ms(r.at))).length, operator)
  }
  await unitFilters(w, which)
}

/** Ratings have no list of their own: they are counted over the risk points. */
async function ratingsWhere(w: ReadingWorld, which: Which, filter: string): Promise<number> {
  let sum = 0
  for (let after: string | null = null, more = true; more;) {
    const found: PageOf = await page(w, which, { of: 'riskPoints', ids: [], actor: ACTORS.city }, `first: 100${after ? `, after: "${after}"` : ''}`, `nodes { id ratings(filter: {${filter}}) { totalCount } } pageInfo { hasNextPage endCursor }`)
    for (const node of found.nodes as unknown as { ratings: { totalCount: number } }[]) sum += node.ratings.totalCount
    more = found.pageInfo.hasNextPage
    after = found.pageInfo.endCursor
  }
  return sum
}

async function unitFilters(w: ReadingWorld, which: Which): Promise<void> {
  const units = await w.sql<{ name_zh: string; name_pinyin: string; name_initials: string; sector_codes: string[]; uscc: string | null }>(`SELECT * FROM unit WHERE ${scopeSql(ACTORS.city, 'path')}`)
  const named = (whole: string, latin: string): ((u: typeof units[number]) => boolean) => u =>
    u.name_zh.toLowerCase().includes(whole) || u.name_pinyin.includes(latin) || u.name_initials.includes(latin)
  const cases: [string, (u: typeof units[number]) => boolean][] = [
    ['name: {matches: "Guang Yuan"}', named('guang yuan', 'guangyuan')], ['name: {matches: "wang\'cang"}', named("wang'cang", 'wangcang')], ['name: {matches: "gy"}', named('gy', 'gy')], ['name: {matches: "审"}', u => u.name_zh.includes('审')],
    ['sectorCodes: {eq: "education"}', u => u.sector_codes.includes('education')], ['sectorCodes: {in: ["land", "none"]}', u => u.sector_codes.includes('land')], ['uscc: {isNull: true}', u => u.uscc === null],
  ]
  for (const [filter, holds] of cases) {
    const { totalCount } = await page(w, which, { of: 'units', ids: [], actor: ACTORS.city }, `filter: {${filter}}`, 'totalCount')
    assert.equal(totalCount, units.filter(holds).length, filter)
  }
}

/** Values as they are stored, whatever they hold; instants in UTC with milliseconds, decimals whole, masks for whom they are meant. */
const values: Check = async (w, which) => {
  const risks = await w.sql<{ id: string; description_zh: string; inherent_level: string | null; inherent_likelihood: number; ms: string }>(
    `SELECT r.*, (extract(epoch FROM r.updated_at) * 1000)::bigint AS ms FROM risk_point r JOIN unit u ON u.id = r.unit_id WHERE u.path LIKE '${COUNTY}%' ORDER BY r.id LIMIT 60`)
  const found = await page(w, which, { of: 'riskPoints', ids: [], actor: ACTORS.county }, 'first: 60', 'nodes { id description updatedAt inherent { likelihood level __typename } residual { score } }')
  assert.deepEqual(found.nodes.map(n => { const { id, description, updatedAt, inherent } = n as Row; return { id: id.slice(-36), description, updatedAt, inherent } }), risks.map(r => ({
    id: r.id, description: r.description_zh, updatedAt: new Date(Number(r.ms)).toISOString(),
    inherent: r.inherent_level === null ? null : { likelihood: r.inherent_likelihood, level: r.inherent_level, __typename: 'Rating' },
  })))
  const contracts = await w.sql<Record<string, unknown>>(`SELECT c.*, u.code AS unit_code, c.amount::text AS amount, c.term_from::text AS term_from FROM sample.contract c JOIN unit u ON u.id = c.unit_id WHERE ${scopeSql(ACTORS.severalWide, 'u.path')} ORDER BY amount DESC, c.id LIMIT 50`)
  for (const [actor, clear] of [[ACTORS.severalWide, true], [ACTORS.city, false]] as const) {
    const wide = { of: 'contracts', on: 'sampleRegister', ids: [], actor: { ...actor, scope: ACTORS.severalWide.scope } }
    const rows = (await page(w, which, wide, 'first: 50', 'nodes { id amount share supplier details stages stage powerId unitId externalKey settled term { from rate } lines { label quantity paid amount } }')).nodes as unknown as Record<string, unknown>[]
    assert.deepEqual(rows, contracts.map(c => ({
      id: `sample_c_${c['id']}`, amount: c['amount'], share: c['share'], supplier: clear || c['supplier'] === null ? c['supplier'] : `${String(c['supplier'])[0]}**`,
      details: c['details'], stages: c['stages'], stage: c['stage'], powerId: c['power_id'] && `pw_${c['power_id']}`, unitId: `unit_${c['unit_id']}`, externalKey: c['external_key'],
      settled: c['settled'], term: c['term_from'] && { from: c['term_from'], rate: c['term_rate'] },
      lines: (c['lines'] as Record<string, unknown>[]).map(l => ({ label: l['label'] ?? null, quantity: l['quantity'] ?? null, paid: l['paid'] ?? null, amount: l['amount'] ?? null })),
    })))
  }
}

/** `allowedCommands` is what core's `allowedCommands` says, for every register with a state table. */
const commands: Check = async (w, which) => {
  for (const name of ['city', 'county', 'several'] as const) {
    const actor = ACTORS[name]
    for (const { noun } of w.model.nouns.values()) {
      const column = noun.columns['allowedCommands']
      if (column?.kind !== 'commands' || !noun.root?.many || Array.isArray(noun.permission) && !actor.roles.some(r => noun.permission.includes(r.role as never))) continue
      const at = column.at ?? (noun.scope.by === 'unit' ? noun.scope.column : 'id')
      const paths = new Map((await w.sql<{ id: string; path: string; state: string; variant: string }>(
        `SELECT t.id, u.path, t.state, ${column.variants ? `t.${column.variants.column}` : `''`} AS variant FROM ${noun.table} t JOIN unit u ON u.id = t.${at}`)).map(r => [r.id, r]))
      const { nodes } = await page(w, which, { of: noun.root.many, on: noun.root.namespace, ids: [], actor }, 'first: 100', 'nodes { id allowedCommands }')
      for (const node of nodes as unknown as { id: string; allowedCommands: string[] }[]) {
        const { path, state, variant } = paths.get(node.id.slice(-36))!
        assert.deepEqual(node.allowedCommands, allowedCommands(column.variants?.machines[variant] ?? column.machine, state, actor, path), `${name}: ${node.id} ${state} on ${path}`)
      }
    }
  }
}

/** Ancestors: the chain as far as it is seen, outermost first. */
const ancestors: Check = async (w, which) => {
  for (const [actor, top] of [[ACTORS.county, COUNTY], [ACTORS.root, '/51/']] as const) {
    const units = await w.sql<{ code: string; path: string }>(`SELECT code, path FROM unit WHERE path LIKE '${COUNTY}510801-T%' ORDER BY id`)
    for (const { code, path } of units.slice(0, 12)) {
      const data = await w.data<{ unitByCode: { ancestors: { path: string }[] } }>(which, `{ unitByCode(code: "${code}") { ancestors { path } } }`, { actor })
      const parts = path.split('/').filter(Boolean)
      const expected = parts.slice(0, -1).map((_, i) => `/${parts.slice(0, i + 1).join('/')}/`).filter(p => p.startsWith(top) || top === '/51/')
      assert.deepEqual(data.unitByCode.ancestors.map(a => a.path), expected)
    }
  }
}

export const CHECKS = {
  boundaries, walks, edges, widening, filters, values, commands, ancestors,
  'scope of a county': scopeWalkOf(['county']),
  'scope of several paths': scopeWalkOf(['several']),
  'scope of the wide and the blind': scopeWalkOf(['severalWide', 'blind', 'root']),
} satisfies Record<string, Check>
/** What only the resolvers answer. */
export const RESOLVER_CHECKS = { backwards } satisfies Record<string, Check>
export type CheckName = keyof typeof CHECKS
