import { expectNoticed, mutantsOf } from '../../support/reading-mutants'
import { readingWorld, type ReadingWorld } from '../../support/reading-world'

let world: ReadingWorld
beforeAll(async () => { world = await readingWorld() })
afterAll(() => world.close())

describe('every mistake planted into the planner is noticed', () => {
  test.each(mutantsOf('planner'))('$mistake', mutant => expectNoticed(world, 'planner', mutant), 60_000)
})
