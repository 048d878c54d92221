import { CITY_DEPARTMENTS, CITY_GROUPS, OFFICE_OF_COUNTY } from './extract-city-departments'
import { COUNTY_GROUPS } from './extract-county-departments'
import { assertCount, BASELINE } from './extract-csv'
import type { Row } from './extract-csv'
import type { UnitRow } from './extract-units'

const relation = (kind: string, fromUnitCode: string, toUnitCode: string): Row => ({ fromUnitCode, toUnitCode, kind, from: BASELINE, to: '' })

/** LINE: city commission -> its groups and the county commissions -> their groups and the township commissions. */
function line(units: readonly UnitRow[]): Row[] {
  return units.flatMap(unit => {
    const county = `${unit.divisionCode.slice(0, 6)}-CCDI`
    if (unit.kind === 'COMMISSION_COUNTY') return [relation('LINE', '510800-CCDI', unit.code)]
    if (['DISPATCHED_GROUP', 'AREA_OUTPOST_GROUP', 'TOWNSHIP_COMMISSION'].includes(unit.kind)) return [relation('LINE', county, unit.code)]
    return []
  })
}

/** DISPATCHED: the group covers each of its hosts; every department is covered once. */
function dispatched(countyCodes: readonly string[]): Row[] {
  const of = (division: string, covers: string): Row[] => {
    const slugs = covers.split(' ')
    return slugs.map(slug => relation('DISPATCHED', `${division}-DG-${slugs[0]}`, `${division}-${slug}`))
  }
  return [...CITY_GROUPS.flatMap(g => of('510800', g.covers)), ...countyCodes.flatMap(county => COUNTY_GROUPS.flatMap(g => of(county, g)))]
}

/** OUTPOST: neighbouring codes together, in shares that differ by one at most. Which townships form an area is invented. */
function outposts(units: readonly UnitRow[], county: string): Row[] {
  const inCounty = units.filter(u => u.divisionCode.startsWith(county))
  const groups = inCounty.filter(u => u.kind === 'AREA_OUTPOST_GROUP')
  const townships = inCounty.filter(u => u.kind === 'TOWNSHIP')
  return townships.map((t, i) => relation('OUTPOST', groups[Math.floor((i * groups.length) / townships.length)].code, t.code))
}

/** LIAISON: the supervision office in charge of each of the 76 portrait subjects. */
function liaison(): Row[] {
  const subjects = [
    ...CITY_GROUPS.flatMap(({ office, covers }) => covers.split(' ').map(slug => [office, `510800-${slug}`] as const)),
    ...Object.entries(OFFICE_OF_COUNTY).map(([county, office]) => [office, county] as const),
  ]
  assertCount('portrait subjects', new Set(subjects.map(([, code]) => code)).size, CITY_DEPARTMENTS.length + 8)
  return subjects.map(([office, code]) => relation('LIAISON', `510800-CCDI-SO${office}`, code))
}

export function relations(units: readonly UnitRow[]): Row[] {
  const counties = units.filter(u => u.kind === 'COMMISSION_COUNTY').map(u => u.divisionCode)
  return [...line(units), ...dispatched(counties), ...counties.flatMap(county => outposts(units, county)), ...liaison()]
}
