import { AppError, badInput } from '../../core/errors'
import { newId } from '../../core/ids'
import type { Origin } from '../../core/request'
import { today } from '../../core/day'
import { transit } from '../../core/states'
import { runCommand } from '../../database/command'
import { hashOf } from '../../database/content-hash'
import { locate } from '../../database/locate'
import { next } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { vaultOf } from '../../vault'
import { gate } from '../gate'
import type { ClueCommandInput } from './clue.inputs'
import { VERIFICATION } from './clue.registers'
import { clueOf, concerned, findPersons, locateClue, subjectsOf, type ClueRow } from './clue.repository'
import { clueMachine } from './clue.states'
import type { ClueWork } from './clue.work'
import type { ApproveVerificationPlanInput, ConcludeVerificationInput, EditVerificationPlanInput, PlanVerificationInput, RecordVerificationMeasureInput, TeamMemberInput } from './verification.inputs'
import { moveVerification, type VerificationRow } from './verification.moves'
import { verificationMachine } from './verification.states'

type Command = keyof typeof verificationMachine.commands
interface Member { person_id: string; unit_id: string; is_lead: boolean }
interface On { id: string; rowVersion?: number | null; opinion?: string | null; idempotencyKey?: string | null }

/** How a clue is checked: by a plan that was approved, by a team without conflict of interest (INV-32). Each answers the row id of the verification. */
export class VerificationService {
  constructor(private readonly work: ClueWork) {}

  plan(origin: Origin, input: PlanVerificationInput): Promise<string> {
    return runCommand(this.work.db, origin, 'planVerification', input, async tx => {
      const clue = await locateClue(tx, input.clueId, 'clueId')
      // A verification under way has the clue waiting for no plan; that there is one is told by its own words.
      transit(clueMachine, 'planVerification', clue, { actor: origin.actor, path: clue.unit_path, sides: { PLANNER: [clue.unit_path] } })
      requireDays(input.plannedFrom, input.plannedTo)
      const team = await this.teamOf(tx, clue, input.team)
      const id = newId()
      const content = { mode: input.mode ?? null, planned_from: input.plannedFrom, planned_to: input.plannedTo, plan_digest: await this.digest(tx, id, input.plan) }
      tx.insert('verification', { id, clue_id: clue.id, unit_id: clue.unit_id, ...content, content_hash: contentHash(content, team), edited_by: [origin.actor.ref], readers: refsOf(team), state: verificationMachine.initial })
      for (const member of team) tx.link('verification_member', { verification_id: id, ...member, is_akin: false })
      await this.work.seal(tx, 'verification', id, { plan: input.plan })
      tx.update('clue', clue, { plans_unit_id: null })
      return id
    })
  }

  edit(origin: Origin, input: EditVerificationPlanInput): Promise<string> {
    return this.on(origin, 'editVerificationPlan', input, async (tx, row, clue) => {
      const [planned_from, planned_to] = [input.plannedFrom ?? row.planned_from, input.plannedTo ?? row.planned_to]
      requireDays(planned_from, planned_to)
      const team = input.team ? await this.replaceTeam(tx, row, clue, input.team) : await membersOf(tx, row.id)
      const content = { mode: row['mode'], planned_from, planned_to, plan_digest: input.plan == null ? row.plan_digest : await this.digest(tx, row.id, input.plan) }
      if (input.plan != null) await this.work.seal(tx, 'verification', row.id, { plan: input.plan })
      return {
        planned_from, planned_to, plan_digest: content.plan_digest, content_hash: contentHash(content, team), readers: refsOf(team), approved_hash: null, approved_by: null, approved_on: null,
        submitted_by: null, edited_by: [...new Set([...row.edited_by, origin.actor.ref])],
      }
    })
  }

  submit(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.on(origin, 'submitVerificationPlan', input, async (tx, row, clue) => {
      await requireTeam(tx, clue, await membersOf(tx, row.id))
      return { submitted_by: origin.actor.ref }
    })
  }

  approve(origin: Origin, input: ApproveVerificationPlanInput): Promise<string> {
    return this.on(origin, 'approveVerificationPlan', input, async (tx, row, clue) => {
      await requireTeam(tx, clue, await membersOf(tx, row.id))
      if (input.contentHash !== row.content_hash) throw new AppError('CONFLICT', 'The content is not what you looked at: it was changed in the meantime. Read it again.', { messageKey: 'contentChanged', violations: [{ path: 'contentHash', rule: 'current', message: 'This is not the hash of the plan as it is.' }] })
      tx.update('clue', clue, { step_due_on: row.planned_to })
      return { approved_hash: row.content_hash, approved_by: origin.actor.ref, approved_on: today() }
    })
  }

  return(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.on(origin, 'returnVerificationPlan', input, () => ({ submitted_by: null }))
  }

  recordMeasure(origin: Origin, input: RecordVerificationMeasureInput): Promise<string> {
    return this.on(origin, 'recordVerificationMeasure', input, async (tx, row, clue) => {
      requireMember(origin, await membersOf(tx, row.id))
      await this.work.write(tx, clue, 'MEASURE', input.text, { verificationId: row.id, readers: row.readers })
      return {}
    })
  }

  conclude(origin: Origin, input: ConcludeVerificationInput): Promise<string> {
    return this.on(origin, 'concludeVerification', input, async (tx, row, clue) => {
      const team = await membersOf(tx, row.id)
      requireMember(origin, team)
      await requireTeam(tx, clue, team)
      await this.work.write(tx, clue, 'REPORT', input.report, { verificationId: row.id })
      await this.work.move(tx, clue, 'VERIFIED', { outcome: input.outcome, concluded_by: origin.actor.ref, verified_on: today(), step_due_on: clue.due_on })
      return { outcome: input.outcome, concluded_by: origin.actor.ref, concluded_on: today() }
    })
  }

  private on<I extends On>(origin: Origin, command: Command, input: I, changes: (tx: Transaction, row: VerificationRow, clue: ClueRow) => Promise<Values> | Values): Promise<string> {
    return runCommand(this.work.db, origin, command, input, async tx => {
      const row = await locate<VerificationRow>(tx, VERIFICATION, input.id, 'id')
      const to = await next(tx, verificationMachine, command, row, input)
      const clue = await clueOf(tx, row)
      if (clue.state !== 'VERIFYING') gate([{ path: 'id', rule: 'SM-8', message: 'The clue is not under verification.' }])
      moveVerification(tx, row, to, await changes(tx, row, clue))
      if (input.opinion?.trim()) await this.work.write(tx, clue, 'OPINION', input.opinion.trim(), { verificationId: row.id })
      return row.id
    })
  }

  private digest(tx: Transaction, id: string, plan: string): Promise<string> {
    return vaultOf(this.work.db).digest(tx, 'CLUES', 'plan', id, plan)
  }

  private async teamOf(tx: Transaction, clue: ClueRow, given: readonly TeamMemberInput[]): Promise<Member[]> {
    if (given.some(m => m.isAkin)) throw badInput('team', 'INV-32', 'Whoever is akin to somebody whom the clue is about is not on the team.')
    const persons = await findPersons(tx, given.map(m => m.personId), 'team')
    const team = persons.map((p, i) => ({ person_id: p.id, unit_id: p.unit_id, is_lead: given[i]!.isLead }))
    await requireTeam(tx, clue, team)
    return team
  }

  private async replaceTeam(tx: Transaction, row: VerificationRow, clue: ClueRow, given: readonly TeamMemberInput[]): Promise<Member[]> {
    const team = await this.teamOf(tx, clue, given)
    for (const { person_id } of await membersOf(tx, row.id)) tx.unlink('verification_member', { verification_id: row.id, person_id })
    tx.barrier()
    for (const member of team) tx.link('verification_member', { verification_id: row.id, ...member, is_akin: false })
    return team
  }
}

const membersOf = (tx: Transaction, id: string): Promise<Member[]> => tx.rows<Member>('SELECT person_id, unit_id, is_lead FROM verification_member WHERE verification_id = $1 ORDER BY person_id', [id])
const refsOf = (team: readonly Member[]): string[] => team.map(m => `person:${m.person_id}`).sort()
const contentHash = (content: Values, team: readonly Member[]): string =>
  hashOf({ ...content, team: team.map(m => ({ person: m.person_id, isLead: m.is_lead })).sort((a, b) => (a.person < b.person ? -1 : 1)) })

/** INV-32: two or more, one who leads, nobody whom the clue is about or who belongs to a unit that it is about. */
async function requireTeam(tx: Transaction, clue: ClueRow, team: readonly Member[]): Promise<void> {
  if (new Set(team.map(m => m.person_id)).size < 2) throw badInput('team', 'INV-32', 'A verification team has two or more members.')
  if (team.length > new Set(team.map(m => m.person_id)).size) throw badInput('team', 'unique', 'Somebody stands on the team twice.')
  if (team.filter(m => m.is_lead).length !== 1) throw badInput('team', 'oneLead', 'One member leads the team.')
  const inConflict = await concerned(tx, await subjectsOf(tx, clue.id), team.map(m => m.person_id))
  if (inConflict.length) throw badInput('team', 'INV-32', 'Whom the clue is about, or who belongs to a unit that it is about, is not on the team.')
}

function requireMember({ actor }: Origin, team: readonly Member[]): void {
  if (!team.some(m => m.person_id === actor.personId)) throw new AppError('FORBIDDEN', 'Only members of the team do this.', { violations: [{ path: 'id', rule: 'INV-32', message: 'Only members of the team do this.' }] })
}

function requireDays(from: string, to: string): void {
  if (to < from) throw badInput('plannedTo', 'dateOrder', 'The last day lies before the first.')
}
