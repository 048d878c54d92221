import type { RequestContext } from '../../core/request'

/** Something that a subscription may have to tell. */
export interface Occurrence {
  /** What is told to whoever asks with this context, as they may see it now; null: nothing. */
  shownTo(context: RequestContext): Promise<object | null>
}

/** Occurrences of one subscription: what was not fetched yet is kept once for each key, so that a slow reader costs no more than a short list. */
export class Occurrences implements AsyncIterableIterator<Occurrence> {
  private readonly waiting = new Map<string, Occurrence>()
  private wake: (() => void) | null = null
  private ended = false

  /** `onEnd` is told once, however it ends. */
  constructor(private readonly onEnd: () => void) {}

  push(key: string, occurrence: Occurrence): void {
    this.waiting.set(key, occurrence)
    this.wake?.()
  }

  async next(): Promise<IteratorResult<Occurrence>> {
    while (!this.ended && !this.waiting.size) await new Promise<void>(done => { this.wake = done })
    const [first] = this.waiting
    if (this.ended || !first) return { done: true, value: undefined }
    this.waiting.delete(first[0])
    return { done: false, value: first[1] }
  }

  async return(): Promise<IteratorResult<Occurrence>> {
    if (!this.ended) {
      this.ended = true
      this.onEnd()
      this.wake?.()
    }
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
