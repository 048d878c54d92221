import { Kind, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql'

/** Names of the fields that the query asks for below a field, along a path of field names. Fields that a directive leaves out are named, too. */
export function fieldsBelow(info: GraphQLResolveInfo, path: readonly string[]): Set<string> {
  let sets = info.fieldNodes.flatMap(n => n.selectionSet ?? [])
  for (const step of path) sets = sets.flatMap(set => below(set, info, step))
  return new Set(sets.flatMap(set => names(set, info)))
}

function below(set: SelectionSetNode, info: GraphQLResolveInfo, field: string): SelectionSetNode[] {
  return set.selections.flatMap(s => {
    if (s.kind === Kind.FIELD) return s.name.value === field && s.selectionSet ? [s.selectionSet] : []
    return below(s.kind === Kind.INLINE_FRAGMENT ? s.selectionSet : info.fragments[s.name.value]!.selectionSet, info, field)
  })
}

const names = (set: SelectionSetNode, info: GraphQLResolveInfo): string[] => set.selections.flatMap(s =>
  s.kind === Kind.FIELD ? [s.name.value] : names(s.kind === Kind.INLINE_FRAGMENT ? s.selectionSet : info.fragments[s.name.value]!.selectionSet, info))
