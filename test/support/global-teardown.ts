import { rmSync } from 'node:fs'
import { pluginsOfTheRun } from './test-server'

export default async function globalTeardown(): Promise<void> {
  rmSync(pluginsOfTheRun(), { force: true })
  await globalThis.stopTestServer?.()
}
