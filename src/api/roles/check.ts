import { ROLE_DESCRIPTIONS, type Never } from '../../auth/roles'
import { ROLES, type Role } from '../../core/actor'
import type { Permission, PermissionMap } from '../../core/permission'
import { machinesOf, type Noun } from '../../core/reads'
import type { Machine } from '../../core/states'
import type { Chain } from '../../domain/approval'

/** Everything that says who may do what. */
export interface Declared {
  readonly permissions: PermissionMap
  readonly nouns: readonly Noun[]
  readonly chains: readonly Chain[]
}

/**
 * Holds what is declared against what each role never does (auth/roles.ts) and throws one error that names every contradiction: a server
 * whose permissions give an auditor a command does not start.
 */
export function checkRoles(declared: Declared): void {
  const machines = [...new Set(declared.nouns.flatMap(machinesOf))]
  const found = { ...declared, machines, commands: commandsOf(declared, machines), deciding: new Set(declared.chains.flatMap(c => c.steps.flatMap(s => Object.values(s.commands)))) }
  const problems = ROLES.flatMap(role => ROLE_DESCRIPTIONS[role].never.flatMap(never => contradictions(role, never, found).map(what => `${what}, but ${role} never ${never.en}`)))
  const blind = machines.flatMap(m => Object.entries(m.commands).filter(([name, t]) => found.deciding.has(name) && !t.notWhoDid?.length)
    .map(([name]) => `${m.name}: ${name} decides a step of approval, but its table keeps nobody from it (INV-24)`))
  const all = [...problems, ...blind]
  if (all.length) throw new Error(`These declarations contradict what roles never do:\n${[...new Set(all)].sort().map(p => `  - ${p}`).join('\n')}`)
}

interface Found extends Declared {
  readonly machines: readonly Machine[]
  /** Who may give each command, by permission or by any state table. */
  readonly commands: ReadonlyMap<string, readonly Permission[]>
  /** Commands that decide a step of a chain. */
  readonly deciding: ReadonlySet<string>
}

/** What anybody does without signing in is nobody's role. */
export const opens = (permission: Permission, role: Role): boolean => (Array.isArray(permission) ? permission.includes(role) : permission !== 'public')

function commandsOf({ permissions }: Declared, machines: readonly Machine[]): Map<string, Permission[]> {
  const commands = new Map<string, Permission[]>()
  const add = (name: string, permission: Permission): void => void commands.set(name, [...commands.get(name) ?? [], permission])
  for (const [name, permission] of Object.entries(permissions['Mutation'] ?? {})) add(name, permission)
  for (const machine of machines) for (const [name, { roles }] of Object.entries(machine.commands)) add(name, roles)
  return commands
}

function contradictions(role: Role, { by }: Never, { commands, deciding, nouns, chains, machines }: Found): string[] {
  const given = (): string[] => [...commands].filter(([, permissions]) => permissions.some(p => opens(p, role))).map(([name]) => name)
  const told = (names: readonly string[]): string[] => names.map(name => `${name} is open to ${role}`)
  const rows = (noun: (n: Noun) => boolean): string[] => nouns.filter(n => opens(n.permission, role) && noun(n)).map(n => `rows of ${n.type} are open to ${role}`)
  switch (by?.kind) {
    case 'COMMANDS': return told(given().filter(name => !by.only?.includes(name)))
    case 'THESE_COMMANDS': return told(given().filter(name => by.these.includes(name)))
    case 'DECISIONS_ONLY': return told(given().filter(name => !deciding.has(name)))
    case 'NO_DECISIONS': return [
      ...told(given().filter(name => deciding.has(name))),
      ...chains.flatMap(c => c.steps.filter(s => s.roles.includes(role)).map(s => `the step ${s.step} of ${c.name} is decided by ${role}`)),
    ]
    case 'ROWS': return rows(n => !by.only.includes(n.type))
    case 'REALM': return rows(n => by.realms.includes(n.realm ?? 'REGISTERS'))
    case 'APART': return machines.flatMap(m => Object.entries(m.commands).filter(([, { roles }]) => roles.includes(role) && roles.includes(by.from)).map(([name]) => `${name} is open to both ${role} and ${by.from}`))
    // Object by object: four eyes in the state tables, in chains, and where a service looks further.
    case 'OWN_WORK': case undefined: return []
  }
}
