import { ROLES, type Actor, type Role } from '../../../src/core/actor'
import type { AppError } from '../../../src/core/errors'
import { allowedCommands, transit, type Machine } from '../../../src/core/states'
import { dutyItemMachine, listMachines, loopMachine, mainListMachine, powerRiskListMachine, supervisionListMachine } from '../../../src/domain/responsibility'

const PATH = '/51/5108/'
const holding = (role: Role, path = PATH): Actor => ({ ref: 'person:x', personId: 'x', roles: [{ role, path }], scope: [path], wide: [] })
/** A row that others made, submitted, confirmed and worked on. */
const held = (state: string) => ({
  state, created_by: 'person:a', edited_by: ['person:a', 'person:b'], submitted_by: 'person:b', unit_confirmed_by: 'person:a', commission_confirmed_by: null, performed_by: ['person:a'],
  reported_by: 'person:a', evaluated_by: 'person:a', accountability_proposed_by: 'person:a',
})
const attempt = (machine: Machine, command: string, state: string, actor: Actor): string => {
  try {
    return transit(machine, command, held(state), { actor, path: PATH + '5108-X/', opinion: '意见', outcome: 'EVALUATED' })
  } catch (e) {
    return (e as AppError).code
  }
}

type Ways = Record<string, string>
const lists = (content: string, approvers: string): Ways => ({
  DRAFT: `${content} submitResponsibilityList>UNDER_REVIEW:UNIT_EDITOR withdrawResponsibilityList>WITHDRAWN:UNIT_EDITOR`,
  UNDER_REVIEW: `approveResponsibilityList>APPROVED:${approvers} returnResponsibilityList>DRAFT:${approvers} withdrawResponsibilityList>WITHDRAWN:UNIT_EDITOR`,
  APPROVED: `${content} reopenResponsibilityList>DRAFT:UNIT_EDITOR,${approvers}`,
  PUBLISHED: 'reviseResponsibilityList>PUBLISHED:UNIT_EDITOR', SUPERSEDED: '', WITHDRAWN: '',
})
const ITEMS = 'addDutyItem>DRAFT:UNIT_EDITOR editDutyItem>DRAFT:UNIT_EDITOR removeDutyItem>DRAFT:UNIT_EDITOR'
const WAIVE = 'waiveDutyItem>WAIVED:COMMISSION_APPROVER'

const pursuit = (state: string): string =>
  `proposeCycleAccountability>${state}:SUPERVISOR,COMMISSION_APPROVER declineCycleAccountability>${state}:ACCOUNTABILITY_DECIDER openCycleAccountability>ACCOUNTABILITY:ACCOUNTABILITY_DECIDER`

/** state: command>state:roles, written down apart from the tables: a changed table must be meant. */
const TABLES: [Machine, Ways][] = [
  [mainListMachine, lists(ITEMS, 'UNIT_APPROVER')],
  [supervisionListMachine, lists(ITEMS, 'COMMISSION_APPROVER')],
  [powerRiskListMachine, lists('setListPowers>DRAFT:UNIT_EDITOR', 'UNIT_APPROVER')],
  [dutyItemMachine, {
    NOT_STARTED: `startDutyItem>IN_PROGRESS:DUTY_OWNER ${WAIVE}`, IN_PROGRESS: `claimDutyItemDone>CLAIMED_DONE:DUTY_OWNER ${WAIVE}`,
    CLAIMED_DONE: `verifyDutyItem>VERIFIED:SUPERVISOR returnDutyItem>RETURNED:SUPERVISOR ${WAIVE}`, RETURNED: `startDutyItem>IN_PROGRESS:DUTY_OWNER ${WAIVE}`,
    VERIFIED: '', WAIVED: '',
  }],
  [loopMachine, {
    PREPARING: 'confirmJointPublication>IN_FORCE:UNIT_APPROVER,COMMISSION_APPROVER',
    IN_FORCE: `confirmJointPublication>IN_FORCE:UNIT_APPROVER,COMMISSION_APPROVER reviewProgress>IN_FORCE:UNIT_APPROVER,COMMISSION_APPROVER reportCycle>REPORTED:UNIT_APPROVER,COMMISSION_APPROVER ${pursuit('IN_FORCE')}`,
    REPORTED: 'returnCycleReport>IN_FORCE:COMMISSION_APPROVER evaluateCycle>EVALUATED:COMMISSION_APPROVER',
    EVALUATED: `evaluateCycle>EVALUATED:COMMISSION_APPROVER closeCycle>CLOSED:COMMISSION_APPROVER ${pursuit('EVALUATED')}`,
    ACCOUNTABILITY: 'recordCycleFault>ACCOUNTABILITY:ACCOUNTABILITY_DECIDER dropCycleAccountability>EVALUATED:ACCOUNTABILITY_DECIDER decideCycleAccountability>CLOSED:ACCOUNTABILITY_DECIDER', CLOSED: '',
  }],
]

interface Way { command: string; to: string; roles: string[] }
const parse = (ways: string): Way[] => ways.split(' ').filter(Boolean).map(way => {
  const [command, to, roles] = way.split(/[>:]/) as [string, string, string]
  return { command, to, roles: roles.split(',') }
})

describe.each(TABLES.map(([machine, ways]) => [machine.name, machine, ways] as const))('%s', (_, machine, ways) => {
  const commands = [...new Set(Object.values(ways).flatMap(parse).map(w => w.command))]

  test('the table has these commands and no other', () => {
    expect(Object.keys(machine.commands).sort()).toEqual([...commands].sort())
    expect(Object.keys(machine.states).sort()).toEqual(Object.keys(ways).sort())
  })

  test('every state × command × role answers as its table says', () => {
    for (const [state, text] of Object.entries(ways)) {
      const found = new Map(parse(text).map(w => [w.command, w]))
      for (const command of commands) {
        const roles = Object.values(ways).flatMap(parse).find(w => w.command === command)!.roles
        for (const role of ROLES) {
          const want = !roles.includes(role) ? 'FORBIDDEN' : (found.get(command)?.to ?? 'PRECONDITION_FAILED')
          expect([state, command, role, attempt(machine, command, state, holding(role))]).toEqual([state, command, role, want])
        }
      }
    }
  })

  test('a role counts on its own path only, and allowedCommands says what transit allows', () => {
    for (const state of Object.keys(ways)) {
      for (const role of ROLES) {
        const possible = commands.filter(c => !['FORBIDDEN', 'PRECONDITION_FAILED'].includes(attempt(machine, c, state, holding(role))))
        expect(allowedCommands(machine, held(state), { actor: holding(role), path: PATH })).toEqual(possible.sort())
        expect(allowedCommands(machine, held(state), { actor: holding(role, '/51/5107/'), path: PATH })).toEqual([])
      }
    }
  })
})

test('returning and waiving ask for an opinion, nothing else does', () => {
  for (const machine of [...Object.values(listMachines), dutyItemMachine, loopMachine] as Machine[]) {
    for (const [command, t] of Object.entries(machine.commands)) {
      const asks = ['returnResponsibilityList', 'returnDutyItem', 'waiveDutyItem', 'returnCycleReport', 'proposeCycleAccountability', 'declineCycleAccountability', 'dropCycleAccountability'].includes(command)
      const without = (): string => transit(machine, command, held(t.from[0]!), { actor: holding(t.roles[0]!), path: PATH, opinion: ' ', outcome: 'EVALUATED' })
      if (asks) expect(without).toThrow(expect.objectContaining({ code: 'BAD_INPUT', details: expect.objectContaining({ messageKey: 'opinionNeeded' }) }))
      else expect([command, without()]).toEqual([command, expect.any(String)])
    }
  }
})

test('the three kinds of lists share one life', () => {
  expect(supervisionListMachine.states).toEqual(mainListMachine.states)
  expect(powerRiskListMachine.states).toEqual(mainListMachine.states)
})
