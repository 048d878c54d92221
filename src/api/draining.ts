import type { FastifyInstance } from 'fastify'

/** Milliseconds between two looks for connections that became idle. */
const EVERY = 50

/** How the server stops without failing anybody: first it says so, then it takes nothing new, at last it cuts off what does not end. */
export class Draining {
  begun = false

  constructor(private readonly app: FastifyInstance, private readonly timeout = 10_000) {
    app.addHook('onRequest', (_request, reply, done) => {
      if (this.begun) reply.header('connection', 'close')
      done()
    })
  }

  /** From now on readiness says no, and every answer asks its client to connect anew: to another instance, where there is one. */
  begin(): void {
    this.begun = true
  }

  /** Requests that arrive on open connections meanwhile are answered too. */
  async end(): Promise<void> {
    this.begin()
    const { server } = this.app
    // A connection whose last answer began before the draining would stay open for as long as its client likes.
    const idle = setInterval(() => server.closeIdleConnections(), EVERY)
    const late = setTimeout(() => server.closeAllConnections(), this.timeout)
    try {
      await this.app.close()
    } finally {
      clearInterval(idle)
      clearTimeout(late)
    }
  }
}
