import exceljs from 'exceljs'
import { AppError } from '../../src/core/errors'
import { coreModules } from '../../src/domain'
import { problemsOf, type ImportProgress } from '../../src/domain/import'
import { importUnits } from '../../src/domain/unit'
import { testApi, type TestApi } from '../support/api'
import { personWith } from '../support/registers-fixture'
import { SheetFolder } from '../support/sheets'
import { loadDivisions, SYSTEM } from '../support/small-city'

let api: TestApi
let folder: SheetFolder
let administrator: string
let n = 0

const HEADER = 'code,uscc,nameZh,nameEn,kind,divisionCode,parentCode,sectorCodes,validFrom,isSynthetic'
/** A code of its own for every test, so that they do not meet. */
const fresh = (): string => `R${++n}`

beforeAll(async () => {
  folder = new SheetFolder()
  api = await testApi({ modules: coreModules })
  await loadDivisions(api.database.db)
  await importUnits(api.database.db, SYSTEM, folder.csv('code,nameZh,kind,divisionCode', '510800,中共广元市委员会,PARTY_COMMITTEE,510800'))
  await api.database.owner.query(`
    WITH city AS (SELECT id FROM unit WHERE code = '510800'),
    p AS (INSERT INTO person (id, unit_id, display_name, staff_no, created_by, updated_by) SELECT gen_random_uuid(), id, '管理员', 'ADMIN', 'system:test', 'system:test' FROM city RETURNING id)
    INSERT INTO role_grant (id, person_id, role, unit_id, edge, valid_from, created_by, updated_by)
    SELECT gen_random_uuid(), p.id, 'PLATFORM_ADMIN', city.id, 'TERRITORIAL', '2020-01-01', 'system:test', 'system:test' FROM p, city`)
  administrator = await api.token('ADMIN')
})
afterAll(async () => {
  await api.close()
  folder.remove()
})

const load = (path: string, o?: Parameters<typeof importUnits>[3]) => importUnits(api.database.db, SYSTEM, path, o)
const counts = async (): Promise<unknown> => (await api.database.db.rows(`SELECT (SELECT count(*) FROM unit) AS units, (SELECT count(*) FROM audit_record) AS audits, (SELECT count(*) FROM unit_history) AS history`))[0]
/** [row, cell, code] of every problem, and that nothing was written. */
async function problemsIn(path: string, origin = SYSTEM): Promise<[number, string, string][]> {
  const before = await counts()
  const error: unknown = await importUnits(api.database.db, origin, path).then(() => null, (e: unknown) => e)
  expect(error).toBeInstanceOf(AppError)
  expect((error as AppError).code).toBe('BAD_INPUT')
  expect(await counts()).toEqual(before)
  const { problems, total } = problemsOf(error)
  expect(total).toBe(problems.length)
  for (const p of problems) expect(p.message.length).toBeGreaterThan(10)
  return problems.map(p => [p.row, p.cell, p.code])
}

describe('a good file', () => {
  test('CSV: children before parents, a parent that stands already, every column; told over HTTP as it stands in the file', async () => {
    const [a, b] = [fresh(), fresh()]
    const result = await load(folder.csv(HEADER,
      `${b},12510821FK9000041M,旺苍县人民医院,County Hospital,PUBLIC_INSTITUTION,510821,${a},health hospital,2019-05-01,true`,
      `${a},11510821FK90000253,旺苍县卫生健康局,,政府部门,510821,510800,health,,`))
    expect(result.rows).toBe(2)
    const { data, errors } = await api.ask(administrator, `query ($b: String!) { unitByCode(code: $b) {
      code uscc nameZh nameEn kind divisionCode division { nameZh } sectorCodes state validFrom depth path isSynthetic createdBy rowVersion
      parent { code } ancestors { code } } }`, { b })
    expect(errors).toEqual([])
    expect(data.unitByCode).toEqual({
      code: b, uscc: '12510821FK9000041M', nameZh: '旺苍县人民医院', nameEn: 'County Hospital', kind: 'PUBLIC_INSTITUTION', divisionCode: '510821', division: { nameZh: '旺苍县' },
      sectorCodes: ['health', 'hospital'], state: 'ACTIVE', validFrom: '2019-05-01', depth: 3, path: `/510800/${a}/${b}/`, isSynthetic: true, createdBy: 'system:test', rowVersion: 1,
      parent: { code: a }, ancestors: [{ code: '510800' }, { code: a }],
    })
  })

  test('XLSX with Chinese headers, required ones starred, labels, Chinese dates, a formula and codes typed as numbers', async () => {
    const code = fresh()
    const book = new exceljs.Workbook()
    const sheet = book.addWorksheet('单位信息')
    sheet.addRow(['单位代码*', '单位名称*', '单位类型*', '区划代码*', '上级单位代码', '所属领域', '成立日期', '是否虚构'])
    sheet.addRow([code, { richText: [{ text: '三江' }, { text: '镇' }] }, '乡镇（街道）', 510821105, 510800, '农业', '2020年1月2日', '是'])
    sheet.getCell('F2').value = 'agriculture；water'
    sheet.getCell('B2').value = { formula: 'CONCATENATE("三江","镇")', result: '三江镇' }
    const path = folder.at('units.xlsx')
    await book.xlsx.writeFile(path)
    await load(path)
    const { data } = await api.ask(administrator, `query ($c: String!) { unitByCode(code: $c) { nameZh kind divisionCode sectorCodes validFrom isSynthetic path } }`, { c: code })
    expect(data.unitByCode).toEqual({ nameZh: '三江镇', kind: 'TOWNSHIP', divisionCode: '510821105', sectorCodes: ['agriculture', 'water'], validFrom: '2020-01-02', isSynthetic: true, path: `/510800/${code}/` })
  })

  test('one audit record for the batch, with the name of the file and a digest, and progress from reading to writing', async () => {
    const code = fresh()
    const told: ImportProgress[] = []
    const rows = Array.from({ length: 2_500 }, (_, i) => `${code}-${i},单位${i},TOWNSHIP,510821105,${i ? `${code}-0` : '510800'}`)
    const before = await api.database.db.rows<{ n: string }>('SELECT count(*) AS n FROM audit_record')
    const { batch } = await load(folder.csv('code,nameZh,kind,divisionCode,parentCode', ...rows), { onProgress: p => told.push(p) })
    const audits = await api.database.db.rows(`SELECT command, subject_type, subject_id, after, actor FROM audit_record ORDER BY at DESC, id DESC LIMIT 1`)
    expect(audits).toEqual([{
      command: 'importUnits', subject_type: 'unit', subject_id: batch, actor: 'system:test',
      after: { file: expect.stringContaining('units.csv'), count: 2_500, digest: expect.stringMatching(/^hmac-sha256:[0-9a-f]{64}$/) },
    }])
    expect(Number((await api.database.db.rows<{ n: string }>('SELECT count(*) AS n FROM audit_record'))[0]!.n)).toBe(Number(before[0]!.n) + 1)
    expect([...new Set(told.map(p => p.phase))]).toEqual(['READING', 'CHECKING', 'WRITING'])
    expect(told.filter(p => p.phase === 'READING').map(p => p.rows)).toEqual([1_000, 2_000, 2_500])
    expect(told.every(p => p.done >= 0 && p.done <= 1)).toBe(true)
    expect(told.at(-1)).toEqual({ phase: 'WRITING', rows: 2_500, done: 1 })
  })

  test('sheets without a known column are left out, empty rows do not count', async () => {
    const code = fresh()
    const book = new exceljs.Workbook()
    book.addWorksheet('说明').addRow(['怎样填写'])
    const sheet = book.addWorksheet('单位')
    sheet.addRow([])
    sheet.addRow(['code', 'nameZh', 'kind', 'divisionCode', 'parentCode'])
    sheet.addRow([])
    sheet.addRow([code, '甲', 'TOWNSHIP', '510821105', '510800'])
    const path = folder.at('units.xlsx')
    await book.xlsx.writeFile(path)
    expect((await load(path)).rows).toBe(1)
  })
})

describe('a bad file is told whole, with every cell, and writes nothing', () => {
  test('every kind of problem, each where it stands', async () => {
    const c = fresh()
    expect(await problemsIn(folder.csv(HEADER,
      `${c}a,11510821FK90000254,甲,,TOWNSHIP,510821105,510800,,,`, // 2: last check digit
      `${c}b,,,,TOWNSHIP,510821105,510800,,,`, // 3: no name
      `a/b,,乙,,TOWNSHIP,510821105,510800,,,`, // 4: a slash in the code
      `${c}d,,丙,,VILLAGE,510821105,510800,,,`, // 5: no such kind
      `${c}e,,丁,,TOWNSHIP,519999,510800,,,`, // 6: no such division
      `${c}f,,戊,,TOWNSHIP,510899,510800,,2020-01-01,`, // 7: a division of the past
      `${c}g,,己,,TOWNSHIP,510821105,NOWHERE,,,`, // 8: no such parent
      `${c}h,,庚,,TOWNSHIP,510821105,510800,Health,,`, // 9: a sector with a capital
      `${c}i,,辛,,TOWNSHIP,510821105,510800,,2020-02-30,`, // 10: no such day
      `${c}j,,壬,,TOWNSHIP,510821105,510800,,,maybe`, // 11: neither yes nor no
      `510800,,癸,,TOWNSHIP,510821105,,,,`, // 12: stands already
      `${c}l,,子,,TOWNSHIP,510821105,${c}m,,,`, // 13 and 14: each other's parent
      `${c}m,,丑,,TOWNSHIP,510821105,${c}l,,,`,
      `${c}n,,寅,,TOWNSHIP,510821105,${c}l,,,`, // 15: below the cycle, not in it
      `${c}o,,卯,,TOWNSHIP,510821105,${c}o,,,`, // 16: its own parent
      `${c}a,,辰,,TOWNSHIP,510821105,510800,,,`, // 17: the code of row 2 again
      `${c}q,,${'长'.repeat(201)},,TOWNSHIP,510821105,510800,,,`, // 18: too long
      `${c}r,,a\u0007b,,TOWNSHIP,510821105,510800,,,`, // 19: a control character
    ))).toEqual([
      [2, 'B2', 'INV-41'], [3, 'C3', 'REQUIRED'], [4, 'A4', 'BAD_FORMAT'], [5, 'E5', 'NOT_IN_LIST'], [6, 'F6', 'INV-41'], [7, 'F7', 'INV-41'],
      [8, 'G8', 'UNKNOWN_PARENT'], [9, 'H9', 'BAD_FORMAT'], [10, 'I10', 'NOT_A_DATE'], [11, 'J11', 'NOT_IN_LIST'], [12, 'A12', 'EXISTS'],
      [13, 'G13', 'CYCLE'], [14, 'G14', 'CYCLE'], [16, 'G16', 'CYCLE'], [17, 'A17', 'DUPLICATE'], [18, 'C18', 'TOO_LONG'], [19, 'C19', 'BAD_CHARACTER'],
    ])
  })

  test('a wrong cell does not bring wrong problems of other rows: its child still finds its parent', async () => {
    const c = fresh()
    expect(await problemsIn(folder.csv('code,nameZh,kind,divisionCode,parentCode', `${c}/x,甲,TOWNSHIP,510821105,510800`, `${c}y,乙,TOWNSHIP,510821105,${c}/x`))).toEqual([[2, 'A2', 'BAD_FORMAT']])
  })

  test('a problem carries sheet, column as it is called in the file, cell and sentence; the error carries them as violations too', async () => {
    const path = folder.xlsx({
      一月: '<row><c t="str"><v>单位代码</v></c><c t="str"><v>单位名称</v></c><c t="str"><v>类型</v></c><c t="str"><v>区划代码</v></c></row><row r="9"><c t="str"><v>X1</v></c><c t="e"><v>#REF!</v></c><c t="str"><v>乡镇（街道）</v></c><c t="str"><v>000000</v></c></row>',
    })
    const error = await load(path).then(() => null, (e: unknown) => e) as AppError
    expect(problemsOf(error)).toEqual({ total: 2, problems: [
      { sheet: '一月', row: 9, column: '单位名称', cell: 'B9', code: 'CELL_ERROR', message: 'The cell shows the error #REF!.' },
      { sheet: '一月', row: 9, column: '区划代码', cell: 'D9', code: 'INV-41', message: 'There is no administrative division with the code 000000.' },
    ] })
    expect(error.details.violations).toEqual([
      { path: '一月!B9', rule: 'CELL_ERROR', message: 'The cell shows the error #REF!.' },
      { path: '一月!D9', rule: 'INV-41', message: 'There is no administrative division with the code 000000.' },
    ])
  })

  test('the same credit code twice in the file, and one that stands already', async () => {
    const c = fresh()
    await load(folder.csv('code,uscc,nameZh,kind,divisionCode,parentCode', `${c},11510821FK9000033X,甲,GOVERNMENT_DEPARTMENT,510821,510800`))
    expect(await problemsIn(folder.csv('code,uscc,nameZh,kind,divisionCode,parentCode',
      `${c}a,11510821FK9000033X,甲,GOVERNMENT_DEPARTMENT,510821,510800`,
      `${c}b,11510824FK9000084H,乙,GOVERNMENT_DEPARTMENT,510821,510800`,
      `${c}c,11510824FK9000084H,丙,GOVERNMENT_DEPARTMENT,510821,510800`))).toEqual([[2, 'B2', 'EXISTS'], [4, 'B4', 'DUPLICATE']])
  })

  test('unknown, doubled and missing columns', async () => {
    expect(await problemsIn(folder.csv('code,nameZh,kind,phone,code,身份证号', 'X,甲,TOWNSHIP,1,2,3'))).toEqual([
      [1, '', 'MISSING_COLUMN'], [1, 'D1', 'UNKNOWN_COLUMN'], [1, 'E1', 'DUPLICATE_COLUMN'], [1, 'F1', 'UNKNOWN_COLUMN'],
    ])
    expect(await problemsIn(folder.csv('phone', '1'))).toEqual([[1, '', 'MISSING_COLUMN']])
    expect(await problemsIn(folder.csv('code,nameZh,kind,divisionCode'))).toEqual([[0, '', 'EMPTY']])
    expect(await problemsIn(folder.write('units.csv', ''))).toEqual([[1, '', 'MISSING_COLUMN']])
  })

  test('a file that breaks off in the middle is told with what was read before', async () => {
    expect(await problemsIn(folder.csv('code,nameZh,kind,divisionCode,parentCode', 'Z1,甲,TOWNSHIP,510821105,NOWHERE', '"Z2,乙'))).toEqual([[2, 'E2', 'UNKNOWN_PARENT'], [3, '', 'UNREADABLE']])
    expect(await problemsIn(folder.at('nowhere.csv'))).toEqual([[0, '', 'UNREADABLE']])
  })

  test('the first thousand problems are told, with the number of all', async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => `M${i},,TOWNSHIP,510821105,NOWHERE`)
    const error = await load(folder.csv('code,nameZh,kind,divisionCode,parentCode', ...rows)).then(() => null, (e: unknown) => e)
    const { problems, total } = problemsOf(error)
    expect([problems.length, total]).toEqual([1_000, 6_000])
  })

  test('a cycle that is longer than the tree is high, and what hangs below a short one', async () => {
    const c = fresh()
    const ring = Array.from({ length: 30 }, (_, i) => `${c}-${i},环${i},TOWNSHIP,510821105,${c}-${(i + 1) % 30}`)
    expect(await problemsIn(folder.csv('code,nameZh,kind,divisionCode,parentCode', ...ring))).toEqual(ring.map((_, i) => [i + 2, `E${i + 2}`, 'TOO_DEEP']))
  })

  test('the same row twenty thousand times is told at once', async () => {
    const c = fresh()
    const error = await load(folder.csv('code,uscc,nameZh,kind,divisionCode,parentCode', ...Array.from({ length: 20_000 }, () => `${c},11510802FK90000680,甲,TOWNSHIP,510821105,510800`))).then(() => null, (e: unknown) => e)
    expect(problemsOf(error).total).toBe(2 * 19_999)
  }, 60_000)

  test('more than twenty levels', async () => {
    const c = fresh()
    const chain = Array.from({ length: 20 }, (_, i) => `${c}-${i},级${i},TOWNSHIP,510821105,${i ? `${c}-${i - 1}` : '510800'}`)
    expect(await problemsIn(folder.csv('code,nameZh,kind,divisionCode,parentCode', ...chain))).toEqual([[21, 'E21', 'TOO_DEEP']])
  })
})

describe('who may', () => {
  test('nobody without the role', async () => {
    await expect(importUnits(api.database.db, personWith(['UNIT_EDITOR'], { path: '/510800/' }), folder.csv('code', '1'))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('an administrator brings units below the own one, not roots, and does not learn of others', async () => {
    const [mine, other, child] = [fresh(), fresh(), fresh()]
    await load(folder.csv('code,nameZh,kind,divisionCode,parentCode', `${mine},甲,TOWNSHIP,510821105,510800`, `${other},乙,TOWNSHIP,510821105,510800`))
    const administratorOfMine = personWith(['PLATFORM_ADMIN'], { path: `/510800/${mine}/` })
    expect(await problemsIn(folder.csv('code,nameZh,kind,divisionCode,parentCode', `${child}a,甲,TOWNSHIP,510821105,${mine}`, `${child}b,乙,TOWNSHIP,510821105,${other}`, `${child}c,丙,TOWNSHIP,510821105,`), administratorOfMine))
      .toEqual([[3, 'E3', 'UNKNOWN_PARENT'], [4, 'E4', 'REQUIRED']])
    const { rows } = await importUnits(api.database.db, administratorOfMine, folder.csv('code,nameZh,kind,divisionCode,parentCode', `${child}a,甲,TOWNSHIP,510821105,${mine}`))
    expect(rows).toBe(1)
    const [unit] = await api.database.db.rows('SELECT path, created_by FROM unit WHERE code = $1', [`${child}a`])
    expect(unit).toEqual({ path: `/510800/${mine}/${child}a/`, created_by: administratorOfMine.actor.ref })
  })

  test('a parent that was dissolved takes no new units', async () => {
    const gone = fresh()
    await load(folder.csv('code,nameZh,kind,divisionCode,parentCode', `${gone},甲,TOWNSHIP,510821105,510800`))
    await api.database.owner.query(`UPDATE unit SET state = 'DISSOLVED', valid_to = '2026-01-01' WHERE code = $1`, [gone])
    expect(await problemsIn(folder.csv('code,nameZh,kind,divisionCode,parentCode', `${gone}a,甲,TOWNSHIP,510821105,${gone}`))).toEqual([[2, 'E2', 'INACTIVE_PARENT']])
  })
})
