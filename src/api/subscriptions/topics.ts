import { TOPIC_SIGNAL } from '../../core/topics'
import type { Signals } from '../../database/signals'
import { Occurrences, type Occurrence } from './watching'

/** What commands of any instance told with `tellTopic`. Who listens is told that something is new, never what: they look with their own eyes. */
export class Topics {
  private readonly listeners = new Map<string, Set<Occurrences>>()

  constructor(signals: Pick<Signals, 'on'>) {
    signals.on(TOPIC_SIGNAL, topic => {
      for (const [name, all] of this.listeners) if (topic === null || topic === name) for (const one of all) one.push(name, NEWS)
    })
  }

  listen(topic: string): Occurrences {
    const all = this.listeners.get(topic) ?? new Set()
    this.listeners.set(topic, all)
    const one = new Occurrences(() => {
      all.delete(one)
      if (!all.size) this.listeners.delete(topic)
    })
    all.add(one)
    return one
  }
}

const NEWS: Occurrence = { shownTo: async () => ({}) }
