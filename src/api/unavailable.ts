import { extendSchema, isObjectType, parse, visit, type DocumentNode, type GraphQLSchema, type ObjectTypeExtensionNode } from 'graphql'
import { AppError } from '../core/errors'
import type { PermissionMap } from '../core/permission'

/** A plugin that once ran and does not now, with the part of the schema that it brought. */
export interface UnavailablePart {
  readonly plugin: string
  /** Its own types, and `extend type` of the core's. */
  readonly sdl: string
}

export interface WithUnavailable {
  readonly schema: GraphQLSchema
  readonly permissions: PermissionMap
  /** Plugins whose part no longer fits the core's schema: nothing of them stays. */
  readonly unfit: readonly { plugin: string; reason: string }[]
}

/**
 * Keeps the last good part of each plugin that does not run: documents that name it stay valid, its fields answer PLUGIN_UNAVAILABLE, and
 * the core serves everything else. That is why its fields are nullable meanwhile: a failing one must not blank the core object around it.
 */
export function withUnavailable(schema: GraphQLSchema, parts: readonly UnavailablePart[]): WithUnavailable {
  const permissions: Record<string, Record<string, 'authenticated'>> = {}
  const unfit: { plugin: string; reason: string }[] = []
  let extended = schema
  for (const { plugin, sdl } of [...parts].sort((a, b) => (a.plugin < b.plugin ? -1 : 1))) {
    try {
      const document = nullable(parse(sdl, { noLocation: true }))
      const next = extendSchema(extended, document)
      for (const { name, fields } of extensions(document)) {
        const type = next.getType(name.value)
        if (!isObjectType(type)) throw new Error(`There is no type ${name.value} to extend.`)
        for (const { name: { value: field } } of fields ?? []) {
          type.getFields()[field]!.resolve = () => { throw unavailable(plugin) }
          if (['Query', 'Mutation', 'Subscription'].includes(name.value)) (permissions[name.value] ??= {})[field] = 'authenticated'
        }
      }
      extended = next
    } catch (error) {
      unfit.push({ plugin, reason: (error as Error).message })
    }
  }
  return { schema: extended, permissions, unfit }
}

const extensions = (document: DocumentNode): ObjectTypeExtensionNode[] =>
  document.definitions.filter((d): d is ObjectTypeExtensionNode => d.kind === 'ObjectTypeExtension')

const nullable = (document: DocumentNode): DocumentNode => visit(document, {
  ObjectTypeExtension: node => ({ ...node, fields: node.fields?.map(f => (f.type.kind === 'NonNullType' ? { ...f, type: f.type.type } : f)) }),
})

const unavailable = (plugin: string): AppError =>
  new AppError('PLUGIN_UNAVAILABLE', `The plugin ${plugin} is not available.`, { plugin, messageKey: 'pluginUnavailable', messageValues: { plugin } })
