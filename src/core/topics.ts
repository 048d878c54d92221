import type { Actor } from './actor'

/** The channel on which commands say that somebody who watches a topic has something new to look at. */
export const TOPIC_SIGNAL = 'topics'

/**
 * For what is rare, as commits that tell wait for each other; triggers leave rows of `topic_news`, which those who watch read soon after. Told at the commit, to whoever watches the topic on any instance: `tellTopic(tx, 'inbox SUPERVISOR /51/5108/')`. A topic is a word and,
 * behind a space, people or units that it concerns, never what is new there: who watches reads it under their own rights. A subscription field listens with `context.watch.topic(…)`.
 */
export const tellTopic = (tx: { notify(channel: string, payload: string): void }, topic: string): void => tx.notify(TOPIC_SIGNAL, topic)

/** What a subscription field listens with while it begins. */
export interface Watch {
  /** These objects, by their global ids: whenever one of them was changed. Refuses what the viewer may not see. */
  nodes(ids: readonly string[]): Promise<AsyncIterable<unknown>>
  /** `isFor`: whether what was told behind the topic's name concerns them; everything does when absent. */
  topic(topic: string, isFor?: (news: string, actor: Actor) => boolean): Promise<AsyncIterable<unknown>>
}
