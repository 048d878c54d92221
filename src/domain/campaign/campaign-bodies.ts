import { today } from '../../core/day'
import { badInput, notFound } from '../../core/errors'
import { inScope } from '../../database/locate'
import type { Transaction } from '../../database/transaction'
import { refs } from '../refs'
import { bodiesById, leads, mayTurnTo, objectsOf, type Body } from '../supervision'

const OTHERS = ['leadUnitId', 'gripUnitId', 'responsibleUnitId'] as const
type Other = (typeof OTHERS)[number]

/** The body that pushes: one that supervises. */
export async function pushingBody(tx: Transaction, id: string): Promise<Body> {
  const [body] = await bodiesById(tx, [id])
  if (!leads(body!.kind) || body!.state !== 'ACTIVE') throw badInput('pushUnitId', 'four-bodies', 'A special rectification is pushed by a body that supervises.')
  return body!
}

/** The other three of the four bodies: in the actor's sight, or in one line of territories with the one that pushes. */
export async function otherBodies(tx: Transaction, push: Body, input: Readonly<Record<Other, string>>): Promise<Record<Other, Body>> {
  const rowIds = OTHERS.map(field => refs('unit', [input[field]], field)[0]!)
  const found = new Map((await bodiesById(tx, rowIds)).map(b => [b.id, b]))
  return Object.fromEntries(OTHERS.map((field, i) => {
    const body = found.get(rowIds[i]!)
    if (!body || !(inScope(tx.origin.actor, body.path) || mayTurnTo(push, body))) throw notFound(field)
    if (body.state !== 'ACTIVE') throw badInput(field, 'four-bodies', 'This unit is no longer active.')
    return [field, body]
  })) as Record<Other, Body>
}

/** The units in the scope: such as the body that pushes supervises today, and those that are there already. */
export async function unitsNamed(tx: Transaction, push: Body, ids: readonly string[], present: readonly string[] = []): Promise<Body[]> {
  const rowIds = refs('unit', ids, 'unitIds')
  const reached = await objectsOf(tx, push, rowIds, today())
  rowIds.forEach((id, i) => {
    if (present.includes(id)) return
    const unit = reached.get(id)
    if (!unit || unit.state !== 'ACTIVE' || !(unit.inTerritory || unit.relations.length)) throw badInput(`unitIds.${i}`, 'INV-03', 'The body that pushes does not supervise this unit.')
  })
  const bodies = new Map((await bodiesById(tx, rowIds)).map(b => [b.id, b]))
  return rowIds.map(id => bodies.get(id)!)
}
