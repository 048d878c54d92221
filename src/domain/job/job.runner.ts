import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { RIGHTS_SIGNAL } from '../../auth'
import { systemActor } from '../../core/actor'
import { AppError, type Violation } from '../../core/errors'
import type { Origin } from '../../core/request'
import { tellTopic } from '../../core/topics'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { databaseUnavailable } from '../../database/failures'
import { enter } from '../../database/moves'
import type { Signals } from '../../database/signals'
import type { Transaction, Values } from '../../database/transaction'
import { problemsOf, type ImportProblem } from '../import'
import { importKinds } from './import-kinds'
import { JOB, JOBS_SIGNAL, jobWaits, keepJob, keepProblems, lockRunning, nextJob, topicOf, type JobRow } from './job.repository'
import { ENDED } from './job.service'
import { RunningJob } from './running-job'
import { destroyWorkbook } from './workbook.repository'
import { withWorkbook } from './workbook-file'

export interface JobRunnerOptions {
  readonly log: Pick<Logger, 'warn' | 'error'>
  /** Jobs at the same time on this instance. */
  readonly concurrency: number
  /** Milliseconds that a job may take. */
  readonly timeLimit: number
  /** A sentence of a problem in Chinese. */
  readonly chinese: (problem: Violation) => string
}

/** Milliseconds between two looks when nothing is heard, and between two words of a job's progress. */
const POLL = 5_000
const BEAT = 1_000
/** Seconds after its last word for which a server is taken to work on a job. */
const LEASE = 15
/** So often is a job taken up whose server ended without a word. */
const MOST_ATTEMPTS = 3
/** Problems that are kept. */
const MOST_PROBLEMS = 200

/** What transitions and audit records call it. */
const WORK = 'runJob'
const SERVER: Origin = Object.freeze({ actor: systemActor('jobs'), requestId: 'jobs', address: null })

/**
 * Works on the jobs that wait, a few at a time, on every instance. What a job writes and the word that it is done are one transaction, so that
 * it is done once, whenever a server ends. One that ends in order puts its jobs back; of one that does not, another takes them up.
 */
export class JobRunner {
  /** Of this process: what was taken up by an earlier one on the same machine is not ours. */
  private readonly runner = randomUUID()
  private readonly running = new Map<RunningJob, Promise<void>>()
  private readonly stopHearing: (() => void)[]
  private readonly timer: NodeJS.Timeout
  private filling: Promise<void> | undefined
  private busy = false
  private again = false
  private stopped = false

  constructor(private readonly db: Database, signals: Pick<Signals, 'on'>, private readonly o: JobRunnerOptions) {
    this.stopHearing = [signals.on(JOBS_SIGNAL, () => this.wake()), signals.on(RIGHTS_SIGNAL, ref => void this.recheck(ref || null))]
    this.timer = setInterval(() => this.wake(), POLL).unref()
    this.wake()
  }

  wake(): void {
    if (this.stopped) return
    if (this.busy) this.again = true
    else this.filling = this.fill()
  }

  /** Breaks off what runs and puts it back for others. */
  async stop(): Promise<void> {
    this.stopped = true
    clearInterval(this.timer)
    for (const stop of this.stopHearing) stop()
    await this.filling
    for (const job of this.running.keys()) job.stop(SERVER_STOPS)
    await Promise.all(this.running.values())
  }

  private readonly failed = (err: unknown): void => {
    if (!databaseUnavailable(err)) this.o.log.error({ err }, 'jobs could not be taken up')
  }

  private async fill(): Promise<void> {
    this.busy = true
    try {
      do {
        this.again = false
        while (!this.stopped && this.running.size < this.o.concurrency && await jobWaits(this.db)) await this.takeOne()
      } while (this.again && !this.stopped)
    } catch (err) {
      this.failed(err)
    } finally {
      this.busy = false
    }
  }

  private async takeOne(): Promise<void> {
    const row = await this.takeUp()
    if (!row) return
    const job = new RunningJob(this.db, row, importKinds(this.db).get(row.kind))
    this.running.set(job, this.work(job).catch(this.failed).finally(() => {
      this.running.delete(job)
      this.wake()
    }))
  }

  /** Null: there is none, or it was tried too often. */
  private takeUp(): Promise<JobRow | null> {
    return runCommand(this.db, SERVER, WORK, {}, async tx => {
      const row = await nextJob(tx, LEASE)
      if (!row) return null
      tellTopic(tx, topicOf(row.id))
      if (row.attempts >= MOST_ATTEMPTS) {
        await fail(tx, row, { failure: 'PROCESS_ENDED' })
        return null
      }
      enter(tx, JOB, row, 'RUNNING', { changes: {
        runner: this.runner, lease_until: row.lease, attempts: row.attempts + 1, started_at: row.started_at ?? now(),
        phase: null, done: 0, total: null, counted_in: 'ROWS',
      } })
      return row
    })
  }

  private async work(job: RunningJob): Promise<void> {
    const late = setTimeout(() => job.stop(TOO_LONG), this.o.timeLimit)
    const beat = setInterval(() => void this.keep(job), BEAT)
    try {
      await withWorkbook(this.db, job.row, file => job.run(file, async (tx, did) => {
        const row = await lockRunning(tx, job.row.id, this.runner)
        if (!row) throw GONE
        const rows = did.added + did.changed + did.unchanged
        enter(tx, JOB, row, 'SUCCEEDED', { changes: { ...ENDED, ...did, phase: 'WRITING', done: rows, total: rows, counted_in: 'ROWS', finished_at: now() }, command: WORK })
        await destroyWorkbook(tx, row.id)
        tellTopic(tx, topicOf(row.id))
      }))
    } catch (error) {
      await this.broken(job, job.stopped ?? error)
    } finally {
      clearTimeout(late)
      clearInterval(beat)
    }
  }

  private async keep(job: RunningJob): Promise<void> {
    const mine = await keepJob(this.db, job.row.id, this.runner, job.progress, LEASE).catch(() => true)
    if (!mine) job.stop(GONE)
  }

  /** Rights of somebody, or of anybody, changed: what they asked for is stopped when they may not do it any more. */
  private async recheck(ref: string | null): Promise<void> {
    for (const job of this.running.keys()) if (ref === null || job.row.created_by === ref) await job.asker().catch((why: unknown) => { if (why instanceof AppError) job.stop(why) })
  }

  /** It did not come to its end. Where the database is away, or may have done it, whoever takes the job up next finds out. */
  private async broken(job: RunningJob, error: unknown): Promise<void> {
    if (error === GONE || databaseUnavailable(error)) return
    const told = error instanceof AppError ? error : null
    if (!told) this.o.log.error({ err: error, job: job.row.id, kind: job.row.kind }, 'a job failed')
    await runCommand(this.db, SERVER, WORK, {}, async tx => {
      const row = await lockRunning(tx, job.row.id, this.runner)
      if (!row) return
      tellTopic(tx, topicOf(row.id))
      if (error === SERVER_STOPS) {
        enter(tx, JOB, row, 'QUEUED', { changes: { ...ENDED, attempts: row.attempts - 1, phase: null, done: 0, total: null } })
        return tx.notify(JOBS_SIGNAL, '')
      }
      const { problems, total } = problemsIn(error)
      await fail(tx, row, { failure: told?.details.limit ?? told?.code ?? 'INTERNAL', problem_count: total })
      if (problems.length) await keepProblems(tx, row.id, problems.slice(0, MOST_PROBLEMS).map(({ message, ...place }) => ({ ...place, messageEn: message, messageZh: this.o.chinese({ path: place.cell, rule: place.code, message }) })))
    })
  }
}

async function fail(tx: Transaction, row: JobRow, why: Values & { failure: string }): Promise<void> {
  enter(tx, JOB, row, 'FAILED', { changes: { ...ENDED, ...why, finished_at: now() } })
  await destroyWorkbook(tx, row.id)
}

/** What is wrong with the file, or what a table refused at the end without a place in it. */
function problemsIn(error: unknown): { problems: readonly ImportProblem[]; total: number } {
  const found = problemsOf(error)
  if (found.total || !(error instanceof AppError)) return found
  const problems = (error.details.violations ?? []).map(({ path, rule, message }) => ({ sheet: '', row: 0, column: path, cell: '', code: rule, message }))
  return { problems, total: problems.length }
}

const now = (): string => new Date().toISOString()

const SERVER_STOPS = new AppError('UNAVAILABLE', 'The server stops.')
const GONE = new AppError('CONFLICT', 'The job was called off, or another server works on it.')
const TOO_LONG = new AppError('LIMIT_EXCEEDED', 'The job took longer than it may.', { limit: 'jobTime' })
