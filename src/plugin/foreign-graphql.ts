import path from 'node:path'
import type { PluginProblem } from './problem'

const ONCE = ['graphql', 'type-graphql', 'typeorm', 'class-validator'] as const

/** Folder of a package: `…/node_modules/graphql`. */
const packageFolder = (name: string, file: string): string | undefined => new RegExp(`^(.*[\\\\/]node_modules[\\\\/]${name})[\\\\/]`).exec(file)?.[1]

/**
 * Packages that may be there once only. A plugin with a copy of its own in its node_modules gets types that the core's GraphQL does not
 * recognise: the resolved paths tell.
 */
export function foreignGraphql(root: string): PluginProblem[] {
  return ONCE.flatMap(name => {
    const ours = packageFolder(name, require.resolve(name))
    const loaded = Object.keys(require.cache).map(file => packageFolder(name, file)).filter(folder => folder !== undefined)
    return [...new Set(loaded)].filter(folder => folder !== ours).map(folder => ({
      code: 'SECOND_GRAPHQL', file: path.relative(root, folder),
      message: `The plugin brings its own copy of ${name} (${path.relative(root, folder)}). Take it from plumbline/sdk instead and make it a peer dependency.`,
    }))
  })
}
