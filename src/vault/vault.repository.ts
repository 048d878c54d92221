import type { ClosedRealm } from '../core/actor'
import type { Database } from '../database/database'
import { insideRealms } from '../database/realms'
import type { Transaction } from '../database/transaction'
import type { KeyPurpose, WrappedKey } from './keyring'

/** A row of `vault_value`, with the key that it was sealed with. */
export interface StoredValue {
  readonly realm: ClosedRealm
  readonly table_name: string
  readonly row_id: string
  readonly column_name: string
  readonly algorithm: string
  readonly nonce: Buffer
  readonly tag: Buffer
  readonly ciphertext: Buffer
  readonly key_id: string
}

const KEY = 'id, realm, purpose, generation, algorithm, wrapped_by, nonce, tag, wrapped'

export const allKeys = (db: Database, realms: readonly ClosedRealm[]): Promise<WrappedKey[]> =>
  insideRealms(db.reads, realms, async client => (await client.query<WrappedKey>(`SELECT ${KEY} FROM vault_key ORDER BY realm, purpose, generation`)).rows)

export const keysOf = (tx: Transaction, ids: readonly string[]): Promise<WrappedKey[]> => tx.rows<WrappedKey>(`SELECT ${KEY} FROM vault_key WHERE id = ANY($1::uuid[])`, [ids])

/** The newest key of a realm and purpose; null when there is none yet. */
export const newestKey = (tx: Transaction, realm: ClosedRealm, purpose: KeyPurpose): Promise<WrappedKey | null> =>
  tx.row<WrappedKey>(`SELECT ${KEY} FROM vault_key WHERE realm = $1 AND purpose = $2 ORDER BY generation DESC LIMIT 1`, [realm, purpose])

/** Keeps a new key; of two that come at once for the same generation the first stays. */
export async function addKey(tx: Transaction, k: WrappedKey): Promise<void> {
  await tx.rows(`INSERT INTO vault_key (${KEY}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (realm, purpose, generation) DO NOTHING`,
    [k.id, k.realm, k.purpose, k.generation, k.algorithm, k.wrapped_by, k.nonce, k.tag, k.wrapped])
}

/** Keys that another key-encryption key wraps, kept for this transaction. */
export const keysNotWrappedBy = (tx: Transaction, wrappedBy: string): Promise<WrappedKey[]> =>
  tx.rows<WrappedKey>(`SELECT ${KEY} FROM vault_key WHERE wrapped_by <> $1 ORDER BY id FOR UPDATE`, [wrappedBy])

export async function replaceWrapping(tx: Transaction, k: WrappedKey): Promise<void> {
  await tx.rows('UPDATE vault_key SET algorithm = $2, wrapped_by = $3, nonce = $4, tag = $5, wrapped = $6 WHERE id = $1', [k.id, k.algorithm, k.wrapped_by, k.nonce, k.tag, k.wrapped])
}

const VALUE = 'table_name, row_id, column_name, realm, algorithm, key_id, nonce, tag, ciphertext'

/** Values of one realm: what was there in their places is replaced. */
export async function putValues(tx: Transaction, values: readonly StoredValue[]): Promise<void> {
  const column = (name: keyof StoredValue): unknown[] => values.map(v => v[name])
  await tx.rows(
    `INSERT INTO vault_value (${VALUE})
     SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::bytea[], $8::bytea[], $9::bytea[])
     ON CONFLICT (row_id, table_name, column_name) DO UPDATE SET
       algorithm = excluded.algorithm, key_id = excluded.key_id, nonce = excluded.nonce, tag = excluded.tag, ciphertext = excluded.ciphertext, sealed_at = now()`,
    (['table_name', 'row_id', 'column_name', 'realm', 'algorithm', 'key_id', 'nonce', 'tag', 'ciphertext'] as const).map(column))
}

export const findValues = (tx: Transaction, realm: ClosedRealm, table: string, rowIds: readonly string[], columns: readonly string[]): Promise<StoredValue[]> =>
  tx.rows<StoredValue>(`SELECT ${VALUE} FROM vault_value WHERE row_id = ANY($3::uuid[]) AND table_name = $2 AND realm = $1 AND column_name = ANY($4::text[])`, [realm, table, rowIds, columns])

/** Values of a realm that are not sealed with this key, locked. */
export const valuesNotUnder = (tx: Transaction, realm: ClosedRealm, keyId: string, most: number): Promise<StoredValue[]> =>
  tx.rows<StoredValue>(`SELECT ${VALUE} FROM vault_value WHERE realm = $1 AND key_id <> $2 ORDER BY row_id, table_name, column_name LIMIT $3 FOR UPDATE`, [realm, keyId, most])

/** Destroys data keys that no value needs any more, once nobody can still be sealing with them. Returns their ids. */
export async function dropUnusedKeys(tx: Transaction, realm: ClosedRealm): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `DELETE FROM vault_key k WHERE k.realm = $1 AND k.purpose = 'DATA' AND NOT EXISTS (SELECT FROM vault_value v WHERE v.key_id = k.id)
       AND EXISTS (SELECT FROM vault_key newer WHERE newer.realm = k.realm AND newer.purpose = k.purpose AND newer.generation > k.generation AND newer.created_at < now() - interval '1 hour')
     RETURNING k.id`, [realm])
  return rows.map(r => r.id)
}

export interface Reading {
  readonly id: string
  readonly realm: ClosedRealm
  readonly table: string
  readonly row: string
  readonly columns: readonly string[]
  readonly unitId: string
  readonly reason: string
}

/** Logs readings; throws when it cannot. */
export async function logReadings(tx: Transaction, readings: readonly Reading[]): Promise<void> {
  const { actor, requestId, address } = tx.origin
  await tx.rows(
    `INSERT INTO vault_read (id, realm, table_name, row_id, columns, unit_id, reason, actor, command, request_id, address)
     SELECT r.id, r.realm, r."table", r."row", r.columns, r."unitId", r.reason, $2, $3, $4, $5
     FROM jsonb_to_recordset($1::jsonb) r (id uuid, realm text, "table" text, "row" uuid, columns text[], "unitId" uuid, reason text)`,
    [JSON.stringify(readings), actor.ref, tx.command, requestId, address])
}

export interface KeyStatus {
  readonly realm: string
  readonly purpose: string
  readonly generation: number
  readonly algorithm: string
  readonly wrapped_by: string
  readonly created_at: string
  readonly values: number
}

export const keyStatus = (db: Database, realms: readonly ClosedRealm[]): Promise<KeyStatus[]> =>
  insideRealms(db.reads, realms, async client => (await client.query<KeyStatus>(
    `SELECT k.realm, k.purpose, k.generation, k.algorithm, k.wrapped_by, k.created_at::text, (SELECT count(*)::int FROM vault_value v WHERE v.key_id = k.id) AS values
     FROM vault_key k ORDER BY k.realm, k.purpose, k.generation`)).rows)
