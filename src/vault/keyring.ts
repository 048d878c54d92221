import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import type { ClosedRealm } from '../core/actor'
import { newId } from '../core/ids'
import { StartError } from '../database/start-error'
import { CIPHER, cipherNamed, contextOf } from './ciphers'
import type { KeyEncryptionKey, KeyEncryptionKeys } from './key-encryption-key'

export type KeyPurpose = 'DATA' | 'INDEX'

/** A row of `vault_key`. */
export interface WrappedKey {
  readonly id: string
  readonly realm: ClosedRealm
  readonly purpose: KeyPurpose
  readonly generation: number
  readonly algorithm: string
  readonly wrapped_by: string
  readonly nonce: Buffer
  readonly tag: Buffer
  readonly wrapped: Buffer
}

/** Makes, wraps and unwraps data keys. Those in use are remembered, as keys that no text of this process holds. */
export class Keyring {
  private readonly unwrapped = new Map<string, KeyObject>()

  constructor(private readonly keys: KeyEncryptionKeys) {}

  get currentId(): string {
    return this.keys.current.id
  }

  make(realm: ClosedRealm, purpose: KeyPurpose, generation: number): WrappedKey {
    const bytes = randomBytes(CIPHER.keyBytes)
    try {
      return this.wrap({ id: newId(), realm, purpose, generation }, bytes)
    } finally {
      bytes.fill(0)
    }
  }

  /** The same key under the current key-encryption key. */
  rewrap(row: WrappedKey): WrappedKey {
    const bytes = this.open(row)
    try {
      return this.wrap(row, bytes)
    } finally {
      bytes.fill(0)
    }
  }

  keyOf(row: WrappedKey): KeyObject {
    let key = this.unwrapped.get(row.id)
    if (!key) {
      const bytes = this.open(row)
      this.unwrapped.set(row.id, (key = createSecretKey(bytes)))
      bytes.fill(0)
    }
    return key
  }

  /** Throws a sentence when one of these keys cannot be unwrapped: nothing must be read or written then. */
  verify(rows: readonly WrappedKey[]): void {
    for (const row of rows) this.keyOf(row)
  }

  private wrap({ id, realm, purpose, generation }: Pick<WrappedKey, 'id' | 'realm' | 'purpose' | 'generation'>, bytes: Buffer): WrappedKey {
    const nonce = randomBytes(CIPHER.nonceBytes)
    const named = { id, realm, purpose, generation, algorithm: CIPHER.name, wrapped_by: this.keys.current.id, nonce }
    const { tag, bytes: wrapped } = CIPHER.seal(this.keys.current.key, nonce, wrapping(named), bytes)
    return { ...named, tag, wrapped }
  }

  private open(row: WrappedKey): Buffer {
    const { key } = this.wrapper(row)
    try {
      return cipherNamed(row.algorithm).open(key, { nonce: row.nonce, tag: row.tag, bytes: row.wrapped }, wrapping(row))
    } catch (cause) {
      throw new StartError(`The data key ${row.id} of the realm ${row.realm} is damaged: restore the table vault_key from a backup.`, { cause })
    }
  }

  private wrapper({ wrapped_by, realm }: WrappedKey): KeyEncryptionKey {
    const found = [this.keys.current, this.keys.previous].find(k => k?.id === wrapped_by)
    if (found) return found
    throw new StartError(
      `The sensitive values of the realm ${realm} are protected by the key ${wrapped_by}; the configured one is ${this.keys.current.id}. ` +
      'Configure that key (PLUMBLINE_VAULT_KEY…), or beside a new one as the previous key (PLUMBLINE_VAULT_PREVIOUS_KEY…). Nothing was changed.')
  }
}

const wrapping = ({ id, realm, purpose, generation, algorithm, wrapped_by }: Pick<WrappedKey, 'id' | 'realm' | 'purpose' | 'generation' | 'algorithm' | 'wrapped_by'>): Buffer =>
  contextOf('data key', id, realm, purpose, generation, algorithm, wrapped_by)
