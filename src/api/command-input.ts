import { getMetadataStorage } from 'type-graphql'

type InputClass = new () => object
type Values = Readonly<Record<string, unknown>>
type Convert = (value: unknown) => unknown

const converters = new Map<unknown, Convert | null>()

/**
 * What turns coerced arguments of a type into instances of its input class, with those inside them; null where values stay as they are.
 * Instances are those that type-graphql makes, which looks among all classes for that of every field of every input, each time.
 */
export function inputConverter(target: unknown): Convert | null {
  const known = converters.get(target)
  if (known !== undefined) return known
  const type = classOf(target)
  if (!type) return remember(target, null)
  const one = type.target as InputClass
  let convert: ((values: Values) => object) | undefined
  return remember(target, each(value => (convert ??= makerOf(one))(value as Values)))
}

const remember = (target: unknown, convert: Convert | null): Convert | null => {
  converters.set(target, convert)
  return convert
}

const classOf = (target: unknown) => getMetadataStorage().inputTypes.find(t => t.target === target)

const each = (convert: Convert): Convert => {
  const all: Convert = value => (value == null ? value : Array.isArray(value) ? value.map(all) : convert(value))
  return all
}

/** Fields in the order in which the class itself has them; what is not given is not there, unless the class has a default for it. */
function makerOf(input: InputClass): (values: Values) => object {
  const fields = new Map<string, Convert | null>()
  for (let at: object = input; at !== Function.prototype; at = Object.getPrototypeOf(at) as object) {
    for (const { name, getType } of classOf(at)?.fields ?? []) if (!fields.has(name)) fields.set(name, inputConverter(getType()))
  }
  const own = Object.entries(new input())
  const names = [...new Set([...own.map(([name]) => name), ...fields.keys()])]
  const hasDefaults = own.some(([, value]) => value !== undefined)
  return values => {
    const made = Object.create(input.prototype as object) as Record<string, unknown>
    const defaults: Values = hasDefaults ? new input() as Values : NONE
    for (const name of names) {
      const convert = fields.get(name)
      const given = convert === undefined ? undefined : values[name]
      const value = given === undefined ? defaults[name] : convert ? convert(given) : given
      if (value !== undefined) made[name] = value
    }
    return made
  }
}

const NONE: Values = {}
