import { ROLES, systemActor, type Role } from '../../../src/core/actor'
import { globalId } from '../../../src/core/ids'
import { bodyCheck, usccCheck } from '../../../src/core/uscc'
import { runCommand } from '../../../src/database/command'
import type { Transaction } from '../../../src/database/transaction'
import { importDivisionPopulations, importDivisions } from '../../../src/domain/division'
import { sourceOf } from '../../../src/domain/import'
import type { TestDatabase } from '../database'
import { originOf } from '../registers-fixture'
import { loadDivisions, SYSTEM } from '../small-city'

/** A county whose every text, code and number is told from those of the other one. */
export interface County {
  /** Stands in all its codes and English texts. */
  readonly mark: string
  /** Stands in its Chinese names. */
  readonly zh: string
  readonly path: string
  readonly division: string
  /** Division of its township. */
  readonly township: string
  /** Global id of its top unit. */
  readonly root: string
  /** Global ids of two people who hold every role over the whole county: staff numbers `<mark>-ONE` and `<mark>-TWO`. */
  readonly one: string
  readonly two: string
  readonly uscc: readonly string[]
  /** A reported variable of the catalog and what this county reports. */
  readonly variable: string
  readonly figure: string
  /** Global id of the one row that a statement finds. */
  find(prefix: string, sql: string, values: readonly unknown[]): Promise<string>
}

const CITY = '/CITY/'
/** The neighbour, and the county that it must not see. */
const COUNTIES = [
  { mark: 'ASH', zh: '青松', division: '510821', township: '510821105', figure: '12345.5' },
  { mark: 'BIRCH', zh: '白桦', division: '510802', township: '510802105', figure: '98765.5' },
] as const

/** A city with two counties that have nobody but two people each; the story fills them. */
export async function territory(database: TestDatabase): Promise<{ city: string; own: County; foreign: County }> {
  await loadDivisions(database.db)
  await importDivisions(database.db, SYSTEM, sourceOf('townships', ['code', 'nameZh', 'level', 'parentCode', 'validFrom'], [['510802105', '桦林镇', 'TOWNSHIP', '510802', '1985-01-01']]))
  await importDivisionPopulations(database.db, SYSTEM, sourceOf('residents', ['divisionCode', 'year', 'residents'], COUNTIES.flatMap(c => [c.division, c.township].map(code => [code, '2025', '30000']))))
  return runCommand(database.db, originOf(systemActor('test')), 'test', {}, async tx => {
    const city = top(tx, { code: 'CITY', name: '中心城', division: '510800', parent: null, path: CITY })
    await tx.flush()
    somebody(tx, { staffNo: 'CITY-ONE', name: '城市人员', unit: city, roles: ROLES })
    const grown: County[] = []
    for (const [i, c] of COUNTIES.entries()) {
      const path = `${CITY}${c.mark}/`
      const unit = top(tx, { code: c.mark, name: `${c.zh}县`, division: c.division, parent: city, path })
      await tx.flush()
      const [one, two] = ['ONE', 'TWO'].map(n => somebody(tx, { staffNo: `${c.mark}-${n}`, name: `${c.zh}人员`, unit, roles: ROLES }))
      await tx.flush()
      grown.push({
        ...c, path, root: globalId('unit', unit), one: globalId('person', one!), two: globalId('person', two!), uscc: [1, 2, 3].map(n => uscc(c.division, i * 10 + n)), variable: 'medicalIncome',
        find: async (prefix, sql, values) => globalId(prefix, (await database.owner.query<{ id: string }>(sql, [...values])).rows[0]!.id),
      })
    }
    const [own, foreign] = grown
    return { city: globalId('unit', city), own: own!, foreign: foreign! }
  })
}

interface Top { code: string; name: string; division: string; parent: string | null; path: string }
const top = (tx: Transaction, { code, name, division, parent, path }: Top): string => tx.insert('unit', {
  code, name_zh: name, name_pinyin: 'xian', name_initials: 'x', kind: 'PARTY_COMMITTEE', division_code: division, parent_id: parent, path, depth: path.split('/').length - 2, valid_from: '2020-01-01',
})

export interface Somebody { staffNo: string; name: string; unit: string; roles: readonly Role[]; units?: readonly string[]; validTo?: string }

/** A person of a unit with these roles over it, or over other units. Answers the row id. */
export function somebody(tx: Transaction, { staffNo, name, unit, roles, units = [unit], validTo }: Somebody): string {
  const id = tx.insert('person', { unit_id: unit, display_name: name, staff_no: staffNo })
  for (const over of units) {
    for (const role of roles) tx.insert('role_grant', { person_id: id, role, unit_id: over, edge: 'TERRITORIAL', valid_from: '2020-01-01', valid_to: validTo ?? null })
  }
  return id
}

function uscc(division: string, n: number): string {
  const body = `MA${String(n).padStart(6, '0')}`
  const first = `12${division}${body}${bodyCheck(body)}`
  return first + usccCheck(first)
}
