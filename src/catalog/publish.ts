import { systemActor } from '../core/actor'
import { newId } from '../core/ids'
import { transit } from '../core/states'
import { runCommand } from '../database/command'
import type { Database } from '../database/database'
import { hashOf } from '../database/content-hash'
import { json, type Transaction, type Values } from '../database/transaction'
import { CodeList, publishCodes, type PublishedCode } from '../domain/code-list'
import { publishDefinitions, type PublishedDefinition } from '../domain/indicator'
import { itemsOfRelease, lockReleases, releasesOf, type ItemRow } from './catalog.repository'
import type { CatalogProblem } from './problem'
import type { readCatalog } from './read'
import { releaseMachine } from './states'
import { successionProblems } from './succession'
import type { CatalogItem, ValidCatalog } from './valid'

const ORIGIN = { actor: systemActor('catalog'), requestId: 'start', address: null }

export interface Offered {
  version: string
  contentHash: string
  /** First part of the codes of adopted copies. */
  codePrefix: string
  /** Reads the content; only called when it is not published yet. */
  read(): ReturnType<typeof readCatalog>
}

/**
 * Makes a plugin's catalog the release in use. A version that is already published must have the same content (INV-36); an older one that was
 * published before is taken up again; a new one must follow from the one in use. Returns what is wrong instead of publishing it.
 */
export async function publishCatalog(db: Database, plugin: string, offered: Offered): Promise<CatalogProblem[]> {
  const there = (await releasesOf(db, plugin)).find(r => r.version === offered.version)
  if (there && there.content_hash !== offered.contentHash) return [changed(plugin, offered.version)]
  if (there?.state === 'PUBLISHED') return []
  const read = offered.read()
  if (!read.catalog) return read.problems
  const { catalog } = read
  if (catalog.contentHash !== offered.contentHash) return [{ code: 'RELEASE', file: '.', path: '', message: 'The catalog changed while it was being read. Start again.' }]
  return runCommand(db, ORIGIN, 'publishCatalogRelease', {}, tx => publish(tx, plugin, offered.codePrefix, catalog))
}

const changed = (plugin: string, version: string): CatalogProblem => ({
  code: 'RELEASE', file: '.', path: 'release.version',
  message: `${plugin} ${version} is published with other content. A published version never changes (INV-36): raise release.version.`,
})

async function publish(tx: Transaction, plugin: string, codePrefix: string, catalog: ValidCatalog): Promise<CatalogProblem[]> {
  const releases = await lockReleases(tx, plugin)
  const inUse = releases.find(r => r.state === 'PUBLISHED')
  const again = releases.find(r => r.version === catalog.version)
  if (again && again.content_hash !== catalog.contentHash) return [changed(plugin, catalog.version)]
  const earlier = inUse ? await itemsOfRelease(tx, inUse.id) : []
  if (inUse && !again) {
    const problems = successionProblems(catalog, { version: inUse.version, items: earlier })
    if (problems.length) return problems
  }
  if (inUse) tx.update('catalog_release', inUse, { state: transit(releaseMachine, 'deprecateCatalogRelease', { state: 'PUBLISHED' }, { actor: ORIGIN.actor, path: '/' }) })
  tx.barrier()
  if (again) tx.update('catalog_release', again, { state: transit(releaseMachine, 'publishCatalogRelease', { state: 'DEPRECATED' }, { actor: ORIGIN.actor, path: '/' }) })
  else insert(tx, plugin, codePrefix, catalog, earlier)
  await publishDefinitions(tx, plugin, catalog.version, catalog.items.filter(i => i.kind === 'INDICATOR').map(i => definitionOf(i, catalog)))
  await publishCodes(tx, plugin, catalog.version, catalog.items.flatMap(codeOf))
  return []
}

/** An item that is a code of a list which plugins extend. */
const codeOf = (i: CatalogItem): PublishedCode[] => (i.kind in CodeList ? [{
  list: i.kind as CodeList, code: i.code, labelZh: i.titleZh, labelEn: i.titleEn ?? i.titleZh, descriptionZh: i.payload['descriptionZh'] as string | undefined ?? null,
  isSynthetic: i.isSynthetic, supersedes: i.supersedesCode,
}] : [])

function insert(tx: Transaction, plugin: string, codePrefix: string, catalog: ValidCatalog, earlier: readonly ItemRow[]): void {
  const releaseId = newId()
  const { version } = catalog
  tx.insert('catalog_release', {
    id: releaseId, plugin_code: plugin, version, content_hash: catalog.contentHash, code_prefix: codePrefix, title_zh: catalog.titleZh, title_en: catalog.titleEn,
    maintainer: catalog.maintainer, change_log: [...catalog.changeLog], state: 'PUBLISHED', published_at: new Date().toISOString(), items_count: catalog.items.length,
    audiences: json(catalog.audiences), variables: json(catalog.variables), code_lists: json(catalog.codeLists),
  })
  const rows: Values[] = catalog.items.map((i, seq) => ({
    id: newId(), release_id: releaseId, plugin_code: plugin, version, kind: i.kind, code: i.code, seq, parent_code: i.parentCode, title_zh: i.titleZh, title_en: i.titleEn,
    audience_codes: i.audiences, payload: i.payload, content_hash: i.contentHash, legal_basis: i.legalBasis, source_note: i.sourceNote, is_synthetic: i.isSynthetic,
    retired_in: null, superseded_by_code: null, supersedes_code: i.supersedesCode,
  }))
  tx.linkMany('catalog_item', [...rows, ...retiredRows(releaseId, catalog, earlier)])
}

/** What ended, in this release or an earlier one, stays in every later release: records that refer to it stay explained. */
function retiredRows(releaseId: string, catalog: ValidCatalog, earlier: readonly ItemRow[]): Values[] {
  const now = new Set(catalog.items.map(i => i.code))
  const successor = new Map(catalog.items.flatMap(i => (i.supersedesCode ? [[i.supersedesCode, i.code] as const] : [])))
  return earlier.filter(i => !now.has(i.code)).map((i, n) => ({
    ...(i as unknown as Values), id: newId(), release_id: releaseId, version: catalog.version, seq: catalog.items.length + n,
    retired_in: i.retired_in ?? catalog.version, superseded_by_code: successor.get(i.code) ?? (i as unknown as Values)['superseded_by_code'] ?? null,
  }))
}

function definitionOf(item: CatalogItem, catalog: ValidCatalog): PublishedDefinition {
  const p = item.payload as Record<string, unknown> & { variables: string[] }
  const variables = p.variables.map(code => { const v = catalog.variables.find(x => x.code === code)!; return { code, nameZh: v.nameZh, nameEn: v.nameEn, unit: v.unit, source: v.source } })
  const audiences = catalog.audiences.filter(a => item.audiences.includes(a.code))
  const values: Values = {
    name_zh: p['nameZh'], name_en: p['nameEn'], calibre_zh: p['calibreZh'], calibre_en: p['calibreEn'], numerator: p['numerator'], denominator: p['denominator'] ?? null,
    multiplier: String(p['multiplier']), decimals: p['decimals'], unit_label: p['unit'], direction: p['direction'], period_kinds: p['periodKinds'], aggregation: p['aggregation'],
    min_denominator: String(p['minDenominator']), variables, audiences, legal_basis: item.legalBasis, source_note: item.sourceNote, is_synthetic: item.isSynthetic,
  }
  return { code: item.code, contentHash: hashOf(values), values }
}

