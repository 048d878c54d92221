import { setImmediate } from 'node:timers/promises'
import type { OperationCheck } from './check'
import type { OperationRegistry, RegistryLog } from './registry'

/** After an upgrade: tells which listed operations no longer fit the schema or the limits. One at a time, between requests. */
export async function logUnfit(registry: OperationRegistry, check: OperationCheck, log: RegistryLog): Promise<number> {
  let unfit = 0
  for (const { team, name, hash, body } of registry.all) {
    const problems = check.one({ body })
    if (Array.isArray(problems)) {
      unfit++
      log.warn({ team, operation: name, hash, problems: problems.slice(0, 3) }, 'a listed operation no longer fits the schema')
    }
    await setImmediate()
  }
  return unfit
}
