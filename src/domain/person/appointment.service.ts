import { today } from '../../core/day'
import { AppError, notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import { explainConstraints } from '../../database/constraints'
import type { Database } from '../../database/database'
import { checkVersion, type StoredRow, type Transaction } from '../../database/transaction'
import { findPosition } from '../position'
import { alreadyEnded, requireAdministrator, seesUnit } from '../unit'
import { personEvents } from './person.events'
import type { AppointInput, EndAppointmentInput } from './person.inputs'
import { findPerson } from './person.service'

explainConstraints({
  appointment_validity_check: { code: 'BAD_INPUT', rule: 'dateOrder', path: 'validTo', message: 'validTo must be after validFrom.' },
  appointment_excl: { code: 'CONFLICT', rule: 'unique', path: 'positionId', message: 'The person already holds this post in this role in these days.' },
})

/** Who holds which post when. An appointment is never changed, only ended. Each command answers its row id. */
export class AppointmentService {
  constructor(private readonly db: Database) {}

  appoint(origin: Origin, input: AppointInput): Promise<string> {
    return runCommand(this.db, origin, 'appoint', input, async tx => {
      const position = await findPosition(tx, input.positionId, 'positionId', 'SHARE')
      requireAdministrator(tx, position.unit_path)
      const person = await findPerson(tx, input.personId, 'personId', 'SHARE')
      if (position.unit_state !== 'ACTIVE') {
        const message = 'The unit of the post is no more.'
        throw new AppError('PRECONDITION_FAILED', message, { violations: [{ path: 'positionId', rule: 'activeUnit', message }] })
      }
      const id = tx.insert('appointment', {
        unit_id: position.unit_id, person_id: person.id, position_id: position.id, role: input.role,
        valid_from: input.validFrom ?? today(), valid_to: input.validTo ?? null,
      })
      tx.emit(personEvents.appointed, { subjectId: id, unitId: position.unit_id, payload: { role: input.role } })
      return id
    })
  }

  end(origin: Origin, input: EndAppointmentInput): Promise<string> {
    return runCommand(this.db, origin, 'endAppointment', input, async tx => {
      const appointment = await findAppointment(tx, input.id)
      requireAdministrator(tx, appointment.unit_path)
      checkVersion(appointment, input.rowVersion)
      const validTo = input.validTo ?? today()
      if (appointment.valid_to !== null && appointment.valid_to <= validTo) throw alreadyEnded(appointment.valid_to)
      tx.update('appointment', appointment, { valid_to: validTo })
      tx.emit(personEvents.appointmentEnded, { subjectId: appointment.id, unitId: appointment.unit_id, payload: { validTo } })
      return appointment.id
    })
  }
}

type AppointmentRow = StoredRow & { unit_id: string; unit_path: string; valid_to: string | null }

async function findAppointment(tx: Transaction, id: string): Promise<AppointmentRow> {
  const rowId = rowIdOf('appt', id)
  const row = rowId && await tx.row<AppointmentRow>(
    'SELECT a.*, u.path AS unit_path FROM appointment a JOIN unit u ON u.id = a.unit_id WHERE a.id = $1 FOR UPDATE OF a', [rowId])
  if (!row || !seesUnit(tx.origin.actor, row.unit_path)) throw notFound('id')
  return row
}
