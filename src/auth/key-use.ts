import type { Database } from '../database/database'

const ONCE_A_MINUTE = 60_000
const MOST_KEYS = 10_000

/** Notes that keys are used: beside the request, at most once a minute for each key and instance. */
export class KeyUse {
  private readonly noted = new Map<string, number>()

  constructor(private readonly db: Database) {}

  note(keyId: string): void {
    const now = performance.now()
    if (now - (this.noted.get(keyId) ?? -Infinity) < ONCE_A_MINUTE) return
    if (this.noted.size >= MOST_KEYS) this.noted.clear()
    this.noted.set(keyId, now)
    this.db.writes.query({
      name: 'note-key-use', values: [keyId],
      text: `UPDATE service_account_key SET last_used_at = now() WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '30 seconds')`,
    }).catch(() => this.noted.delete(keyId))
  }
}
