/**
 * `plumbline/sdk`: declare a plugin and its content. Loads neither TypeORM nor type-graphql, so that a plugin of tier 0 or 1
 * is read without starting anything.
 */
export { z } from 'zod'
export { definePlugin } from './manifest'
export type { PluginDefinition, Tier } from './manifest'
export type { CatalogFile, CatalogPower } from './catalog-shape'
