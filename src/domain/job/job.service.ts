import { holds, pathsOf } from '../../core/actor'
import { AppError, badInput, notFound, roleMissing } from '../../core/errors'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { tellTopic } from '../../core/topics'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { inScope, locate } from '../../database/locate'
import { enter, next } from '../../database/moves'
import type { Transaction } from '../../database/transaction'
import type { ImportKind } from '../import'
import { ref } from '../refs'
import { importKinds } from './import-kinds'
import type { CancelJobInput, StartImportInput } from './job.inputs'
import { JOB_READERS } from './job.reads'
import { JOB, JOBS_SIGNAL, openJobs, topicOf, type JobRow } from './job.repository'
import { jobMachine } from './job.states'
import { destroyWorkbook, lockWorkbook, useWorkbook } from './workbook.repository'
import { WORKBOOK } from './workbook.service'

/** Jobs of one asker that are not done. */
const MOST_OPEN = 20

/** What people ask for and call off. */
export class JobService {
  constructor(private readonly db: Database) {}

  /** Answers the row id of the job. */
  startImport(origin: Origin, input: StartImportInput): Promise<string> {
    return runCommand(this.db, origin, 'startImport', input, async tx => {
      const kind = importKinds(this.db).get(input.kind)
      if (!kind) throw badInput('kind', 'known', `There is no import ${input.kind}.`)
      const unit = await unitFor(tx, kind, input.unitId ?? null)
      const state = begin(jobMachine, 'startImport', { actor: origin.actor, path: unit.path })
      const workbook = await lockWorkbook(tx, ref(WORKBOOK, input.workbookId, 'workbookId'))
      if (!workbook) throw notFound('workbookId')
      if (await openJobs(tx, origin.actor.ref) >= MOST_OPEN) throw tooMany()
      const { file_name, size_bytes, sha256 } = workbook
      const id = tx.insert(JOB.table, { unit_id: unit.id, kind: kind.name, state, file_name, size_bytes, sha256 })
      await useWorkbook(tx, workbook.id, id)
      tx.notify(JOBS_SIGNAL, '')
      return id
    })
  }

  /** Answers the row id of the job. What it was about to write waits for this row, and finds it called off. */
  cancel(origin: Origin, input: CancelJobInput): Promise<string> {
    return runCommand(this.db, origin, 'cancelJob', input, async tx => {
      const job = await locate<JobRow>(tx, { ...JOB, roles: JOB_READERS }, input.id, 'id')
      const to = await next(tx, jobMachine, 'cancelJob', job, {})
      if (job.created_by !== origin.actor.ref && !holds(origin.actor, ['PLATFORM_ADMIN'], job.unit_path)) throw notYours()
      enter(tx, JOB, job, to, { changes: { ...ENDED, finished_at: new Date().toISOString() } })
      await destroyWorkbook(tx, job.id)
      tellTopic(tx, topicOf(job.id))
      return job.id
    })
  }
}

/** No server works on it any more. */
export const ENDED = { runner: null, lease_until: null } as const

/** The unit that the input names or, where it names none, the one on which the actor holds the role. */
async function unitFor(tx: Transaction, kind: ImportKind, id: string | null): Promise<{ id: string; path: string }> {
  if (id !== null) {
    const unit = await tx.row<{ id: string; path: string }>('SELECT id, path FROM unit WHERE id = $1', [ref('unit', id, 'unitId')])
    if (unit && holds(tx.origin.actor, kind.roles, unit.path)) return unit
    throw unit && inScope(tx.origin.actor, unit.path) ? roleMissing(tx.command, kind.roles) : notFound('unitId')
  }
  const paths = pathsOf(tx.origin.actor, kind.roles)
  if (!paths.length) throw roleMissing(tx.command, kind.roles)
  const unit = paths.length === 1 ? await tx.row<{ id: string; path: string }>('SELECT id, path FROM unit WHERE path = $1', paths) : null
  if (!unit) throw badInput('unitId', 'required', 'You hold the role on several units: say for which one.')
  return unit
}

const tooMany = (): AppError => new AppError('LIMIT_EXCEEDED', `At most ${MOST_OPEN} jobs of yours wait or run at once.`, {
  limit: 'openJobs', most: MOST_OPEN, messageKey: 'tooManyJobs', messageValues: { most: MOST_OPEN },
})
const notYours = (): AppError => new AppError('FORBIDDEN', 'Only whoever asked for it, or an administrator of the unit, may call it off.', { messageKey: 'notYourJob' })
