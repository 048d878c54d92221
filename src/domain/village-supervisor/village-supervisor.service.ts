import { today } from '../../core/day'
import { badInput, notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import { explainConstraints } from '../../database/constraints'
import type { Database } from '../../database/database'
import { checkVersion, type StoredRow, type Transaction } from '../../database/transaction'
import { findPerson } from '../person'
import { alreadyEnded, findUnit, requireActive, requireAdministrator, seesUnit } from '../unit'
import { villageSupervisorEvents } from './village-supervisor.events'
import { FOUR_POSTS, type AppointVillageSupervisorInput, type EndVillageSupervisorInput } from './village-supervisor.inputs'

const POSTS_SENTENCE = 'A village supervisor holds exactly the four posts.'

explainConstraints({
  village_supervisor_validity_check: { code: 'BAD_INPUT', rule: 'dateOrder', path: 'validTo', message: 'validTo must be after validFrom.' },
  village_supervisor_posts_check: { code: 'BAD_INPUT', rule: 'INV-05', path: 'posts', message: POSTS_SENTENCE },
  village_supervisor_excl: { code: 'CONFLICT', rule: 'INV-05', path: 'villageId', message: 'The village already has a supervisor in these days.' },
})

/** INV-05: exactly the four posts, one holder per village at a time. Each command answers the row id of the village supervisor. */
export class VillageSupervisorService {
  constructor(private readonly db: Database) {}

  appoint(origin: Origin, input: AppointVillageSupervisorInput): Promise<string> {
    return runCommand(this.db, origin, 'appointVillageSupervisor', input, async tx => {
      const village = await findUnit(tx, input.villageId, 'villageId', 'SHARE')
      requireAdministrator(tx, village.path)
      requireActive(village, 'villageId')
      if (village.kind !== 'VILLAGE_OR_COMMUNITY') throw badInput('villageId', 'village', 'Village supervisors are appointed to villages and communities.')
      const person = await findPerson(tx, input.personId, 'personId', 'SHARE')
      const posts = [...input.posts].sort()
      if (posts.join() !== FOUR_POSTS.join()) throw badInput('posts', 'INV-05', POSTS_SENTENCE)
      const id = tx.insert('village_supervisor', {
        unit_id: village.id, person_id: person.id, posts, valid_from: input.validFrom ?? today(), valid_to: input.validTo ?? null,
      })
      tx.emit(villageSupervisorEvents.appointed, { subjectId: id, unitId: village.id })
      return id
    })
  }

  end(origin: Origin, input: EndVillageSupervisorInput): Promise<string> {
    return runCommand(this.db, origin, 'endVillageSupervisor', input, async tx => {
      const supervisor = await findVillageSupervisor(tx, input.id)
      requireAdministrator(tx, supervisor.unit_path)
      checkVersion(supervisor, input.rowVersion)
      const validTo = input.validTo ?? today()
      if (supervisor.valid_to !== null && supervisor.valid_to <= validTo) throw alreadyEnded(supervisor.valid_to)
      tx.update('village_supervisor', supervisor, { valid_to: validTo })
      tx.emit(villageSupervisorEvents.ended, { subjectId: supervisor.id, unitId: supervisor.unit_id, payload: { validTo } })
      return supervisor.id
    })
  }
}

type VillageSupervisorRow = StoredRow & { unit_id: string; unit_path: string; valid_to: string | null }

async function findVillageSupervisor(tx: Transaction, id: string): Promise<VillageSupervisorRow> {
  const rowId = rowIdOf('vs', id)
  const row = rowId && await tx.row<VillageSupervisorRow>(
    'SELECT v.*, u.path AS unit_path FROM village_supervisor v JOIN unit u ON u.id = v.unit_id WHERE v.id = $1 FOR UPDATE OF v', [rowId])
  if (!row || !seesUnit(tx.origin.actor, row.unit_path)) throw notFound('id')
  return row
}
