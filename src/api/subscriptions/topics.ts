import { ANONYMOUS, type Actor } from '../../core/actor'
import { TOPIC_SIGNAL } from '../../core/topics'
import type { Signals } from '../../database/signals'
import { Occurrences } from './watching'

/** Somebody who listens, with the rights that they had last. */
export interface TopicViewer {
  actor: Actor
}

interface Listener {
  readonly occurrences: Occurrences
  readonly viewer: TopicViewer
  readonly isFor: (news: string, actor: Actor) => boolean
}

/**
 * What commands of any instance told with `tellTopic`, or left as news (`topic_news`): a topic and, behind a space, whom it concerns. Who listens is told that something is new,
 * never what: they look with their own eyes.
 */
export class Topics {
  private readonly listeners = new Map<string, Set<Listener>>()

  constructor(signals: Pick<Signals, 'on'>) {
    signals.on(TOPIC_SIGNAL, told => this.hear(told))
  }

  listen(topic: string, { viewer = { actor: ANONYMOUS }, isFor = () => true, onEnd }: { viewer?: TopicViewer; isFor?: Listener['isFor'] | undefined; onEnd?: () => void } = {}): Occurrences {
    const all = this.listeners.get(topic) ?? new Set()
    this.listeners.set(topic, all)
    const one: Listener = {
      viewer, isFor, occurrences: new Occurrences(() => {
        all.delete(one)
        onEnd?.()
        if (!all.size) this.listeners.delete(topic)
      }),
    }
    all.add(one)
    return one.occurrences
  }

  /** Rights of somebody, or null, of anybody, changed: what concerns them may be something else now. */
  recheck(ref: string | null): void {
    for (const [topic, all] of this.listeners) for (const one of all) if (ref === null || one.viewer.actor.ref === ref) push(topic, one)
  }

  /** What was told by a signal or kept as news; null: something may have been missed. */
  hear(told: string | null): void {
    if (told === null) return this.recheck(null)
    const [topic] = told.split(' ', 1) as [string]
    const news = told.slice(topic.length + 1)
    for (const one of this.listeners.get(topic) ?? []) if (one.isFor(news, one.viewer.actor)) push(topic, one)
  }
}

/** Told with the eyes of the moment, which are those that later news are held against. */
function push(topic: string, { occurrences, viewer }: Listener): void {
  occurrences.push(topic, {
    shownTo: async context => {
      viewer.actor = context.actor
      return {}
    },
  })
}
