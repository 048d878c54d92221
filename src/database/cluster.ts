import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import type { ServerUser } from './native'
import { StartError } from './start-error'

/** Kept inside the cluster, readable to its owner only. */
export interface Access { password: string; port: number }

/** Owner of the cluster and name of the product's database. */
export const OWNER = 'plumbline'

/** Where a cluster lies and what runs it. */
export interface Place {
  /** Holds the cluster and its log. */
  directory: string
  cluster: string
  user: ServerUser | null
  /** Folder of PostgreSQL's programs. */
  native: string
}

/** Root lets the server's user pass through the data directory; what lies beside the cluster stays closed to it. */
export function admit(user: ServerUser, directory: string, ephemeral = false): void {
  if (ephemeral) chownSync(directory, user.uid, user.gid)
  else chmodSync(directory, statSync(directory).mode | 0o011)
}

/** Made beside its final place and renamed, so that a cluster is there whole or not at all. */
export async function makeCluster({ directory, cluster, user, native }: Place): Promise<void> {
  const half = mkdtempSync(path.join(directory, 'postgres.new-'))
  const password = randomBytes(24).toString('base64url')
  try {
    const words = path.join(half, 'password')
    writeFileSync(words, password, { mode: 0o600 })
    if (user) for (const f of [half, words]) chownSync(f, user.uid, user.gid)
    const data = path.join(half, 'cluster')
    await promisify(execFile)(path.join(native, 'bin', 'initdb'), [
      `--pgdata=${data}`, `--username=${OWNER}`, `--pwfile=${words}`, '--auth=scram-sha-256', '--encoding=UTF8',
      // The same order and the same letters on every machine, whatever its C library.
      '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions',
    ], { cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }, ...(user && { uid: user.uid, gid: user.gid }) })
    writeAccess(data, { password, port: await freePort() })
    if (user) chownSync(path.join(data, 'plumbline.json'), user.uid, user.gid)
    renameSync(data, cluster)
  } catch (cause) {
    // Another process may have been faster: then its cluster is as good.
    if (!existsSync(cluster)) throw new StartError(`Cannot make a PostgreSQL cluster in ${cluster}: ${reason(cause)}`, { cause })
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
}

export function readAccess(cluster: string): Access {
  const file = path.join(cluster, 'plumbline.json')
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Access
  } catch (cause) {
    const message = (cause as NodeJS.ErrnoException).code === 'EACCES'
      ? `The data in ${cluster} belongs to another user. Start Plumbline as that user, or set PLUMBLINE_DATA_DIR to a directory of your own.`
      : `${cluster} is not a data directory of Plumbline: ${file} cannot be read.`
    throw new StartError(message, { cause })
  }
}

/** In place whole or not at all: without it nobody gets in any more, and the disk may be full. */
export function writeAccess(cluster: string, access: Access): void {
  const file = path.join(cluster, 'plumbline.json')
  writeFileSync(`${file}.new`, JSON.stringify(access), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export interface Postmaster { pid: number; port: number; ready: boolean }

/** What `postmaster.pid` says, and whether that process is a PostgreSQL server of this cluster. */
export function postmaster(cluster: string): (Postmaster & { alive: boolean }) | null {
  let lines: string[]
  try {
    lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Number(lines[0])
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready', alive: isServerOf(pid, cluster) }
}

function isServerOf(pid: number, cluster: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  try {
    // A server works inside its data directory; a process that only got the same number does not.
    return readlinkSync(`/proc/${pid}/cwd`) === cluster
  } catch (e) {
    // No /proc (macOS), or not ours to look at: believe the file.
    return (e as NodeJS.ErrnoException).code !== 'ENOENT' || !existsSync('/proc/self')
  }
}

export const connection = (access: Access, database: string): { host: string; port: number; user: string; password: string; database: string } =>
  ({ host: '127.0.0.1', port: access.port, user: OWNER, password: access.password, database })

/** `wanted` when nobody has it, else any free port of the loopback interface. */
export async function freePort(wanted = 0): Promise<number> {
  const take = (port: number): Promise<number | null> => new Promise(done => {
    const server = createServer()
    server.once('error', () => done(null))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : null))
    })
  })
  const port = (await take(wanted)) ?? (await take(0))
  if (port === null) throw new StartError('There is no free port on 127.0.0.1.')
  return port
}

export const reason = (e: unknown): string => (e as { stderr?: string }).stderr?.trim() || (e as Error).message
