import { getMetadataStorage, validateSync } from 'class-validator'
import { ArgumentValidationError } from 'type-graphql'

type Storage = ReturnType<typeof getMetadataStorage>
type Rules = ReturnType<Storage['getTargetValidationMetadatas']>

/** By class, and by the name of the class in which one stands. */
const rules = new WeakMap<object, Map<string, Rules>>()
const grouped = new WeakMap<Rules, ReturnType<Storage['groupByPropertyName']>>()

/** class-validator looks for the rules of a class among those of all classes, each time. A class has them all from its beginning: once is enough. */
function rememberRules(storage: Storage): void {
  const find = storage.getTargetValidationMetadatas.bind(storage)
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (always || strictGroups || groups) return find(target, schema, always, strictGroups, groups)
    let known = rules.get(target)
    if (!known) rules.set(target, (known = new Map()))
    let found = known.get(schema)
    if (!found) known.set(schema, (found = find(target, schema, always, strictGroups, groups)))
    return found
  }
  const group = storage.groupByPropertyName.bind(storage)
  storage.groupByPropertyName = metadata => {
    let found = grouped.get(metadata)
    if (!found) grouped.set(metadata, (found = group(metadata)))
    return found
  }
}
rememberRules(getMetadataStorage())

/** Inputs are checked by class-validator; unknown fields were already refused by the schema. type-graphql's own way to it costs a copy of the library's exports each time. */
export function checkInput(input: object | undefined): void {
  if (typeof input !== 'object' || input === null) return
  const errors = (Array.isArray(input) ? input : [input]).filter(i => typeof i === 'object' && i !== null)
    .flatMap(i => validateSync(i as object, { skipMissingProperties: true, forbidUnknownValues: false, stopAtFirstError: false }))
  if (errors.length) throw new ArgumentValidationError(errors)
}
