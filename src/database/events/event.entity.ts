import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm'

/** How far a subscriber is: what was committed when it last took events. */
@Entity('event_subscriber')
export class EventSubscriberEntity {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'event_subscriber_pkey' }) name: string
  @Column('timestamptz', { default: () => 'now()' }) since: string
  @Column('timestamptz', { nullable: true }) taken_at: string | null
  @Column('text', { nullable: true }) snapshot: string | null
  /** The PostgreSQL cluster of that snapshot; each change of it, by a restored dump, begins an era with transaction numbers of its own. */
  @Column('text', { nullable: true }) cluster: string | null
  @Column('integer', { default: 1 }) era: number
}

/** An event on its way to a subscriber. */
@Entity('event_delivery')
@Unique('event_delivery_event_key', ['subscriber', 'event_id'])
@Check('event_delivery_state_check', `(state = ANY (ARRAY['WAITING'::text, 'PARKED'::text]))`)
@Index('event_delivery_order_idx', { synchronize: false })
@Index('event_delivery_subject_idx', { synchronize: false })
@Index('event_delivery_event_at_idx', ['event_at', 'id'])
export class EventDeliveryEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'event_delivery_pkey' }) id: string
  @Column({ type: 'text', collation: 'C' }) subscriber: string
  @Column('uuid') event_id: string
  @Column('text') kind: string
  @Column('uuid') subject_id: string
  @Column('timestamptz') event_at: string
  @Column('timestamptz') taken_at: string
  @Column('bigint') tx: string
  @Column('text', { default: 'WAITING' }) state: string
  @Column('integer', { default: 0 }) attempts: number
  @Column('timestamptz', { default: () => 'now()' }) due_at: string
  @Column('text', { nullable: true }) last_error_code: string | null
}

/** Events that a subscriber is done with: kept as long as the outbox keeps the event. */
@Entity('event_handled')
export class EventHandledEntity {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'event_handled_pkey' }) subscriber: string
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'event_handled_pkey' }) event_id: string
  @Column('timestamptz', { default: () => 'now()' }) at: string
}
