import { defineMachine } from '../../core/states'
import { IMPORTERS } from '../import'

/** Work that people ask for and do not wait for. Servers move it; people ask for it and call it off. */
export const jobMachine = defineMachine({
  name: 'Job',
  initial: 'QUEUED',
  states: {
    QUEUED: 'Waits for a server (排队中)',
    RUNNING: 'A server works on it (执行中)',
    SUCCEEDED: 'Done, all of it (已完成)',
    FAILED: 'Refused or broken off: nothing was written (未完成)',
    CANCELLED: 'Called off: nothing was written (已取消)',
  },
  follows: [
    { from: ['QUEUED'], to: 'RUNNING', when: 'a server takes it up' },
    { from: ['RUNNING'], to: 'QUEUED', when: 'its server stops before it is done' },
    { from: ['RUNNING'], to: 'SUCCEEDED', when: 'everything is written, in the same transaction' },
    { from: ['RUNNING'], to: 'FAILED', when: 'the file has problems, the rights of whoever asked are gone, its time is over, or servers end again and again while they work on it' },
  ],
  awaits: { QUEUED: 'a server takes it up', RUNNING: 'a server works on it' },
  commands: {
    startImport: { from: [], to: 'QUEUED', roles: IMPORTERS, guards: ['whoever may write the same rows by commands, over the unit'], description: 'Has an uploaded file imported: all of it, or nothing with every problem told (开始导入).' },
    cancelJob: { from: ['QUEUED', 'RUNNING'], to: 'CANCELLED', roles: IMPORTERS, guards: ['asked for by the same person, or given by an administrator over the unit'], description: 'Calls it off before it is done; nothing is written (取消任务).' },
  },
})
export type JobState = keyof typeof jobMachine.states
