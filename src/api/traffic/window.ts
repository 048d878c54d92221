const MINUTE = 60_000

/** Counts of one minute that other instances have not been told of. */
export interface Untold {
  readonly window: Window
  readonly minute: number
  readonly count: number
}

/**
 * How often something happened within the last sixty seconds: what was counted this minute, and of the minute before the share that still
 * lies within them. Two numbers instead of a list of times; at most a tenth off when requests come in bursts.
 */
export class Window {
  /** Requests that are being worked on now. */
  running = 0
  private minute = 0
  private count = 0
  private before = 0
  private untold = 0
  private untoldBefore = 0

  constructor(readonly key: string) {}

  /** How many there were, now. */
  within(now: number): number {
    this.roll(now)
    return this.count + this.before * (1 - (now % MINUTE) / MINUTE)
  }

  add(now: number): void {
    this.roll(now)
    this.count++
    this.untold++
  }

  /** Whole seconds until one more is within `most`, if nothing else comes. */
  secondsUntil(most: number, now: number): number {
    this.roll(now)
    const passed = now % MINUTE
    // Enough of the last minute must have left the window; else also some of this one, which it does in the next.
    const room = most - 1 - this.count
    const wait = room >= 0 ? MINUTE * (1 - room / Math.max(this.before, 1)) - passed : MINUTE - passed + MINUTE * (1 - (most - 1) / this.count)
    return Math.max(1, Math.ceil(wait / 1_000))
  }

  /** What has not been told yet; from now on it counts as told. */
  tell(now: number): Untold[] {
    this.roll(now)
    const told = [{ window: this, minute: this.minute - 1, count: this.untoldBefore }, { window: this, minute: this.minute, count: this.untold }]
    this.untold = this.untoldBefore = 0
    return told.filter(t => t.count > 0)
  }

  /** The telling failed. */
  takeBack({ minute, count }: Untold, now: number): void {
    this.roll(now)
    if (minute === this.minute) this.untold += count
    else if (minute === this.minute - 1) this.untoldBefore += count
  }

  /** What all instances together counted in a minute, as far as they have told. */
  learn(minute: number, total: number, now: number): void {
    this.roll(now)
    if (minute === this.minute) this.count = total + this.untold
    else if (minute === this.minute - 1) this.before = total + this.untoldBefore
  }

  private roll(now: number): void {
    const minute = Math.floor(now / MINUTE)
    if (minute === this.minute) return
    const next = minute === this.minute + 1
    this.before = next ? this.count : 0
    this.untoldBefore = next ? this.untold : 0
    this.count = this.untold = 0
    this.minute = minute
  }
}
