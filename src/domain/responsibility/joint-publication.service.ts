import type { Violation } from '../../core/errors'
import type { Origin } from '../../core/request'
import { transit } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate } from '../../database/locate'
import { checkVersion, type Transaction } from '../../database/transaction'
import { decide, isComplete, requireSeen, requireStepRole, type Standing } from '../approval'
import { gate } from '../gate'
import { publishPowers } from '../power'
import { loopMachine } from './accountability-cycle.states'
import { contentOf } from './list-content'
import { listViolations } from './list-gates'
import { cycleSubject, LINK_OF, moveList } from './list-moves'
import { cycleInChain, hashOfSet, KINDS, toPublish, type PublicationSet } from './publication-set'
import { CONFIRMATION } from './responsibility.chains'
import './responsibility.constraints'
import { cycleEvents } from './responsibility.events'
import type { ConfirmJointPublicationInput } from './responsibility.inputs'
import { lockItems, lockListsOfYear, moment, powersOfList, type CycleRow, type ListRow } from './responsibility.repository'
import { type ListKind, Responsibility, type ConfirmingSide } from './responsibility.types'

export const CYCLE = { table: 'accountability_cycle', prefix: 'cycle' } as const
type Confirmations = Record<ConfirmingSide, { actor: string; at: string }>

/** The joint publication of a unit-year (SM-2, 同亮): both sides confirm the same content, the second confirmation publishes it. */
export class JointPublicationService {
  constructor(private readonly db: Database) {}

  /** Answers the row id of the unit-year. */
  confirm(origin: Origin, input: ConfirmJointPublicationInput): Promise<string> {
    return runCommand(this.db, origin, 'confirmJointPublication', input, async tx => {
      const cycle = await locate<CycleRow>(tx, CYCLE, input.id, 'id')
      const lists = await lockListsOfYear(tx, cycle.unit_id, cycle.year)
      transit(loopMachine, 'confirmJointPublication', cycle, { actor: origin.actor, path: cycle.unit_path })
      const set = toPublish(lists)
      const subject = cycleInChain(cycle, set)
      requireStepRole(tx, subject, CONFIRMATION[input.as])
      checkVersion(cycle, input.rowVersion)
      requireSeen(input.contentHash, hashOfSet(set))
      gate(await violationsOf(tx, cycle, set))
      const standing = await decide(tx, subject, { step: CONFIRMATION[input.as], decision: 'APPROVED', contentHash: hashOfSet(set)! })
      const at = await moment(tx)
      if (isComplete(standing)) await publish(tx, cycle, lists, confirmations(standing, at))
      else if (cycle.state === 'PREPARING') tx.update('accountability_cycle', cycle, confirmed(input.as, { actor: origin.actor.ref, at }))
      return cycle.id
    })
  }
}

/** Who confirmed for each side, and when; what was decided in this transaction was decided at its moment. */
function confirmations({ decisions }: Standing, now: string): Confirmations {
  const of = (side: ConfirmingSide) => ({ actor: decisions.get(CONFIRMATION[side])!.actor, at: decisions.get(CONFIRMATION[side])!.at ?? now })
  return { UNIT: of('UNIT'), COMMISSION: of('COMMISSION') }
}

const confirmed = (side: ConfirmingSide, by: { actor: string; at: string }) =>
  side === 'UNIT' ? { unit_confirmed_by: by.actor, unit_confirmed_at: by.at } : { commission_confirmed_by: by.actor, commission_confirmed_at: by.at }

/** INV-07 with everything that it rests on, told at once. */
async function violationsOf(tx: Transaction, cycle: CycleRow, set: PublicationSet): Promise<Violation[]> {
  const out: Violation[] = []
  const refuse = (kind: ListKind, rule: string, message: string): void => void out.push({ path: `lists.${kind}`, rule, message })
  for (const kind of KINDS) {
    const list = set[kind]
    if (!list) refuse(kind, 'INV-07', `There is no list of the kind ${kind}.`)
    else if (list.state === 'APPROVED') {
      out.push(...await listViolations(tx, list, `lists.${kind}.`))
      if ((await contentOf(tx, list)).hash !== list.content_hash) refuse(kind, 'content-hash', `The content of ${kind} was changed after it was approved; reopen the list and have it approved again.`)
    } else if (list.state !== 'PUBLISHED') refuse(kind, 'INV-07', `${kind} is ${list.state}; it must be approved.`)
  }
  out.push(...await missingResponsibilities(tx, set))
  if (cycle.state === 'IN_FORCE' && !KINDS.some(kind => set[kind]?.state === 'APPROVED')) out.push({ path: 'lists', rule: 'INV-07', message: 'There is no approved revision to publish.' })
  return out
}

/** INV-07: the lists together show all four responsibilities. Told of lists that are there; a list that is not is told already. */
async function missingResponsibilities(tx: Transaction, set: PublicationSet): Promise<Violation[]> {
  const lists = [set.MAIN_RESPONSIBILITY, set.SUPERVISION_RESPONSIBILITY].filter(l => l !== undefined)
  const rows = await tx.rows<{ responsibility: Responsibility }>('SELECT DISTINCT responsibility FROM duty_item WHERE list_id = ANY($1::uuid[])', [lists.map(l => l.id)])
  const shown = new Set(rows.map(r => r.responsibility))
  return (Object.keys(Responsibility) as Responsibility[]).filter(r => !shown.has(r))
    .map(r => ({ path: 'lists', rule: 'INV-07', message: `The lists show no duty of the responsibility ${r}.` }))
}

/** One transaction, one moment: versions published before are superseded, progress goes on, powers are published, the year is in force. */
async function publish(tx: Transaction, cycle: CycleRow, lists: readonly ListRow[], by: Confirmations): Promise<void> {
  const at = await moment(tx)
  const links: Record<string, string> = {}
  for (const list of lists.filter(l => l.state === 'APPROVED')) {
    const before = lists.find(l => l.kind === list.kind && l.state === 'PUBLISHED')
    if (before) {
      await carryOver(tx, before, list)
      moveList(tx, before, { to: 'SUPERSEDED', happened: 'superseded' })
      tx.barrier()
    }
    if (list.kind === 'POWER_RISK_CONTROL') await publishPowers(tx, await powersOfList(tx, list.id))
    moveList(tx, list, { to: 'PUBLISHED', happened: 'published', changes: { published_at: at } })
    links[LINK_OF[list.kind]] = list.id
  }
  const first = cycle.state === 'PREPARING'
  tx.update('accountability_cycle', cycle, {
    ...links, ...confirmed('UNIT', by.UNIT), ...confirmed('COMMISSION', by.COMMISSION), state: 'IN_FORCE', ...(first && { joint_publication_at: at }),
  })
  if (first) tx.transition({ ...cycleSubject(cycle), from: 'PREPARING', to: 'IN_FORCE' })
  tx.emit(first ? cycleEvents.jointlyPublished : cycleEvents.revised, {
    subjectId: cycle.id, unitId: cycle.unit_id, payload: { year: cycle.year, publishedAt: at },
  })
}

/** The same duty, by its code, is as far on the new version as it was on the old one. */
async function carryOver(tx: Transaction, before: ListRow, list: ListRow): Promise<void> {
  const old = new Map((await lockItems(tx, before.id)).map(item => [item.code, item]))
  for (const item of await lockItems(tx, list.id)) {
    const was = old.get(item.code)
    if (!was || was.state === item.state) continue
    const { state: to, claimed_by, performed_by, waived_reason } = was
    tx.transition({ type: 'DutyItem', id: item.id, unitId: item.unit_id, from: item.state, to, opinion: `As on version ${before.version}.` })
    tx.update('duty_item', item, { state: to, claimed_by, performed_by, waived_reason })
  }
}
