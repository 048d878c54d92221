import 'reflect-metadata'
import { parse, validate, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { buildSchema } from '../../src/api/schema'
import { checkDatabase, createExecutor, readerFactory, type ReadExecutor, type ReaderFactory } from '../../src/api/reading'
import type { Actor, Role } from '../../src/core/actor'
import type { RequestContext } from '../../src/core/request'
import type { ReadModel } from '../../src/database/sql'
import { coreModules } from '../../src/domain'
import { filledDatabase, type TestDatabase } from './database'
import { fillReadingFixture, VIEWER } from './reading-fixture'
import { fillSample, sampleModule } from './reading-sample'

/** Who asks. `several` holds two counties and one department of a third; `city` and `severalWide` are told to be wide, `whole` is; `blind` has roles and sees no unit; `nobody` has a token and nothing else. */
export const COUNTY = '/51/5108/510801/'
export const ACTORS = {
  city: actor(['/51/5108/'], true, [['SUPERVISOR', '/51/5108/'], ['UNIT_APPROVER', '/51/5108/5108-C1/'], ['COMMISSION_APPROVER', '/51/5108/']], { CLUES: ['/51/5108/'] }),
  county: actor([COUNTY], false, [['UNIT_EDITOR', COUNTY], ['SUPERVISOR', `${COUNTY}510801-D1/`]], { CLUES: [`${COUNTY}510801-D1/`, `${COUNTY}510801-T1/`] }),
  several: actor(['/51/5108/51080/', '/51/5108/510802/', '/51/5108/510804/510804-D3/'], false, [['UNIT_APPROVER', '/51/5108/510802/'], ['SUPERVISOR', '/51/5108/51080/']], { CLUES: ['/51/5108/51080/'], IDENTITY: ['/51/5108/51080/51080-D1/'] }),
  severalWide: actor(['/51/5108/510803/', '/51/5109/'], true, [['AUDITOR', '/51/5108/510803/'], ['LEADER_READER', '/51/5109/']]),
  whole: actor(['/51/'], true, [['SUPERVISOR', '/51/'], ['CASE_OFFICER', '/51/']], { CLUES: ['/51/'], CASES: ['/51/'] }),
  root: actor(['/'], false, [['PLATFORM_ADMIN', '/'], ['SUPERVISOR', '/'], ['AUDITOR', '/']]),
  blind: actor([], false, [['SUPERVISOR', '/none/']]),
  nobody: actor([], false, []),
} as const
export type ActorName = keyof typeof ACTORS

function actor(scope: string[], wide: boolean, roles: [Role, string][], realms: Actor['realms'] = {}): Actor {
  return { realms, ref: VIEWER, personId: VIEWER.slice('person:'.length), roles: roles.map(([role, path]) => ({ role, path })), scope, wide: wide ? scope : [] }
}

export type Which = 'planner' | 'resolvers'
export interface Asked {
  readonly actor?: Actor
  readonly variables?: Record<string, unknown>
  readonly operationName?: string
}

/** The two readers over one database with the whole schema of the core and the sample register. */
export class ReadingWorld {
  readonly executors: Record<Which, ReadExecutor>
  private readonly readers: ReaderFactory

  constructor(readonly database: TestDatabase, readonly schema: GraphQLSchema, readonly model: ReadModel, private readonly documents = new Map<string, DocumentNode>(), private readonly known = new Map<string, Promise<unknown[]>>()) {
    this.executors = { planner: createExecutor(schema, database.db, { planner: true }), resolvers: createExecutor(schema, database.db, { planner: false }) }
    this.readers = readerFactory(database.db, model)
  }

  /** Another pair of readers on the same database: statements are made anew; documents are validated and facts are asked once. */
  fresh(): ReadingWorld {
    return new ReadingWorld(this.database, this.schema, this.model, this.documents, this.known)
  }

  context(actor: Actor): RequestContext {
    return { actor, requestId: 'test', address: null, locale: 'en', read: this.readers(actor) }
  }

  /** A text is parsed and validated; a document was before. */
  async ask(which: Which, query: string | DocumentNode, { actor = ACTORS.city, variables, operationName }: Asked = {}): Promise<ExecutionResult> {
    const document = typeof query === 'string' ? this.valid(query) : query
    const context = this.context(actor)
    const result = await this.executors[which].executor({ document, request: { variables, operationName }, context })
    // As clients see it: the planner's text is parsed, dates and the like are written.
    return JSON.parse(JSON.stringify({ data: result.data, errors: result.errors })) as ExecutionResult
  }

  private valid(query: string): DocumentNode {
    let document = this.documents.get(query)
    if (document) return document
    document = parse(query)
    const invalid = validate(this.schema, document)
    if (invalid.length) throw new Error(`${invalid[0]!.message} in ${query}`)
    this.documents.set(query, document)
    return document
  }

  /** The data of a query that must not fail. */
  async data<T>(which: Which, query: string, asked: Asked = {}): Promise<T> {
    const { data, errors } = await this.ask(which, query, asked)
    if (errors) throw new Error(`${errors[0]!.message} in ${query}`)
    return data as T
  }

  /** Rows of plain SQL as the owner of the tables: an answer that owes nothing to the code under test. */
  async sql<T>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.database.owner.query(text, values)).rows as T[]
  }

  /** As `sql`, for what stays as it is as long as the world stands: asked once. */
  facts<T>(text: string, values: unknown[] = []): Promise<T[]> {
    const key = JSON.stringify([text, values])
    let known = this.known.get(key)
    if (!known) this.known.set(key, (known = this.sql(text, values)))
    return known as Promise<T[]>
  }

  close(): Promise<void> {
    return this.database.close()
  }
}

export async function readingWorld(): Promise<ReadingWorld> {
  const database = await filledDatabase('reading', async owner => {
    await fillReadingFixture(owner)
    await fillSample(owner)
  })
  const { schema, model } = buildSchema([...coreModules, sampleModule], database.db)
  await checkDatabase(database.db, model)
  return new ReadingWorld(database, schema, model)
}
