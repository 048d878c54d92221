import { ROLES, type Actor, type Role } from '../../../src/core/actor'
import type { AppError } from '../../../src/core/errors'
import { allowedCommands, transit, type Machine } from '../../../src/core/states'
import { flowMachine, powerMachine } from '../../../src/domain/power/power.states'
import { controlMachine, riskPointMachine } from '../../../src/domain/risk'

const PATH = '/51/5108/'
const holding = (role: Role, path = PATH): Actor => ({ ref: 'person:x', personId: 'x', roles: [{ role, path }], scope: [path], wide: false })
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
        const told = allowedCommands(machine, held(state), holding(role), PATH)
        expect(told).toEqual(Object.keys(machine.commands).filter(c => !['FORBIDDEN', 'PRECONDITION_FAILED'].includes(attempt(machine, c, state, holding(role)))).sort())
        expect(allowedCommands(machine, held(state), holding(role, '/51/5107/'), PATH)).toEqual([])
      }
    }
  })
})

test('a refused command tells what is possible instead', () => {
  expect(() => transit(controlMachine, 'operateControl', held('OPERATING'), { actor: holding('UNIT_EDITOR'), path: PATH })).toThrow(expect.objectContaining({
    code: 'PRECONDITION_FAILED', details: expect.objectContaining({ allowedCommands: ['editControl'] }),
  }))
})
