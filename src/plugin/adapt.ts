import type { Actor } from '../core/actor'
import { badInput } from '../core/errors'
import { subscriber, type Subscriber } from '../database/events'
import type { ImportKind } from '../domain/import'
import type { DomainModule } from '../domain/module'
import type { PluginCode, PluginImport } from '../sdk/plugin-code'
import type { PluginEventHandler } from '../sdk/event-handler'
import { pluginData, pluginTransaction, type UnitRef } from '../sdk/plugin-data'
import { camel } from './names'

/** The code of a plugin as a module among the core's: its hand on the database reaches its own registers only. */
export function pluginModule(name: string, code: PluginCode, settings: unknown): DomainModule {
  return {
    name, entities: code.entities, types: code.types, resolvers: code.resolvers, reads: code.reads, edges: code.edges, permissions: code.permissions,
    events: code.events ?? [], subscribers: (code.handlers ?? []).map(h => handlerOf(name, h)),
    namespaces: [camel(name), ...(code.namespaces ?? [])],
    create: db => code.create(pluginData(db, name, settings)),
  }
}

/** An import of a plugin among the core's. */
export const pluginImport = (plugin: string, { name, title, roles = [], run }: PluginImport): ImportKind => ({
  name: `${plugin}.${name}`, title, roles,
  run: async (_db, origin, { path, unitId }) => {
    if (unitId === undefined) throw badInput('unitId', 'required', 'Its rows belong to a unit: say to which one.')
    return run(origin, { unitId, file: { path } })
  },
})

/** Milliseconds that a handler of a plugin may take. */
const HANDLER_TIME = 10_000

/** It sees every unit, since things happen everywhere, and holds no role: what it writes are the plugin's own registers. */
function handlerOf(plugin: string, { name, on, handle }: PluginEventHandler): Subscriber {
  const full = `${plugin}.${name}`
  const actor: Actor = Object.freeze({ ref: `system:${full}`, personId: null, roles: [], scope: ['/'], wide: ['/'] })
  return subscriber({
    name: full, as: full, actor, on, timeLimit: HANDLER_TIME,
    async handle(tx, event) {
      const unit = event.unitId === null ? null : await tx.row<UnitRef>('SELECT id, path FROM unit WHERE id = $1', [event.unitId])
      await handle(pluginTransaction(tx, plugin), { ...event, unit })
    },
  })
}
