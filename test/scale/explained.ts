import type { ClosedRealm } from '../../src/core/actor'
import type { Database } from '../../src/database/database'
import { watchStatements } from '../support/watch-statements'

interface Sent {
  readonly text: string
  readonly values: readonly unknown[]
}
export interface Plan {
  readonly text: string
  /** Tables that are read from end to end. */
  readonly scanned: readonly string[]
  /** Blocks of 8 KB that were looked at. */
  readonly blocks: number
  /** `Index Only Scan power_unit_idx`, each once. */
  readonly by: readonly string[]
  /** Steps that keep rows in case the same question comes again. */
  readonly memoized: number
}
interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly 'Actual Loops': number
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly 'Actual Rows': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly PlanNode[]
}

/** What the server sends on its pool for reads while `work` runs. */
async function sentBy(db: Database, work: () => Promise<unknown>): Promise<Sent[]> {
  const { statements } = await watchStatements(db.reads, work)
  return statements.map(({ text, statements: [only] = [] }) => ({ text, values: only?.values ?? [] }))
}

const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `'{${value.map(v => `"${String(v)}"`).join(',')}}'`
  return `'${String(value).replaceAll(`'`, `''`)}'`
}

/** The plans of these statements as the pool for reads plans them: prepared, so that the generic plan is the one that is shown. `realms`: those that they read rows of. */
export async function explained(db: Database, work: () => Promise<unknown>, realms: readonly ClosedRealm[] = []): Promise<Plan[]> {
  const plans: Plan[] = []
  for (const { text, values } of await sentBy(db, work)) {
    if (!/^\s*(SELECT|WITH)/.test(text)) continue
    const client = await db.reads.connect()
    try {
      await client.query(`SET plumbline.realms = '${realms.join()}'`)
      await client.query(`PREPARE explained AS ${text}`)
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) EXECUTE explained${values.length ? `(${values.map(literal).join(', ')})` : ''}`)
      const [{ Plan: root }] = rows[0]!['QUERY PLAN']
      plans.push({ text, scanned: scannedIn(root), blocks: root['Shared Hit Blocks'] + root['Shared Read Blocks'], by: [...new Set(indexesIn(root))], memoized: memoizedIn(root) })
    } finally {
      await client.query('DEALLOCATE explained; RESET plumbline.realms')
      client.release()
    }
  }
  return plans
}

/** A whole index without a condition is a whole table, too, unless a LIMIT above it stopped early. */
function scannedIn(node: PlanNode): string[] {
  const table = node['Relation Name']
  const passed = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)
  const whole = node['Node Type'] === 'Seq Scan' || (/Index/.test(node['Node Type']) && node['Index Cond'] === undefined && passed > 10_000)
  return [...(table && whole && node['Actual Loops'] > 0 ? [table] : []), ...(node.Plans ?? []).flatMap(scannedIn)]
}

const indexesIn = (node: PlanNode): string[] => [...(node['Index Name'] ? [`${node['Node Type']} ${node['Index Name']}`] : []), ...(node.Plans ?? []).flatMap(indexesIn)]
const memoizedIn = (node: PlanNode): number => (node['Node Type'] === 'Memoize' ? 1 : 0) + (node.Plans ?? []).reduce((n, below) => n + memoizedIn(below), 0)
