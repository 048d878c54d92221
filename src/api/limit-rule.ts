import {
  GraphQLError, Kind, visit,
  type ASTNode, type ASTVisitor, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode, type ValidationContext, type ValidationRule,
} from 'graphql'
import { AppError, badInputs, type Violation } from '../core/errors'
import { isWellFormed } from '../core/well-formed'
import { exceeds, type Limits } from './limits'

/** What a selection amounts to once fragments are put in. */
interface Measure { depth: number; introspection: number; fields: number; aliases: number; directives: number }
const NOTHING: Measure = Object.freeze({ depth: 0, introspection: 0, fields: 0, aliases: 0, directives: 0 })

export const limitExceeded = (limit: keyof Limits, actual: number, most: number): GraphQLError => {
  const originalError = exceeds(limit, actual, most)
  return new GraphQLError(originalError.message, { originalError })
}

/**
 * The static limits as a validation rule: checked once per document and kept with it, like Apollo's own validation. Fragments are
 * measured once each, so that a document which doubles itself at every level is measured in linear time. A document beyond a limit is not
 * looked at any further: other rules compare its fields with each other. Introspection is as deep as tools ask, and has that bound of its own.
 */
export const limitRule = (limits: Limits): ValidationRule => context => ({
  Document: {
    enter(document: DocumentNode): void {
      const errors = check(document, limits)
      for (const error of errors) context.reportError(error)
      if (errors.length) (document as { definitions: DocumentNode['definitions'] }).definitions = []
    },
  },
})

/** Levels of the introspection query that tools send: a type seven times wrapped, of an argument, of a field. */
const INTROSPECTION_DEPTH = 15

function check(document: DocumentNode, limits: Limits): GraphQLError[] {
  const measure = measurer(document)
  const errors: GraphQLError[] = []
  for (const operation of document.definitions.filter((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION)) {
    const total = measure(operation.selectionSet)
    const actual = { ...total, directives: total.directives + (operation.directives?.length ?? 0), rootFields: rootFields(operation.selectionSet, document) }
    for (const limit of ['depth', 'fields', 'aliases', 'directives', 'rootFields'] as const) {
      if (actual[limit] > limits[limit]) errors.push(limitExceeded(limit, actual[limit], limits[limit]))
    }
    const deepest = Math.max(INTROSPECTION_DEPTH, limits.depth)
    if (actual.introspection > deepest) errors.push(limitExceeded('depth', actual.introspection, deepest))
  }
  const levels = levelsOfValues(document)
  if (levels > VALUE_DEPTH) errors.push(limitExceeded('depth', levels, VALUE_DEPTH))
  return errors
}

/** Levels of lists and objects in a literal: no input type has nearly as many. */
const VALUE_DEPTH = 30

/** Without recursion: how deep a call may go is the engine's affair, and what is refused must not be. */
function levelsOfValues(document: DocumentNode): number {
  let level = 0
  let deepest = 0
  const levels = { enter: () => { deepest = Math.max(deepest, ++level) }, leave: () => { level-- } }
  visit(document, { ListValue: levels, ObjectValue: levels })
  return deepest
}

/** Fields, not fragments: a fragment may be called what it likes. */
const INTROSPECTION = new Set(['__schema', '__type'])

const fragmentsOf = (document: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(document.definitions.filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION).map(f => [f.name.value, f]))

function measurer(document: DocumentNode): (set: SelectionSetNode) => Measure {
  const fragments = fragmentsOf(document)
  const known = new Map<string, Measure>()
  const ofFragment = (name: string): Measure => {
    const seen = known.get(name)
    if (seen) return seen
    known.set(name, NOTHING) // a cycle: refused by graphql-js's own rule
    const fragment = fragments.get(name)
    const found = fragment ? measure(fragment.selectionSet) : NOTHING
    known.set(name, found)
    return found
  }
  const measure = (set: SelectionSetNode): Measure => {
    const total = { ...NOTHING }
    for (const selection of set.selections) {
      total.directives += selection.directives?.length ?? 0
      const inside = selection.kind === Kind.FRAGMENT_SPREAD ? ofFragment(selection.name.value)
        : selection.selectionSet ? measure(selection.selectionSet) : NOTHING
      const isField = selection.kind === Kind.FIELD
      const below = Math.max(inside.depth, inside.introspection) + 1
      if (isField && INTROSPECTION.has(selection.name.value)) total.introspection = Math.max(total.introspection, below)
      else {
        total.depth = Math.max(total.depth, inside.depth + (isField ? 1 : 0))
        total.introspection = Math.max(total.introspection, inside.introspection)
      }
      total.fields += inside.fields + (isField ? 1 : 0)
      total.aliases += inside.aliases + (isField && selection.alias ? 1 : 0)
      total.directives += inside.directives
    }
    return total
  }
  return measure
}

function rootFields(set: SelectionSetNode, document: DocumentNode): number {
  const fragments = fragmentsOf(document)
  const seen = new Set<string>()
  const count = (s: SelectionSetNode): number => s.selections.reduce((n, selection) => {
    if (selection.kind === Kind.FIELD) return n + 1
    if (selection.kind === Kind.INLINE_FRAGMENT) return n + count(selection.selectionSet)
    const fragment = fragments.get(selection.name.value)
    if (!fragment || seen.has(selection.name.value)) return n
    seen.add(selection.name.value)
    return n + count(fragment.selectionSet)
  }, 0)
  return count(set)
}

/** Texts and lists written in the document itself: none may hold what the database cannot keep, none may be endless. */
export const literalRule = (limits: Limits): ValidationRule => (context: ValidationContext): ASTVisitor => ({
  Argument(argument) {
    const violations: Violation[] = []
    visit(argument.value, {
      ListValue(node) {
        if (node.values.length > limits.listItems) context.reportError(limitExceeded('listItems', node.values.length, limits.listItems))
      },
      StringValue(node, _key, parent, _path, ancestors) {
        const broken = textViolation(node.value, limits)
        if (broken) violations.push({ path: [argument.name.value, ...fieldNames([...ancestors, parent])].join('.'), ...broken })
      },
    })
    if (violations.length) context.reportError(new GraphQLError(violations[0]!.message, { nodes: argument, originalError: badInputs(violations) }))
    return false
  },
})

/** Names of the object fields on the way down to a value. */
const fieldNames = (above: readonly (ASTNode | readonly ASTNode[] | undefined)[]): string[] =>
  above.flatMap(node => (node && 'kind' in node && node.kind === Kind.OBJECT_FIELD ? [node.name.value] : []))

export function textViolation(text: string, limits: Limits): Omit<Violation, 'path'> | null {
  if (!isWellFormed(text)) return { rule: 'wellFormed', message: 'The text holds a NUL or half of a surrogate pair.' }
  if (text.length > limits.textLength) return { rule: 'maxLength', message: `The text is longer than ${limits.textLength} characters.` }
  return null
}

/** Subscriptions travel over their own protocol; over POST they would run once, as a query. */
export const noSubscriptions: ValidationRule = context => ({
  OperationDefinition(operation) {
    if (operation.operation !== 'subscription') return
    const originalError = new AppError('BAD_INPUT', 'Subscriptions are not served over HTTP POST.', { messageKey: 'subscriptionTransport' })
    context.reportError(new GraphQLError(originalError.message, { nodes: operation, originalError }))
  },
})
