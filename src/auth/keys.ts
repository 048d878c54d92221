import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createPublicKey, randomUUID } from 'node:crypto'
import { createLocalJWKSet, exportJWK, generateKeyPair, importJWK, importSPKI, type CryptoKey, type JSONWebKeySet, type JWK, type JWTVerifyGetKey } from 'jose'
import { StartError } from '../database/start-error'
import { IssuerKeys, type IssuerOptions } from './issuer-keys'
import { keptFile } from './kept-file'

/** Signature algorithms that a token may name; everything else, `none` and shared secrets included, is refused before any key is looked at. */
export const ALGORITHMS = ['ES256', 'ES384', 'EdDSA', 'RS256', 'PS256'] as const

type Algorithm = (typeof ALGORITHMS)[number]

export interface KeyOptions {
  readonly production: boolean
  /** File with public keys: a JSON Web Key Set, or one public key in PEM. */
  readonly keysFile?: string | null
  /** Algorithm of a PEM key; by default the one of its kind. */
  readonly pemAlgorithm?: Algorithm | null
  /** The identity provider whose keys are fetched, where there is no file. */
  readonly issuer?: IssuerOptions | null
  /** Where the development key pair is kept outside production. */
  readonly dataDirectory: string
}

export interface Keys {
  /** Finds the public key that a token's header names. */
  readonly verification: JWTVerifyGetKey
  /** Fetches what has to be fetched, so that the first token need not wait for it. */
  start(): Promise<void>
  /** Outside production only: signs tokens for the command line and the explorer. */
  readonly signing: { readonly key: CryptoKey; readonly kid: string; readonly alg: 'ES256' } | null
}

/** Keys of a file or of the identity provider. Refuses to start in production without; outside production a development pair is made once and kept for its owner only. */
export async function loadKeys(o: KeyOptions): Promise<Keys> {
  const issuer = !o.keysFile && o.issuer ? new IssuerKeys(o.issuer) : null
  const configured = o.keysFile ? await readKeys(o.keysFile, o.pemAlgorithm ?? null) : issuer?.find ?? null
  const start = async (): Promise<void> => issuer?.start()
  if (o.production) {
    if (!configured) throw new StartError('In production the keys that tokens are verified with must be configured (PLUMBLINE_AUTH_ISSUER, PLUMBLINE_AUTH_JWKS_URI or PLUMBLINE_AUTH_KEYS_FILE).')
    return { verification: configured, start, signing: null }
  }
  const pair = await developmentPair(path.join(o.dataDirectory, 'development-key.json'))
  const development = createLocalJWKSet({ keys: [publicPart(pair)] })
  return {
    verification: (header, token) => (configured && header?.kid !== pair.kid ? configured(header, token) : development(header, token)),
    start,
    signing: { key: await importJWK(pair, 'ES256') as CryptoKey, kid: pair.kid!, alg: 'ES256' },
  }
}

async function readKeys(file: string, pemAlgorithm: Algorithm | null): Promise<JWTVerifyGetKey> {
  try {
    const text = readFileSync(file, 'utf8')
    return text.includes('-----BEGIN') ? await readPem(text, pemAlgorithm) : readKeySet(text)
  } catch (cause) {
    throw new StartError(`The keys of PLUMBLINE_AUTH_KEYS_FILE cannot be used: ${file}: ${(cause as Error).message}`, { cause })
  }
}

const PRIVATE = 'it holds a private or shared key; the server needs public ones only.'

async function readPem(text: string, algorithm: Algorithm | null): Promise<JWTVerifyGetKey> {
  if (text.includes('PRIVATE KEY')) throw new Error(PRIVATE)
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = createPublicKey(text)
  const own = BY_KIND[details?.namedCurve ?? type ?? '']
  if (!own) throw new Error(`a key of the kind ${details?.namedCurve ?? type} verifies none of ${ALGORITHMS.join(', ')}.`)
  if (algorithm !== null && algorithm !== own && !(own === 'RS256' && algorithm === 'PS256')) throw new Error(`it is a key for ${own}, and PLUMBLINE_AUTH_PEM_ALGORITHM says ${algorithm}.`)
  const key = await importSPKI(text, algorithm ?? own)
  // The one key there is, whatever name the identity provider gives it; its algorithm is bound to the key.
  return async () => key
}

/** Of curves and of kinds of keys as OpenSSL names them. */
const BY_KIND: Readonly<Record<string, Algorithm>> = { prime256v1: 'ES256', secp384r1: 'ES384', ed25519: 'EdDSA', rsa: 'RS256' }

function readKeySet(text: string): JWTVerifyGetKey {
  const { keys } = JSON.parse(text) as JSONWebKeySet
  if (!Array.isArray(keys) || !keys.length) throw new Error('it is not a JSON Web Key Set with at least one key.')
  for (const key of keys) if (key.kty === 'oct' || key.d !== undefined) throw new Error(PRIVATE)
  return createLocalJWKSet({ keys })
}

const publicPart = ({ kty, crv, x, y, kid, alg, use }: JWK): JWK => ({ kty, crv, x, y, kid, alg, use }) as JWK

async function developmentPair(file: string): Promise<JWK> {
  const pair = JSON.parse(await keptFile(file, async () => JSON.stringify(await newPair()))) as JWK
  if (pair.kty !== 'EC' || !pair.d || !pair.kid) throw new StartError(`${file} is not a development key pair; remove it to have a new one made.`)
  return pair
}

async function newPair(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...await exportJWK(privateKey), kid: `development-${randomUUID()}`, alg: 'ES256', use: 'sig' }
}
