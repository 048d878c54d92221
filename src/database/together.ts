import type { Lifetime, Stoppable } from '../core/request'
import { copyOf, notSent } from './light-query'

/** Somebody whose work goes together with that of others, while their own request lives. */
export class Partner<Work, Answer> implements Stoppable {
  /** Told when nobody waits for its answer any more. */
  over: () => void = () => undefined

  constructor(readonly work: Work, private readonly lifetime: Lifetime | undefined, private readonly resolve: (answer: Answer) => void, private readonly reject: (error: unknown) => void) {}

  /** False: its request was over before its turn came. */
  begin(): boolean {
    try {
      this.lifetime?.begin(this)
      return true
    } catch (error) {
      this.reject(notSent(error))
      return false
    }
  }

  stop(): void {
    this.over()
  }

  done(answer: Answer): void {
    this.lifetime?.end(this)
    this.resolve(answer)
  }

  /** `shared`: others are told of the same failure. */
  failed(error: unknown, shared: boolean): void {
    this.lifetime?.end(this)
    this.reject(shared ? copyOf(error) : error)
  }
}

/** The statement of several is broken off when the last of their requests is over. */
export class Together implements Lifetime {
  private wanted: number
  private work: Stoppable | undefined

  constructor(partners: readonly Pick<Partner<unknown, unknown>, 'over'>[]) {
    this.wanted = partners.length
    const leave = (): void => this.leave()
    for (const partner of partners) partner.over = leave
  }

  private leave(): void {
    if (--this.wanted === 0) this.work?.stop()
  }

  begin(work: Stoppable): void {
    this.work = work
    if (this.wanted === 0) work.stop()
  }

  end(): void {
    this.work = undefined
  }
}
