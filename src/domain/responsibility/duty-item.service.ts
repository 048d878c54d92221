import { badInput, notFound } from '../../core/errors'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate } from '../../database/locate'
import { checkVersion, type Transaction } from '../../database/transaction'
import { refs } from '../refs'
import { putItems, RESPONSIBILITIES_OF } from './list-drafts'
import { openContent } from './list-moves'
import './responsibility.constraints'
import type { AddDutyItemInput, DutyItemCommandInput, EditDutyItemInput } from './responsibility.inputs'
import type { ListCommand } from './responsibility-list.states'
import { listOfItem, lockItem, lockList, lockListRow, targetsOf, type ItemRow, type ListRow } from './responsibility.repository'
import type { ListKind, Responsibility } from './responsibility.types'

const APPOINTMENT = { table: 'appointment', prefix: 'appt' } as const

/** What a focus looks at, each with its link table and the prefix of its ids. */
const TARGETS = {
  targetPowerIds: { link: 'focus_power', far: 'power_id', prefix: 'pw' },
  targetRiskPointIds: { link: 'focus_risk_point', far: 'risk_point_id', prefix: 'rp' },
} as const
type Targets = { [K in keyof typeof TARGETS]?: readonly string[] | null }

/** Commands on the content of lists. An approval that stood is voided by each of them. */
export class DutyItemService {
  constructor(private readonly db: Database) {}

  /** Answers the row id of the item. */
  add(origin: Origin, input: AddDutyItemInput): Promise<string> {
    return runCommand(this.db, origin, 'addDutyItem', input, async tx => {
      const held = await lockList(tx, input.listId, 'listId')
      await openContent(tx, 'addDutyItem', held)
      requireAimable(input.responsibility, input)
      const [id] = await putItems(tx, held.list, [{
        responsibility: input.responsibility, code: input.code, contentZh: input.content, contentEn: input.contentEn,
        responsibleAppointmentId: await appointmentOf(tx, input.responsibleAppointmentId), dueOn: input.dueOn, isPriorityTask: input.isPriorityTask,
        powerIds: refs('pw', input.targetPowerIds, 'targetPowerIds'), riskPointIds: refs('rp', input.targetRiskPointIds, 'targetRiskPointIds'),
      }])
      return id!
    })
  }

  /** Answers the row id of the item. */
  edit(origin: Origin, input: EditDutyItemInput): Promise<string> {
    return runCommand(this.db, origin, 'editDutyItem', input, async tx => {
      const { item, list } = await this.open(tx, 'editDutyItem', input.id)
      checkVersion(item, input.rowVersion)
      if (input.responsibility != null) requireFitting(list.kind, input.responsibility)
      const version = item.row_version
      tx.update('duty_item', item, {
        ...(input.responsibility != null && { responsibility: input.responsibility }), ...(input.content != null && { content_zh: input.content }),
        ...(input.contentEn !== undefined && { content_en: input.contentEn }), ...(input.dueOn !== undefined && { due_on: input.dueOn }),
        ...(input.isPriorityTask != null && { is_priority_task: input.isPriorityTask }),
        ...(input.responsibleAppointmentId !== undefined && { responsible_appointment_id: await appointmentOf(tx, input.responsibleAppointmentId) }),
      })
      const retargeted = await this.retarget(tx, item, input)
      if (retargeted && item.row_version === version) tx.touch('duty_item', item)
      return item.id
    })
  }

  /** Answers the row id of the list that it stood on. */
  remove(origin: Origin, input: DutyItemCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'removeDutyItem', input, async tx => {
      const { item, list } = await this.open(tx, 'removeDutyItem', input.id)
      checkVersion(item, input.rowVersion)
      for (const { link } of Object.values(TARGETS)) tx.unlink(link, { duty_item_id: item.id })
      tx.barrier()
      tx.unlink('duty_item', { id: item.id, list_id: list.id, code: item.code, content_zh: item.content_zh })
      return list.id
    })
  }

  private async open(tx: Transaction, command: ListCommand, id: string): Promise<{ item: ItemRow; list: ListRow }> {
    const found = await listOfItem(tx, id, 'id')
    const held = await lockListRow(tx, found.list_id, 'id')
    await openContent(tx, command, held)
    const item = await lockItem(tx, found.id)
    if (!item) throw notFound('id')
    return { item, list: held.list }
  }

  /** Replaces the targets that the input names. Says whether any changed. */
  private async retarget(tx: Transaction, item: { id: string; unit_id: string; responsibility: Responsibility }, input: Targets): Promise<boolean> {
    requireAimable(item.responsibility, input)
    let changed = false
    for (const field of Object.keys(TARGETS) as (keyof typeof TARGETS)[]) {
      const ids = input[field]
      if (ids == null) continue
      const { link, far, prefix } = TARGETS[field]
      const wanted = refs(prefix, ids, field)
      const present = (await targetsOf(tx, link, far, [item.id])).map(t => t.far_id)
      const gone = present.filter(id => !wanted.includes(id))
      const fresh = wanted.filter(id => !present.includes(id))
      for (const id of gone) tx.unlink(link, { duty_item_id: item.id, [far]: id })
      tx.linkMany(link, fresh.map(id => ({ duty_item_id: item.id, [far]: id, unit_id: item.unit_id })))
      changed ||= gone.length + fresh.length > 0
    }
    return changed
  }
}

function requireFitting(kind: ListKind, responsibility: Responsibility): void {
  if (!RESPONSIBILITIES_OF[kind].includes(responsibility)) throw badInput('responsibility', 'INV-06', `A list of the kind ${kind} does not hold ${responsibility}.`)
}

function requireAimable(responsibility: Responsibility, input: Targets): void {
  const aimed = (Object.keys(TARGETS) as (keyof typeof TARGETS)[]).find(field => input[field]?.length)
  if (aimed && responsibility !== 'COMMISSION_SUPERVISORY') throw badInput(aimed, 'INV-16', 'Only a supervision focus looks at powers or risk points.')
}

async function appointmentOf(tx: Transaction, id: string | null | undefined): Promise<string | null> {
  return id == null ? null : (await locate(tx, APPOINTMENT, id, 'responsibleAppointmentId', 'SHARE')).id
}
