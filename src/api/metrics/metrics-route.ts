import { createServer, type Server } from 'node:http'
import type { Routes } from '../server'
import type { Metrics } from './metrics'

/** `/metrics` beside the API: for development, where the listener is not public. */
export const metricsRoute = (metrics: Metrics): Routes => app => {
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()))
}

/** `/metrics`, and nothing else, on an address of its own. */
export async function listenForMetrics(metrics: Metrics, { host, port }: { host: string; port: number }): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
    metrics.text().then(text => response.writeHead(200, { 'content-type': metrics.contentType }).end(text), () => response.writeHead(500).end())
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  return { url: `http://${host}:${portOf(server)}/metrics`, close: () => new Promise(done => {
    server.close(() => done())
    server.closeAllConnections()
  }) }
}

const portOf = (server: Server): number => (server.address() as { port: number }).port
