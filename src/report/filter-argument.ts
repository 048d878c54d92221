import { createParameterDecorator } from 'type-graphql'

/** The argument `filter` that the schema puts on a query with `@Extensions({ filterOf })`: the filter of that noun's lists. */
export function Filter(): ReturnType<typeof createParameterDecorator> {
  return createParameterDecorator(({ args }) => args['filter'] as unknown)
}
