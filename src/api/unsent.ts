/** Advice of graphql-js, which names what the schema has. */
const SUGGESTION = / Did you mean [^?]*\?/g
const QUOTED = /"([^"]*)"/g
const WORD = /[_A-Za-z][_0-9A-Za-z]*/g
/** Types that every schema has. */
const COMMON = new Set(['Int', 'Float', 'String', 'Boolean', 'ID', 'null', 'true', 'false'])
const MASK = '…'

/**
 * A message of the GraphQL library without names of the schema that the client did not send itself: whoever may not read the schema learns
 * nothing of it from mistakes. Names stand in quotation marks, and the types of values before `cannot represent` and the like.
 */
export function withoutUnsent(message: string, sent: () => string, isType: (name: string) => boolean): string {
  const plain = message.replace(SUGGESTION, '')
  if (!plain.includes('"') && !(plain.match(WORD) ?? []).some(isType)) return plain
  const words = new Set(sent().match(WORD) ?? [])
  const known = (name: string): boolean => words.has(name) || COMMON.has(name)
  const quoted = plain.replace(QUOTED, (whole, inside: string) => (inside.match(WORD) ?? []).every(known) ? whole : `"${inside.replace(WORD, name => (known(name) ? name : MASK))}"`)
  return quoted.replace(WORD, name => (isType(name) && !known(name) ? MASK : name))
}
