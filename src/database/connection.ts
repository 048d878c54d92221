import type { Writable } from 'node:stream'
import type pg from 'pg'

/** What is sent now and until the program next waits leaves in one packet. */
export function together<T>(client: pg.ClientBase, send: () => T): T {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
  return send()
}
