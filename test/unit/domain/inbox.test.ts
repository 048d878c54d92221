import { noun, enumeration } from '../../../src/core/reads'
import { defineMachine } from '../../../src/core/states'
import { desksOf, sourcesOf } from '../../../src/domain/inbox'

const machine = defineMachine({
  name: 'Sample', initial: 'DRAFT', states: { DRAFT: 'Draft (草稿)', SENT: 'Sent (发)', DONE: 'Done (完)' },
  sides: { RECEIVER: { column: 'to_unit_id' } }, didBy: { sendSample: [{ column: 'sent_by' }, { column: 'edited_by', all: true, in: ['DRAFT'] }] },
  awaits: { DRAFT: ['sendSample'], SENT: ['takeSample', 'refuseSample', 'watchSample'] },
  commands: {
    sendSample: { from: ['DRAFT'], to: 'SENT', roles: ['UNIT_EDITOR', 'DUTY_OWNER'], description: 'Sends (发)' },
    takeSample: { from: ['SENT'], to: 'DONE', side: 'RECEIVER', roles: ['SUPERVISOR', 'VILLAGE_SUPERVISOR'], notWhoDid: ['sendSample'], description: 'Takes (收)' },
    refuseSample: { from: ['SENT'], to: 'DRAFT', side: 'RECEIVER', roles: ['SUPERVISOR'], notWhoDid: ['sendSample'], needsOpinion: true, description: 'Refuses (拒)' },
    watchSample: { from: ['SENT'], to: null, roles: ['SUPERVISOR'], description: 'Watches (看)' },
  },
})
const told = (realm?: 'CLUES') => desksOf(machine, realm).map(({ state, side, roles, commands, apart }) => ({ state, side: side && 'column' in side ? side.column : null, roles, commands, apart: apart.map(a => a.column) }))

test('who is waited for follows from the commands: their side, their roles, four eyes where they hold', () => {
  expect(told()).toEqual([
    { state: 'DRAFT', side: null, roles: ['UNIT_EDITOR', 'DUTY_OWNER'], commands: ['sendSample'], apart: [] },
    { state: 'SENT', side: 'to_unit_id', roles: ['SUPERVISOR'], commands: ['takeSample', 'refuseSample'], apart: ['sent_by'] },
    { state: 'SENT', side: 'to_unit_id', roles: ['VILLAGE_SUPERVISOR'], commands: ['takeSample'], apart: ['sent_by'] },
    { state: 'SENT', side: null, roles: ['SUPERVISOR'], commands: ['watchSample'], apart: [] },
  ])
})

test('of a closed realm only roles that open it hear', () => {
  expect(told('CLUES').map(d => [d.state, d.roles])).toEqual([['SENT', ['SUPERVISOR']], ['SENT', ['SUPERVISOR']]])
})

test('a noun takes part by its state table alone: with variants each row by its own, with a realm as that closes it', () => {
  const sample = (column: object, realm?: 'CLUES') => noun({
    type: 'Sample', prefix: 'sample', table: 'sample', scope: { by: 'unit', column: 'unit_id' }, permission: ['SUPERVISOR'], ...(realm && { realm }),
    columns: { id: { kind: 'id' }, state: enumeration('X'), allowedCommands: { kind: 'commands', machine, ...column } }, edges: {}, filters: {}, orders: {},
  })
  const [plain, variants, none] = [sourcesOf([sample({})]), sourcesOf([sample({ at: 'owner_unit_id', variants: { column: 'kind', machines: { A: machine, B: machine } } }, 'CLUES')]), sourcesOf([{ ...sample({}), columns: { id: { kind: 'id' } } }])]
  expect(plain).toMatchObject([{ type: 'Sample', table: 'sample', unit: 'unit_id', desks: [{}, {}, {}, {}] }])
  expect(variants).toMatchObject([{ unit: 'owner_unit_id', realm: 'CLUES' }])
  expect(variants[0]!.desks.map(d => d.variant?.value)).toEqual(['A', 'A', 'B', 'B'])
  expect(none).toEqual([])
})
