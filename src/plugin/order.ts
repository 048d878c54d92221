import semver from 'semver'
import type { PlainManifest } from './descriptor'
import type { PluginProblem } from './problem'

/** What a plugin misses of the others: not there, not running, wrong version. */
export function missingRequirements(manifest: PlainManifest, running: ReadonlyMap<string, string>, known: ReadonlyMap<string, string>): PluginProblem[] {
  return Object.entries(manifest.requires).flatMap(([name, range]) => {
    const version = running.get(name)
    if (version !== undefined && semver.satisfies(version, range)) return []
    const is = version !== undefined ? `it is ${version}` : known.has(name) ? 'it does not run' : 'it is not there'
    return [{ code: 'REQUIRES', message: `${manifest.name} needs ${name} ${range}, but ${is}.`, path: `requires.${name}` }]
  })
}

/** Plugins with those they need before them, by name otherwise. Rings are told apart: nobody in one can go first. */
export function inOrder(manifests: readonly PlainManifest[]): { order: string[]; rings: Set<string> } {
  const left = new Map(manifests.map(m => [m.name, Object.keys(m.requires)]))
  const order: string[] = []
  for (;;) {
    const next = [...left.keys()].sort().find(name => left.get(name)!.every(r => !left.has(r)))
    if (next === undefined) return { order, rings: new Set(left.keys()) }
    order.push(next)
    left.delete(next)
  }
}
