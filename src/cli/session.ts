import { type Foundation, openFoundation } from '../foundation'
import { readConfig } from '../config'
import { systemActor } from '../core/actor'
import { newId } from '../core/ids'
import type { Origin } from '../core/request'
import { createLogger } from '../log'

/** Opens the database for one command, beside a running Plumbline when there is one, and closes it whatever happens. */
export async function withFoundation<T>(work: (f: Foundation) => Promise<T>): Promise<T> {
  const config = readConfig()
  const foundation = await openFoundation(config, { log: createLogger(config), join: true })
  try {
    return await work(foundation)
  } finally {
    await foundation.close()
  }
}

/** Commands of the command line are the operator's: whoever may run them holds the database already. */
export const commandLine = (): Origin => ({ actor: systemActor('cli'), requestId: newId(), address: null })
