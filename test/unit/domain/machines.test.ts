import { ROLES, type Actor, type Role } from '../../../src/core/actor'
import type { AppError } from '../../../src/core/errors'
import { allowedCommands, begin, defineMachine, targetsOf, transit, type Machine, type Standing } from '../../../src/core/states'
import { MACHINES } from '../../../src/domain/machines'
import { flowMachine, powerMachine } from '../../../src/domain/power/power.states'
import { dutyItemMachine, loopMachine, mainListMachine, powerRiskListMachine, supervisionListMachine } from '../../../src/domain/responsibility'
import { controlMachine, riskPointMachine } from '../../../src/domain/risk'

const PATH = '/51/5108/'
const holding = (role: Role, path = PATH): Actor => ({ ref: 'person:x', personId: 'x', roles: [{ role, path }], scope: [path], wide: [] })
/** A row that others made and changed. */
const held = (state: string, row: object = {}) => ({ state, created_by: 'person:a', edited_by: ['person:a', 'person:b'], ...row })
const attempt = (machine: Machine, command: string, state: string, actor: Actor): string => {
  try {
    return transit(machine, command, held(state), { actor, path: PATH + '5108-X/', opinion: '意见' })
  } catch (e) {
    return (e as AppError).code
  }
}

/** The states that a command may lead to from each state, written down apart from the tables: a changed table must be meant. */
const WAYS: [Machine, Record<string, string>][] = [
  [powerMachine, { PROPOSED: 'editPower>PROPOSED confirmPower>CONFIRMED', CONFIRMED: 'editPower>PROPOSED publishPower>PUBLISHED', PUBLISHED: 'suspendPower>SUSPENDED abolishPower>ABOLISHED', SUSPENDED: 'resumePower>PUBLISHED abolishPower>ABOLISHED', ABOLISHED: '' }],
  [flowMachine, { DRAFT: 'editOperatingFlow>DRAFT reviewOperatingFlow>REVIEWED', REVIEWED: 'editOperatingFlow>DRAFT publishOperatingFlow>EFFECTIVE', EFFECTIVE: '', SUPERSEDED: '' }],
  [riskPointMachine, {
    IDENTIFIED: 'editRiskPoint>IDENTIFIED rateRiskPoint>RATED escalateRiskPoint>ESCALATED retireRiskPoint>RETIRED',
    RATED: 'editRiskPoint>RATED rateRiskPoint>RATED planRiskTreatment>TREATMENT_PLANNED escalateRiskPoint>ESCALATED retireRiskPoint>RETIRED',
    TREATMENT_PLANNED: 'editRiskPoint>TREATMENT_PLANNED rateRiskPoint>TREATMENT_PLANNED activateRiskControls>CONTROLLED escalateRiskPoint>ESCALATED retireRiskPoint>RETIRED',
    CONTROLLED: 'editRiskPoint>CONTROLLED rateRiskPoint>CONTROLLED monitorRiskPoint>MONITORED escalateRiskPoint>ESCALATED retireRiskPoint>RETIRED',
    MONITORED: 'editRiskPoint>MONITORED rateRiskPoint>MONITORED triggerRiskReview>RATED escalateRiskPoint>ESCALATED retireRiskPoint>RETIRED',
    ESCALATED: 'rateRiskPoint>ESCALATED deEscalateRiskPoint>RATED retireRiskPoint>RETIRED',
    RETIRED: '',
  }],
  [controlMachine, {
    DESIGNED: 'editControl>DESIGNED implementControl>IMPLEMENTING recordControlTest>DESIGNED retireControl>RETIRED',
    IMPLEMENTING: 'editControl>IMPLEMENTING operateControl>OPERATING recordControlTest>IMPLEMENTING retireControl>RETIRED',
    OPERATING: 'editControl>OPERATING recordControlTest>OPERATING retireControl>RETIRED',
    DEFICIENT: 'editControl>DEFICIENT operateControl>OPERATING recordControlTest>DEFICIENT retireControl>RETIRED',
    RETIRED: '',
  }],
]

describe.each(WAYS.map(([machine, ways]) => [machine.name, machine, ways] as const))('%s', (_, machine, ways) => {
  test('every state × command × role answers as its table says', () => {
    for (const state of Object.keys(machine.states)) {
      const expected = new Map(ways[state]!.split(' ').filter(Boolean).map(w => w.split('>') as [string, string]))
      for (const [command, row] of Object.entries(machine.commands)) {
        for (const role of ROLES) {
          const want = !row.roles.includes(role) ? 'FORBIDDEN' : (expected.get(command) ?? 'PRECONDITION_FAILED')
          expect([state, command, role, attempt(machine, command, state, holding(role))]).toEqual([state, command, role, want])
        }
      }
    }
  })

  test('the role counts on the unit\'s own path only, and allowedCommands says what transit allows', () => {
    for (const state of Object.keys(machine.states)) {
      for (const role of ROLES) {
        const told = allowedCommands(machine, held(state), { actor: holding(role), path: PATH })
        expect(told).toEqual(Object.keys(machine.commands).filter(c => !['FORBIDDEN', 'PRECONDITION_FAILED'].includes(attempt(machine, c, state, holding(role)))).sort())
        expect(allowedCommands(machine, held(state), { actor: holding(role, '/51/5107/'), path: PATH })).toEqual([])
      }
    }
  })
})

test('a refused command tells what is possible instead', () => {
  expect(() => transit(controlMachine, 'operateControl', held('OPERATING'), { actor: holding('UNIT_EDITOR'), path: PATH })).toThrow(expect.objectContaining({
    code: 'PRECONDITION_FAILED', details: expect.objectContaining({ allowedCommands: ['editControl'] }),
  }))
})

/** Whom each decision is kept from, by the columns that remember them: written down apart from the tables. Everything else is free of four eyes. */
const PREPARED = { created_by: 'person:x', edited_by: ['person:a', 'person:x'] }
const LIST = { ...PREPARED, submitted_by: 'person:x' }
const DONE = { performed_by: ['person:x', 'person:a'] }
const KEPT: [Machine, Record<string, object>][] = [
  [powerMachine, { confirmPower: PREPARED }], [flowMachine, { reviewOperatingFlow: PREPARED }], [riskPointMachine, {}], [controlMachine, {}],
  ...[mainListMachine, powerRiskListMachine, supervisionListMachine].map((m): [Machine, Record<string, object>] => [m, { approveResponsibilityList: LIST, returnResponsibilityList: LIST }]),
  [dutyItemMachine, { verifyDutyItem: DONE, returnDutyItem: DONE, waiveDutyItem: DONE }],
  [loopMachine, {
    confirmJointPublication: { unit_confirmed_by: 'person:x', commission_confirmed_by: 'person:x' },
    ...Object.fromEntries(['returnCycleReport', 'evaluateCycle', 'closeCycle'].map(c => [c, { reported_by: 'person:x' }])),
    ...Object.fromEntries(['declineCycleAccountability', 'openCycleAccountability', 'recordCycleFault', 'decideCycleAccountability'].map(c => [c, { accountability_proposed_by: 'person:x' }])),
  }],
]
const NOBODY = { created_by: 'person:a', edited_by: ['person:a'], submitted_by: null, performed_by: [], unit_confirmed_by: null, commission_confirmed_by: null, reported_by: null, evaluated_by: null, accountability_proposed_by: null }

describe.each(KEPT.map(([machine, kept]) => [machine.name, machine, kept] as const))('four eyes: %s', (_, machine, kept) => {
  /** Every command in every state that it starts from, by somebody who holds every role, on a row where this stands. */
  const answers = (of: object): [string, boolean, boolean][] => Object.entries(machine.commands).flatMap(([command, t]) => t.from.map((state): [string, boolean, boolean] => {
    const actor: Actor = { ...holding('UNIT_EDITOR'), roles: ROLES.map(role => ({ role, path: PATH })) }
    const row = { ...NOBODY, ...of, state }
    let error: AppError | null = null
    try {
      transit(machine, command, row, { actor, path: PATH, opinion: '意见', outcome: 'EVALUATED' })
    } catch (e) {
      error = e as AppError
    }
    if (error) expect(error).toMatchObject({ code: 'FORBIDDEN', details: { messageKey: 'fourEyes', violations: [{ rule: 'INV-24' }] } })
    return [`${command} ${state}`, error === null, allowedCommands(machine, row, { actor, path: PATH }).includes(command)]
  }))

  test('whoever stands in one of the columns is kept from the decision, whatever roles they hold, and is told so before', () => {
    const columns = [...new Set(Object.values(kept).flatMap(o => Object.entries(o)).map(([c, v]) => JSON.stringify([c, v])))].map(c => JSON.parse(c) as [string, unknown])
    for (const [column, value] of columns) {
      for (const [what, may, allowed] of answers({ [column]: value })) {
        const [command, state] = what.split(' ') as [string, string]
        // A publication in force names who confirmed it; the next revision is confirmed anew.
        const want = !(column in (kept[command] ?? {})) || (column.endsWith('_confirmed_by') && state !== 'PREPARING')
        expect([column, what, may, allowed]).toEqual([column, what, want, want])
      }
    }
    expect(answers({}).every(([, may, allowed]) => may && allowed)).toBe(true)
  })

  test('a row without the column is a mistake of the caller, never a way round', () => {
    for (const [command, columns] of Object.entries(kept)) {
      const { from, roles } = machine.commands[command]!
      for (const column of Object.keys(columns)) {
        expect(() => transit(machine, command, { ...NOBODY, [column]: undefined, state: from[0]! }, { actor: holding(roles[0]!), path: PATH, opinion: 'x', outcome: 'EVALUATED' })).toThrow(`Four eyes need the column ${column}`)
      }
    }
  })
})

test('a table that names four eyes without a column to ask cannot be declared', () => {
  const commands = { approve: { from: ['A'], to: 'A', roles: ['UNIT_APPROVER'], notWhoDid: ['draft', 'edit'], description: 'Approves (审批)' } } as const
  expect(() => defineMachine({ name: 'Sample', initial: 'A', states: { A: 'A (一)' }, commands, didBy: { draft: [{ column: 'created_by' }] } })).toThrow('Sample: approve is not for whoever did edit')
})

const ALL = Object.values(MACHINES).flat()
const named = (machines: readonly Machine[]): [string, Machine][] => machines.map(m => [m.name, m])

describe.each(named(ALL))('%s, from end to end', (_, machine) => {
  const rowOf = (state: string) => ({ state, ...Object.fromEntries(Object.values(machine.didBy).flat().map(d => [d.column, d.all ? ['person:a'] : 'person:a'])) })
  /** One unit for each side, far from the one that the row belongs to, and who holds a role on one of them. */
  const sides = Object.fromEntries(Object.keys(machine.sides).map((side, i) => [side, [`/${90 + i}/1/`, `/${90 + i}/2/`]]))
  const at = (side?: string): string => (side === undefined ? PATH : sides[side]![1]!)
  const standing = (role: Role, side?: string): Standing => ({ actor: holding(role, at(side)), path: PATH, sides })

  /** What happens: the state that follows, or the code of the refusal. */
  const outcome = (give: () => string): string => {
    try {
      return give()
    } catch (e) {
      return (e as AppError).code
    }
  }

  test('state × command × role × side: who may, may what the table says, and is told so before', () => {
    const found: unknown[] = []
    const wanted: unknown[] = []
    const compare = (what: string, is: unknown, should: unknown): void => {
      found.push([what, is])
      wanted.push([what, should])
    }
    for (const [command, t] of Object.entries(machine.commands)) {
      for (const role of ROLES) {
        for (const side of [undefined, ...Object.keys(sides)]) {
          const who = standing(role, side)
          const mine = t.roles.includes(role) && side === t.side
          const what = `${command} by ${role} of ${side ?? 'the unit'}`
          if (!t.from.length) compare(what, outcome(() => begin(machine, command, who)), mine ? machine.initial : 'FORBIDDEN')
          for (const state of Object.keys(machine.states)) {
            const [row, possible] = [rowOf(state), t.from.includes(state)]
            compare(`${what}, ${state}, told`, allowedCommands(machine, row, who).includes(command), mine && possible)
            for (const to of targetsOf(t, state)) {
              compare(`${what}, ${state}`, outcome(() => transit(machine, command, row, { ...who, opinion: '意见', outcome: to })), !mine ? 'FORBIDDEN' : possible ? to : 'PRECONDITION_FAILED')
            }
          }
        }
      }
    }
    expect(found).toEqual(wanted)
  })

  test('nothing is out of reach, and nothing gets stuck', () => {
    const moves = [
      ...Object.values(machine.commands).flatMap(t => t.from.flatMap(from => targetsOf(t, from).map(to => [from, to] as const))),
      ...machine.follows.flatMap(f => f.from.map(from => [from, f.to] as const)),
    ]
    const reached = new Set([machine.initial])
    for (let before = 0; before < reached.size;) {
      before = reached.size
      for (const [from, to] of moves) if (reached.has(from)) reached.add(to)
    }
    expect([...reached].sort()).toEqual(Object.keys(machine.states).sort())
    // From every state there is a way to an end, and something makes the thing at all.
    const ends = Object.keys(machine.states).filter(s => machine.ends.includes(s) || !moves.some(([from, to]) => from === s && to !== s))
    const finishing = new Set(ends)
    for (let before = 0; before < finishing.size;) {
      before = finishing.size
      for (const [from, to] of moves) if (finishing.has(to)) finishing.add(from)
    }
    expect([machine.name, Object.keys(machine.states).filter(s => !finishing.has(s))]).toEqual([machine.name, []])
    expect([...Object.values(machine.commands), ...machine.follows].some(t => !t.from.length)).toBe(true)
    expect(machine.follows.filter(f => !f.from.length).every(f => f.to === machine.initial)).toBe(true)
  })

  test('every state that is no end awaits somebody, or says why nobody', () => {
    const all = Object.entries(machine.commands)
    const leaves = (state: string): boolean => all.some(([, t]) => t.from.includes(state) && targetsOf(t, state).some(to => to !== state)) || machine.follows.some(f => f.from.includes(state))
    const ends = Object.keys(machine.states).filter(s => machine.ends.includes(s) || !leaves(s))
    expect(Object.keys(machine.awaits).sort()).toEqual(Object.keys(machine.states).filter(s => !ends.includes(s)).sort())
    for (const [state, awaited] of Object.entries(machine.awaits)) {
      if (typeof awaited === 'string') expect(awaited).toMatch(/^[a-z][^.]+$/)
      else expect([state, awaited!.length > 0, awaited!.filter(c => !machine.commands[c]?.from.includes(state))]).toEqual([state, true, []])
    }
    // What gives a thing back moves it, and is a command of some table.
    expect(machine.returns.filter(c => !ALL.some(m => m.commands[c] && m.commands[c].to !== null && m.commands[c].needsOpinion))).toEqual([])
    for (const command of Object.keys(machine.pending)) expect([command, machine.sides[machine.commands[command]?.side ?? '']]).toEqual([command, { via: expect.anything() }])
    for (const { in: states = [] } of machine.due) expect(states.filter(s => !(s in machine.states))).toEqual([])
  })

  test('every command is somebody\'s, is described in both languages, and says why it takes something back', () => {
    for (const [command, t] of Object.entries(machine.commands)) {
      expect([command, t.roles.length > 0, new Set(t.roles).size]).toEqual([command, true, t.roles.length])
      expect(t.description).toMatch(/^[A-Z].*[（(]\p{Script=Han}+[）)][^（(]*\.$/u)
      // Whoever calls off what they asked for themselves owes nobody a reason.
      if (command !== 'cancelJob' && /^(return|refuse|decline|dismiss|cancel|revoke|reject|reopenClue|sendBack|withdrawCase|escalate|step)/.test(command)) expect([command, t.needsOpinion]).toEqual([command, true])
      if (t.guards?.includes('INV-24')) expect([command, t.notWhoDid?.length]).toEqual([command, expect.any(Number)])
    }
    for (const state of Object.values(machine.states)) expect(state).toMatch(/^[A-Z].*\(\p{Script=Han}+\)$/u)
  })
})

test('a command has one name in the whole schema; kinds of one thing share theirs', () => {
  const owners = new Map<string, Set<string>>()
  for (const machine of ALL) for (const command of Object.keys(machine.commands)) owners.set(command, (owners.get(command) ?? new Set()).add(machine.name.replace(/ \(.*/, '')))
  expect([...owners].filter(([, names]) => names.size > 1)).toEqual([])
  for (const command of owners.keys()) expect(command).toMatch(/^[a-z]+([A-Z][a-z]+)+$/)
})

describe('a side', () => {
  const machine = defineMachine({
    name: 'Sample', initial: 'SENT', states: { SENT: 'Sent (发)', TAKEN: 'Taken (收)', LEFT: 'Left (留)' }, sides: { RECEIVER: { column: 'to_unit_id' } },
    commands: {
      sendSample: { from: [], to: 'SENT', roles: ['SUPERVISOR'], description: 'Sends (发)' },
      takeSample: { from: ['SENT'], to: ['TAKEN', 'LEFT'], side: 'RECEIVER', roles: ['SUPERVISOR'], description: 'Takes (收)' },
    },
  })
  const given = { actor: holding('SUPERVISOR', '/51/5107/'), path: PATH }

  test('that the table does not name, or whose paths the caller did not look up, is a mistake and no way round', () => {
    expect(() => transit(machine, 'takeSample', { state: 'SENT' }, { ...given, outcome: 'TAKEN' })).toThrow('the side RECEIVER, whose paths were not given')
    expect(() => defineMachine({ name: 'Sample', initial: 'A', states: { A: 'A (一)' }, commands: { x: { from: ['A'], to: 'A', side: 'Y', roles: ['SUPERVISOR'], description: 'X (一)' } } })).toThrow('x is for the side Y')
  })

  test('without any unit is nobody\'s; of several states that may follow the service names one of them', () => {
    const take = (outcome?: 'SENT' | 'TAKEN', paths = ['/51/5107/1/']): string => transit(machine, 'takeSample', { state: 'SENT' }, { ...given, sides: { RECEIVER: paths }, outcome })
    expect(take('TAKEN')).toBe('TAKEN')
    expect(() => take('TAKEN', [])).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
    expect(() => take()).toThrow('leads from SENT to one of TAKEN, LEFT')
    expect(() => take('SENT')).toThrow('not to SENT')
    expect(() => begin(machine, 'takeSample', given)).toThrow('takeSample does not make one')
  })
})
