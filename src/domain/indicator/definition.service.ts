import type { Transaction, Values } from '../../database/transaction'
import { definitionsOfPlugin, lastVersions } from './indicator.repository'

/** A definition as a catalog release holds it. */
export interface PublishedDefinition {
  readonly code: string
  readonly contentHash: string
  /** Columns of the definition, without code, version and state. */
  readonly values: Values
}

/**
 * Makes the definitions of a release the ones in use. What is unchanged stays; other content becomes the next version; what is no longer
 * there is retired. Nothing is overwritten: values keep the version that they were computed with.
 */
export async function publishDefinitions(tx: Transaction, plugin: string, catalogVersion: string, definitions: readonly PublishedDefinition[]): Promise<void> {
  const current = await definitionsOfPlugin(tx, plugin)
  const kept = new Set<string>()
  for (const row of current) {
    const now = definitions.find(d => d.code === row.code)
    if (now && row.content_hash === now.contentHash) kept.add(row.code)
    else tx.update('indicator_definition', row, { state: now ? 'SUPERSEDED' : 'RETIRED' })
  }
  const fresh = definitions.filter(d => !kept.has(d.code))
  const last = await lastVersions(tx, fresh.map(d => d.code))
  tx.insertMany('indicator_definition', fresh.map(d => ({
    plugin_code: plugin, code: d.code, version: (last.get(d.code) ?? 0) + 1, catalog_version: catalogVersion, content_hash: d.contentHash, state: 'CURRENT', ...d.values,
  })))
}

