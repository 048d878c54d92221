import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import exceljs from 'exceljs'
import { problemsOf, type ImportProgress } from '../../src/domain/import'
import { importUnits } from '../../src/domain/unit'
import { testDatabase, type TestDatabase } from '../support/database'
import { SheetFolder } from '../support/sheets'
import { loadDivisions, SYSTEM } from '../support/small-city'

const ROWS = 50_000

let t: TestDatabase
let folder: SheetFolder
beforeAll(async () => {
  folder = new SheetFolder()
  t = await testDatabase()
  await loadDivisions(t.db)
})
afterAll(async () => {
  await t.close()
  folder.remove()
})

const HEADER = ['code', 'nameZh', 'nameEn', 'kind', 'divisionCode', 'parentCode', 'sectorCodes', 'validFrom', 'isSynthetic']
/** A tree of four levels below one root, children first. */
function* rows(prefix: string): Generator<string[]> {
  for (let i = ROWS - 1; i >= 1; i--) {
    const parent = i < 10 ? 0 : Math.floor(i / 10)
    yield [`${prefix}${i}`, `旺苍县第${i}卫生健康服务中心`, `Health Service Centre No. ${i}`, 'PUBLIC_INSTITUTION', '510821', `${prefix}${parent}`, 'health', '2020-01-01', 'true']
  }
  yield [`${prefix}0`, '中共广元市委员会', '', 'PARTY_COMMITTEE', '510800', '', '', '2020-01-01', 'true']
}

async function csv(prefix: string): Promise<string> {
  const path = folder.at('units.csv')
  const out = createWriteStream(path)
  out.write(HEADER.join(',') + '\n')
  for (const row of rows(prefix)) out.write(row.join(',') + '\n')
  out.end()
  await finished(out)
  return path
}

async function xlsx(prefix: string): Promise<string> {
  const path = folder.at('units.xlsx')
  const writer = new exceljs.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true })
  const sheet = writer.addWorksheet('单位')
  sheet.addRow(HEADER).commit()
  for (const row of rows(prefix)) sheet.addRow(row).commit()
  await writer.commit()
  return path
}

const astray = async (prefix: string) => t.db.rows(`
  SELECT c.code FROM unit c LEFT JOIN unit p ON p.id = c.parent_id
  WHERE c.code LIKE $1 AND (c.path <> coalesce(p.path, '/') || c.code || '/' OR c.depth <> coalesce(p.depth, 0) + 1 OR (c.depth > 1) <> (c.parent_id IS NOT NULL))`, [`${prefix}%`])

test.each([['CSV', csv, 'A'], ['XLSX', xlsx, 'B']] as const)('%s: 50,000 units in little memory, with progress', async (_, make, prefix) => {
  const path = await make(prefix)
  const told: ImportProgress[] = []
  const before = process.memoryUsage().rss
  let peak = before
  const started = performance.now()
  const { rows: count } = await importUnits(t.db, SYSTEM, path, { onProgress: p => { told.push(p); peak = Math.max(peak, process.memoryUsage().rss) } })
  const seconds = (performance.now() - started) / 1000
  process.stdout.write(`${_}: ${seconds.toFixed(1)} s, ${Math.round((peak - before) / 1e6)} MB more at the peak\n`)
  expect(count).toBe(ROWS)
  expect(peak - before).toBeLessThan(400e6)
  expect(told.filter(p => p.phase === 'READING').length).toBe(ROWS / 1_000 + 1)
  expect(await t.db.rows('SELECT count(*)::int AS n, max(depth) AS depth FROM unit WHERE code LIKE $1', [`${prefix}%`])).toEqual([{ n: ROWS, depth: 6 }])
  expect(await astray(prefix)).toEqual([])
}, 120_000)

test('50,000 rows of which every tenth is wrong are refused whole, in the same time', async () => {
  const path = folder.at('units.csv')
  const out = createWriteStream(path)
  out.write(HEADER.join(',') + '\n')
  let i = 0
  for (const row of rows('C')) out.write((i++ % 10 === 0 ? row.with(4, '999999') : row).join(',') + '\n')
  out.end()
  await finished(out)
  const started = performance.now()
  const error: unknown = await importUnits(t.db, SYSTEM, path).then(() => null, (e: unknown) => e)
  process.stdout.write(`50,000 rows refused in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
  const { problems, total } = problemsOf(error)
  expect([problems.length, total, problems[0]?.code]).toEqual([1_000, ROWS / 10, 'INV-41'])
  expect(await t.db.rows(`SELECT count(*)::int AS n FROM unit WHERE code LIKE 'C%'`)).toEqual([{ n: 0 }])
}, 120_000)
