import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm'

/**
 * That a role on a unit is expected to do something about a thing in its state. Written by triggers from the state tables (`inbox.sql.ts`), in
 * the transaction that changes the thing, and by nobody else.
 */
@Entity('inbox_item')
@Check('inbox_item_kind_check', `(kind = ANY (ARRAY['WAITING'::text, 'RETURNED'::text]))`)
@Index('inbox_item_due_idx', { synchronize: false })
@Index('inbox_item_since_idx', { synchronize: false })
@Index('inbox_item_type_idx', { synchronize: false })
@Index('inbox_item_returned_idx', { synchronize: false })
@Index('inbox_item_unit_idx', { synchronize: false })
@Index('inbox_item_person_idx', { synchronize: false })
@Index('inbox_item_day_idx', { synchronize: false })
export class InboxItemEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'inbox_item_pkey' }) subject_id: string
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'inbox_item_pkey' }) desk: number
  /** Where the role is asked. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'inbox_item_pkey' }) unit_id: string
  @PrimaryColumn('text', { primaryKeyConstraintName: 'inbox_item_pkey' }) role: string
  @Column('text') subject_type: string
  @Column('text') state: string
  @Column('text', { array: true }) commands: string[]
  @Column('text') kind: string
  /** The day until which it should be done; the last of all days without one. */
  @Column('date') due_key: string
  /** Nobody is asked before; null: at once. */
  @Column('date', { nullable: true }) opens_on: string | null
  @Column('timestamptz') since: string
  /** The closed realm that the thing lies in. */
  @Column('text', { nullable: true }) realm: string | null
  /** The one holder of the role who is meant. */
  @Column('uuid', { nullable: true }) person_id: string | null
  /** Whom four eyes keep from it. */
  @Column('text', { array: true }) excluded: string[]
}

/** What is new in inboxes, for those who watch theirs: `inbox <role> <path of the unit>`. Rows are gone after an hour or so. */
@Entity('topic_news')
export class TopicNewsEntity {
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'topic_news_pkey', default: () => '((pg_current_xact_id()))' }) tx: string
  @PrimaryColumn('text', { primaryKeyConstraintName: 'topic_news_pkey' }) news: string
  @Column('timestamptz', { default: () => 'now()' }) at: string
}

/** Reminders that were given, each once. `days_before`: working days before the day; -1: it has passed. */
@Entity('inbox_reminder')
export class InboxReminderEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'inbox_reminder_pkey' }) subject_id: string
  @PrimaryColumn('text', { primaryKeyConstraintName: 'inbox_reminder_pkey' }) state: string
  @PrimaryColumn('date', { primaryKeyConstraintName: 'inbox_reminder_pkey' }) due_on: string
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'inbox_reminder_pkey' }) days_before: number
  @Column('timestamptz', { default: () => 'now()' }) at: string
}
