import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import { z } from 'zod'
import type { Authenticator } from '../../auth'
import { AppError, badInput } from '../../core/errors'
import type { Routes } from '../server'
import { readExamples } from './examples'
import { offeredIdentities, type DemoIdentity } from './identities'

export interface ExplorerOptions {
  readonly authenticator: Authenticator
  /** Whom a visitor may be. Empty where there is no demo city, and in production. */
  readonly identities: readonly DemoIdentity[]
  /** Names of the plugins that run. */
  readonly plugins: readonly string[]
  readonly version: string
}

/** Pages and queries stand beside the source; a build does not copy them. */
const FOLDER = existsSync(path.join(__dirname, 'assets')) ? __dirname : path.join(__dirname, '..', '..', '..', '..', 'src', 'api', 'explorer')
const here = (...parts: string[]): string => path.join(FOLDER, ...parts)

/** The browser's parts of GraphiQL come from its npm packages: nothing is fetched from elsewhere. */
const VENDOR: Readonly<Record<string, string>> = {
  'react.js': 'react/umd/react.production.min.js', 'react-dom.js': 'react-dom/umd/react-dom.production.min.js',
  'graphiql.js': 'graphiql/graphiql.min.js', 'graphiql.css': 'graphiql/graphiql.min.css',
  'graphql-ws.js': 'graphql-ws/umd/graphql-ws.min.js',
}
const packageFile = (file: string): string => {
  const name = file.slice(0, file.indexOf('/'))
  return path.join(path.dirname(require.resolve(`${name}/package.json`)), file.slice(name.length + 1))
}

/**
 * The offline explorer at `/`: GraphiQL, example queries for each kind of user, and the identities of the demo city. Its pages run under a
 * policy without inline scripts; styles that GraphiQL adds at run time carry a nonce of their own page.
 */
export const explorerRoutes = (o: ExplorerOptions): Routes => async (app, { db }) => {
  const examples = readExamples(here('examples')).filter(e => e.plugins.every(p => o.plugins.includes(p)))
  const page = readFileSync(here('assets', 'index.html'), 'utf8')
  const offered = o.authenticator.canIssue ? o.identities : []
  await app.register(fastifyStatic, { root: here('assets'), serve: false, cacheControl: false })

  app.get('/', async (_request, reply) => {
    const nonce = randomBytes(16).toString('base64url')
    reply.headers({ 'content-security-policy': policy(nonce), 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' })
    return reply.type('text/html; charset=utf-8').send(page.replaceAll('{{nonce}}', nonce).replaceAll('{{version}}', encodeURIComponent(o.version)))
  })
  for (const asset of ['explorer.js', 'explorer.css', 'icon.svg']) {
    app.get(`/explorer/${asset}`, async (_request, reply) => reply.sendFile(asset, { maxAge: 0 }))
  }
  for (const [name, file] of Object.entries(VENDOR)) {
    const full = packageFile(file)
    app.get(`/explorer/vendor/${name}`, async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=86400').sendFile(path.basename(full), path.dirname(full), { cacheControl: false }))
  }
  app.get('/explorer/setup.json', async () => ({ version: o.version, examples, identities: offered.length ? await offeredIdentities(db, offered) : [] }))
  app.post('/explorer/token', async request => {
    const body = z.strictObject({ identity: z.string().max(100) }).safeParse(request.body)
    if (!body.success) throw badInput('identity', 'required', 'Send { "identity": "…" }.')
    const identity = offered.find(i => i.key === body.data.identity)
    if (!identity) throw new AppError('NOT_FOUND', 'There is no such object.')
    return { token: await o.authenticator.issueToken(identity.staffNo, 8 * 3_600) }
  })
}

const policy = (nonce: string): string => [
  `default-src 'none'`, `script-src 'self'`, `style-src 'self' 'nonce-${nonce}'`, `img-src 'self' data:`, `font-src 'self' data:`, `connect-src 'self'`,
  `base-uri 'none'`, `form-action 'none'`, `frame-ancestors 'none'`,
].join('; ')
