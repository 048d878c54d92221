import { hashOf } from '../database/content-hash'
import { permanentCode } from './codes'
import { readFolder } from './files'
import { itemsOf, releaseContent } from './items'
import type { CatalogProblem } from './problem'
import { contentProblems } from './rules'
import type { ValidCatalog } from './valid'

/**
 * Reads the YAML folder of a plugin's catalog and checks it by every rule. Either a valid catalog or all problems, each with file, line and path.
 *
 * @example readCatalog('plugins/health-procurement/catalog', 'health-procurement')
 */
export function readCatalog(folder: string, plugin: string): { catalog: ValidCatalog; problems: [] } | { catalog: null; problems: CatalogProblem[] } {
  const { joined, problems: broken } = readFolder(folder)
  // Rules across items would only repeat what a broken file already says.
  const problems = broken.length ? broken : contentProblems(joined)
  if (problems.length) return { catalog: null, problems }
  const { value: release } = joined.releases[0]!
  const items = itemsOf(plugin, joined)
  const retired = joined.lists.retired.map(({ value: r }) => ({ kind: r.kind, code: permanentCode(plugin, r.kind, r.code), reasonZh: r.reasonZh, reasonEn: r.reasonEn }))
  const codes = new Set(items.map(i => i.code))
  const contradictions: CatalogProblem[] = [
    ...joined.lists.retired.flatMap((at, i) => (codes.has(retired[i]!.code) ? [{ code: 'RETIRED', file: at.file, path: at.path, message: `${retired[i]!.code} is retired, but it is still in the catalog.` }] : [])),
    ...items.flatMap(i => (i.supersedesCode && codes.has(i.supersedesCode) ? [{ code: 'RETIRED', file: '.', path: '', message: `${i.code} replaces ${i.supersedesCode}, but both are in the catalog.` }] : [])),
  ]
  if (contradictions.length) return { catalog: null, problems: contradictions }
  const catalog: Omit<ValidCatalog, keyof { [K in keyof ValidCatalog as K extends symbol ? K : never]: true }> = {
    plugin, version: release.version, titleZh: release.titleZh, titleEn: release.titleEn, maintainer: release.maintainer ?? null, changeLog: release.changeLog,
    audiences: joined.lists.audiences.map(a => a.value), variables: joined.lists.variables.map(v => v.value), codeLists: joined.lists.codeLists.map(c => c.value),
    items, retired, contentHash: hashOf(releaseContent(plugin, release, joined.lists, items)),
  }
  return { catalog: catalog as ValidCatalog, problems: [] }
}
