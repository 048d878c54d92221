import { acceptEvidence } from '../evidence'
import type { DomainModule } from '../module'
import { commandPermissions } from '../permissions'
import { nameSource } from '../sources'
import { ACTIVITY } from '../supervision'
import { LetterItemService } from './letter-item.service'
import { RecommendationItemEntity, RecommendationLetterEntity } from './letter.entity'
import { itemEvents, letterEvents } from './letter.events'
import { letterEdges, recommendationItemReads, recommendationLetterReads } from './letter.reads'
import { RecommendationItemResolver, RecommendationLetterResolver } from './letter.resolver'
import { LetterService } from './letter.service'
import { RecommendationItem, RecommendationLetter } from './letter.types'
import { recommendationItemMachine, recommendationLetterMachine } from './recommendation-letter.states'

export { itemEvents, letterEvents }
export { LetterItemService } from './letter-item.service'
export { LetterService } from './letter.service'
export { LetterSource, RecommendationItem, RecommendationLetter, RecommendationLetterStateEnum } from './letter.types'
export { recommendationLetterMachine, type RecommendationLetterState } from './recommendation-letter.states'

nameSource({ kind: 'ACTIVITY', type: 'SupervisionActivity', ...ACTIVITY })
nameSource({ kind: 'RECOMMENDATION', type: 'RecommendationItem', prefix: 'rec', table: 'recommendation_item' })

export const letterModule: DomainModule = {
  name: 'letter',
  entities: [RecommendationLetterEntity, RecommendationItemEntity],
  types: [RecommendationLetter, RecommendationItem],
  resolvers: [RecommendationLetterResolver, RecommendationItemResolver],
  create: db => {
    const letters = new LetterService(db)
    return [new RecommendationLetterResolver(db, letters), new RecommendationItemResolver(letters, new LetterItemService(db))]
  },
  reads: [recommendationLetterReads, recommendationItemReads],
  edges: [
    ...letterEdges,
    // Only the addressee brings evidence, once the letter is there.
    ...acceptEvidence({ type: 'RecommendationItem', zh: '建议', prefix: 'rec', table: 'recommendation_item', roles: [], owner: { at: 'addressee_unit_id', roles: ['UNIT_EDITOR', 'UNIT_APPROVER', 'DUTY_OWNER'] } }),
  ],
  events: [...Object.values(letterEvents), ...Object.values(itemEvents)],
  permissions: { Mutation: { ...commandPermissions(recommendationLetterMachine), ...commandPermissions(recommendationItemMachine) } },
}
