import { Kind, visit, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'
import { pluginOf } from '../../plugin/names'

/** A mutation's root field, and the key under which its answer stands. */
export interface Command {
  readonly key: string
  readonly name: string
}

/** What the metrics say of an operation, beside how it went. */
export interface OperationFacts {
  readonly name: string | null
  readonly type: OperationDefinitionNode['operation']
  readonly commands: readonly Command[]
  /** Plugins of which it names a field or a type. */
  readonly plugins: readonly string[]
}

/** Works the facts of an operation out once; they are kept as long as its document is. */
export function operationFacts(plugins: readonly string[]): (document: DocumentNode, operation: OperationDefinitionNode) => OperationFacts {
  const known = new WeakMap<OperationDefinitionNode, OperationFacts>()
  return (document, operation) => {
    let facts = known.get(operation)
    if (!facts) known.set(operation, (facts = factsOf(document, operation, plugins)))
    return facts
  }
}

function factsOf(document: DocumentNode, operation: OperationDefinitionNode, plugins: readonly string[]): OperationFacts {
  const fragments = new Map(document.definitions.filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION).map(f => [f.name.value, f]))
  return {
    name: operation.name?.value ?? null, type: operation.operation,
    commands: operation.operation === 'mutation' ? rootFields(operation.selectionSet, fragments) : [],
    plugins: touched(operation, fragments, plugins),
  }
}

function rootFields(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): Command[] {
  return set.selections.flatMap(s => {
    if (s.kind === Kind.FIELD) return s.name.value.startsWith('__') ? [] : [{ key: (s.alias ?? s.name).value, name: s.name.value }]
    const inside = s.kind === Kind.INLINE_FRAGMENT ? s.selectionSet : fragments.get(s.name.value)?.selectionSet
    return inside ? rootFields(inside, fragments) : []
  })
}

/** Whose names stand in the operation and its fragments: a plugin's part is entered by a field or a type of its name, and no other way. */
function touched(operation: OperationDefinitionNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, plugins: readonly string[]): string[] {
  const found = new Set<string>()
  const seen = new Set<string>()
  const note = (name: string): void => {
    const plugin = pluginOf(name, plugins)
    if (plugin) found.add(plugin)
  }
  const look = (node: OperationDefinitionNode | FragmentDefinitionNode): void => void visit(node, {
    Field: field => note(field.name.value),
    NamedType: type => note(type.name.value),
    FragmentSpread: ({ name: { value } }) => {
      const fragment = fragments.get(value)
      if (!fragment || seen.has(value)) return
      seen.add(value)
      look(fragment)
    },
  })
  look(operation)
  return [...found].sort()
}
