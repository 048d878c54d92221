import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Access, admit, connection, freePort, makeCluster, OWNER, type Place, postmaster, readAccess, reason, writeAccess } from './cluster'
import { requireNotCopied } from './copy/lock'
import { askHolder, Holder } from './holder'
import { dismissGuard, launch, reachableNative, reaches, serverUser } from './native'
import { StartError } from './start-error'

export interface EmbeddedOptions {
  /** Holds `postgres/` (the cluster) and `postgres.log`. Made when it is not there. */
  directory: string
  /** Settings of the server beside the product's own, by their PostgreSQL names. */
  settings?: Readonly<Record<string, string>>
  /** The directory goes away with the server. */
  ephemeral?: boolean
  /** Told when the server ends without having been asked to. */
  onDeath?: (message: string) => void
}

export interface EmbeddedServer {
  /** The owner's URL of the database `plumbline`. */
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

/** Starts PostgreSQL on the data directory, makes both when they are not there, and stops a server that an ended process left behind. */
export async function startEmbedded(o: EmbeddedOptions): Promise<EmbeddedServer> {
  mkdirSync(o.directory, { recursive: true })
  const directory = realpathSync(o.directory)
  requireNotCopied(directory)
  const cluster = path.join(directory, 'postgres')
  const user = serverUser(cluster)
  if (user) admit(user, directory, o.ephemeral)
  if (!reaches(user, cluster)) {
    throw new StartError(`PostgreSQL runs as ${user!.name} here and cannot reach ${cluster}. Set PLUMBLINE_DATA_DIR to a directory that it can reach, or start Plumbline as an ordinary user.`)
  }
  const place = { ...o, directory, cluster, user, native: reachableNative(user, directory) }
  if (!existsSync(cluster)) await makeCluster(place)
  const access = readAccess(cluster)

  for (let attempt = 1; ; attempt++) {
    await clearTheWay(cluster, access)
    const started = await tryStart(place, access)
    if (typeof started !== 'string') return started
    if (attempt === 5 || !PASSING.test(started)) {
      if (o.ephemeral) rmSync(directory, { recursive: true, force: true })
      throw new StartError(`PostgreSQL does not start on ${cluster}: ${started}`)
    }
    await sleep(200 * attempt)
  }
}

/** The owner's URL of the server that a running Plumbline keeps on this directory; null when none does. */
export async function findEmbedded(directory: string): Promise<string | null> {
  const cluster = path.join(directory, 'postgres')
  if (!existsSync(cluster)) return null
  const running = postmaster(realpathSync(cluster))
  if (!running?.alive) return null
  const access = { ...readAccess(cluster), port: running.port }
  const holder = await askHolder(access)
  return holder === 'nobody' || holder === 'no answer' ? null : ownerUrl(access)
}

/** Reasons that go away: a port or the cluster was taken at the same moment, or the last backend of a killed server is still ending. */
const PASSING = /in use|could not bind|lock file|same moment/

/** Leaves no server on the cluster: refuses when a live Plumbline uses it, stops it when its Plumbline is gone. */
async function clearTheWay(cluster: string, access: Access): Promise<void> {
  const until = Date.now() + 60_000
  let unused = 0
  for (;;) {
    const running = postmaster(cluster)
    if (!running?.alive) return
    if (Date.now() > until) throw new StartError(`The PostgreSQL server with process id ${running.pid} on ${cluster} neither answers nor ends. Stop it and start again.`)
    const holder = await askHolder({ ...access, port: running.port })
    if (holder === 'nobody') {
      // A process that starts at this moment takes the lock right after its server is ready: ask again before calling it an orphan.
      unused += 1
      if (unused === 3) signal(running.pid, 'SIGINT')
    } else if (holder !== 'no answer') {
      throw new StartError(`Another Plumbline (${holder}) is using the data in ${cluster}. Stop it first, or set PLUMBLINE_DATA_DIR to another directory.`)
    }
    await sleep(holder === 'nobody' && unused < 3 ? 300 : 50)
  }
}

/** The running server, or why it did not start. */
async function tryStart(place: Place & EmbeddedOptions, access: Access): Promise<EmbeddedServer | string> {
  const { cluster, native, user } = place
  const port = await freePort(access.port)
  if (port !== access.port) {
    access.port = port
    writeAccess(cluster, access)
  }
  const log = path.join(place.directory, 'postgres.log')
  const settings = { ...SETTINGS, port: String(port), ...place.settings }
  const from = logEnd(log)
  const left = postmaster(cluster)
  const child = launch({
    program: path.join(native, 'bin', 'postgres'), user, log, args: ['-D', cluster, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    ...(place.ephemeral && { ephemeral: place.directory }),
    // A file left by a crash may name a process id that an unrelated process has now. PostgreSQL takes this one for its own family.
    ...(left && !left.alive && { env: { PG_GRANDPARENT_PID: String(left.pid) } }),
  })
  let ended = child.pid === undefined
  child.once('exit', () => { ended = true; dismissGuard(child) })
  child.once('error', () => { ended = true })
  for (const until = Date.now() + 120_000; !ended && Date.now() < until; await sleep(10)) {
    const server = postmaster(cluster)
    if (server?.pid === child.pid && server?.ready) {
      const held = await Holder.take(access, place.onDeath).catch(reason)
      if (typeof held === 'string') { await end(child); return held }
      return running(child, access, held, place)
    }
  }
  if (!ended) await end(child)
  return logSince(log, from)
}

async function running(child: ChildProcess, access: Access, holder: Holder, place: Place & EmbeddedOptions): Promise<EmbeddedServer> {
  let asked = false
  child.once('exit', () => {
    void holder.release()
    if (!asked) place.onDeath?.(`The embedded PostgreSQL ended by itself; see ${path.join(place.directory, 'postgres.log')}.`)
  })
  await holder.makeDatabase().catch(async error => {
    asked = true
    await holder.release()
    await end(child)
    throw error
  })
  return {
    pid: child.pid!,
    url: ownerUrl(access),
    stop: async () => {
      if (asked) return
      asked = true
      await holder.release()
      await end(child)
      if (place.ephemeral) rmSync(place.directory, { recursive: true, force: true })
    },
  }
}

function ownerUrl(access: Access): string {
  const { user, password, host, port, database } = connection(access, OWNER)
  return `postgres://${user}:${password}@${host}:${port}/${database}`
}

const SETTINGS = {
  listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '100', shared_buffers: '256MB', effective_cache_size: '1GB',
  random_page_cost: '1.1', wal_compression: 'on', max_wal_size: '2GB', timezone: 'UTC', log_timezone: 'UTC',
  // Rows and parameters do not belong into logs.
  log_error_verbosity: 'terse', log_min_error_statement: 'panic', log_parameter_max_length_on_error: '0', log_checkpoints: 'off',
}

/** Fast shutdown, and the immediate one when it takes longer than half a minute (the next start then recovers from the log). */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const ended = new Promise(done => child.once('exit', done))
    signal(child.pid, 'SIGINT')
    const last = setTimeout(() => signal(child.pid!, 'SIGQUIT'), 30_000)
    await ended
    clearTimeout(last)
  }
  dismissGuard(child)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'ESRCH') throw e
  }
}

const MAX_LOG = 5_000_000
/** Where the log ends now; a log that grew long makes room first. */
function logEnd(log: string): number {
  if (!existsSync(log)) return 0
  const { size } = statSync(log)
  if (size < MAX_LOG) return size
  renameSync(log, `${log}.1`)
  return 0
}

function logSince(log: string, from: number): string {
  const lines = existsSync(log) ? readFileSync(log).subarray(from).toString('utf8').split('\n') : []
  return lines.filter(l => /FATAL|PANIC|ERROR|LOG: {2}could not|not found|denied/.test(l)).slice(0, 3).join(' ') || lines.filter(Boolean).slice(-2).join(' ') || 'it gave no reason.'
}
