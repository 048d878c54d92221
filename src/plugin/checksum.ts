import { hashOf } from '../database/content-hash'
import type { PluginMigration } from '../sdk/migration'

const flat = (sql: string): string => sql.replace(/\s+/g, ' ').trim()

/** What a migration does, as a hash: white space does not count, every statement does. */
export const checksumOf = (m: PluginMigration): string => hashOf({ name: m.name, up: m.up.map(flat), down: m.down.map(flat) })
