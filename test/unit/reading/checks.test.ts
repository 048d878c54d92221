import { CHECKS, RESOLVER_CHECKS } from '../../support/reading-checks'
import { readingWorld, type ReadingWorld } from '../../support/reading-world'

let world: ReadingWorld
beforeAll(async () => { world = await readingWorld() })
afterAll(() => world.close())

describe.each(['resolvers', 'planner'] as const)('%s against plain SQL', which => {
  test.each(Object.entries(CHECKS))('%s', (_, check) => check(world, which), 60_000)
})

describe('resolvers alone', () => {
  test.each(Object.entries(RESOLVER_CHECKS))('%s', (_, check) => check(world, 'resolvers'))
})
