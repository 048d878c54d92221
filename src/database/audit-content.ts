import { createHash } from 'node:crypto'
import { Json, type Values } from './values'

/** Columns whose values never stand in the audit log: a hash proves what they were without telling it. */
const PERSONAL: Record<string, readonly string[]> = {
  person: ['display_name', 'staff_no'],
  service_account_key: ['hash'],
}

const digest = (v: unknown): string => 'sha256:' + createHash('sha256').update(JSON.stringify(v)).digest('hex')

/** The values of a row as the audit log keeps them. */
export function auditable(table: string, row: Values): Values {
  const hidden = PERSONAL[table] ?? []
  return Object.fromEntries(Object.entries(row).map(([k, v]) => {
    const value = v instanceof Json ? v.value : v
    return [k, hidden.includes(k) && value != null ? digest(value) : value]
  }))
}

/** What the audit log keeps of many rows written at once: how many, which, and a hash of all of them. */
export function batchDigest(rows: readonly Values[]): Values {
  const data = rows.map(r => Object.fromEntries(Object.entries(r).map(([k, v]) => [k, v instanceof Json ? v.value : v])))
  return { count: rows.length, ids: rows.map(r => r['id']).filter(Boolean), digest: digest(data) }
}
