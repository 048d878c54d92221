import { inScope, locate, type LocatedRow } from '../../database/locate'
import type { Transaction } from '../../database/transaction'
import { notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import { CLUE } from './clue.registers'
import type { ClueState } from './clue.states'
import type { Anonymity, ClueDisposition, ClueHandling, ClueNature, ClueOutcome, ClueStep, DayCount } from './clue.words'

export type ClueRow = LocatedRow & {
  state: ClueState
  nature: ClueNature
  anonymity: Anonymity
  number: string | null
  received_on: string
  registered_on: string | null
  told_on: string | null
  due_on: string | null
  step_due_on: string | null
  extended_days: number | null
  intake_unit_id: string
  readers: string[]
  assignee_person_id: string | null
  handling: ClueHandling | null
  outcome: ClueOutcome | null
  dispositions: ClueDisposition[]
  filing_proposed_by: string | null
  has_open_case: boolean
  reopened: number
}

export const locateClue = (tx: Transaction, id: string, path = 'id'): Promise<ClueRow> => locate<ClueRow>(tx, CLUE, id, path)

/** The clue that something of it, which was found in the actor's sight, belongs to: locked. The realm is entered already. */
export const clueOf = async (tx: Transaction, part: { clue_id: unknown }): Promise<ClueRow> => (await tx.row<ClueRow>(
  'SELECT c.*, u.path AS unit_path FROM clue c JOIN unit u ON u.id = c.unit_id WHERE c.id = $1 FOR UPDATE OF c', [part.clue_id]))!

/** The next number of a body in a year. Two at the same moment follow each other. */
export async function nextNumber(tx: Transaction, unitId: string, year: number): Promise<{ number_year: number; number_seq: number; number: string }> {
  await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`clue:${unitId}:${year}`])
  const { next } = (await tx.row<{ next: number }>('SELECT coalesce(max(number_seq), 0) + 1 AS next FROM clue WHERE unit_id = $1 AND number_year = $2', [unitId, year]))!
  return { number_year: year, number_seq: next, number: `〔${year}〕${next}号` }
}

export interface Deadline { days: number; counted: DayCount; max_extension_days: number }
export const deadlineOf = (tx: Transaction, nature: ClueNature, step: ClueStep): Promise<Deadline | null> =>
  tx.row<Deadline>('SELECT days, counted, max_extension_days FROM clue_deadline WHERE nature = $1 AND step = $2', [nature, step])

export interface Body { id: string; path: string; kind: string; state: string }

/** Bodies that handle clues. */
export const BODIES: readonly string[] = ['COMMISSION_CITY', 'COMMISSION_COUNTY', 'DISPATCHED_GROUP', 'AREA_OUTPOST_GROUP', 'TOWNSHIP_COMMISSION', 'SUPERVISION_OFFICE', 'INSPECTION_OFFICE']
/** Where village supervisors take in what villagers bring. */
export const VILLAGES: readonly string[] = ['VILLAGE_OR_COMMUNITY', 'VILLAGE_SUPERVISION_COMMITTEE']

/** A body by its id: they are public offices, also those that lie out of the actor's sight. */
export async function findBody(tx: Transaction, id: string, path: string): Promise<Body> {
  const rowId = rowIdOf('unit', id)
  const body = rowId && await tx.row<Body>(`SELECT id, path, kind, state FROM unit WHERE id = $1 AND kind = ANY($2::text[]) AND state = 'ACTIVE'`, [rowId, BODIES])
  if (!body) throw notFound(path)
  return body
}

/** The commission next above a unit: of the township, then of the county, then of the city. */
export const bodyAbove = (tx: Transaction, unitId: string): Promise<Body | null> => tx.row<Body>(`
  SELECT b.id, b.path, b.kind, b.state FROM unit u JOIN unit b ON b.kind IN ('TOWNSHIP_COMMISSION', 'COMMISSION_COUNTY', 'COMMISSION_CITY') AND b.state = 'ACTIVE'
  JOIN unit p ON p.id = b.parent_id WHERE u.id = $1 AND starts_with(u.path, p.path) AND NOT starts_with(u.path, b.path) ORDER BY b.depth DESC, b.id LIMIT 1`, [unitId])

export interface Somebody { id: string; unit_id: string; unit_path: string }

/** Persons that an input names, all in the actor's sight. */
export async function findPersons(tx: Transaction, ids: readonly string[], path: string): Promise<Somebody[]> {
  const rowIds = ids.map((id, i) => rowIdOf('person', id) ?? missing(`${path}.${i}`))
  const found = new Map((await tx.rows<Somebody>('SELECT p.id, p.unit_id, u.path AS unit_path FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.id = ANY($1::uuid[])', [rowIds])).map(p => [p.id, p]))
  return rowIds.map((id, i) => {
    const person = found.get(id)
    return person && inScope(tx.origin.actor, person.unit_path) ? person : missing(`${path}.${i}`)
  })
}

/** Units that an input names, all in the actor's sight or above it: a villager's matter is as often the township's. */
export async function findUnits(tx: Transaction, ids: readonly string[], path: string): Promise<{ id: string; path: string }[]> {
  const rowIds = ids.map((id, i) => rowIdOf('unit', id) ?? missing(`${path}.${i}`))
  const found = new Map((await tx.rows<{ id: string; path: string }>('SELECT id, path FROM unit WHERE id = ANY($1::uuid[])', [rowIds])).map(u => [u.id, u]))
  return rowIds.map((id, i) => {
    const unit = found.get(id)
    const { scope } = tx.origin.actor
    return unit && scope.some(own => unit.path.startsWith(own) || own.startsWith(unit.path)) ? unit : missing(`${path}.${i}`)
  })
}

/** Whom a clue is about. */
export interface Subjects { units: string[]; persons: string[] }
export async function subjectsOf(tx: Transaction, clueId: string): Promise<Subjects> {
  return (await tx.row<Subjects>(`
    SELECT array(SELECT subject_unit_id FROM clue_subject_unit WHERE clue_id = $1) AS units, array(SELECT person_id FROM clue_subject_person WHERE clue_id = $1) AS persons`, [clueId]))!
}

/** Those of these persons who are, or belong to, what the clue is about: by their own unit or by a post that they hold today. */
export const concerned = async (tx: Transaction, { units, persons }: Subjects, ids: readonly string[]): Promise<string[]> => (await tx.rows<{ id: string }>(`
  SELECT p.id FROM person p WHERE p.id = ANY($1::uuid[]) AND (p.id = ANY($3::uuid[]) OR p.unit_id = ANY($2::uuid[])
    OR EXISTS (SELECT FROM appointment a WHERE a.person_id = p.id AND a.unit_id = ANY($2::uuid[]) AND a.valid_from <= current_date AND (a.valid_to IS NULL OR a.valid_to > current_date)))`, [ids, units, persons])).map(p => p.id)

export const owedOn = (tx: Transaction, clueId: string): Promise<{ verified: number; open: number } | null> => tx.row(
  `SELECT (count(*) FILTER (WHERE state = 'VERIFIED'))::int AS verified, (count(*) FILTER (WHERE state IN ('OWED', 'PAID')))::int AS open FROM restitution WHERE clue_id = $1`, [clueId])

/** Is who reported this in the vault? Asked without entering it. */
export const isNamed = ({ anonymity }: Pick<ClueRow, 'anonymity'>): boolean => anonymity === 'NAMED'

export interface SealedPart { id: string; readers: string[] }
/** Everything of a clue that has sealed values, beside the clue. */
export async function partsOf(tx: Transaction, clueId: string): Promise<Record<'clue_entry' | 'clue_transfer' | 'verification' | 'restitution', SealedPart[]>> {
  const of = (table: string): Promise<SealedPart[]> => tx.rows<SealedPart>(`SELECT t.id, t.readers FROM ${table} t WHERE t.clue_id = $1 ORDER BY t.id`, [clueId])
  return { clue_entry: await of('clue_entry'), clue_transfer: await of('clue_transfer'), verification: await of('verification'), restitution: await of('restitution') }
}

function missing(path: string): never {
  throw notFound(path)
}
