import assert from 'node:assert/strict'
import { permits } from '../../../src/core/permission'
import { sidePaths } from '../../../src/database/sides'
import { allowedCommands, type Held, type Machine } from '../../../src/core/states'
import { HOSTILE } from '../reading-fixture'
import { ACTORS, COUNTY, type ReadingWorld, type Which } from '../reading-world'
import { page, scopeSql, type Check, type PageOf } from './asking'

/** Each operator against the same question asked in JavaScript. */
export const filters: Check = async (w, which) => {
  const actor = ACTORS.city
  const rows = await w.facts<Record<string, never>>(`SELECT t.*, t.review_due_on::text AS due, u.path FROM risk_point t JOIN unit u ON u.id = t.unit_id WHERE ${scopeSql(actor, 'u.path')}`)
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
  const instants = await w.facts<{ at: string }>(`SELECT t.rated_at AS at FROM risk_rating t JOIN unit u ON u.id = t.unit_id WHERE ${scopeSql(actor, 'u.path')}`)
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
  const units = await w.facts<{ name_zh: string; name_pinyin: string; name_initials: string; sector_codes: string[]; uscc: string | null }>(`SELECT * FROM unit WHERE ${scopeSql(ACTORS.city, 'path')}`)
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
export const values: Check = async (w, which) => {
  const risks = await w.facts<{ id: string; description_zh: string; inherent_level: string | null; inherent_likelihood: number; ms: string }>(
    `SELECT r.*, floor(extract(epoch FROM r.updated_at) * 1000) AS ms FROM risk_point r JOIN unit u ON u.id = r.unit_id WHERE u.path LIKE '${COUNTY}%' ORDER BY r.id LIMIT 60`)
  const found = await page(w, which, { of: 'riskPoints', ids: [], actor: ACTORS.county }, 'first: 60', 'nodes { id description updatedAt inherent { likelihood level __typename } residual { score } }')
  assert.deepEqual(found.nodes.map(n => { const { id, description, updatedAt, inherent } = n as Row; return { id: id.slice(-36), description, updatedAt, inherent } }), risks.map(r => ({
    id: r.id, description: r.description_zh, updatedAt: new Date(Number(r.ms)).toISOString(),
    inherent: r.inherent_level === null ? null : { likelihood: r.inherent_likelihood, level: r.inherent_level, __typename: 'Rating' },
  })))
  const contracts = await w.facts<Record<string, unknown>>(`SELECT c.*, c.amount::text AS amount, c.term_from::text AS term_from FROM sample.contract c JOIN unit u ON u.id = c.unit_id WHERE ${scopeSql(ACTORS.severalWide, 'u.path')} ORDER BY c.amount DESC, c.id LIMIT 50`)
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
export const commands: Check = async (w, which) => {
  for (const name of ['city', 'county', 'several'] as const) {
    const actor = ACTORS[name]
    for (const { noun } of w.model.nouns.values()) {
      const column = noun.columns['allowedCommands']
      if (column?.kind !== 'commands' || !noun.root?.many || !permits(noun.permission, actor)) continue
      const at = column.at ?? (noun.scope.by === 'unit' ? noun.scope.column : 'id')
      const paths = new Map((await w.facts<{ id: string; path: string; state: string; row: Held; variant: string; open: boolean }>(
        `SELECT t.id, u.path, t.state, to_jsonb(t) AS row, ${column.variants ? `t.${column.variants.column}` : `''`} AS variant,
           ${column.while ? `(SELECT p.${column.while.column} = '${column.while.is}' FROM ${column.while.table} p WHERE p.id = t.${column.while.key})` : 'true'} AS open FROM ${noun.table} t JOIN unit u ON u.id = t.${at}`)).map(r => [r.id, r]))
      const { nodes } = await page(w, which, { of: noun.root.many, on: noun.root.namespace, ids: [], actor }, 'first: 100', 'nodes { id allowedCommands }')
      for (const node of nodes as unknown as { id: string; allowedCommands: string[] }[]) {
        const { path, state, row, variant, open } = paths.get(node.id.slice(-36))!
        const machine: Machine = column.variants?.machines[variant] ?? column.machine
        const sides = await sidePaths({ rows: (text, values) => w.facts(text, [...values]) }, machine, row)
        assert.deepEqual(node.allowedCommands, !open ? [] : allowedCommands(machine, row, { actor, path, sides }), `${name}: ${node.id} ${state} on ${path}`)
      }
    }
  }
}

/** Ancestors: the chain as far as it is seen, outermost first. */
export const ancestors: Check = async (w, which) => {
  for (const [actor, top] of [[ACTORS.county, COUNTY], [ACTORS.root, '/51/']] as const) {
    const units = await w.facts<{ code: string; path: string }>(`SELECT code, path FROM unit WHERE path LIKE '${COUNTY}510801-T%' ORDER BY id`)
    for (const { code, path } of units.slice(0, 12)) {
      const data = await w.data<{ unitByCode: { ancestors: { path: string }[] } }>(which, `{ unitByCode(code: "${code}") { ancestors { path } } }`, { actor })
      const parts = path.split('/').filter(Boolean)
      const expected = parts.slice(0, -1).map((_, i) => `/${parts.slice(0, i + 1).join('/')}/`).filter(p => p.startsWith(top) || top === '/51/')
      assert.deepEqual(data.unitByCode.ancestors.map(a => a.path), expected)
    }
  }
}

type Row = { id: string; [field: string]: unknown }
