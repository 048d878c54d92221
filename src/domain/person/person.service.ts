import { NAME_REVEALERS } from '../../auth/roles'
import { notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import { explainConstraints } from '../../database/constraints'
import type { Database } from '../../database/database'
import { requireRole } from '../../database/locate'
import { checkVersion, type StoredRow, type Transaction } from '../../database/transaction'
import { checkReason } from '../../vault'
import { findUnit, requireActive, requireAdministrator, seesUnit } from '../unit'
import { personEvents } from './person.events'
import type { EditPersonInput, RegisterPersonInput, RevealPersonInput } from './person.inputs'
import { requireName, requireStaffNo } from './person.rules'

explainConstraints({
  person_staff_no_key: { code: 'CONFLICT', rule: 'unique', path: 'staffNo', message: 'There is already a person with this staff number.' },
})

export type PersonRow = StoredRow & { unit_id: string; unit_path: string }

export interface RevealedName { readonly rowId: string; readonly displayName: string; readonly staffNo: string }

/** The person that an input names, locked. */
export async function findPerson(tx: Transaction, id: string, path: string, lock: 'UPDATE' | 'SHARE'): Promise<PersonRow> {
  const rowId = rowIdOf('person', id)
  const person = rowId && await tx.row<PersonRow>(
    `SELECT p.*, u.path AS unit_path FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.id = $1 FOR ${lock} OF p`, [rowId])
  if (!person || !seesUnit(tx.origin.actor, person.unit_path)) throw notFound(path)
  return person
}

/** Commands on persons. Each answers the row id of the person. Neither audit nor events carry a name. */
export class PersonService {
  constructor(private readonly db: Database) {}

  register(origin: Origin, input: RegisterPersonInput): Promise<string> {
    return runCommand(this.db, origin, 'registerPerson', input, async tx => {
      const unit = await findUnit(tx, input.unitId, 'unitId', 'SHARE')
      requireAdministrator(tx, unit.path)
      requireActive(unit, 'unitId')
      requireStaffNo(input.staffNo)
      const id = tx.insert('person', { unit_id: unit.id, display_name: requireName(input.displayName), staff_no: input.staffNo })
      tx.emit(personEvents.registered, { subjectId: id, unitId: unit.id })
      return id
    })
  }

  edit(origin: Origin, input: EditPersonInput): Promise<string> {
    return runCommand(this.db, origin, 'editPerson', input, async tx => {
      const person = await findPerson(tx, input.id, 'id', 'UPDATE')
      requireAdministrator(tx, person.unit_path)
      checkVersion(person, input.rowVersion)
      const unit = input.unitId == null ? null : await findUnit(tx, input.unitId, 'unitId', 'SHARE')
      if (unit) {
        requireAdministrator(tx, unit.path)
        requireActive(unit, 'unitId')
      }
      tx.update('person', person, { ...(input.displayName != null && { display_name: requireName(input.displayName) }), ...(unit && { unit_id: unit.id }) })
      return person.id
    })
  }

  /** One person's name and staff number, for a reason, logged with the reading. */
  reveal(origin: Origin, input: RevealPersonInput): Promise<RevealedName> {
    // Without the client's key: an answer that is kept would hold the name, and a repetition is another reading.
    return runCommand(this.db, origin, 'revealPerson', {}, async tx => {
      const person = await findPerson(tx, input.id, 'id', 'SHARE')
      requireRole(tx, NAME_REVEALERS, person.unit_path)
      tx.audit('person', person.id, null, { opened: true, columns: ['display_name', 'staff_no'], reason: checkReason(input.reason), unit_id: person.unit_id })
      return { rowId: person.id, displayName: person['display_name'] as string, staffNo: person['staff_no'] as string }
    })
  }
}
