import { today } from '../../core/day'
import { badInput, notFound } from '../../core/errors'
import { newId, rowIdOf } from '../../core/ids'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { inScope, locate, type LocatedRow } from '../../database/locate'
import { enter, next } from '../../database/moves'
import { enterRealms } from '../../database/realms'
import type { Transaction, Values } from '../../database/transaction'
import { vaultOf } from '../../vault'
import { BODIES, caseEnded, subjectsOf, type ClueHandlingService } from '../clue'
import { gate } from '../gate'
import { remembered } from '../remembered'
import { bodiesById, mayTurnTo } from '../supervision'
import { caseEvents } from './case.events'
import type { CaseCommandInput, EditCaseInput, FileCaseInput, RecordTrialOpinionInput, TransferCaseInput } from './case.inputs'
import { CASE } from './case.reads'
import { dispositionsOf, measuresOf, nextCaseNumber } from './case.repository'
import { caseMachine, type CaseState } from './case.states'
import type { CaseEntryKind } from './case.types'

export type CaseRow = LocatedRow & {
  state: CaseState
  investigation_unit_id: string
  trial_unit_id: string | null
  investigated_by: string[]
  tried_by: string[]
  withdrawal_proposed_by: string | null
  without_disposition: boolean
  governance_waived: boolean
}
type Command = keyof typeof caseMachine.commands
interface On { id: string; rowVersion?: number | null; opinion?: string | null; idempotencyKey?: string | null }
type Changes = (tx: Transaction, row: CaseRow) => Promise<Values> | Values

/** SM-9. Each command answers the row id of the case. */
export class CaseService {
  constructor(private readonly db: Database, private readonly clues: ClueHandlingService) {}

  file(origin: Origin, input: FileCaseInput): Promise<string> {
    return runCommand(this.db, origin, 'fileCase', input, async tx => {
      const clue = await this.clues.file(tx, input.id, input.opinion)
      const subjects = await subjectsOf(tx, clue.id)
      const unitId = input.investigationUnitId == null ? clue.unit_id : await bodyFor(tx, clue.unit_id, { id: input.investigationUnitId, path: 'investigationUnitId', kinds: BODIES })
      if (subjects.units.includes(unitId)) gate([{ path: 'investigationUnitId', rule: 'INV-31', message: 'A case is not investigated by the unit that it is about.' }])
      await enterRealms(tx, 'CLUES', 'CASES')
      const id = newId()
      tx.insert('case_file', { id, unit_id: unitId, investigation_unit_id: unitId, ...await nextCaseNumber(tx, unitId), filed_on: today(), is_synthetic: clue['is_synthetic'], state: caseMachine.initial })
      tx.link('case_clue', { case_id: id, unit_id: unitId, clue_id: clue.id })
      for (const person_id of subjects.persons) tx.link('case_person', { case_id: id, unit_id: unitId, person_id })
      for (const subject_unit_id of subjects.units) tx.link('case_subject_unit', { case_id: id, unit_id: unitId, subject_unit_id })
      tx.emit(caseEvents.filed, { subjectId: id, unitId })
      await tx.flush()
      return id
    })
  }

  start(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'startCaseInvestigation', input, (_, row) => remembered(row, 'investigated_by', origin.actor))
  }

  edit(origin: Origin, input: EditCaseInput): Promise<string> {
    return this.on(origin, 'editCase', input, async (tx, row) => {
      if (input.facts != null) await this.write(tx, row, 'FACTS', input.facts)
      await this.replace(tx, row, { table: 'case_person', column: 'person_id', prefix: 'person', of: 'person' }, input.personIds, 'personIds')
      await this.replace(tx, row, { table: 'case_power', column: 'power_id', prefix: 'pw', of: 'power' }, input.powerIds, 'powerIds')
      await this.replace(tx, row, { table: 'case_risk_point', column: 'risk_point_id', prefix: 'rp', of: 'risk_point' }, input.riskPointIds, 'riskPointIds')
      tx.touch('case_file', row)
      return remembered(row, 'investigated_by', origin.actor)
    })
  }

  transferToTrial(origin: Origin, input: TransferCaseInput): Promise<string> {
    return this.on(origin, 'transferCaseToTrial', input, async (tx, row) => {
      const trial = await bodyFor(tx, row.investigation_unit_id, { id: input.trialUnitId, path: 'trialUnitId', kinds: ['CASE_TRIAL_OFFICE', ...BODIES] })
      if (trial === row.investigation_unit_id) gate([{ path: 'trialUnitId', rule: 'SM-9', message: 'The trying unit is another one than the investigating.' }])
      await this.write(tx, row, 'REPORT', input.report)
      tx.emit(caseEvents.transferredToTrial, { subjectId: row.id, unitId: row.unit_id, payload: { trialUnitId: trial } })
      return { trial_unit_id: trial, transferred_on: today(), ...remembered(row, 'investigated_by', origin.actor) }
    })
  }

  proposeWithdrawal(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'proposeCaseWithdrawal', input, (_, row) => ({ withdrawal_proposed_by: origin.actor.ref, ...remembered(row, 'investigated_by', origin.actor) }))
  }

  withdraw(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'withdrawCase', input, (tx, row) => this.end(tx, row, 'WITHDRAWN'))
  }

  recordOpinion(origin: Origin, input: RecordTrialOpinionInput): Promise<string> {
    return this.on(origin, 'recordTrialOpinion', input, async (tx, row) => {
      await this.write(tx, row, 'TRIAL_OPINION', input.text)
      for (const before of await dispositionsOf(tx, row.id)) tx.update('case_disposition', before, { revoked_at: new Date().toISOString() })
      for (const [i, { kind, decisionId }] of input.dispositions.entries()) {
        if ((kind === 'ACCOUNTABILITY') !== (decisionId != null)) throw badInput(`dispositions.${i}.decisionId`, 'decision', 'Accountability names its decision, and nothing else does.')
        const decision = decisionId == null ? null : await this.decision(tx, decisionId, `dispositions.${i}.decisionId`)
        tx.insert('case_disposition', { case_id: row.id, unit_id: row.unit_id, trial_unit_id: row.trial_unit_id, kind, decision_id: decision })
      }
      return { without_disposition: !input.dispositions.length, ...remembered(row, 'tried_by', origin.actor) }
    })
  }

  returnToInvestigation(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'returnCaseToInvestigation', input, (_, row) => remembered(row, 'tried_by', origin.actor))
  }

  adjudicate(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'adjudicateCase', input, async (tx, row) => {
      const dispositions = await dispositionsOf(tx, row.id)
      if (!dispositions.length && !row.without_disposition) gate([{ path: 'id', rule: 'SM-9', message: 'A trial ends with an opinion and dispositions, or a reason for none.' }])
      tx.emit(caseEvents.adjudicated, { subjectId: row.id, unitId: row.unit_id })
      return { adjudicated_on: today(), ...remembered(row, 'tried_by', origin.actor) }
    })
  }

  reopenTrial(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'reopenCaseTrial', input, () => ({ adjudicated_on: null, governance_on: null, governance_waived: false }))
  }

  startGovernance(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'startCaseGovernance', input, () => ({ governance_on: today() }))
  }

  waiveGovernance(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'waiveCaseGovernance', input, () => ({ governance_waived: true }))
  }

  /** INV-34, and no disposition that waits for somebody. */
  close(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'closeCase', input, async (tx, row) => {
      const measures = await measuresOf(tx, row.id)
      if (!row.governance_waived && !measures.some(m => m.state === 'VERIFIED')) gate([{ path: 'id', rule: 'INV-34', message: 'A case is closed with a governance measure that was verified, or a recorded reason why none is needed.' }])
      if (measures.some(m => m.state !== 'VERIFIED' && m.state !== 'CANCELLED')) gate([{ path: 'id', rule: 'INV-34', message: 'A governance measure of the case is still open.' }])
      if ((await dispositionsOf(tx, row.id)).some(d => d.decision_state === 'PROPOSED' || d.decision_state === 'RETURNED')) gate([{ path: 'id', rule: 'SM-9', message: 'A decision on accountability is still open.' }])
      return this.end(tx, row, 'CLOSED')
    })
  }

  private async end(tx: Transaction, row: CaseRow, state: CaseState): Promise<Values> {
    const clues = (await tx.rows<{ clue_id: string }>('SELECT clue_id FROM case_clue WHERE case_id = $1', [row.id])).map(c => c.clue_id)
    await enterRealms(tx, 'CLUES', 'CASES')
    await caseEnded(tx, clues)
    tx.emit(caseEvents.closed, { subjectId: row.id, unitId: row.unit_id, payload: { state } })
    return { closed_on: today() }
  }

  private on(origin: Origin, command: Command, input: On, changes: Changes): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const row = await locate<CaseRow>(tx, CASE, input.id, 'id')
      const to = await next(tx, caseMachine, command, row, input)
      enter(tx, { ...CASE, type: 'Case' }, row, to, { changes: await changes(tx, row) })
      if (input.opinion?.trim()) await this.write(tx, row, 'OPINION', input.opinion.trim())
      return row.id
    })
  }

  private async write(tx: Transaction, row: CaseRow, kind: CaseEntryKind, text: string): Promise<void> {
    const id = tx.append('case_entry', { case_id: row.id, unit_id: row.unit_id, kind, command: tx.command, actor: tx.origin.actor.ref })
    await tx.flush()
    await vaultOf(this.db).seal(tx, { realm: 'CASES', table: 'case_entry', id }, { text })
  }

  private async decision(tx: Transaction, id: string, path: string): Promise<string> {
    const rowId = rowIdOf('acct', id)
    const found = rowId && await tx.row<{ id: string; path: string }>(`SELECT d.id, u.path FROM accountability_decision d JOIN unit u ON u.id = d.unit_id WHERE d.id = $1 AND d.state NOT IN ('REJECTED', 'WITHDRAWN', 'REVOKED')`, [rowId])
    if (!found || !inScope(tx.origin.actor, found.path)) throw notFound(path)
    return found.id
  }

  private async replace(tx: Transaction, row: CaseRow, { table, column, prefix, of }: { table: string; column: string; prefix: string; of: string }, ids: readonly string[] | null | undefined, path: string): Promise<void> {
    if (!ids) return
    const wanted = await Promise.all(ids.map(async (id, i) => {
      const rowId = rowIdOf(prefix, id)
      const found = rowId && await tx.row<{ path: string }>(`SELECT u.path FROM ${of} t JOIN unit u ON u.id = t.unit_id WHERE t.id = $1`, [rowId])
      if (!found || !inScope(tx.origin.actor, found.path)) throw notFound(`${path}.${i}`)
      return rowId!
    }))
    const before = (await tx.rows<{ id: string }>(`SELECT ${column} AS id FROM ${table} WHERE case_id = $1`, [row.id])).map(r => r.id)
    for (const id of before) if (!wanted.includes(id)) tx.unlink(table, { case_id: row.id, [column]: id })
    for (const id of wanted) if (!before.includes(id)) tx.link(table, { case_id: row.id, unit_id: row.unit_id, [column]: id })
  }
}

/** Who is to take a case on: in the actor's sight, or one to whom the body that has it may turn. To a neighbouring county it is given by the city. */
async function bodyFor(tx: Transaction, fromUnitId: string, { id, path, kinds }: { id: string; path: string; kinds: readonly string[] }): Promise<string> {
  const rowId = rowIdOf('unit', id)
  const bodies = rowId === null ? [] : await bodiesById(tx, [fromUnitId, rowId])
  const [from, to] = [fromUnitId, rowId].map(unitId => bodies.find(b => b.id === unitId))
  if (!from || !to || to.state !== 'ACTIVE' || !kinds.includes(to.kind) || !(inScope(tx.origin.actor, to.path) || mayTurnTo(from, to))) throw notFound(path)
  return to.id
}
