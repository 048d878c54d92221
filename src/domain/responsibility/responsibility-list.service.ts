import { badInput } from '../../core/errors'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locateUnit } from '../../database/locate'
import { checkVersion, json, type Transaction, type Values } from '../../database/transaction'
import { decide, requireSeen } from '../approval'
import { gate } from '../gate'
import { requireEditor } from '../power'
import { refs } from '../refs'
import { remembered } from '../remembered'
import { contentOf } from './list-content'
import { alreadyOpen, draftList } from './list-drafts'
import { listViolations } from './list-gates'
import { LINK_OF, listInChain, moveList, nextState, openContent, voidApproval } from './list-moves'
import { LIST_APPROVAL } from './responsibility.chains'
import './responsibility.constraints'
import { listEvents } from './responsibility.events'
import type { DraftResponsibilityListInput, ListCommandInput, SetListPowersInput } from './responsibility.inputs'
import { OPEN_STATES, type ListCommand } from './responsibility-list.states'
import { lockItems, lockList, moment, powersOfList, supervises, targetsOf, versionsOf, type HeldList, type ItemRow, type ListRow } from './responsibility.repository'

/** Commands on lists (SM-1). Each answers the row id of the list. */
export class ResponsibilityListService {
  constructor(private readonly db: Database) {}

  draft(origin: Origin, input: DraftResponsibilityListInput): Promise<string> {
    return runCommand(this.db, origin, 'draftResponsibilityList', input, async tx => {
      const unit = await locateUnit(tx, input.unitId, 'unitId')
      const owner = await ownerOf(tx, input, unit)
      requireEditor(tx, owner.path)
      return draftList(tx, { unitId: unit.id, ownerUnitId: owner.id, kind: input.kind, year: input.year })
    })
  }

  setPowers(origin: Origin, input: SetListPowersInput): Promise<string> {
    return runCommand(this.db, origin, 'setListPowers', input, async tx => {
      const held = await lockList(tx, input.id, 'id')
      const { id, unit_id, kind } = held.list
      checkVersion(held.list, input.rowVersion)
      await openContent(tx, 'setListPowers', held)
      const wanted = refs('pw', input.powerIds, 'powerIds')
      const present = await powersOfList(tx, id)
      for (const power_id of present) if (!wanted.includes(power_id)) tx.unlink('list_power', { list_id: id, power_id })
      tx.linkMany('list_power', wanted.filter(p => !present.includes(p)).map(power_id => ({ list_id: id, list_kind: kind, power_id, unit_id })))
      tx.touch('responsibility_list', held.list)
      return id
    })
  }

  submit(origin: Origin, input: ListCommandInput): Promise<string> {
    return this.command(origin, 'submitResponsibilityList', input, async (tx, { list }) => {
      const to = nextState(tx, 'submitResponsibilityList', list)
      await requireCurrent(tx, list, input)
      gate(await listViolations(tx, list, ''))
      const changes = { submitted_by: origin.actor.ref, submitted_at: await moment(tx), ...remembered(list, 'edited_by', origin.actor) }
      moveList(tx, list, { to, happened: 'submitted', changes, opinion: input.opinion })
    })
  }

  approve(origin: Origin, input: ListCommandInput): Promise<string> {
    return this.command(origin, 'approveResponsibilityList', input, async (tx, { list }) => {
      const to = nextState(tx, 'approveResponsibilityList', list)
      checkVersion(list, input.rowVersion)
      // Powers, ratings and controls live on while a list is under review: what held at submission may not hold now.
      gate(await listViolations(tx, list, ''))
      const { hash, catalogVersions, enteredBy } = await contentOf(tx, list)
      await decide(tx, listInChain(list, enteredBy), { step: LIST_APPROVAL, decision: 'APPROVED', contentHash: hash, seen: input.contentHash, opinion: input.opinion })
      moveList(tx, list, {
        to, happened: 'approved', opinion: input.opinion,
        changes: { approved_by: origin.actor.ref, approved_at: await moment(tx), content_hash: hash, catalog_versions: json(catalogVersions) },
      })
    })
  }

  return(origin: Origin, input: ListCommandInput): Promise<string> {
    return this.command(origin, 'returnResponsibilityList', input, async (tx, { list }) => {
      const to = nextState(tx, 'returnResponsibilityList', list, input.opinion)
      checkVersion(list, input.rowVersion)
      const { hash, enteredBy } = await contentOf(tx, list)
      await decide(tx, listInChain(list, enteredBy), { step: LIST_APPROVAL, decision: 'RETURNED', contentHash: hash, seen: input.contentHash, opinion: input.opinion })
      moveList(tx, list, { to, happened: 'returned', opinion: input.opinion!.trim() })
    })
  }

  reopen(origin: Origin, input: ListCommandInput): Promise<string> {
    return this.command(origin, 'reopenResponsibilityList', input, async (tx, held) => {
      nextState(tx, 'reopenResponsibilityList', held.list)
      await requireCurrent(tx, held.list, input)
      await voidApproval(tx, held, input.opinion?.trim() || 'The list was reopened.')
    })
  }

  withdraw(origin: Origin, input: ListCommandInput): Promise<string> {
    return this.command(origin, 'withdrawResponsibilityList', input, async (tx, { list, cycle }) => {
      const to = nextState(tx, 'withdrawResponsibilityList', list)
      await requireCurrent(tx, list, input)
      if (cycle?.state === 'PREPARING' && cycle[LINK_OF[list.kind]] === list.id) tx.update('accountability_cycle', cycle, { [LINK_OF[list.kind]]: null })
      moveList(tx, list, { to, happened: 'withdrawn', opinion: input.opinion })
    })
  }

  /** Answers the row id of the new draft. */
  revise(origin: Origin, input: ListCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'reviseResponsibilityList', input, async tx => {
      const { list } = await lockList(tx, input.id, 'id')
      nextState(tx, 'reviseResponsibilityList', list)
      await requireCurrent(tx, list, input)
      const versions = await versionsOf(tx, list.unit_id, list.kind, list.year)
      if (versions.some(v => OPEN_STATES.includes(v.state))) throw alreadyOpen()
      const id = tx.insert('responsibility_list', {
        unit_id: list.unit_id, owner_unit_id: list.owner_unit_id, kind: list.kind, year: list.year, version: versions.at(-1)!.version + 1, state: 'DRAFT', supersedes_id: list.id,
        edited_by: [origin.actor.ref],
      })
      await copyContent(tx, list, id)
      tx.emit(listEvents.drafted, { subjectId: id, unitId: list.unit_id, payload: { kind: list.kind, year: list.year } })
      return id
    })
  }

  private command(origin: Origin, command: ListCommand, input: ListCommandInput, work: (tx: Transaction, held: HeldList) => Promise<void>): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const held = await lockList(tx, input.id, 'id')
      await work(tx, held)
      return held.list.id
    })
  }
}

/** The list is still the one that the client looked at, as far as it told which that was. */
async function requireCurrent(tx: Transaction, list: ListRow, { rowVersion, contentHash }: ListCommandInput): Promise<void> {
  checkVersion(list, rowVersion)
  if (contentHash != null) requireSeen(contentHash, (await contentOf(tx, list)).hash)
}

/** Whose duty the list is. A supervision list is the duty of a body that supervises the unit; the others are the unit's own. */
async function ownerOf(tx: Transaction, input: DraftResponsibilityListInput, unit: { id: string; path: string }): Promise<{ id: string; path: string }> {
  if (input.kind !== 'SUPERVISION_RESPONSIBILITY') {
    if (input.ownerUnitId != null && input.ownerUnitId !== input.unitId) throw badInput('ownerUnitId', 'INV-06', 'Only a supervision list is owned by another body than the unit.')
    return unit
  }
  if (input.ownerUnitId == null) throw badInput('ownerUnitId', 'required', 'A supervision list names the commission or group whose duty it is.')
  const owner = await locateUnit(tx, input.ownerUnitId, 'ownerUnitId')
  if (!(await supervises(tx, owner.id, unit.id))) throw badInput('ownerUnitId', 'supervises', 'This body does not supervise the unit.')
  return owner
}

/** Items with their codes and targets, and the powers shown. Progress begins anew and is carried over when the version is published. */
async function copyContent(tx: Transaction, from: ListRow, listId: string): Promise<void> {
  const items = await lockItems(tx, from.id)
  const ids = tx.insertMany('duty_item', items.map(item => copyOf(item, listId)))
  const copies = new Map(items.map((item, i) => [item.id, ids[i]!]))
  for (const [link, far] of [['focus_power', 'power_id'], ['focus_risk_point', 'risk_point_id']] as const) {
    const targets = await targetsOf(tx, link, far, items.map(i => i.id))
    tx.linkMany(link, targets.map(t => ({ duty_item_id: copies.get(t.duty_item_id)!, [far]: t.far_id, unit_id: from.unit_id })))
  }
  const powers = await powersOfList(tx, from.id)
  tx.linkMany('list_power', powers.map(power_id => ({ list_id: listId, list_kind: from.kind, power_id, unit_id: from.unit_id })))
}

const copyOf = (item: ItemRow, listId: string): Values => ({
  unit_id: item.unit_id, list_id: listId, list_kind: item.list_kind, seq: item['seq'], responsibility: item.responsibility, code: item.code,
  content_zh: item.content_zh, content_en: item['content_en'], owner_unit_id: item.owner_unit_id, responsible_appointment_id: item.responsible_appointment_id,
  due_on: item['due_on'], is_priority_task: item['is_priority_task'], state: 'NOT_STARTED',
  catalog_code: item['catalog_code'], catalog_version: item['catalog_version'], catalog_base: json(item['catalog_base']), is_synthetic: item['is_synthetic'],
})
