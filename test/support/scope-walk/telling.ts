import type { County } from './county'

/** What the story of a county is told with. */
export interface Telling {
  readonly county: County
  /** Gives one command and answers its payload. `rowVersion: NOW` stands for the version that the row has at that moment. */
  does(mutation: string, input: Input, by?: By): Promise<Payload>
  /** Attaches a file over HTTP; answers the global id of the evidence. */
  uploads(fields: Readonly<Record<string, string>>, file: { name: string; content: string }): Promise<string>
  /** Sends a workbook over HTTP; answers its global id. */
  sends(file: { name: string; content: string }): Promise<string>
  /** Lets the jobs that wait be done. */
  works(): Promise<void>
}
/** One of the county's two, the approver whom its story registers, the city's administrator, or somebody who is not signed in. */
export type By = 'ONE' | 'TWO' | 'FOUR' | 'CITY' | 'NOBODY'
export type Input = Readonly<Record<string, unknown>>
/** A payload: objects with their ids under the names of its fields. */
export type Payload = Readonly<Record<string, { id: string } & Readonly<Record<string, unknown>>>>
export const NOW = -1
