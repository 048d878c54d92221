import type { Database } from '../../database/database'
import type { Signals } from '../../database/signals'

export interface Listed {
  readonly team: string
  readonly name: string
  readonly hash: string
  readonly body: string
}
export interface RegistryLog {
  warn(bindings: object, message: string): void
}

/** Changes with every operation that is listed or retired, in whatever order the transactions end. */
const VERSION = `SELECT concat_ws(' ', count(*), count(retired_at), max(updated_at)) AS version FROM persisted_operation`
const LIVE = 'SELECT team, name, hash, body FROM persisted_operation WHERE retired_at IS NULL ORDER BY team, name, id'
const EVERY = 3_000

/** Said by whoever lists or retires an operation. */
export const OPERATIONS_CHANNEL = 'operations'

/**
 * The listed operations in memory, by hash and by text. Looked up anew when an instance says that they changed, and every few seconds in
 * case it was not heard. Without the database the last ones known serve on.
 */
export class OperationRegistry {
  private byHash: ReadonlyMap<string, string> = new Map()
  private texts: ReadonlySet<string> = new Set()
  private version = ''
  private timer: NodeJS.Timeout | undefined
  private unsubscribe: (() => void) | undefined
  private running: Promise<void> = Promise.resolve()
  private failing = false
  /** What is listed now. */
  all: readonly Listed[] = []

  constructor(private readonly db: Database, private readonly log: RegistryLog, private readonly signals?: Pick<Signals, 'on'>) {}

  textOf(hash: string): string | undefined {
    return this.byHash.get(hash)
  }

  holds(text: string): boolean {
    return this.texts.has(text)
  }

  start(): void {
    this.unsubscribe = this.signals?.on(OPERATIONS_CHANNEL, () => void this.refresh())
    this.timer = setInterval(() => void this.refresh(), EVERY).unref()
  }

  async stop(): Promise<void> {
    this.unsubscribe?.()
    clearInterval(this.timer)
    await this.running
  }

  /** Never fails: what cannot be read stays as it was. */
  refresh(): Promise<void> {
    this.running = this.running.then(() => this.load()).then(() => { this.failing = false }, (err: unknown) => {
      if (!this.failing) this.log.warn({ err }, 'the listed operations cannot be read; those of before are served')
      this.failing = true
    })
    return this.running
  }

  async load(): Promise<void> {
    const [now] = await this.db.rows<{ version: string }>(VERSION)
    if (now!.version === this.version) return
    this.all = await this.db.rows<Listed>(LIVE)
    this.byHash = new Map(this.all.map(o => [o.hash, o.body]))
    this.texts = new Set(this.byHash.values())
    this.version = now!.version
  }
}
