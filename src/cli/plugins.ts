import { allPlugins } from '../plugin/plugin.repository'
import { withFoundation } from './session'
import { table } from './terminal'

/** `plumbline plugins`: what the last start made of each plugin, and why one does not run. */
export async function listPlugins(): Promise<void> {
  await withFoundation(async ({ db }) => {
    const plugins = await allPlugins(db)
    console.log(plugins.length ? table(['Plugin', 'Version', 'State', 'Since', 'Reason'], plugins.map(p => [p.code, p.version, p.state, p.since.slice(0, 16), p.reason])) : 'No plugin was ever found.')
  })
}
