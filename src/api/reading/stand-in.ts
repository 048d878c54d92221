import { nearField } from '../../database/sql'

const ROW_ID = nearField('id')

/**
 * A row that a command answers with and that is not read yet: the answer will be read as a whole. Whoever looks into it wants to know
 * something that is not there, and is told so rather than getting nothing.
 */
export function standIn(type: string, rowId: string): object {
  const held: Readonly<Record<string, string>> = { [ROW_ID]: rowId, __typename: type }
  const refuse = (what: string): never => { throw new Error(`A ${type} that a command answers with is read after it: ${what} is not known here.`) }
  return new Proxy(held, {
    get: (_, key) => (typeof key === 'symbol' || key === 'then' ? undefined : held[key] ?? refuse(key)),
    has: (_, key) => refuse(`whether it has ${String(key)}`),
    ownKeys: () => refuse('what it has'),
  })
}

/** The row id of what `Reader.one` gave, read or not. */
export function rowIdIn(row: unknown): string {
  const id = (row as Record<string, unknown>)[ROW_ID]
  if (typeof id !== 'string') throw new Error('A command answers with rows that the reader gave.')
  return id
}
