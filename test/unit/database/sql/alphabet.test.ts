import { admitsPlainTextOnly } from '../../../../src/database/sql/alphabet'
import { checkDatabase, ReadModel } from '../../../../src/database/sql'
import { testDatabase, type TestDatabase } from '../../../support/database'
import { SMALL_NOUNS } from '../../../support/reading-schema'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.owner.query('CREATE TABLE alphabet (id uuid PRIMARY KEY, a text, "group" text)')
})
afterAll(() => database.close())

/** What PostgreSQL makes of a condition. */
async function worded(condition: string): Promise<string> {
  await database.owner.query(`ALTER TABLE alphabet ADD CONSTRAINT c CHECK (${condition})`)
  const { rows } = await database.owner.query<{ d: string }>(`SELECT pg_get_constraintdef(oid) AS d FROM pg_constraint WHERE conname = 'c' AND conrelid = 'alphabet'::regclass`)
  await database.owner.query('ALTER TABLE alphabet DROP CONSTRAINT c')
  return rows[0]!.d
}

test.each([
  [`a IN ('ONE', 'TWO')`], [`"group" IN ('ONE', 'TWO')`], [`a = ANY (ARRAY['ONE', 'a.b-c'])`], [`a ~ '^[A-Z_]+$'`], [`a ~ '^[0-9A-Za-z.-]+$'`], [`a ~ '^[/0-9A-Za-z.-]+$'`],
])('%s holds to plain texts', async condition => expect(admitsPlainTextOnly(await worded(condition))).toBe(true))

test.each([
  ['a name with a quote', `a IN ('ONE', 'T"O')`], ['a name with a backslash', `a IN ('ONE', 'T\\O')`], ['a name with a line end', `a IN ('ONE', E'T\nO')`], ['a name with an apostrophe', `a IN ('ONE', 'it''s')`],
  ['everything but some names', `a NOT IN ('ONE', 'TWO')`], ['names or more', `a IN ('ONE', 'TWO') OR length(a) = 2`], ['a form or more', `a ~ '^[A-Z]+$' OR a ~ '^[0-9]+$'`],
  ['no beginning', `a ~ '[A-Z]+$'`], ['no end', `a ~ '^[A-Z]+'`], ['a negated class', `a ~ '^[^A-Z]+$'`], ['any character', `a ~ '^.+$'`], ['a range of its own', `a ~ '^[!-~]+$'`], ['a range between points', `a ~ '^[.-z]+$'`],
  ['a class by name', `a ~ '^[[:print:]]+$'`], ['an escape', `a ~ '^[\\w]+$'`], ['another branch', `a ~ '^[A-Z]+$|x'`], ['not like it', `a !~ '^[A-Z]+$'`], ['another condition', `length(a) < 5`],
])('%s may need escaping', async (_, condition) => expect(admitsPlainTextOnly(await worded(condition))).toBe(false))

test('a model learns of its own tables only, and nothing from a constraint that old rows may break', async () => {
  const { unit } = SMALL_NOUNS
  const learnt = async (): Promise<string[]> => {
    const model = new ReadModel([{ ...unit, edges: {} }], [])
    await checkDatabase(database.db, model)
    return [...model.of('Unit').unescaped].sort()
  }
  expect(await learnt()).toEqual(['code', 'kind', 'path', 'state'])
  await database.owner.query(`ALTER TABLE unit DROP CONSTRAINT unit_code_check, ADD CONSTRAINT unit_code_check CHECK (code ~ '^[0-9A-Za-z.-]+$') NOT VALID`)
  expect(await learnt()).toEqual(['kind', 'path', 'state'])
})
