import { parse, validate, type DocumentNode, type GraphQLError } from 'graphql'
import { RawJson, stringifyResult } from '../../../src/api/reading'
import type { Actor } from '../../../src/core/actor'
import type { RequestContext } from '../../../src/core/request'
import { runCommand } from '../../../src/database/command'
import { PersonResolver } from '../../../src/domain/person/person.resolver'
import { RiskPointResolver, type RiskPointPayload } from '../../../src/domain/risk/risk-point.resolver'
import { ACTORS, COUNTY, readingWorld, type ReadingWorld, type Which } from '../../support/reading-world'
import { watchStatements } from '../../support/watch-statements'

let world: ReadingWorld
let place: { power: string; position: string; abroad: string }
beforeAll(async () => {
  world = await readingWorld()
  const [own] = await world.sql<{ power: string; position: string }>(
    `SELECT 'pw_' || w.id AS power, 'pos_' || p.id AS position FROM power w JOIN unit u ON u.id = w.unit_id JOIN position p ON p.unit_id = u.id WHERE starts_with(u.path, $1) AND w.state <> 'ABOLISHED' ORDER BY w.id LIMIT 1`, [COUNTY])
  const [foreign] = await world.sql<{ id: string }>(`SELECT r.id FROM risk_point r JOIN unit u ON u.id = r.unit_id WHERE NOT starts_with(u.path, $1) ORDER BY r.id LIMIT 1`, [COUNTY])
  place = { ...own!, abroad: foreign!.id }
})
afterEach(() => jest.restoreAllMocks())
afterAll(() => world.close())

const W1 = 'mutation W1($input: IdentifyRiskPointInput!) { identifyRiskPoint(input: $input) { riskPoint { id score level status: state controls(first: 10) { nodes { measure: description state } } } } }'
let n = 0
const riskPoint = (more: object = {}): Record<string, unknown> => ({
  powerId: place.power, code: `N-${++n}`, description: 'a "new" \\ point\n新', category: 'PROCESS', ownerPositionId: place.position, inherent: { likelihood: 3, impact: 4 }, idempotencyKey: `commands-test-${n}`,
  controls: [{ code: `C-${n}`, description: '措施', nature: 'PREVENTIVE', mode: 'MANUAL', frequency: 'MONTHLY', ownerPositionId: place.position }], ...more,
})

/** `causes`: what was thrown, as far as clients are told of it. */
interface Told { readonly text: string; readonly reader: string | null; readonly causes: readonly string[] }
const causeOf = ({ originalError, message }: GraphQLError): string => {
  const { name, code, details, extensions } = (originalError ?? {}) as { name?: string; code?: unknown; details?: unknown; extensions?: unknown }
  return JSON.stringify([message, name, originalError?.message, code, details, extensions])
}
async function tell(which: Which, document: DocumentNode, variables: Record<string, unknown>, actor: Actor, operationName?: string): Promise<Told> {
  const trace = { reader: null as never }
  const context = { ...world.context(actor), trace }
  const { data, errors } = await world.executors[which].executor({ document, request: { variables, ...(operationName !== undefined && { operationName }) }, context })
  return { text: stringifyResult({ data, errors }), reader: trace.reader, causes: (errors ?? []).map(causeOf) }
}

/** What is answered both ways, graphql-js after us: with the same key it repeats what was done. */
async function both(query: string, variables: Record<string, unknown> = {}, actor: Actor = ACTORS.county, operationName?: string): Promise<Told> {
  const document = parse(query)
  const invalid = validate(world.schema, document)
  if (invalid.length) throw invalid[0]!
  const ours = await tell('planner', document, variables, actor, operationName)
  const theirs = await tell('resolvers', document, variables, actor, operationName)
  expect(theirs.reader).toBe('resolvers')
  expect(JSON.parse(ours.text)).toEqual(JSON.parse(theirs.text))
  if (!ours.causes.length) expect(ours.text).toBe(theirs.text)
  expect(ours.causes).toEqual(theirs.causes)
  return ours
}
const planned = async (query: string, variables?: Record<string, unknown>, actor?: Actor, operationName?: string): Promise<string> => {
  const { reader, text } = await both(query, variables, actor, operationName)
  expect(reader).toBe('planned')
  return text
}

describe('a command and what is asked of its answer', () => {
  test('its decision, one statement that writes, one that reads the final text', async () => {
    const document = parse(W1)
    const give = async (which: Which, query: DocumentNode) => {
      const input = riskPoint()
      const reads = await watchStatements(world.database.db.reads, async () => watchStatements(world.database.db.writes, () => world.executors[which].executor({ document: query, request: { variables: { input } }, context: world.context(ACTORS.county) })))
      return { reads: reads.statements.map(s => s.text), writes: reads.result.statements, data: reads.result.result.data }
    }
    const bare = await give('planner', parse('mutation ($input: IdentifyRiskPointInput!) { identifyRiskPoint(input: $input) { __typename } }'))
    const whole = await give('planner', document)
    expect(bare.reads.length).toBeGreaterThan(0)
    expect(whole.reads.slice(0, -1)).toEqual(bare.reads)
    expect(whole.reads.at(-1)).toMatch(/^SELECT .* AS j$/)
    expect([bare.writes.length, whole.writes.length]).toEqual([1, 1])
    expect(whole.data).toBeInstanceOf(RawJson)
    expect((await give('resolvers', document)).reads.length).toBe(bare.reads.length + 2)
  })

  test('objects, lists, groups, counts, aliases, fragments, type names, what the viewer may do', async () => {
    const text = await planned(`mutation ($input: IdentifyRiskPointInput!) { mine: identifyRiskPoint(input: $input) { kind: __typename ...P again: riskPoint { code power { unit { code } } } } }
      fragment P on RiskPointPayload { riskPoint { __typename ... on Node { id } ... on Stateful { allowedCommands } ...R riskPoint: code inherent { level likelihood } residual { level } controls(first: 2, orderBy: [{ field: CODE }]) { totalCount edges { cursor node { code riskPoints { nodes { code } } } } pageInfo { hasNextPage endCursor } } } }
      fragment R on RiskPoint { descriptionZh: description createdAt ratings(first: 5) { nodes { score } } }`, { input: riskPoint() })
    expect(JSON.parse(text)).toMatchObject({ data: { mine: { kind: 'RiskPointPayload', riskPoint: { inherent: { likelihood: 3 }, controls: { totalCount: 1 }, ratings: { nodes: [{ score: 12 }] } } } } })
  })

  test('literals, defaults, variables inside, what is skipped and included', async () => {
    const { idempotencyKey, code } = riskPoint()
    const query = `mutation ($code: String!, $key: String = "${String(idempotencyKey)}", $first: Int, $with: Boolean!, $without: Boolean = false) {
      identifyRiskPoint(input: { powerId: "${place.power}", code: $code, description: "x", category: PROCESS, ownerPositionId: "${place.position}", idempotencyKey: $key }) { riskPoint { code @skip(if: $without) controls(first: $first) @include(if: $with) { totalCount } } } }`
    for (const [variables, found] of [[{ with: true }, ['code', 'controls']], [{ with: false, first: 3 }, ['code']], [{ with: true, without: true, first: 1 }, ['controls']]] as const) {
      expect(Object.keys((JSON.parse(await planned(query, { code, ...variables })) as { data: { identifyRiskPoint: { riskPoint: object } } }).data.identifyRiskPoint.riskPoint)).toEqual(found)
    }
  })

  test('the one of several operations that is named', () =>
    planned(`mutation Other($input: RateRiskPointInput!) { rateRiskPoint(input: $input) { __typename } } ${W1}`, { input: riskPoint() }, ACTORS.county, 'W1'))

  test('two objects of one answer', async () => {
    const [control] = await world.sql<{ id: string }>(`SELECT 'ctl_' || c.id AS id FROM control c JOIN unit u ON u.id = c.unit_id WHERE starts_with(u.path, $1) AND c.state = 'OPERATING' ORDER BY c.id LIMIT 1`, [COUNTY])
    const input = { id: control!.id, kind: 'OPERATING', period: '2026-Q1', result: 'EFFECTIVE', idempotencyKey: 'commands-test-control' }
    await planned('mutation ($input: RecordControlTestInput!) { recordControlTest(input: $input) { controlTest { result } control { code tests(first: 3) { nodes { result } } } } }', { input })
  })

  test('values that stand in the answer itself, and rows that are not there', async () => {
    const query = 'mutation { revealPerson(input: { id: "per_x", reason: "核对" }) { staffNo person { id } displayName } }'
    const answers = (...all: object[]) => all.forEach(answer => jest.spyOn(PersonResolver.prototype, 'revealPerson').mockResolvedValueOnce(answer as never).mockResolvedValueOnce(answer as never))
    answers({ person: null, displayName: 'a "name" \u2028', staffNo: 'N-1' })
    expect(JSON.parse(await planned(query))).toEqual({ data: { revealPerson: { staffNo: 'N-1', person: null, displayName: 'a "name" \u2028' } } })
    answers({ person: null, displayName: null, staffNo: 'N-1' })
    expect(JSON.parse(await planned(query))).toMatchObject({ data: null, errors: [{ message: 'Cannot return null for non-nullable field RevealPersonPayload.displayName.', path: ['revealPerson', 'displayName'] }] })
    answers({ person: null, displayName: { a: 1 }, staffNo: 'N-1' })
    expect(JSON.parse(await planned(query))).toMatchObject({ data: null, errors: [{ message: 'String cannot represent value: { a: 1 }', path: ['revealPerson', 'displayName'] }] })
  })
})

describe('a command that fails', () => {
  test.each<[string, object, Actor?]>([
    ['its caller may not give it at all', {}, ACTORS.nobody],
    ['its object is out of sight', { powerId: 'pw_01935000-0000-7000-8000-000000000000' }],
    ['an id is none', { powerId: 'pw_' }],
    ['values are refused', { code: '', controls: [{ code: 'x'.repeat(81), description: '', nature: 'PREVENTIVE', mode: 'MANUAL', frequency: 'MONTHLY', ownerPositionId: 'x' }] }],
    ['the database refuses it', { ownerPositionId: 'pos_01935000-0000-7000-8000-000000000000' }],
    ['the key was used for something else', { idempotencyKey: 'commands-test-0' }],
    ['a variable is of the wrong kind', { category: 'NOTHING' }],
  ])('%s', async (_, more, actor = ACTORS.county) => {
    await tell('resolvers', parse(W1), { input: riskPoint({ idempotencyKey: 'commands-test-0', code: 'first' }) }, ACTORS.county)
    const { causes, text } = await both(W1, { input: riskPoint(more) }, actor)
    expect(causes).toHaveLength(1)
    expect(JSON.parse(text)).toHaveProperty('errors.0.message')
  })

  test('an argument is refused where its field is given', async () => {
    const { text } = await both('mutation ($input: RateRiskPointInput! = { id: "x", kind: INHERENT, likelihood: 1, impact: 1 }) { rateRiskPoint(input: $input) { __typename } }', { input: null })
    expect(text).toContain('errors')
  })
})

/** Something is done, then `read` is asked for what the answer holds. */
const answering = (read: (context: RequestContext) => Promise<unknown>, before?: (context: RequestContext) => Promise<unknown>) =>
  jest.spyOn(RiskPointResolver.prototype, 'rateRiskPoint').mockImplementation(async (_, context) => {
    await before?.(context)
    await runCommand(world.database.db, context, 'test', {}, async tx => tx.audit('test', place.abroad, null, {}))
    return { riskPoint: await read(context) } as RiskPointPayload
  })
const RATE = 'mutation { rateRiskPoint(input: { id: "x", kind: INHERENT, likelihood: 1, impact: 1 }) { riskPoint { id code } } }'

describe('rows of an answer', () => {
  test('one that the viewer may not see is none', async () => {
    answering(context => context.read.one('RiskPoint', place.abroad))
    const { text, reader } = await both(RATE)
    expect(reader).toBe('planned')
    expect(JSON.parse(text)).toMatchObject({ data: null, errors: [{ message: 'Cannot return null for non-nullable field RiskPointPayload.riskPoint.', path: ['rateRiskPoint', 'riskPoint'] }] })
  })

  test('nobody can look into what is not read yet', async () => {
    const looks: ((row: Record<string, unknown>) => unknown)[] = [row => row['code'], row => 'code' in row, row => ({ ...row }), row => Object.keys(row), row => JSON.stringify(row)]
    for (const look of looks) {
      answering(async context => look(await context.read.one('RiskPoint', place.abroad) as Record<string, unknown>))
      expect((await tell('planner', parse(RATE), {}, ACTORS.county)).causes).toEqual([expect.stringContaining('A RiskPoint that a command answers with is read after it')])
    }
  })

  test('before anything is done they are read, and whether one is there is told at any time', async () => {
    const [seen] = await world.sql<{ id: string }>(`SELECT r.id FROM risk_point r JOIN unit u ON u.id = r.unit_id WHERE starts_with(u.path, $1) ORDER BY r.id LIMIT 1`, [COUNTY])
    const found: unknown[] = []
    let early: unknown
    answering(async context => {
      found.push(await context.read.node(`rp_${place.abroad}`), await context.read.node(`rp_${seen!.id}`))
      return early
    }, async context => {
      early = await context.read.one('RiskPoint', seen!.id)
      found.push(await context.read.one('RiskPoint', place.abroad), early)
    })
    const { reader } = await both(RATE)
    expect(reader).toBe('planned')
    expect(found.slice(0, 4)).toEqual([null, expect.objectContaining({ id: `rp_${seen!.id}`, code: expect.any(String) as string }), null, expect.objectContaining({ id: `rp_${seen!.id}` })])
  })
})

describe('what goes whole to graphql-js', () => {
  const point = (selection: string): string => W1.replace(/\{ riskPoint .*/, `{ riskPoint { ${selection} } } }`)
  test.each([
    ['several commands', `mutation ($input: IdentifyRiskPointInput!) { identifyRiskPoint(input: $input) { __typename } again: identifyRiskPoint(input: $input) { riskPoint { code } } }`],
    ['a type name beside the command', `mutation ($input: IdentifyRiskPointInput!) { __typename identifyRiskPoint(input: $input) { riskPoint { code } } }`],
    ['a field that only code can answer', point('code unit { division { code } }')],
    ['a filter, which PostgreSQL may still refuse', point('controls(filter: { code: { eq: "x" } }) { totalCount }')],
    ['a cursor', point('controls(after: "WyJ4Il0=") { totalCount }')],
    ['a page from the end', point('controls(last: 1) { nodes { code } }')],
    ['an impossible page size', point('controls(first: 101) { nodes { code } }')],
    ['an edge behind a rule that its caller does not pass', point('power { positions { appointments(first: 1) { nodes { person { roleGrants { totalCount } } } } } }')],
  ])('%s', async (_, query) => expect((await both(query, { input: riskPoint() })).reader).toBe('resolvers'))

  test('of several the second fails: the first stays done', async () => {
    const input = riskPoint()
    const { text, reader } = await both('mutation ($input: IdentifyRiskPointInput!, $other: IdentifyRiskPointInput!) { a: identifyRiskPoint(input: $input) { riskPoint { code } } b: identifyRiskPoint(input: $other) { riskPoint { code } } }', { input, other: { ...input, idempotencyKey: null } })
    expect([reader, JSON.parse(text)]).toMatchObject(['resolvers', { data: null, errors: [{ path: ['b'] }] }])
    expect(await world.sql(`SELECT FROM risk_point WHERE code = $1`, [input['code']])).toHaveLength(1)
  })

  test('lists of rows, and nouns whose reading is noted', async () => {
    const none = { text: expect.stringContaining('errors') as string, reader: 'resolvers' }
    expect(await both('mutation { rateRiskPoints(input: { ratings: [] }) { riskPoints { id } } }')).toMatchObject(none)
    expect(await both('mutation { assignClue(input: { id: "x", personId: "y" }) { __typename } }')).toMatchObject(none)
  })
})
