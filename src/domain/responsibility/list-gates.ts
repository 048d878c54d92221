import type { Violation } from '../../core/errors'
import type { Transaction } from '../../database/transaction'
import { unreadyPowers } from '../power'
import type { ListRow } from './responsibility.repository'
import { powersOfList } from './responsibility.repository'
import type { Responsibility } from './responsibility.types'

/** A duty item with the post of whoever answers for it. */
export interface OwnedItem {
  code: string
  responsibility: Responsibility
  unit_id: string
  appointment_unit_id: string | null
  role: string | null
  valid_from: string | null
  valid_to: string | null
  /** Today, in China. */
  day: string
}

/** Which role answers for which duty; duties of a body have no person. */
const ROLES_OF: Readonly<Record<Responsibility, readonly string[] | null>> = {
  COMMITTEE_MAIN: null,
  SECRETARY_FIRST: ['PARTY_SECRETARY', 'PARTY_GROUP_SECRETARY'],
  MEMBER_DUAL_DUTY: ['TEAM_MEMBER', 'UNIT_HEAD'],
  COMMISSION_SUPERVISORY: null,
}

/** INV-08: why the item has not exactly one accountable owner today; null when it has. */
export function ownerShortcoming(item: OwnedItem): string | null {
  const roles = ROLES_OF[item.responsibility]
  if (roles === null) return item.role === null ? null : 'a duty of a body is answered for by the body, not by a person.'
  if (item.role === null) return 'the duty needs the person who answers for it.'
  if (item.appointment_unit_id !== item.unit_id) return 'the responsible person holds a post of another unit.'
  if (!roles.includes(item.role)) return `the responsible person's role ${item.role} does not fit; ${roles.join(' or ')} does.`
  const inForce = item.valid_from! <= item.day && (item.valid_to === null || item.valid_to > item.day)
  return inForce ? null : `the appointment of the responsible person is not in force on ${item.day}.`
}

/** Everything that keeps a list of its kind from being approved or published today, told at once. */
export async function listViolations(tx: Transaction, list: ListRow, path: string): Promise<Violation[]> {
  return list.kind === 'POWER_RISK_CONTROL' ? powerViolations(tx, list, path) : itemViolations(tx, list, path)
}

async function itemViolations(tx: Transaction, list: ListRow, path: string): Promise<Violation[]> {
  const items = await tx.rows<OwnedItem>(`
    SELECT i.code, i.responsibility, i.unit_id, a.unit_id AS appointment_unit_id, a.role, a.valid_from, a.valid_to, (now() AT TIME ZONE 'Asia/Shanghai')::date AS day
    FROM duty_item i LEFT JOIN appointment a ON a.id = i.responsible_appointment_id WHERE i.list_id = $1 ORDER BY i.seq`, [list.id])
  if (!items.length) return [{ path: `${path}items`, rule: 'INV-07', message: 'The list has no duty item.' }]
  return items.flatMap((item, i) => {
    const shortcoming = ownerShortcoming(item)
    return shortcoming === null ? [] : [{ path: `${path}items.${i}.responsibleAppointment`, rule: 'INV-08', message: `${item.code}: ${shortcoming}` }]
  })
}

interface ListedPower { code: string; state: string; unrated: number }

async function powerViolations(tx: Transaction, list: ListRow, path: string): Promise<Violation[]> {
  const powerIds = await powersOfList(tx, list.id)
  if (!powerIds.length) return [{ path: `${path}powers`, rule: 'INV-06', message: 'The list shows no power.' }]
  const powers = await tx.rows<ListedPower>(`
    SELECT p.code, p.state, (SELECT count(*)::int FROM risk_point r WHERE r.power_id = p.id AND r.state <> 'RETIRED' AND r.level = 'UNRATED') AS unrated
    FROM power p WHERE p.id = ANY($1::uuid[]) ORDER BY p.code`, [powerIds])
  const stray = await tx.rows<{ code: string }>(`
    SELECT c.code FROM control c WHERE c.unit_id = $1 AND c.state <> 'RETIRED' AND NOT EXISTS (SELECT FROM control_risk_point l WHERE l.control_id = c.id) ORDER BY c.code LIMIT 20`, [list.unit_id])
  return [
    ...powers.flatMap((power, i) => powerShortcomings(power).map(([rule, message]) => ({ path: `${path}powers.${i}`, rule, message: `${power.code}: ${message}` }))),
    ...await unreadyPowers(tx, powerIds, `${path}powers`),
    ...stray.map(control => ({ path: `${path}controls`, rule: 'INV-13', message: `${control.code}: the control serves no risk point.` })),
  ]
}

function powerShortcomings(power: ListedPower): [rule: string, message: string][] {
  const out: [string, string][] = []
  if (power.state !== 'CONFIRMED' && power.state !== 'PUBLISHED') out.push(['SM-4', `the power is ${power.state}; a list shows confirmed or published powers.`])
  if (power.unrated > 0) out.push(['INV-15', `${power.unrated} active risk points have no rating.`])
  return out
}
