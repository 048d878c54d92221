import type { Actor, Role } from './actor'
import { holds } from './actor'
import { AppError, roleMissing } from './errors'
import { requireOpinion, requireOtherEyes } from './four-eyes'

/** One row of a state table. Its name is the mutation's name, so that `allowedCommands` tells a front end what it can call. */
export interface Transition<State extends string> {
  /** Empty: the command makes the thing (`begin`). */
  readonly from: readonly State[]
  /**
   * Null: the command leaves the state as it is (an edit). A list: one of these, as the command finds or is told (`outcome`).
   * A map: the states it moves; the others of `from` stay as they are.
   */
  readonly to: Target<State> | null | Readonly<Partial<Record<State, Target<State>>>>
  /** Whose command it is, a side of the table; the unit that the row belongs to when absent. */
  readonly side?: string
  /** Asked on the path of that unit. */
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

export type Target<State extends string> = State | readonly State[]

/**
 * Units that a row names besides the one it belongs to, when some commands are theirs: an addressee, a partner. A column that holds one unit's
 * id, or the links of a table from the row (`near`) to units (`far`): whoever holds the role on any of them may.
 */
export type Side = { readonly column: string } | { readonly via: { readonly table: string; readonly near: string; readonly far: string } }

/** A move that follows from something else: a command on another object, an event, a date. `from` empty: the thing begins so. */
export interface Follow<State extends string = string> {
  readonly from: readonly State[]
  readonly to: State
  /** English, for people. */
  readonly when: string
}

/** A column that remembers who gave a command: one person or, in a `text[]`, everybody who ever did. */
export interface Doer<State extends string = string> {
  readonly column: string
  readonly all?: true
  /** It counts in these states only; everywhere when absent. */
  readonly in?: readonly State[]
}

/**
 * Until when what is awaited should be done: a column of dates. It counts in these states only; everywhere when absent. `opens`: days before
 * it from which anybody is asked at all (a review in half a year waits for nobody yet).
 */
export interface Due<State extends string = string> {
  readonly column: string
  readonly in?: readonly State[]
  readonly opens?: number
}

export interface Machine<State extends string = string, Command extends string = string> {
  readonly name: string
  readonly initial: State
  readonly states: Readonly<Record<State, string>>
  /** By command: where a row remembers who gave it. Four eyes are asked there, by `transit` and by `allowedCommands` alike. */
  readonly didBy: Readonly<Record<string, readonly Doer<State>[]>>
  readonly sides: Readonly<Record<string, Side>>
  readonly follows: readonly Follow<State>[]
  /** States in which nothing more is expected, though a command may take it up again. Those without a way out are ends anyhow. */
  readonly ends: readonly State[]
  /**
   * By state: the commands of which somebody is expected to give one next (no edits, withdrawals or cancellations), or why nobody is. Whoever
   * may give them finds the thing in their inbox. Ends need no word.
   */
  readonly awaits: Readonly<Partial<Record<State, readonly Command[] | string>>>
  /** Commands, of other tables too where those move this one, after which it came back to whoever is awaited. */
  readonly returns: readonly string[]
  /** By a command of a side with several units: the column of the link that is empty while it is still awaited of that unit. */
  readonly pending: Readonly<Record<string, string>>
  readonly due: readonly Due<State>[]
  /** The column of the appointment that answers for it: of all who hold the role DUTY_OWNER there, its holder alone is awaited. */
  readonly responsible?: string
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
  sides?: Record<string, Side>
  follows?: readonly Follow<NoInfer<State>>[]
  ends?: readonly NoInfer<State>[]
  awaits?: Partial<Record<NoInfer<State>, readonly NoInfer<Command>[] | string>>
  returns?: readonly string[]
  pending?: Readonly<Record<string, string>>
  due?: readonly Due<NoInfer<State>>[]
  responsible?: string
  commands: Record<Command, Transition<NoInfer<State>>>
}): Machine<State, Command> {
  const { didBy = {}, sides = {}, follows = [], ends = [], returns = [], pending = {}, due = [] } = machine
  const awaits = (machine.awaits ?? {}) as Machine<State, Command>['awaits']
  for (const [command, { notWhoDid, side }] of Object.entries<Transition<State>>(machine.commands)) {
    if (side !== undefined && !sides[side]) throw new Error(`${machine.name}: ${command} is for the side ${side}, which the table does not name`)
    const unknown = notWhoDid?.filter(earlier => !didBy[earlier]?.length) ?? []
    if (unknown.length) throw new Error(`${machine.name}: ${command} is not for whoever did ${unknown.join(', ')}, but no column in didBy remembers that`)
  }
  return Object.freeze({ ...machine, didBy, sides, follows, ends, awaits, returns, pending, due })
}

/** The commands that somebody is expected to give in this state, if any. */
export const awaitedIn = (machine: Machine, state: string): readonly string[] => {
  const awaited = machine.awaits[state]
  return typeof awaited === 'object' ? awaited : []
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

/** Where roles are asked: the path of the unit that the row belongs to, and those of the units on each side that its table names. */
export interface Standing {
  readonly actor: Actor
  readonly path: string
  readonly sides?: Readonly<Record<string, readonly string[]>>
}

/** Does the actor hold one of the command's roles on the side whose command it is? */
function mayGive({ roles, side }: Pick<Transition<string>, 'roles' | 'side'>, { actor, path, sides }: Standing): boolean {
  if (side === undefined) return holds(actor, roles, path)
  const paths = sides?.[side]
  if (!paths) throw new Error(`Roles are asked on the side ${side}, whose paths were not given.`)
  return paths.some(p => holds(actor, roles, p))
}

/** Commands whose state, role and four eyes allow them now. Guards that need other data than the row are not asked. */
export function allowedCommands(machine: Machine, row: Held, standing: Standing): string[] {
  return Object.entries(machine.commands)
    .filter(([, t]) => t.from.includes(row.state) && mayGive(t, standing) && !peopleIn(othersThan(machine, t), row).includes(standing.actor.ref))
    .map(([name]) => name)
    .sort()
}

/** Who gives a command, and what goes with it. */
export interface Given<State extends string = string> extends Standing {
  readonly opinion?: string | null
  /** Which of several states follows, where the table leaves the choice. */
  readonly outcome?: State
}

/** The state in which a thing begins by a command that makes it. Throws FORBIDDEN when the role is missing. */
export function begin<State extends string, Command extends string>(machine: Machine<State, Command>, command: Command, standing: Standing): State {
  const t = machine.commands[command]
  if (t.from.length || typeof t.to !== 'string') throw new Error(`${machine.name}: ${command} does not make one.`)
  requireRole(command, t, standing)
  return t.to
}

function requireRole<State extends string>(command: string, t: Transition<State>, standing: Standing): void {
  if (!mayGive(t, standing)) throw roleMissing(command, t.roles)
}

/** The states that may follow on a command in this state. */
export function targetsOf<State extends string>({ to }: Transition<State>, state: State): readonly State[] {
  const target: Target<State> = to === null ? state : isMap(to) ? to[state] ?? state : to
  return Array.isArray(target) ? target : [target as State]
}
const isMap = <State extends string>(to: Target<State> | Readonly<Partial<Record<State, Target<State>>>>): to is Readonly<Partial<Record<State, Target<State>>>> =>
  typeof to === 'object' && !Array.isArray(to)

/**
 * The state that follows. Throws FORBIDDEN when the role is missing, PRECONDITION_FAILED with the allowed commands when the state is wrong,
 * FORBIDDEN for whoever the table keeps from it (four eyes), BAD_INPUT without the opinion that it asks for.
 * Call it after the object was found in the actor's scope: what one may not see is NOT_FOUND before it is anything else.
 */
export function transit<State extends string, Command extends string>(
  machine: Machine<State, Command>, command: Command, row: Held<State>, { opinion, outcome, ...standing }: Given<NoInfer<State>>,
): State {
  const t = machine.commands[command]
  const { state } = row
  requireRole(command, t, standing)
  if (!t.from.includes(state)) {
    throw new AppError('PRECONDITION_FAILED', `${command} is not possible in the state ${state}.`, {
      messageKey: 'wrongState', messageValues: { command, state },
      allowedCommands: allowedCommands(machine, row, standing),
    })
  }
  requireOtherEyes(standing.actor, ...peopleIn(othersThan(machine, t), row))
  if (t.needsOpinion) requireOpinion(opinion)
  const targets = targetsOf(t, state)
  const to = targets.length === 1 ? targets[0] : outcome
  if (to === undefined || !targets.includes(to)) throw new Error(`${machine.name}: ${command} leads from ${state} to one of ${targets.join(', ')}, not to ${String(outcome)}.`)
  return to
}
