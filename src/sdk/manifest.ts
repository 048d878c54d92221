import { z } from 'zod'
import { slug } from './catalog-shape'

/** Content only · content and declared indicators · code through the sdk. */
export const TIERS = [0, 1, 2] as const
export type Tier = (typeof TIERS)[number]

const version = z.string().regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, 'a semantic version, 1.2.3')
const range = z.string().trim().min(1).max(100)
/** A folder or module beside plugin.ts: `./code`, never outside the plugin. */
const inside = z.string().regex(/^(\.\/)?[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, 'a path inside the plugin')

/** What a plugin says about itself. Strict: a misspelt key is an error, not silence. */
export const manifestShape = z.strictObject({
  name: slug.max(40),
  /** Short form of the name: first part of local codes and of the ids of the plugin's rows. The initials of the name unless told. */
  short: z.string().regex(/^[a-z][a-z0-9]{0,9}$/, 'one to ten lower-case letters and digits').optional(),
  title: z.strictObject({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) }),
  version,
  /** Range of core versions that the plugin was made for. */
  core: range,
  /** Other plugins that must be there, by name and range. They are loaded and migrated first. */
  requires: z.record(slug, range).default({}),
  tier: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  /** Folder of the YAML catalog. */
  catalog: inside.optional(),
  /** Folder of sheets that fill a demo: `<import>/<unit code>.csv` for the plugin's imports, `figures.csv` for reported figures. */
  demo: inside.optional(),
  /** Zod schema of the plugin's settings. Only where there is code to read them. */
  config: z.custom<z.ZodType>(v => v instanceof z.ZodType, 'a zod schema').optional(),
  /** Module of the plugin's code; tier 2 only. */
  code: inside.optional(),
}).superRefine((m, ctx) => {
  const refuse = (path: string, message: string): void => ctx.addIssue({ code: 'custom', path: [path], message })
  if (m.tier === 2 && !m.code) refuse('code', 'a plugin of tier 2 names its code')
  if (m.tier < 2 && m.code) refuse('code', `a plugin of tier ${m.tier} carries no code`)
  if (m.tier < 2 && m.config) refuse('config', `a plugin of tier ${m.tier} has no settings: nothing could read them`)
  if (m.tier < 2 && !m.catalog) refuse('catalog', `a plugin of tier ${m.tier} is its catalog: name its folder`)
})

/** What an author writes. */
export type PluginDefinition = z.input<typeof manifestShape>
/** What the host works with. */
export type PluginManifest = Omit<z.output<typeof manifestShape>, 'short'> & { short: string }

const BRAND = Symbol.for('plumbline.plugin')

/**
 * Declares a plugin. Declaration only: nothing runs, the host checks it later.
 *
 * @example
 * export default definePlugin({
 *   name: 'water-resources', title: { zh: '水利', en: 'Water resources' }, version: '1.0.0', core: '^1.0.0', tier: 1, catalog: 'catalog',
 * })
 */
export function definePlugin(definition: PluginDefinition): PluginDefinition {
  return Object.freeze({ ...definition, [BRAND]: true })
}

export const isPlugin = (value: unknown): value is PluginDefinition => typeof value === 'object' && value !== null && BRAND in value

/** `health-procurement` -> `hp`; a name of one word is its own short form. */
const initials = (name: string): string => {
  const words = name.split('-')
  return words.length > 1 ? words.map(w => w[0]).join('').slice(0, 10) : name.slice(0, 10)
}

/** The manifest of a definition, or the reasons why it is none, by path. */
export function readManifest(definition: unknown): { manifest: PluginManifest } | { problems: { path: string; message: string }[] } {
  const parsed = manifestShape.safeParse(definition)
  if (parsed.success) return { manifest: { ...parsed.data, short: parsed.data.short ?? initials(parsed.data.name) } }
  return { problems: parsed.error.issues.map(i => ({ path: i.path.join('.'), message: i.message })) }
}
