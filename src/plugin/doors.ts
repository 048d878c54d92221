import Module from 'node:module'
import path from 'node:path'

const DOORS: Readonly<Record<string, string>> = { 'plumbline/sdk': 'index', 'plumbline/sdk/graphql': 'graphql', 'plumbline/sdk/data': 'data' }

interface Resolver { _resolveFilename(request: string, parent: unknown, isMain: boolean, options?: unknown): string }
let open = false

/**
 * Lets plugins find the sdk by name wherever they stand (plugins/, an installed package, a folder of the operator's), and always this
 * copy of it: a second one would bring second copies of every type.
 */
export function openDoors(): void {
  if (open) return
  open = true
  const node = Module as unknown as Resolver
  const resolve = node._resolveFilename
  node._resolveFilename = (request, parent, isMain, options) => {
    const door = DOORS[request]
    return door ? require.resolve(path.join(__dirname, '..', 'sdk', door)) : resolve.call(node, request, parent, isMain, options)
  }
}
