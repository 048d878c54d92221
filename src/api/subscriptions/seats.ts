import { exceeds, type Limits } from '../limits'

/** How many connections and subscriptions each viewer has on this instance. */
export class Seats {
  private readonly taken = new Map<string, number>()

  constructor(private readonly limits: Pick<Limits, 'connections' | 'subscriptions'>) {}

  /** Takes one, or throws. Returns how to give it back, once. */
  take(kind: 'connections' | 'subscriptions', ref: string): () => void {
    const key = `${kind} ${ref}`
    const now = (this.taken.get(key) ?? 0) + 1
    if (now > this.limits[kind]) throw exceeds(kind, now, this.limits[kind], 429)
    this.taken.set(key, now)
    let given = false
    return () => {
      if (given) return
      given = true
      const left = this.taken.get(key)! - 1
      if (left) this.taken.set(key, left)
      else this.taken.delete(key)
    }
  }
}
