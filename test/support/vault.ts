import { createSecretKey, randomBytes } from 'node:crypto'
import type { Database } from '../../src/database/database'
import { Vault, type KeyEncryptionKeys } from '../../src/vault'

export const newKek = (id = randomBytes(8).toString('hex')): KeyEncryptionKeys['current'] => ({ id, key: createSecretKey(randomBytes(32)) })

/** Opens the vault of a test's database, with a key of its own unless given. */
export const openTestVault = (db: Database, current = newKek(), previous: KeyEncryptionKeys['previous'] = null): Promise<Vault> => Vault.open(db, { current, previous })
