import type { LocatedRow } from '../../database/locate'
import type { StoredRow } from '../../database/transaction'
import type { Rows } from '../approval'
import { meetingScope, recordScope } from './collaboration.reads'
import type { CollaborationRecordState } from './collaboration-record.states'
import type { CollaborationKind, InvitationAnswer } from './collaboration.types'
import type { ConsultationMeetingState } from './consultation-meeting.states'

export const RECORD = { table: 'collaboration_record', prefix: 'collab', roles: recordScope.roles, alsoAt: recordScope.alsoAt } as const
export const MEETING = { table: 'consultation_meeting', prefix: 'meeting', roles: meetingScope.roles, alsoAt: meetingScope.alsoAt } as const

export type RecordRow = LocatedRow & {
  from_name_zh: string; to_unit_id: string; kind: CollaborationKind; linked_prefix: string | null; linked_id: string | null; target_activity_id: string | null
  sent_on: string; due_on: string; state: CollaborationRecordState
}
export type MeetingRow = LocatedRow & { convener_name_zh: string; planned_on: string; held_on: string | null; object_until: string | null; state: ConsultationMeetingState }
export type ParticipantRow = StoredRow & { unit_id: string; name_zh: string; path: string; answer: InvitationAnswer | null; attended: boolean | null; confirmed_at: string | null }

export const participantsOf = (q: Rows, meetingId: string): Promise<ParticipantRow[]> =>
  q.rows<ParticipantRow>('SELECT p.*, u.path FROM consultation_participant p JOIN unit u ON u.id = p.unit_id WHERE p.meeting_id = $1 ORDER BY p.id', [meetingId])

export interface AnswerNote { readonly id: string; readonly note: string; readonly paths: readonly string[] }

/** What participants said to the call, with the paths of their own unit and of the convening body. */
export const answerNotesOf = (q: Rows, participantIds: readonly string[]): Promise<AnswerNote[]> => q.rows(`
  SELECT p.id, p.answer_note_zh AS note, ARRAY[u.path, c.path] AS paths
  FROM consultation_participant p JOIN unit u ON u.id = p.unit_id JOIN unit c ON c.id = p.convener_unit_id
  WHERE p.id = ANY($1::uuid[]) AND p.answer_note_zh IS NOT NULL`, [participantIds])

/** What exchanges are about, of those that name it: global ids. */
export const linkedOf = (q: Rows, recordIds: readonly string[]): Promise<{ id: string; linked: string }[]> =>
  q.rows(`SELECT id, linked_prefix || '_' || linked_id AS linked FROM collaboration_record WHERE id = ANY($1::uuid[]) AND linked_id IS NOT NULL`, [recordIds])
