const words = (name: string): string[] => name.split('-')
const upper = (word: string): string => word[0]!.toUpperCase() + word.slice(1)

/** `health-procurement` -> `HealthProcurement`: how the names of its types begin. */
export const pascal = (name: string): string => words(name).map(upper).join('')
/** `health-procurement` -> `healthProcurement`: its root field, and how its fields on core types begin. */
export const camel = (name: string): string => { const p = pascal(name); return p[0]!.toLowerCase() + p.slice(1) }

/** Does `name` begin with the prefix as a word of its own? `HealthContract` does with `Health`, `Healthy` does not. */
export const hasPrefix = (name: string, prefix: string): boolean =>
  name.startsWith(prefix) && (name.length === prefix.length || !/[a-z]/.test(name[prefix.length]!))

/** A verb and the plugin's name, as in `importHealthProcurementContracts`. */
export const isCommandOf = (mutation: string, plugin: string): boolean => {
  const at = mutation.indexOf(pascal(plugin))
  return at > 0 && /^[a-z]+$/.test(mutation.slice(0, at)) && hasPrefix(mutation.slice(at), pascal(plugin))
}

/** A type of the plugin: its name first, or the verb of a command before it, as in `ImportHealthProcurementContractsInput`. */
export const isTypeOf = (type: string, plugin: string): boolean =>
  hasPrefix(type, pascal(plugin)) || (/(Input|Payload)$/.test(type) && isCommandOf(type[0]!.toLowerCase() + type.slice(1), plugin))
/** A root field, or a field on a core type, of the plugin. */
export const isFieldOf = (field: string, plugin: string): boolean => hasPrefix(field, camel(plugin))

/** Whose field, command or type this is by its name; undefined: the core's. Where two names fit (health, health-care), the longer one is meant. */
export const pluginOf = (name: string, plugins: readonly string[]): string | undefined =>
  plugins.filter(p => isFieldOf(name, p) || isTypeOf(name, p) || isCommandOf(name, p)).sort((a, b) => b.length - a.length)[0]
