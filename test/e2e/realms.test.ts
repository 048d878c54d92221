import 'reflect-metadata'
import { Field, ObjectType } from 'type-graphql'
import { REALM_ROLES } from '../../src/auth/roles'
import { CLOSED_REALMS, ROLES, systemActor } from '../../src/core/actor'
import { globalId, newId } from '../../src/core/ids'
import { noun, text } from '../../src/core/reads'
import { runCommand } from '../../src/database/command'
import { locate } from '../../src/database/locate'
import { coreModules } from '../../src/domain'
import { NodeInterface } from '../../src/domain/interfaces'
import type { DomainModule } from '../../src/domain/module'
import { actorOf } from '../../src/auth'
import { testApi, type TestApi } from '../support/api'
import { Organisation } from '../support/organisation'

/** A noun whose rows lie in a realm, for want of one of the product's own: what its declaration promises is asked of both readers. */
@ObjectType({ implements: [NodeInterface], description: 'A note of the realm CLUES（线索批注）.' })
class SecretNote extends NodeInterface {
  @Field(() => String, { description: 'Body（内容）.' }) body!: string
}
const sameScope = 'a note carries the unit that it is about'
const notes: DomainModule = {
  name: 'secret-notes', entities: [], types: [SecretNote], resolvers: [], create: () => [], permissions: {},
  reads: [noun({
    type: 'SecretNote', prefix: 'note', table: 'secret_note', scope: { by: 'unit', column: 'unit_id' }, permission: ['TOWNSHIP_COMMISSION', 'SUPERVISOR', 'UNIT_EDITOR'], realm: 'CLUES',
    columns: { id: { kind: 'id' }, body: text() }, filters: { unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true } }, orders: { BODY: { type: 'text' } },
    edges: { unit: { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'Its unit（单位）.' } },
    root: { one: 'secretNote', many: 'secretNotes', oneDescription: 'One note（批注）.', manyDescription: 'Notes（批注）.' },
  })],
  edges: [
    { on: 'Unit', field: 'secretNotes', edge: { card: 'connection', to: 'SecretNote', by: 'unit_id', description: 'Notes（批注）.', sameScope } },
    { on: 'Unit', field: 'secretNoteCount', edge: { card: 'count', to: 'SecretNote', by: 'unit_id', description: 'Number of notes（批注数）.', sameScope } },
  ],
}

const COUNTY = '/510800/510821/'
const BUREAU = `${COUNTY}510821-HEALTH/`
const NEXT = '/510800/510824/'

describe.each([['planned', true], ['resolved', false]] as const)('rows of a realm, %s', (_, planner) => {
  let api: TestApi
  let org: Organisation
  const ids: Record<string, string> = {}
  const people = { township: ['TOWNSHIP_COMMISSION', COUNTY], neighbour: ['TOWNSHIP_COMMISSION', NEXT], editor: ['UNIT_EDITOR', COUNTY], leader: ['LEADER_READER', '/510800/'], admin: ['PLATFORM_ADMIN', '/510800/'], both: ['SUPERVISOR', NEXT] } as const

  beforeAll(async () => {
    api = await testApi({ modules: [...coreModules, notes], config: { planner }, before: async owner => {
      await owner.query(`CREATE TABLE secret_note (id uuid PRIMARY KEY, unit_id uuid NOT NULL REFERENCES unit (id), realm text NOT NULL DEFAULT 'CLUES', body text NOT NULL, row_version integer NOT NULL DEFAULT 1)`)
      await owner.query(`ALTER TABLE secret_note ENABLE ROW LEVEL SECURITY`)
      await owner.query(`CREATE POLICY secret_note_entered ON secret_note TO plumbline_app USING (realm = ANY (string_to_array(current_setting('plumbline.realms', true), ',')))`)
      await owner.query('GRANT SELECT, INSERT, UPDATE ON secret_note TO plumbline_app')
    } })
    const { owner } = api.database
    org = new Organisation(owner)
    for (const unit of ['/510800/', COUNTY, BUREAU, NEXT]) await org.unit(unit)
    for (const [name, [role, unit]] of Object.entries(people)) {
      await org.person(name, unit)
      await org.grant(name, role, unit)
    }
    // Registers of one county and the realm of another: neither widens the other.
    await org.grant('both', 'UNIT_EDITOR', COUNTY)
    for (const [name, unit] of [['county', COUNTY], ['bureau', BUREAU], ['next', NEXT]] as const) {
      ids[name] = newId()
      await owner.query('INSERT INTO secret_note (id, unit_id, body) VALUES ($1, $2, $3)', [ids[name], org.units.get(unit), name])
    }
  })
  afterAll(() => api.close())

  const seen = async (who: keyof typeof people): Promise<Record<string, unknown>> => {
    const { data, errors } = await api.ask(await api.token(who), `query ($ids: [ID!]!, $bureau: ID!, $county: ID!, $first: ID!) {
      list: secretNotes(orderBy: [{ field: BODY, direction: ASC }]) { totalCount nodes { body } }
      within: secretNotes(filter: { unit: { within: $county } }) { totalCount }
      one: secretNote(id: $first) { body } node(id: $first) { id } nodes(ids: $ids) { id }
      unit(id: $bureau) { secretNoteCount secretNotes(first: 5) { totalCount nodes { body } } }
      units(filter: { unit: { within: $county } }) { nodes { secretNoteCount } }
    }`, { ids: Object.values(ids).map(id => `note_${id}`), bureau: globalId('unit', org.units.get(BUREAU)!), county: globalId('unit', org.units.get(COUNTY)!), first: `note_${ids['bureau']}` })
    expect(errors).toEqual([])
    return {
      list: data.list.nodes.map((n: { body: string }) => n.body), total: data.list.totalCount, within: data.within.totalCount, one: data.one?.body ?? null, node: data.node !== null,
      nodes: data.nodes.filter(Boolean).length, edge: data.unit && [data.unit.secretNoteCount, data.unit.secretNotes.totalCount, data.unit.secretNotes.nodes.length], counts: data.units.nodes.reduce((n: number, u: { secretNoteCount: number }) => n + u.secretNoteCount, 0),
    }
  }

  test('are for the roles that open it, in their subtree, on every way', async () => {
    expect(await seen('township')).toEqual({ list: ['bureau', 'county'], total: 2, within: 2, one: 'bureau', node: true, nodes: 2, edge: [1, 1, 1], counts: 2 })
    expect(await seen('neighbour')).toEqual({ list: ['next'], total: 1, within: 0, one: null, node: false, nodes: 1, edge: null, counts: 0 })
    // By itself a list can be planned.
    const before = api.server.stats.planned
    const { data } = await api.ask(await api.token('neighbour'), '{ secretNotes { totalCount nodes { body } } }')
    expect([data.secretNotes, api.server.stats.planned > before]).toEqual([{ totalCount: 1, nodes: [{ body: 'next' }] }, planner])
  })

  test('are for nobody else, however wide the scope', async () => {
    expect(await seen('editor')).toEqual({ list: [], total: 0, within: 0, one: null, node: false, nodes: 0, edge: [0, 0, 0], counts: 0 })
    for (const who of ['leader', 'admin'] as const) {
      expect((await api.ask(await api.token(who), 'query ($id: ID!) { node(id: $id) { id } }', { id: `note_${ids['bureau']}` })).data).toEqual({ node: null })
      expect((await api.ask(await api.token(who), '{ secretNotes { totalCount } }')).errors[0]!.extensions.code).toBe('FORBIDDEN')
    }
  })

  test('do not open with the registers, nor the registers with them', async () => {
    expect(await seen('both')).toMatchObject({ list: ['next'], total: 1, one: null, within: 0, counts: 0, edge: [0, 0, 0] })
  })

  test('are found by commands for those who open the realm, and for nobody else', async () => {
    const find = (who: Parameters<typeof runCommand>[1]['actor']) => runCommand(api.database.db, { actor: who, requestId: 'test', address: null }, 'test', {}, async tx => (await locate(tx, { table: 'secret_note', prefix: 'note', realm: 'CLUES' }, `note_${ids['bureau']}`, 'id'))['body'])
    const person = (role: (typeof ROLES)[number], path: string) => actorOf(newId(), [{ role, path }])
    expect(await find(person('TOWNSHIP_COMMISSION', COUNTY))).toBe('bureau')
    for (const who of [person('TOWNSHIP_COMMISSION', NEXT), person('PLATFORM_ADMIN', '/'), person('LEADER_READER', '/'), systemActor('cli')]) await expect(find(who)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('are shown to a plain statement of the server not at all', async () => {
    expect(await api.database.db.rows('SELECT 1 FROM secret_note')).toEqual([])
  })
})

describe('who opens a realm', () => {
  const without = ['PLATFORM_ADMIN', 'AUDITOR', 'REPORTING_CLIENT', 'SECTOR_MAINTAINER', 'LEADER_READER', 'UNIT_EDITOR', 'VILLAGE_SUPERVISOR'] as const
  test.each(CLOSED_REALMS)('%s: the roles that it names, over their subtrees; administrators, auditors, tools and the system do not', realm => {
    expect(actorOf(newId(), without.map(role => ({ role, path: '/' }))).realms).toEqual({})
    expect(systemActor('cli').realms).toBeUndefined()
    for (const role of ROLES) {
      const paths = actorOf(newId(), [{ role, path: '/51/5108/' }, { role, path: '/51/5108/HEALTH/' }]).realms?.[realm]
      expect({ role, paths }).toEqual({ role, paths: REALM_ROLES[realm].includes(role) ? ['/51/5108/'] : undefined })
    }
  })
})
