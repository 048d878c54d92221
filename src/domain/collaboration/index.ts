import type { Database } from '../../database/database'
import type { DomainModule } from '../module'
import { commandPermissions } from '../permissions'
import './collaboration.constraints'
import { CollaborationRecordEntity, ConsultationMeetingEntity, ConsultationParticipantEntity } from './collaboration.entity'
import { meetingEvents, recordEvents } from './collaboration.events'
import { collaborationEdges, collaborationRecordReads, consultationMeetingReads, consultationParticipantReads } from './collaboration.reads'
import { CollaborationRecordResolver } from './collaboration-record.resolver'
import { collaborationRecordMachine } from './collaboration-record.states'
import { CollaborationRecord, ConsultationMeeting, ConsultationParticipant } from './collaboration.types'
import { ConsultationMeetingResolver } from './consultation-meeting.resolver'
import { ConsultationParticipantResolver } from './consultation-participant.resolver'
import { consultationMeetingMachine } from './consultation-meeting.states'
import { ConsultationMeetingService } from './meeting.service'
import { CollaborationRecordService } from './record.service'

export { CollaborationKind, CollaborationRecord, CollaborationRecordStateEnum, ConsultationMeeting } from './collaboration.types'
export { collaborationRecordMachine } from './collaboration-record.states'
export { consultationMeetingMachine } from './consultation-meeting.states'
export { ConsultationMeetingService } from './meeting.service'
export { carryClue, CollaborationRecordService, completeCarried, followTransfer, type CarriedClue } from './record.service'
export { meetingEvents, recordEvents }

export const collaborationModule: DomainModule = {
  name: 'collaboration',
  entities: [ConsultationMeetingEntity, ConsultationParticipantEntity, CollaborationRecordEntity],
  types: [CollaborationRecord, ConsultationMeeting, ConsultationParticipant],
  resolvers: [CollaborationRecordResolver, ConsultationMeetingResolver, ConsultationParticipantResolver],
  create: (db: Database) => [
    new CollaborationRecordResolver(db, new CollaborationRecordService(db)), new ConsultationMeetingResolver(new ConsultationMeetingService(db)), new ConsultationParticipantResolver(db),
  ],
  reads: [collaborationRecordReads, consultationMeetingReads, consultationParticipantReads],
  edges: collaborationEdges,
  events: [...Object.values(recordEvents), ...Object.values(meetingEvents)],
  permissions: { Mutation: { ...commandPermissions(collaborationRecordMachine), ...commandPermissions(consultationMeetingMachine) } },
}
