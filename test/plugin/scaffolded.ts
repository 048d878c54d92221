import 'reflect-metadata'
import { checkPlugin, type KitCheck } from '../../src/plugin/kit'
import { scaffold } from '../../src/plugin/scaffold'
import type { PluginSettings } from '../../src/plugin/settings'
import { emptyClone } from '../support/database'
import { MODULES, type PluginFolder } from './support'

/** What the contract kit says of a plugin, on a database of its own. */
export async function kit(name: string, settings: PluginSettings): Promise<KitCheck[]> {
  const scratch = await emptyClone()
  try {
    return await checkPlugin(name, { settings, coreVersion: '1.0.0', schemaModule: MODULES, scratchUrl: scratch.url })
  } finally {
    await scratch.drop()
  }
}

export const wrong = (checks: KitCheck[]): string[] => checks.flatMap(c => c.problems.map(p => `${p.code}: ${p.message}`))

export async function expectScaffoldPasses(folder: PluginFolder, tier: 0 | 1 | 2): Promise<void> {
  const name = `road-works-${['zero', 'one', 'two'][tier]}`
  const files = scaffold({ folder: folder.path, name, tier, titleZh: '交通工程', titleEn: 'Road works' })
  expect(files).toContain('README.md')
  expect(wrong(await kit(name, folder.settings()))).toEqual([])
}
