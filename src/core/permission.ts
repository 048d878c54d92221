import type { Role } from './actor'

/** Who may call a field: anybody, anybody with a valid token, or holders of one of these roles (anywhere; the rows are narrowed elsewhere). */
export type Permission = 'public' | 'authenticated' | readonly Role[]

/** Permissions by type and field: `{ Mutation: { rateRiskPoint: ['UNIT_EDITOR'] }, Person: { staffNo: [...] } }`. */
export type PermissionMap = Record<string, Record<string, Permission>>
