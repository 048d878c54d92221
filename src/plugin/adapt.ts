import type { DomainModule } from '../domain/module'
import type { PluginCode } from '../sdk/plugin-code'
import { pluginData } from '../sdk/plugin-data'
import { camel } from './names'

/** The code of a plugin as a module among the core's: its hand on the database reaches its own registers only. */
export function pluginModule(name: string, code: PluginCode, settings: unknown): DomainModule {
  return {
    name, entities: code.entities, types: code.types, resolvers: code.resolvers, reads: code.reads, edges: code.edges, permissions: code.permissions,
    namespaces: [camel(name), ...(code.namespaces ?? [])],
    create: db => code.create(pluginData(db, name, settings)),
  }
}
