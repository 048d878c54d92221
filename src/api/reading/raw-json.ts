/** The `data` of an answer as the text that PostgreSQL put together: nobody parses it, nobody writes it again. */
export class RawJson {
  constructor(readonly text: string) {}

  /** For whoever looks into an answer instead of sending it on. */
  toJSON(): unknown {
    return JSON.parse(this.text)
  }
}

/** Apollo's `stringifyResult`: the planner's text goes out as it is, extensions beside it. */
export function stringifyResult(result: object): string {
  const { data, ...rest } = result as { data?: unknown }
  if (!(data instanceof RawJson)) return JSON.stringify(result)
  const others = JSON.stringify(rest).slice(1, -1)
  return `{${others && `${others},`}"data":${data.text}}`
}
