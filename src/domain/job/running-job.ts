import { confined, holds, type Actor } from '../../core/actor'
import { AppError, roleMissing } from '../../core/errors'
import { globalId } from '../../core/ids'
import type { Lifetime, Origin, Stoppable } from '../../core/request'
import { loadActor } from '../../auth'
import type { Database } from '../../database/database'
import { countsOf, type ImportCounts, type ImportKind, type ImportProgress } from '../import'
import type { Transaction } from '../../database/transaction'
import type { JobRow, Progress } from './job.repository'

/** Milliseconds after which what still runs in the database is told to stop once more: between two statements nobody hears it. */
const AGAIN = 250

/** A job that this server works on: whose hand it is done with, how far it has come, and how it is stopped. */
export class RunningJob implements Lifetime {
  progress: Progress = { phase: null, done: 0, total: null, countedIn: 'ROWS' }
  /** Why it was stopped, once it was. */
  stopped: AppError | null = null
  private readonly works = new Set<Stoppable>()
  private insisting: NodeJS.Timeout | null = null

  constructor(private readonly db: Database, readonly row: JobRow, readonly kind: ImportKind | undefined) {}

  /** Whoever asked, with the rights that they have now and no more of them than below the unit. Throws when they may not do it any more. */
  async asker(): Promise<Actor> {
    const [, personId] = /^person:(.+)$/.exec(this.row.created_by) ?? []
    const actor = personId === undefined ? null : await loadActor(this.db, { personId })
    const roles = this.kind?.roles ?? []
    if (!actor || !holds(actor, roles, this.row.unit_path)) throw roleMissing('startImport', roles)
    return confined(actor, this.row.unit_path)
  }

  /** The work; `end` is run in its transaction. */
  async run(path: string, end: (tx: Transaction, did: ImportCounts) => Promise<void>): Promise<void> {
    const { kind } = this
    if (!kind) throw new AppError('PLUGIN_UNAVAILABLE', `Nothing here imports ${this.row.kind}.`)
    let given = false
    const alongside: Origin['alongside'] = async (tx, answer) => {
      if (this.stopped) throw this.stopped
      given = true
      await end(tx as Transaction, countsOf(answer))
    }
    const origin: Origin = { actor: await this.asker(), requestId: `job:${this.row.id}`, address: null, lifetime: this, alongside }
    await kind.run(this.db, origin, { path, unitId: globalId('unit', this.row.unit_id), onProgress: p => { this.progress = progressOf(p) } })
    if (!given) throw new Error(`The import ${kind.name} gave no command.`)
  }

  stop(why: AppError): void {
    if (this.stopped) return
    this.stopped = why
    const insist = (): void => { for (const work of this.works) work.stop() }
    insist()
    this.insisting = setInterval(insist, AGAIN).unref()
  }

  begin(work: Stoppable): void {
    if (this.stopped) throw this.stopped
    this.works.add(work)
  }

  end(work: Stoppable): void {
    this.works.delete(work)
    if (this.insisting && !this.works.size) clearInterval(this.insisting)
  }
}

/** Rows are counted while they are read and written; checks look at all of them at once. */
function progressOf({ phase, rows, done }: ImportProgress): Progress {
  if (phase === 'READING') return { phase, done: rows, total: null, countedIn: 'ROWS' }
  return phase === 'CHECKING' ? { phase, done: Math.floor(done * 100), total: 100, countedIn: 'PERCENT' } : { phase, done: Math.floor(done * rows), total: rows, countedIn: 'ROWS' }
}
