import path from 'node:path'
import { GrantService } from '../../src/auth'
import { systemActor, type GrantEdge, type Role } from '../../src/core/actor'
import { publishCatalog, readCatalog } from '../../src/catalog'
import type { Database } from '../../src/database/database'
import { dataRows } from '../../src/demo/data-files'
import { importDivisions } from '../../src/domain/division'
import { sourceOf, type Source } from '../../src/domain/import'
import { importAppointments, importPersons } from '../../src/domain/person'
import { importPositions } from '../../src/domain/position'
import { importUnitRelations, importUnits } from '../../src/domain/unit'
import { originOf } from './registers-fixture'

const PLUGINS = path.join(__dirname, '..', '..', 'plugins')

/** Publishes the catalogs of the two sector plugins, as the plugin host does at start. */
export async function publishSectorCatalogs(db: Database): Promise<void> {
  for (const [plugin, codePrefix] of [['health-procurement', 'hp'], ['medical-insurance', 'mi']] as const) {
    const read = readCatalog(path.join(PLUGINS, plugin, 'catalog'), plugin)
    if (!read.catalog) throw new Error(`${plugin}: ${JSON.stringify(read.problems)}`)
    const { version, contentHash } = read.catalog
    const refused = await publishCatalog(db, plugin, { version, contentHash, codePrefix, read: () => read })
    if (refused.length) throw new Error(`${plugin}: ${JSON.stringify(refused)}`)
  }
}

type Row = Record<string, string>
const source = (name: string, rows: readonly Row[]): Source => sourceOf(name, Object.keys(rows[0]!), rows.map(r => Object.values(r)))
/** The city's own offices and those of two counties, without townships and villages. */
const here = (code: string | undefined): boolean => /^5108(00|21|24)(-|$)/.test(code ?? '')

/** A part of the demo city before anything happens in it: the offices of the city, of Wangcang and of Cangxi, with their people and grants. */
export async function twoCountiesOfTheCity(db: Database): Promise<void> {
  const origin = originOf(systemActor('demo'))
  const of = (file: string, keep: (r: Row) => boolean): Row[] => dataRows<string>(file).filter(keep)
  await importDivisions(db, origin, source('divisions.csv', of('divisions.csv', r => r['code']!.length === 6)))
  await importUnits(db, origin, source('units.csv', of('units.csv', r => here(r['code']))), { defaults: { validFrom: '2020-01-01' } })
  await importUnitRelations(db, origin, source('relations.csv', of('relations.csv', r => here(r['fromUnitCode']) && here(r['toUnitCode']))))
  await importPositions(db, origin, source('posts.csv', of('posts.csv', r => here(r['unitCode']))))
  const appointments = of('appointments.csv', r => here(r['unitCode']))
  const unitOf = new Map(appointments.map(a => [a['staffNo']!, a['unitCode']!]))
  await importPersons(db, origin, source('persons.csv', of('persons.csv', r => unitOf.has(r['staffNo']!)).map(r => ({ staffNo: r['staffNo']!, displayName: r['displayName']!, unitCode: unitOf.get(r['staffNo']!)! }))))
  await importAppointments(db, origin, source('appointments.csv', appointments))
  await grant(db, of('grants.csv', r => here(r['unitCode']) && unitOf.has(r['staffNo']!)))
}

async function grant(db: Database, grants: readonly Row[]): Promise<void> {
  const ids = async (table: string, key: string): Promise<Map<string, string>> => new Map((await db.rows<{ key: string; id: string }>(`SELECT ${key} AS key, id FROM ${table}`)).map(r => [r.key, r.id]))
  const [persons, units] = [await ids('person', 'staff_no'), await ids('unit', 'code')]
  const service = new GrantService(db)
  for (const g of grants) {
    await service.grantRole(originOf(systemActor('demo')), {
      personId: persons.get(g['staffNo']!)!, unitId: units.get(g['unitCode']!)!, role: g['role'] as Role, edge: g['edge'] as GrantEdge, validFrom: g['from']!, validTo: g['to'] || null,
    })
  }
}
