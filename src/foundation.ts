import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Logger } from 'pino'
import { Authenticator, loadKeys } from './auth'
import { type Config, PROJECT_ROOT } from './config'
import { useDigestKey } from './database/audit-content'
import { Database } from './database/database'
import { findEmbedded, startEmbedded } from './database/embedded'
import { migrate } from './database/migrate'
import { reachableDirectory } from './database/native'
import { requireAppRole, requireOwner, requireServer } from './database/requirements'
import { Signals } from './database/signals'
import { inboxSources } from './domain'
import { followStates, useReminderDays } from './domain/inbox'
import { useMostExtensions } from './domain/rectification'
import { useCellSizes } from './report'
import { loadKeyEncryptionKeys, Vault } from './vault'

/** Tells somebody who waits what is going on. */
export interface Progress {
  step<T>(what: string, work: (tell: (detail: string) => void) => Promise<T>): Promise<T>
}
export const SILENT: Progress = { step: (_, work) => work(() => undefined) }

export interface AppOptions {
  log: Logger
  progress?: Progress
  /** Told when the product cannot go on. */
  onDeath?: (message: string) => void
  /** Work beside a Plumbline that is running on the same embedded database, instead of being refused. */
  join?: boolean
}

/** Everything below HTTP: what the command line works with. */
export interface Foundation {
  readonly config: Config
  readonly db: Database
  readonly ownerUrl: string
  readonly authenticator: Authenticator
  /** What instances tell each other; heard once the product listens (`createApp`), not on the command line. */
  readonly signals: Signals
  close(): Promise<void>
}

export const CORE_VERSION = (JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8')) as { version: string }).version

/** Closes in the reverse order of opening; the first failure is thrown when all had their turn. */
export class Closers {
  private readonly all: (() => Promise<unknown>)[] = []
  add(close: () => Promise<unknown>): void {
    this.all.push(close)
  }
  readonly close = async (): Promise<void> => {
    const failures: unknown[] = []
    for (const close of this.all.splice(0).reverse()) await close().catch(e => failures.push(e))
    if (failures.length) throw failures[0]
  }
}

/** The database, migrated, and who may come in. */
export async function openFoundation(config: Config, o: AppOptions): Promise<Foundation> {
  const { step } = o.progress ?? SILENT
  const closers = new Closers()
  try {
    const { url, ownerUrl } = await step('PostgreSQL', async tell => {
      const opened = await openDatabase(config, { ...o, tell })
      closers.add(opened.close)
      await requireServer(opened.ownerUrl, config.database.owner)
      await requireOwner(opened.ownerUrl, config.database.owner)
      return opened
    })
    await step('Migrations', async tell => {
      const ran = await migrate(ownerUrl)
      await followStates(ownerUrl, inboxSources)
      tell(ran.length ? `${ran.length} new` : 'up to date')
    })
    await requireAppRole(url, 'DATABASE_URL')
    const db = new Database(url, { ...config.database, onAvailability: tellAvailability(o.log) })
    closers.add(() => db.close())
    await useDigestKey(db)
    const signals = new Signals(url, o.log)
    closers.add(() => signals.close())
    const { keysFile, pemAlgorithm, provider } = config.auth
    const keys = await loadKeys({ production: config.production, dataDirectory: config.dataDirectory, pemAlgorithm, keysFile, issuer: provider && { ...provider, production: config.production, log: o.log } })
    useCellSizes(db, config.cellSizes)
    useMostExtensions(db, config.rectification.mostExtensions)
    useReminderDays(db, config.inbox.reminders)
    await Vault.open(db, await loadKeyEncryptionKeys({ ...config.vault, production: config.production, dataDirectory: config.dataDirectory }))
    return { config, db, ownerUrl, signals, authenticator: new Authenticator(db, keys, config.auth), close: closers.close }
  } catch (error) {
    await closers.close().catch(() => undefined)
    throw error
  }
}

const tellAvailability = (log: Logger) => (answers: boolean, reason: string): void =>
  answers ? log.warn('the database answers again') : log.error({ reason }, 'the database does not answer')

/** Addresses of the database for the server's role and for the owner of the tables; the embedded one is started, or joined, when none is given. */
export async function openDatabase(
  { database, dataDirectory, dataDirectoryIsDefault }: Config, o: Pick<AppOptions, 'onDeath' | 'join'> & { tell?: (detail: string) => void },
): Promise<{ url: string; ownerUrl: string; close(): Promise<void> }> {
  const close = async (): Promise<void> => undefined
  if (database.url !== null) return { url: database.url, ownerUrl: database.ownerUrl ?? database.url, close }
  const directory = dataDirectoryIsDefault ? reachableDirectory(dataDirectory) : dataDirectory
  const running = o.join ? await findEmbedded(directory) : null
  if (running !== null) return { url: running, ownerUrl: running, close }
  const server = await startEmbedded({ directory, ...(o.onDeath && { onDeath: o.onDeath }) })
  o.tell?.(`embedded, in ${directory}`)
  return { url: server.url, ownerUrl: server.url, close: () => server.stop() }
}
