import type pg from 'pg'

interface Asked { readonly name?: string; readonly text: string }
type Client = { query(asked: Asked, ...rest: unknown[]): unknown }
type Given = (error: Error | undefined, client: Client | undefined, release: (error?: Error | boolean) => void) => void

/** Statements that reach the database through this pool while `work` runs. `refuse`: instead of the database's, the answer to each. */
export async function watchStatements<T>(pool: pg.Pool, work: () => Promise<T>, refuse?: Error): Promise<{ statements: Asked[]; result: T }> {
  const watched = pool as unknown as { connect(given?: Given): unknown }
  const connect = watched.connect
  const statements: Asked[] = []
  const watch = (client: Client): Client => ({
    query(asked: Asked & { callback?: (error: Error) => void }, ...rest: unknown[]) {
      statements.push(asked)
      return refuse ? asked.callback?.(refuse) : client.query(asked, ...rest)
    },
  })
  watched.connect = (given?: Given) => connect.call(pool, given && ((error, client, release) => given(error, client && watch(client), release)))
  try {
    return { result: await work(), statements }
  } finally {
    watched.connect = connect
  }
}
