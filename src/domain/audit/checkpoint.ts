import { CompactSign, compactVerify, errors, type CompactJWSHeaderParameters } from 'jose'
import { z } from 'zod'
import type { Database } from '../../database/database'
import { StartError } from '../../database/start-error'
import type { AuditKey, AuditPublicKey } from './audit-key'
import { SEAL_COLUMNS, type Seal } from './seal'

/** What is signed: which seal was the newest. Kept elsewhere, it proves that nothing before it was changed or cut off. */
const checkpoint = z.object({
  sequence: z.int().min(1),
  /** Records up to and with this seal. */
  records: z.int().min(1),
  hash: z.string(),
  algorithm: z.string(),
  sealedAt: z.string(),
  signedAt: z.string(),
})
export type Checkpoint = Readonly<z.infer<typeof checkpoint>>

const TYPE = 'plumbline-audit-checkpoint'

/** A compact JWS over the newest seal; null when nothing was sealed yet. */
export async function signCheckpoint(db: Database, key: AuditKey): Promise<{ jws: string; checkpoint: Checkpoint } | null> {
  const [seal] = await db.rows<Seal>(`SELECT ${SEAL_COLUMNS} FROM audit_seal s ORDER BY sequence DESC LIMIT 1`)
  if (!seal) return null
  const signed: Checkpoint = {
    sequence: seal.sequence, records: seal.lastPosition, hash: seal.hash, algorithm: seal.algorithm, sealedAt: seal.at, signedAt: new Date().toISOString(),
  }
  const jws = await new CompactSign(Buffer.from(JSON.stringify(signed))).setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: TYPE }).sign(key.privateKey)
  return { jws, checkpoint: signed }
}

/** Throws a sentence when it is none, or not signed with this key. */
export async function readCheckpoint(jws: string, key: AuditPublicKey): Promise<Checkpoint> {
  let payload: Uint8Array
  let header: CompactJWSHeaderParameters
  try {
    ({ payload, protectedHeader: header } = await compactVerify(jws.trim(), key.publicKey, { algorithms: ['EdDSA'] }))
  } catch (cause) {
    if (!(cause instanceof errors.JOSEError)) throw cause
    throw new StartError(cause instanceof errors.JWSSignatureVerificationFailed ? 'The checkpoint was not signed with this key, or it was changed.' : 'This file is not a checkpoint.')
  }
  const read = header.typ === TYPE ? checkpoint.safeParse(JSON.parse(Buffer.from(payload).toString('utf8'))) : null
  if (!read?.success) throw new StartError('This file is signed, but it is not a checkpoint.')
  return read.data
}
