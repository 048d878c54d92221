import { notFound } from '../../core/errors'
import type { RequestContext } from '../../core/request'
import { ref } from '../refs'
import { JOB, topicOf } from './job.repository'
import { jobMachine, type JobState } from './job.states'

/** What a delivery is made from: the job as its viewer sees it then. */
interface Look { shownTo(context: RequestContext): Promise<object> }

/** A job for somebody who watches it: as it is now, then whenever there is news of it, until it has ended. Refuses one that they do not see. */
export async function watchJob(id: string, context: RequestContext): Promise<AsyncIterableIterator<Look>> {
  const rowId = ref(JOB.prefix, id, 'id')
  let ended = false
  const look: Look = {
    async shownTo(later) {
      const job = await later.read.one(JOB.type, rowId) as { state: JobState } | null
      if (!job) throw notFound('id')
      ended = !(jobMachine.awaits[job.state])
      return job
    },
  }
  // Nothing is missed from here on.
  const [topic] = topicOf(rowId).split(' ')
  const news = (await context.watch!.topic(topic!, told => told === rowId))[Symbol.asyncIterator]()
  const stop = async (): Promise<IteratorResult<Look>> => {
    await news.return?.()
    return { done: true, value: undefined }
  }
  if (!await context.read.one(JOB.type, rowId)) {
    await stop()
    throw notFound('id')
  }
  let begun = false
  const looks: AsyncIterableIterator<Look> = {
    [Symbol.asyncIterator]: () => looks,
    return: stop,
    async next() {
      if (ended || (begun && (await news.next()).done)) return stop()
      begun = true
      return { done: false, value: look }
    },
  }
  return looks
}
