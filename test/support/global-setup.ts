import { RUN, SERVER_URL, startTestServer } from './test-server'

declare global {
  var stopTestServer: (() => Promise<void>) | undefined
}

/** Runs once before all test files: an embedded PostgreSQL, or the server of DATABASE_URL. */
export default async function globalSetup(): Promise<void> {
  const server = await startTestServer(process.env['DATABASE_URL'])
  process.env[SERVER_URL] = server.url
  process.env[RUN] = server.run
  // Nothing under test may reach another database than its own.
  delete process.env['DATABASE_URL']
  globalThis.stopTestServer = server.stop
}
