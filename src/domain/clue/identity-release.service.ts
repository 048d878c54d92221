import { DateTime } from 'luxon'
import { badInput } from '../../core/errors'
import type { Origin } from '../../core/request'
import { begin, transit } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, type LocatedRow } from '../../database/locate'
import { enter, next } from '../../database/moves'
import { enterRealms } from '../../database/realms'
import type { Transaction, Values } from '../../database/transaction'
import { vaultOf } from '../../vault'
import { requireOpinion } from '../../core/four-eyes'
import { gate } from '../gate'
import { clueEvents } from './clue.events'
import type { ApproveIdentityReleaseInput, RequestIdentityReleaseInput, RevealInput } from './clue-reveal.inputs'
import type { ClueCommandInput } from './clue.inputs'
import { IDENTITY_RELEASE } from './clue.registers'
import { isNamed, locateClue } from './clue.repository'
import { identityReleaseMachine, type IdentityReleaseState } from './identity-release.states'

type ReleaseRow = LocatedRow & { clue_id: string; state: IdentityReleaseState; created_by: string; released_until: string | null; readings: number }
export interface Reporter { readonly rowId: string; readonly name: string | null; readonly contact: string | null; readonly address: string | null }

const MOST_DAYS = 30

/** INV-31: who reported is read by who asked, after a custodian approved it, until a day, for a reason each time. Each answers the row id of the request. */
export class IdentityReleaseService {
  constructor(private readonly db: Database) {}

  request(origin: Origin, input: RequestIdentityReleaseInput): Promise<string> {
    return runCommand(this.db, origin, 'requestIdentityRelease', input, async tx => {
      const clue = await locateClue(tx, input.clueId, 'clueId')
      const state = begin(identityReleaseMachine, 'requestIdentityRelease', { actor: origin.actor, path: clue.unit_path })
      if (!isNamed(clue)) gate([{ path: 'clueId', rule: 'INV-31', message: 'Nobody knows who brought this clue.' }])
      await enterRealms(tx, IDENTITY_RELEASE.realm)
      const id = tx.insert('identity_release', { clue_id: clue.id, unit_id: clue.unit_id, reason: input.reason.trim(), readers: [origin.actor.ref], state })
      tx.emit(clueEvents.identityRequested, { subjectId: id, unitId: clue.unit_id })
      return id
    })
  }

  approve(origin: Origin, input: ApproveIdentityReleaseInput): Promise<string> {
    return this.on(origin, 'approveIdentityRelease', input, () => {
      const until = DateTime.fromISO(input.releasedUntil)
      if (until <= DateTime.now()) throw badInput('releasedUntil', 'inFuture', 'A release ends later than now.')
      if (until > DateTime.now().plus({ days: MOST_DAYS })) throw badInput('releasedUntil', 'max', `A release lasts ${MOST_DAYS} days at most.`)
      return { released_until: input.releasedUntil, ...decided(origin) }
    })
  }

  refuse(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.on(origin, 'refuseIdentityRelease', input, () => decided(origin))
  }

  withdraw(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.on(origin, 'withdrawIdentityRelease', input, (_, row) => {
      requireAsker(origin, row)
      return {}
    })
  }

  revoke(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.on(origin, 'revokeIdentityRelease', input, () => ({}))
  }

  /** Without the client's key: an answer that is kept would tell who reported, and a repetition is another reading. */
  reveal(origin: Origin, input: RevealInput): Promise<Reporter> {
    return runCommand(this.db, origin, 'revealReporterIdentity', {}, async tx => {
      const row = await locate<ReleaseRow>(tx, IDENTITY_RELEASE, input.id, 'id')
      transit(identityReleaseMachine, 'revealReporterIdentity', row, { actor: origin.actor, path: row.unit_path })
      requireAsker(origin, row)
      if (DateTime.fromJSDate(new Date(row.released_until!)) <= DateTime.now()) gate([{ path: 'id', rule: 'INV-31', message: 'The time of the release is over.' }])
      const reporter = (await tx.row<{ id: string }>('SELECT id FROM reporter_identity WHERE clue_id = $1', [row.clue_id]))!
      const guarded = { realm: 'IDENTITY', table: 'reporter_identity', id: reporter.id, unitId: row.unit_id, unitPath: row.unit_path, author: origin.actor.ref } as const
      const told = (await vaultOf(this.db).read(tx, [guarded], ['name', 'contact', 'address'], input.reason)).get(reporter.id)!
      tx.update('identity_release', row, { readings: row.readings + 1 })
      return { rowId: row.id, name: told['name']?.toString() ?? null, contact: told['contact']?.toString() ?? null, address: told['address']?.toString() ?? null }
    })
  }

  private on<I extends { id: string; rowVersion?: number | null; opinion?: string | null; idempotencyKey?: string | null }>(
    origin: Origin, command: keyof typeof identityReleaseMachine.commands, input: I, changes: (tx: Transaction, row: ReleaseRow) => Values,
  ): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const row = await locate<ReleaseRow>(tx, IDENTITY_RELEASE, input.id, 'id')
      const to = await next(tx, identityReleaseMachine, command, row, input)
      const columns = changes(tx, row)
      // Why it was refused or ended: for who asked, by who decides, so it stands where both read it.
      if (identityReleaseMachine.commands[command].needsOpinion) columns['opinion'] = requireOpinion(input.opinion)
      enter(tx, { ...IDENTITY_RELEASE, type: 'IdentityRelease' }, row, to, { changes: columns })
      tx.emit(clueEvents.identityDecided, { subjectId: row.id, unitId: row.unit_id, payload: { state: to } })
      return row.id
    })
  }
}

const decided = ({ actor }: Origin): Values => ({ decided_by: actor.ref, decided_at: new Date().toISOString() })

function requireAsker({ actor }: Origin, row: ReleaseRow): void {
  if (row.created_by !== actor.ref) gate([{ path: 'id', rule: 'INV-31', message: 'Only who asked does this.' }])
}
