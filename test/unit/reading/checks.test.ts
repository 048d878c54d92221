import { CHECKS } from '../../support/reading-checks'
import { readingWorld, type ReadingWorld } from '../../support/reading-world'

let world: ReadingWorld
beforeAll(async () => { world = await readingWorld() })
afterAll(() => world.close())

describe('the planner against plain SQL', () => {
  test.each(Object.entries(CHECKS))('%s', (_, check) => check(world, 'planner'), 60_000)
})
