import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, type LocatedRow } from '../../database/locate'
import { enter, next } from '../../database/moves'
import type { StoredRow, Transaction, Values } from '../../database/transaction'
import { remembered } from '../remembered'
import { gate } from '../gate'
import { optionalRef } from '../refs'
import { powerEvents } from './power.events'
import type { DraftOperatingFlowInput, EditOperatingFlowInput, FlowCommandInput, FlowStepInput } from './power.inputs'
import { effectiveFlow, hasSteps, nextFlowVersion } from './power.repository'
import { POWER, requireEditor } from './power.service'
import { flowMachine, type FlowState } from './power.states'

export const FLOW = { table: 'operating_flow', prefix: 'flow' } as const
type FlowRow = LocatedRow & { state: FlowState; power_id: string }

/** Commands on operating flows. Each answers the row id of the flow. */
export class OperatingFlowService {
  constructor(private readonly db: Database) {}

  draft(origin: Origin, input: DraftOperatingFlowInput): Promise<string> {
    return runCommand(this.db, origin, 'draftOperatingFlow', input, async tx => {
      const power = await locate(tx, POWER, input.powerId, 'powerId')
      requireEditor(tx, power.unit_path)
      const id = tx.insert('operating_flow', { unit_id: power.unit_id, power_id: power.id, version: await nextFlowVersion(tx, power.id), state: flowMachine.initial })
      tx.insertMany('flow_step', stepRows(input.steps, { unit_id: power.unit_id, power_id: power.id, flow_id: id }))
      return id
    })
  }

  edit(origin: Origin, input: EditOperatingFlowInput): Promise<string> {
    return runCommand(this.db, origin, 'editOperatingFlow', input, async tx => {
      const flow = await locate<FlowRow>(tx, FLOW, input.id, 'id')
      const to = await next(tx, flowMachine, 'editOperatingFlow', flow, input)
      const version = flow.row_version
      this.move(tx, flow, to, remembered(flow, 'edited_by', origin.actor))
      if (flow.row_version === version) tx.touch('operating_flow', flow)
      tx.unlink('flow_step', { flow_id: flow.id })
      tx.barrier()
      tx.insertMany('flow_step', stepRows(input.steps, { unit_id: flow.unit_id, power_id: flow.power_id, flow_id: flow.id }))
      return flow.id
    })
  }

  review(origin: Origin, input: FlowCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'reviewOperatingFlow', input, async tx => {
      const flow = await locate<FlowRow>(tx, FLOW, input.id, 'id')
      const to = await next(tx, flowMachine, 'reviewOperatingFlow', flow, input)
      await requireSteps(tx, flow.id)
      this.move(tx, flow, to)
      return flow.id
    })
  }

  publish(origin: Origin, input: FlowCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'publishOperatingFlow', input, async tx => {
      const flow = await locate<FlowRow>(tx, FLOW, input.id, 'id')
      await next(tx, flowMachine, 'publishOperatingFlow', flow, input)
      await requireSteps(tx, flow.id)
      await this.putInForce(tx, flow)
      return flow.id
    })
  }

  /** Supersedes the flow in force, then puts this one in its place (the index on EFFECTIVE sees them in this order). */
  private async putInForce(tx: Transaction, flow: FlowRow): Promise<void> {
    const previous = await effectiveFlow(tx, flow.power_id)
    if (previous) {
      this.move(tx, previous as StoredRow & FlowRow, 'SUPERSEDED')
      tx.barrier()
    }
    this.move(tx, flow, 'EFFECTIVE', { published_at: new Date().toISOString() })
    tx.emit(powerEvents.flowPublished, { subjectId: flow.id, unitId: flow.unit_id, payload: { powerId: flow.power_id } })
  }

  private move(tx: Transaction, flow: FlowRow, to: FlowState, changes: Values = {}): void {
    enter(tx, { table: FLOW.table, type: 'OperatingFlow' }, flow, to, { changes })
  }
}

async function requireSteps(tx: Transaction, flowId: string): Promise<void> {
  if (!(await hasSteps(tx, flowId))) gate([{ path: 'id', rule: 'INV-09', message: 'A flow needs at least one step, numbered without gaps.' }])
}

const stepRows = (steps: readonly FlowStepInput[], owner: Values): Values[] => steps.map((s, i) => ({
  ...owner, seq: i + 1, name_zh: s.nameZh, name_en: s.nameEn ?? null, kind: s.kind,
  position_id: optionalRef('pos', s.positionId, `steps.${i}.positionId`),
  time_limit_working_days: s.timeLimitWorkingDays ?? null, collective_decision: s.collectiveDecision,
}))
