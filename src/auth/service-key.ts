import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * A key of a service account: `plk_`, 16 characters that name it, and 256 random bits. The prefix lets scanners of code and logs find keys
 * that were left there; the name finds its row; what is kept of the rest is a hash. A hash that is quick to make is right here: nobody
 * guesses 256 bits.
 */
export interface ServiceKey {
  /** The public part, `3f9a…`: what administrators and logs may know. */
  readonly name: string
  readonly hash: string
}

const KEY = /^plk_([0-9a-f]{16})_[\w-]{43}$/

export function newServiceKey(): ServiceKey & { readonly secret: string } {
  const name = randomBytes(8).toString('hex')
  const secret = `plk_${name}_${randomBytes(32).toString('base64url')}`
  return { name, secret, hash: hashOf(secret) }
}

/** What a text that looks like a key names; null for anything else, a key that was cut included. */
export function readServiceKey(text: string): ServiceKey | null {
  const name = KEY.exec(text)?.[1]
  return name === undefined ? null : { name, hash: hashOf(text) }
}

export const isServiceKey = (text: string): boolean => text.startsWith('plk_')

/** The name of the algorithm stands with each hash, so that another can be added. */
const hashOf = (secret: string): string => `sha256:${createHash('sha256').update(secret).digest('hex')}`

/** In a time that does not tell how much of it is right. */
export const sameHash = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
