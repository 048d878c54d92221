import { createHmac, randomBytes } from 'node:crypto'
import { CLOSED_REALMS, opens, type ClosedRealm } from '../core/actor'
import { AppError, badInput } from '../core/errors'
import { newId } from '../core/ids'
import { isWellFormed } from '../core/well-formed'
import type { Database } from '../database/database'
import { enterRealms } from '../database/realms'
import type { Transaction } from '../database/transaction'
import { CIPHER, cipherNamed, contextOf } from './ciphers'
import { Keyring, type KeyPurpose, type WrappedKey } from './keyring'
import type { KeyEncryptionKeys } from './key-encryption-key'
import { addKey, allKeys, findValues, keysOf, logReadings, newestKey, putValues, type StoredValue } from './vault.repository'

/** The row that values belong to. */
export interface SealedRow {
  readonly realm: ClosedRealm
  readonly table: string
  readonly id: string
}

/** A row as somebody wants to read it. */
export interface GuardedRow extends SealedRow {
  readonly unitId: string
  readonly unitPath: string
  /** Who brought it in may read it, too. */
  readonly author: string | null
}

export type Opened = Readonly<Record<string, Buffer>>

/**
 * Values of closed realms: sealed for one place (realm, table, row, column), so that a value moved elsewhere cannot be opened, and read only
 * by those who may, with a reason, after that was logged in the same transaction. What a reading returns must not leave before the commit.
 */
export class Vault {
  private constructor(private readonly ring: Keyring) {}

  /** The vault of a database. Throws a sentence, and changes nothing, when its keys are wrapped by a key that is not given. */
  static async open(db: Database, keys: KeyEncryptionKeys): Promise<Vault> {
    const vault = new Vault(new Keyring(keys))
    vault.ring.verify(await allKeys(db, CLOSED_REALMS))
    vaults.set(db, vault)
    return vault
  }

  /** Seals values of a row, in place of those that it had. The audit log learns that, not what. */
  async seal(tx: Transaction, row: SealedRow, values: Readonly<Record<string, string | Buffer>>): Promise<void> {
    await enterRealms(tx, row.realm)
    const key = await this.current(tx, row.realm, 'DATA')
    await putValues(tx, Object.entries(values).map(([column, value]) => {
      const plain = Buffer.from(value)
      const sealed = this.sealed(key, { ...row, column }, plain)
      plain.fill(0)
      return sealed
    }))
    tx.audit('vault_value', row.id, null, { realm: row.realm, table: row.table, columns: Object.keys(values), key: key.id })
  }

  /**
   * Reads values of one or several rows of a table for the actor of the command. Whoever may not read one of them gets none; a value that is
   * not there is missing in the answer.
   */
  async read(tx: Transaction, rows: readonly GuardedRow[], columns: readonly string[], reason: string | null | undefined): Promise<Map<string, Opened>> {
    const { actor } = tx.origin
    for (const row of rows) if (row.author !== actor.ref && !opens(actor, row.realm, row.unitPath)) throw new AppError('FORBIDDEN', 'You may not read this.', { messageKey: 'forbidden' })
    const why = checkReason(reason)
    const opened = new Map<string, Opened>()
    for (const group of grouped(rows)) {
      const [{ realm, table }] = group as [GuardedRow]
      await enterRealms(tx, realm)
      await logReadings(tx, group.map(row => ({ id: newId(), realm, table, row: row.id, columns, unitId: row.unitId, reason: why })))
      for (const row of group) tx.audit(table, row.id, null, { opened: true, realm, columns, reason: why, unit_id: row.unitId })
      const values = await findValues(tx, realm, table, group.map(r => r.id), columns)
      const keys = new Map((await keysOf(tx, [...new Set(values.map(v => v.key_id))])).map(k => [k.id, k]))
      for (const row of group) opened.set(row.id, Object.fromEntries(values.filter(v => v.row_id === row.id).map(v => [v.column_name, this.opened(keys.get(v.key_id)!, v)])))
    }
    return opened
  }

  /** A text that equal values of a realm share and that tells nothing of them: to find the same again without opening anything. */
  async digest(tx: Transaction, realm: ClosedRealm, ...parts: readonly string[]): Promise<string> {
    await enterRealms(tx, realm)
    return createHmac('sha256', this.ring.keyOf(await this.current(tx, realm, 'INDEX'))).update(contextOf('index', ...parts)).digest('hex')
  }

  /** The same value under another key of its realm. */
  resealed(from: WrappedKey, to: WrappedKey, value: StoredValue): StoredValue {
    const plain = this.opened(from, value)
    try {
      return this.sealed(to, { realm: value.realm, table: value.table_name, id: value.row_id, column: value.column_name }, plain)
    } finally {
      plain.fill(0)
    }
  }

  get keyring(): Keyring {
    return this.ring
  }

  private async current(tx: Transaction, realm: ClosedRealm, purpose: KeyPurpose): Promise<WrappedKey> {
    const found = await newestKey(tx, realm, purpose)
    if (found) return found
    await addKey(tx, this.ring.make(realm, purpose, 1))
    return (await newestKey(tx, realm, purpose))!
  }

  private sealed(key: WrappedKey, at: SealedRow & { column: string }, plain: Buffer): StoredValue {
    const place = { realm: at.realm, table_name: at.table, row_id: at.id, column_name: at.column, algorithm: CIPHER.name, key_id: key.id }
    const nonce = randomBytes(CIPHER.nonceBytes)
    const { tag, bytes } = CIPHER.seal(this.ring.keyOf(key), nonce, contextOfValue(place), plain)
    return { ...place, nonce, tag, ciphertext: bytes }
  }

  private opened(key: WrappedKey, value: StoredValue): Buffer {
    try {
      return cipherNamed(value.algorithm).open(this.ring.keyOf(key), { nonce: value.nonce, tag: value.tag, bytes: value.ciphertext }, contextOfValue(value))
    } catch (cause) {
      throw new Error(`The sealed value ${value.table_name}.${value.column_name} of the row ${value.row_id} is not as it was sealed.`, { cause })
    }
  }
}

const contextOfValue = (v: Pick<StoredValue, 'realm' | 'table_name' | 'row_id' | 'column_name' | 'algorithm' | 'key_id'>): Buffer =>
  contextOf('value', v.realm, v.table_name, v.row_id, v.column_name, v.algorithm, v.key_id)

/** Rows of one realm and table at a time. */
function grouped(rows: readonly GuardedRow[]): GuardedRow[][] {
  const groups = new Map<string, GuardedRow[]>()
  for (const row of rows) groups.set(`${row.realm} ${row.table}`, [...(groups.get(`${row.realm} ${row.table}`) ?? []), row])
  return [...groups.values()]
}

export const REASON_MAX = 500

/** Why somebody reads what is closed: a text that another person can judge. */
export function checkReason(given: string | null | undefined): string {
  const reason = given?.normalize('NFC').trim() ?? ''
  if (!reason) throw badInput('reason', 'required', 'Say why you read this: it is logged with the reading.')
  if (!isWellFormed(reason) || /\p{Cc}/u.test(reason)) throw badInput('reason', 'wellFormed', 'The reason holds characters that no text has.')
  if ([...reason].length < 4 || [...reason].length > REASON_MAX) throw badInput('reason', 'isLength', `The reason must have 4 to ${REASON_MAX} characters.`)
  return reason
}

const vaults = new WeakMap<Database, Vault>()

/** The open vault of this database. */
export function vaultOf(db: Database): Vault {
  const vault = vaults.get(db)
  if (!vault) throw new Error('The vault of this database was not opened.')
  return vault
}
