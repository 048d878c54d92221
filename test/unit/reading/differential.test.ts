import { parse, validate } from 'graphql'
import { ACTORS, readingWorld, type ActorName, type ReadingWorld } from '../../support/reading-world'
import { RandomOperations, type KnownIds } from '../../support/random-operations'

let world: ReadingWorld
let ids: KnownIds
beforeAll(async () => {
  world = await readingWorld()
  ids = await knownIds(world)
})
afterAll(() => world.close())

async function knownIds(w: ReadingWorld): Promise<KnownIds> {
  const entries = await Promise.all([...w.model.nouns.values()].map(async ({ noun }) =>
    [noun.prefix, (await w.sql<{ id: string }>(`SELECT id FROM ${noun.table} ORDER BY md5(id::text) LIMIT 40`)).map(r => `${noun.prefix}_${r.id}`)] as const))
  return new Map(entries.filter(([, found]) => found.length))
}

const WHO: readonly ActorName[] = ['city', 'county', 'several', 'severalWide', 'root', 'blind', 'nobody']
const SEEDS = [1, 2, 3, 4, 5]
const OPERATIONS = 600

/** What an answer says, key order included. */
const answer = (result: { data?: unknown; errors?: readonly { message: string; path?: unknown }[] }): string =>
  JSON.stringify({ data: result.data, errors: (result.errors ?? []).map(e => `${e.message} ${JSON.stringify(e.path)}`).sort() })

describe('the planner answers what the resolvers answer', () => {
  test.each(SEEDS)(`${OPERATIONS} random operations, seed %i`, async seed => {
    const random = new RandomOperations(world.schema, ids, seed)
    const before = { ...world.executors.planner.stats }
    let asked = 0
    let full = 0
    while (asked < OPERATIONS) {
      const { query, variables } = random.next()
      if (validate(world.schema, parse(query)).length) continue
      const actor = ACTORS[random.pick(asked % 20 ? WHO.slice(0, 5) : WHO)]
      const [resolved, planned] = [await world.ask('resolvers', query, { actor, variables }), await world.ask('planner', query, { actor, variables })]
      if (answer(planned) !== answer(resolved)) throw new Error(`Seed ${seed}, as ${JSON.stringify(actor.scope)}:\n${query}\n${JSON.stringify(variables)}\nresolvers: ${answer(resolved)}\nplanner:   ${answer(planned)}`)
      random.learn(resolved.data)
      asked++
      if (JSON.stringify(resolved.data).length > 200) full++
    }
    // A comparison of empty answers, or of the resolvers with themselves, would prove nothing.
    const planned = world.executors.planner.stats.planned - before.planned
    expect(planned).toBeGreaterThan(OPERATIONS * 0.6)
    expect(full).toBeGreaterThan(OPERATIONS * 0.3)
  }, 60_000)
})
