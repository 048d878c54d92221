import type { EventKind, EventOf } from '../core/events'
import type { PluginTransaction, UnitRef } from './plugin-data'

/** An event as a handler receives it: with the unit that it is about, if it is about one. */
export type PluginEvent<K extends EventKind = EventKind> = EventOf<K> & { readonly unit: UnitRef | null }

/** What a plugin does when something happened. */
export interface PluginEventHandler {
  /** Its place in the log of events hangs on this name; audited as `system:<plugin>.<name>`. */
  readonly name: string
  readonly on: readonly EventKind[]
  handle(tx: PluginTransaction, event: PluginEvent): Promise<void>
}

/**
 * Declares a handler of events; the plugin's code lists it. It runs after the commit of what happened, so that it can refuse nothing and hold up
 * nobody. What it writes through `tx` is there once; it has ten seconds; what throws is tried again, later and later, and is parked in the
 * end. While the plugin does not run its events wait, as long as the outbox keeps them.
 *
 * @example
 * eventHandler({ name: 'retest', on: [coreEvents.risk.controlTestFailed], async handle(tx, event) { tx.append(retests, { unit_id: event.unitId, … }) } })
 */
export const eventHandler = <const K extends EventKind>(
  h: { readonly name: string; readonly on: readonly K[]; handle(tx: PluginTransaction, event: PluginEvent<K>): Promise<void> },
): PluginEventHandler => Object.freeze(h) as unknown as PluginEventHandler
