import { today } from '../../core/day'
import { notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateUnit, type LocatedRow } from '../../database/locate'
import { enter, next } from '../../database/moves'
import { enterRealms } from '../../database/realms'
import type { Transaction, Values } from '../../database/transaction'
import { gate } from '../gate'
import { remembered } from '../remembered'
import { measureEvents } from './case.events'
import type { CaseCommandInput, EditGovernanceMeasureInput, ImplementGovernanceMeasureInput, ProposeGovernanceMeasureInput } from './case.inputs'
import { CASE, MEASURE } from './case.reads'
import { hasEvidence, ownOf, restsOnMeasure } from './case.repository'
import type { CaseRow } from './case.service'
import { governanceMeasureMachine, type GovernanceMeasureState } from './governance-measure.states'

type MeasureRow = LocatedRow & { demanding_unit_id: string; state: GovernanceMeasureState; performed_by: string[] }
type Command = keyof typeof governanceMeasureMachine.commands
interface On { id: string; rowVersion?: number | null; opinion?: string | null; idempotencyKey?: string | null }

/** What units put right after cases. Each command answers the row id of the measure. */
export class GovernanceMeasureService {
  constructor(private readonly db: Database) {}

  propose(origin: Origin, input: ProposeGovernanceMeasureInput): Promise<string> {
    return runCommand(this.db, origin, 'proposeGovernanceMeasure', input, async tx => {
      const unit = await locateUnit(tx, input.unitId, 'unitId')
      const demander = await locateUnit(tx, input.demandingUnitId, 'demandingUnitId')
      const state = begin(governanceMeasureMachine, 'proposeGovernanceMeasure', { actor: origin.actor, path: unit.path, sides: { DEMANDER: [demander.path] } })
      const cases: CaseRow[] = []
      for (const [i, caseId] of input.caseIds.entries()) {
        const row = await locate<CaseRow>(tx, CASE, caseId, `caseIds.${i}`)
        if (row.state !== 'GOVERNANCE') gate([{ path: `caseIds.${i}`, rule: 'SM-9', message: 'The case has not come to governance.' }])
        cases.push(row)
      }
      const id = tx.insert('governance_measure', { unit_id: unit.id, demanding_unit_id: demander.id, kind: input.kind, content_zh: input.content, due_on: input.dueOn, is_synthetic: input.isSynthetic, state })
      for (const row of cases) tx.link('case_measure', { case_id: row.id, unit_id: row.unit_id, measure_id: id })
      tx.emit(measureEvents.moved, { subjectId: id, unitId: unit.id, payload: { demandingUnitId: demander.id, state } })
      return id
    })
  }

  edit(origin: Origin, input: EditGovernanceMeasureInput): Promise<string> {
    return this.on(origin, 'editGovernanceMeasure', input, () => ({
      ...(input.kind != null && { kind: input.kind }), ...(input.content != null && { content_zh: input.content }), ...(input.dueOn != null && { due_on: input.dueOn }),
    }))
  }

  accept(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'acceptGovernanceMeasure', input, (_, row) => remembered(row, 'performed_by', origin.actor))
  }

  return(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'returnGovernanceMeasure', input, () => ({}))
  }

  implement(origin: Origin, input: ImplementGovernanceMeasureInput): Promise<string> {
    return this.on(origin, 'implementGovernanceMeasure', input, async (tx, row) => {
      if (!input.controlIds.length && !input.riskPointIds.length) gate([{ path: 'controlIds', rule: 'SM-9', message: 'Name the controls or risk points that it changed.' }])
      await this.changed(tx, row, 'control', 'ctl', input.controlIds, 'controlIds')
      await this.changed(tx, row, 'risk_point', 'rp', input.riskPointIds, 'riskPointIds')
      if (!(await hasEvidence(tx, row.id))) gate([{ path: 'evidence', rule: 'SM-9', message: 'A measure is reported with evidence; attach a piece first.' }])
      return { report_zh: input.report, implemented_on: today(), ...remembered(row, 'performed_by', origin.actor) }
    })
  }

  returnReport(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'returnGovernanceReport', input, async (tx, row) => {
      await enterRealms(tx, CASE.realm)
      if (await restsOnMeasure(tx, row.id)) gate([{ path: 'id', rule: 'INV-34', message: 'What rests on the measure is closed.' }])
      return { verified_by: null, verified_on: null }
    })
  }

  verify(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'verifyGovernanceMeasure', input, () => ({ verified_by: origin.actor.ref, verified_on: today() }))
  }

  cancel(origin: Origin, input: CaseCommandInput): Promise<string> {
    return this.on(origin, 'cancelGovernanceMeasure', input, () => ({}))
  }

  private on(origin: Origin, command: Command, input: On, changes: (tx: Transaction, row: MeasureRow) => Promise<Values> | Values): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const row = await locate<MeasureRow>(tx, MEASURE, input.id, 'id')
      const to = await next(tx, governanceMeasureMachine, command, row, input)
      const moved = enter(tx, { table: MEASURE.table, type: 'GovernanceMeasure' }, row, to, { changes: await changes(tx, row), opinion: input.opinion })
      if (moved) tx.emit(measureEvents.moved, { subjectId: row.id, unitId: row.unit_id, payload: { demandingUnitId: row.demanding_unit_id, state: to } })
      return row.id
    })
  }

  private async changed(tx: Transaction, row: MeasureRow, table: 'control' | 'risk_point', prefix: string, ids: readonly string[], path: string): Promise<void> {
    const wanted = ids.map((id, i) => {
      const rowId = rowIdOf(prefix, id)
      if (rowId === null) throw notFound(`${path}.${i}`)
      return rowId
    })
    const own = await ownOf(tx, table, wanted, row.unit_id)
    wanted.forEach((id, i) => {
      if (!own.includes(id)) throw notFound(`${path}.${i}`)
    })
    const link = `governance_measure_${table}`
    const before = (await tx.rows<{ id: string }>(`SELECT ${table}_id AS id FROM ${link} WHERE measure_id = $1`, [row.id])).map(r => r.id)
    for (const id of wanted) if (!before.includes(id)) tx.link(link, { measure_id: row.id, unit_id: row.unit_id, [`${table}_id`]: id })
  }
}
