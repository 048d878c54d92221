import { BoundedStore } from '../../../src/api/bounded-store'
import { QueryTexts } from '../../../src/api/query-texts'

type Body = { query?: unknown; extensions?: { persistedQuery?: { version: number; sha256Hash: string }; [other: string]: unknown }; [other: string]: unknown }

const make = () => {
  const persisted = new BoundedStore<string>(10, 1_000, text => text.length)
  return { persisted, texts: new QueryTexts(persisted, { textOf: () => undefined, holds: () => false }) }
}

test('a text is read back from its name, whatever Apollo puts before it, and nothing is stored', async () => {
  const { persisted, texts } = make()
  const body: Body = { query: '{ a }', variables: { b: 1 }, extensions: { clientLibrary: { name: 'c' } } }
  texts.nameIn(body)
  const { persistedQuery, ...others } = body.extensions!
  expect(body).toMatchObject({ query: undefined, variables: { b: 1 } })
  expect([persistedQuery!.version, others]).toEqual([1, { clientLibrary: { name: 'c' } }])
  for (const prefix of ['', 'apq:']) expect(await texts.get(prefix + persistedQuery!.sha256Hash)).toBe('{ a }')
  expect(persisted.size).toBe(0)
})

test('equal texts have equal names, others others; names of another process mean nothing', async () => {
  const named = (texts: QueryTexts, query: string): string => {
    const body: Body = { query }
    texts.nameIn(body)
    return body.extensions!.persistedQuery!.sha256Hash
  }
  const [{ texts }, { texts: elsewhere }] = [make(), make()]
  expect(named(texts, '{ a }')).toBe(named(texts, '{ a }'))
  expect(named(texts, '{ a }')).not.toBe(named(texts, '{ b }'))
  expect(await texts.get(`apq:${named(elsewhere, '{ a }')}`)).toBeUndefined()
})

test('the text itself, or a name with the mark further on, is no name', async () => {
  const { texts } = make()
  const body: Body = { query: '{ a }' }
  texts.nameIn(body)
  const { sha256Hash } = body.extensions!.persistedQuery!
  for (const name of ['{ a }', `# a comment ${sha256Hash}`]) expect(await texts.get(`apq:${name}`)).toBeUndefined()
})

test.each([
  ['no query', {}], ['an empty one', { query: '' }], ['one that is no text', { query: { kind: 'Document' } }], ['a long one', { query: `{ a } #${'x'.repeat(10_000)}` }],
  ['a persisted one', { query: '{ a }', extensions: { persistedQuery: { version: 1, sha256Hash: 'h' } } }], ['one persisted wrongly', { query: '{ a }', extensions: { persistedQuery: null } }],
  ['extensions that are none', { query: '{ a }', extensions: 'x' }], ['a list', [{ query: '{ a }' }]], ['nothing', null],
])('%s stays as it is', (_what, body) => {
  const before = JSON.stringify(body)
  make().texts.nameIn(body)
  expect(JSON.stringify(body)).toBe(before)
})

test('what is persisted is kept as before', async () => {
  const { texts, persisted } = make()
  await texts.set('apq:h', '{ a }')
  expect([await texts.get('apq:h'), await persisted.get('apq:h')]).toEqual(['{ a }', '{ a }'])
  expect([await texts.delete('apq:h'), await texts.get('apq:h')]).toEqual([true, undefined])
})
