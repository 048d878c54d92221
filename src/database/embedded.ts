import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
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
  /** Told when the server ended without having been asked to and cannot be brought back. */
  onDeath?: (message: string) => void
}

/** A server that ends by itself (for want of memory, as a rule) is started again, on the same port. */
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
  try {
    return await Server.open(place, access, await bringUp(place, access))
  } catch (error) {
    if (o.ephemeral) rmSync(directory, { recursive: true, force: true })
    throw error
  }
}

/** A running server and the lock that says that it is ours. */
interface Running { child: ChildProcess; holder: Holder }

async function bringUp(place: Place & EmbeddedOptions, access: Access): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    await clearTheWay(place.cluster, access)
    const started = await tryStart(place, access)
    if (typeof started !== 'string') return started
    if (attempt === 5 || !PASSING.test(started)) throw new StartError(`PostgreSQL does not start on ${place.cluster}: ${started}`)
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
async function tryStart(place: Place & EmbeddedOptions, access: Access): Promise<Running | string> {
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
      return { child, holder: held }
    }
  }
  if (!ended) await end(child)
  return logSince(log, from)
}

/** How often within a minute a server is brought back before it is given up. */
const RESTARTS = 3

/** PostgreSQL writes its log in files of 16 MB, and ends when there is no room for the next. */
const ROOM = 64 * 1024 * 1024
/** Milliseconds between two looks at a full disk. */
const ROOM_AGAIN = 1_000

function hasRoom(directory: string): boolean {
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize >= ROOM
}

class Server implements EmbeddedServer {
  private asked = false
  private restarting: Promise<void> = Promise.resolve()
  private readonly restarts: number[] = []

  private constructor(private readonly place: Place & EmbeddedOptions, private readonly access: Access, private running: Running, readonly url: string) {
    this.watch()
  }

  static async open(place: Place & EmbeddedOptions, access: Access, running: Running): Promise<Server> {
    const server = new Server(place, access, running, ownerUrl(access))
    await running.holder.makeDatabase().catch(async error => {
      await server.stop()
      throw error
    })
    return server
  }

  get pid(): number {
    return this.running.child.pid!
  }

  async stop(): Promise<void> {
    if (this.asked) return
    this.asked = true
    await this.restarting
    await this.running.holder.release()
    await end(this.running.child)
    if (this.place.ephemeral) rmSync(this.place.directory, { recursive: true, force: true })
  }

  private watch(): void {
    const { child } = this.running
    const died = (): void => { this.restarting = this.restart() }
    if (child.exitCode !== null || child.signalCode !== null) died()
    else child.once('exit', died)
  }

  private async restart(): Promise<void> {
    await this.running.holder.release()
    while (!this.asked) {
      try {
        return await this.bringBack()
      } catch (error) {
        if (hasRoom(this.place.cluster)) return this.giveUp(error as Error)
        // A full disk is nobody's mistake: it comes back when there is room for its log again.
        await sleep(ROOM_AGAIN)
      }
    }
  }

  private async bringBack(): Promise<void> {
    const now = performance.now()
    if (hasRoom(this.place.cluster) && this.restarts.push(now) > RESTARTS && now - this.restarts.shift()! < 60_000) throw new Error('It was brought back too often.')
    this.running = await bringUp(this.place, this.access)
    if (ownerUrl(this.access) !== this.url) throw new Error('Its port was taken meanwhile.')
    this.watch()
  }

  private giveUp(error: Error): void {
    const log = path.join(this.place.directory, 'postgres.log')
    if (!this.asked) this.place.onDeath?.(`The embedded PostgreSQL ended by itself and does not come back; see ${log}. ${error.message}`)
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
