import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { pdf } from '../support/sample-files'
import { asOwner } from '../support/test-server'

const ROOT = path.join(__dirname, '../..')
const MAIN = path.join(ROOT, 'dist/src/main.js')
const CLI = path.join(ROOT, 'dist/src/cli.js')

/** Writers here ask more in a minute than one person may. */
const TIRELESS = { PLUMBLINE_MAX_REQUESTS_PER_MINUTE: '1000000', PLUMBLINE_MAX_REQUESTS_PER_MINUTE_OF_ADDRESS: '1000000' }

export interface Reply { status: number; data: unknown; code: string | null; outcome: string | null }

/** The compiled product in a process of its own, on a data directory that outlives it. */
export class Product {
  private child: ChildProcess | null = null
  private output = ''
  url = ''

  constructor(readonly directory: string, private readonly env: Readonly<Record<string, string>> = {}) {}

  async start(): Promise<void> {
    const port = await freePort()
    this.url = `http://127.0.0.1:${port}`
    this.output = ''
    const child = spawn(process.execPath, [MAIN], { env: { ...process.env, PLUMBLINE_DATA_DIR: this.directory, PLUMBLINE_LOG_LEVEL: 'silent', PORT: String(port), ...TIRELESS, ...this.env }, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.on('data', (d: Buffer) => void (this.output += d))
    child.stderr.on('data', (d: Buffer) => void (this.output += d))
    this.child = child
    for (let i = 0; i < 3_000; i++) {
      if (ended(child)) throw new Error(`The product ended with ${child.exitCode}:\n${this.output}`)
      if (await fetch(`${this.url}/readyz`).then(r => r.ok, () => false)) return
      await sleep(100)
    }
    throw new Error(`The product was not ready in five minutes:\n${this.output}`)
  }

  /** No chance to say goodbye. */
  async kill(): Promise<void> {
    const child = this.child!
    if (ended(child)) return
    const gone = new Promise(done => child.once('exit', done))
    child.kill('SIGKILL')
    await gone
  }

  killDatabase(): void {
    process.kill(this.postmaster()!, 'SIGKILL')
  }

  /** A process of PostgreSQL that works for the product: all others are cut off with it, and the log is replayed. */
  async killBackend(): Promise<void> {
    const pids = await this.database(async client => (await client.query<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = current_database() AND pid <> pg_backend_pid()`)).rows.map(r => r.pid))
    process.kill(pids[Math.floor(Math.random() * pids.length)]!, 'SIGKILL')
  }

  /** Stops one process of PostgreSQL that works for the product and that this condition on pg_stat_activity is true of. Answers its id. */
  async freezeBackend(condition: string): Promise<number> {
    return this.database(async client => {
      const found = async (and: string): Promise<number[]> => (await client.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = current_database() AND pid <> pg_backend_pid() AND ${condition} AND ${and} ORDER BY random()`)).rows.map(r => r.pid)
      for (;;) {
        const [pid] = await found('true')
        if (pid === undefined) continue
        process.kill(pid, 'SIGSTOP')
        while (!/\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await sleep(1)
        // Before it stood still it may have begun something, with which it would hold up everybody.
        if ((await found(`pid = ${pid}`)).length) return pid
        process.kill(pid, 'SIGCONT')
      }
    })
  }

  /** Stops every process of PostgreSQL in its tracks; lets them go on. */
  freezeDatabase(signal: 'SIGSTOP' | 'SIGCONT'): void {
    const postmaster = this.postmaster()!
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], { encoding: 'utf8' }).trim().split(/\s+/).map(Number)
    for (const pid of [postmaster, ...children]) process.kill(pid, signal)
  }

  /** Asks it to end; answers its exit code. */
  async stop(): Promise<number | null> {
    const child = this.child!
    if (ended(child)) return child.exitCode
    const gone = new Promise<number | null>(done => child.once('exit', done))
    child.kill('SIGTERM')
    return gone
  }

  postmaster(): number | null {
    try {
      return Number(readFileSync(path.join(this.directory, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
    } catch {
      return null
    }
  }

  token(identity: string): string {
    return this.command('token', identity).trim().split('\n').at(-1)!
  }

  /** What a command of the command line says; throws when it ends with anything but 0. */
  command(...args: string[]): string {
    return execFileSync(process.execPath, [CLI, ...args], { env: { ...process.env, PLUMBLINE_DATA_DIR: this.directory, ...this.env }, encoding: 'utf8' })
  }

  /** Rejects when the connection breaks: then nobody knows what happened. */
  async ask(query: string, variables: Record<string, unknown>, token: string): Promise<Reply> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST', body: JSON.stringify({ query, variables }), headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(20_000),
    })
    return replyOf(response)
  }

  /** As `ask`, for a file of evidence with these fields. */
  async attach(fields: Readonly<Record<string, unknown>>, token: string): Promise<Reply> {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, String(value))
    form.append('file', new Blob([new Uint8Array(pdf()), `%${String(fields['title'])}`]), 'minutes.pdf')
    return replyOf(await fetch(`${this.url}/evidence`, { method: 'POST', body: form, headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(20_000) }))
  }

  /** Its database, for the owner. */
  databaseUrl(): string {
    const { password } = JSON.parse(readFileSync(path.join(this.directory, 'postgres/plumbline.json'), 'utf8')) as { password: string }
    const port = Number(readFileSync(path.join(this.directory, 'postgres/postmaster.pid'), 'utf8').split('\n')[3])
    return `postgres://plumbline:${password}@127.0.0.1:${port}/plumbline`
  }

  /** Straight to its database. */
  async database<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    return asOwner(this.databaseUrl(), work)
  }
}

async function replyOf(response: Response): Promise<Reply> {
  const body = await response.json() as { data?: unknown; errors?: { extensions: { code: string; outcome?: string } }[] }
  const refused = body.errors?.[0]?.extensions
  return { status: response.status, data: body.data ?? null, code: refused?.code ?? null, outcome: refused?.outcome ?? null }
}

const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    server.close(() => resolve(port))
  })
})

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

export const isAlive = (pid: number): boolean => {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return false
  }
}
