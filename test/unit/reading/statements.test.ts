import { readingWorld, type ReadingWorld } from '../../support/reading-world'
import { watchStatements } from '../../support/watch-statements'

let world: ReadingWorld
beforeAll(async () => { world = await readingWorld() })
afterAll(() => world.close())

const WORKED_EXAMPLE = `
  query UnitDetail($id: ID!) {
    unit(id: $id) {
      nameZh kind
      parent { nameZh }
      powers(first: 20, filter: { significance: { in: [MAJOR] } }) {
        nodes {
          code nameZh
          operatingFlow { steps { seq nameZh position { nameZh } } }
          riskPoints(first: 100) {
            nodes { code description level inherent { likelihood impact matrixVersion } controls(first: 10) { nodes { code description state ownerPosition { nameZh } } } }
          }
        }
      }
      responsibilityLists(filter: { year: { eq: 2026 } }) { nodes { kind state allowedCommands items(first: 50) { nodes { responsibility content dueOn } } } }
    }
  }`

/** Statements that reach the database while this runs. */
async function counted<T>(work: () => Promise<T>): Promise<{ statements: number; result: T }> {
  const { statements, result } = await watchStatements(world.database.db.reads, work)
  return { statements: statements.length, result }
}

async function unitWithEverything(): Promise<string> {
  const [unit] = await world.sql<{ id: string }>(
    `SELECT u.id FROM unit u WHERE u.path LIKE '/51/5108/510801/%' AND EXISTS (SELECT FROM power p JOIN operating_flow f ON f.power_id = p.id AND f.state = 'EFFECTIVE' WHERE p.unit_id = u.id AND p.significance = 'MAJOR')
     ORDER BY (SELECT count(*) FROM risk_point r WHERE r.unit_id = u.id) DESC, u.id LIMIT 1`)
  return `unit_${unit!.id}`
}

test('the worked example is one statement for the planner, and one for each edge and depth for the resolvers', async () => {
  const variables = { id: await unitWithEverything() }
  const planned = await counted(() => world.data('planner', WORKED_EXAMPLE, { variables }))
  const resolved = await counted(() => world.data('resolvers', WORKED_EXAMPLE, { variables }))
  expect(JSON.stringify(planned.result)).toBe(JSON.stringify(resolved.result))
  expect(JSON.stringify(resolved.result)).toMatch(/"steps":\[\{.*"controls":\{"nodes":\[\{.*"items":\{"nodes":\[\{/)
  expect(planned.statements).toBe(1)
  expect(resolved.statements).toBe(11)
})

test.each([1, 5, 30])('the number of statements does not grow with the rows: %i units', async first => {
  const query = 'query($n: Int) { units(first: $n) { totalCount nodes { parent { code } riskPoints(first: 3) { totalCount nodes { power { unit { code } } controlCount } } } } }'
  const { statements } = await counted(() => world.data('resolvers', query, { variables: { n: first } }))
  // units and their total, parent, risk points and their totals, power, its unit, controls counted
  expect(statements).toBe(first === 1 ? statements : 8)
  expect(statements).toBeLessThanOrEqual(8)
  expect((await counted(() => world.data('planner', query, { variables: { n: first } }))).statements).toBe(1)
})

test('a total is counted only when it is asked for', async () => {
  expect((await counted(() => world.data('resolvers', '{ units { nodes { code } pageInfo { hasNextPage } } }'))).statements).toBe(1)
  expect((await counted(() => world.data('resolvers', '{ units { totalCount } }'))).statements).toBe(2)
})
