import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKeyInput, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { calculateJwkThumbprint, type JWK } from 'jose'
import { keptFile } from '../../auth/kept-file'
import { StartError } from '../../database/start-error'

export interface AuditPublicKey {
  readonly publicKey: KeyObject
}
/** Ed25519: signs checkpoints of the audit log. */
export interface AuditKey extends AuditPublicKey {
  readonly privateKey: KeyObject
  /** Thumbprint of the public key. */
  readonly kid: string
}

export interface AuditKeyOptions {
  readonly production: boolean
  /** An Ed25519 private key: PKCS #8 in PEM, or a JSON Web Key. */
  readonly keyFile: string | null
  /** Where the development key is kept outside production. */
  readonly dataDirectory: string
}

/** The configured key; outside production one is made once. */
export async function loadAuditKey(o: AuditKeyOptions): Promise<AuditKey> {
  if (o.keyFile !== null) return keyOf(readFileSync(o.keyFile, 'utf8'), o.keyFile)
  if (o.production) throw new StartError('In production the key that checkpoints are signed with must be configured (PLUMBLINE_AUDIT_KEY_FILE: an Ed25519 private key, made by `openssl genpkey -algorithm ed25519`).')
  const file = path.join(o.dataDirectory, 'audit-development-key.pem')
  return keyOf(await keptFile(file, () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()), file)
}

async function keyOf(text: string, file: string): Promise<AuditKey> {
  const privateKey = ed25519(file, 'an Ed25519 private key (PKCS #8 in PEM, or a JSON Web Key)', () => createPrivateKey(inputOf(text)))
  const publicKey = createPublicKey(privateKey)
  return { privateKey, publicKey, kid: await calculateJwkThumbprint(publicKey.export({ format: 'jwk' }) as JWK) }
}

/** For who verifies: PEM or a JSON Web Key. */
export function readPublicKey(file: string): AuditPublicKey {
  const text = readFileSync(file, 'utf8')
  return { publicKey: ed25519(file, 'an Ed25519 public key (PEM, or a JSON Web Key)', () => createPublicKey(inputOf(text))) }
}

const inputOf = (text: string): string | JsonWebKeyInput => (text.includes('-----BEGIN') ? text : { key: JSON.parse(text) as JsonWebKeyInput['key'], format: 'jwk' })

function ed25519(file: string, what: string, make: () => KeyObject): KeyObject {
  try {
    const key = make()
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Nothing of the file is repeated.
  }
  throw new StartError(`${file} is not ${what}.`)
}
