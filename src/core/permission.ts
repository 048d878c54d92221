import { holdsAnywhere, type Actor, type Role } from './actor'

/** Who may call a field: anybody, anybody with a valid token, or holders of one of these roles (anywhere; the rows are narrowed elsewhere). */
export type Permission = 'public' | 'authenticated' | readonly Role[]

/** Permissions by type and field: `{ Mutation: { rateRiskPoint: ['UNIT_EDITOR'] }, Person: { staffNo: [...] } }`. */
export type PermissionMap = Record<string, Record<string, Permission>>

/** The one answer to "may this actor call it?"; asked by the shield and by the planner (as `field.extensions.permission`). */
export const permits = (permission: Permission, actor: Actor): boolean =>
  permission === 'public' || (permission === 'authenticated' ? actor.ref !== 'anonymous' : holdsAnywhere(actor, permission))
