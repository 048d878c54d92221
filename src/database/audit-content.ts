import { createHmac, randomBytes, type Hmac } from 'node:crypto'
import type { Database } from './database'
import { Json, type Values } from './values'

/** Columns whose values never stand in the audit log: a keyed hash proves what they were without telling it. */
const PERSONAL: Record<string, readonly string[]> = {
  person: ['display_name', 'staff_no'],
  service_account_key: ['hash'],
  // Whom a clue is about, what a request says of it, and how a reporter's code may be told.
  clue_subject_unit: ['subject_unit_id'],
  clue_subject_person: ['person_id'],
  clue_receipt: ['lookup', 'digest'],
  identity_release: ['reason', 'opinion'],
}
export const isPersonal = (table: string, column: string): boolean => PERSONAL[table]?.includes(column) ?? false

// Names are few: whoever has the log could hash all of them and compare. So the key is no part of the log, nor of what is exported of it.
let key = randomBytes(32)

/** From here on this process hashes with the database's own key, as every other instance does. */
export async function useDigestKey(db: Database): Promise<void> {
  key = Buffer.from((await db.rows<{ key: string }>('SELECT key FROM audit_digest_key'))[0]!.key, 'hex')
}

/** A hash in the making; `textOf` it when everything was put in. */
export const keyedHash = (): Hmac => createHmac('sha256', key)
export const textOf = (hash: Hmac): string => `hmac-sha256:${hash.digest('hex')}`
const digest = (value: unknown): string => textOf(keyedHash().update(JSON.stringify(value)))

/** The values of a row as the audit log keeps them. The same name in two rows has two hashes: nobody can tell that it is the same. */
export function auditable(table: string, id: string | null, row: Values): Values {
  const hidden = PERSONAL[table] ?? []
  return Object.fromEntries(Object.entries(row).map(([k, v]) => {
    const value = v instanceof Json ? v.value : v
    return [k, hidden.includes(k) && value != null ? digest([table, k, id, value]) : value]
  }))
}

/** What the audit log keeps of many rows written at once: how many, which, and a hash of all of them. */
export function batchDigest(rows: readonly Values[]): Values {
  const data = rows.map(r => Object.fromEntries(Object.entries(r).map(([k, v]) => [k, v instanceof Json ? v.value : v])))
  return { count: rows.length, ids: rows.map(r => r['id']).filter(Boolean), digest: digest(data) }
}
