import { SheetFolder, allRows, refusalOf } from '../../../support/sheets'

let folder: SheetFolder
beforeAll(() => { folder = new SheetFolder() })
afterAll(() => folder.remove())

const cells = async (path: string): Promise<unknown[]> => (await allRows(path)).map(r => r.cells)
const TEXT = '代码,名称\n510821,旺苍县\n'
/** 旺苍县 in GB 18030. */
const GB18030 = Buffer.concat([Buffer.from('code,nameZh\n510821,'), Buffer.from([0xcd, 0xfa, 0xb2, 0xd4, 0xcf, 0xd8]), Buffer.from('\n')])

test.each([
  ['UTF-8', Buffer.from(TEXT)], ['UTF-8 with byte order mark', Buffer.from('\ufeff' + TEXT)], ['line ends of Windows', Buffer.from(TEXT.replaceAll('\n', '\r\n'))],
  ['no line end at the end', Buffer.from(TEXT.trimEnd())], ['semicolons', Buffer.from(TEXT.replaceAll(',', ';'))], ['tabs', Buffer.from(TEXT.replaceAll(',', '\t'))],
])('%s', async (_, content) => {
  expect(await cells(folder.write('a.csv', content))).toEqual([['代码', '名称'], ['510821', '旺苍县']])
})

test('GB 18030 is read like UTF-8', async () => {
  expect(await cells(folder.write('a.csv', GB18030))).toEqual([['code', 'nameZh'], ['510821', '旺苍县']])
})

test('no character is broken where the file is cut into pieces', async () => {
  const lines = Array.from({ length: 6_000 }, (_, i) => `${i},旺苍县卫生健康局第${i}科室`)
  const rows = await allRows(folder.csv(...lines))
  expect(rows).toHaveLength(6_000)
  expect(rows.filter((r, i) => r.cells[1] !== `旺苍县卫生健康局第${i}科室`)).toEqual([])
})

test('quoted cells hold separators, line ends and quotation marks; rows count as a spreadsheet shows them', async () => {
  const rows = await allRows(folder.csv('code,name', '1,"a, ""b""\nc"', '2,d'))
  expect(rows.map(r => [r.row, ...r.cells])).toEqual([[1, 'code', 'name'], [2, '1', 'a, "b"\nc'], [3, '2', 'd']])
})

test('an empty file has no rows', async () => {
  expect(await allRows(folder.write('a.csv', ''))).toEqual([])
})

test.each([
  ['UTF-16', Buffer.from('\ufeffcode', 'utf16le'), 'UNREADABLE', /UTF-16/],
  ['neither encoding', Buffer.from([0x61, 0xff, 0xff, 0x0a]), 'UNREADABLE', /neither UTF-8 nor GB 18030/],
  ['a quotation mark that is never closed', Buffer.from('code\n"abc\n'), 'UNREADABLE', /never closed/],
  ['more columns than any register has', Buffer.from(','.repeat(300) + '\n'), 'TOO_MANY_COLUMNS', /256/],
  ['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'UNREADABLE', /\.xls/],
])('%s is refused with a sentence', async (_, content, code, message) => {
  const refusal = await refusalOf(folder.write('a.csv', content))
  expect(refusal).toMatchObject({ code, message: expect.stringMatching(message) })
})

test('a broken row is told with its place', async () => {
  expect(await refusalOf(folder.csv('code,name', '1,a', '2,"b"c'))).toMatchObject({ code: 'UNREADABLE', row: 3 })
})

test('a file that is not there is told so', async () => {
  expect(await refusalOf(folder.at('nowhere.csv'))).toMatchObject({ code: 'UNREADABLE', message: 'There is no such file.' })
})

test('a reader that stops early leaves nothing running', async () => {
  const path = folder.csv(...Array.from({ length: 20_000 }, (_, i) => `${i},x`))
  const { openSource } = await import('../../../../src/domain/import')
  for await (const row of (await openSource(path)).rows()) if (row.row === 3) break
  expect((await allRows(path)).length).toBe(20_000)
})
