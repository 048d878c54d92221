import semver from 'semver'
import type { CatalogProblem } from './problem'
import type { CatalogItem, ValidCatalog } from './valid'

/** What the next release is compared with. */
export interface EarlierItem { kind: CatalogItem['kind']; code: string; content_hash: string; retired_in: string | null }

const problem = (code: string, path: string, message: string): CatalogProblem => ({ code, file: '.', path, message })
const LEVELS = ['patch', 'minor', 'major'] as const

/**
 * Rules between two releases (INV-36): codes do not disappear without being retired or replaced, retired codes do not come back, and the
 * version says how much changed: text is a patch, new items are a minor, retired or replaced ones a major.
 */
export function successionProblems(next: ValidCatalog, earlier: { version: string; items: readonly EarlierItem[] }): CatalogProblem[] {
  if (!semver.gt(next.version, earlier.version)) {
    return [problem('VERSION', 'release.version', `${next.version} is new to this database, so it must be greater than ${earlier.version}, which is in use.`)]
  }
  const now = new Map(next.items.map(i => [i.code, i]))
  const replaced = new Set(next.items.flatMap(i => i.supersedesCode ?? []))
  const retired = new Set(next.retired.map(r => r.code))
  const before = new Map(earlier.items.map(i => [i.code, i]))
  const alive = earlier.items.filter(i => i.retired_in === null)
  const lost = alive.filter(i => !now.has(i.code) && !replaced.has(i.code) && !retired.has(i.code))
  const revived = next.items.filter(i => before.get(i.code)?.retired_in != null)
  const strange = [...replaced, ...retired].filter(code => !before.has(code))
  const change = next.items.some(i => before.has(i.code) && before.get(i.code)!.content_hash !== i.contentHash) ? 0 : -1
  const needed = Math.max(change, next.items.some(i => !before.has(i.code)) ? 1 : -1, alive.some(i => !now.has(i.code)) ? 2 : -1, 0)
  return [
    ...lost.map(i => problem('RETIRED', 'retired', `${i.code} was in ${earlier.version} and is gone. Codes stay for ever: list it under \`retired\`, or let its successor name it as \`supersedes\`.`)),
    ...revived.map(i => problem('RETIRED', i.code, `${i.code} was retired in ${before.get(i.code)!.retired_in}. Give the new item a new code.`)),
    ...strange.map(code => problem('RETIRED', 'retired', `${code} was in no earlier release.`)),
    ...(bump(earlier.version, next.version) < needed ? [problem('VERSION', 'release.version', `From ${earlier.version} to ${next.version} is too small a step: what changed asks for a ${LEVELS[needed]} version.`)] : []),
  ]
}

/** 0 patch, 1 minor, 2 major. Before 1.0.0 nothing was promised. */
function bump(from: string, to: string): number {
  const [a, b] = [semver.parse(from)!, semver.parse(to)!]
  if (a.major === 0 || b.major > a.major) return 2
  return b.minor > a.minor ? 1 : 0
}
