import { expectNoticed, mutantsOf } from '../../support/reading-mutants'
import { readingWorld, type ReadingWorld } from '../../support/reading-world'

let world: ReadingWorld
beforeAll(async () => { world = await readingWorld() })
afterAll(() => world.close())

describe('mistakes planted into the planner are noticed', () => {
  // The other half of them: test/long/resolvers.test.ts.
  test.each(mutantsOf('planner').filter((_, i) => i % 2 === 0))('$mistake', mutant => expectNoticed(world, 'planner', mutant), 60_000)
})
