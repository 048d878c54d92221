import { badInput } from '../../core/errors'
import { requireOtherEyes } from '../../core/four-eyes'
import type { Origin } from '../../core/request'
import { transit } from '../../core/states'
import { runCommand, runLightCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateMany, requireRole } from '../../database/locate'
import { next } from '../../database/moves'
import { checkVersion, type Transaction, type Values } from '../../database/transaction'
import { eachRow, type BulkResult } from '../bulk'
import { gate } from '../gate'
import { requireEditor } from '../power'
import { optionalRef, ref } from '../refs'
import { remembered } from '../remembered'
import './risk.constraints'
import type { EditRiskPointInput, IdentifyRiskPointInput, MonitorRiskPointInput, PlanRiskTreatmentInput, RateRiskPointInput, RateRiskPointsInput, RiskPointCommandInput } from './risk-point.inputs'
import { riskEvents } from './risk.events'
import { activeControls, cellsInForce, isLastOfMajorPower, powerAndCell, ratersOf, riskPointAndCell, withWorkingControl, type Cell, type RiskPointRow } from './risk.repository'
import { riskPointMachine } from './risk-point.states'
import { addControl, moveRiskPoint, RISK_POINT } from './risk.writes'

type Command = keyof typeof riskPointMachine.commands
interface NewRating { kind: 'INHERENT' | 'RESIDUAL'; cell: Cell; basis?: string | null }

/** Commands on risk points. Each answers the row id of the risk point. */
export class RiskPointService {
  constructor(private readonly db: Database) {}

  identify(origin: Origin, input: IdentifyRiskPointInput): Promise<string> {
    return runLightCommand(this.db, origin, 'identifyRiskPoint', input, async tx => {
      const power = await powerAndCell(tx, input.powerId, input.inherent?.likelihood ?? null, input.inherent?.impact ?? null)
      requireEditor(tx, power.unit_path)
      if (power.state === 'ABOLISHED') gate([{ path: 'powerId', rule: 'SM-4', message: 'The power is abolished.' }])
      const cell = input.inherent ? requireCell(power.cell, 'inherent') : null
      const id = tx.insert('risk_point', {
        unit_id: power.unit_id, power_id: power.id, flow_step_id: optionalRef('step', input.flowStepId, 'flowStepId'), code: input.code,
        description_zh: input.description, description_en: input.descriptionEn ?? null, cause_zh: input.cause ?? null, consequence_zh: input.consequence ?? null,
        category: input.category, owner_position_id: ref('pos', input.ownerPositionId, 'ownerPositionId'),
        state: cell ? 'RATED' : riskPointMachine.initial, ...(cell && { ...ratingColumns('inherent', cell), score: cell.score, level: cell.level }),
      })
      if (cell) appendRating(tx, { id, unit_id: power.unit_id }, { kind: 'INHERENT', cell, basis: input.inherent?.basis })
      input.controls.forEach((control, i) => addControl(tx, power.unit_id, { ...control, ownerPositionId: ref('pos', control.ownerPositionId, `controls.${i}.ownerPositionId`) }, [id]))
      return id
    })
  }

  edit(origin: Origin, input: EditRiskPointInput): Promise<string> {
    return this.move(origin, 'editRiskPoint', input, (_, point) => ({
      ...remembered(point, 'edited_by', origin.actor),
      ...(input.description != null && { description_zh: input.description }), ...(input.descriptionEn !== undefined && { description_en: input.descriptionEn }),
      ...(input.cause !== undefined && { cause_zh: input.cause }), ...(input.consequence !== undefined && { consequence_zh: input.consequence }),
      ...(input.category != null && { category: input.category }), ...(input.flowStepId !== undefined && { flow_step_id: optionalRef('step', input.flowStepId, 'flowStepId') }),
      ...(input.ownerPositionId != null && { owner_position_id: ref('pos', input.ownerPositionId, 'ownerPositionId') }),
    }))
  }

  rate(origin: Origin, input: RateRiskPointInput): Promise<string> {
    return runLightCommand(this.db, origin, 'rateRiskPoint', input, async tx => {
      const point = await riskPointAndCell(tx, input.id, input.likelihood, input.impact)
      checkVersion(point, input.rowVersion)
      const rating = { kind: input.kind, cell: requireCell(point.cell, 'likelihood'), basis: input.basis }
      rateRow(tx, point, rating, input.kind === 'RESIDUAL' && (await withWorkingControl(tx, [point.id])).has(point.id))
      return point.id
    })
  }

  /** Many ratings in one transaction: one read, then one write for all of them. */
  rateMany(origin: Origin, input: RateRiskPointsInput): Promise<BulkResult<string>> {
    return runCommand(this.db, origin, 'rateRiskPoints', input, async tx => {
      const ids = input.ratings.map(r => r.id)
      if (new Set(ids).size !== ids.length) throw badInput('ratings', 'unique', 'A risk point stands in the list more than once.')
      const points = await locateMany<RiskPointRow>(tx, RISK_POINT, ids, 'ratings')
      const cells = await cellsInForce(tx)
      const working = await withWorkingControl(tx, points.map(p => p.id))
      return eachRow(input.ratings, input.onError, 'ratings', (row, i) => {
        const point = points[i]!
        const cell = cells.find(c => c.likelihood === row.likelihood && c.impact === row.impact)
        rateRow(tx, point, { kind: row.kind, cell: requireCell(cell ?? null, 'likelihood'), basis: row.basis }, working.has(point.id))
        return point.id
      })
    })
  }

  planTreatment(origin: Origin, input: PlanRiskTreatmentInput): Promise<string> {
    return this.move(origin, 'planRiskTreatment', input, async (tx, point) => {
      const plan = { response_plan: input.responsePlan, accepted_until: input.acceptedUntil ?? null }
      if (input.responsePlan === 'ACCEPT' && point.level === 'HIGH') {
        requireRole(tx, ['UNIT_APPROVER'], point.unit_path)
        if (!input.acceptedUntil) throw badInput('acceptedUntil', 'required', 'A HIGH risk is accepted until a date.')
        requireOtherEyes(tx.origin.actor, point.created_by, ...point.edited_by, ...await ratersOf(tx, point.id))
        return plan // itself the second pair of eyes
      }
      return { ...plan, ...remembered(point, 'edited_by', origin.actor) }
    })
  }

  activateControls(origin: Origin, input: RiskPointCommandInput): Promise<string> {
    return this.move(origin, 'activateRiskControls', input, async (tx, point) => {
      if ((await activeControls(tx, point.id)) === 0) gate([{ path: 'id', rule: 'INV-12', message: 'The risk point has no active control.' }])
      return {}
    }, runCommand)
  }

  monitor(origin: Origin, input: MonitorRiskPointInput): Promise<string> {
    return this.move(origin, 'monitorRiskPoint', input, () => ({ review_due_on: input.reviewDueOn }))
  }

  triggerReview(origin: Origin, input: RiskPointCommandInput): Promise<string> {
    return this.move(origin, 'triggerRiskReview', input)
  }

  escalate(origin: Origin, input: RiskPointCommandInput): Promise<string> {
    return this.move(origin, 'escalateRiskPoint', input, (tx, point) => {
      tx.emit(riskEvents.riskPointEscalated, { subjectId: point.id, unitId: point.unit_id, payload: { level: point.level } })
      return {}
    })
  }

  deEscalate(origin: Origin, input: RiskPointCommandInput): Promise<string> {
    return this.move(origin, 'deEscalateRiskPoint', input)
  }

  retire(origin: Origin, input: RiskPointCommandInput): Promise<string> {
    return this.move(origin, 'retireRiskPoint', input, async (tx, point) => {
      if (await isLastOfMajorPower(tx, point.id)) gate([{ path: 'id', rule: 'INV-10', message: 'A published MAJOR power keeps at least one risk point.' }])
      tx.emit(riskEvents.riskPointRetired, { subjectId: point.id, unitId: point.unit_id })
      return { retired_reason: input.opinion!.trim() }
    }, runCommand)
  }

  /** `run`: what looks at other rows than the risk point needs a lock on it. */
  private move(
    origin: Origin, command: Command, input: { id: string; rowVersion?: number | null; opinion?: string | null; idempotencyKey?: string | null },
    changes: (tx: Transaction, point: RiskPointRow) => Values | Promise<Values> = () => ({}), run = runLightCommand,
  ): Promise<string> {
    return run(this.db, origin, command, input, async tx => {
      const point = await locate<RiskPointRow>(tx, RISK_POINT, input.id, 'id')
      const to = await next(tx, riskPointMachine, command, point, input)
      moveRiskPoint(tx, point, to, await changes(tx, point), input.opinion)
      return point.id
    })
  }
}

/** INV-14, INV-15: appends the rating and brings the risk point's present score and level after it. */
function rateRow(tx: Transaction, point: RiskPointRow, rating: NewRating, hasWorkingControl: boolean): void {
  const to = transit(riskPointMachine, 'rateRiskPoint', point, { actor: tx.origin.actor, path: point.unit_path })
  const { kind, cell } = rating
  if (kind === 'RESIDUAL') requireResidual(point, cell, hasWorkingControl)
  else if (point.residual_level && RANK[point.residual_level] > RANK[cell.level]) {
    gate([{ path: 'likelihood', rule: 'INV-14', message: `The residual level ${point.residual_level} would be above the inherent one; rate the residual risk first.` }])
  }
  const current = kind === 'INHERENT' && point.residual_level ? {} : { score: cell.score, level: cell.level }
  moveRiskPoint(tx, point, to, { ...ratingColumns(kind === 'INHERENT' ? 'inherent' : 'residual', cell), ...current })
  appendRating(tx, point, rating)
}

const RANK = { LOW: 1, MEDIUM: 2, HIGH: 3 } as const

function requireResidual(point: RiskPointRow, cell: Cell, hasWorkingControl: boolean): void {
  if (!point.inherent_level) gate([{ path: 'kind', rule: 'INV-14', message: 'The inherent risk is rated first.' }])
  const inherent = point.inherent_level!
  if (RANK[cell.level] > RANK[inherent] || cell.score > point.inherent_score!) {
    gate([{ path: 'likelihood', rule: 'INV-14', message: `The residual risk cannot be above the inherent one (${inherent}, ${point.inherent_score}).` }])
  }
  const below = RANK[cell.level] < RANK[inherent] || cell.score < point.inherent_score!
  if (below && !hasWorkingControl) gate([{ path: 'likelihood', rule: 'INV-14', message: 'A residual below the inherent risk needs an operating control that was not found ineffective.' }])
}

function appendRating(tx: Transaction, point: { id: string; unit_id: string }, { kind, cell, basis }: NewRating): void {
  tx.append('risk_rating', {
    unit_id: point.unit_id, risk_point_id: point.id, kind, likelihood: cell.likelihood, impact: cell.impact, score: cell.score, level: cell.level,
    matrix_version: cell.matrix_version, basis: basis ?? null, rated_by: tx.origin.actor.ref,
  })
}

const ratingColumns = (kind: 'inherent' | 'residual', c: Cell): Values => (kind === 'inherent'
  ? { inherent_likelihood: c.likelihood, inherent_impact: c.impact, inherent_score: c.score, inherent_level: c.level, inherent_matrix_version: c.matrix_version }
  : { residual_likelihood: c.likelihood, residual_impact: c.impact, residual_score: c.score, residual_level: c.level, residual_matrix_version: c.matrix_version })

function requireCell(cell: Cell | null, path: string): Cell {
  if (!cell) throw badInput(path, 'INV-15', 'The matrix in force has no cell for this likelihood and impact.')
  return cell
}
