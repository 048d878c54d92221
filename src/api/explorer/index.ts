export { explorerRoutes, type ExplorerOptions } from './routes'
export { readExamples, AUDIENCES, type Audience, type Example } from './examples'
export type { DemoIdentity } from './identities'
