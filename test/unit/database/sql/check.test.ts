import type { Noun, NounEdge } from '../../../../src/core/reads'
import { checkDatabase, ReadModel } from '../../../../src/database/sql'
import { testDatabase, type TestDatabase } from '../../../support/database'
import { SMALL_EDGES, SMALL_NOUNS } from '../../../support/reading-schema'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  // The small post has a state, as everything with commands must.
  await database.owner.query(`ALTER TABLE position ADD COLUMN state text NOT NULL DEFAULT 'A'`)
})
afterAll(() => database.close())

const { unit, position, transition } = SMALL_NOUNS
const check = (nouns: readonly Noun[], edges: readonly NounEdge[] = []): Promise<void> => checkDatabase(database.db, new ReadModel(nouns, edges))

test('declarations that fit', async () => {
  await expect(check([unit, position, transition], SMALL_EDGES)).resolves.toBeUndefined()
})

const far = (edge: Partial<NounEdge['edge']>): NounEdge => ({ on: 'Unit', field: 'far', edge: { card: 'connection', to: 'Transition', by: 'subject_id', description: 'x', ...edge } as NounEdge['edge'] })

test.each<[string, readonly Noun[], readonly NounEdge[], string[]]>([
  ['a table that is not there', [{ ...transition, table: 'nowhere.nothing' }], [], ['Transition: its id is nowhere.nothing.id, which is not in the database']],
  ['a column that is not there', [{ ...transition, columns: { ...transition.columns, place: { kind: 'plain', type: 'text' } } }], [], ['Transition: place is state_transition.place, which is not in the database']],
  ['a column that may be NULL', [{ ...transition, columns: { ...transition.columns, opinion: { kind: 'plain', type: 'text' } } }], [], ['Transition: opinion is state_transition.opinion, which may be NULL in the database; declare it nullable']],
  ['a column that is never NULL', [{ ...transition, columns: { ...transition.columns, actor: { kind: 'plain', type: 'text', nullable: true } } }], [], ['Transition: actor is state_transition.actor, declared nullable, but it is NOT NULL in the database']],
  ['another type', [{ ...transition, columns: { ...transition.columns, actor: { kind: 'plain', type: 'int' } } }], [], ['declared int, but text in the database']],
  ['a scope that may be NULL', [{ ...transition, table: 'audit_record', columns: { id: { kind: 'id' } }, orders: {}, scope: { by: 'unit', column: 'subject_id' } }], [], ['its scope is audit_record.subject_id, which may be NULL']],
  ['an order that may be NULL', [{ ...transition, orders: { OPINION: { type: 'text' } } }], [], ['the order OPINION is state_transition.opinion, which may be NULL']],
  ['a filter that says too much', [{ ...unit, edges: {}, filters: { code: { type: 'text', nullable: true }, name: { type: 'text', sql: 'name_zh', alsoIn: ['name_latin'] } } }], [],
    ['the filter code is unit.code, declared nullable', 'the filter name is unit.name_latin, which is not in the database']],
  ['an edge by a column that is not there', [unit, transition], [far({ by: 'nothing_id' })], ['Unit: Unit.far is state_transition.nothing_id, which is not in the database']],
  ['an edge by a column that is no id', [unit, transition], [far({ by: 'actor' })], ['Unit.far is state_transition.actor, declared uuid, but text']],
  ['an edge through a table that is not there', [unit, transition], [{ on: 'Unit', field: 'far', edge: { card: 'connection', to: 'Transition', via: { table: 'tie', near: 'a', far: 'b' }, description: 'x' } }], ['Unit.far is tie.a, which is not in the database']],
  ['an edge that is never empty, over a column that may be', [{ ...unit, edges: { parent: { card: 'one', to: 'Unit', key: 'parent_id', description: 'x' } } }], [], ['Unit.parent is unit.parent_id, which may be NULL']],
  ['a constant of a column that is not there', [unit, transition], [far({ where: { phase: 'X' } })], ['Unit.far is state_transition.phase, which is not in the database']],
  ['a list in an order that may be NULL', [unit, transition], [far({ card: 'list', order: 'opinion', max: 5 } as never)], ['Unit.far, its order is state_transition.opinion, which may be NULL']],
])('%s', async (_, nouns, edges, problems) => {
  for (const problem of problems) await expect(check(nouns, edges)).rejects.toThrow(problem)
})

test('everything that differs is told at once', async () => {
  await expect(check([{ ...transition, table: 'nowhere' }, { ...unit, table: 'elsewhere' }])).rejects.toThrow(/nowhere\.id[^]*elsewhere\.id/)
})
