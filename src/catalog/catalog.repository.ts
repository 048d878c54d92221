import type { Database } from '../database/database'
import type { StoredRow, Transaction } from '../database/transaction'
import type { ItemKind } from '../sdk/catalog-shape'
import type { LegalBasis } from './valid'

export interface ReleaseRow extends StoredRow {
  plugin_code: string; version: string; content_hash: string; code_prefix: string; state: string
  audiences: { code: string; nameZh: string; nameEn: string; unitKinds: string[]; sectorCodes: string[]; levels: string[] }[]
}
export interface ItemRow {
  id: string; release_id: string; plugin_code: string; version: string; kind: ItemKind; code: string; parent_code: string | null; audience_codes: string[]
  payload: Record<string, unknown>; content_hash: string; legal_basis: LegalBasis[]; is_synthetic: boolean; retired_in: string | null
}

/** A release by its version, and the one in use. */
export const releasesOf = (db: Database, plugin: string): Promise<ReleaseRow[]> =>
  db.rows<ReleaseRow>('SELECT * FROM catalog_release WHERE plugin_code = $1 ORDER BY created_at, id', [plugin])
export const lockReleases = (tx: Transaction, plugin: string): Promise<ReleaseRow[]> =>
  tx.rows<ReleaseRow>('SELECT * FROM catalog_release WHERE plugin_code = $1 ORDER BY created_at, id FOR UPDATE', [plugin])

export const itemsOfRelease = (tx: Transaction, releaseId: string): Promise<ItemRow[]> =>
  tx.rows<ItemRow>('SELECT * FROM catalog_item WHERE release_id = $1 ORDER BY seq', [releaseId])

/** The release that units adopt from: by row id (in use or deprecated), or the plugin's one in use. */
export const releaseById = (tx: Transaction, id: string): Promise<ReleaseRow | null> =>
  tx.row<ReleaseRow>(`SELECT * FROM catalog_release WHERE id = $1 AND state IN ('PUBLISHED', 'DEPRECATED')`, [id])
export const releaseInUse = (tx: Transaction, plugin: string): Promise<ReleaseRow | null> =>
  tx.row<ReleaseRow>(`SELECT * FROM catalog_release WHERE plugin_code = $1 AND state = 'PUBLISHED'`, [plugin])
