import { today } from '../../core/day'
import { badInput } from '../../core/errors'
import type { Origin } from '../../core/request'
import { transit } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateMany, type LocatedRow } from '../../database/locate'
import { enter, next } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { gate } from '../gate'
import { requireEditor } from '../power'
import { ref } from '../refs'
import { remembered } from '../remembered'
import type { ControlCommandInput, DesignControlInput, EditControlInput, RecordControlTestInput } from './control.inputs'
import { controlMachine, type ControlState } from './control.states'
import { riskEvents } from './risk.events'
import { activeRiskPointsOf, leftUncontrolled, type RiskPointRow } from './risk.repository'
import { addControl, moveRiskPoint, RISK_POINT } from './risk.writes'

export const CONTROL = { table: 'control', prefix: 'ctl' } as const
type ControlRow = LocatedRow & { state: ControlState; edited_by: string[] }
type Command = keyof typeof controlMachine.commands

/** Row ids. */
export interface RecordedTest { controlId: string; testId: string }

/** Commands on controls. Each answers the row id of the control. */
export class ControlService {
  constructor(private readonly db: Database) {}

  design(origin: Origin, input: DesignControlInput): Promise<string> {
    return runCommand(this.db, origin, 'designControl', input, async tx => {
      const points = await locateMany<RiskPointRow>(tx, RISK_POINT, input.riskPointIds, 'riskPointIds', 'SHARE')
      const unit = points[0]!
      requireEditor(tx, unit.unit_path)
      requireAlive(points, unit.unit_id)
      return addControl(tx, unit.unit_id, { ...input, ownerPositionId: ref('pos', input.ownerPositionId, 'ownerPositionId') }, points.map(p => p.id))
    })
  }

  edit(origin: Origin, input: EditControlInput): Promise<string> {
    return this.move(origin, 'editControl', input, async (tx, control) => {
      if (input.riskPointIds) await this.serve(tx, control, input.riskPointIds)
      return {
        ...remembered(control, 'edited_by', origin.actor),
        ...(input.description != null && { description_zh: input.description }), ...(input.descriptionEn !== undefined && { description_en: input.descriptionEn }),
        ...(input.nature != null && { nature: input.nature }), ...(input.mode != null && { mode: input.mode }), ...(input.frequency != null && { frequency: input.frequency }),
        ...(input.ownerPositionId != null && { owner_position_id: ref('pos', input.ownerPositionId, 'ownerPositionId') }),
        ...(input.nextTestDueOn !== undefined && { next_test_due_on: input.nextTestDueOn }),
      }
    })
  }

  implement(origin: Origin, input: ControlCommandInput): Promise<string> {
    return this.move(origin, 'implementControl', input)
  }

  operate(origin: Origin, input: ControlCommandInput): Promise<string> {
    return this.move(origin, 'operateControl', input)
  }

  retire(origin: Origin, input: ControlCommandInput): Promise<string> {
    return this.move(origin, 'retireControl', input, async (tx, control) => {
      await requireOthers(tx, control.id, (await activeRiskPointsOf(tx, control.id)).map(p => p.id), 'id')
      return {}
    })
  }

  /** Appends a test. A failing one makes an operating control DEFICIENT, opens the ratings of the watched risks it serves, and is told to whoever mends. */
  recordTest(origin: Origin, input: RecordControlTestInput): Promise<RecordedTest> {
    return runCommand(this.db, origin, 'recordControlTest', input, tx => this.recordTestIn(tx, input))
  }

  /** As `recordTest`, inside the command of whoever tests it in the course of something else. */
  async recordTestIn(tx: Transaction, input: RecordControlTestInput): Promise<RecordedTest> {
    const { actor } = tx.origin
    const control = await locate<ControlRow>(tx, CONTROL, input.id, 'id')
    transit(controlMachine, 'recordControlTest', control, { actor, path: control.unit_path })
    if ((input.exceptions ?? 0) > (input.sampleSize ?? 0)) throw badInput('exceptions', 'range', 'There cannot be more exceptions than cases looked at.')
    const testId = tx.append('control_test', {
      unit_id: control.unit_id, control_id: control.id, period: input.period, kind: input.kind, result: input.result,
      sample_size: input.sampleSize ?? null, exceptions: input.exceptions ?? null, note: input.note ?? null, tested_by: actor.ref,
    })
    const failed = input.result === 'INEFFECTIVE'
    const to = failed && input.kind === 'OPERATING' && control.state === 'OPERATING' ? 'DEFICIENT' : control.state
    this.write(tx, control, to, {
      [input.kind === 'DESIGN' ? 'design_effectiveness' : 'operating_effectiveness']: input.result, last_tested_on: today(),
      ...(input.nextTestDueOn !== undefined && { next_test_due_on: input.nextTestDueOn }),
    })
    if (failed) await this.tellFailure(tx, control, testId)
    return { controlId: control.id, testId }
  }

  private async tellFailure(tx: Transaction, control: ControlRow, testId: string): Promise<void> {
    tx.emit(riskEvents.controlTestFailed, { subjectId: control.id, unitId: control.unit_id, payload: { testId, state: control.state } })
    for (const point of await activeRiskPointsOf(tx, control.id)) {
      if (point.state === 'MONITORED') moveRiskPoint(tx, point, 'RATED', {}, 'A test found a control of this risk point INEFFECTIVE（防控措施测试无效）')
    }
  }

  /** Gives the control other risk points to serve; none that it leaves may be left without (INV-12). */
  private async serve(tx: Transaction, control: ControlRow, ids: readonly string[]): Promise<void> {
    const wanted = await locateMany<RiskPointRow>(tx, RISK_POINT, ids, 'riskPointIds')
    requireAlive(wanted, control.unit_id)
    const wantedIds = wanted.map(p => p.id)
    const present = (await tx.rows<{ risk_point_id: string }>('SELECT risk_point_id FROM control_risk_point WHERE control_id = $1', [control.id])).map(r => r.risk_point_id)
    const left = present.filter(id => !wantedIds.includes(id))
    await tx.rows('SELECT id FROM risk_point WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE', [left])
    await requireOthers(tx, control.id, left, 'riskPointIds')
    for (const risk_point_id of left) tx.unlink('control_risk_point', { control_id: control.id, risk_point_id })
    for (const risk_point_id of wantedIds.filter(id => !present.includes(id))) tx.link('control_risk_point', { control_id: control.id, risk_point_id, unit_id: control.unit_id })
    tx.touch('control', control)
  }

  private move(
    origin: Origin, command: Command, input: { id: string; rowVersion?: number | null; opinion?: string | null; idempotencyKey?: string | null },
    changes: (tx: Transaction, control: ControlRow) => Values | Promise<Values> = () => ({}),
  ): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const control = await locate<ControlRow>(tx, CONTROL, input.id, 'id')
      const to = await next(tx, controlMachine, command, control, input)
      this.write(tx, control, to, await changes(tx, control), input.opinion)
      return control.id
    })
  }

  private write(tx: Transaction, control: ControlRow, to: ControlState, changes: Values, opinion?: string | null): void {
    enter(tx, { table: CONTROL.table, type: 'Control' }, control, to, { changes, opinion })
  }
}

function requireAlive(points: readonly RiskPointRow[], unitId: string): void {
  points.forEach((p, i) => {
    if (p.unit_id !== unitId) throw badInput(`riskPointIds.${i}`, 'INV-13', 'A control serves risk points of its own unit.')
    if (p.state === 'RETIRED') throw badInput(`riskPointIds.${i}`, 'INV-13', 'The risk point is retired.')
  })
}

async function requireOthers(tx: Transaction, controlId: string, riskPointIds: readonly string[], path: string): Promise<void> {
  const codes = await leftUncontrolled(tx, controlId, riskPointIds)
  gate(codes.map(code => ({ path, rule: 'INV-12', message: `The active risk point ${code} would be left without an active control.` })))
}
