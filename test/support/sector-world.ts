import { systemActor, type GrantEdge, type Role } from '../../src/core/actor'
import { globalId } from '../../src/core/ids'
import { runCommand } from '../../src/database/command'
import type { Database } from '../../src/database/database'
import { sourceOf } from '../../src/domain/import'
import { importUnits } from '../../src/domain/unit'
import { originOf } from './registers-fixture'
import { loadDivisions, SYSTEM } from './small-city'

/** Code, name, kind, division, parent, sectors. */
const UNITS: string[][] = [
  ['510800', '中共广元市委员会', 'PARTY_COMMITTEE', '510800', '', ''],
  ['510821', '中共旺苍县委员会', 'PARTY_COMMITTEE', '510821', '510800', ''],
  ['510821-CCDI', '旺苍县纪委监委', 'COMMISSION_COUNTY', '510821', '510821', ''],
  ['510821-DG', '派驻卫生健康局纪检监察组', 'DISPATCHED_GROUP', '510821', '510821-CCDI', ''],
  ['510821-HEALTH', '旺苍县卫生健康局', 'GOVERNMENT_DEPARTMENT', '510821', '510821', 'health'],
  ['510821-H1', '旺苍县人民医院', 'PUBLIC_INSTITUTION', '510821', '510821-HEALTH', 'hospital'],
  ['510821-H2', '旺苍县中医医院', 'PUBLIC_INSTITUTION', '510821', '510821-HEALTH', 'hospital'],
  ['510821-MI', '旺苍县医疗保障局', 'GOVERNMENT_DEPARTMENT', '510821', '510821', 'medical-insurance'],
  ['510802', '中共利州区委员会', 'PARTY_COMMITTEE', '510802', '510800', ''],
  ['510802-HEALTH', '利州区卫生健康局', 'GOVERNMENT_DEPARTMENT', '510802', '510802', 'health'],
]

/** Grants by staff number. */
const PEOPLE: Record<string, [readonly Role[], string, GrantEdge?][]> = {
  editor: [[['UNIT_EDITOR'], '510821-HEALTH']],
  approver: [[['UNIT_APPROVER'], '510821-HEALTH']],
  'group-editor': [[['UNIT_EDITOR', 'SUPERVISOR'], '510821-DG'], [['SUPERVISOR'], '510821-DG', 'DISPATCHED']],
  'mi-editor': [[['UNIT_EDITOR'], '510821-MI']],
  county: [[['LEADER_READER'], '510821']],
  stranger: [[['UNIT_EDITOR', 'UNIT_APPROVER', 'SUPERVISOR'], '510802']],
  admin: [[['PLATFORM_ADMIN'], '510800']],
}

export interface SectorWorld {
  /** Global id of a unit by its code. */
  ref(code: string): string
}

/** A county with a health bureau, two hospitals below it, an insurance bureau and the group dispatched to the health bureau; and a neighbour. */
export async function sectorWorld(db: Database): Promise<SectorWorld> {
  await loadDivisions(db)
  await importUnits(db, SYSTEM, sourceOf('units', ['code', 'nameZh', 'kind', 'divisionCode', 'parentCode', 'sectorCodes'], UNITS), { defaults: { validFrom: '2018-01-01' } })
  const ids = new Map((await db.rows<{ code: string; id: string }>('SELECT code, id FROM unit')).map(r => [r.code, r.id]))
  await runCommand(db, originOf(systemActor('test')), 'test', {}, async tx => {
    tx.insert('unit_relation', { from_unit_id: ids.get('510821-DG')!, to_unit_id: ids.get('510821-HEALTH')!, kind: 'DISPATCHED', valid_from: '2018-01-01' })
    for (const [staffNo, grants] of Object.entries(PEOPLE)) {
      const person = tx.insert('person', { unit_id: ids.get(grants[0]![1])!, display_name: '岗位人员', staff_no: staffNo })
      await tx.flush()
      for (const [roles, unit, edge] of grants) {
        for (const role of roles) tx.insert('role_grant', { person_id: person, role, unit_id: ids.get(unit)!, edge: edge ?? 'TERRITORIAL', valid_from: '2018-01-01' })
      }
    }
  })
  return { ref: code => globalId('unit', ids.get(code)!) }
}
