import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type App, createApp } from '../../src/app'
import { readConfig } from '../../src/config'
import type { Database } from '../../src/database/database'
import { demoIdentities } from '../../src/demo/data-files'
import { createLogger } from '../../src/log'
import { type TestDatabase, testDatabase } from './database'
import { pluginsOfTheRun } from './test-server'

export interface TestServerOptions {
  /** Load the demo city. */
  demo?: boolean
  /** Names of plugins that run; none unless told. `all`: every one of plugins/. */
  plugins?: readonly string[] | 'all'
  /** Further variables of the environment. */
  env?: Readonly<Record<string, string>>
  /** What is in the database before the product starts on it. */
  before?: (t: TestDatabase) => Promise<void>
  /** Another way to the database than straight to it. */
  through?: (url: string) => string
  /** The database of an instance that runs already; it stays when this one is closed. */
  beside?: TestServer
}

export interface Answer<T = Record<string, unknown>> {
  status: number
  data: T | null
  errors: { message: string; path?: (string | number)[]; extensions: { code: string; [extra: string]: unknown } }[]
}

export interface TestServer {
  readonly url: string
  readonly app: App
  readonly db: Database
  readonly database: TestDatabase
  /** Lines that it logged: none unless PLUMBLINE_LOG_LEVEL is set. */
  readonly logged: readonly string[]
  /** Asks over HTTP. `who`: a staff number, the key of a demo identity, or nobody. */
  query<T = Record<string, unknown>>(document: string, variables?: Record<string, unknown>, who?: string | null): Promise<Answer<T>>
  /** As `query`; throws when the answer has errors. */
  data<T = Record<string, unknown>>(document: string, variables?: Record<string, unknown>, who?: string | null): Promise<T>
  /** Any request; the token of `who` goes with it. */
  fetch(path: string, init?: RequestInit, who?: string | null): Promise<Response>
  tokenFor(who: string): Promise<string>
  close(): Promise<void>
}

/** The whole product on a database of its own and a free port: what a client meets, with nothing replaced. */
export async function testServer(o: TestServerOptions = {}): Promise<TestServer> {
  const database = o.beside?.database ?? await testDatabase()
  const leave = async (): Promise<void> => {
    if (!o.beside) await database.close()
    rmSync(directory, { recursive: true, force: true })
  }
  const directory = mkdtempSync(path.join(tmpdir(), 'plumbline-server-'))
  const plugins = o.plugins === 'all' ? '' : (o.plugins ?? []).join(',') || 'none'
  const logged: string[] = []
  let app: App
  try {
    await o.before?.(database)
    if (plugins !== 'none') restart(directory)
    const config = readConfig({
      NODE_ENV: 'test', PORT: '0', DATABASE_URL: o.through?.(database.url) ?? database.url, PLUMBLINE_DATA_DIR: directory, PLUMBLINE_DEMO: o.demo ? 'on' : 'off', PLUMBLINE_PLUGINS: plugins,
      PLUMBLINE_LOG_LEVEL: 'silent', PLUMBLINE_RIGHTS_TTL: '0', PLUMBLINE_DATABASE_READ_CONNECTIONS: '4', PLUMBLINE_DATABASE_WRITE_CONNECTIONS: '4',
      PLUMBLINE_MAX_FAILED_SIGN_INS_PER_MINUTE: '1000000', ...o.env,
    })
    app = await createApp(config, { log: createLogger(config, { write: line => void logged.push(line) }) })
    if (plugins !== 'none') remember(directory)
  } catch (error) {
    await leave()
    throw error
  }
  return serverOf(app, database, logged, async () => {
    await app.close()
    await leave()
  })
}

const seen = (directory: string): string => path.join(directory, 'plugins.json')

/** The plugins are the same for all of a run: where one server looked at them, the next is as if it was started again. */
function restart(directory: string): void {
  if (existsSync(pluginsOfTheRun())) copyFileSync(pluginsOfTheRun(), seen(directory))
}

function remember(directory: string): void {
  const copy = `${pluginsOfTheRun()}.${process.pid}`
  copyFileSync(seen(directory), copy)
  renameSync(copy, pluginsOfTheRun())
}

function serverOf(app: App, database: TestDatabase, logged: readonly string[], close: () => Promise<void>): TestServer {
  const tokens = new Map<string, Promise<string>>()
  const tokenFor = (who: string): Promise<string> => {
    const staffNo = demoIdentities().find(i => i.key === who)?.staffNo ?? who
    let token = tokens.get(staffNo)
    if (!token) tokens.set(staffNo, (token = app.authenticator.issueToken(staffNo)))
    return token
  }
  const request = async (at: string, init: RequestInit = {}, who?: string | null): Promise<Response> => {
    const headers = new Headers(init.headers)
    if (who != null) headers.set('authorization', `Bearer ${await tokenFor(who)}`)
    return fetch(new URL(at, app.url), { ...init, headers })
  }
  const query = async <T>(document: string, variables: Record<string, unknown> = {}, who?: string | null): Promise<Answer<T>> => {
    const response = await request('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: document, variables }) }, who)
    const { data = null, errors = [] } = (await response.json()) as Partial<Answer<T>>
    return { status: response.status, data, errors }
  }
  const data = async <T>(document: string, variables?: Record<string, unknown>, who?: string | null): Promise<T> => {
    const answer = await query<T>(document, variables, who)
    if (answer.errors.length || answer.data === null) throw new Error(`The query failed: ${JSON.stringify(answer.errors, null, 2)}`)
    return answer.data
  }
  return { url: app.url, app, db: app.db, database, logged, query, data, fetch: request, tokenFor, close }
}
