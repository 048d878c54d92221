import { permits, type Permission } from '../core/permission'
import type { Routes } from './server'
import { refusal } from './shield'

/** A file that a plugin offers, at its full path. */
export interface PluginFile {
  /** `/plugins/<name>/<path>`; letters, digits, dots, hyphens. */
  readonly url: string
  readonly permission: Permission
  readonly contentType: string
  content(): Promise<Buffer>
}

/** Files of plugins, import templates for instance: always offered for saving, never shown by the browser as a page of ours. */
export const pluginRoutes = (files: readonly PluginFile[]): Routes => (app, { contextOf }) => {
  for (const file of files) {
    app.get(file.url, async (request, reply) => {
      const { actor } = await contextOf(request)
      if (!permits(file.permission, actor)) throw refusal(file.permission, actor.ref === 'anonymous')
      const name = file.url.slice(file.url.lastIndexOf('/') + 1)
      return reply.type(file.contentType).header('content-disposition', `attachment; filename="${name}"`).send(await file.content())
    })
  }
}
