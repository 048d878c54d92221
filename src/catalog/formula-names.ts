/** Words that mean something in CEL: no variable may be named so. */
export const RESERVED: ReadonlySet<string> = new Set([
  'value', 'previous', 'true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while',
])
