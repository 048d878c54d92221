import path from 'node:path'
import { z } from 'zod'

/** The part of the product's configuration that is about plugins. */
export const pluginSettings = z.strictObject({
  /** Folder with one plugin a sub-folder. */
  folder: z.string().min(1),
  /** Folder whose packages named `plumbline-plugin-…` (with or without a scope) are plugins too; null: none. */
  packages: z.string().min(1).nullable(),
  /** Names of the plugins that shall run; `all`: every one that is found. */
  enabled: z.union([z.literal('all'), z.array(z.string())]).default('all'),
  /** Names that shall not run although they would. */
  disabled: z.array(z.string()).default([]),
  /** Settings of each plugin, by its name; checked by the plugin's own schema. */
  settings: z.record(z.string(), z.unknown()).default({}),
  /** Milliseconds that a plugin may take for each step of loading in its own process, and to start. */
  probeTimeout: z.int().min(100).default(20_000),
  startTimeout: z.int().min(100).default(20_000),
})
export type PluginSettings = z.output<typeof pluginSettings>

/** Root of the product: the folder of package.json, also when this file runs from dist/. */
export const productRoot = (): string => {
  const root = path.resolve(__dirname, '..', '..')
  return path.basename(root) === 'dist' ? path.dirname(root) : root
}
/** Is this the compiled product? Then a plugin's code stands under dist/plugins. */
export const isCompiled = (): boolean => path.extname(__filename) === '.js'

/** Plugins as a clean clone has them: those in plugins/ and the installed packages. */
export const defaultPluginSettings = (over: Partial<z.input<typeof pluginSettings>> = {}): PluginSettings =>
  pluginSettings.parse({ folder: path.join(productRoot(), 'plugins'), packages: path.join(productRoot(), 'node_modules'), ...over })
