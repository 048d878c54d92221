import type pg from 'pg'

type Done = (error: (Error & { code?: string }) | null, answer?: unknown) => void
interface Asked { readonly name?: string; readonly text: string; readonly statements?: readonly { readonly values: readonly unknown[] }[]; callback?: Done }
type Client = { query(asked: Asked, ...rest: unknown[]): unknown }
type Given = (error: Error | undefined, client: Client | undefined, release: (error?: Error | boolean) => void) => void

/** What stands between the pool and the database: passes a query on, changed or not, or answers it. */
type Between = (asked: Asked, pass: (asked: Asked) => unknown) => unknown

async function between<T>(pool: pg.Pool, step: Between, work: () => Promise<T>): Promise<T> {
  const watched = pool as unknown as { connect(given?: Given): unknown }
  const connect = watched.connect
  const watch = (client: Client): Client => Object.assign(Object.create(client) as Client, {
    // What is said as a plain text opens and ends transactions: it is neither watched nor changed.
    query: (asked: Asked, ...rest: unknown[]) => (typeof asked === 'string' ? client.query(asked, ...rest) : step(asked, passed => client.query(passed, ...rest))),
  })
  watched.connect = (given?: Given) => (given
    ? connect.call(pool, (error, client, release) => given(error, client && watch(client), release))
    : (connect.call(pool) as Promise<Client>).then(watch))
  try {
    return await work()
  } finally {
    watched.connect = connect
  }
}

/** Statements that reach the database through this pool while `work` runs. `refuse`: instead of the database's, the answer to each. */
export async function watchStatements<T>(pool: pg.Pool, work: () => Promise<T>, refuse?: Error): Promise<{ statements: Asked[]; result: T }> {
  const statements: Asked[] = []
  const result = await between(pool, (asked, pass) => {
    statements.push(asked)
    return refuse ? asked.callback?.(refuse) : pass(asked)
  }, work)
  return { statements, result }
}

/** Changes the text of every statement on its way to the database; tells how many were changed, and which the database then refused. */
export async function rewriteStatements<T>(pool: pg.Pool, change: (text: string) => string, work: () => Promise<T>): Promise<{ touched: number; broken: string[]; result: T }> {
  let touched = 0
  const broken: string[] = []
  const result = await between(pool, (asked, pass) => {
    const text = change(asked.text)
    if (text === asked.text) return pass(asked)
    touched++
    const Query = asked.constructor as new (statement: { text: string; values: readonly unknown[] }) => Asked
    const changed = new Query({ text, values: asked.statements![0]!.values })
    changed.callback = (error, answer) => {
      if (error) broken.push(`${error.code} ${error.message}\n${text}`)
      asked.callback!(error, answer)
    }
    return pass(changed)
  }, work)
  return { touched, broken, result }
}
