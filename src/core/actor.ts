/** The roles of the domain guide, section 7. What each may do is data in auth/roles.ts. */
export const ROLES = [
  'PLATFORM_ADMIN', 'UNIT_EDITOR', 'UNIT_APPROVER', 'DUTY_OWNER', 'SUPERVISOR', 'COMMISSION_APPROVER',
  'TOWNSHIP_COMMISSION', 'VILLAGE_SUPERVISOR', 'CASE_OFFICER', 'TRIAL_OFFICER', 'ASSESSOR', 'ASSESSMENT_BOARD',
  'PORTRAIT_EXECUTOR', 'PORTRAIT_LEAD', 'PORTRAIT_OFFICE', 'STANDING_COMMITTEE_SECRETARIAT', 'PARTY_SECRETARY',
  'LEADER_READER', 'ACCOUNTABILITY_DECIDER', 'HEARING_SECRETARIAT', 'ACCOUNTABILITY_REPRESENTATIVE',
  'IDENTITY_CUSTODIAN', 'REPORTING_CLIENT', 'SECTOR_MAINTAINER', 'AUDITOR',
] as const
export type Role = (typeof ROLES)[number]

/** Along which edge a grant reaches down from its unit: the territorial tree, or the dated unit relations of that kind. */
export const GRANT_EDGES = ['TERRITORIAL', 'LINE', 'DISPATCHED', 'OUTPOST', 'LIAISON'] as const
export type GrantEdge = (typeof GRANT_EDGES)[number]

/** A separate kingdom of rows: being allowed in one never opens another. EVIDENCE holds the sensitive evidence. */
export const REALMS = ['REGISTERS', 'EVIDENCE', 'PORTRAITS', 'CLUES', 'CASES', 'IDENTITY'] as const
export type Realm = (typeof REALMS)[number]
/** What stays shut to everybody whose roles do not name it; every reading there is logged. The registers are what is left. */
export type ClosedRealm = Exclude<Realm, 'REGISTERS'>
export const CLOSED_REALMS: readonly ClosedRealm[] = REALMS.filter(r => r !== 'REGISTERS')

/** One role over one subtree: a resolved grant. `path` is the subtree's unit path, `/51/5108/`. */
export interface RoleOnPath {
  role: Role
  path: string
}

/**
 * Who is asking. Made from a token and the grants in the database (auth/), never from claims about rights.
 * Immutable: a request keeps the actor it began with.
 */
export interface Actor {
  /** `person:<id>`, `service:<id>`, `system:<what>` or `anonymous`: what audit and createdBy record. */
  readonly ref: string
  readonly personId: string | null
  readonly roles: readonly RoleOnPath[]
  /** Subtrees whose register rows the actor may read, outermost only, sorted. Empty: nothing. */
  readonly scope: readonly string[]
  /** Of the subtrees that its roles open, those that hold a good part of all units: lists there are walked in their order, not unit by unit. */
  readonly wide: readonly string[]
  /** Subtrees over which the actor opens a closed realm, outermost only, sorted. A realm that is not named is shut. */
  readonly realms?: Readonly<Partial<Record<ClosedRealm, readonly string[]>>>
}

export const ANONYMOUS: Actor = Object.freeze({ ref: 'anonymous', personId: null, roles: [], scope: [], wide: [] })

/** The product's own hand: migrations, imports, the demo. It may do what it is told to by whoever runs the command line, and opens no realm. */
export const systemActor = (what: string): Actor =>
  Object.freeze({ ref: `system:${what}`, personId: null, roles: ROLES.map(role => ({ role, path: '/' })), scope: ['/'], wide: ['/'] })

/** A root of the territorial tree, `/51/`, or what stands above all of them. */
export const isRoot = (path: string): boolean => path.split('/').length <= 3

/** Does the actor hold one of these roles over the unit with this path? */
export const holds = (actor: Actor, roles: readonly Role[], unitPath: string): boolean =>
  actor.roles.some(r => roles.includes(r.role) && unitPath.startsWith(r.path))

/** Does the actor hold one of these roles anywhere? The coarse question of the shield. */
export const holdsAnywhere = (actor: Actor, roles: readonly Role[]): boolean => actor.roles.some(r => roles.includes(r.role))

/** Does the actor open this realm over the unit with this path? Nothing else does: no role, no scope and no rank. */
export const opens = (actor: Actor, realm: ClosedRealm, unitPath: string): boolean => realmPaths(actor, realm).some(path => unitPath.startsWith(path))
export const realmPaths = (actor: Actor, realm: ClosedRealm): readonly string[] => actor.realms?.[realm] ?? []

/** The same person with no more than they have below the unit with this path: for work that was asked for there. No realm is open to it. */
export function confined(actor: Actor, unitPath: string): Actor {
  const below = (path: string): string[] => (path.startsWith(unitPath) ? [path] : unitPath.startsWith(path) ? [unitPath] : [])
  return Object.freeze({
    ref: actor.ref, personId: actor.personId, wide: [],
    roles: actor.roles.flatMap(({ role, path }) => below(path).map(at => ({ role, path: at }))), scope: outermost(actor.scope.flatMap(below)),
  })
}

/** Subtrees over which the actor holds one of these roles. */
export const pathsOf = (actor: Actor, roles: readonly Role[]): string[] =>
  outermost(actor.roles.filter(r => roles.includes(r.role)).map(r => r.path))

/** Drops every path that lies inside another one; sorted. */
export function outermost(paths: readonly string[]): string[] {
  const out: string[] = []
  for (const path of [...new Set(paths)].sort()) if (!out.some(p => path.startsWith(p))) out.push(path)
  return out
}
