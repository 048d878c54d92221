import { Worker } from 'node:worker_threads'
import { examine } from './examine'
import type { ProbeJob } from './probe-job'
import type { Phase } from './problem'

/** A plugin that loops for ever also ends when the server that looks at it is gone: this thread notices, the busy one could not. */
const GUARD = `const { workerData } = require('node:worker_threads')
setInterval(() => { if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL') }, 1000)`
new Worker(GUARD, { eval: true, workerData: process.ppid }).unref()

/** Entry of the process in which one plugin is looked at. It gets a job, answers once, and is ended from outside. */
process.once('message', job => {
  const enter = (phase: Phase): void => void process.send?.({ phase })
  enter('DISCOVER')
  const examined = examine(job as ProbeJob, { enter, ours: () => void process.send?.({ ours: true }) })
  process.send?.({ examined })
})
