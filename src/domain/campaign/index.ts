import type { Database } from '../../database/database'
import { acceptEvidence } from '../evidence'
import type { DomainModule } from '../module'
import { commandPermissions } from '../permissions'
import { nameSource } from '../sources'
import { SpecialRectificationEntity, SpecialRectificationFindingEntity, SpecialRectificationMeasureEntity, SpecialRectificationUnitEntity } from './campaign.entity'
import { campaignEvents, reportEvents } from './campaign.events'
import { campaignEdges, specialRectificationReads, specialRectificationUnitReads } from './campaign.reads'
import { CAMPAIGN } from './campaign.repository'
import { SpecialRectificationPayload, SpecialRectificationResolver, SpecialSelfCheckPayload } from './campaign.resolver'
import { CampaignService } from './campaign.service'
import { SpecialRectification, SpecialRectificationUnit } from './campaign.types'
import { SelfCheckService } from './self-check.service'
import { specialRectificationMachine } from './special-rectification.states'

export { campaignEvents, CampaignService, reportEvents, SelfCheckService, SpecialRectification, specialRectificationMachine }
export { SpecialRectificationStateEnum } from './campaign.types'
export type { SpecialRectificationState } from './special-rectification.states'

nameSource({ kind: 'CAMPAIGN', type: 'SpecialRectification', ...CAMPAIGN })

export const campaignModule: DomainModule = {
  name: 'campaign',
  entities: [SpecialRectificationEntity, SpecialRectificationUnitEntity, SpecialRectificationFindingEntity, SpecialRectificationMeasureEntity],
  types: [SpecialRectification, SpecialRectificationUnit, SpecialRectificationPayload, SpecialSelfCheckPayload],
  resolvers: [SpecialRectificationResolver],
  create: (db: Database) => [new SpecialRectificationResolver(new CampaignService(db), new SelfCheckService(db))],
  reads: [specialRectificationReads, specialRectificationUnitReads],
  edges: [
    ...campaignEdges,
    ...acceptEvidence({ type: 'SpecialRectificationUnit', zh: '专项整治单位自查情况', prefix: 'campu', table: 'special_rectification_unit', roles: ['UNIT_EDITOR', 'UNIT_APPROVER', 'DUTY_OWNER', 'SUPERVISOR'] }),
  ],
  events: [...Object.values(campaignEvents), ...Object.values(reportEvents)],
  permissions: { Mutation: commandPermissions(specialRectificationMachine) },
}
