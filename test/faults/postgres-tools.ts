import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** PostgreSQL's own programs as a distribution installs them: the embedded PostgreSQL comes without pg_dump. */
const BIN = ((): string => {
  const root = '/usr/lib/postgresql'
  const version = (existsSync(root) ? readdirSync(root) : []).filter(v => existsSync(path.join(root, v, 'bin', 'pg_dump'))).sort((a, b) => Number(b) - Number(a))[0]
  if (!version) throw new Error('PostgreSQL’s own programs are not installed (Debian: postgresql-15).')
  return path.join(root, version, 'bin')
})()

/** Runs a program of PostgreSQL; as root, as the user that owns its clusters. */
export function postgres(program: string, args: readonly string[], input?: string): string {
  const root = process.getuid?.() === 0
  const command = [path.join(BIN, program), ...args]
  const [file, ...rest] = root ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', 'env', '-C', '/', ...command] : command
  return execFileSync(file!, rest, { encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'], ...(input !== undefined && { input }), maxBuffer: 200_000_000 })
}

/** A cluster of its own on a free port of the loopback interface. */
export class Cluster {
  constructor(readonly directory: string, readonly port: number) {}

  /** An empty one. */
  make(): this {
    postgres('initdb', ['-D', this.directory, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'])
    return this
  }

  start(settings: Readonly<Record<string, string>> = {}): this {
    const given = { port: String(this.port), listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings }
    postgres('pg_ctl', ['-D', this.directory, '-w', '-t', '120', '-l', `${this.directory}.log`, '-o', Object.entries(given).map(([k, v]) => `-c ${k}='${v}'`).join(' '), 'start'])
    return this
  }

  stop(mode: 'fast' | 'immediate' = 'fast'): void {
    postgres('pg_ctl', ['-D', this.directory, '-w', '-m', mode, 'stop'])
  }

  url(user: string, database = 'plumbline'): string {
    return `postgres://${user}@127.0.0.1:${this.port}/${database}`
  }

  sql(text: string, database = 'plumbline', user = 'postgres'): string {
    return postgres('psql', ['-XqAt', '-v', 'ON_ERROR_STOP=1', this.url(user, database)], text).trim()
  }
}

/** A folder that PostgreSQL's user may write to. */
export function folderOfPostgres(at: string): string {
  mkdirSync(at)
  chmodSync(at, 0o700)
  if (process.getuid?.() === 0) {
    const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
    chownSync(at, id('-u'), id('-g'))
  }
  return at
}

export const sizeOf = (file: string): number => statSync(file).size
