import { CLOSED_REALMS, isRoot, outermost, pathsOf, realmPaths, type Actor, type ClosedRealm, type Role } from '../../core/actor'
import type { RealmRows } from '../../core/reads'
import type { Bind, Breadth, Parameters, ScopeForm } from './statement'

const forms = new WeakMap<Actor, ScopeForm>()

/** An empty scope is a list of no paths: nothing starts with any of them. */
export function scopeForm(actor: Actor): ScopeForm {
  let form = forms.get(actor)
  if (!form) forms.set(actor, (form = formOf(actor)))
  return form
}

/** The key tells everything that the form depends on, and no more: nearly everybody's roles are as broad as their scope. */
function formOf(actor: Actor): ScopeForm {
  const of = (paths: readonly string[]): Breadth => widest(paths.map(path => (!actor.wide.includes(path) ? 'narrow' : isRoot(path) ? 'whole' : 'wide')))
  const scope = of(actor.scope)
  const roles = broad([...new Set(actor.roles.map(r => r.role))].map(role => [role, of(pathsOf(actor, [role]))]))
  const realms = broad(CLOSED_REALMS.map(realm => [realm, of(realmPaths(actor, realm))]))
  const mixed = actor.roles.some(r => of([r.path]) !== scope)
  const many = actor.scope.length !== 1
  return Object.freeze({
    key: [`${many ? 'm' : '1'}-${scope}`, ...(mixed ? ['roles', ...roles] : []), ...realms].join(' '), many, scope,
    ofRoles: (asked: readonly Role[]) => (mixed ? widest(asked.map(r => roles.get(r) ?? 'narrow')) : scope),
    ofRealm: (realm: ClosedRealm) => realms.get(realm) ?? 'narrow',
  })
}

const BREADTHS = ['narrow', 'wide', 'whole'] as const
const widest = (all: readonly Breadth[]): Breadth => BREADTHS[Math.max(0, ...all.map(b => BREADTHS.indexOf(b)))]!
const broad = <K extends string>(all: readonly (readonly [K, Breadth])[]): ReadonlyMap<K, Breadth> => new Map([...all].filter(([, breadth]) => breadth !== 'narrow').sort())

const scopeOf = ({ form }: Parameters): Bind => (form.many ? ({ actor }) => outermost(actor.scope) : ({ actor }) => actor.scope[0])
const scopeParameter = (p: Parameters): string => p.once('scope', scopeOf(p), p.form.many ? 'text[]' : 'text')

/**
 * Scope as a filter. These forms can never drive a plan: a generic plan guesses the width of a path range wrongly, and of two ranges
 * it takes the worse one (40 ms instead of 0.5).
 */
export function inScope(path: string, p: Parameters): string {
  const scope = scopeParameter(p)
  return p.form.many ? `(${path} ^@ ANY(${scope}))` : `starts_with(${path}, ${scope})`
}

/** Paths end with `/` and compare bytewise, so that everything below `/51/` lies from there to just before `/510`: `0` follows `/`. */
const range = (path: string, root: string): string => `${path} >= ${root} AND ${path} < left(${root}, -1) || '0'`

/** Does the unit with this path lie above something that the actor sees? */
export function aboveScope(path: string, p: Parameters): string {
  const scope = scopeParameter(p)
  return p.form.many ? `EXISTS (SELECT FROM unnest(${scope}) below(path) WHERE starts_with(below.path, ${path}))` : `starts_with(${scope}, ${path})`
}

/**
 * Scope as the one driver of a list, as what stands in FROM: the rows of a table with paths that lie in the actor's subtrees, by ranges of the
 * path's index. OFFSET 0 keeps PostgreSQL from turning the list round: it would rather walk a million rows in the order of the list and hope
 * to meet some of one bureau soon. Outermost paths do not overlap, so no row is met twice. `roots`: a parameter with other subtrees than those
 * of the scope.
 */
export function scopeRows(table: string, columns: string, alias: string, p: Parameters, roots?: string): string {
  const rows = (root: string): string => `(SELECT ${columns} FROM ${table} u WHERE ${range('u.path', root)} OFFSET 0) ${alias}`
  const each = (roots: string): string => `unnest(${roots}) AS ${alias}_root(path) CROSS JOIN LATERAL ${rows(`${alias}_root.path`)}`
  if (roots) return each(roots)
  return p.form.many ? each(scopeParameter(p)) : rows(scopeParameter(p))
}

/** SQL of whether the actor may see what belongs to the unit with this path. */
export type Seen = (path: string) => string

/** Being inside the unit that a client names: nothing when the actor may not see that unit. */
export function withinUnit(path: string, unitId: string, p: Parameters, drives: boolean, seen: Seen = at => inScope(at, p)): string {
  const root = `(SELECT w.path FROM unit w WHERE w.id = ${unitId} AND ${seen('w.path')})`
  return drives ? range(path, root) : `starts_with(${path}, ${root})`
}

/** Does the actor open this realm over the unit with this path? The SQL of core's `opens`. The statement runs inside the realm. */
export const opensOn = (path: string, realm: ClosedRealm, p: Parameters): string => `${path} ^@ ANY(${opened(realm, p)})`

/** The subtrees over which the actor opens this realm. The statement runs inside the realm. */
export function opened(realm: ClosedRealm, p: Parameters): string {
  p.realms.add(realm)
  return p.once(`realm:${realm}`, ({ actor }) => realmPaths(actor, realm), 'text[]')
}

/** Does the actor hold one of these roles over the unit with this path? The SQL of core's `holds`. */
export function holdsOn(path: string, roles: readonly Role[], p: Parameters): string {
  return `${path} ^@ ANY(${rolePaths(roles, p)})`
}

/** The subtrees over which the actor holds one of these roles. */
export const rolePaths = (roles: readonly Role[], p: Parameters): string => p.once(`on:${roles.join()}`, ({ actor }) => pathsOf(actor, roles), 'text[]')

/** Is a row of a realm about this person, or about the unit where this person belongs? */
export const aboutSql = ({ key, near, persons, units }: NonNullable<RealmRows['notAbout']>, t: string, person: string): { person: string; unit: string } => ({
  person: `EXISTS (SELECT FROM ${persons} about WHERE about.${near} = ${t}.${key} AND about.person_id = ${person})`,
  unit: `EXISTS (SELECT FROM ${units} about JOIN person one ON one.unit_id = about.subject_unit_id WHERE about.${near} = ${t}.${key} AND one.id = ${person})`,
})
