import type { Actor, Role } from './actor'
import { holds } from './actor'
import { AppError } from './errors'
import { requireOpinion, requireOtherEyes } from './four-eyes'

/** One row of a state table. Its name is the mutation's name, so that `allowedCommands` tells a front end what it can call. */
export interface Transition<State extends string> {
  readonly from: readonly State[]
  /** Null: the command leaves the state as it is (an edit). A map: the states it moves; the others of `from` stay as they are. */
  readonly to: State | null | Readonly<Partial<Record<State, State>>>
  readonly roles: readonly Role[]
  /** Not the person who did one of these earlier commands on the object (four eyes). Where the row remembers that stands in `didBy`. */
  readonly notWhoDid?: readonly string[]
  /** What else must hold, for people: invariants and gates. Checked by the service. */
  readonly guards?: readonly string[]
  /** Needs a written opinion (returning always does). */
  readonly needsOpinion?: boolean
  /** English sentence with the Chinese term, for the schema and STATES.md. */
  readonly description: string
}

/** A column that remembers who gave a command: one person or, in a `text[]`, everybody who ever did. */
export interface Doer<State extends string = string> {
  readonly column: string
  readonly all?: true
  /** It counts in these states only; everywhere when absent. */
  readonly in?: readonly State[]
}

export interface Machine<State extends string = string, Command extends string = string> {
  readonly name: string
  readonly initial: State
  readonly states: Readonly<Record<State, string>>
  /** By command: where a row remembers who gave it. Four eyes are asked there, by `transit` and by `allowedCommands` alike. */
  readonly didBy: Readonly<Record<string, readonly Doer<State>[]>>
  readonly commands: Readonly<Record<Command, Transition<State>>>
}

/** A row as far as its state table looks at it: its state, and the columns named in `didBy`. */
export type Held<State extends string = string> = { readonly state: State; readonly [column: string]: unknown }

/** A state table: data that the service, `allowedCommands`, the schema's descriptions and the documentation all read. */
export function defineMachine<const State extends string, const Command extends string>(machine: {
  name: string
  initial: NoInfer<State>
  /** Each state with its description, Chinese term included. */
  states: Record<State, string>
  didBy?: Record<string, readonly Doer<NoInfer<State>>[]>
  commands: Record<Command, Transition<NoInfer<State>>>
}): Machine<State, Command> {
  const didBy = machine.didBy ?? {}
  for (const [command, { notWhoDid }] of Object.entries<Transition<State>>(machine.commands)) {
    const unknown = notWhoDid?.filter(earlier => !didBy[earlier]?.length) ?? []
    if (unknown.length) throw new Error(`${machine.name}: ${command} is not for whoever did ${unknown.join(', ')}, but no column in didBy remembers that`)
  }
  return Object.freeze({ ...machine, didBy })
}

/** The columns that keep people from a command: whoever stands there does not give it. */
export const othersThan = <State extends string>(machine: Machine<State>, { notWhoDid = [] }: Transition<State>): Doer<State>[] =>
  [...new Map(notWhoDid.flatMap(earlier => machine.didBy[earlier]!).map(doer => [doer.column, doer])).values()]

/** Everybody who stands in these columns of the row. */
function peopleIn(doers: readonly Doer[], row: Held): string[] {
  return doers.filter(d => !d.in || d.in.includes(row.state)).flatMap(({ column, all }) => {
    const who = row[column]
    if (who === undefined) throw new Error(`Four eyes need the column ${column} of the row.`)
    return all ? who as string[] : who === null ? [] : [who as string]
  })
}

/** Whom four eyes keep from this command on this row. */
export function authorsOf(machine: Machine, command: string, row: Held): string[] {
  return peopleIn(othersThan(machine, machine.commands[command]!), row)
}

/** Commands whose state, role and four eyes allow them now. Guards that need other data than the row are not asked. */
export function allowedCommands(machine: Machine, row: Held, actor: Actor, unitPath: string): string[] {
  return Object.entries(machine.commands)
    .filter(([, t]) => t.from.includes(row.state) && holds(actor, t.roles, unitPath) && !peopleIn(othersThan(machine, t), row).includes(actor.ref))
    .map(([name]) => name)
    .sort()
}

/** Who gives a command, on which unit's path roles are asked, and the opinion that goes with it. */
export interface Given {
  readonly actor: Actor
  readonly path: string
  readonly opinion?: string | null
}

/**
 * The state that follows. Throws FORBIDDEN when the role is missing, PRECONDITION_FAILED with the allowed commands when the state is wrong,
 * FORBIDDEN for whoever the table keeps from it (four eyes), BAD_INPUT without the opinion that it asks for.
 * Call it after the object was found in the actor's scope: what one may not see is NOT_FOUND before it is anything else.
 */
export function transit<State extends string, Command extends string>(
  machine: Machine<State, Command>, command: Command, row: Held<State>, { actor, path, opinion }: Given,
): State {
  const t = machine.commands[command]
  const { state } = row
  if (!holds(actor, t.roles, path)) {
    throw new AppError('FORBIDDEN', `${command} needs one of the roles ${t.roles.join(', ')} on this unit.`, {
      messageKey: 'roleMissing', messageValues: { command, roles: t.roles.join(', ') },
    })
  }
  if (!t.from.includes(state)) {
    throw new AppError('PRECONDITION_FAILED', `${command} is not possible in the state ${state}.`, {
      messageKey: 'wrongState', messageValues: { command, state },
      allowedCommands: allowedCommands(machine, row, actor, path),
    })
  }
  requireOtherEyes(actor, ...peopleIn(othersThan(machine, t), row))
  if (t.needsOpinion) requireOpinion(opinion)
  return t.to === null ? state : typeof t.to === 'object' ? (t.to[state] ?? state) : t.to
}
