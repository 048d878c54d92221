import type { DomainModule } from '../../domain/module'
import { VocabularyResolver } from './vocabulary.resolver'
import { VocabularyList, VocabularyValue } from './vocabulary.types'

/** `vocabulary`: what people read instead of enum values and codes. */
export const vocabularyModule: DomainModule = {
  name: 'vocabulary',
  entities: [],
  types: [VocabularyList, VocabularyValue],
  resolvers: [VocabularyResolver],
  create: () => [new VocabularyResolver()],
  reads: [],
  edges: [],
  permissions: { Query: { vocabulary: 'public' } },
}
