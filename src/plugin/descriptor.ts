import type { PluginManifest } from '../sdk/manifest'

/** What can be owned. Each has one owner: the core or one plugin. */
export const CLAIM_KINDS = ['TYPE', 'FIELD', 'QUERY', 'MUTATION', 'SUBSCRIPTION', 'PERMISSION', 'TABLE', 'ROUTE', 'IMPORT', 'CODE_PREFIX', 'ID_PREFIX', 'POSTGRES_SCHEMA'] as const
export type ClaimKind = (typeof CLAIM_KINDS)[number]

/** One thing that a plugin says is its own. `name` as people write it: `Unit.healthProcurementContracts`, `plugin_x.contract`. */
export interface Claim {
  kind: ClaimKind
  name: string
  /** File inside the plugin that declares it, where that can be told. */
  file: string | null
}

/** A manifest as it travels between processes: without the settings' schema, which is code. */
export type PlainManifest = Omit<PluginManifest, 'config'> & { hasConfig: boolean }

/** What the content of a plugin amounts to. */
export interface CatalogSummary {
  version: string
  contentHash: string
  items: number
  indicators: number
  /** Codes of the COMPUTED variables, which the plugin's code must count. */
  computed: string[]
}

/** What a plugin turned out to be when it was loaded and built in a process of its own. Plain data. */
export interface Descriptor {
  manifest: PlainManifest
  /** Absolute; null for a plugin without code. */
  codeFile: string | null
  catalog: CatalogSummary | null
  claims: Claim[]
  /** The plugin's part of the schema; null when it brings none. */
  sdl: string | null
  migrations: { name: string; checksum: string }[]
}

export const count = (d: Pick<Descriptor, 'claims'>, ...kinds: ClaimKind[]): number => d.claims.filter(c => kinds.includes(c.kind)).length
