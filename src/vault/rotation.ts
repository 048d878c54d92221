import { CLOSED_REALMS, systemActor, type ClosedRealm } from '../core/actor'
import type { Origin } from '../core/request'
import { runCommand } from '../database/command'
import type { Database } from '../database/database'
import { enterRealms } from '../database/realms'
import { vaultOf } from './vault'
import { addKey, dropUnusedKeys, keysNotWrappedBy, keysOf, newestKey, putValues, replaceWrapping, valuesNotUnder } from './vault.repository'

const BATCH = 200

/** Wraps every data key with the current key-encryption key; the previous one is needed no more. Returns how many were wrapped anew. */
export function rewrapKeys(db: Database, origin: Origin): Promise<number> {
  const { keyring } = vaultOf(db)
  return runCommand(db, origin, 'rewrapVaultKeys', {}, async tx => {
    await enterRealms(tx, ...CLOSED_REALMS)
    const rows = await keysNotWrappedBy(tx, keyring.currentId)
    for (const row of rows) await replaceWrapping(tx, keyring.rewrap(row))
    if (rows.length) tx.audit('vault_key', null, null, { wrappedBy: keyring.currentId, keys: rows.map(r => r.id) })
    return rows.length
  })
}

export interface Rotated {
  readonly realm: ClosedRealm
  readonly generation: number
  readonly values: number
  /** Keys of earlier generations that were destroyed. */
  readonly dropped: number
}

/**
 * A new data key for every realm that has one, and every value under it. What an earlier run left undone is finished first, and instead of
 * beginning again. Values stay readable throughout, and several servers may go on sealing meanwhile.
 */
export async function rotateDataKeys(db: Database, origin: Origin): Promise<Rotated[]> {
  const rotated: Rotated[] = []
  for (const realm of CLOSED_REALMS) {
    const begun = await beginGeneration(db, origin, realm)
    if (begun) rotated.push(await resealRealm(db, origin, realm))
  }
  return rotated
}

/** Finishes what a rotation left: values that were being sealed while it ran, and keys that were still too young to destroy. */
export async function finishRotation(db: Database): Promise<void> {
  for (const realm of CLOSED_REALMS) await resealRealm(db, TIDYING, realm)
}

const TIDYING: Origin = Object.freeze({ actor: systemActor('vault'), requestId: 'vault', address: null })

/** False when the realm has no key yet. */
function beginGeneration(db: Database, origin: Origin, realm: ClosedRealm): Promise<boolean> {
  return runCommand(db, origin, 'rotateDataKeys', {}, async tx => {
    await enterRealms(tx, realm)
    const newest = await newestKey(tx, realm, 'DATA')
    if (!newest) return false
    if ((await valuesNotUnder(tx, realm, newest.id, 1)).length) return true
    const key = vaultOf(db).keyring.make(realm, 'DATA', newest.generation + 1)
    await addKey(tx, key)
    tx.audit('vault_key', key.id, null, { realm, generation: key.generation })
    return true
  })
}

async function resealRealm(db: Database, origin: Origin, realm: ClosedRealm): Promise<Rotated> {
  for (let values = 0; ;) {
    const batch = await resealBatch(db, origin, realm)
    values += batch.values
    if (batch.values < BATCH) return { ...batch, values }
  }
}

function resealBatch(db: Database, origin: Origin, realm: ClosedRealm): Promise<Rotated> {
  const vault = vaultOf(db)
  return runCommand(db, origin, 'resealValues', {}, async tx => {
    await enterRealms(tx, realm)
    const to = await newestKey(tx, realm, 'DATA')
    if (!to) return { realm, generation: 0, values: 0, dropped: 0 }
    const values = await valuesNotUnder(tx, realm, to.id, BATCH)
    const keys = new Map((await keysOf(tx, [...new Set(values.map(v => v.key_id))])).map(k => [k.id, k]))
    if (values.length) await putValues(tx, values.map(v => vault.resealed(keys.get(v.key_id)!, to, v)))
    const dropped = values.length < BATCH ? await dropUnusedKeys(tx, realm) : []
    if (values.length || dropped.length) tx.audit('vault_key', to.id, null, { realm, generation: to.generation, resealed: values.length, dropped })
    return { realm, generation: to.generation, values: values.length, dropped: dropped.length }
  })
}
