import { connect, createServer, type Socket } from 'node:net'
import { SERVER_URL } from './test-server'

export interface TcpProxy {
  /** The URL with this proxy in place of its host and port. */
  url(target: string): string
  /** Ends what is open and refuses what comes: a server that stopped. */
  refuse(): Promise<void>
  /** Takes everything and passes nothing on, on open connections and on new ones: a frozen server, a network that swallows packets. */
  swallow(): void
  /** As `swallow`, for the one connection that the server knows under this port of its client. */
  swallowOne(clientPort: number): void
  /** Passes on what comes. What was swallowed stays so. */
  pass(): Promise<void>
  close(): Promise<void>
}

/** A way to the run's PostgreSQL, or to the host and port of another URL, that can be made to fail as networks and servers do. */
export async function tcpProxy(target = process.env[SERVER_URL]!): Promise<TcpProxy> {
  const { hostname, port } = new URL(target)
  const pairs = new Map<Socket, Socket>()
  let swallowing = false
  const server = createServer(near => {
    const far = connect(Number(port), hostname)
    pairs.set(near, far)
    for (const [socket, other] of [[near, far], [far, near]] as const) {
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        other.destroy()
        pairs.delete(near)
      })
      socket.pipe(other)
    }
    if (swallowing) swallow(near, far)
  })
  const swallow = (near: Socket, far: Socket): void => {
    near.unpipe(far).resume()
    far.unpipe(near).resume()
  }
  const listen = (at: number): Promise<void> => new Promise((done, fail) => void server.once('error', fail).listen(at, '127.0.0.1', done))
  const stop = (): Promise<void> => new Promise(done => {
    server.close(() => done())
    for (const near of pairs.keys()) near.destroy()
  })
  await listen(0)
  const own = (server.address() as { port: number }).port
  return {
    url: to => Object.assign(new URL(to), { host: `127.0.0.1:${own}` }).toString(),
    refuse: stop,
    swallow: () => {
      swallowing = true
      pairs.forEach((far, near) => swallow(near, far))
    },
    swallowOne: port => pairs.forEach((far, near) => far.localPort === port && swallow(near, far)),
    pass: async () => {
      swallowing = false
      if (!server.listening) await listen(own)
    },
    close: stop,
  }
}
