import type { Connection, Submittable } from 'pg'
import { serialize } from 'pg-protocol'

type Done = (error: Error | null, result?: { rows: [string][] }) => void

/** What of a connection a query needs beside its typed part: the texts it has prepared, by their names. */
interface Prepared {
  readonly parsedStatements: Readonly<Record<string, string | undefined>>
  readonly submittedNamedStatements: Record<string, string | undefined>
}

/**
 * A statement whose answer is one text, for `query` of a pool or client. Beside pg's own query it has the row described to nobody, keeps no
 * parsers and no listeners, and leaves in one write.
 */
export class TextQuery implements Submittable {
  /** What is answered, in pg's words. */
  readonly rowMode = 'array'
  readonly values: readonly (string | null)[]
  /** Set by whoever runs it. */
  callback: Done | undefined
  private answer: string | null = null

  constructor(readonly name: string | undefined, readonly text: string, values: readonly unknown[]) {
    this.values = values.map(textOf)
  }

  submit(connection: Connection): Error | null {
    const { name, text } = this
    const { parsedStatements, submittedNamedStatements } = connection as unknown as Prepared
    const known = name === undefined ? undefined : parsedStatements[name] ?? submittedNamedStatements[name]
    if (known !== undefined && known !== text) return new Error(`The name ${name} is that of another statement.`)
    // Of a connection that is going down the client tells every query itself.
    if (!connection.stream.writable) return null
    const call = callOf(name ?? '', this.values)
    if (known === text) connection.stream.write(call)
    else {
      connection.stream.cork()
      connection.parse({ name: name ?? '', text, types: [] }, true)
      if (name !== undefined) submittedNamedStatements[name] = text
      connection.stream.write(call)
      connection.stream.uncork()
    }
    return null
  }

  handleDataRow({ fields: [text] }: { readonly fields: readonly (string | null)[] }): void {
    this.answer = text ?? null
  }

  handleCommandComplete(): void {
    // The row has said everything.
  }

  handleError(error: Error): void {
    this.callback?.(error)
  }

  handleReadyForQuery(): void {
    this.callback?.(null, { rows: [[this.answer!]] })
  }
}

/** A parameter as PostgreSQL reads it. */
function textOf(value: unknown): string | null {
  if (value == null) return null
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return `{${value.map(elementOf).join()}}`
  if (typeof value === 'object') throw new TypeError('Parameters are texts, numbers, booleans and lists of them.')
  return String(value)
}

const elementOf = (value: unknown): string => {
  const text = textOf(value)
  return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** Execute the unnamed portal to its end, and Sync. */
const GO = Buffer.concat([serialize.execute(), serialize.sync()])

/** Bind, Execute and Sync in one buffer; parameters and results as text. */
const callOf = (name: string, values: readonly (string | null)[]): Buffer => Buffer.concat([serialize.bind({ statement: name, values: values as (string | null)[] }), GO])
