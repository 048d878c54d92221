import { getHashes, hash } from 'node:crypto'

/** Hash algorithms by the name that stands in every seal, with OpenSSL's name for each. */
const KNOWN = { 'SHA-256': 'sha256', SM3: 'sm3' } as const
export type HashName = keyof typeof KNOWN
export const HASH_NAMES = Object.keys(KNOWN) as HashName[]

/** Of bytes, or of a text as UTF-8. */
export type Digest = (data: Buffer | string) => Buffer

/** The algorithm of that name; null when this Node.js cannot do it. */
export function digestOf(name: string): Digest | null {
  const openssl = (KNOWN as Readonly<Record<string, string>>)[name]
  return openssl !== undefined && getHashes().includes(openssl) ? data => hash(openssl, data, 'buffer') : null
}

// What is hashed says what it is, so that nothing of one kind can pass for another (RFC 6962).
const LEAF = '\0'
const NODE = Buffer.from([1])
const SEAL = '\x02'

export const leafOf = (digest: Digest, record: string): Buffer => digest(LEAF + record)
export const sealHashOf = (digest: Digest, content: string): string => digest(SEAL + content).toString('hex')

/** Root of the Merkle tree over these leaves, as RFC 6962 builds it. */
export function rootOf(digest: Digest, leaves: readonly Buffer[]): string {
  let level = leaves
  while (level.length > 1) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
      const [left, right] = [level[2 * i]!, level[2 * i + 1]]
      return right ? digest(Buffer.concat([NODE, left, right])) : left
    })
  }
  return level[0]!.toString('hex')
}
