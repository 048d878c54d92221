import type { Socket } from 'node:net'
import pg from 'pg'
import { ConnectionGivenUp } from './failures'
import { Probe } from './probe'

/** Milliseconds between two looks. All patience is counted in looks, so that a process that was itself held up does not blame the server. */
const EVERY = 250
/** Looks without a byte after which the server is asked about a statement: three seconds. */
const QUIET = 12

/** What pg keeps of a client beyond its types. */
interface Inside {
  readonly connection: { readonly stream: Socket }
  readonly processID: number | null
  /** The statement that waits for its answer. */
  readonly _activeQuery: object | null
}
const inside = (client: pg.Client): Inside => client as unknown as Inside

/** What was seen of a connection when it was last looked at. */
interface Seen {
  statement: object | null
  bytes: number
  /** Looks since then at which nothing had moved, and at how many of them in a row the server knew nothing of a statement. */
  quiet: number
  unheard: number
  /** Looks after which it is given up whatever the server says. */
  readonly most: number
}

/**
 * Notices within four seconds that PostgreSQL does not answer any more (a frozen process, a network that swallows packets), where TCP would
 * wait for minutes: what waits then fails at once, and nothing new begins, until it answers again. It also gives up single connections of
 * whose statement a living server knows nothing.
 */
export class Watch {
  private readonly clients = new Map<pg.Client, Seen>()
  private readonly probe: Probe
  private timer: NodeJS.Timeout | undefined

  constructor(url: string, private readonly tell: (answers: boolean, why: string) => void = () => undefined) {
    this.probe = new Probe(url, { away: why => this.away(why), back: () => this.tell(true, ''), unheard: pids => this.unheard(pids) })
  }

  /** False from the moment when PostgreSQL was found not to answer, until it does. */
  get answers(): boolean {
    return this.probe.answers
  }

  /** The class of a pool's clients. `longest`: milliseconds that one statement may take before its connection counts as hung. */
  clientClass(longest: number): new () => pg.Client {
    const join = (client: pg.Client): boolean => this.join(client, Math.ceil(longest / EVERY))
    return class extends pg.Client {
      override connect(): Promise<pg.Client>
      override connect(callback: (error: Error) => void): void
      override connect(callback?: (error: Error) => void): Promise<pg.Client> | void {
        if (join(this)) return callback ? super.connect(callback) : super.connect()
        const refused = new ConnectionGivenUp('PostgreSQL does not answer.')
        if (!callback) return Promise.reject(refused)
        process.nextTick(callback, refused)
      }
    }
  }

  /** Ends every connection of the pools, whatever it does. */
  cutAll(why: string): void {
    for (const client of this.clients.keys()) cut(client, why)
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.probe.stop()
  }

  private join(client: pg.Client, most: number): boolean {
    this.timer ??= setInterval(() => this.look(), EVERY).unref()
    if (!this.answers) return false
    this.clients.set(client, { statement: null, bytes: 0, quiet: 0, unheard: 0, most })
    client.once('end', () => this.clients.delete(client))
    return true
  }

  private look(): void {
    const suspects: number[] = []
    for (const [client, seen] of this.clients) {
      const { connection: { stream }, _activeQuery: statement, processID } = inside(client)
      const bytes = stream.bytesRead + stream.bytesWritten
      if (statement === null || statement !== seen.statement || bytes !== seen.bytes) Object.assign(seen, { statement, bytes, quiet: 0, unheard: 0 })
      else if (++seen.quiet >= seen.most) cut(client, 'A statement took longer than PostgreSQL would have let it.')
      else if (seen.quiet >= QUIET && processID !== null) suspects.push(processID)
    }
    this.probe.look(suspects)
  }

  /** Twice in a row, because an answer may be on its way. */
  private unheard(pids: readonly number[]): void {
    for (const [client, seen] of this.clients) {
      const { processID } = inside(client)
      if (seen.quiet < QUIET || processID === null || !pids.includes(processID)) seen.unheard = 0
      else if (++seen.unheard === 2) cut(client, 'PostgreSQL has not heard of a statement that was sent to it.')
    }
  }

  private away(why: string): void {
    this.cutAll(why)
    this.tell(false, why)
  }
}

/** Each with an error of its own: what became of a command is noted on it. */
const cut = (client: pg.Client, why: string): void => void inside(client).connection.stream.destroy(new ConnectionGivenUp(why))
