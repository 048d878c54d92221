import type { ItemKind } from '../sdk/catalog-shape'

/** `VIOLATION_TYPE` -> `violation-type` */
const part = (kind: ItemKind): string => kind.toLowerCase().replace('_', '-')

/** The permanent code of an item, unique for ever: `health-procurement.risk.tailored-specification`. */
export const permanentCode = (plugin: string, kind: ItemKind, slug: string): string => `${plugin}.${part(kind)}.${slug}`
/** The slug inside a permanent code. */
export const slugOf = (code: string): string => code.slice(code.lastIndexOf('.') + 1)
/** The code that an adopted copy has in the unit's own register: short, and never that of another plugin. */
export const localCode = (prefix: string, code: string): string => `${prefix}.${slugOf(code)}`
