import { expectScaffoldPasses } from '../plugin/scaffolded'
import { PluginFolder } from '../plugin/support'

const folder = new PluginFolder()
afterAll(() => folder.delete())

test.each([0, 1] as const)('what the scaffold makes for tier %i passes as it is', tier => expectScaffoldPasses(folder, tier), 180_000)
