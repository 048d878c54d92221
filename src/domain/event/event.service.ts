import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { EVENTS_SIGNAL, unpark } from '../../database/events'
import { requireAdministratorOfAll } from '../unit'

export class EventService {
  constructor(private readonly db: Database) {}

  retryParked(origin: Origin, input: { subscriber: string; idempotencyKey?: string | null }): Promise<{ count: number }> {
    return runCommand(this.db, origin, 'retryParkedEvents', input, async tx => {
      await requireAdministratorOfAll(tx)
      const count = await unpark(tx, input.subscriber)
      if (count) {
        tx.audit('event_subscriber', null, null, { subscriber: input.subscriber, count })
        tx.notify(EVENTS_SIGNAL, '')
      }
      return { count }
    })
  }
}
