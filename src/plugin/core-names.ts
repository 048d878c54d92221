import type { DomainModule } from '../domain/module'
import type { Claim } from './descriptor'
import type { Mark } from './describe'
import { camel, hasPrefix, pascal } from './names'
import type { PluginProblem } from './problem'

/** What the core owns, as claims: plugins yield to it. */
export function coreClaims(modules: readonly DomainModule[], until: Mark): Claim[] {
  const s = globalThis.TypeGraphQLMetadataStorage
  const types = [...s.objectTypes.slice(0, until.objectTypes), ...s.inputTypes.slice(0, until.inputTypes), ...s.interfaceTypes.slice(0, until.interfaceTypes), ...s.enums.slice(0, until.enums)]
  const nouns = modules.flatMap(m => m.reads)
  const claim = (kind: Claim['kind']) => (name: string): Claim => ({ kind, name, file: null })
  return [
    ...types.map(t => t.name).map(claim('TYPE')),
    ...s.mutations.slice(0, until.mutations).map(m => m.schemaName).map(claim('MUTATION')),
    ...s.queries.slice(0, until.queries).map(q => q.schemaName).map(claim('QUERY')),
    ...nouns.flatMap(n => [n.root?.one, n.root?.many, ...Object.keys(n.root?.byKey ?? {})]).filter(f => f !== undefined).map(claim('QUERY')),
    ...nouns.map(n => n.table).map(claim('TABLE')),
    ...nouns.map(n => n.prefix).map(claim('ID_PREFIX')),
  ]
}

/** A plugin whose name is a word of the core's own names would own them: `unit` would own UnitRelation. */
export function takenByCore(plugin: string, core: readonly Claim[]): PluginProblem[] {
  const taken = core.filter(c => (c.kind === 'TYPE' && hasPrefix(c.name, pascal(plugin))) || (c.kind === 'QUERY' && hasPrefix(c.name, camel(plugin))))
  const [first] = taken
  return first ? [{ code: 'CLASH', message: `The name ${plugin} belongs to the core: ${taken.slice(0, 3).map(c => c.name).join(', ')} would be the plugin's. Choose another name.` }] : []
}
