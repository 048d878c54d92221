import { exceeded, Runner, scopeForm, shapeOf, Statement } from '../../../../src/database/sql'
import { Parameters } from '../../../../src/database/sql/statement'
import type { Database } from '../../../../src/database/database'
import type { Actor, Role } from '../../../../src/core/actor'
import { ACTORS } from '../../../support/reading-world'

interface Asked { name?: string }

/** A database that only keeps what it is asked. */
function pretend(): { db: Database; asked: Asked[] } {
  const asked: Asked[] = []
  const read = async (query: () => Asked): Promise<string> => {
    asked.push(query())
    return 'x'
  }
  return { db: { read } as unknown as Database, asked }
}

test('a hundred statements are kept by name on a connection, whoever runs them; the others are planned each time', async () => {
  const { db, asked } = pretend()
  const runners = [new Runner(db), new Runner(db)]
  const statements = Array.from({ length: 130 }, (_, i) => new Statement(`SELECT ${i}`, []))
  for (let round = 0; round < 3; round++) for (const [i, s] of statements.entries()) await runners[i % 2]!.text(s, [])
  expect(asked.slice(0, 130).filter(a => a.name)).toEqual([])
  expect(new Set(asked.slice(130).map(a => a.name)).size).toBe(101)
  expect(asked.at(-1)!.name).toBeUndefined()
})

test('statements with the same text share a name', async () => {
  const { db, asked } = pretend()
  const runner = new Runner(db)
  for (const s of [new Statement('SELECT 1', []), new Statement('SELECT 1', [])]) for (let i = 0; i < 2; i++) await runner.text(s, [])
  expect(asked[1]!.name).toBeDefined()
  expect(asked[3]!.name).toBe(asked[1]!.name)
})

test('what means the same is one parameter', () => {
  const p = new Parameters(scopeForm(ACTORS.county))
  expect([p.once('a', () => 1, 'int'), p.add(() => 2, 'text'), p.once('a', () => 3, 'int')]).toEqual(['$1::int', '$2::text', '$1::int'])
  expect(p.binds.map(bind => bind({ actor: ACTORS.county, args: [] }))).toEqual([1, 2])
})

describe('the shape of arguments', () => {
  const filter = (code: object): string => shapeOf({ filter: { code } })

  test('is blind to values', () => {
    expect(filter({ eq: 'a' })).toBe(filter({ eq: 'b' }))
    expect(filter({ in: ['a'] })).toBe(filter({ in: ['a', 'b'] }))
    expect(shapeOf({ first: 1 })).toBe(shapeOf({ first: 2, after: null, filter: null }))
    expect(filter({ eq: null })).toBe(filter({}))
  })

  test('sees what the text depends on', () => {
    const shapes = [
      {}, { after: 'x' }, { before: 'x' }, { last: 1 }, { filter: { code: { eq: 'a' } } }, { filter: { code: { in: [] } } }, { filter: { name: { eq: 'a' } } }, { filter: { code: { isNull: true } } }, { filter: { code: { isNull: false } } },
      { filter: { or: [{ code: { eq: 'a' } }] } }, { filter: { or: [{ code: { eq: 'a' } }, {}] } }, { filter: { or: [] } }, { filter: { or: [{ or: [{ code: { eq: 'a' } }] }] } }, { filter: { or: [{ code: { eq: 'a' }, name: { eq: 'b' } }] } }, { filter: { or: [{ code: { eq: 'a' } }, { name: { eq: 'b' } }] } },
      { orderBy: [{ field: 'CODE', direction: 'ASC' }] }, { orderBy: [{ field: 'CODE', direction: 'DESC' }] }, { orderBy: [{ field: 'CODE', direction: 'ASC' }, { field: 'NAME', direction: 'ASC' }] },
    ].map(shapeOf)
    expect(new Set(shapes).size).toBe(shapes.length)
  })
})

test('a limit is told by its name', () => {
  expect(exceeded('first', 'first', 300, 100)).toMatchObject({ code: 'LIMIT_EXCEEDED', details: { limit: 'first', violations: [{ path: 'first', rule: 'max' }] } })
})

describe('what of an actor\'s rights a text depends on', () => {
  const holding = (scope: string[], wide: string[], ...roles: [Role, string][]): Actor => ({ ref: 'person:x', personId: null, scope, wide, roles: roles.map(([role, path]) => ({ role, path })), realms: { CLUES: scope } })

  test('is one path or several, and how much lies below them', () => {
    expect([ACTORS.county, ACTORS.several, ACTORS.severalWide, ACTORS.blind].map(a => scopeForm(a).key)).toEqual(['1-narrow', 'm-narrow', 'm-wide', 'm-narrow'])
    expect(scopeForm(holding(['/51/'], ['/51/'])).scope).toBe('whole')
    expect(scopeForm(holding(['/51/5108/'], ['/51/5108/'])).scope).toBe('wide')
  })

  test('is told of each role where they differ, and of the realms', () => {
    const { key, scope, ofRoles, ofRealm } = scopeForm(holding(['/51/'], ['/51/'], ['UNIT_EDITOR', '/51/'], ['SUPERVISOR', '/51/5108/']))
    expect([scope, ofRoles(['SUPERVISOR', 'CASE_OFFICER']), ofRoles(['UNIT_EDITOR', 'SUPERVISOR']), ofRealm('CLUES'), ofRealm('CASES')]).toEqual(['whole', 'narrow', 'whole', 'whole', 'narrow'])
    expect(key).toBe('1-whole roles UNIT_EDITOR,whole CLUES,whole')
  })

  test('is the same for all whose roles are as broad as their scope', () => {
    const [a, b] = [holding(['/51/5108/'], [], ['UNIT_EDITOR', '/51/5108/']), holding(['/51/5109/'], [], ['SUPERVISOR', '/51/5109/'], ['AUDITOR', '/51/5109/1/'])].map(scopeForm)
    expect(a!.key).toBe(b!.key)
  })
})
