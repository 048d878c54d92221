import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createServer, type ApiServer, type ServerConfig, type ServerOptions } from '../../src/api'
import { Authenticator, loadKeys, type Keys } from '../../src/auth'
import { createLogger } from '../../src/log'
import { testDatabase, type TestDatabase } from './database'

export interface Answer {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly text: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of any shape
  readonly data: any
  readonly errors: readonly { message: string; path?: (string | number)[]; extensions: Record<string, unknown> & { code: string } }[]
}

export interface TestApi {
  readonly server: ApiServer
  readonly database: TestDatabase
  readonly authenticator: Authenticator
  readonly keys: Keys
  /** Lines that the server logged. */
  readonly logged: string[]
  token(staffNo: string): Promise<string>
  /** Over HTTP. `token` null: without one. */
  ask(token: string | null, query: string, variables?: object, o?: { headers?: Record<string, string>; operationName?: string }): Promise<Answer>
  close(): Promise<void>
}

export const TOKENS = { issuer: 'plumbline-test', audience: 'plumbline-test', clockTolerance: 0, rightsTtl: 0 }

const CONFIG: ServerConfig = { production: false, planner: true, http: { corsOrigins: [], trustProxy: false, introspection: true }, limits: {} }

type Options = Pick<ServerOptions, 'modules' | 'routes' | 'ready' | 'metrics'> & {
  config?: Partial<ServerConfig>
  /** What is in the database before the server looks at it. */
  before?: (owner: TestDatabase['owner']) => Promise<void>
  /** Its database; an empty one unless told. */
  database?: () => Promise<TestDatabase>
}

/** The API alone on a database of its own: no plugins, no demo, nothing that listens. */
export async function testApi(o: Options): Promise<TestApi> {
  const database = await (o.database ?? testDatabase)()
  await o.before?.(database.owner)
  const directory = mkdtempSync(path.join(tmpdir(), 'plumbline-api-'))
  const keys = await loadKeys({ production: false, dataDirectory: directory })
  const authenticator = new Authenticator(database.db, keys, TOKENS)
  const logged: string[] = []
  const log = createLogger({ logLevel: 'info', logFormat: 'json' }, { write: line => void logged.push(line) })
  const server = await createServer({ ...o, config: { ...CONFIG, ...o.config }, db: database.db, authenticator, log })
  await server.app.ready()
  return {
    server, database, authenticator, keys, logged,
    token: staffNo => authenticator.issueToken(staffNo),
    ask: async (token, query, variables, { headers = {}, operationName } = {}) => {
      const response = await server.app.inject({
        method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
        payload: JSON.stringify({ query, variables, operationName }),
      })
      const body = JSON.parse(response.body) as { data?: unknown; errors?: Answer['errors'] }
      return { status: response.statusCode, headers: response.headers, text: response.body, data: body.data, errors: body.errors ?? [] }
    },
    close: async () => {
      await server.close()
      await database.close()
      rmSync(directory, { recursive: true })
    },
  }
}
