import { ROLES, systemActor, type Role } from '../../src/core/actor'
import type { Machine } from '../../src/core/states'
import { runCommand } from '../../src/database/command'
import { MACHINES } from '../../src/domain/machines'
import { originOf } from '../support/registers-fixture'
import { Commander, type Given } from '../support/scope-walk/command'
import { somebody } from '../support/scope-walk/county'
import { goEveryWay } from '../support/every-way'
import { Documents, type Known } from '../support/scope-walk/documents'
import { tellStory } from '../support/scope-walk/story'
import { scopeWorld, type Answered, type ScopeWorld } from '../support/scope-walk/world'

/** `machine command FROM`: moves that a state table allowed for the command that was given over HTTP, all of which were done. */
const mockAllowed = new Set<string>()
let mockGiven: string | null = null
jest.mock('../../src/core/states', () => {
  const actual = jest.requireActual<typeof import('../../src/core/states')>('../../src/core/states')
  const transit: typeof actual.transit = (machine, command, row, given) => {
    const to = actual.transit(machine, command, row, given)
    if (command === mockGiven) mockAllowed.add(`${machine.name} ${command} ${row.state}`)
    return to
  }
  return { ...actual, transit }
})

/**
 * A county does everything that the product can do, then goes every other way that the state tables allow, so that each command is given once
 * from each state that it may be given in. Each is first given, with the same right input, by somebody who holds every role but those of the
 * table; and once more when all is over, where the table does not allow it from where things stand then. Both are refused.
 */
const TABLES = new Map<string, Machine[]>()
for (const machine of Object.values(MACHINES).flat()) for (const command of Object.keys(machine.commands)) TABLES.set(command, [...TABLES.get(command) ?? [], machine])

let w: ScopeWorld
let commands: string[]
/** What was answered to whoever may not give the command. */
const byOthers = new Map<string, string | undefined>()
/** What was answered to a command that comes too late: the code, what it told may be done instead, and what the thing itself tells. */
const late = new Map<string, readonly [code: string | undefined, told: unknown, allowed: unknown]>()

const send = (who: string | null, { mutation, inputType, input }: Given): Promise<Answered> =>
  w.ask.planner(who, { query: `mutation($input: ${inputType}!) { ${mutation}(input: $input) { __typename } }`, variables: { input: { ...input, idempotencyKey: null } } })

/** Holds every role over the county but those of these tables; one person for each set of roles. */
const others = new Map<string, Promise<string>>()
function otherThan(command: string, machines: readonly Machine[]): Promise<string> {
  const its = new Set<Role>(machines.flatMap(m => m.commands[command]!.roles))
  const roles = ROLES.filter(role => !its.has(role))
  const staffNo = `${w.own.mark}-OTHER-${others.size}`
  const settle = (): Promise<string> => runCommand(w.server.db, originOf(systemActor('test')), 'test', {}, async tx => {
    somebody(tx, { staffNo, name: '旁人', unit: w.own.root.slice(-36), roles })
    return staffNo
  })
  const found = others.get(roles.join()) ?? settle()
  others.set(roles.join(), found)
  return found
}

async function refuseOthers(given: Given): Promise<void> {
  const machines = TABLES.get(given.mutation)
  mockGiven = null
  if (machines && !byOthers.has(given.mutation)) await refuseTo(given, machines)
  mockGiven = given.mutation
}

async function refuseTo(given: Given, machines: readonly Machine[]): Promise<void> {
  byOthers.set(given.mutation, (await send(await otherThan(given.mutation, machines), given)).errors[0]?.extensions.code)
}

interface Standing { readonly __typename: string; readonly state?: string; readonly allowedCommands?: readonly string[]; readonly rowVersion?: number }
/** Where the thing of a command stands now; null when it is gone. */
async function standing(who: string | null, id: unknown, types: readonly string[]): Promise<Standing | null> {
  const query = `query($id: ID!) { node(id: $id) { __typename ${types.map(type => `... on ${type} { state allowedCommands rowVersion }`).join(' ')} } }`
  return ((await w.ask.planner(who, { query, variables: { id } })).data?.['node'] ?? null) as Standing | null
}

async function refuseLate(given: Given): Promise<void> {
  const machines = TABLES.get(given.mutation)
  if (!machines || late.has(given.mutation) || given.input['id'] === undefined) return
  const now = await standing(given.who, given.input['id'], [...new Set(machines.map(m => m.name.replace(/ \(.*/, '')))])
  if (now?.state === undefined || machines.some(m => m.commands[given.mutation]!.from.includes(now.state!))) return
  const input = { ...given.input, ...('rowVersion' in given.input && { rowVersion: now.rowVersion }) }
  const { code, allowedCommands } = (await send(given.who, { ...given, input })).errors[0]?.extensions ?? { code: undefined }
  late.set(given.mutation, [code, allowedCommands, now.allowedCommands])
}

beforeAll(async () => {
  w = await scopeWorld()
  const documents = new Documents(w.readers.planner.schema)
  commands = Object.keys(documents.schema.getMutationType()!.getFields()).filter(name => TABLES.has(name))
  const nothing: Known = { own: new Map([['Unit', [w.own.root]]]), foreign: new Map(), values: new Map(), cursors: new Map(), marks: ['-'], city: w.city }
  const teller = new Commander(w, w.own, documents, nothing, refuseOthers)
  await tellStory(teller)
  await goEveryWay(teller)
  mockGiven = null
  for (const given of teller.given) await refuseLate(given)
}, 900_000)
afterAll(() => w?.close())

/** Ways that need a server at work at that very moment, each with the story that goes them. */
const ELSEWHERE: readonly string[] = ['Job cancelJob RUNNING' /* e2e/jobs: what is broken off */]

test('every command of a state table is given over HTTP once from each state that it may be given in', () => {
  const every = Object.values(MACHINES).flat().flatMap(m => Object.entries(m.commands).flatMap(([command, { from }]) => from.map(state => `${m.name} ${command} ${state}`)))
  expect(every.length).toBeGreaterThan(400)
  expect(ELSEWHERE.filter(way => !every.includes(way))).toEqual([])
  expect(every.filter(way => !mockAllowed.has(way) && !ELSEWHERE.includes(way)).map(way => `Go ${way} in test/support/every-way.`)).toEqual([])
})

test('every command of a state table is refused to whoever holds every other role', () => {
  expect(commands.filter(command => !byOthers.has(command))).toEqual([])
  expect([...byOthers].filter(([, code]) => code !== 'FORBIDDEN')).toEqual([])
})

test('a command from where its table does not allow it is refused with what may be done instead', () => {
  const wrong = [...late].filter(([, [code, told, allowed]]) => code !== 'PRECONDITION_FAILED' || JSON.stringify(told) !== JSON.stringify(allowed))
  expect(wrong).toEqual([])
  expect(late.size).toBeGreaterThan(120)
})
