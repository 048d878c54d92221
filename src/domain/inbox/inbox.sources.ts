import { REALM_ROLES } from '../../auth/roles'
import type { ClosedRealm, Role } from '../../core/actor'
import type { Permission } from '../../core/permission'
import { machinesOf, type Column, type Noun, type ParentHas } from '../../core/reads'
import { awaitedIn, othersThan, type Doer, type Machine, type Side } from '../../core/states'

/** In one state: commands that the same people, on the same side, are expected to give. */
export interface Desk {
  readonly machine: Machine
  readonly state: string
  /** Rows with this value follow the machine, where a noun has several. */
  readonly variant?: { readonly column: string; readonly value: string }
  readonly side?: Side
  /** Asked of those units of the side alone whose link has nothing there yet. */
  readonly pending?: string
  readonly roles: readonly Role[]
  readonly commands: readonly string[]
  /** Whom four eyes keep from them. */
  readonly apart: readonly Doer[]
}

/** A noun whose rows wait for people: everything that follows from its read declaration and its state tables. */
export interface InboxSource {
  readonly type: string
  readonly table: string
  readonly permission: Permission
  readonly realm?: ClosedRealm
  /** The column of the unit on which roles are asked where a command names no side. */
  readonly unit: string
  readonly while?: ParentHas
  readonly desks: readonly Desk[]
}

type Commands = Extract<Column, { kind: 'commands' }>

/** Nouns that wait for somebody in some state. A noun takes part by the word `awaits` of its state table, and by nothing else. */
export const sourcesOf = (nouns: readonly Noun[]): InboxSource[] => nouns.flatMap(noun => {
  const commands = Object.values(noun.columns).find((c): c is Commands => c.kind === 'commands')
  if (!commands || noun.scope.by !== 'unit') return []
  const tables: (readonly [Machine, Desk['variant']])[] = commands.variants
    ? Object.entries(commands.variants.machines).map(([value, machine]) => [machine, { column: commands.variants!.column, value }] as const)
    : machinesOf(noun).map(machine => [machine, undefined] as const)
  const desks = tables.flatMap(([machine, variant]) => desksOf(machine, noun.realm).map(desk => ({ ...desk, ...(variant && { variant }) })))
  return desks.length ? [{
    type: noun.type, table: noun.table, permission: noun.permission, unit: commands.at ?? noun.scope.column, desks,
    ...(noun.realm && { realm: noun.realm }), ...(commands.while && { while: commands.while }),
  }] : []
})

/** What is closed to a role is not told to it either: of a closed realm's things only roles that open the realm hear. */
export function desksOf(machine: Machine, realm?: ClosedRealm): Desk[] {
  return Object.keys(machine.states).flatMap(state => {
    const desks = new Map<string, { machine: Machine; state: string; side?: Side; pending?: string; roles: Role[]; commands: string[]; apart: Doer[] }>()
    for (const [role, side, apart, commands, pending] of askedOf(machine, state)) {
      if (realm && !REALM_ROLES[realm].includes(role)) continue
      const key = JSON.stringify([side, apart, commands, pending])
      const desk = desks.get(key) ?? { machine, state, roles: [], commands: [...commands], apart: [...apart], ...(side !== undefined && { side: machine.sides[side]! }), ...(pending !== undefined && { pending }) }
      desk.roles.push(role)
      desks.set(key, desk)
    }
    return [...desks.values()]
  })
}

type Asked = [role: Role, side: string | undefined, apart: readonly Doer[], commands: readonly string[], pending: string | undefined]

/** Each role with what is expected of it on one side, apart from the same people. */
function askedOf(machine: Machine, state: string): Asked[] {
  const asked = new Map<string, [Role, string | undefined, readonly Doer[], string[], string | undefined]>()
  for (const command of awaitedIn(machine, state)) {
    const t = machine.commands[command]!
    const apart = othersThan(machine, t).filter(d => !d.in || d.in.includes(state))
    const pending = machine.pending[command]
    for (const role of t.roles) {
      const key = JSON.stringify([role, t.side, apart.map(d => d.column), pending])
      const entry = asked.get(key) ?? [role, t.side, apart, [], pending]
      entry[3].push(command)
      asked.set(key, entry)
    }
  }
  return [...asked.values()]
}
