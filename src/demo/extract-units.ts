import { CITY_DEPARTMENTS, CITY_GROUPS } from './extract-city-departments'
import { COUNTY_DEPARTMENTS, COUNTY_GROUPS, NAMED_USCC } from './extract-county-departments'
import { assertCount } from './extract-csv'
import type { Division } from './extract-division-rows'
import { romanise } from './extract-romanise'
import { syntheticUscc } from './extract-uscc'

export interface UnitRow {
  code: string
  uscc: string
  nameZh: string
  nameEn: string
  kind: string
  divisionCode: string
  parentCode: string
  sectorCodes: string
  isSynthetic: 'true' | 'false'
}

type Draft = Pick<UnitRow, 'code' | 'nameZh' | 'nameEn' | 'kind' | 'parentCode'> & { sectorCodes?: string, serial?: number }

/** An invented body. Its division is what stands before the first hyphen of its code. */
function body({ serial, sectorCodes = '', ...draft }: Draft): UnitRow {
  const division = draft.code.split('-')[0]
  const kind = draft.kind === 'PUBLIC_INSTITUTION' ? '12' : '11'
  const uscc = NAMED_USCC[draft.code] ?? (serial ? syntheticUscc(kind, division.slice(0, 6), serial) : '')
  return { ...draft, uscc, divisionCode: division, sectorCodes, isSynthetic: 'true' }
}

const territory = (code: string, nameZh: string, nameEn: string, kind: string, parentCode: string): UnitRow =>
  ({ code, uscc: '', nameZh, nameEn, kind, divisionCode: code, parentCode, sectorCodes: '', isSynthetic: 'false' })

const NUMERALS = [...'一二三四五六七八']

function cityBodies(): UnitRow[] {
  const departments = CITY_DEPARTMENTS.map(([slug, nameZh, en, kind, sectorCodes], i) => body({
    code: `510800-${slug}`, nameZh, nameEn: `Guangyuan ${en}`, kind, parentCode: '510800', sectorCodes,
    serial: sectorCodes === 'mass-organisation' ? undefined : 101 + i,
  }))
  assertCount('city departments', departments.length, 68)
  const offices = NUMERALS.map((n, i) => body({
    code: `510800-CCDI-SO${i + 1}`, nameZh: `广元市纪委监委第${n}监督检查室`, nameEn: `Guangyuan Commission, Supervision Office ${i + 1}`,
    kind: 'SUPERVISION_OFFICE', parentCode: '510800-CCDI',
  }))
  const groups = CITY_GROUPS.map(({ covers }) => {
    const lead = CITY_DEPARTMENTS.find(([slug]) => slug === covers.split(' ')[0])!
    return body({
      code: `510800-DG-${lead[0]}`, nameZh: `广元市纪委监委派驻${lead[1].replace(/^(中共)?广元市/, '市')}纪检监察组`,
      nameEn: `Guangyuan Commission, Group Dispatched to the ${lead[2]}`, kind: 'DISPATCHED_GROUP', parentCode: '510800-CCDI',
    })
  })
  const of = (slug: string, nameZh: string, nameEn: string, kind: string, parentCode = '510800', serial?: number): UnitRow =>
    body({ code: `510800-${slug}`, nameZh, nameEn, kind, parentCode, serial })
  return [
    of('CCDI', '中共广元市纪律检查委员会、广元市监察委员会', 'Guangyuan Commission for Discipline Inspection and Supervision', 'COMMISSION_CITY'),
    of('CCDI-TRIAL', '广元市纪委监委案件审理室', 'Guangyuan Commission, Case Trial Office', 'CASE_TRIAL_OFFICE', '510800-CCDI'),
    of('INSPECTION', '中共广元市委巡察工作领导小组办公室', 'Guangyuan Inspection Office', 'INSPECTION_OFFICE'),
    of('GOV', '广元市人民政府', 'Guangyuan City Government', 'GOVERNMENT', '510800', 91),
    of('NPC', '广元市人民代表大会常务委员会', 'Standing Committee of the Guangyuan People’s Congress', 'PEOPLES_CONGRESS', '510800', 92),
    of('CPPCC', '中国人民政治协商会议广元市委员会', 'Guangyuan Committee of the CPPCC', 'CPPCC', '510800', 93),
    ...departments, ...offices, ...groups,
  ]
}

/** `index` 1 to 7 keeps the serials of the counties apart: county 3 has 3001 to 3999. */
function countyBodies(county: Division, townships: readonly Division[], index: number): UnitRow[] {
  const zh = county.nameZh.endsWith('区') ? `广元市${county.nameZh}` : county.nameZh
  const en = romanise(county.nameZh)
  const commission = `${county.code}-CCDI`
  const of = (slug: string, nameZh: string, nameEn: string, kind: string, serial?: number, sectorCodes = ''): UnitRow => body({
    code: `${county.code}-${slug}`, nameZh, nameEn: `${en} ${nameEn}`, kind, sectorCodes, serial: serial && index * 1000 + serial,
    parentCode: /^(DG|OG)-/.test(slug) ? commission : county.code,
  })
  const ofDepartment = new Map(COUNTY_DEPARTMENTS.map(d => [d[0], d]))
  const departments = COUNTY_DEPARTMENTS.map(([slug, name, english, kind, sectors], i) =>
    of(slug, kind === 'PARTY_DEPARTMENT' ? `中共${zh}委${name}` : zh + name, english, kind, 101 + i, sectors))
  const groups = COUNTY_GROUPS.map(covers => {
    const [slug, name, english, kind] = ofDepartment.get(covers.split(' ')[0])!
    const level = county.nameZh.slice(-1)
    const host = kind === 'PARTY_DEPARTMENT' ? `${level}委${name}` : level + name
    return of(`DG-${slug}`, `${zh}纪委监委派驻${host}纪检监察组`, `Commission, Group Dispatched to the ${english}`, 'DISPATCHED_GROUP')
  })
  const outposts = NUMERALS.slice(0, outpostCount(townships.length)).map((n, i) =>
    of(`OG-${i + 1}`, `${zh}纪委监委派出第${n}片区纪检监察组`, `Commission, Area Outpost Group ${i + 1}`, 'AREA_OUTPOST_GROUP'))
  return [
    of('GOV', `${zh}人民政府`, 'Government', 'GOVERNMENT', 91),
    of('CCDI', `中共${zh}纪律检查委员会、${zh}监察委员会`, 'Commission for Discipline Inspection and Supervision', 'COMMISSION_COUNTY', 92),
    of('INSPECTION', `中共${zh}委巡察工作领导小组办公室`, 'Inspection Office', 'INSPECTION_OFFICE'),
    of('HOSPITAL', `${zh}综合医院`, 'General Hospital', 'PUBLIC_INSTITUTION', 201, 'hospital'),
    of('MI-CENTRE', `${zh}医疗保障事务中心`, 'Medical Insurance Agency Centre', 'PUBLIC_INSTITUTION', 202, 'medical-insurance-agency'),
    ...departments, ...groups, ...outposts,
  ]
}

/** About six townships to an outpost group. */
export const outpostCount = (townships: number): number => Math.round(townships / 6)

function townshipUnits(township: Division, county: Division, serial: number): UnitRow[] {
  const street = township.nameZh.endsWith('街道')
  // A farm or reserve already bears its county's name; 昭化镇 in 昭化区 is a name of its own.
  const zh = /(镇|乡|街道)$/.test(township.nameZh) ? township.nameZh : township.nameZh.replace(new RegExp(`^${county.nameZh.slice(0, 2)}县?`), '')
  const en = romanise(township.nameZh)
  const health = street ? ['社区卫生服务中心', 'Community Health Centre'] : ['卫生院', 'Health Centre']
  return [
    territory(township.code, county.nameZh + zh, en, 'TOWNSHIP', county.code),
    body({
      code: `${township.code}-CDI`, nameZh: `${county.nameZh}${zh}${street ? '纪工委' : '纪委'}（监察室）`, nameEn: `${en} Commission`,
      kind: 'TOWNSHIP_COMMISSION', parentCode: township.code,
    }),
    body({
      code: `${township.code}-HC`, nameZh: county.nameZh + zh + health[0], nameEn: `${en} ${health[1]}`,
      kind: 'PUBLIC_INSTITUTION', parentCode: township.code, sectorCodes: 'township-health-centre', serial,
    }),
  ]
}

function villageUnits(village: Division, township: Division): UnitRow[] {
  const name = village.nameZh.replace(/(村民|居民)委员会$/, '')
  const zh = name.endsWith('虚拟生活区') ? name : township.nameZh + name
  const en = romanise(name)
  const [committeeZh, committeeEn] = village.nameZh.endsWith('居民委员会') ? ['居务监督委员会', 'Residents’'] : ['村务监督委员会', 'Village']
  return [
    territory(village.code, zh, `${en}, ${romanise(township.nameZh)}`, 'VILLAGE_OR_COMMUNITY', township.code),
    body({
      code: `${village.code}-SC`, nameZh: zh + committeeZh, nameEn: `${en} ${committeeEn} Affairs Supervision Committee`,
      kind: 'VILLAGE_SUPERVISION_COMMITTEE', parentCode: village.code,
    }),
  ]
}

/** All units of the demo city, from its present divisions. 510800 is the only root: the province stands in the division file alone. */
export function units(divisions: readonly Division[]): UnitRow[] {
  const at = (level: Division['level']): Division[] => divisions.filter(d => d.level === level).sort((a, b) => (a.code < b.code ? -1 : 1))
  const byCode = new Map(divisions.map(d => [d.code, d]))
  const counties = at('COUNTY')
  const townships = at('TOWNSHIP')
  const [zone] = at('FUNCTIONAL_ZONE')
  return [
    territory('510800', '中共广元市委员会', 'Guangyuan City Party Committee', 'PARTY_COMMITTEE', ''),
    territory(zone.code, zone.nameZh, 'Guangyuan Economic and Technological Development Zone', 'FUNCTIONAL_ZONE', '510800'),
    ...cityBodies(),
    ...counties.flatMap((county, i) => [
      territory(county.code, `中共${county.nameZh.endsWith('区') ? '广元市' : ''}${county.nameZh}委员会`, `${romanise(county.nameZh)} Party Committee`, 'PARTY_COMMITTEE', '510800'),
      ...countyBodies(county, townships.filter(t => t.parentCode === county.code), i + 1),
    ]),
    ...townships.flatMap((township, i) => townshipUnits(township, byCode.get(township.parentCode)!, 9001 + i)),
    ...at('VILLAGE').flatMap(village => villageUnits(village, byCode.get(village.parentCode)!)),
  ]
}
