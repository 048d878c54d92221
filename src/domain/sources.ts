import DataLoader from 'dataloader'
import { notFound } from '../core/errors'
import { prefixOf } from '../core/ids'
import type { RequestContext } from '../core/request'
import type { Database } from '../database/database'
import { locate, type Register } from '../database/locate'
import type { Transaction } from '../database/transaction'

/** A noun from which something follows: a task, a letter. */
export interface SourceNoun extends Register {
  /** Word under which rows keep it, in `source_kind`. */
  readonly kind: string
  /** GraphQL type. */
  readonly type: string
}

const nouns = new Map<string, SourceNoun>()

/**
 * Lets tasks, letters and their like name rows of a noun as what they come from. Such a row keeps kind and id and nothing else of its source:
 * who may not see the source learns nothing of it.
 *
 * @example
 * nameSource({ kind: 'PLEDGE', type: 'Pledge', prefix: 'pledge', table: 'pledge' })
 */
export function nameSource(noun: SourceNoun): void {
  const other = [...nouns.values()].find(n => n.kind === noun.kind || n.prefix === noun.prefix)
  if (other && other.type !== noun.type) throw new Error(`The sources ${other.type} and ${noun.type} have the same kind or prefix.`)
  nouns.set(noun.kind, Object.freeze({ ...noun }))
}

/** What a row comes from; without an id: what its text says. */
export interface Source<K extends string = string> { readonly kind: K; readonly id: string | null }

/** The source that a command's input names, if the actor may see it. Kinds that are not `among` these are no source here. */
export async function locateSource<K extends string>(tx: Transaction, id: string | null | undefined, path: string, among: readonly K[]): Promise<Source<K | 'OTHER'>> {
  if (id == null) return { kind: 'OTHER', id: null }
  const noun = [...nouns.values()].find(n => n.prefix === prefixOf(id) && (among as readonly string[]).includes(n.kind))
  if (!noun) throw notFound(path)
  // Sources are never deleted: they need no lock, and those that only grow in number allow none.
  return { kind: noun.kind as K, id: (await locate(tx, noun, id, path, 'NONE')).id }
}

/** The state of a source, which stays as it is until the transaction ends. */
export async function holdSource(tx: Transaction, { kind, id }: { readonly kind: string; readonly id: string }): Promise<string> {
  return (await tx.row<{ state: string }>(`SELECT state FROM ${nouns.get(kind)!.table} WHERE id = $1 FOR SHARE`, [id]))!.state
}

/** Answers the field `source` of a noun: under the viewer's own scope and realms, null when they may not see it. */
export class SourceReader {
  private readonly loaders = new WeakMap<RequestContext, DataLoader<string, Source | null>>()

  constructor(private readonly db: Database, private readonly table: string) {}

  async of(ctx: RequestContext, rowId: string): Promise<object | null> {
    let loader = this.loaders.get(ctx)
    if (!loader) this.loaders.set(ctx, loader = new DataLoader(ids => this.load(ids), { cache: false }))
    const source = await loader.load(rowId)
    const noun = source && nouns.get(source.kind)
    return noun && source.id ? ctx.read.one(noun.type, source.id) : null
  }

  private async load(ids: readonly string[]): Promise<(Source | null)[]> {
    const rows = await this.db.rows<Source & { of: string }>(`SELECT id AS of, source_kind AS kind, source_id AS id FROM ${this.table} WHERE id = ANY($1::uuid[])`, [ids])
    const found = new Map(rows.map(r => [r.of, r]))
    return ids.map(id => found.get(id) ?? null)
  }
}
