/** The `data` of an answer, as the text of the whole answer `{"data":…}` that PostgreSQL put together: nobody parses it, nobody writes it again. */
export class RawJson {
  constructor(readonly answer: string) {}

  /** For whoever looks into an answer instead of sending it on. */
  toJSON(): unknown {
    return (JSON.parse(this.answer) as { data: unknown }).data
  }
}

/** Apollo's `stringifyResult`: the planner's text goes out as it is, extensions beside it. */
export function stringifyResult(result: object): string {
  const { data, errors, extensions } = result as { data?: unknown; errors?: unknown; extensions?: unknown }
  if (!(data instanceof RawJson)) return JSON.stringify(result)
  if (errors === undefined && extensions === undefined) return data.answer
  return `${JSON.stringify({ errors, extensions }).slice(0, -1)},${data.answer.slice(1)}`
}
