import { systemActor } from '../../src/core/actor'
import type { Database } from '../../src/database/database'
import { importDivisions } from '../../src/domain/division'
import { sourceOf } from '../../src/domain/import'
import { importUnits } from '../../src/domain/unit'
import { originOf } from './registers-fixture'

export const SYSTEM = originOf(systemActor('test'))

/** Divisions as they really are: 市中区 became 利州区 in 2007, 元坝区 became 昭化区 in 2013. */
export const loadDivisions = (db: Database): Promise<unknown> => importDivisions(db, SYSTEM, sourceOf('divisions', ['code', 'nameZh', 'level', 'parentCode', 'validFrom', 'validTo', 'replacedByCode'], [
  ['510000', '四川省', 'PROVINCE', '', '1980-01-01', '', ''],
  ['510800', '广元市', 'CITY', '510000', '1985-01-01', '', ''],
  ['510802', '市中区', 'COUNTY', '510800', '1985-01-01', '2007-01-01', '510802'],
  ['510802', '利州区', 'COUNTY', '510800', '2007-01-01', '', ''],
  ['510811', '元坝区', 'COUNTY', '510800', '1989-01-01', '2013-01-01', '510811'],
  ['510811', '昭化区', 'COUNTY', '510800', '2013-01-01', '', ''],
  ['510821', '旺苍县', 'COUNTY', '510800', '1985-01-01', '', ''],
  ['510899', '旧县', 'COUNTY', '510800', '1985-01-01', '1990-01-01', '510821'],
  ['510821105', '三江镇', 'TOWNSHIP', '510821', '1985-01-01', '', ''],
  ['510821105203', '羊盘村', 'VILLAGE', '510821105', '1985-01-01', '', ''],
]))

/** Code, name, kind, division, parent. */
const UNITS: string[][] = [
  ['510800', '中共广元市委员会', 'PARTY_COMMITTEE', '510800', ''],
  ['510800-CCDI', '广元市纪委监委', 'COMMISSION_CITY', '510800', '510800'],
  ['510800-SO6', '第六监督检查室', 'SUPERVISION_OFFICE', '510800', '510800-CCDI'],
  ['510821', '中共旺苍县委员会', 'PARTY_COMMITTEE', '510821', '510800'],
  ['510821-CCDI', '旺苍县纪委监委', 'COMMISSION_COUNTY', '510821', '510821'],
  ['510821-DG', '派驻卫生健康局纪检监察组', 'DISPATCHED_GROUP', '510821', '510821-CCDI'],
  ['510821-OG', '第一片区纪检监察组', 'AREA_OUTPOST_GROUP', '510821', '510821-CCDI'],
  ['510821-HEALTH', '旺苍县卫生健康局', 'GOVERNMENT_DEPARTMENT', '510821', '510821'],
  ['510821-HOSPITAL', '旺苍县人民医院', 'PUBLIC_INSTITUTION', '510821', '510821-HEALTH'],
  ['510821105', '三江镇', 'TOWNSHIP', '510821105', '510821'],
  ['510821105203', '羊盘村', 'VILLAGE_OR_COMMUNITY', '510821105203', '510821105'],
  ['510802', '中共利州区委员会', 'PARTY_COMMITTEE', '510802', '510800'],
  ['510802-HEALTH', '利州区卫生健康局', 'GOVERNMENT_DEPARTMENT', '510802', '510802'],
]

export interface SmallCity {
  /** Row id of a unit by its code. */
  id(code: string): string
}

/** One county with a commission, two groups, a health bureau with a hospital, a township and a village; and a neighbour. */
export async function smallCity(db: Database): Promise<SmallCity> {
  await loadDivisions(db)
  await importUnits(db, SYSTEM, sourceOf('units', ['code', 'nameZh', 'kind', 'divisionCode', 'parentCode'], UNITS), { defaults: { validFrom: '2020-01-01' } })
  const ids = new Map((await db.rows<{ code: string; id: string }>('SELECT code, id FROM unit')).map(r => [r.code, r.id]))
  return { id: code => ids.get(code)! }
}
