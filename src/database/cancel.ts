import { connect } from 'node:net'
import type pg from 'pg'
import { serialize } from 'pg-protocol'
import type { Stoppable } from '../core/request'

/** What pg's client knows beside its types: where its server is, and the number and secret under which it may be told to stop. */
interface Backend { readonly host: string; readonly port: number; readonly processID: number; readonly secretKey: number }

/**
 * A connection that a request holds. When it was stopped it must be thrown away, whatever it has answered: what tells PostgreSQL to stop
 * travels on its own and may arrive when the next one's statement runs there.
 */
export class Held implements Stoppable {
  stopped = false

  constructor(private readonly client: pg.ClientBase) {}

  stop(): void {
    this.stopped = true
    cancel(this.client as unknown as Backend)
  }
}

const PATIENCE = 5_000

/** Asks PostgreSQL to break off what runs on a connection, over a connection of its own, as the protocol wants it. */
function cancel({ host, port, processID, secretKey }: Backend): void {
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
  socket.on('error', () => undefined).setTimeout(PATIENCE, () => socket.destroy())
  socket.once('connect', () => socket.end(serialize.cancel(processID, secretKey)))
}
