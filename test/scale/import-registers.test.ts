import { importPositions } from '../../src/domain/position'
import { importPowers } from '../../src/domain/power'
import { importRiskPoints } from '../../src/domain/risk'
import { testDatabase, type TestDatabase } from '../support/database'
import { SheetFolder } from '../support/sheets'
import { smallCity, SYSTEM } from '../support/small-city'

const UNIT = '510821-HEALTH'
const MANY = 50_321

let t: TestDatabase
const folder = new SheetFolder()
beforeAll(async () => {
  t = await testDatabase()
  await smallCity(t.db)
})
afterAll(async () => {
  await t.close()
  folder.remove()
})

test('more rows than one slice holds are all written, in the order of the file', async () => {
  await importPositions(t.db, SYSTEM, folder.csv('unitCode,code,nameZh,powerBearing', `${UNIT},head,局长,是`))
  await importPowers(t.db, SYSTEM, folder.csv('unitCode,code,nameZh,category,significance,sectorCode,positionCodes', `${UNIT},W1,药械采购,PROCUREMENT,MAJOR,health,head`))
  const { rows: told } = await importRiskPoints(t.db, SYSTEM, folder.csv('unitCode,powerCode,code,description,category,ownerPositionCode,inherentLikelihood,inherentImpact',
    ...Array.from({ length: MANY }, (_, i) => `${UNIT},W1,R${i},风险${i},POST,head,${1 + (i % 5)},${1 + (i % 4)}`)))
  expect(told).toBe(MANY)
  const { rows: [stored] } = await t.owner.query(`
    SELECT count(*)::int AS n, count(DISTINCT code)::int AS codes, (SELECT count(*)::int FROM risk_rating) AS ratings,
      bool_and(score = inherent_likelihood * inherent_impact) AS scored, (array_agg(code ORDER BY id))[50001] AS late
    FROM risk_point`)
  expect(stored).toEqual({ n: MANY, codes: MANY, ratings: MANY, scored: true, late: 'R50000' })
})
