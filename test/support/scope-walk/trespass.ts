import { v7 } from 'uuid'
import { prefixOf } from '../../../src/core/ids'
import { idPlaces, valueAt, withId, type Given, type IdPlace } from './command'
import type { Documents, Known } from './documents'
import type { Input } from './telling'
import type { Answered, ScopeWorld } from './world'

/** Places for what may be named across the border: a clue is passed to whatever commission it is for, and e2e/clues has what each end sees of it. */
const ACROSS = ['transferClue toUnitId']

/** One id of the foreign county in one place of an input, and what was answered to it and to an id that is nowhere. */
export interface Trespass {
  readonly mutation: string
  /** `steps.0.positionId` */
  readonly place: string
  readonly foreign: Answered
  readonly absent: Answered
  /** The answers without the ids that were asked, to be compared. */
  readonly told: readonly [foreign: unknown, absent: unknown]
  readonly asked: string
}

/**
 * Before each command of the neighbour: the same command with ids of the foreign county, one place of the input after the other, and as the
 * foreign county's own people once sent it, under their idempotency key. Everything but that one id is right, so that it alone decides.
 */
export class Trespasser {
  readonly done: Trespass[] = []
  /** Commands after whose refusals something was written. */
  readonly wrote: string[] = []
  /** Commands that were given. */
  readonly given = new Set<string>()
  private readonly reached = new Set<string>()

  constructor(private readonly w: ScopeWorld, private readonly documents: Documents, private readonly known: Known, private readonly theirs: readonly Given[]) {}

  readonly before = async (given: Given): Promise<void> => {
    const start = this.done.length
    this.given.add(given.mutation)
    const written = await this.written()
    for (const place of idPlaces(this.documents, given.mutation)) {
      const name = `${given.mutation} ${place.path.join('.')}`
      const example = firstOf(valueAt(given.input, place.path))
      if (example == null || this.reached.has(name)) continue
      this.reached.add(name)
      for (const id of ACROSS.includes(name) ? [] : this.candidates(given.mutation, place, example)) {
        await this.compare(given, place.path.join('.'), withId(given.input, place, id), withId(given.input, place, `${prefixOf(id)}_${v7()}`))
      }
    }
    await this.replay(given)
    if (this.done.length > start && await this.written() !== written) this.wrote.push(given.mutation)
  }

  /** Places for ids that no command of the story filled. */
  unreached(mutations: readonly string[]): string[] {
    return mutations.flatMap(m => idPlaces(this.documents, m).map(p => `${m} ${p.path.join('.')}`)).filter(place => !this.reached.has(place))
  }

  /** What the foreign county's own people gave in that place, or else another id of that kind; what belongs to no county has none. */
  private candidates(mutation: string, place: IdPlace, example: unknown): string[] {
    const given = this.theirs.filter(t => t.mutation === mutation).map(t => firstOf(valueAt(t.input, place.path))).find(id => id != null)
    const same = [...this.known.foreign.values()].flat().filter(id => prefixOf(id) === prefixOf(example))
    return [same.find(id => id === given) ?? same.at(-1)].filter(id => id !== undefined)
  }

  private async replay(given: Given): Promise<void> {
    const theirs = this.theirs.find(t => t.mutation === given.mutation)
    if (!theirs || this.reached.has(`${given.mutation} replayed`) || !idPlaces(this.documents, given.mutation).length) return
    this.reached.add(`${given.mutation} replayed`)
    const absent = JSON.parse(JSON.stringify(theirs.input, (_, value: unknown) => (prefixOf(value) === null ? value : `${prefixOf(value)}_${v7()}`))) as Input
    await this.compare(given, 'as the others sent it', theirs.input, { ...absent, idempotencyKey: `${String(theirs.input['idempotencyKey'])}-absent` }, true)
  }

  private async compare({ mutation, who, inputType }: Given, place: string, foreign: Input, absent: Input, keyed = false): Promise<void> {
    const query = `mutation($input: ${inputType}!) { ${mutation}(input: $input) { __typename } }`
    const send = (input: Input): Promise<Answered> => this.w.ask.planner(who, { query, variables: { input: keyed ? input : { ...input, idempotencyKey: null } } })
    const [a, b] = await Promise.all([send(foreign), send(absent)])
    this.done.push({ mutation, place, foreign: a, absent: b, told: [told(a), told(b)], asked: JSON.stringify([foreign, absent]) })
  }

  private async written(): Promise<string> {
    return JSON.stringify((await this.w.server.database.owner.query('SELECT (SELECT count(*) FROM audit_record) AS audited, (SELECT count(*) FROM outbox_event) AS events')).rows)
  }
}

const told = ({ status, data, errors }: Answered): unknown => ({
  status, data, errors: errors.map(({ message, path, extensions: { requestId: _, ...extensions } }) => ({ message, path, extensions })),
})

const firstOf = (present: unknown): unknown => (Array.isArray(present) ? (present as unknown[])[0] : present)
