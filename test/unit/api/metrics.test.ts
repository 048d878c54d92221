import { parse, type OperationDefinitionNode } from 'graphql'
import type pg from 'pg'
import { MAX_NAMES, Metrics, type Measured } from '../../../src/api/metrics'

const pool = (figures: Partial<pg.Pool>) => ({ totalCount: 0, idleCount: 0, waitingCount: 0, options: { max: 10 }, ...figures }) as pg.Pool
const metrics = () => new Metrics({ db: { reads: pool({ totalCount: 7, idleCount: 2, waitingCount: 3 }), writes: pool({}) }, version: '1.2.3', deliveries: async () => [{ subscriber: 'rectification', waiting: 3, parked: 1, lag: 2.5 }], jobs: async () => [{ state: 'QUEUED', count: 2 }], plugins: [{ code: 'health', version: '1.0.0', state: 'QUARANTINED' }] })
const measured = (query: string, o: Partial<Measured> = {}): Measured => {
  const document = parse(query)
  return { document, operationNode: document.definitions[0] as OperationDefinitionNode, signedIn: true, reader: 'planned', codes: [], failed: null, ...o }
}
const answered = { method: 'POST', route: '/graphql', status: 200, milliseconds: 3 }
const lines = async (m: Metrics, name: string): Promise<string[]> => (await m.text()).split('\n').filter(l => l.startsWith(name + '{'))
const COUNT = 'plumbline_operation_duration_seconds_count'

test('names that clients choose are bounded, and nobody unknown spends them', async () => {
  const m = metrics()
  for (let i = 0; i < 500; i++) m.request(measured(`query Stranger${i} { __typename }`, { signedIn: false }), answered)
  for (let i = 0; i < MAX_NAMES + 300; i++) m.request(measured(`query Known${i} { __typename }`), answered)
  m.request(measured('query Known0 { __typename }', { signedIn: false }), answered)
  m.request(measured('{ __typename }'), answered)
  const counted = await lines(m, COUNT)
  expect(counted).toHaveLength(MAX_NAMES + 2)
  expect(counted).toContainEqual(expect.stringMatching(/operation="\(other\)".* 800$/))
  expect(counted).toContainEqual(expect.stringMatching(/operation="Known0".* 2$/))
  expect(counted).toContainEqual(expect.stringMatching(/operation="\(anonymous\)".* 1$/))
  expect(counted.join()).not.toMatch(/Stranger/)
})

test('a name too long to be one is not kept', async () => {
  const m = metrics()
  m.request(measured(`query ${'L'.repeat(200)} { __typename }`), answered)
  expect(await lines(m, COUNT)).toEqual([expect.stringContaining('operation="(other)"')])
})

test('jobs are counted by state', async () => {
  expect(await lines(metrics(), 'plumbline_jobs')).toEqual(['plumbline_jobs{state="QUEUED"} 2'])
})

test('codes that the product does not have, and limits without a name, are one', async () => {
  const m = metrics()
  for (let i = 0; i < 100; i++) m.error(`MADE_UP_${i}`, undefined)
  m.error('LIMIT_EXCEEDED', { no: 'name' })
  m.error('LIMIT_EXCEEDED', 'depth')
  expect(await lines(m, 'plumbline_errors_total')).toEqual(['plumbline_errors_total{code="(other)"} 100', 'plumbline_errors_total{code="LIMIT_EXCEEDED"} 2'])
  expect(await lines(m, 'plumbline_limit_refusals_total')).toEqual(['plumbline_limit_refusals_total{limit="(other)"} 1', 'plumbline_limit_refusals_total{limit="depth"} 1'])
})

test('of several commands in one request each has its own outcome', async () => {
  const m = metrics()
  m.request(measured('mutation { a: ratePower b: ratePower c: endUnit }', { failed: new Map([['b', 'NOT_DONE'], ['c', 'UNKNOWN']]), codes: ['CONFLICT', 'UNAVAILABLE'] }), answered)
  m.request(measured('mutation { ratePower }', { failed: new Map([['', 'NOT_DONE']]), codes: ['UNAUTHENTICATED'], reader: null }), { ...answered, status: 401 })
  expect(await lines(m, 'plumbline_commands_total')).toEqual([
    'plumbline_commands_total{command="ratePower",outcome="done"} 1', 'plumbline_commands_total{command="ratePower",outcome="not_done"} 2', 'plumbline_commands_total{command="endUnit",outcome="unknown"} 1',
  ])
  expect(await lines(m, COUNT)).toContainEqual(expect.stringMatching(/type="mutation",reader="refused",status="401",outcome="error"/))
})

test('what came to no operation is told by its route’s pattern; pools and plugins as they are', async () => {
  const m = metrics()
  m.request(null, { method: 'GET', route: '/evidence/:id', status: 404, milliseconds: 700 })
  expect(await lines(m, 'plumbline_http_request_duration_seconds_count')).toEqual(['plumbline_http_request_duration_seconds_count{route="/evidence/:id",method="GET",status="404"} 1'])
  expect(await lines(m, 'plumbline_pool_connections')).toEqual(expect.arrayContaining([
    'plumbline_pool_connections{pool="read",state="total"} 7', 'plumbline_pool_connections{pool="read",state="idle"} 2', 'plumbline_pool_connections{pool="read",state="waiting"} 3', 'plumbline_pool_connections{pool="read",state="max"} 10',
  ]))
  expect(await lines(m, 'plumbline_plugin_up')).toEqual(['plumbline_plugin_up{plugin="health",version="1.0.0",state="QUARANTINED"} 0'])
})
