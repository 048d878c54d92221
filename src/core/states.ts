import type { Actor, Role } from './actor'
import { holds } from './actor'
import { AppError } from './errors'

/** One row of a state table. Its name is the mutation's name, so that `allowedCommands` tells a front end what it can call. */
export interface Transition<State extends string> {
  readonly from: readonly State[]
  /** Null: the command leaves the state as it is (an edit). A map: the states it moves; the others of `from` stay as they are. */
  readonly to: State | null | Readonly<Partial<Record<State, State>>>
  readonly roles: readonly Role[]
  /** Not the person who did this earlier command on the object (four eyes). */
  readonly notWhoDid?: readonly string[]
  /** What else must hold, for people: invariants and gates. Checked by the service. */
  readonly guards?: readonly string[]
  /** Needs a written opinion (returning always does). */
  readonly needsOpinion?: boolean
  /** English sentence with the Chinese term, for the schema and STATES.md. */
  readonly description: string
}

export interface Machine<State extends string = string, Command extends string = string> {
  readonly name: string
  readonly initial: State
  readonly states: Readonly<Record<State, string>>
  readonly commands: Readonly<Record<Command, Transition<State>>>
}

/** A state table: data that the service, `allowedCommands`, the schema's descriptions and the documentation all read. */
export function defineMachine<const State extends string, const Command extends string>(machine: {
  name: string
  initial: NoInfer<State>
  /** Each state with its description, Chinese term included. */
  states: Record<State, string>
  commands: Record<Command, Transition<NoInfer<State>>>
}): Machine<State, Command> {
  return Object.freeze(machine)
}

/** Commands whose state and role allow them now. Guards that need data are not asked. */
export function allowedCommands(machine: Machine, state: string, actor: Actor, unitPath: string): string[] {
  return Object.entries(machine.commands)
    .filter(([, t]) => t.from.includes(state) && holds(actor, t.roles, unitPath))
    .map(([name]) => name)
    .sort()
}

/**
 * The state that follows. Throws FORBIDDEN when the role is missing, PRECONDITION_FAILED with the allowed commands when the state is wrong.
 * Call it after the object was found in the actor's scope: what one may not see is NOT_FOUND before it is anything else.
 */
export function transit<State extends string, Command extends string>(
  machine: Machine<State, Command>, command: Command, state: State, actor: Actor, unitPath: string,
): State {
  const t = machine.commands[command]
  if (!holds(actor, t.roles, unitPath)) {
    throw new AppError('FORBIDDEN', `${command} needs one of the roles ${t.roles.join(', ')} on this unit.`, {
      messageKey: 'roleMissing', messageValues: { command, roles: t.roles.join(', ') },
    })
  }
  if (!t.from.includes(state)) {
    throw new AppError('PRECONDITION_FAILED', `${command} is not possible in the state ${state}.`, {
      messageKey: 'wrongState', messageValues: { command, state },
      allowedCommands: allowedCommands(machine, state, actor, unitPath),
    })
  }
  return t.to === null ? state : typeof t.to === 'object' ? (t.to[state] ?? state) : t.to
}
