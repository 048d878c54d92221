import { today } from '../../core/day'
import { badInput, notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateUnit } from '../../database/locate'
import { enter, next } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { gate } from '../gate'
import { refs } from '../refs'
import { boundsOf, refuseOutside, type Plan } from './activity-bounds'
import { confirm, unconfirmed, voidConfirmations } from './activity-confirmations'
import { changePlan, writePlan } from './activity-plan'
import { ACTIVITY, objectIdsOf, overlapAnswer, overlapping, partnersOf, type ActivityRow } from './activity.repository'
import { bodiesById, namedBodies } from './bodies'
import { findingsWithoutConsequence } from './finding.repository'
import { joined } from './joint-action'
import { activityEvents } from './supervision.events'
import type {
  AnswerSupervisionOverlapInput, ConcludeSupervisionActivityInput, EditSupervisionActivityInput, MergeSupervisionActivityInput, PlanSupervisionActivityInput,
  StartSupervisionActivityInput, SupervisionActivityCommandInput,
} from './supervision-activity.inputs'
import { supervisionActivityMachine, type SupervisionActivityState } from './supervision-activity.states'

type Command = keyof typeof supervisionActivityMachine.commands
type Work = (tx: Transaction, activity: ActivityRow, to: SupervisionActivityState) => Promise<void>

/** Commands on supervision activities (SM-7). Each answers the row id of the activity. */
export class SupervisionActivityService {
  constructor(private readonly db: Database) {}

  plan(origin: Origin, input: PlanSupervisionActivityInput): Promise<string> {
    return runCommand(this.db, origin, 'planSupervisionActivity', input, async tx => {
      const { id, path } = await locateUnit(tx, input.leadUnitId, 'leadUnitId')
      begin(supervisionActivityMachine, 'planSupervisionActivity', { actor: origin.actor, path, sides: { LEAD: [path] } })
      requireDays(input.plannedFrom, input.plannedTo)
      const lead = (await bodiesById(tx, [id]))[0]!
      const partners = await namedBodies(tx, lead, input.partnerUnitIds, 'partnerUnitIds')
      const objectIds = await this.objects(tx, input.objectUnitIds)
      const plan: Plan = { lead, partners, objectIds, mode: input.mode ?? null, types: input.types, matters: input.matterCodes, ways: input.wayCodes, means: input.meansCodes }
      const { rule, violations } = await boundsOf(tx, plan, input.plannedFrom)
      refuseOutside(violations)
      return writePlan(tx, plan, rule, input)
    })
  }

  edit(origin: Origin, input: EditSupervisionActivityInput): Promise<string> {
    return this.command(origin, 'editSupervisionActivity', input, async (tx, activity) => {
      const [lead] = await bodiesById(tx, [activity.unit_id])
      const present = await partnersOf(tx, activity.id)
      const partners = input.partnerUnitIds ? await namedBodies(tx, lead!, input.partnerUnitIds, 'partnerUnitIds') : await bodiesById(tx, present.filter(p => p.merged_from_id === null).map(p => p.unit_id))
      const plan: Plan = {
        lead: lead!, partners, objectIds: input.objectUnitIds ? await this.objects(tx, input.objectUnitIds) : await objectIdsOf(tx, activity.id),
        mode: input.mode === undefined ? activity.mode_code : input.mode, types: input.types ?? activity.type_codes, matters: input.matterCodes ?? activity.matter_codes,
        ways: input.wayCodes ?? activity.way_codes, means: input.meansCodes ?? activity.means_codes,
      }
      const [from, to] = [input.plannedFrom ?? activity.planned_from, input.plannedTo ?? activity.planned_to]
      requireDays(from, to)
      const { rule, violations } = await boundsOf(tx, plan, from)
      refuseOutside(violations)
      await changePlan(tx, activity, present, plan, {
        rule_id: rule?.id ?? null, rule_kind: rule?.kind ?? null, planned_from: from, planned_to: to,
        ...(input.title != null && { title_zh: input.title }), ...(input.purpose !== undefined && { purpose_zh: input.purpose }),
      })
    })
  }

  /** Answers one overlap; a later answer takes the place of the earlier one, as long as the other body has not agreed to that. */
  answerOverlap(origin: Origin, input: AnswerSupervisionOverlapInput): Promise<string> {
    return this.command(origin, 'answerSupervisionOverlap', input, async (tx, activity) => {
      const otherId = rowIdOf(ACTIVITY.prefix, input.otherActivityId)
      if (!(await overlapping(tx, activity.id, NEAR_MAX)).some(o => o.id === otherId)) throw notFound('otherActivityId')
      const reason = input.opinion?.trim() || null
      if (input.answer === 'OWN_VISIT' && reason === null) throw badInput('opinion', 'INV-04', 'A visit of its own needs a written reason.')
      const before = await overlapAnswer(tx, activity.id, otherId!)
      const answer = { answer: input.answer, reason_zh: reason }
      if (before) tx.update('supervision_overlap', before, { ...answer, ...(before.answer !== input.answer && { agreed_at: null, agreed_by: null }) })
      else tx.insert('supervision_overlap', { unit_id: activity.unit_id, activity_id: activity.id, other_activity_id: otherId, ...answer })
      tx.emit(activityEvents.overlapAnswered, { ...subjectOf(activity), payload: { answer: input.answer, otherActivityId: otherId! } })
    })
  }

  coordinate(origin: Origin, input: SupervisionActivityCommandInput): Promise<string> {
    return this.command(origin, 'coordinateSupervisionActivity', input, async (tx, activity, to) => {
      const { rule, violations } = await this.boundsNow(tx, activity, activity.planned_from)
      const open = (await overlapping(tx, activity.id)).filter(o => o.overlaps && o.answer === null)
      gate([...violations, ...open.map(o => ({
        path: 'id', rule: 'INV-04', message: `${o.lead_name_zh} looks at the same unit and matter (${o.matter_codes.join(', ')}) from ${o.planned_from} to ${o.planned_to}: answer this overlap first.`,
      }))])
      move(tx, activity, { to, happened: 'coordinated', opinion: input.opinion, changes: { rule_id: rule?.id ?? null, rule_kind: rule?.kind ?? null } })
    })
  }

  confirmPlan(origin: Origin, input: SupervisionActivityCommandInput): Promise<string> {
    return this.command(origin, 'confirmSupervisionActivityPlan', input, (tx, activity) => confirm(tx, activity, 'plan'))
  }

  declinePlan(origin: Origin, input: SupervisionActivityCommandInput): Promise<string> {
    return this.command(origin, 'declineSupervisionActivityPlan', input, async (tx, activity, to) => {
      await voidConfirmations(tx, activity, 'plan')
      move(tx, activity, { to, happened: 'planDeclined', opinion: input.opinion })
    })
  }

  /** The activity ends here; its leading body takes part in the other one, whose plan it thereby agrees to. */
  merge(origin: Origin, input: MergeSupervisionActivityInput): Promise<string> {
    return this.command(origin, 'mergeSupervisionActivity', input, async (tx, activity, to) => {
      const into = await joined(tx, activity, input.intoActivityId)
      tx.unlink('supervision_slot', { activity_id: activity.id })
      move(tx, activity, { to, opinion: input.opinion, changes: { merged_into_id: into.id } })
      tx.emit(activityEvents.merged, { ...subjectOf(activity), payload: { intoActivityId: into.id } })
      tx.emit(activityEvents.joined, { ...subjectOf(into), payload: { activityId: activity.id } })
    })
  }

  start(origin: Origin, input: StartSupervisionActivityInput): Promise<string> {
    return this.command(origin, 'startSupervisionActivity', input, async (tx, activity, to) => {
      const day = pastDay(input.startedOn, 'startedOn')
      const { rule, violations } = await this.boundsNow(tx, activity, day)
      gate([...violations, ...await unconfirmed(tx, activity, 'plan')])
      move(tx, activity, { to, happened: 'started', opinion: input.opinion, changes: { started_on: day, rule_id: rule?.id ?? null, rule_kind: rule?.kind ?? null } })
    })
  }

  conclude(origin: Origin, input: ConcludeSupervisionActivityInput): Promise<string> {
    return this.command(origin, 'concludeSupervisionActivity', input, async (tx, activity, to) => {
      const day = pastDay(input.concludedOn, 'concludedOn')
      if (day < activity.started_on!) throw badInput('concludedOn', 'order', 'It does not end before it began.')
      await voidConfirmations(tx, activity, 'conclusion')
      move(tx, activity, { to, happened: 'concluded', opinion: input.opinion, changes: { concluded_on: day, conclusion_zh: input.conclusion.trim() } })
    })
  }

  confirmConclusion(origin: Origin, input: SupervisionActivityCommandInput): Promise<string> {
    return this.command(origin, 'confirmSupervisionActivityConclusion', input, (tx, activity) => confirm(tx, activity, 'conclusion'))
  }

  disputeConclusion(origin: Origin, input: SupervisionActivityCommandInput): Promise<string> {
    return this.command(origin, 'disputeSupervisionActivityConclusion', input, async (tx, activity, to) => {
      await voidConfirmations(tx, activity, 'conclusion')
      move(tx, activity, { to, happened: 'conclusionDisputed', opinion: input.opinion })
    })
  }

  resume(origin: Origin, input: SupervisionActivityCommandInput): Promise<string> {
    return this.command(origin, 'resumeSupervisionActivity', input, async (tx, activity, to) => {
      await voidConfirmations(tx, activity, 'conclusion')
      move(tx, activity, { to, happened: 'resumed', opinion: input.opinion })
    })
  }

  applyResults(origin: Origin, input: SupervisionActivityCommandInput): Promise<string> {
    return this.command(origin, 'applySupervisionActivityResults', input, async (tx, activity, to) => {
      const open = await findingsWithoutConsequence(tx, activity.id)
      const message = `${open} findings lead to nothing yet and have no reason for that.`
      gate([...await unconfirmed(tx, activity, 'conclusion'), ...(open ? [{ path: 'id', rule: 'use-of-results', message }] : [])])
      move(tx, activity, { to, happened: 'resultsApplied', opinion: input.opinion })
    })
  }

  close(origin: Origin, input: SupervisionActivityCommandInput): Promise<string> {
    return this.command(origin, 'closeSupervisionActivity', input, async (tx, activity, to) => move(tx, activity, { to, happened: 'closed', opinion: input.opinion }))
  }

  cancel(origin: Origin, input: SupervisionActivityCommandInput): Promise<string> {
    return this.command(origin, 'cancelSupervisionActivity', input, async (tx, activity, to) => {
      tx.unlink('supervision_slot', { activity_id: activity.id })
      move(tx, activity, { to, happened: 'cancelled', opinion: input.opinion })
    })
  }

  private command(origin: Origin, command: Command, input: { id: string; rowVersion?: number | null; opinion?: string | null; idempotencyKey?: string | null }, work: Work): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const activity = await locate<ActivityRow>(tx, ACTIVITY, input.id, 'id')
      await work(tx, activity, await next(tx, supervisionActivityMachine, command, activity, input))
      return activity.id
    })
  }

  /** Row ids of the units to look at; those out of the actor's sight are not there. */
  private async objects(tx: Transaction, ids: readonly string[]): Promise<string[]> {
    const rowIds = refs('unit', ids, 'objectUnitIds')
    const found = new Map((await bodiesById(tx, rowIds)).map(u => [u.id, u.path]))
    rowIds.forEach((id, i) => {
      if (!tx.origin.actor.scope.some(path => found.get(id)?.startsWith(path))) throw notFound(`objectUnitIds.${i}`)
    })
    return rowIds
  }

  /** INV-03 as it stands on a day, of what is stored. */
  private async boundsNow(tx: Transaction, activity: ActivityRow, on: string): ReturnType<typeof boundsOf> {
    const planned = (await partnersOf(tx, activity.id)).filter(p => p.merged_from_id === null)
    const [lead] = await bodiesById(tx, [activity.unit_id])
    return boundsOf(tx, {
      lead: lead!, partners: await bodiesById(tx, planned.map(p => p.unit_id)), objectIds: await objectIdsOf(tx, activity.id), mode: activity.mode_code, types: activity.type_codes,
      matters: activity.matter_codes, ways: activity.way_codes, means: activity.means_codes,
    }, on)
  }
}

/** Results are looked for within a year on either side. */
export const NEAR_MAX = 366

const subjectOf = (activity: ActivityRow) => ({ subjectId: activity.id, unitId: activity.unit_id })

interface Move { to: SupervisionActivityState; happened?: Happening; changes?: Values; opinion?: string | null }
type Happening = 'coordinated' | 'planDeclined' | 'started' | 'concluded' | 'conclusionDisputed' | 'resumed' | 'resultsApplied' | 'closed' | 'cancelled'

/** Writes the new state with its transition record and event. */
function move(tx: Transaction, activity: ActivityRow, { to, happened, changes, opinion }: Move): void {
  enter(tx, { table: ACTIVITY.table, type: 'SupervisionActivity' }, activity, to, { changes, opinion })
  if (happened) tx.emit(activityEvents[happened], subjectOf(activity))
}

function requireDays(from: string, to: string): void {
  if (to < from) throw badInput('plannedTo', 'order', 'The last planned day is not before the first.')
  if (Date.parse(to) - Date.parse(from) > NEAR_MAX * 86_400_000) throw badInput('plannedTo', 'range', 'An activity is planned for a year at most.')
}

function pastDay(day: string | null | undefined, path: string): string {
  if (day != null && day > today()) throw badInput(path, 'not-future', 'This day has not come yet.')
  return day ?? today()
}
