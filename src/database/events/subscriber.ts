import type { Actor } from '../../core/actor'
import type { EventKind, EventOf } from '../../core/events'
import type { Transaction } from '../transaction'

/** Who hears of what happened, after it was committed. */
export interface Subscriber {
  /** Its place in the log of events hangs on this name: never given to another one. Audited as `system:<name>`. */
  readonly name: string
  /** What the audit log calls what it does. */
  readonly as: string
  readonly on: readonly EventKind[]
  /** Whose hand it works with: the product's own, unless told. Never a person's. */
  readonly actor?: Actor
  /** Milliseconds after which its work is broken off and counts as failed. */
  readonly timeLimit?: number
  handle(tx: Transaction, event: EventOf<EventKind>): Promise<void>
}

/**
 * Declares a subscriber; its module lists it. `handle` works in one transaction together with the mark that the event was handled: what it
 * writes through `tx` is there once, or not at all; anything else it does may happen again. Events of one subject come in the order of their
 * commits; those of different subjects do not wait for each other. It begins with the events that the outbox still holds when the product
 * first meets it. What throws is tried again, later and later, and is parked in the end.
 */
export const subscriber = <const K extends EventKind>(
  s: Omit<Subscriber, 'on' | 'handle'> & { readonly on: readonly K[]; handle(tx: Transaction, event: EventOf<K>): Promise<void> },
): Subscriber => Object.freeze(s) as unknown as Subscriber
