import { CHECKS, RESOLVER_CHECKS } from '../support/reading-checks'
import { expectNoticed, mutantsOf } from '../support/reading-mutants'
import { readingWorld, type ReadingWorld } from '../support/reading-world'

let world: ReadingWorld
beforeAll(async () => { world = await readingWorld() })
afterAll(() => world.close())

describe('the resolvers against plain SQL', () => {
  test.each(Object.entries({ ...CHECKS, ...RESOLVER_CHECKS }))('%s', (_, check) => check(world, 'resolvers'), 60_000)
})

describe('every mistake planted into the resolvers is noticed', () => {
  test.each(mutantsOf('resolvers'))('$mistake', mutant => expectNoticed(world, 'resolvers', mutant), 60_000)
})

describe('the mistakes planted into the planner that `npm test` leaves out are noticed', () => {
  test.each(mutantsOf('planner').filter((_, i) => i % 2 === 1))('$mistake', mutant => expectNoticed(world, 'planner', mutant), 60_000)
})
