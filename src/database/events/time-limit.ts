import { AppError } from '../../core/errors'
import type { Lifetime, Stoppable } from '../../core/request'

/** How long a handler may take. When its time is over, what runs for it in the database is broken off, and nobody waits for it. */
export class TimeLimit implements Lifetime {
  private readonly works = new Set<Stoppable>()
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly milliseconds: number) {}

  begin(work: Stoppable): void {
    this.works.add(work)
  }

  end(work: Stoppable): void {
    this.works.delete(work)
  }

  async race(work: Promise<unknown>, onLate: () => void): Promise<void> {
    const late = new Promise<never>((_, reject) => {
      this.timer = setTimeout(() => {
        onLate()
        for (const w of this.works) w.stop()
        reject(new AppError('LIMIT_EXCEEDED', `It took longer than ${this.milliseconds} ms.`, { limit: 'handlerTime' }))
      }, this.milliseconds)
    })
    await Promise.race([work, late])
  }

  clear(): void {
    clearTimeout(this.timer)
  }
}
