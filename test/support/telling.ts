import type { Answer, TestApi } from './api'

type Refusal = Answer['errors'][number]['extensions']

/** Commands over HTTP by people with tokens. `inputs`: the input type of a command, where it is not named after it. */
export class Teller<Who extends string> {
  constructor(private readonly api: () => TestApi, private readonly tokens: Readonly<Record<string, string>>, private readonly inputs: Readonly<Record<string, string>>) {}

  readonly ask = (who: Who, query: string, variables?: object): Promise<Answer> => this.api().ask(this.tokens[who]!, query, variables)

  readonly tell = (who: Who, command: string, input: object, payload: string): Promise<Answer> =>
    this.ask(who, `mutation($input: ${this.inputs[command] ?? `${command[0]!.toUpperCase()}${command.slice(1)}Input`}!) { ${command}(input: $input) { ${payload} } }`, { input })

  /** The payload of a command that must not be refused. */
  readonly done = async (who: Who, command: string, input: object, payload = '__typename'): Promise<Answer['data']> => {
    const { data, errors } = await this.tell(who, command, input, payload)
    expect([command, errors]).toEqual([command, []])
    return data[command]
  }

  /** Why a command was refused. */
  readonly refused = async (who: Who, command: string, input: object): Promise<Refusal> => {
    const { data, errors } = await this.tell(who, command, input, '__typename')
    expect([command, data ?? null]).toEqual([command, null])
    return errors[0]!.extensions
  }
}
