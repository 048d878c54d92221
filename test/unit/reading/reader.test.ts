import { readerFactory } from '../../../src/api/reading'
import { ACTORS, COUNTY, readingWorld, type ReadingWorld } from '../../support/reading-world'
import { watchStatements } from '../../support/watch-statements'

let world: ReadingWorld
beforeAll(async () => { world = await readingWorld() })
afterAll(() => world.close())

const unitIds = async (where: string): Promise<string[]> => (await world.sql<{ id: string }>(`SELECT id FROM unit WHERE ${where} ORDER BY id`)).map(r => r.id)

describe('rows for hand-written resolvers', () => {
  test('come in the form of the GraphQL type, with its name', async () => {
    const [id] = await unitIds(`path = '${COUNTY}'`)
    const read = readerFactory(world.database.db, world.model)(ACTORS.county)
    expect(await read.one('Unit', id!)).toMatchObject({ __typename: 'Unit', id: `unit_${id}`, path: COUNTY, depth: 3, validFrom: expect.stringMatching(/^2020-01-0\d$/), createdAt: expect.stringMatching(/^2026-.*\.\d{3}Z$/) })
  })

  test('are those in the scope of the actor, in the order asked, in one statement', async () => {
    const inside = await unitIds(`path LIKE '${COUNTY}510801-D%'`)
    const outside = await unitIds(`path LIKE '/51/5109/%'`)
    const read = readerFactory(world.database.db, world.model)(ACTORS.county)
    const { statements, result: rows } = await watchStatements(world.database.db.reads, () => read.many('Unit', [inside[2]!, outside[0]!, inside[0]!, inside[2]!]))
    expect(rows.map(r => r && (r as { id: string }).id)).toEqual([`unit_${inside[2]}`, null, `unit_${inside[0]}`, `unit_${inside[2]}`])
    expect(statements).toHaveLength(1)
    expect(await read.one('Unit', '01935000-0001-7000-8000-ffffffffffff')).toBeNull()
  })

  test('are read again each time: what a command wrote is what its payload shows', async () => {
    const [id] = await unitIds(`path = '${COUNTY}510801-D2/'`)
    const read = readerFactory(world.database.db, world.model)(ACTORS.county)
    await read.one('Unit', id!)
    await world.sql(`UPDATE unit SET name_en = 'new', updated_at = now() WHERE id = $1`, [id])
    expect(await read.one('Unit', id!)).toMatchObject({ nameEn: 'new' })
  })

  test('of a noun that nobody declared are an error of the program', async () => {
    await expect(readerFactory(world.database.db, world.model)(ACTORS.county).one('Nothing', 'x')).rejects.toThrow('There is no read declaration of Nothing.')
  })
})
