import { buildSchema } from '../../../src/api'
import { checkRoles } from '../../../src/api/roles'
import { ROLE_DESCRIPTIONS } from '../../../src/auth'
import { ROLES, type Role } from '../../../src/core/actor'
import type { Permission } from '../../../src/core/permission'
import { noun, type Noun } from '../../../src/core/reads'
import { defineMachine } from '../../../src/core/states'
import { coreModules } from '../../../src/domain'
import { declaredChains, type Chain } from '../../../src/domain/approval'
import { MACHINES } from '../../../src/domain/machines'
import type { DomainModule } from '../../../src/domain/module'

const rows = (o: Partial<Noun> & { type: string; permission: Permission }): Noun =>
  noun({ prefix: 'x', table: 'x', scope: { by: 'unit', column: 'unit_id' }, columns: {}, edges: {}, filters: {}, orders: {}, ...o })
const withTable = (roles: readonly Role[], notWhoDid?: string[]): Noun => rows({ type: 'Sample', permission: ['SUPERVISOR'], columns: { allowedCommands: { kind: 'commands', machine: defineMachine({
  name: 'Sample', initial: 'A', states: { A: 'A (一)' }, didBy: { draft: [{ column: 'created_by' }] },
  commands: { approveSample: { from: ['A'], to: 'A', roles, ...(notWhoDid && { notWhoDid }), description: 'Approves (审批)' } },
}) } } })
const chain = (role: Role): Chain => ({
  name: 'Sample', rule: 'SM-0', order: 'IN_ORDER',
  steps: [{ step: 'S', label: { zh: '一', en: 'One' }, roles: [role], at: ['SUBJECT_UNIT'], apartFrom: ['AUTHORS'], commands: { APPROVED: 'approveSample' } }],
})
const check = (o: Partial<Parameters<typeof checkRoles>[0]>): string => {
  try {
    checkRoles({ permissions: {}, nouns: [], chains: [], ...o })
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

describe('what a role never does is held against everything declared', () => {
  test('an auditor and a reporting client are given no command, by permission, by table or by leaving it open', () => {
    const permissions = { Mutation: { rateRiskPoint: ['UNIT_EDITOR', 'AUDITOR'], openToAll: 'authenticated', editPower: ['UNIT_EDITOR'] } } as const
    const found = check({ permissions, nouns: [withTable(['REPORTING_CLIENT'])] })
    expect(found).toContain('rateRiskPoint is open to AUDITOR, but AUDITOR never changes anything')
    expect(found).toContain('openToAll is open to AUDITOR, but AUDITOR never changes anything')
    expect(found).toContain('openToAll is open to REPORTING_CLIENT')
    expect(found).toContain('approveSample is open to REPORTING_CLIENT')
    expect(found).not.toContain('editPower')
  })

  test('a sector maintainer is given commands on releases alone', () => {
    expect(check({ permissions: { Mutation: { publishCatalogRelease: ['SECTOR_MAINTAINER'] } } })).toBe('')
    expect(check({ permissions: { Mutation: { addDutyItem: ['UNIT_EDITOR', 'SECTOR_MAINTAINER'] } } })).toContain('addDutyItem is open to SECTOR_MAINTAINER, but SECTOR_MAINTAINER never changes unit data')
  })

  test.each(['PORTRAITS', 'CLUES', 'CASES', 'IDENTITY'] as const)('an administrator reads nothing of the realm %s', realm => {
    const of = (permission: Permission): string => check({ nouns: [rows({ type: 'Secret', permission, realm })] })
    expect(of(['PLATFORM_ADMIN'])).toContain('rows of Secret are open to PLATFORM_ADMIN')
    expect(of('authenticated')).toContain('rows of Secret are open to PLATFORM_ADMIN')
    expect(of(['CASE_OFFICER'])).toBe('')
  })

  test('a leader and a custodian read no clues, a reporting client no rows that may be drafts', () => {
    expect(check({ nouns: [rows({ type: 'Clue', permission: ['LEADER_READER', 'IDENTITY_CUSTODIAN'], realm: 'CLUES' })] })).toMatch(/IDENTITY_CUSTODIAN.*\n.*LEADER_READER/)
    expect(check({ nouns: [rows({ type: 'DutyItem', permission: ['REPORTING_CLIENT'] })] })).toContain('rows of DutyItem are open to REPORTING_CLIENT, but REPORTING_CLIENT never reads single clues, cases or drafts')
    expect(check({ nouns: [rows({ type: 'Unit', permission: ['REPORTING_CLIENT'] })] })).toBe('')
  })

  test('who drafts portraits decides no step of approval, and who decides edits nothing', () => {
    expect(check({ chains: [chain('PORTRAIT_LEAD')] })).toContain('the step S of Sample is decided by PORTRAIT_LEAD')
    expect(check({ chains: [chain('PARTY_SECRETARY')], nouns: [withTable(['PARTY_SECRETARY', 'PORTRAIT_OFFICE'], ['draft'])] })).toMatch(/^[^\n]*\n {2}- approveSample is open to PORTRAIT_OFFICE[^\n]*$/)
    expect(check({ chains: [chain('PARTY_SECRETARY')], permissions: { Mutation: { editSample: ['PARTY_SECRETARY'] } } })).toContain('editSample is open to PARTY_SECRETARY, but PARTY_SECRETARY never edits content')
  })

  test('no step in the life of a thing is open to those who investigate and those who try; what moves nothing may be', () => {
    expect(check({ nouns: [withTable(['CASE_OFFICER', 'TRIAL_OFFICER'])] })).toContain('approveSample is open to both CASE_OFFICER and TRIAL_OFFICER')
    expect(check({ permissions: { Mutation: { revealPerson: ['CASE_OFFICER', 'TRIAL_OFFICER'] } } })).toBe('')
  })

  test('a village supervisor does not dispose of clues', () => {
    expect(check({ permissions: { Mutation: { receiveClue: ['VILLAGE_SUPERVISOR'], disposeClue: ['TOWNSHIP_COMMISSION'] } } })).toBe('')
    expect(check({ permissions: { Mutation: { disposeClue: ['TOWNSHIP_COMMISSION', 'VILLAGE_SUPERVISOR'] } } })).toContain('disposeClue is open to VILLAGE_SUPERVISOR, but VILLAGE_SUPERVISOR never disposes of clues')
    // Every command that the rule names is one.
    const { by } = ROLE_DESCRIPTIONS.VILLAGE_SUPERVISOR.never[0]!
    const commands = Object.values(MACHINES).flat().flatMap(m => Object.keys(m.commands))
    expect(by?.kind === 'THESE_COMMANDS' && by.these.filter(name => !commands.includes(name))).toEqual([])
  })

  test('no state table contradicts it', () => {
    const nouns = Object.values(MACHINES).flat().map((machine, i) => rows({ type: `Sample${i}`, permission: ['SUPERVISOR'], columns: { allowedCommands: { kind: 'commands', machine } } }))
    expect(check({ nouns, chains: declaredChains() })).toBe('')
  })

  test('a table that lets anybody decide on their own work does not stand beside a chain', () => {
    expect(check({ chains: [chain('UNIT_APPROVER')], nouns: [withTable(['UNIT_APPROVER'])] })).toContain('approveSample decides a step of approval, but its table keeps nobody from it (INV-24)')
    expect(check({ chains: [chain('UNIT_APPROVER')], nouns: [withTable(['UNIT_APPROVER'], ['draft'])] })).toBe('')
  })

  test('a server whose permissions contradict the table does not start; the core contradicts nothing', () => {
    const { permissions } = buildSchema(coreModules, null)
    expect(() => checkRoles({ permissions, nouns: coreModules.flatMap(m => m.reads), chains: declaredChains() })).not.toThrow()
    const wrong: DomainModule[] = coreModules.map(m => (m.name === 'grant' ? { ...m, permissions: { Mutation: { ...m.permissions['Mutation'], grantRole: ['PLATFORM_ADMIN', 'AUDITOR'] } } } : m))
    expect(() => buildSchema(wrong, null)).toThrow('grantRole is open to AUDITOR, but AUDITOR never changes anything')
  })
})

test('every role says in both languages what it is for and what it never does', () => {
  for (const role of ROLES) {
    const { zh, en, may, never } = ROLE_DESCRIPTIONS[role]
    for (const text of [zh, may.zh, ...never.map(n => n.zh)]) expect([role, text]).toEqual([role, expect.stringMatching(/^[\p{Script=Han}\p{P}]+$/u)])
    for (const text of [en, may.en, ...never.map(n => n.en)]) expect([role, text]).toEqual([role, expect.stringMatching(/^[\x20-\x7e’]+$/)])
  }
})
