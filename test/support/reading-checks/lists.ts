import assert from 'node:assert/strict'
import type { Actor } from '../../../src/core/actor'
import { ACTORS, COUNTY, type ReadingWorld } from '../reading-world'
import { page, rowIds, scopeSql, type Check, type List, type PageOf } from './asking'

async function lists(w: ReadingWorld): Promise<List[]> {
  const ids = async (sql: string): Promise<string[]> => (await w.facts<{ id: string }>(sql)).map(r => r.id)
  const inScope = (actor: Actor, table: string, order: string): Promise<string[]> =>
    ids(`SELECT t.id FROM ${table} t JOIN unit u ON u.id = t.unit_id WHERE ${scopeSql(actor, 'u.path')} ORDER BY ${order}`)
  const { county, several, city, root } = ACTORS
  const [busy] = await ids(`SELECT p.unit_id AS id FROM risk_point p JOIN unit u ON u.id = p.unit_id WHERE u.path LIKE '${COUNTY}%' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`)
  const [risk] = await ids(`SELECT risk_point_id AS id FROM control_risk_point WHERE unit_id = '${busy}' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`)
  const unit = `unit(id: "unit_${busy}")`
  const [top] = await ids(`SELECT id FROM unit WHERE path = '${COUNTY}'`)
  return [
    { of: 'units', ids: await ids(`SELECT id FROM unit WHERE ${scopeSql(county, 'path')} ORDER BY id`), actor: county },
    { of: 'units', ids: await ids('SELECT id FROM unit ORDER BY id'), actor: root },
    { of: 'riskPoints', args: 'orderBy: [{field: CODE}]', ids: await inScope(root, 'risk_point', 't.code, t.id'), actor: root },
    { of: 'units', args: 'orderBy: [{field: NAME, direction: DESC}]', ids: await ids(`SELECT id FROM unit WHERE ${scopeSql(city, 'path')} ORDER BY name_pinyin DESC, id`), actor: city },
    { of: 'units', args: 'orderBy: [{field: DEPTH, direction: DESC}, {field: NAME}]', ids: await ids(`SELECT id FROM unit WHERE ${scopeSql(several, 'path')} ORDER BY depth DESC, name_pinyin, id`), actor: several },
    { of: 'riskPoints', args: 'orderBy: [{field: SCORE, direction: DESC}]', ids: await inScope(several, 'risk_point', 'score DESC, t.id'), actor: several },
    { of: 'riskPoints', args: 'orderBy: [{field: SCORE}, {field: UPDATED_AT, direction: DESC}]', ids: await inScope(city, 'risk_point', 'score, t.updated_at DESC, t.id'), actor: city },
    { of: 'riskPoints', args: 'orderBy: [{field: SCORE}]', ids: await inScope(city, 'risk_point', 'score, t.id'), actor: city },
    { of: 'rectificationTasks', args: 'orderBy: [{field: DUE_ON}]', ids: await inScope(city, 'rectification_task', 't.due_on, t.id'), actor: city },
    { of: 'rectificationTasks', args: 'orderBy: [{field: CREATED_AT, direction: DESC}]', ids: await inScope(several, 'rectification_task', 't.id DESC'), actor: several },
    { of: 'rectificationTasks', args: `filter: {unit: {within: "unit_${top}"}}`, ids: await inScope(county, 'rectification_task', 't.id'), actor: city },
    { of: 'supervisionFindings', ids: await ids(`SELECT t.id FROM supervision_finding t WHERE EXISTS (SELECT FROM unit u WHERE u.id IN (t.unit_id, t.found_by_unit_id) AND ${scopeSql(city, 'u.path')}) ORDER BY t.found_on DESC, t.id`), actor: city },
    { of: 'contracts', on: 'sampleRegister', ids: await inScope(city, 'sample.contract', 'amount DESC, t.id'), actor: city },
    { of: 'contracts', on: 'sampleRegister', args: 'orderBy: [{field: SETTLED_ON}, {field: CREATED_AT, direction: DESC}]', ids: await inScope(county, 'sample.contract', 'settled_on, t.created_at DESC, t.id'), actor: county },
    { of: 'riskPoints', on: unit, args: 'orderBy: [{field: CODE, direction: DESC}]', ids: await ids(`SELECT id FROM risk_point WHERE unit_id = '${busy}' ORDER BY code DESC, id`), actor: county },
    { of: 'supervisionFocuses', on: unit, ids: await ids(`SELECT id FROM duty_item WHERE unit_id = '${busy}' AND responsibility = 'COMMISSION_SUPERVISORY' ORDER BY seq, id`), actor: county },
    { of: 'controls', on: `riskPoint(id: "rp_${risk}")`, ids: await ids(`SELECT c.id FROM control c JOIN control_risk_point l ON l.control_id = c.id WHERE l.risk_point_id = '${risk}' ORDER BY c.id`), actor: county },
  ]
}

/** First pages of every size around the list's own length, from the beginning and from within. */
export const boundaries: Check = async (w, which) => {
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
export const walks: Check = async (w, which) => {
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
export const backwards: Check = async (w, which) => {
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
