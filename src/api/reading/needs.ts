import { isAbstractType, TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import type { Wanted } from '../../database/sql'
import { fieldsOf, readOf } from './fields'

/** What a document asks of the rows of a type; undefined: all of it, since code may look at anything. */
export type Needs = (type: string) => Wanted | undefined

const CURSORS = new Set(['cursor', 'startCursor', 'endCursor'])

/** The fields that a document selects on each type, wherever it selects them: so much of a row is read, and no more. Worked out once per document. */
export function documentNeeds(schema: GraphQLSchema): (document: DocumentNode) => Needs {
  const known = new WeakMap<DocumentNode, Needs>()
  return document => {
    let needs = known.get(document)
    if (!needs) known.set(document, (needs = needsOf(schema, document)))
    return needs
  }
}

function needsOf(schema: GraphQLSchema, document: DocumentNode): Needs {
  const fields = new Map<string, Set<string>>()
  const whole = new Set<string>()
  let cursor = false
  const info = new TypeInfo(schema)
  const note = (type: GraphQLObjectType, name: string): void => {
    const field = fieldsOf(type)[name]
    if (!field) return // __typename
    if (!readOf(field)) whole.add(type.name)
    fields.set(type.name, (fields.get(type.name) ?? new Set()).add(name))
  }
  visit(document, visitWithTypeInfo(info, {
    Field: ({ name: { value: name } }) => {
      const parent = info.getParentType()
      if (CURSORS.has(name)) cursor = true
      for (const type of isAbstractType(parent) ? schema.getPossibleTypes(parent) : parent ? [parent as GraphQLObjectType] : []) note(type, name)
    },
  }))
  const wanted = new Map([...fields].filter(([type]) => !whole.has(type)).map(([type, names]) => [type, { key: [...names].sort().join() + (cursor ? ' +' : ''), fields: names, cursor }]))
  return type => wanted.get(type)
}
