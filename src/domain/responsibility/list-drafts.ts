import { holds } from '../../core/actor'
import { AppError, badInput } from '../../core/errors'
import { json, type Transaction } from '../../database/transaction'
import { requireEditor } from '../power'
import { dutyItemMachine } from './duty-item.states'
import { LINK_OF, openContent } from './list-moves'
import { OPEN_STATES } from './responsibility-list.states'
import { listEvents } from './responsibility.events'
import { claimYear, lockCycle, lockListRow, nextSeq, powersOfList, versionsOf, type ListRow } from './responsibility.repository'
import type { ListKind, Responsibility } from './responsibility.types'

/** INV-06: which responsibilities stand on which list. */
export const RESPONSIBILITIES_OF: Readonly<Record<ListKind, readonly Responsibility[]>> = {
  MAIN_RESPONSIBILITY: ['COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY'],
  POWER_RISK_CONTROL: [],
  SUPERVISION_RESPONSIBILITY: ['COMMISSION_SUPERVISORY'],
}

export interface NewList {
  unitId: string
  /** Whose duty it is; the unit itself but for supervision lists. */
  ownerUnitId: string
  kind: ListKind
  year: number
}

/** A duty that is put on a list; copies of catalog items say where they come from. */
export interface NewItem {
  responsibility: Responsibility
  code: string
  contentZh: string
  contentEn?: string | null
  /** Row id. */
  responsibleAppointmentId?: string | null
  dueOn?: string | null
  isPriorityTask?: boolean
  origin?: { catalogCode: string; catalogVersion: string; catalogBase: unknown; isSynthetic: boolean }
  /** Row ids of what a supervision focus looks at. */
  powerIds?: readonly string[]
  riskPointIds?: readonly string[]
}

/**
 * Adds the first draft of a list to a unit-year, and the unit-year itself with its first list. The caller has checked that the actor may.
 * Returns the row id.
 */
export async function draftList(tx: Transaction, d: NewList): Promise<string> {
  await claimYear(tx, d.unitId, d.year)
  const cycle = await lockCycle(tx, d.unitId, d.year)
  const versions = await versionsOf(tx, d.unitId, d.kind, d.year)
  if (versions.some(v => OPEN_STATES.includes(v.state))) throw alreadyOpen()
  if (versions.some(v => v.state === 'PUBLISHED')) {
    const message = 'The list is published; a new version is drawn up with reviseResponsibilityList.'
    throw new AppError('PRECONDITION_FAILED', message, { violations: [{ path: 'kind', rule: 'SM-1', message }] })
  }
  const id = tx.insert('responsibility_list', {
    unit_id: d.unitId, owner_unit_id: d.ownerUnitId, kind: d.kind, year: d.year, version: (versions.at(-1)?.version ?? 0) + 1, state: 'DRAFT',
    edited_by: [tx.origin.actor.ref],
  })
  if (!cycle) tx.insert('accountability_cycle', { unit_id: d.unitId, year: d.year, state: 'PREPARING', [LINK_OF[d.kind]]: id })
  else if (cycle.state === 'PREPARING') tx.update('accountability_cycle', cycle, { [LINK_OF[d.kind]]: id })
  tx.emit(listEvents.drafted, { subjectId: id, unitId: d.unitId, payload: { kind: d.kind, year: d.year } })
  return id
}

export function alreadyOpen(): AppError {
  const message = 'A version of this list is already in the making.'
  return new AppError('CONFLICT', message, { violations: [{ path: 'kind', rule: 'one-open-version', message }] })
}

/**
 * The list of a unit-year that content from elsewhere (a catalog) is put on: the version in the making, locked and open for change, or a
 * first draft. The actor must be an editor of the body that owns the list. Published lists are not touched: PRECONDITION_FAILED.
 */
export async function draftForContent(tx: Transaction, d: NewList, ownerPath: string): Promise<ListRow> {
  requireEditor(tx, ownerPath)
  await claimYear(tx, d.unitId, d.year)
  const open = (await versionsOf(tx, d.unitId, d.kind, d.year)).find(v => OPEN_STATES.includes(v.state))
  const held = await lockListRow(tx, open?.id ?? await draftList(tx, d), 'unitId')
  if (held.list.owner_unit_id !== d.ownerUnitId) throw badInput('ownerUnitId', 'INV-06', 'The list in the making belongs to another body.')
  await openContent(tx, d.kind === 'POWER_RISK_CONTROL' ? 'setListPowers' : 'addDutyItem', held)
  return held.list
}

/** Puts items on a list that is open for change, numbered after those that stand there, in few statements. Returns their row ids in order. */
export async function putItems(tx: Transaction, list: ListRow, items: readonly NewItem[]): Promise<string[]> {
  const wrong = items.findIndex(i => !RESPONSIBILITIES_OF[list.kind].includes(i.responsibility))
  if (wrong >= 0) throw badInput('responsibility', 'INV-06', `A list of the kind ${list.kind} does not hold ${items[wrong]!.responsibility}.`)
  const seq = await nextSeq(tx, list.id)
  const rows = items.map((item, i) => ({
    unit_id: list.unit_id, list_id: list.id, list_kind: list.kind, seq: seq + i, responsibility: item.responsibility, code: item.code,
    content_zh: item.contentZh, content_en: item.contentEn ?? null, owner_unit_id: list.owner_unit_id,
    responsible_appointment_id: item.responsibleAppointmentId ?? null, due_on: item.dueOn ?? null, is_priority_task: item.isPriorityTask ?? false,
    state: dutyItemMachine.initial, catalog_code: item.origin?.catalogCode ?? null, catalog_version: item.origin?.catalogVersion ?? null,
    catalog_base: json(item.origin?.catalogBase ?? null), is_synthetic: item.origin?.isSynthetic ?? false,
  }))
  // One item is audited whole, many as a batch.
  const ids = rows.length === 1 ? [tx.insert('duty_item', rows[0]!)] : tx.insertMany('duty_item', rows)
  const aim = (far: 'power_id' | 'risk_point_id', of: (item: NewItem) => readonly string[] | undefined) =>
    items.flatMap((item, i) => (of(item) ?? []).map(id => ({ duty_item_id: ids[i]!, [far]: id, unit_id: list.unit_id })))
  tx.linkMany('focus_power', aim('power_id', i => i.powerIds))
  tx.linkMany('focus_risk_point', aim('risk_point_id', i => i.riskPointIds))
  return ids
}

/** Adds powers to what a power-risk-control list shows; those that it shows already stay. */
export async function showPowers(tx: Transaction, list: ListRow, powerIds: readonly string[]): Promise<void> {
  const present = await powersOfList(tx, list.id)
  tx.linkMany('list_power', powerIds.filter(p => !present.includes(p)).map(power_id => ({ list_id: list.id, list_kind: list.kind, power_id, unit_id: list.unit_id })))
}

/** Is the actor an editor of this body, so that content may be put on its lists? */
export const mayDraft = (tx: Transaction, ownerPath: string): boolean => holds(tx.origin.actor, ['UNIT_EDITOR'], ownerPath)
