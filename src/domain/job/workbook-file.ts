import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Database } from '../../database/database'
import { workbookContent } from './workbook.repository'

const PREFIX = 'plumbline-job-'
/** Milliseconds; longer than any job. */
const OLD = 2 * 3_600_000

/** A job's file where its import can read it, for as long as `work` lasts. Only this server's account may. */
export async function withWorkbook<T>(db: Database, job: { readonly id: string; readonly file_name: string }, work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), PREFIX))
  try {
    const file = path.join(folder, job.file_name)
    await pipeline(workbookContent(db, job.id), createWriteStream(file, { mode: 0o600 }))
    return await work(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Removes what a server left that ended in the middle of a job. */
export async function forgetFiles(now = Date.now()): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const at = path.join(tmpdir(), name)
    // Another instance on this machine may be faster.
    const found = await stat(at).catch(() => null)
    if (found && found.mtimeMs < now - OLD) await rm(at, { recursive: true, force: true })
  }
}
