import type { Logger } from 'pino'
import { AppError } from '../core/errors'
import { globalId } from '../core/ids'
import type { Origin } from '../core/request'
import { runCommand } from '../database/command'
import type { Database } from '../database/database'
import type { ImportCounts, ImportKind } from '../domain/import'
import { importIndicatorFigures } from '../domain/indicator'
import type { DemoSheet } from './demo-sheets'

/** What a plugin adds to a demo: whoever loads one runs it behind what the core's registers need. */
export interface PluginDemo {
  readonly name: string
  readonly title: string
  isDone(db: Database): Promise<boolean>
  run(demo: { db: Database; origin: Origin; tell(done: number): void }): Promise<void>
}

export interface PluginDemoOptions {
  plugin: string
  title: string
  /** Row of the plugin: subject of the record that a sheet was loaded. */
  pluginId: string
  sheets: readonly DemoSheet[]
  imports: readonly ImportKind[]
  log: Pick<Logger, 'warn'>
}

const COMMAND = 'loadPluginDemo'

/**
 * Sends a plugin's demo sheets through the imports that anybody's files come through: each is one transaction and is loaded once, what people
 * change afterwards stays. A sheet that is refused is told and left out; a plugin's data never keep the product from starting.
 */
export function pluginDemo(o: PluginDemoOptions): PluginDemo {
  const open = async (db: Database): Promise<DemoSheet[]> => {
    const loaded = await loadedSheets(db, o.pluginId)
    return o.sheets.filter(s => !loaded.has(s.file))
  }
  return {
    name: `plugin-${o.plugin}`,
    title: o.title,
    isDone: async db => !(await open(db)).length,
    run: async ({ db, origin, tell }) => {
      const sheets = await open(db)
      for (const [i, sheet] of sheets.entries()) {
        try {
          const { added, changed, unchanged } = await load(db, origin, sheet, o)
          // A stop between the two is no harm: an import of the same rows changes nothing.
          await runCommand(db, origin, COMMAND, {}, async tx => tx.audit('plugin', o.pluginId, null, { demo: sheet.file, added, changed, unchanged }))
        } catch (error) {
          o.log.warn({ plugin: o.plugin, sheet: sheet.file, err: error }, 'demo sheet left out')
        }
        tell((i + 1) / sheets.length)
      }
    },
  }
}

async function loadedSheets(db: Database, pluginId: string): Promise<Set<string>> {
  const rows = await db.rows<{ file: string }>(`SELECT after ->> 'demo' AS file FROM audit_record WHERE subject_id = $1 AND command = $2`, [pluginId, COMMAND])
  return new Set(rows.map(r => r.file))
}

async function load(db: Database, origin: Origin, { path, to }: DemoSheet, { plugin, imports }: PluginDemoOptions): Promise<ImportCounts> {
  if (to === null) return importIndicatorFigures(db, origin, path)
  const target = imports.find(i => i.name === `${plugin}.${to.importName}`)
  if (!target) throw new AppError('NOT_FOUND', `The plugin has no import ${to.importName}.`)
  const [unit] = await db.rows<{ id: string }>('SELECT id FROM unit WHERE code = $1', [to.unitCode])
  if (!unit) throw new AppError('NOT_FOUND', `There is no unit with the code ${to.unitCode}.`)
  return target.run(db, origin, { unitId: globalId('unit', unit.id), path })
}
