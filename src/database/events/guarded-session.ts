import type { BulkResult, BulkRow } from '../bulk'
import type { Statement } from '../light-query'
import type { Session } from '../session'
import type { Parcel } from '../writes'

/** A session that can be shut: who still holds its transaction when its time is over reaches nothing any more. */
export class GuardedSession implements Session {
  readonly locks: boolean
  private shut = false

  constructor(private readonly session: Session) {
    this.locks = session.locks
  }

  close(): void {
    this.shut = true
  }

  read(statement: Statement): Promise<unknown[]> {
    return this.open().read(statement)
  }

  write(parcels: readonly Parcel[]): Promise<void> {
    return this.open().write(parcels)
  }

  commit(rest: readonly Parcel[]): Promise<void> {
    return this.open().commit(rest)
  }

  copyInto(table: string, columns: readonly string[], rows: AsyncIterable<BulkRow> | Iterable<BulkRow>): Promise<BulkResult> {
    return this.open().copyInto(table, columns, rows)
  }

  private open(): Session {
    if (this.shut) throw new Error('This transaction is over.')
    return this.session
  }
}
