import type { Database } from '../../database/database'
import type { DomainModule } from '../module'
import { commandPermissions } from '../permissions'
import { nameSource } from '../sources'
import { HearingQuestionEntity, HearingQuestionFindingEntity, HearingRespondentEntity, HearingSessionEntity, PledgeEntity } from './hearing.entity'
import { pledgeEvents, questionEvents, sessionEvents } from './hearing.events'
import { hearingEdges, hearingQuestionReads, hearingRespondentReads, hearingSessionReads, pledgeReads } from './hearing.reads'
import { DemocraticEvaluationPayload, HearingQuestionPayload, HearingQuestionResolver, HearingSessionPayload, HearingSessionResolver, PledgePayload, PledgeResolver } from './hearing.resolver'
import { EvaluationTallies, HearingQuestion, HearingRespondent, HearingSession, Pledge } from './hearing.types'
import { HearingQuestionService } from './hearing-question.service'
import { HearingSessionService } from './hearing-session.service'
import { hearingQuestionMachine, hearingSessionMachine } from './hearing-session.states'
import { PledgeService } from './pledge.service'
import { pledgeMachine } from './pledge.states'

export { PledgeStateEnum } from './hearing.types'
export type { PledgeState } from './pledge.states'
export { HearingQuestionService, HearingSessionService, hearingQuestionMachine, hearingSessionMachine, pledgeEvents, pledgeMachine, PledgeService }

nameSource({ kind: 'PLEDGE', type: 'Pledge', prefix: 'pledge', table: 'pledge' })
nameSource({ kind: 'HEARING', type: 'HearingSession', prefix: 'hear', table: 'hearing_session' })

export const hearingModule: DomainModule = {
  name: 'hearing',
  entities: [HearingSessionEntity, HearingRespondentEntity, HearingQuestionEntity, HearingQuestionFindingEntity, PledgeEntity],
  types: [HearingSession, HearingRespondent, EvaluationTallies, HearingQuestion, Pledge, HearingSessionPayload, DemocraticEvaluationPayload, HearingQuestionPayload, PledgePayload],
  resolvers: [HearingSessionResolver, HearingQuestionResolver, PledgeResolver],
  create: (db: Database) => [
    new HearingSessionResolver(new HearingSessionService(db)), new HearingQuestionResolver(new HearingQuestionService(db)), new PledgeResolver(new PledgeService(db)),
  ],
  reads: [hearingSessionReads, hearingRespondentReads, hearingQuestionReads, pledgeReads],
  edges: hearingEdges,
  events: [sessionEvents, questionEvents, pledgeEvents].flatMap(e => Object.values(e)),
  permissions: { Mutation: { ...commandPermissions(hearingSessionMachine), ...commandPermissions(hearingQuestionMachine), ...commandPermissions(pledgeMachine) } },
}
