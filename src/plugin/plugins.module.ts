import { auditable, enumeration, instant, int, noun, text } from '../core/reads'
import type { DomainModule } from '../domain/module'
import { PluginEntity, PluginLedgerEntity } from './plugin.entity'
import { Plugin, PluginLeftover, PluginProblemInfo, PluginProvides } from './plugins.types'

export const pluginReads = noun({
  type: 'Plugin', prefix: 'plugin', table: 'plugin', scope: { by: 'public' }, permission: 'authenticated',
  columns: {
    id: { kind: 'id' }, code: text(), titleZh: text(), titleEn: text(), version: text(), coreRange: text(), tier: int(), source: enumeration('PluginSource'),
    state: enumeration('PluginState'), since: instant(), phase: enumeration('PluginPhase', { nullable: true }), reason: text({ nullable: true }),
    problems: { kind: 'objects', of: 'PluginProblemInfo', fields: { code: 'text', message: 'text', file: 'text', path: 'text' } },
    provides: {
      kind: 'group', of: 'PluginProvides', present: 'code', fields: {
        types: int({ sql: 'types_count' }), fields: int({ sql: 'fields_count' }), queries: int({ sql: 'queries_count' }), mutations: int({ sql: 'mutations_count' }),
        tables: int({ sql: 'tables_count' }), routes: int({ sql: 'routes_count' }), catalogItems: int({ sql: 'items_count' }), indicators: int({ sql: 'indicators_count' }),
      },
    },
    catalogVersion: text({ nullable: true }),
    leftovers: { kind: 'objects', of: 'PluginLeftover', fields: { table: 'text', rows: 'int' } }, ...auditable,
  },
  edges: {},
  filters: { code: { type: 'text' }, state: { type: 'enum', enum: 'PluginState' }, tier: { type: 'int' } },
  orders: { code: { type: 'text' }, since: { type: 'instant' } },
  defaultOrder: [{ field: 'code', direction: 'ASC' }],
  root: { one: 'plugin', many: 'plugins', byKey: { pluginByCode: 'code' }, oneDescription: 'One plugin（插件）.', manyDescription: 'Every plugin that was ever found, with its state（插件列表）.' },
})

export const pluginsModule: DomainModule = {
  name: 'plugin',
  entities: [PluginEntity, PluginLedgerEntity],
  types: [Plugin, PluginProblemInfo, PluginProvides, PluginLeftover],
  resolvers: [],
  create: () => [],
  reads: [pluginReads],
  edges: [],
  permissions: {},
}
