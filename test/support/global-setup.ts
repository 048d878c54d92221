import { tmpdir } from 'node:os'
import type { Config } from 'jest'
import { RUN, SERVER_URL, startTestServer } from './test-server'

declare global {
  var stopTestServer: (() => Promise<void>) | undefined
}

/** Runs once before all test files: an embedded PostgreSQL, or the server of DATABASE_URL. `onDisk` among a suite's globals: its data are too much for memory. */
export default async function globalSetup(_: unknown, { globals }: Pick<Config, 'globals'>): Promise<void> {
  const server = await startTestServer(process.env['DATABASE_URL'], globals?.['onDisk'] ? tmpdir() : undefined)
  process.env[SERVER_URL] = server.url
  process.env[RUN] = server.run
  // Nothing under test may reach another database than its own.
  delete process.env['DATABASE_URL']
  globalThis.stopTestServer = server.stop
}
