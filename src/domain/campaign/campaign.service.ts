import { today } from '../../core/day'
import { badInput, notFound } from '../../core/errors'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateUnit, type LocatedRow, type Register } from '../../database/locate'
import { enter, next } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { MEASURE } from '../case'
import { requireCodes } from '../code-list'
import { gate } from '../gate'
import { refs } from '../refs'
import { FINDING, type Body } from '../supervision'
import { otherBodies, pushingBody, unitsNamed } from './campaign-bodies'
import './campaign.constraints'
import { campaignEvents } from './campaign.events'
import type {
  AnnounceSpecialRectificationInput, CloseSpecialRectificationInput, EditSpecialRectificationInput, SpecialFindingsInput, SpecialRectificationCommandInput,
} from './campaign.inputs'
import { CAMPAIGN, linkedTo, undecidedFindings, unitsOf, unmendedTasks, unreported, withinScope, type CampaignRow } from './campaign.repository'
import { specialRectificationMachine } from './special-rectification.states'

type Command = Exclude<keyof typeof specialRectificationMachine.commands, 'announceSpecialRectification' | 'reportSpecialSelfCheck' | 'returnSpecialSelfCheck'>
type Step = (tx: Transaction, campaign: CampaignRow) => Promise<Values> | Values

/** Special rectifications (SM-15), as the body that pushes drives them. Each command answers the row id. A special rectification is locked before its parts. */
export class CampaignService {
  constructor(private readonly db: Database) {}

  announce(origin: Origin, input: AnnounceSpecialRectificationInput): Promise<string> {
    return runCommand(this.db, origin, 'announceSpecialRectification', input, async tx => {
      const { id: pushId, path } = await locateUnit(tx, input.pushUnitId, 'pushUnitId')
      const state = begin(specialRectificationMachine, 'announceSpecialRectification', { actor: origin.actor, path, sides: { PUSH: [path] } })
      const push = await pushingBody(tx, pushId)
      const { leadUnitId: lead, gripUnitId: grip, responsibleUnitId: responsible } = await otherBodies(tx, push, input)
      const units = await unitsNamed(tx, push, input.unitIds)
      await requireCategories(tx, input.problemCategories)
      const measures = await measuresNamed(tx, input.governanceMeasureIds)
      const bodies = { grip_unit_id: grip.id, push_unit_id: push.id, responsible_unit_id: responsible.id }
      const id = tx.insert(CAMPAIGN.table, {
        unit_id: lead.id, ...bodies, lead_name_zh: lead.name_zh, grip_name_zh: grip.name_zh, push_name_zh: push.name_zh, responsible_name_zh: responsible.name_zh,
        code: input.code, name_zh: input.nameZh.trim(), name_en: input.nameEn ?? null, campaign_group: input.campaignGroup ?? null, matters_zh: input.matters.trim(), problem_categories: input.problemCategories,
        ...inOrder({ valid_from: input.validFrom, self_check_due_on: input.selfCheckDueOn, valid_to: input.validTo }), state, is_synthetic: input.isSynthetic,
      })
      callUnits(tx, { id, unit_id: lead.id, ...bodies }, units)
      tx.linkMany('special_rectification_measure', measures.map(measure_id => ({ special_rectification_id: id, measure_id })))
      tx.emit(campaignEvents[state], { subjectId: id, unitId: lead.id, payload: { pushUnitId: push.id } })
      return id
    })
  }

  edit(origin: Origin, input: EditSpecialRectificationInput): Promise<string> {
    return this.on(origin, 'editSpecialRectification', input, async (tx, campaign) => {
      if (input.problemCategories != null) await requireCategories(tx, input.problemCategories, campaign.problem_categories)
      if (input.unitIds != null) await replaceUnits(tx, campaign, input.unitIds)
      if (input.governanceMeasureIds != null) await replaceMeasures(tx, campaign, input.governanceMeasureIds)
      const { nameZh, nameEn, campaignGroup, matters, problemCategories } = input
      return {
        ...(nameZh != null && { name_zh: nameZh.trim() }), ...(nameEn !== undefined && { name_en: nameEn }), ...(campaignGroup !== undefined && { campaign_group: campaignGroup }),
        ...(matters != null && { matters_zh: matters.trim() }), ...(problemCategories != null && { problem_categories: problemCategories }),
        ...inOrder({ valid_from: input.validFrom ?? campaign.valid_from, self_check_due_on: input.selfCheckDueOn ?? campaign.self_check_due_on, valid_to: input.validTo ?? campaign.valid_to }),
      }
    })
  }

  startSelfCheck(origin: Origin, input: SpecialRectificationCommandInput): Promise<string> {
    return this.on(origin, 'startSpecialSelfCheck', input)
  }

  startSupervisedCheck(origin: Origin, input: SpecialRectificationCommandInput): Promise<string> {
    return this.on(origin, 'startSpecialSupervisedCheck', input, async (tx, { id, self_check_due_on: due }) => {
      const silent = today() > due ? 0 : await unreported(tx, id)
      if (silent) gate([{ path: 'units', rule: 'SM-15', message: `${silent} unit(s) have not reported and may until ${due}.` }])
      return {}
    })
  }

  linkFindings(origin: Origin, input: SpecialFindingsInput): Promise<string> {
    return this.on(origin, 'linkSpecialFindings', input, async (tx, campaign) => {
      const found = await named(tx, FINDING, input.findingIds, 'findingIds')
      const within = await withinScope(tx, campaign.id, found.map(f => f.unit_id))
      const stray = found.findIndex(f => !within.has(f.unit_id))
      if (stray >= 0) throw badInput(`findingIds.${stray}`, 'SM-15', 'The finding is about a unit that is not in its scope.')
      const present = await linkedTo(tx, 'special_rectification_finding', 'finding_id', campaign.id)
      tx.linkMany('special_rectification_finding', found.filter(f => !present.includes(f.id)).map(f => ({ special_rectification_id: campaign.id, finding_id: f.id })))
      return {}
    })
  }

  unlinkFindings(origin: Origin, input: SpecialFindingsInput): Promise<string> {
    return this.on(origin, 'unlinkSpecialFindings', input, async (tx, campaign) => {
      const present = await linkedTo(tx, 'special_rectification_finding', 'finding_id', campaign.id)
      refs(FINDING.prefix, input.findingIds, 'findingIds').forEach((finding_id, i) => {
        if (!present.includes(finding_id)) throw notFound(`findingIds.${i}`)
        tx.unlink('special_rectification_finding', { special_rectification_id: campaign.id, finding_id })
      })
      return {}
    })
  }

  startMending(origin: Origin, input: SpecialRectificationCommandInput): Promise<string> {
    return this.on(origin, 'startSpecialMending', input, async (tx, { id }) => {
      const open = await undecidedFindings(tx, id)
      if (open) gate([{ path: 'findings', rule: 'SM-15', message: `Of ${open} finding(s) it is not decided what follows.` }])
      return {}
    })
  }

  startEvaluation(origin: Origin, input: SpecialRectificationCommandInput): Promise<string> {
    return this.on(origin, 'startSpecialEvaluation', input, async (tx, { id }) => {
      const open = await unmendedTasks(tx, id)
      if (open) gate([{ path: 'rectificationTasks', rule: 'SM-15', message: `${open} rectification(s) of it are not verified yet.` }])
      return {}
    })
  }

  stepBack(origin: Origin, input: SpecialRectificationCommandInput): Promise<string> {
    return this.on(origin, 'stepSpecialRectificationBack', input)
  }

  close(origin: Origin, input: CloseSpecialRectificationInput): Promise<string> {
    return this.on(origin, 'closeSpecialRectification', input, () => ({ evaluation_zh: input.evaluation.trim(), closed_on: today() }))
  }

  cancel(origin: Origin, input: SpecialRectificationCommandInput): Promise<string> {
    return this.on(origin, 'cancelSpecialRectification', input)
  }

  private on(origin: Origin, command: Command, input: SpecialRectificationCommandInput | SpecialFindingsInput | EditSpecialRectificationInput, step: Step = () => ({})): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const campaign = await locate<CampaignRow>(tx, CAMPAIGN, input.id, 'id')
      const opinion = 'opinion' in input ? input.opinion : null
      const to = await next(tx, specialRectificationMachine, command, campaign, { ...input, opinion })
      const version = campaign.row_version
      const moved = enter(tx, { table: CAMPAIGN.table, type: 'SpecialRectification' }, campaign, to, { changes: await step(tx, campaign), opinion })
      // A new version also when only its parts changed.
      if (campaign.row_version === version) tx.touch(CAMPAIGN.table, campaign)
      if (moved) tx.emit(campaignEvents[to], { subjectId: campaign.id, unitId: campaign.unit_id, payload: { pushUnitId: campaign.push_unit_id } })
      return campaign.id
    })
  }
}

/** Rows that an input names, wherever the actor sees them. */
async function named(tx: Transaction, register: Register, ids: readonly string[], path: string): Promise<LocatedRow[]> {
  const rows: LocatedRow[] = []
  for (const [i, id] of ids.entries()) rows.push(await locate(tx, register, id, `${path}.${i}`, 'SHARE'))
  return rows
}

/** Codes that stand there already may have been retired since. */
const requireCategories = (tx: Transaction, codes: readonly string[], present: readonly string[] = []): Promise<void> =>
  requireCodes(tx, 'PROBLEM_CATEGORY', codes.map((code, i) => [`problemCategories.${i}`, code] as const).filter(([, code]) => !present.includes(code)))

interface Days { valid_from: string; self_check_due_on: string; valid_to: string }
function inOrder(days: Days): Values & Days {
  if (days.self_check_due_on < days.valid_from) throw badInput('selfCheckDueOn', 'order', 'Units report after it has begun.')
  if (days.valid_to < days.self_check_due_on) throw badInput('validTo', 'order', 'It ends after the units have reported.')
  return { ...days }
}

type Bodies = Pick<CampaignRow, 'id' | 'unit_id' | 'grip_unit_id' | 'push_unit_id' | 'responsible_unit_id'>
const callUnits = (tx: Transaction, { id, unit_id, grip_unit_id, push_unit_id, responsible_unit_id }: Bodies, units: readonly Body[]): string[] =>
  tx.insertMany('special_rectification_unit', units.map(u => ({ special_rectification_id: id, unit_id: u.id, name_zh: u.name_zh, lead_unit_id: unit_id, grip_unit_id, push_unit_id, responsible_unit_id })))

async function replaceUnits(tx: Transaction, campaign: CampaignRow, ids: readonly string[]): Promise<void> {
  const present = await unitsOf(tx, campaign.id)
  const wanted = await unitsNamed(tx, await pushingBody(tx, campaign.push_unit_id), ids, present.map(p => p.unit_id))
  for (const unit of present.filter(p => !wanted.some(w => w.id === p.unit_id))) {
    if (unit.on_record) gate([{ path: 'unitIds', rule: 'on-record', message: 'A unit that has reported or given evidence, or at which something was found, stays in the scope.' }])
    tx.unlink('special_rectification_unit', { id: unit.id })
  }
  callUnits(tx, campaign, wanted.filter(w => !present.some(p => p.unit_id === w.id)))
}

/** Row ids of governance measures in the actor's sight; those that come new were not called off. */
async function measuresNamed(tx: Transaction, ids: readonly string[], present: readonly string[] = []): Promise<string[]> {
  const measures = await named(tx, MEASURE, ids, 'governanceMeasureIds')
  const gone = measures.findIndex(m => m['state'] === 'CANCELLED' && !present.includes(m.id))
  if (gone >= 0) throw badInput(`governanceMeasureIds.${gone}`, 'SM-15', 'The governance measure was called off.')
  return measures.map(m => m.id)
}

async function replaceMeasures(tx: Transaction, campaign: CampaignRow, ids: readonly string[]): Promise<void> {
  const present = await linkedTo(tx, 'special_rectification_measure', 'measure_id', campaign.id)
  const wanted = await measuresNamed(tx, ids, present)
  for (const measure_id of present.filter(p => !wanted.includes(p))) tx.unlink('special_rectification_measure', { special_rectification_id: campaign.id, measure_id })
  tx.linkMany('special_rectification_measure', wanted.filter(w => !present.includes(w)).map(measure_id => ({ special_rectification_id: campaign.id, measure_id })))
}
