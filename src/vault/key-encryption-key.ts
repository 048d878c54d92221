import { exec } from 'node:child_process'
import { createHmac, createSecretKey, randomBytes, randomUUID, type KeyObject } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { StartError } from '../database/start-error'
import { CIPHER } from './ciphers'

/** The key that wraps the data keys. It never enters the database; its id does, and tells nothing of it. */
export interface KeyEncryptionKey {
  readonly id: string
  readonly key: KeyObject
}

/** One of the three ways to a key. */
export interface KeySource {
  /** The key itself, in Base64. */
  readonly value: string | null
  /** A file that holds it, in Base64 or as its bytes. */
  readonly file: string | null
  /** A program that prints it in Base64, to fetch it from a hardware module or a key service. */
  readonly command: string | null
}

export interface KeyEncryptionOptions {
  readonly production: boolean
  readonly current: KeySource
  /** The key that was current before, while data keys are wrapped anew. */
  readonly previous: KeySource
  /** Milliseconds that a command gets. */
  readonly commandTimeout: number
  /** Where the development key is kept outside production. */
  readonly dataDirectory: string
}

export interface KeyEncryptionKeys {
  readonly current: KeyEncryptionKey
  readonly previous: KeyEncryptionKey | null
}

/** Refuses to start in production without a configured key; outside production a development key is made once and kept for its owner only. */
export async function loadKeyEncryptionKeys(o: KeyEncryptionOptions): Promise<KeyEncryptionKeys> {
  const current = await keyFrom(o.current, 'PLUMBLINE_VAULT_KEY', o.commandTimeout)
  const previous = await keyFrom(o.previous, 'PLUMBLINE_VAULT_PREVIOUS_KEY', o.commandTimeout)
  if (current) return { current, previous }
  if (o.production) throw new StartError('In production the key that protects sensitive values must be configured (PLUMBLINE_VAULT_KEY, PLUMBLINE_VAULT_KEY_FILE or PLUMBLINE_VAULT_KEY_COMMAND).')
  return { current: developmentKey(path.join(o.dataDirectory, 'development-vault-key')), previous }
}

async function keyFrom({ value, file, command }: KeySource, variable: string, commandTimeout: number): Promise<KeyEncryptionKey | null> {
  if (value !== null) return keyOf(Buffer.from(value), variable)
  if (file !== null) return keyOf(readKeyFile(file, `${variable}_FILE`), `${variable}_FILE`)
  if (command !== null) return keyOf(await printed(command, commandTimeout, `${variable}_COMMAND`), `${variable}_COMMAND`)
  return null
}

const MAX_BYTES = 4_096

function readKeyFile(file: string, variable: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new StartError(`${variable}: the file cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

/** What a program prints. Neither its output nor its complaints are repeated: they may hold the key. */
async function printed(command: string, timeout: number, variable: string): Promise<Buffer> {
  try {
    return (await promisify(exec)(command, { timeout, maxBuffer: MAX_BYTES, killSignal: 'SIGKILL', encoding: 'buffer', windowsHide: true })).stdout
  } catch (error) {
    const { killed, code } = error as { killed?: boolean; code?: number | string }
    throw new StartError(`${variable}: the program ${killed ? `did not end within ${timeout} ms` : `failed (${String(code ?? 'ended by a signal')})`}.`)
  }
}

/** The key in what was given; whatever that is, it is wiped and never told. */
function keyOf(given: Buffer, variable: string): KeyEncryptionKey {
  const bytes = given.length === CIPHER.keyBytes ? Buffer.from(given) : decoded(given)
  try {
    if (bytes?.length !== CIPHER.keyBytes || bytes.every(b => b === bytes[0])) {
      throw new StartError(`${variable} must give ${CIPHER.keyBytes} random bytes in Base64, such as \`openssl rand -base64 ${CIPHER.keyBytes}\` prints.`)
    }
    const key = createSecretKey(bytes)
    return { id: createHmac('sha256', key).update('plumbline key id').digest('hex').slice(0, 16), key }
  } finally {
    given.fill(0)
    bytes?.fill(0)
  }
}

function decoded(given: Buffer): Buffer | null {
  const text = given.toString('latin1').trim()
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : null
}

/** Two processes that start at once agree on one key: the file appears whole or not at all, and the first one wins. */
function developmentKey(file: string): KeyEncryptionKey {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.${randomUUID()}`
  writeFileSync(draft, randomBytes(CIPHER.keyBytes).toString('base64'), { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  chmodSync(file, 0o600)
  return keyOf(readFileSync(file), file)
}
