import pino from 'pino'
import { createServer, evidenceRoutes, type ApiServer } from '../../../src/api'
import { Database } from '../../../src/database/database'
import { DiskEvidenceStore, EvidenceFileService, evidenceLimits } from '../../../src/domain/evidence'
import type { DomainModule } from '../../../src/domain/module'
import { coreModules } from '../../../src/modules'
import { testServer, type TestServer } from '../server'
import { territory, type County } from './county'

export type Reader = 'planner' | 'resolvers'
export interface Answered {
  readonly status: number
  readonly text: string
  readonly data: Readonly<Record<string, unknown>> | null
  readonly errors: readonly { message: string; path?: readonly (string | number)[]; extensions: Readonly<Record<string, unknown>> & { code: string } }[]
}
export interface Request { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> }
/** Asks as a person by staff number, or as nobody. */
export type Ask = (who: string | null, request: Request) => Promise<Answered>

/** The whole product with both plugins, and beside it two servers over the same database that answer through one reader each, without limits. */
export interface ScopeWorld {
  readonly server: TestServer
  readonly readers: Readonly<Record<Reader, ApiServer>>
  readonly ask: Readonly<Record<Reader, Ask>>
  readonly own: County
  readonly foreign: County
  /** Global id of the city above both. */
  readonly city: string
  readonly modules: readonly DomainModule[]
  /** Another server like that of the planner with a mistake in it: to show what the walk would notice. */
  mistaken(mistake: Mistake): Promise<{ api: ApiServer; ask: Ask }>
  close(): Promise<void>
}

/** Other declarations, or another text of the statements that are read with. */
export interface Mistake {
  readonly modules?: (modules: readonly DomainModule[]) => readonly DomainModule[]
  readonly sql?: (text: string) => string
}

/** Operations belong to no county: one that is listed, and one no longer. */
const LISTED = `INSERT INTO persisted_operation (id, team, name, kind, hash, body, cost, retired_at, created_by, updated_by)
  SELECT gen_random_uuid(), 'desk', name, 'QUERY', encode(sha256(convert_to(body, 'UTF8')), 'hex'), body, 1, retired_at, 'system:test', 'system:test'
  FROM (VALUES ('Now', 'query Now { __typename }', NULL), ('Then', 'query Then { __typename }', timestamptz '2026-01-01')) o(name, body, retired_at)`

/** Codes belong to nobody either: one that is no longer in use. */
const RETIRED = `UPDATE listed_code SET retired_on = '2026-01-01', superseded_by_code = 'formalism' WHERE list = 'PROBLEM_CATEGORY' AND code = 'other'`

const MANY = 1_000_000
const NO_LIMITS = { bodyBytes: 10_000_000, tokens: MANY, depth: 100, fields: MANY, aliases: MANY, directives: 100, rootFields: 1_000, cost: 100 * MANY, requestsPerMinute: MANY, requestsPerMinuteOfAddress: MANY, failedSignInsPerMinute: MANY, requestsInFlight: MANY }

export async function scopeWorld(): Promise<ScopeWorld> {
  let counties: Awaited<ReturnType<typeof territory>> | undefined
  const server = await testServer({ plugins: 'all', env: { PLUMBLINE_JOBS: '0' }, before: async t => { counties = await territory(t) } })
  for (const sql of [LISTED, RETIRED]) await server.database.owner.query(sql)
  const modules = [...coreModules, ...server.app.plugins.modules]
  const open: ApiServer[] = []
  const misled: Database[] = []
  const limits = evidenceLimits({ maxBytes: 1_000_000 })
  const serve = async (of: readonly DomainModule[], reader: Reader, db: Database = server.db): Promise<ApiServer> => {
    const api = await createServer({
      modules: of, db, authenticator: server.app.authenticator, log: pino({ level: 'silent' }),
      config: { production: false, planner: reader === 'planner', http: { corsOrigins: [], trustProxy: false, introspection: true }, limits: NO_LIMITS },
      routes: [evidenceRoutes(new EvidenceFileService(db, await DiskEvidenceStore.open(server.app.config.evidence.directory), limits), limits)],
    })
    await api.app.ready()
    open.push(api)
    return api
  }
  const readers = { planner: await serve(modules, 'planner'), resolvers: await serve(modules, 'resolvers') }
  return {
    server, readers, modules, ...counties!, ask: { planner: asking(readers.planner, server), resolvers: asking(readers.resolvers, server) },
    mistaken: async ({ modules: change, sql }) => {
      const db = sql ? misreading(server.database.url, sql) : server.db
      if (sql) misled.push(db)
      const api = await serve(change?.(modules) ?? modules, 'planner', db)
      return { api, ask: asking(api, server) }
    },
    close: async () => {
      await Promise.all(open.map(api => api.close()))
      await Promise.all(misled.map(db => db.close()))
      await server.close()
    },
  }
}

/** Another pool on the same database: every text that is read with is changed on its way. */
function misreading(url: string, change: (text: string) => string): Database {
  const db = new Database(url, { readConnections: 2, writeConnections: 2 })
  db.reads.on('connect', client => {
    const reading = client as unknown as { query(asked: { text: string }, ...rest: unknown[]): unknown }
    const right = reading.query.bind(client)
    reading.query = (asked, ...rest) => right(typeof asked === 'object' ? Object.assign(asked, { text: change(asked.text) }) : asked, ...rest)
  })
  return db
}

const asking = ({ app }: ApiServer, server: TestServer): Ask => async (who, request) => {
  const response = await app.inject({
    method: 'POST', url: '/graphql', payload: JSON.stringify(request),
    headers: { 'content-type': 'application/json', ...(who !== null && { authorization: `Bearer ${await server.tokenFor(who)}` }) },
  })
  const { data = null, errors = [] } = JSON.parse(response.body) as Partial<Answered>
  return { status: response.statusCode, text: response.body, data, errors }
}
