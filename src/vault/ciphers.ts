import { createCipheriv, createDecipheriv, type CipherGCMTypes, type KeyObject } from 'node:crypto'

/** Bytes under a key, bound to what they were sealed for: the context is not kept, but must be the same when they are opened. */
export interface Sealed {
  readonly nonce: Buffer
  readonly tag: Buffer
  readonly bytes: Buffer
}

/** Authenticated encryption with associated data. */
export interface Cipher {
  /** Kept with everything that it sealed. */
  readonly name: string
  readonly keyBytes: number
  readonly nonceBytes: number
  readonly tagBytes: number
  seal(key: KeyObject, nonce: Buffer, context: Buffer, plain: Buffer): { readonly tag: Buffer; readonly bytes: Buffer }
  /** Throws when anything is not as it was sealed: bytes, tag, nonce, key or context. */
  open(key: KeyObject, sealed: Sealed, context: Buffer): Buffer
}

const TAG_BYTES = 16

/** A block cipher in Galois/counter mode as OpenSSL names it. */
const gcm = (name: string, cipher: CipherGCMTypes, keyBytes: number): Cipher => ({
  name, keyBytes, nonceBytes: 12, tagBytes: TAG_BYTES,
  seal: (key, nonce, context, plain) => {
    const c = createCipheriv(cipher, key, nonce, { authTagLength: TAG_BYTES }).setAAD(context)
    const bytes = Buffer.concat([c.update(plain), c.final()])
    return { tag: c.getAuthTag(), bytes }
  },
  open: (key, { nonce, tag, bytes }, context) => {
    const d = createDecipheriv(cipher, key, nonce, { authTagLength: TAG_BYTES }).setAAD(context).setAuthTag(tag)
    const begun = d.update(bytes)
    return Buffer.concat([begun, d.final()])
  },
})

/** Everything that was ever sealed names one of these; what is sealed now uses `CIPHER`. SM4-GCM comes with the OpenSSL 3.1 of later Node. */
const CIPHERS: readonly Cipher[] = [gcm('AES-256-GCM', 'aes-256-gcm', 32)]
export const CIPHER = CIPHERS[0]!

export function cipherNamed(name: string): Cipher {
  const found = CIPHERS.find(c => c.name === name)
  if (!found) throw new Error(`This server does not know the algorithm ${name.slice(0, 40)}.`)
  return found
}

/** A context that no other list of parts has. */
export const contextOf = (...parts: readonly (string | number)[]): Buffer => Buffer.from(JSON.stringify(['plumbline', ...parts]))
