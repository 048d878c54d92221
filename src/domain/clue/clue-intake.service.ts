import { holds, opens } from '../../core/actor'
import { today } from '../../core/day'
import { badInput, badInputs, type Violation } from '../../core/errors'
import { newId } from '../../core/ids'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import { locate, locateUnit } from '../../database/locate'
import { enterRealms } from '../../database/realms'
import type { Transaction, Values } from '../../database/transaction'
import { vaultOf } from '../../vault'
import { gate } from '../gate'
import { FINDING, followOpened } from '../supervision'
import { clueEvents } from './clue.events'
import type { AddClueInformationInput, ClueCommandInput, EditClueInput, ReceiveClueInput, ReporterInput } from './clue.inputs'
import { CLUE } from './clue.registers'
import { BODIES, concerned, findPersons, findUnits, isNamed, nextNumber, subjectsOf, VILLAGES, type ClueRow, type Subjects } from './clue.repository'
import { clueMachine } from './clue.states'
import { dayNotLater, type ClueWork } from './clue.work'
import { newReceiptCode, receiptRow } from './receipt-code'

export interface Received { readonly rowId: string; readonly receiptCode: string | null }

/** How clues come in: taken in, corrected, registered or declined, and what is added later. */
export class ClueIntakeService {
  constructor(private readonly work: ClueWork) {}

  /** The code of the receipt is in the first answer only: what is kept for repetitions must not tell it. */
  async receive(origin: Origin, input: ReceiveClueInput): Promise<Received> {
    let made: { id: string; code: string } | null = null
    const rowId = await runCommand(this.work.db, origin, 'receiveClue', input, async tx => {
      requireReporter(input)
      const unit = await locateUnit(tx, input.unitId, 'unitId')
      const state = begin(clueMachine, 'receiveClue', { actor: origin.actor, path: unit.path })
      const inVillage = VILLAGES.includes(unit.kind)
      if (!inVillage && !BODIES.includes(unit.kind)) throw badInput('unitId', 'handlesClues', 'Clues are taken in by commissions, their groups and offices, and village supervisors.')
      const subjects = await this.subjects(tx, input.subjectUnitIds, input.subjectPersonIds)
      await requireUnconcerned(tx, subjects, inVillage ? null : unit.id)
      const receivedOn = dayNotLater(input.receivedOn, 'receivedOn')
      const finding = input.sourceId == null ? null : await locate(tx, FINDING, input.sourceId, 'sourceId', 'SHARE')
      await enterRealms(tx, 'CLUES')
      const id = newId()
      tx.insert('clue', {
        id, unit_id: unit.id, channel: input.channel, nature: input.nature, anonymity: input.anonymity, received_on: receivedOn,
        step_due_on: await this.work.due(tx, input.nature, 'TELL_ROUTE', receivedOn) ?? await this.work.due(tx, input.nature, 'PROPOSE_DISPOSAL', receivedOn),
        intake_unit_id: unit.id, readers: opens(origin.actor, 'CLUES', unit.path) ? [] : [origin.actor.ref], is_synthetic: input.isSynthetic, state, ...(finding && { source_kind: 'SUPERVISION_FINDING', source_id: finding.id }),
      })
      tx.link('clue_party', { clue_id: id, unit_id: unit.id })
      linkSubjects(tx, { id, unit_id: unit.id }, subjects)
      await this.work.seal(tx, 'clue', id, { summary: input.summary })
      made = { id, code: newReceiptCode() }
      tx.append('clue_receipt', { clue_id: id, unit_id: unit.id, ...await receiptRow(vaultOf(this.work.db), tx, made.code) })
      if (finding) await followOpened(tx, finding.id, CLUE.prefix, { id, row_version: 1, state })
      tx.emit(clueEvents.received, { subjectId: id, unitId: unit.id })
      if (input.reporter) await this.keepReporter(tx, { id, unit_id: unit.id }, input.reporter)
      return id
    })
    return { rowId, receiptCode: codeOf(made, rowId) }
  }

  edit(origin: Origin, input: EditClueInput): Promise<string> {
    return this.work.on(origin, 'editClue', input, async (tx, clue) => {
      if (input.nature != null && input.nature !== clue.nature && clue.state !== 'RECEIVED') throw badInput('nature', 'registered', 'The nature is settled when the clue is registered.')
      if (input.subjectUnitIds || input.subjectPersonIds) await this.replaceSubjects(tx, clue, input)
      if (input.summary != null) {
        await this.work.seal(tx, 'clue', clue.id, { summary: input.summary })
        tx.touch('clue', clue)
      }
      return { ...(input.channel != null && { channel: input.channel }), ...(input.nature != null && { nature: input.nature }) }
    })
  }

  register(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.work.on(origin, 'registerClue', input, async (tx, clue) => {
      tx.emit(clueEvents.registered, { subjectId: clue.id, unitId: clue.unit_id })
      return { ...await registration(this.work, tx, clue, clue.unit_id) }
    })
  }

  /** INV-33: a known reporter is told by giveClueFeedback, which is asked for until it is done. */
  decline(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.work.on(origin, 'declineClue', input, async (tx, clue) => ({ step_due_on: isNamed(clue) ? await this.work.due(tx, clue.nature, 'TELL_ROUTE', clue.received_on) : null }))
  }

  addInformation(origin: Origin, input: AddClueInformationInput): Promise<string> {
    return this.work.on(origin, 'addClueInformation', input, async (tx, clue) => {
      await this.work.write(tx, clue, 'INFORMATION', input.text)
      tx.emit(clueEvents.informationAdded, { subjectId: clue.id, unitId: clue.unit_id, payload: { kind: 'INFORMATION' } })
      return {}
    })
  }

  private async subjects(tx: Transaction, unitIds: readonly string[], personIds: readonly string[]): Promise<Subjects> {
    const units = unitIds.length ? await findUnits(tx, unitIds, 'subjectUnitIds') : []
    const persons = personIds.length ? await findPersons(tx, personIds, 'subjectPersonIds') : []
    return { units: units.map(u => u.id), persons: persons.map(p => p.id) }
  }

  private async replaceSubjects(tx: Transaction, clue: ClueRow, input: EditClueInput): Promise<void> {
    const named = await this.subjects(tx, input.subjectUnitIds ?? [], input.subjectPersonIds ?? [])
    await requireUnconcerned(tx, named, clue.unit_id === clue.intake_unit_id && clue.readers.length ? null : clue.unit_id)
    const before = await subjectsOf(tx, clue.id)
    const gone = (old: readonly string[], now: readonly string[]): string[] => old.filter(id => !now.includes(id))
    if (input.subjectUnitIds) for (const subject_unit_id of gone(before.units, named.units)) tx.unlink('clue_subject_unit', { clue_id: clue.id, subject_unit_id })
    if (input.subjectPersonIds) for (const person_id of gone(before.persons, named.persons)) tx.unlink('clue_subject_person', { clue_id: clue.id, person_id })
    linkSubjects(tx, clue, { units: gone(named.units, before.units), persons: gone(named.persons, before.persons) })
    tx.touch('clue', clue)
  }

  /** Who reported, in a realm of its own. Nothing of the realm CLUES may be written behind this. */
  private async keepReporter(tx: Transaction, clue: { id: string; unit_id: string }, { name, contact, address }: ReporterInput): Promise<void> {
    const id = newId()
    const told = Object.entries({ name, contact, address }).filter((v): v is [string, string] => Boolean(v[1]?.trim()))
    await vaultOf(this.work.db).seal(tx, { realm: 'IDENTITY', table: 'reporter_identity', id }, Object.fromEntries(told))
    tx.append('reporter_identity', { id, clue_id: clue.id, unit_id: clue.unit_id, created_by: tx.origin.actor.ref })
  }
}

/** Number and days of a clue that is registered with a body today. */
export async function registration(work: ClueWork, tx: Transaction, clue: Pick<ClueRow, 'nature' | 'received_on'>, unitId: string): Promise<Values> {
  const day = today()
  return { ...await nextNumber(tx, unitId, Number(day.slice(0, 4))), registered_on: day, ...await work.dueFromRegistration(tx, clue) }
}

/** Of a repetition nothing stayed: its code opens nothing, and the first answer's is kept nowhere. */
const codeOf = (made: { id: string; code: string } | null, rowId: string): string | null => (made?.id === rowId ? made.code : null)

function requireReporter({ anonymity, reporter, channel, sourceId }: ReceiveClueInput): void {
  const wrong: Violation[] = []
  if (anonymity === 'NAMED' && !reporter) wrong.push({ path: 'reporter', rule: 'required', message: 'A named clue needs who brought it.' })
  if (anonymity !== 'NAMED' && reporter) wrong.push({ path: 'reporter', rule: 'INV-31', message: 'Who brought it is kept of named clues only.' })
  if (sourceId != null && channel !== 'SUPERVISION_FINDING') wrong.push({ path: 'sourceId', rule: 'channel', message: 'Only a clue from a finding names one.' })
  if (wrong.length) throw badInputs(wrong)
}

/** INV-31: neither the people whom it is about take a clue in, nor does the unit that it is about handle it. `unitId` null: a village, which passes it up. */
async function requireUnconcerned(tx: Transaction, subjects: Subjects, unitId: string | null): Promise<void> {
  const { personId } = tx.origin.actor
  if (personId !== null && (await concerned(tx, unitId === null ? { ...subjects, units: [] } : subjects, [personId])).length) gate([{ path: 'subjectPersonIds', rule: 'INV-31', message: 'Whom a clue is about does not take it in.' }])
  if (unitId !== null && subjects.units.includes(unitId)) gate([{ path: 'subjectUnitIds', rule: 'INV-31', message: 'A clue is not handled by the unit that it is about.' }])
}

function linkSubjects(tx: Transaction, clue: { id: string; unit_id: string }, { units, persons }: Subjects): void {
  for (const subject_unit_id of units) tx.link('clue_subject_unit', { clue_id: clue.id, unit_id: clue.unit_id, subject_unit_id })
  for (const person_id of persons) tx.link('clue_subject_person', { clue_id: clue.id, unit_id: clue.unit_id, person_id })
}

/** Does the actor handle clues here, beyond taking them in? */
export const handles = (tx: Transaction, clue: Pick<ClueRow, 'unit_path'>): boolean => holds(tx.origin.actor, ['SUPERVISOR', 'TOWNSHIP_COMMISSION', 'COMMISSION_APPROVER'], clue.unit_path)
