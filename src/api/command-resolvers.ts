import type { GraphQLSchema } from 'graphql'
import { getNamedType } from 'graphql'
import { getMetadataStorage } from 'type-graphql'
import type { Class } from '../domain/module'
import { checkInput } from './check-input'
import { inputConverter } from './command-input'
import { declareCommand, type Command } from './reading'

type Storage = ReturnType<typeof getMetadataStorage>
type Mutation = Storage['mutations'][number]
type Method = (...of: unknown[]) => ReturnType<Command>

/**
 * Puts beside the resolver of each mutation what type-graphql's resolver does in the end: the method, with converted and checked arguments.
 * Only of those that take nothing but arguments and the context, and whose payload nobody answers by hand.
 */
export function declareCommands(schema: GraphQLSchema, instances: ReadonlyMap<Class, object>, written: (type: string, field: string) => boolean): void {
  const fields = schema.getMutationType()?.getFields() ?? {}
  const payloadsWritten = new Set<string>()
  for (const field of Object.values(fields)) {
    const payload = getNamedType(field.type)
    if ('getFields' in payload && Object.keys(payload.getFields()).some(name => written(payload.name, name))) payloadsWritten.add(field.name)
  }
  for (const mutation of getMetadataStorage().mutations) {
    const [field, instance] = [fields[mutation.schemaName], instances.get(mutation.target as unknown as Class)]
    const command = field && instance && !payloadsWritten.has(field.name) && commandOf(mutation, instance as Record<string, Method>)
    if (command) declareCommand(field, command)
  }
}

function commandOf({ methodName, middlewares, params }: Mutation, instance: Readonly<Record<string, Method>>): Command | null {
  const places = [...params ?? []].sort((a, b) => a.index - b.index).map(p => {
    if (p.kind === 'context' && p.propertyName === undefined) return null
    if (p.kind !== 'arg' || p.validateFn || p.validateSettings !== undefined) return undefined
    return { name: p.name, convert: inputConverter(p.getType()) }
  })
  if (middlewares?.length || places.includes(undefined)) return null
  return async (args, context) => {
    const given = places.map(place => {
      if (!place) return context
      const value = place.convert ? place.convert(args[place.name]) : args[place.name]
      checkInput(value as object | undefined)
      return value
    })
    return instance[methodName]!(...given)
  }
}
