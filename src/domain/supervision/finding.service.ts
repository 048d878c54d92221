import { today } from '../../core/day'
import { badInput, notFound } from '../../core/errors'
import { prefixOf, rowIdOf } from '../../core/ids'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateUnit, type LocatedRow } from '../../database/locate'
import { next } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { requireCodes } from '../code-list'
import { gate } from '../gate'
import { optionalRef, refs } from '../refs'
import { ACTIVITY, objectIdsOf, type ActivityRow } from './activity.repository'
import { bodiesById, leads, objectsOf, type Body } from './bodies'
import { findingTarget, type FindingTarget } from './finding-targets'
import { followSettled, linkOutcome, move, told } from './finding-outcomes'
import { FINDING, outcomesOf, type FindingRow } from './finding.repository'
import type { EditSupervisionFindingInput, LinkSupervisionFindingInput, NewFindingInput, RecordSupervisionFindingInput, SupervisionFindingCommandInput } from './supervision-finding.inputs'
import { supervisionFindingMachine, type SupervisionFindingState } from './supervision-finding.states'
import type { FindingSource } from './supervision-finding.types'
import { findingEvents } from './supervision.events'

type Command = keyof typeof supervisionFindingMachine.commands

/** Commands on findings. */
export class SupervisionFindingService {
  constructor(private readonly db: Database) {}

  /** Answers the row ids of the new findings, in the order of the input. */
  record(origin: Origin, input: RecordSupervisionFindingInput): Promise<string[]> {
    return runCommand(this.db, origin, 'recordSupervisionFinding', input, async tx => {
      const found = input.activityId == null ? await this.byBody(tx, input) : await this.inActivity(tx, input)
      const { finder, sourceKind } = found
      begin(supervisionFindingMachine, 'recordSupervisionFinding', { actor: origin.actor, path: finder.path, sides: { FINDER: [finder.path] } })
      requireVerified(origin, sourceKind, input)
      await requireCodes(tx, 'FINDING_CATEGORY', input.findings.map((f, i) => [`findings.${i}.category`, f.category] as const))
      await requireCodes(tx, 'VIOLATION_TYPE', input.findings.flatMap((f, i) => (f.violationType == null ? [] : [[`findings.${i}.violationType`, f.violationType] as const])))
      const units = refs('unit', input.findings.map(f => f.unitId), 'findings')
      await found.requireUnits(units)
      const subjects = await subjectsOf(tx, input.findings, units)
      const ids = tx.insertMany(FINDING.table, input.findings.map((f, i) => ({
        unit_id: units[i], found_by_unit_id: finder.id, found_by_name_zh: finder.name_zh, activity_id: found.activityId, source_kind: sourceKind,
        source_prefix: prefixOf(input.sourceId), source_id: input.sourceId == null ? null : rowIdOf(prefixOf(input.sourceId)!, input.sourceId), verification_zh: input.verification?.trim() || null,
        category: f.category, violation_type: f.violationType ?? null, severity: f.severity, description_zh: f.description.trim(), found_on: pastDay(f.foundOn, `findings.${i}.foundOn`), ...subjects[i],
        state: supervisionFindingMachine.initial, is_synthetic: input.isSynthetic,
      })))
      input.findings.forEach(({ category, severity }, i) => tx.emit(findingEvents.recorded, { subjectId: ids[i]!, unitId: units[i]!, payload: { category, severity } }))
      return ids
    })
  }

  edit(origin: Origin, input: EditSupervisionFindingInput): Promise<string> {
    return this.command(origin, 'editSupervisionFinding', input, async (tx, finding) => {
      if (input.category != null) await requireCodes(tx, 'FINDING_CATEGORY', [['category', input.category]])
      if (input.violationType != null) await requireCodes(tx, 'VIOLATION_TYPE', [['violationType', input.violationType]])
      const [subjects] = await subjectsOf(tx, [input], [finding.unit_id], () => '')
      const given = Object.fromEntries(SUBJECTS.filter(({ field }) => input[field] !== undefined).map(({ column }) => [column, subjects![column]]))
      tx.update(FINDING.table, finding, {
        ...(input.category != null && { category: input.category }), ...(input.violationType !== undefined && { violation_type: input.violationType }),
        ...(input.severity != null && { severity: input.severity }), ...(input.description != null && { description_zh: input.description.trim() }), ...given,
      })
    })
  }

  link(origin: Origin, input: LinkSupervisionFindingInput): Promise<string> {
    return runCommand(this.db, origin, 'linkSupervisionFinding', input, async tx => {
      const finding = await locate<FindingRow>(tx, FINDING, input.id, 'id')
      const closed = findingTarget(input.targetId)?.closed
      const to = await next(tx, supervisionFindingMachine, 'linkSupervisionFinding', finding, { ...input, outcome: closed ? finding.state : 'LINKED' })
      const { target, row } = await named(tx, finding, input.targetId)
      if ((await outcomesOf(tx, [finding.id])).some(o => o.target_id === row.id)) throw badInput('targetId', 'unique', 'The finding is linked with this already.')
      if (closed && input.opinion?.trim()) throw badInput('opinion', 'closed-realm', 'What is said of this stands there, not with the finding.')
      linkOutcome(tx, finding, target, row)
      if (!closed) {
        move(tx, finding, to, 'linked', input.opinion)
        await followSettled(tx, finding)
      }
      return finding.id
    })
  }

  unlink(origin: Origin, input: LinkSupervisionFindingInput): Promise<string> {
    return runCommand(this.db, origin, 'unlinkSupervisionFinding', input, async tx => {
      const finding = await locate<FindingRow>(tx, FINDING, input.id, 'id')
      const { row } = await named(tx, finding, input.targetId)
      const present = await outcomesOf(tx, [finding.id])
      const wrong = present.find(o => o.target_id === row.id)
      const left = told(present).filter(o => o !== wrong)
      const to = await next(tx, supervisionFindingMachine, 'unlinkSupervisionFinding', finding, { ...input, outcome: left.length ? 'LINKED' : 'OPEN' })
      if (!wrong) throw notFound('targetId')
      tx.update('supervision_finding_outcome', wrong, { unlinked_at: now(), unlinked_reason: input.opinion!.trim() })
      if (told([wrong]).length) {
        if (to === finding.state) tx.touch(FINDING.table, finding)
        move(tx, finding, to, 'unlinked', input.opinion)
        await followSettled(tx, finding)
      }
      return finding.id
    })
  }

  dismiss(origin: Origin, input: SupervisionFindingCommandInput): Promise<string> {
    return this.command(origin, 'dismissSupervisionFinding', input, async (tx, finding, to) => move(tx, finding, to, 'dismissed', input.opinion))
  }

  /** What it led to before stands in its history; the finding begins anew. */
  reopen(origin: Origin, input: SupervisionFindingCommandInput): Promise<string> {
    return this.command(origin, 'reopenSupervisionFinding', input, async (tx, finding, to) => {
      for (const o of await outcomesOf(tx, [finding.id])) tx.update('supervision_finding_outcome', o, { unlinked_at: now(), unlinked_reason: input.opinion!.trim() })
      move(tx, finding, to, 'reopened', input.opinion)
    })
  }

  withdraw(origin: Origin, input: SupervisionFindingCommandInput): Promise<string> {
    return this.command(origin, 'withdrawSupervisionFinding', input, async (tx, finding, to) => {
      const activity = finding.activity_id === null ? null : await tx.row<{ state: string }>('SELECT state FROM supervision_activity WHERE id = $1 FOR SHARE', [finding.activity_id])
      gate(activity === null || activity.state === 'IN_PROGRESS' ? [] : [{ path: 'id', rule: 'concluded', message: 'Its activity is concluded; resume it first.' }])
      move(tx, finding, to, 'withdrawn', input.opinion)
    })
  }

  private command(
    origin: Origin, command: Exclude<Command, 'linkSupervisionFinding' | 'unlinkSupervisionFinding'>, input: { id: string; rowVersion?: number | null; opinion?: string | null; idempotencyKey?: string | null },
    work: (tx: Transaction, finding: FindingRow, to: SupervisionFindingState) => Promise<void>,
  ): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const finding = await locate<FindingRow>(tx, FINDING, input.id, 'id')
      await work(tx, finding, await next(tx, supervisionFindingMachine, command, finding, input))
      return finding.id
    })
  }

  private async inActivity(tx: Transaction, input: RecordSupervisionFindingInput): Promise<Found> {
    const activity = await locate<ActivityRow>(tx, ACTIVITY, input.activityId!, 'activityId', 'SHARE')
    const [finder] = await bodiesById(tx, [activity.unit_id])
    return {
      finder: finder!, activityId: activity.id, sourceKind: input.sourceKind ?? 'ACTIVITY',
      requireUnits: async units => {
        gate(activity.state === 'IN_PROGRESS' ? [] : [{ path: 'activityId', rule: 'under-way', message: 'Findings are recorded while the activity is under way.' }])
        const objects = await bodiesById(tx, await objectIdsOf(tx, activity.id))
        const paths = new Map((await bodiesById(tx, units)).map(u => [u.id, u.path]))
        units.forEach((id, i) => {
          if (!objects.some(o => paths.get(id)?.startsWith(o.path))) throw badInput(`findings.${i}.unitId`, 'object', 'The activity does not look at this unit.')
        })
      },
    }
  }

  private async byBody(tx: Transaction, { foundByUnitId, sourceKind }: RecordSupervisionFindingInput): Promise<Found> {
    if (foundByUnitId == null) throw badInput('foundByUnitId', 'required', 'Without an activity the body that found it must be named.')
    if (sourceKind == null || sourceKind === 'ACTIVITY') throw badInput('sourceKind', 'required', 'Without an activity it must be told where the findings come from.')
    const [finder] = await bodiesById(tx, [(await locateUnit(tx, foundByUnitId, 'foundByUnitId')).id])
    return {
      finder: finder!, activityId: null, sourceKind,
      requireUnits: async units => {
        const reached = await objectsOf(tx, finder!, units, today())
        units.forEach((id, i) => {
          const unit = reached.get(id)
          if (!unit || !leads(finder!.kind) || !(unit.inTerritory || unit.relations.length)) throw badInput(`findings.${i}.unitId`, 'INV-03', 'The body does not supervise this unit.')
        })
      },
    }
  }
}

interface Found {
  readonly finder: Body
  readonly activityId: string | null
  readonly sourceKind: FindingSource
  requireUnits(unitIds: readonly string[]): Promise<void>
}

const now = (): string => new Date().toISOString()

/** INV-42: an alert is a reason to look. What it points out is a finding when a person has looked and says how. */
const POINTED_OUT: readonly FindingSource[] = ['PLUGIN_RECORD', 'INDICATOR']
function requireVerified({ actor }: Origin, source: FindingSource, { sourceId, verification }: RecordSupervisionFindingInput): void {
  if (!POINTED_OUT.includes(source)) return
  if (actor.personId === null) throw badInput('sourceKind', 'INV-42', 'What a record or an indicator points out becomes a finding by a person\'s decision alone.')
  if (!verification?.trim()) throw badInput('verification', 'INV-42', 'How a person looked at it must be told.')
  if (source === 'PLUGIN_RECORD' && sourceId == null) throw badInput('sourceId', 'required', 'The record must be named.')
}

/** What an input names as following from the finding: of the finding's unit where that is the unit that has to do it. */
async function named(tx: Transaction, finding: FindingRow, id: string): Promise<{ target: FindingTarget; row: LocatedRow }> {
  const target = findingTarget(id)
  if (!target) throw notFound('targetId')
  const row = await locate(tx, target, id, 'targetId', 'SHARE')
  if (target.aboutUnit && row[target.aboutUnit] !== finding.unit_id) throw badInput('targetId', 'unit', 'This is about another unit.')
  return { target, row }
}

const SUBJECTS = [
  { field: 'powerId', prefix: 'pw', table: 'power', column: 'power_id' }, { field: 'riskPointId', prefix: 'rp', table: 'risk_point', column: 'risk_point_id' },
  { field: 'controlId', prefix: 'ctl', table: 'control', column: 'control_id' },
] as const
type Subjects = Partial<Pick<NewFindingInput, 'powerId' | 'riskPointId' | 'controlId'>>

/** Powers, risk points and controls that findings name: each of the finding's own unit. */
async function subjectsOf(tx: Transaction, findings: readonly Subjects[], units: readonly string[], at = (i: number): string => `findings.${i}.`): Promise<Values[]> {
  const rows: Values[] = findings.map(() => ({}))
  for (const { field, prefix, table, column } of SUBJECTS) {
    const ids = findings.map((f, i) => optionalRef(prefix, f[field], `${at(i)}${field}`))
    const named = ids.filter(id => id !== null)
    const found = named.length ? await tx.rows<{ id: string; unit_id: string }>(`SELECT id, unit_id FROM ${table} WHERE id = ANY($1::uuid[])`, [named]) : []
    ids.forEach((id, i) => {
      if (id !== null && !found.some(f => f.id === id && f.unit_id === units[i])) throw notFound(`${at(i)}${field}`)
      rows[i]![column] = id
    })
  }
  return rows
}

function pastDay(day: string | null | undefined, path: string): string {
  if (day != null && day > today()) throw badInput(path, 'not-future', 'This day has not come yet.')
  return day ?? today()
}
