import { openPlugins } from '../app'
import type { Foundation } from '../foundation'
import { buildSchema, DEFAULT_LIMITS } from '../api'
import { ManifestError, OperationCheck, OperationService, readHandedIn } from '../api/operations'
import { StartError } from '../database/start-error'
import { coreModules } from '../modules'
import { commandLine, withFoundation } from './session'
import { table } from './terminal'

/** `plumbline operations publish <team> <from>`: all of the operations, or none and everything that is wrong with them. */
export async function publishOperations(team: string, from: string): Promise<void> {
  const handedIn = read(from)
  await withFoundation(async foundation => {
    const { fit, problems } = await withSchema(foundation, check => check.all(handedIn))
    if (problems.length) {
      console.error(table(['Operation', 'Problem'], problems.map(p => [p.place, p.message])))
      throw new StartError(`Nothing was listed: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`)
    }
    const { added, unchanged } = await new OperationService(foundation.db).publish(commandLine(), team, fit).catch(inWords)
    console.log(`${added} listed for ${team}, ${unchanged} were listed already.`)
  })
}

export async function retireOperations(team: string, nameOrHash: string): Promise<void> {
  await withFoundation(async ({ db }) => {
    const retired = await new OperationService(db).retire(commandLine(), team, nameOrHash)
    if (!retired.length) throw new StartError(`${team} has no listed operation ${nameOrHash}.`)
    console.log(table(['Retired', 'Hash'], retired.map(o => [o.name, o.hash])))
  })
}

export async function listOperations(o: { team?: string }): Promise<void> {
  await withFoundation(async ({ db }) => {
    const all = await new OperationService(db).list(o.team ?? null)
    console.log(all.length ? table(['Team', 'Operation', 'Kind', 'Cost', 'Listed', 'Retired', 'Hash'],
      all.map(l => [l.team, l.name, l.kind, l.cost, l.created_at.slice(0, 16), l.retired_at?.slice(0, 16) ?? '', l.hash])) : 'No operation is listed.')
  })
}

function read(from: string): ReturnType<typeof readHandedIn> {
  try {
    return readHandedIn(from)
  } catch (error) {
    throw error instanceof ManifestError ? new StartError(error.message, { cause: error }) : error
  }
}

const inWords = (error: unknown): never => {
  throw (error as { code?: unknown }).code === 'BAD_INPUT' ? new StartError((error as Error).message, { cause: error }) : error
}

/** The schema that is served with the plugins of this configuration. */
async function withSchema<T>(foundation: Foundation, work: (check: OperationCheck) => T): Promise<T> {
  const plugins = await openPlugins(foundation)
  try {
    const { schema } = buildSchema([...coreModules, ...plugins.modules], foundation.db, plugins.unavailable)
    return work(new OperationCheck(schema, { ...DEFAULT_LIMITS, ...foundation.config.limits }))
  } finally {
    await plugins.close()
  }
}
