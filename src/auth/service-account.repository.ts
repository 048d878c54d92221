import type { Actor, Realm, Role } from '../core/actor'
import type { Database } from '../database/database'
import { actorWith, isLarge } from './actor.repository'
import { sameHash, type ServiceKey } from './service-key'

/** What a machine may be, and in which realm: tools that read figures, and tools that bring catalogs. Nothing that decides, and no closed realm. */
export const MACHINE_ROLES: Readonly<Partial<Record<Role, readonly Realm[]>>> = Object.freeze({
  REPORTING_CLIENT: ['REGISTERS'],
  SECTOR_MAINTAINER: ['REGISTERS'],
})
export const fitsMachines = (role: Role, realm: Realm): boolean => MACHINE_ROLES[role]?.includes(realm) ?? false

export const serviceRef = (accountId: string): string => `service:${accountId}`

export interface ServiceFound {
  readonly actor: Actor
  /** Row id of the key that was used. */
  readonly keyId: string
  /** Milliseconds since 1970 from which the key no longer works. */
  readonly ends: number
}

interface KeyRow { key_id: string; hash: string; ends: number; account_id: string; role: Role; realm: Realm; path: string; large: boolean | null }

/** The account that a key opens now. Null alike for a key that is unknown, wrong, revoked or expired, and for a revoked account. */
export async function loadService(db: Database, key: ServiceKey): Promise<ServiceFound | null> {
  const [row] = await db.rows<KeyRow>(`
    SELECT k.id AS key_id, k.hash, (extract(epoch FROM k.expires_at) * 1000)::float8 AS ends, a.id AS account_id, a.role, a.realm, u.path, ${isLarge('u.path')} AS large
    FROM service_account_key k JOIN service_account a ON a.id = k.service_account_id JOIN unit u ON u.id = a.unit_id
    WHERE k.name = $1 AND k.revoked_at IS NULL AND k.expires_at > now() AND a.revoked_at IS NULL`, [key.name])
  if (!row || !sameHash(row.hash, key.hash)) return null
  // Asked again here: an account does not keep what machines may no longer be.
  const roles = fitsMachines(row.role, row.realm) ? [{ role: row.role, path: row.path }] : []
  return { actor: actorWith({ ref: serviceRef(row.account_id), personId: null }, roles, row.large ? [row.path] : []), keyId: row.key_id, ends: row.ends }
}
