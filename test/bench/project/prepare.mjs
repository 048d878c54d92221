// (work, adapter) => work: the benchmark's ids become the product's, and the token is put into the headers.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { bodyOf } from '../lib/adapter.mjs'
import * as known from './ids.mjs'

const home = path.join(process.env.BENCH_HOME ?? path.join(os.tmpdir(), 'plumbline-bench'), 'project')
const scale = process.argv.includes('--scale') ? process.argv[process.argv.indexOf('--scale') + 1] : 'demo'
const connect = database => new pg.Pool({ connectionString: `postgres://postgres@127.0.0.1:${process.env.BENCH_PGPORT ?? 55432}/${database}`, max: 2 })

export default async function prepare(work, adapter) {
  adapter.headers = { authorization: `Bearer ${fs.readFileSync(path.join(home, 'token'), 'utf8')}` }
  const [bench, ours] = [connect(`bench_${scale}`), connect(`plumbline_${scale}`)]
  const map = async (into, prefix, theirs, mine) => {
    const codes = new Map((await bench.query({ text: theirs, rowMode: 'array' })).rows.map(([id, code]) => [code, id]))
    const ids = new Map()
    for (const [id, code] of (await ours.query({ text: mine, rowMode: 'array' })).rows) {
      into.set(`${prefix}_${id}`, codes.get(code))
      ids.set(codes.get(code), `${prefix}_${id}`)
    }
    return ids
  }
  const unit = await map(known.unit, 'unit', 'SELECT id, code FROM units', 'SELECT id, code FROM unit')
  const power = await map(known.power, 'pw', `SELECT id, 'W' || id FROM powers`, 'SELECT id, code FROM power')
  const risk = await map(known.risk, 'rp', `SELECT id, 'R' || id FROM risk_points WHERE id <= (SELECT max_risk FROM bench_base)`, 'SELECT id, code FROM risk_point')
  await map(known.control, 'ctl', `SELECT id, 'C' || id FROM controls`, 'SELECT id, code FROM control')
  const post = await postsOf(ours)
  const cursor = await cursorsOf(adapter, unit, work.Q6.map(v => v.afterId))
  await Promise.all([bench.end(), ours.end()])
  return {
    ...work,
    Q1: work.Q1.map(v => ({ id: unit.get(v.id) })), Q2: work.Q2.map(v => ({ id: unit.get(v.id) })), Q3: work.Q3.map(v => ({ ...v, rootId: unit.get(v.rootId) })),
    Q4: work.Q4.map(v => ({ cityId: unit.get(v.cityId) })), Q6: work.Q6.map(v => ({ after: cursor.get(v.afterId) })),
    W1: work.W1.map(v => ({ ...v, powerId: power.get(v.powerId), riskOwnerId: post(power.get(v.powerId), '经办人'), controlOwnerId: post(power.get(v.powerId), v.ownerPost) })),
    W2: work.W2.map(v => ({ ...v, id: risk.get(v.id) })),
  }
}

/** Posts of the unit that holds a power, by name. */
async function postsOf(ours) {
  const { rows } = await ours.query({ text: `SELECT 'pw_' || p.id, o.name_zh, 'pos_' || o.id FROM power p JOIN position o ON o.unit_id = p.unit_id`, rowMode: 'array' })
  const posts = new Map(rows.map(([powerId, name, id]) => [`${powerId} ${name}`, id]))
  return (powerId, name) => posts.get(`${powerId} ${name}`)
}

/** "The 100 units after this one": the list goes by id, so the cursor of a unit is what `units` tells of it. */
async function cursorsOf(adapter, unit, ids) {
  const cursors = new Map()
  const queries = { queries: { C: { query: 'query C($id: ID!) { units(first: 1, filter: { unit: { eq: $id } }) { pageInfo { endCursor } } }', variables: { id: '$id' } } } }
  for (const id of new Set(ids)) {
    const answer = await fetch(adapter.url, { method: 'POST', headers: { 'content-type': 'application/json', ...adapter.headers }, body: bodyOf(queries, 'C', { id: unit.get(id) }) })
    cursors.set(id, (await answer.json()).data.units.pageInfo.endCursor)
  }
  return cursors
}
