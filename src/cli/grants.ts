import { GrantService, personIdOf } from '../auth'
import { GRANT_EDGES, type GrantEdge, ROLES, type Role } from '../core/actor'
import type { Database } from '../database/database'
import { commandLine, withFoundation } from './session'
import { StartError } from '../database/start-error'

interface Named { personId: string; unitId: string; role: Role; edge: GrantEdge }

/** `plumbline grant S042 UNIT_EDITOR 510821-HEALTH`. How the first administrator comes to be. */
export async function grant(staffNo: string, role: string, unitCode: string, o: { edge: string; from?: string; to?: string }): Promise<void> {
  await withFoundation(async ({ db }) => {
    const named = await resolve(db, staffNo, role, unitCode, o.edge)
    await new GrantService(db).grantRole(commandLine(), { ...named, validFrom: o.from ?? null, validTo: o.to ?? null })
    console.log(`${staffNo} is ${role} of ${unitCode} (${o.edge}).`)
  })
}

export async function revoke(staffNo: string, role: string, unitCode: string, o: { edge: string }): Promise<void> {
  await withFoundation(async ({ db }) => {
    const { personId, unitId, role: known, edge } = await resolve(db, staffNo, role, unitCode, o.edge)
    const grants = new GrantService(db)
    const id = await grants.find(personId, known, unitId, edge)
    if (id === null) throw new StartError(`${staffNo} does not hold ${role} of ${unitCode} (${edge}).`)
    await grants.revokeRole(commandLine(), { id })
    console.log(`${staffNo} is no longer ${role} of ${unitCode} (${edge}).`)
  })
}

async function resolve(db: Database, staffNo: string, role: string, unitCode: string, edge: string): Promise<Named> {
  if (!(ROLES as readonly string[]).includes(role)) throw new StartError(`There is no role ${role}. There are: ${ROLES.join(', ')}.`)
  if (!(GRANT_EDGES as readonly string[]).includes(edge)) throw new StartError(`There is no edge ${edge}. There are: ${GRANT_EDGES.join(', ')}.`)
  const personId = await personIdOf(db, staffNo)
  if (personId === null) throw new StartError(`There is no person with the staff number ${staffNo}.`)
  const [unit] = await db.rows<{ id: string }>('SELECT id FROM unit WHERE code = $1', [unitCode])
  if (!unit) throw new StartError(`There is no unit with the code ${unitCode}.`)
  return { personId, unitId: unit.id, role: role as Role, edge: edge as GrantEdge }
}
