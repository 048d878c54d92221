import { parse, validate, type ExecutionResult } from 'graphql'
import { RandomOperations, type KnownIds } from './random-operations'
import { ACTORS, readingWorld, type ActorName, type ReadingWorld } from './reading-world'

const WHO: readonly ActorName[] = ['city', 'county', 'several', 'severalWide', 'whole', 'root', 'blind', 'nobody']

/** What an answer says, key order included. Of several errors that each empty the whole answer, chance decides which are told. */
const answer = ({ data, errors = [] }: ExecutionResult): string =>
  JSON.stringify({ data, errors: data === null ? errors.length > 0 : errors.map(e => `${e.message} ${JSON.stringify(e.path)}`).sort() })

async function knownIds(w: ReadingWorld): Promise<KnownIds> {
  const entries = await Promise.all([...w.model.nouns.values()].map(async ({ noun }) =>
    [noun.prefix, (await w.sql<{ id: string }>(`SELECT id FROM ${noun.table} ORDER BY md5(id::text) LIMIT 40`)).map(r => `${noun.prefix}_${r.id}`)] as const))
  return new Map(entries.filter(([, found]) => found.length))
}

/** Random operations, each asked of both readers as one of many people: the planner answers what the resolvers answer. */
export function differential(seeds: readonly number[], operations: number): void {
  let world: ReadingWorld
  let ids: KnownIds
  beforeAll(async () => {
    world = await readingWorld()
    ids = await knownIds(world)
  })
  afterAll(() => world.close())

  test('the read pool works with generic plans', async () => {
    expect(await world.database.db.rows('SHOW plan_cache_mode')).toEqual([{ plan_cache_mode: 'force_generic_plan' }])
  })

  describe('the planner answers what the resolvers answer', () => {
    test.each(seeds)(`${operations} random operations, seed %i`, async seed => {
      const random = new RandomOperations(world.schema, ids, seed)
      const before = { ...world.executors.planner.stats }
      let asked = 0
      let full = 0
      while (asked < operations) {
        const { query, variables } = random.next()
        const document = parse(query)
        if (validate(world.schema, document).length) continue
        const actor = ACTORS[random.pick(asked % 20 ? WHO.slice(0, 5) : WHO)]
        const [resolved, planned] = await Promise.all((['resolvers', 'planner'] as const).map(which => world.ask(which, document, { actor, variables })))
        if (answer(planned!) !== answer(resolved!)) throw new Error(`Seed ${seed}, as ${JSON.stringify(actor.scope)}:\n${query}\n${JSON.stringify(variables)}\nresolvers: ${answer(resolved!)}\nplanner:   ${answer(planned!)}`)
        random.learn(resolved!.data)
        asked++
        // A variable of a wrong kind leaves no data at all.
        if (JSON.stringify(resolved!.data ?? null).length > 200) full++
      }
      // A comparison of empty answers, or of the resolvers with themselves, would prove nothing.
      const planned = world.executors.planner.stats.planned - before.planned
      expect(planned).toBeGreaterThan(operations * 0.6)
      expect(full).toBeGreaterThan(operations * 0.25)
    }, 300_000)
  })
}
