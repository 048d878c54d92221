import type { Database } from '../../database/database'
import { ask, RowsQuery } from '../../database/light-query'
import type { LocatedRow } from '../../database/locate'
import { PG_CHANNEL, signalText } from '../../database/signals'
import type { Transaction } from '../../database/transaction'
import { TOPIC_SIGNAL } from '../../core/topics'
import type { JobState } from './job.states'
import type { JobCounting, JobPhase } from './job.types'

export const JOB = { table: 'job', prefix: 'job', type: 'Job' } as const
/** Said to every instance when a job waits. */
export const JOBS_SIGNAL = 'jobs'
/** Said to whoever watches a job: `job <row id>`. */
export const topicOf = (jobId: string): string => `job ${jobId}`

export type JobRow = LocatedRow & { state: JobState; kind: string; created_by: string; file_name: string; attempts: number; started_at: string | null; runner: string | null }

/** The oldest one that waits, or whose server is gone, with the end of so many seconds by the database's clock; nobody else takes it up meanwhile. */
export const nextJob = (tx: Transaction, lease: number): Promise<(JobRow & { lease: string }) | null> => tx.row<JobRow & { lease: string }>(
  `SELECT j.*, u.path AS unit_path, (now() + $1::float8 * interval '1 second')::text AS lease FROM job j JOIN unit u ON u.id = j.unit_id
   WHERE j.state IN ('QUEUED', 'RUNNING') AND (j.state = 'QUEUED' OR j.lease_until < now()) ORDER BY j.id LIMIT 1 FOR UPDATE OF j SKIP LOCKED`, [lease])

/** Is there one? Asked first, so that nobody begins a transaction for nothing. */
export const jobWaits = async (db: Database): Promise<boolean> =>
  (await db.rows(`SELECT FROM job WHERE state IN ('QUEUED', 'RUNNING') AND (state = 'QUEUED' OR lease_until < now()) LIMIT 1`)).length > 0

/** The job as it is now, locked, if it is still this server's; null when it was called off, or when another one took it up. */
export const lockRunning = (tx: Transaction, jobId: string, runner: string): Promise<JobRow | null> =>
  tx.row<JobRow>(`SELECT j.*, u.path AS unit_path FROM job j JOIN unit u ON u.id = j.unit_id WHERE j.id = $1 AND j.runner = $2 AND j.state = 'RUNNING' FOR UPDATE OF j`, [jobId, runner])

export interface Progress { readonly phase: JobPhase | null; readonly done: number; readonly total: number | null; readonly countedIn: JobCounting }

/**
 * Says how far it has come, and that the server lives, for so many seconds more; and tells those who watch it. Beside the transaction of the
 * work, in which nobody would see it. Answers whether the job is still this server's.
 */
export async function keepJob(db: Database, jobId: string, runner: string, { phase, done, total, countedIn }: Progress, lease: number): Promise<boolean> {
  const text = `
    WITH kept AS (UPDATE job SET phase = $3, done = $4, total = $5, counted_in = $6, lease_until = now() + $7::float8 * interval '1 second'
      WHERE id = $1 AND runner = $2 AND state = 'RUNNING' RETURNING id)
    SELECT pg_notify('${PG_CHANNEL}', $8)::text AS told FROM kept`
  return (await ask(db.writes, new RowsQuery({ name: 'job-keep', text, values: [jobId, runner, phase, done, total, countedIn, lease, signalText(TOPIC_SIGNAL, topicOf(jobId))] }))).length > 0
}

export interface KeptProblem { readonly sheet: string; readonly row: number; readonly column: string; readonly cell: string; readonly code: string; readonly messageZh: string; readonly messageEn: string }

/** What is wrong with the file. Not in the audit log, which keeps for ever: the sentences may tell what stands in the file. */
export const keepProblems = (tx: Transaction, jobId: string, problems: readonly KeptProblem[]): Promise<unknown> =>
  tx.rows('UPDATE job SET problems = $2::jsonb WHERE id = $1', [jobId, JSON.stringify(problems)])

/** How many jobs wait and run. */
export const jobFigures = (db: Database): Promise<{ state: JobState; count: number }[]> => db.rows<{ state: JobState; count: number }>(
  `SELECT s.state, count(j.id)::int AS count FROM unnest(ARRAY['QUEUED', 'RUNNING']) s(state) LEFT JOIN job j ON j.state = s.state AND j.state IN ('QUEUED', 'RUNNING') GROUP BY s.state`)

/** Jobs of one asker that are not done. */
export const openJobs = async (tx: Transaction, asker: string): Promise<number> =>
  (await tx.row<{ n: number }>(`SELECT count(*)::int AS n FROM job WHERE created_by = $1 AND state IN ('QUEUED', 'RUNNING')`, [asker]))!.n
