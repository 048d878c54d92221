import assert from 'node:assert/strict'
import type { Actor } from '../../../src/core/actor'
import { permits } from '../../../src/core/permission'
import type { Edge, Noun } from '../../../src/core/reads'
import type { Side } from '../../../src/core/states'
import type { NounModel } from '../../../src/database/sql'
import { ACTORS, COUNTY, type ActorName, type ReadingWorld, type Which } from '../reading-world'
import { page, rowIds, scopeSql, type Check, type List, type PageOf } from './asking'

const visibleIds = new WeakMap<object, Map<string, Promise<Set<string>>>>()

/** Ids of a noun's rows that an actor may see, told by plain SQL. */
function visible(w: ReadingWorld, { noun }: NounModel, actor: Actor): Promise<Set<string>> {
  const known = visibleIds.get(w.database) ?? new Map<string, Promise<Set<string>>>()
  visibleIds.set(w.database, known)
  const roles = noun.scope.by === 'unit' || noun.scope.by === 'whole' ? noun.scope.roles : undefined
  const scope = noun.realm ? actor.realms?.[noun.realm] ?? [] : roles ? actor.roles.filter(({ role }) => roles.includes(role)).map(({ path }) => path) : actor.scope
  const key = `${noun.type} ${scope.join()}`
  const ids = known.get(key) ?? readVisible(w, noun, { ...actor, scope })
  known.set(key, ids)
  return ids
}
const alsoAt = ({ scope }: Noun): readonly Side[] => (scope.by === 'unit' ? scope.alsoAt ?? [] : [])
const seenElsewhere = (noun: Noun): boolean => alsoAt(noun).length > 0 || noun.realmRows?.readers !== undefined

async function readVisible(w: ReadingWorld, noun: Noun, who: Actor): Promise<Set<string>> {
  const { scope, table } = noun
  const at = (path: string): string => scopeSql(who, path)
  const named = alsoAt(noun).map(side => ('column' in side ? `SELECT t.${side.column}` : `SELECT l.${side.via.far} FROM ${side.via.table} l WHERE l.${side.via.near} = t.id`))
  const above = who.scope.map(p => `'${p}' LIKE u.path || '%'`).join(' OR ') || 'false'
  const sql = scope.by === 'public' ? `SELECT id FROM ${table}` : scope.by === 'own' ? `SELECT id FROM ${table} WHERE ${at('path')}`
    : scope.by === 'whole' ? `SELECT id FROM ${table} WHERE ${at('(SELECT path FROM unit WHERE parent_id IS NULL)')}`
    : `SELECT t.id FROM ${table} t JOIN unit u ON u.id = t.${scope.column} WHERE ${inRealm(noun, who, `${at('u.path')}${scope.bindsBelow ? ` OR t.${scope.bindsBelow} AND (${above})` : ''}
       ${named.map(units => ` OR EXISTS (SELECT FROM unit s WHERE ${at('s.path')} AND s.id IN (${units}))`).join('')}`)}`
  return new Set((await w.facts<{ id: string }>(sql)).map(r => r.id))
}

/** Whom a row is about never sees it; whose unit it is about sees it as one of its readers only; its readers see it without opening the realm. */
function inRealm({ realmRows: { readers, notAbout } = {} }: Noun, { ref, personId }: Actor, open: string): string {
  const about = (what: string): string => (notAbout ? `t.${notAbout.key} IN (SELECT ${notAbout.near} FROM ${what})` : 'false')
  const [person, unit] = [about(`${notAbout?.persons} WHERE person_id = '${personId}'`), about(`${notAbout?.units} WHERE subject_unit_id = (SELECT unit_id FROM person WHERE id = '${personId}')`)]
  return `NOT ${person} AND (${readers ? `'${ref}' = ANY(t.${readers})` : 'false'} OR NOT ${unit} AND (${open}))`
}

/**
 * Who sees a row at another unit that it names, or as one of its readers, sees what hangs on it along edges that are trusted to stay in its
 * scope, too: the partners of an activity know of each other.
 */
async function alongTrusted(w: ReadingWorld, far: NounModel, actor: Actor): Promise<string[]> {
  const edges = [...w.model.nouns.values()].filter(near => seenElsewhere(near.noun)).flatMap(near => [...near.edges.values()].flatMap(({ edge }) => (edge.sameScope && edge.to === far.noun.type ? [{ near, edge }] : [])))
  return (await Promise.all(edges.map(async ({ near, edge }) =>
    w.facts<{ id: string }>(`SELECT f.id FROM unnest($1::uuid[]) n(id) JOIN ${far.noun.table} f ON ${relationSql(near.noun, edge, 'n.id')}`, [[...await visible(w, near, actor)]])))).flat().map(r => r.id)
}

/** An edge in plain SQL: the declaration read once more, by other eyes. */
const relationSql = (near: Noun, edge: Edge, id: string): string =>
  ('key' in edge ? `f.id = (SELECT ${edge.key} FROM ${near.table} WHERE id = ${id})` : 'by' in edge ? `f.${edge.by} = ${id}`
    : 'via' in edge ? `f.id IN (SELECT ${edge.via.far} FROM ${edge.via.table} WHERE ${edge.via.near} = ${id})` : 'false')

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
export const scopeWalkOf = (names: readonly ActorName[]): Check => async (w, which) => {
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
      if (!root?.many || !permits(permission, actor)) continue
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
      const allowed = new Set([...await visible(w, w.model.of(type), actor), ...await alongTrusted(w, w.model.of(type), actor)])
      assert.deepEqual([...ids].filter(id => !allowed.has(id)), [], `${name}: ${type} outside the scope`)
    }
  }
}

/** Every edge holds exactly the rows of its relation inside the scope, in its order: its ids and its total. */
export const edges: Check = async (w, which) => {
  for (const name of ['county', 'several'] as const) {
    const actor = ACTORS[name]
    for (const model of w.model.nouns.values()) {
      if (!model.noun.root?.one || model.noun.root.namespace || !permits(model.noun.permission, actor)) continue
      await edgesOfRows(w, which, model, actor)
    }
  }
}

async function edgesOfRows(w: ReadingWorld, which: Which, model: NounModel, actor: Actor): Promise<void> {
  const ids = [...await visible(w, model, actor)].sort().filter((_, i, all) => i % Math.ceil(all.length / 4) === 0)
  for (const id of ids) {
    const data = await w.data<Record<string, Row>>(which, `{ row: ${model.noun.root!.one!}(id: "${model.noun.prefix}_${id}") { id ${edgesOf(model, false)} } }`, { actor })
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

/** The far rows of an edge in their order: those that the actor may see. */
async function farRows(w: ReadingWorld, near: NounModel, field: string, id: string, actor: Actor): Promise<string[]> {
  const { edge } = near.edges.get(field)!
  const far = w.model.of(edge.to)
  const constants = Object.entries(edge.where ?? {}).map(([c, v]) => ` AND f.${c} = ${typeof v === 'string' ? `'${v}'` : v}`).join('')
  const order = edge.card === 'list' && 'order' in edge ? `f.${edge.order}, f.id` : [...far.defaultOrder.map(k => `f.${k.column}${k.desc ? ' DESC' : ''}`), 'f.id'].join(', ')
  const rows = (await w.facts<{ id: string }>(`SELECT f.id FROM ${far.noun.table} f WHERE ${relationSql(near.noun, edge, `'${id}'`)}${constants} ORDER BY ${order}`)).map(r => r.id)
  if (edge.sameScope && seenElsewhere(near.noun)) return rows
  const allowed = await visible(w, far, actor)
  return rows.filter(i => allowed.has(i))
}

/** Neither `within` a wider unit, nor `or`, nor an id opens anything. */
export const widening: Check = async (w, which) => {
  const unit = async (path: string): Promise<string> => `unit_${(await w.facts<{ id: string }>('SELECT id FROM unit WHERE path = $1', [path]))[0]!.id}`
  const [city, own, inside, sibling] = await Promise.all(['/51/5108/', COUNTY, `${COUNTY}510801-T1/`, '/51/5108/5108011/'].map(unit))
  for (const actor of [ACTORS.county, { ...ACTORS.county, wide: [COUNTY] }, { ...ACTORS.county, scope: [COUNTY, '/51/5109/510901/510901-D1/'] }]) {
    const inScope = scopeSql(actor, 'u.path')
    const count = async (sql: string): Promise<number> => Number((await w.facts<{ n: string }>(`SELECT count(*) AS n FROM risk_point t JOIN unit u ON u.id = t.unit_id WHERE ${inScope} AND ${sql}`))[0]!.n)
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
  const outside = await w.facts<{ id: string }>(`SELECT id FROM unit WHERE NOT ${scopeSql(ACTORS.county, 'path')} ORDER BY id LIMIT 30`)
  const data = await w.data<object>(which, `{ ${outside.map(({ id }, i) => `a${i}: unit(id: "unit_${id}") { id }`).join(' ')} }`, { actor: ACTORS.county })
  assert.deepEqual(Object.values(data).filter(Boolean), [], 'units by id outside the scope')
}
