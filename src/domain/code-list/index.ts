import type { DomainModule } from '../module'
import { CodeEntity } from './code.entity'
import { codeReads } from './code.reads'
import { Code } from './code.types'

export { publishCodes, requireCode, requireCodes, type PublishedCode } from './code.service'
export { Code, CodeList } from './code.types'

export const codeListModule: DomainModule = {
  name: 'code-list', entities: [CodeEntity], types: [Code], resolvers: [], create: () => [], reads: [codeReads], edges: [], permissions: {},
}
