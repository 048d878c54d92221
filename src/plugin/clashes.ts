import type { Claim, Descriptor } from './descriptor'
import type { PluginProblem } from './problem'

interface Owner { plugin: string; claim: Claim }
/** One thing claimed twice. */
export interface Clash { kind: Claim['kind']; name: string; owners: [Owner, Owner, ...Owner[]] }

/**
 * Everything that two plugins (or a plugin and the core, by the name `core`) claim both. Found all at once, in an order that does not
 * depend on the order of the plugins.
 */
export function findClashes(descriptors: readonly Pick<Descriptor, 'manifest' | 'claims'>[], core: readonly Claim[]): Clash[] {
  const owners = new Map<string, Owner[]>()
  const add = (plugin: string, claim: Claim): void => {
    const key = `${claim.kind} ${claim.name}`
    owners.set(key, [...(owners.get(key) ?? []), { plugin, claim }])
  }
  for (const claim of core) add('core', claim)
  for (const d of [...descriptors].sort((a, b) => (a.manifest.name < b.manifest.name ? -1 : 1))) for (const claim of d.claims) add(d.manifest.name, claim)
  return [...owners.entries()].filter(([, o]) => o.length > 1).sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, o]) => ({ kind: o[0]!.claim.kind, name: o[0]!.claim.name, owners: o as Clash['owners'] }))
}

const place = (o: Owner): string => `${o.plugin}${o.claim.file ? ` (${o.claim.file})` : ''}`

/**
 * Who has to yield: a plugin always yields to the core; of two plugins the one that already ran keeps its place, and when none or both
 * did, both yield.
 */
export function yielding(clash: Clash, ran: ReadonlySet<string>): string[] {
  const names = [...new Set(clash.owners.map(o => o.plugin))]
  const plugins = names.filter(n => n !== 'core')
  if (names.includes('core')) return plugins
  const incumbents = plugins.filter(n => ran.has(n))
  return incumbents.length === 1 ? plugins.filter(n => n !== incumbents[0]) : plugins
}

export function clashProblem(clash: Clash, plugin: string): PluginProblem {
  const mine = clash.owners.find(o => o.plugin === plugin)!
  const message = `${clash.kind} ${clash.name} is claimed by ${clash.owners.map(place).join(' and by ')}. Rename one of them; a plugin's names begin with its own.`
  return { code: 'CLASH', message, ...(mine.claim.file ? { file: mine.claim.file } : {}) }
}
