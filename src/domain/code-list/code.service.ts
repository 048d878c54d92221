import { today } from '../../core/day'
import { badInput } from '../../core/errors'
import type { StoredRow, Transaction, Values } from '../../database/transaction'
import type { CodeList } from './code.types'

type CodeRow = StoredRow & { list: CodeList; code: string; label_zh: string; retired_on: string | null; superseded_by_code: string | null }

/** A code as a catalog release holds it. */
export interface PublishedCode {
  readonly list: CodeList
  readonly code: string
  readonly labelZh: string
  readonly labelEn: string
  readonly descriptionZh: string | null
  readonly isSynthetic: boolean
  /** The earlier code that it replaces. */
  readonly supersedes: string | null
}

/** Refuses, at this place of the input, a code that its list does not have or that a row of this day may no longer hold. */
export const requireCode = (tx: Transaction, list: CodeList, code: string, path: string, on: string = today()): Promise<void> => requireCodes(tx, list, [[path, code]], on)

/** As `requireCode`, for many places in one statement. */
export async function requireCodes(tx: Transaction, list: CodeList, placed: readonly (readonly [path: string, code: string])[], on: string = today()): Promise<void> {
  if (!placed.length) return
  const rows = await tx.rows<Pick<CodeRow, 'code' | 'retired_on' | 'superseded_by_code'>>(
    'SELECT code, retired_on, superseded_by_code FROM listed_code WHERE list = $1 AND code = ANY($2::text[])', [list, placed.map(([, code]) => code)])
  const known = new Map(rows.map(r => [r.code, r]))
  for (const [path, code] of placed) {
    const row = known.get(code)
    if (!row) throw badInput(path, 'known-code', `The list ${list} has no code ${JSON.stringify(code)}.`)
    if (row.retired_on !== null && row.retired_on <= on) {
      throw badInput(path, 'code-in-use', `${code} was retired on ${row.retired_on}${row.superseded_by_code === null ? '' : `; use ${row.superseded_by_code}`}.`)
    }
  }
}

/**
 * Makes the codes of a plugin those of a release. What is no longer there is retired from today on and stays; what is there again, because an
 * earlier release was taken up, is in use again. Nothing is taken away: rows that hold a code stay explained.
 */
export async function publishCodes(tx: Transaction, plugin: string, catalogVersion: string, codes: readonly PublishedCode[]): Promise<void> {
  const present = await tx.rows<CodeRow>('SELECT * FROM listed_code WHERE plugin_code = $1 ORDER BY id FOR UPDATE', [plugin])
  const key = (c: { list: string; code: string }): string => `${c.list} ${c.code}`
  const now = new Map<string, PublishedCode>(codes.map(c => [key(c), c]))
  const successor = new Map<string, string>(codes.flatMap(c => (c.supersedes === null ? [] : [[`${c.list} ${c.supersedes}`, c.code] as const])))
  for (const row of present) {
    const c = now.get(key(row))
    if (c) tx.update('listed_code', row, { ...labelsOf(c), catalog_version: catalogVersion, retired_on: null, superseded_by_code: null })
    else if (row.retired_on === null) tx.update('listed_code', row, { retired_on: today(), superseded_by_code: successor.get(key(row)) ?? null })
  }
  const known = new Set(present.map(key))
  tx.insertMany('listed_code', codes.filter(c => !known.has(key(c))).map(c => ({ list: c.list, code: c.code, ...labelsOf(c), plugin_code: plugin, catalog_version: catalogVersion })))
}

const labelsOf = (c: PublishedCode): Values => ({ label_zh: c.labelZh, label_en: c.labelEn, description_zh: c.descriptionZh, is_synthetic: c.isSynthetic })
