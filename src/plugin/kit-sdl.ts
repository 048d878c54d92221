import { Kind, parse, type ASTNode, type DefinitionNode, type StringValueNode } from 'graphql'
import type { PluginProblem } from './problem'

interface Described { readonly kind: string; readonly name: { readonly value: string }; readonly description?: StringValueNode | undefined }
const HAN = /\p{Script=Han}/u

/** How names are written in a schema: types, fields and arguments, values. */
const RULES: Partial<Record<Kind, [RegExp, string]>> = {
  [Kind.FIELD_DEFINITION]: [/^[a-z][A-Za-z0-9]*$/, 'fields are written camelCase'],
  [Kind.INPUT_VALUE_DEFINITION]: [/^[a-z][A-Za-z0-9]*$/, 'arguments and input fields are written camelCase'],
  [Kind.ENUM_VALUE_DEFINITION]: [/^[A-Z][A-Z0-9_]*$/, 'enum values are written UPPER_CASE'],
  [Kind.OBJECT_TYPE_DEFINITION]: [/^[A-Z][A-Za-z0-9]*$/, 'types are written PascalCase'],
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: [/^[A-Z][A-Za-z0-9]*$/, 'types are written PascalCase'],
  [Kind.ENUM_TYPE_DEFINITION]: [/^[A-Z][A-Za-z0-9]*$/, 'types are written PascalCase'],
  [Kind.SCALAR_TYPE_DEFINITION]: [/^[A-Z][A-Za-z0-9]*$/, 'types are written PascalCase'],
}

/** What front-end teams would stumble over in a plugin's part of the schema: names, missing descriptions, missing Chinese terms. */
export function lintSdl(sdl: string): PluginProblem[] {
  const problems: PluginProblem[] = []
  for (const definition of parse(sdl).definitions) look(definition, '', problems)
  return problems
}

function look(node: DefinitionNode | ASTNode, inside: string, problems: PluginProblem[]): void {
  if (!('name' in node) || !node.name || typeof node.name !== 'object' || !('value' in node.name)) return
  const named = node as unknown as Described
  const path = inside ? `${inside}.${named.name.value}` : named.name.value
  const rule = RULES[node.kind]
  if (rule && !rule[0].test(named.name.value)) problems.push({ code: 'SDL_NAME', message: `${path}: ${rule[1]}.`, path })
  // The one argument of every command is described by its type.
  const needsWords = !(node.kind === Kind.INPUT_VALUE_DEFINITION && named.name.value === 'input')
  if (rule && needsWords && !described(named)) problems.push({ code: 'SDL_DESCRIPTION', message: `${path} needs a description: an English sentence and the Chinese term.`, path })
  for (const list of ['fields', 'arguments', 'values'] as const) {
    for (const child of ((node as unknown as Record<string, readonly ASTNode[] | undefined>)[list] ?? [])) look(child, path, problems)
  }
}

const described = ({ description }: Described): boolean => description !== undefined && HAN.test(description.value) && /[A-Za-z]{2}/.test(description.value)
