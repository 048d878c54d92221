import type { Permission } from '../core/permission'
import type { Origin } from '../core/request'
import type { ImportCounts, Importer } from '../domain/import'
import type { DomainModule } from '../domain/module'
import type { PluginEventHandler } from './event-handler'
import type { Measure } from './measure'
import type { PluginMigration } from './migration'
import type { PluginData } from './plugin-data'
import type { SheetFile } from './sheet'

/** What an import did. One that finds a problem throws BAD_INPUT with all of them and writes nothing. */
export type ImportResult = { -readonly [K in keyof ImportCounts]: ImportCounts[K] }

/** An import of a file: from the command line, `plumbline import <plugin>.<name> FILE --unit CODE`, and as a job that `startImport` asks for. */
export interface PluginImport {
  readonly name: string
  readonly title: { readonly zh: string; readonly en: string }
  /** Who sends such files through the API: those who may give the import's command. Absent: the command line only. */
  readonly roles?: readonly Importer[]
  /** Gives one command under the origin given, whose answer is what it did; `unitId` is the global id of the unit that the rows belong to. */
  run(origin: Origin, input: { unitId: string; file: SheetFile }): Promise<ImportResult>
}

/** A file that the plugin offers under `/plugins/<name>/<path>`, e.g. an import template. Answers without touching data. */
export interface PluginRoute {
  /** `contracts-template.csv`: letters, digits, dots and hyphens. */
  readonly path: string
  readonly permission: Permission
  readonly contentType: string
  content(): Promise<Buffer>
}

/**
 * The code of a plugin of tier 2: what a module of the core declares too, with tables in the plugin's own schema and names in its namespace.
 * Resolver instances and imports receive the plugin's hand on its data and nothing else.
 */
export interface PluginCode extends Omit<DomainModule, 'name' | 'create' | 'subscribers' | 'imports'> {
  create(data: PluginData): object[]
  readonly migrations: readonly PluginMigration[]
  /** How the COMPUTED variables of the catalog are counted, by their code. */
  readonly variables?: Readonly<Record<string, Measure>>
  /** What it does when something happened in the core, or in its own registers (`events`). */
  readonly handlers?: readonly PluginEventHandler[]
  imports?(data: PluginData): readonly PluginImport[]
  readonly routes?: readonly PluginRoute[]
  /** Runs once when everything is wired. Throwing or not returning in time quarantines the plugin. */
  start?(data: PluginData): Promise<void>
  stop?(): Promise<void>
}

/** Declares the code of a plugin. The module that plugin.ts names exports it as `code`. */
export const definePluginCode = (code: PluginCode): PluginCode => Object.freeze(code)
