// One adapter = how to start (or reach) a server and how each query of the workload is said to it.
import fs from 'node:fs'; import path from 'node:path'; import { randomUUID } from 'node:crypto'
export const get = (o, p) => p ? p.split('.').reduce((x, k) => x?.[k], o) : o
const fill = (t, v) => t === '$uuid' ? '__UUID__' : typeof t === 'string' && t[0] === '$' ? v[t.slice(1)] ?? null : Array.isArray(t) ? t.map(x => fill(x, v)) : t && typeof t === 'object' ? Object.fromEntries(Object.entries(t).map(([k, x]) => [k, fill(x, v)])) : t
export const bodyOf = (a, q, v) => JSON.stringify(a.queries[q].body ? fill(a.queries[q].body, v) : { query: a.queries[q].query, variables: fill(a.queries[q].variables ?? {}, v) })
export async function ask(a, q, v) {
  const r = await fetch(a.url, { method: 'POST', headers: { 'content-type': 'application/json', connection: 'close', ...a.headers }, body: bodyOf(a, q, v).replaceAll('__UUID__', () => randomUUID()) }), text = await r.text()
  let j; try { j = JSON.parse(text) } catch { throw new Error(`${a.name} ${q}: ${r.status} ${text.slice(0, 300)}`) }
  if (!r.ok || j?.errors) throw new Error(`${a.name} ${q}: ${r.status} ${text.slice(0, 500)}`)
  const s = a.queries[q], value = get(j, s.result)
  return { value: a.normalize ? a.normalize(q, value) : value, cursor: s.cursor && get(j, s.cursor), hasNext: s.hasNext && get(j, s.hasNext) }
}
export async function readAdapter(file) {
  const a = JSON.parse(fs.readFileSync(file, 'utf8')); a.dir = path.dirname(path.resolve(file))
  if (a.normalize) a.normalize = (await import(path.resolve(a.dir, a.normalize))).default
  if (a.prepare) a.prepare = (await import(path.resolve(a.dir, a.prepare))).default
  return a
}
// Equality: same order, same values on every key the limit gives; {nodes} and {edges:[{node}]} count as lists, numbers as numbers whatever their type, null list = [].
const plain = x => Array.isArray(x) ? x.map(plain) : x && typeof x === 'object' ? (x.edges ? plain(x.edges.map(e => e.node)) : x.nodes && Object.keys(x).length === 1 ? plain(x.nodes) : Object.fromEntries(Object.entries(x).map(([k, v]) => [k, plain(v)])))
  : typeof x === 'number' || typeof x === 'string' && /^-?\d{1,9}(\.\d+)?$/.test(x) ? Math.round(+x * 1e6) / 1e6 : x
const sortRows = (q, x) => q === 'Q4' ? [...x].sort((a, b) => a.childId - b.childId || (a.sector < b.sector ? -1 : a.sector > b.sector ? 1 : a.level < b.level ? -1 : 1)) : x
export function difference(q, want, got) {
  const walk = (a, b, at) => {
    if (a && typeof a === 'object') {
      if (!b || typeof b !== 'object') return `${at}: want ${JSON.stringify(a).slice(0, 80)}, got ${JSON.stringify(b)}`
      if (Array.isArray(a) && a.length !== b.length) return `${at}: want ${a.length} rows, got ${b.length}`
      for (const k of Object.keys(a)) { const d = walk(a[k], b[k], `${at}.${k}`); if (d) return d }
    } else if (a !== b && !(a == null && b == null)) return `${at}: want ${JSON.stringify(a)}, got ${JSON.stringify(b)}`
  }
  return walk(sortRows(q, plain(want ?? [])), sortRows(q, plain(got ?? [])), q)
}
