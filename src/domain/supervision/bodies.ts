import { notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import { inScope } from '../../database/locate'
import type { Transaction } from '../../database/transaction'
import type { Rows } from '../approval'
import { RULE_KIND_OF } from '../rule'
import type { UnitKind } from '../unit'

/** A body that supervises, or works with those who do. */
export interface Body {
  readonly id: string
  readonly kind: UnitKind
  readonly path: string
  readonly name_zh: string
  readonly state: string
  /** Path of the territory that it belongs to: the nearest committee, zone, township or village above it. */
  readonly home: string
}

const INNER = [...Object.keys(RULE_KIND_OF), 'INSPECTION_OFFICE'] as UnitKind[]
const OUTER: readonly UnitKind[] = ['PEOPLES_CONGRESS', 'CPPCC', 'AUDIT_OFFICE', 'GOVERNMENT_DEPARTMENT']
/** Takes part, but leads nothing. */
const PARTNERS_ONLY: readonly UnitKind[] = ['VILLAGE_SUPERVISION_COMMITTEE']
const TERRITORIES: readonly UnitKind[] = ['PARTY_COMMITTEE', 'FUNCTIONAL_ZONE', 'TOWNSHIP', 'VILLAGE_OR_COMMUNITY']

export const isInner = (kind: UnitKind): boolean => INNER.includes(kind)
export const leads = (kind: UnitKind): boolean => INNER.includes(kind) || OUTER.includes(kind)
export const takesPart = (kind: UnitKind): boolean => leads(kind) || PARTNERS_ONLY.includes(kind)
export const BODY_KINDS: readonly UnitKind[] = [...INNER, ...OUTER, ...PARTNERS_ONLY]

/** A committee that is the top of a territory is its own home; one of a hospital has the county's. */
const HOME = `(SELECT h.path FROM unit h WHERE starts_with(u.path, h.path) AND h.kind = ANY('{${TERRITORIES.join()}}') AND h.path = ANY(ancestors.paths) ORDER BY h.depth DESC LIMIT 1)`
/** The paths of a unit and of everything above it, so that they are looked up and not searched. */
const ANCESTORS = `CROSS JOIN LATERAL (SELECT array_agg('/' || array_to_string(parts.codes[1:n], '/') || '/') AS paths
  FROM (SELECT string_to_array(trim('/' FROM u.path), '/') AS codes) parts, generate_series(1, cardinality(parts.codes)) n) ancestors`
const BODY = `SELECT u.id, u.kind, u.path, u.name_zh, u.state, coalesce(${HOME}, u.path) AS home FROM unit u ${ANCESTORS}`

export const bodiesById = (q: Rows, ids: readonly string[]): Promise<Body[]> => q.rows<Body>(`${BODY} WHERE u.id = ANY($1::uuid[])`, [ids])

/**
 * May one body turn to the other? In one line of territories: a county's bodies to each other, to those of its townships and to those of the
 * city. A neighbouring county is reached through the city.
 */
export const mayTurnTo = (from: Body, to: Body): boolean => from.home.startsWith(to.home) || to.home.startsWith(from.home)

/** Bodies that an input names: in the actor's sight, or such that the body in whose name the actor speaks may turn to them. */
export async function namedBodies(tx: Transaction, from: Body, ids: readonly string[], path: string): Promise<Body[]> {
  const rowIds = ids.map(id => rowIdOf('unit', id))
  const found = new Map((await bodiesById(tx, rowIds.filter(id => id !== null))).map(b => [b.id, b]))
  return rowIds.map((id, i) => {
    const body = id === null ? undefined : found.get(id)
    if (!body || !takesPart(body.kind) || !(inScope(tx.origin.actor, body.path) || mayTurnTo(from, body))) throw notFound(`${path}.${i}`)
    return body
  })
}

export interface BodiesAsked { readonly nameContains?: string | null; readonly kinds?: readonly UnitKind[] | null; readonly first: number }

/** Bodies that this one may turn to, by name. */
export const bodiesNear = (q: Rows, from: Body, { nameContains, kinds, first }: BodiesAsked): Promise<Body[]> => q.rows<Body>(`
  SELECT * FROM (${BODY} WHERE u.state = 'ACTIVE' AND u.kind = ANY($1::text[]) AND u.id <> $2 AND ($3::text IS NULL OR strpos(u.name_zh, $3) > 0)) b
  WHERE starts_with(b.home, $4) OR starts_with($4, b.home) ORDER BY b.path LIMIT $5`,
[(kinds ?? BODY_KINDS).filter(takesPart), from.id, nameContains ?? null, from.home, first])

/** Bodies that supervise by relations; all others supervise the territory that they belong to. */
const BY_RELATION: readonly UnitKind[] = ['DISPATCHED_GROUP', 'AREA_OUTPOST_GROUP', 'SUPERVISION_OFFICE']

export interface ObjectUnit {
  readonly id: string
  readonly kind: UnitKind
  readonly path: string
  readonly state: string
  readonly sector_codes: readonly string[]
  /** Relations by which the body reaches it on the day, itself or what it stands below. */
  readonly relations: readonly string[]
  readonly inTerritory: boolean
}

/** Units with how a body reaches each of them on a day. */
export async function objectsOf(tx: Transaction, lead: Body, ids: readonly string[], on: string): Promise<Map<string, ObjectUnit>> {
  const rows = await tx.rows<Omit<ObjectUnit, 'inTerritory'>>(`
    SELECT u.id, u.kind, u.path, u.state, u.sector_codes, coalesce((
      SELECT array_agg(DISTINCT r.kind) FROM unit_relation r JOIN unit f ON f.id = r.to_unit_id
      WHERE r.from_unit_id = $1 AND r.valid_from <= $3::date AND (r.valid_to IS NULL OR r.valid_to > $3::date) AND starts_with(u.path, f.path)), '{}') AS relations
    FROM unit u WHERE u.id = ANY($2::uuid[])`, [lead.id, ids, on])
  return new Map(rows.map(r => [r.id, { ...r, inTerritory: !BY_RELATION.includes(lead.kind) && r.path.startsWith(lead.home) && r.id !== lead.id }]))
}
