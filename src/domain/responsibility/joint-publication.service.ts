import { holds } from '../../core/actor'
import { AppError, type Violation } from '../../core/errors'
import type { Origin } from '../../core/request'
import { transit } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate } from '../../database/locate'
import { checkVersion, type Transaction } from '../../database/transaction'
import { approves, contentHash, lastDecisions, recordDecision, type ApprovalRow } from '../approval'
import { requireOtherEyes } from '../four-eyes'
import { gate } from '../gate'
import { publishPowers } from '../power'
import { cycleMachine } from './accountability-cycle.states'
import { contentOf } from './list-content'
import { listViolations } from './list-gates'
import { CONFIRMATION, cycleSubject, LINK_OF, moveList } from './list-moves'
import './responsibility.constraints'
import type { ConfirmJointPublicationInput } from './responsibility.inputs'
import { lockItems, lockListsOfYear, moment, powersOfList, type CycleRow, type ListRow } from './responsibility.repository'
import { ListKind, Responsibility, type ConfirmingSide } from './responsibility.types'

export const CYCLE = { table: 'accountability_cycle', prefix: 'cycle' } as const
const ROLE_OF = { UNIT: 'UNIT_APPROVER', COMMISSION: 'COMMISSION_APPROVER' } as const satisfies Record<ConfirmingSide, string>
type Confirmations = Record<ConfirmingSide, Pick<ApprovalRow, 'actor' | 'at'>>

/** The joint publication of a unit-year (SM-2, 同亮): both sides confirm the same content, the second confirmation publishes it. */
export class JointPublicationService {
  constructor(private readonly db: Database) {}

  /** Answers the row id of the unit-year. */
  confirm(origin: Origin, input: ConfirmJointPublicationInput): Promise<string> {
    return runCommand(this.db, origin, 'confirmJointPublication', input, async tx => {
      const cycle = await locate<CycleRow>(tx, CYCLE, input.id, 'id')
      const lists = await lockListsOfYear(tx, cycle.unit_id, cycle.year)
      transit(cycleMachine, 'confirmJointPublication', cycle.state, origin.actor, cycle.unit_path)
      requireSide(tx, input.as, cycle, lists)
      checkVersion(cycle, input.rowVersion)
      const set = toPublish(lists)
      gate(await violationsOf(tx, cycle, set))
      const theirs = await this.record(tx, cycle, input.as, hashOfSet(set))
      const ours = { actor: origin.actor.ref, at: await moment(tx) }
      if (theirs) await publish(tx, cycle, lists, { UNIT: input.as === 'UNIT' ? ours : theirs, COMMISSION: input.as === 'UNIT' ? theirs : ours })
      else if (cycle.state === 'PREPARING') tx.update('accountability_cycle', cycle, confirmed(input.as, ours))
      return cycle.id
    })
  }

  /** Records this side's confirmation of exactly this content; answers the other side's, if it confirmed the same. */
  private async record(tx: Transaction, cycle: CycleRow, as: ConfirmingSide, hash: string): Promise<ApprovalRow | null> {
    const decisions = await lastDecisions(tx, cycle.id, Object.values(CONFIRMATION))
    if (approves(decisions.get(CONFIRMATION[as]), hash)) gate([{ path: 'as', rule: 'SM-2', message: 'This side has confirmed already; the other one has not.' }])
    const other = decisions.get(CONFIRMATION[as === 'UNIT' ? 'COMMISSION' : 'UNIT'])
    const theirs = approves(other, hash) ? other : null
    requireOtherEyes(tx.origin.actor, theirs?.actor)
    recordDecision(tx, cycleSubject(cycle), { step: CONFIRMATION[as], decision: 'APPROVED', contentHash: hash })
    return theirs
  }
}

/** The commission's side is the body that owns the supervision list, so its role is asked there too. */
function requireSide(tx: Transaction, as: ConfirmingSide, cycle: CycleRow, lists: readonly ListRow[]): void {
  const supervision = lists.find(l => l.kind === 'SUPERVISION_RESPONSIBILITY')
  const paths = as === 'COMMISSION' && supervision ? [cycle.unit_path, supervision.owner_path] : [cycle.unit_path]
  if (paths.every(path => holds(tx.origin.actor, [ROLE_OF[as]], path))) return
  throw new AppError('FORBIDDEN', `confirmJointPublication for the side ${as} needs the role ${ROLE_OF[as]} there.`, {
    messageKey: 'roleMissing', messageValues: { command: 'confirmJointPublication', roles: ROLE_OF[as] },
  })
}

const KINDS = Object.keys(ListKind) as ListKind[]
type PublicationSet = Partial<Record<ListKind, ListRow>>

/** Of each kind the approved version, else the published one, else whatever there is (which the gate then names). */
function toPublish(lists: readonly ListRow[]): PublicationSet {
  const first = (kind: ListKind, state: string) => lists.find(l => l.kind === kind && l.state === state)
  return Object.fromEntries(KINDS.map(kind => [kind, first(kind, 'APPROVED') ?? first(kind, 'PUBLISHED') ?? lists.find(l => l.kind === kind)]))
}

const hashOfSet = (set: PublicationSet): string => contentHash(KINDS.map(kind => [set[kind]!.id, set[kind]!.content_hash]))
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
  tx.emit(first ? 'AccountabilityCycle.jointlyPublished' : 'AccountabilityCycle.revised', {
    subjectType: 'AccountabilityCycle', subjectId: cycle.id, unitId: cycle.unit_id, payload: { year: cycle.year, publishedAt: at },
  })
}

/** The same duty, by its code, is as far on the new version as it was on the old one. */
async function carryOver(tx: Transaction, before: ListRow, list: ListRow): Promise<void> {
  const old = new Map((await lockItems(tx, before.id)).map(item => [item.code, item]))
  for (const item of await lockItems(tx, list.id)) {
    const was = old.get(item.code)
    if (!was || was.state === item.state) continue
    const { state: to, claimed_by, waived_reason } = was
    tx.transition({ type: 'DutyItem', id: item.id, unitId: item.unit_id, from: item.state, to, opinion: `As on version ${before.version}.` })
    tx.update('duty_item', item, { state: to, claimed_by, waived_reason })
  }
}
