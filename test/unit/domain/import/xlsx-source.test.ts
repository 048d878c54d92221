import { randomBytes } from 'node:crypto'
import exceljs from 'exceljs'
import { CellFault } from '../../../../src/domain/import/source'
import { SheetFolder, allRows, refusalOf } from '../../../support/sheets'
import { zip } from '../../../support/zip'

let folder: SheetFolder
beforeAll(() => { folder = new SheetFolder() })
afterAll(() => folder.remove())

async function written(fill: (book: exceljs.Workbook) => void): Promise<string> {
  const book = new exceljs.Workbook()
  fill(book)
  const path = folder.at('book.xlsx')
  await book.xlsx.writeFile(path)
  return path
}

test('a workbook as spreadsheet programs write it: text, rich text, numbers, dates, booleans, formulas, links', async () => {
  const path = await written(book => {
    const sheet = book.addWorksheet('单位')
    sheet.addRow(['代码', '名称', '日期', '是否', '公式', '链接'])
    sheet.addRow([510821, { richText: [{ text: '旺苍' }, { font: { bold: true }, text: '县' }] }, new Date('2020-01-31T00:00:00Z'), true, { formula: 'A2&"-X"', result: '510821-X' }, { text: '卫健局', hyperlink: 'http://example.org/' }])
    sheet.addRow(['510821105203', '羊盘村', { formula: 'DATE(2020,2,29)', result: new Date('2020-02-29T00:00:00Z') }, false, { formula: '1+1', result: 2 }, null])
    sheet.getCell('C2').numFmt = 'yyyy-mm-dd'
    sheet.getCell('C3').numFmt = 'yyyy"年"m"月"d"日"'
  })
  expect((await allRows(path)).map(r => [r.sheet, r.row, ...r.cells])).toEqual([
    ['单位', 1, '代码', '名称', '日期', '是否', '公式', '链接'],
    ['单位', 2, '510821', '旺苍县', '2020-01-31', 'TRUE', '510821-X', '卫健局'],
    ['单位', 3, '510821105203', '羊盘村', '2020-02-29', 'FALSE', '2'],
  ])
})

test('all visible sheets in their order, rows with the numbers that people see', async () => {
  const path = await written(book => {
    book.addWorksheet('甲').getCell('B5').value = 'x'
    book.addWorksheet('乙').addRow(['y'])
    book.addWorksheet('lists', { state: 'hidden' }).addRow(['hidden'])
    book.addWorksheet('more', { state: 'veryHidden' }).addRow(['hidden'])
  })
  expect((await allRows(path)).map(r => [r.sheet, r.row, ...r.cells])).toEqual([['甲', 5, '', 'x'], ['乙', 1, 'y']])
})

test.each([false, true])('no character is broken where the file is cut into pieces (shared texts: %s)', async useSharedStrings => {
  const path = folder.at('large.xlsx')
  const writer = new exceljs.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings })
  const sheet = writer.addWorksheet('单位')
  for (let i = 0; i < 20_000; i++) sheet.addRow([`51${i}`, `广元市旺苍县卫生健康局第${i}科室`]).commit()
  await writer.commit()
  const rows = await allRows(path)
  expect(rows).toHaveLength(20_000)
  expect(rows.filter((r, i) => r.cells[1] !== `广元市旺苍县卫生健康局第${i}科室`)).toEqual([])
})

const row = (...cells: string[]): string => `<row r="1">${cells.join('')}</row>`
const read = async (sheet: string, o?: Parameters<SheetFolder['xlsx']>[1]): Promise<readonly unknown[]> => (await allRows(folder.xlsx({ 表: sheet }, o)))[0]!.cells

test('phonetic guides are not text, formatted runs are joined, also inline', async () => {
  expect(await read(row('<c r="A1" t="s"><v>0</v></c>', '<c r="B1" t="inlineStr"><is><r><t>广</t></r><r><t>元</t></r><rPh sb="0" eb="1"><t>guang</t></rPh></is></c>'),
    { sharedStrings: '<si><r><t>旺</t></r><r><t xml:space="preserve"> 苍</t></r><rPh sb="0" eb="1"><t>wang</t></rPh></si>' })).toEqual(['旺 苍', '广元'])
})

test('escapes of XML and of the format are undone once', async () => {
  expect(await read(row('<c r="A1" t="inlineStr"><is><t>a&amp;lt;b&lt;c</t></is></c>', '<c r="B1" t="str"><v>x_x000A_y</v></c>'))).toEqual(['a&lt;b<c', 'x\ny'])
})

test('cells without references, gaps, and tags with a namespace prefix', async () => {
  expect(await read(row('<c t="str"><v>a</v></c>', '<c r="D1" t="str"><v>d</v></c>', '<c t="str"><v>e</v></c>'))).toEqual(['a', '', '', 'd', 'e'])
  const prefixed = folder.write('p.xlsx', zip([
    { name: 'xl/workbook.xml', data: '<x:workbook><x:sheets><x:sheet name="表" r:id="a"/></x:sheets></x:workbook>' },
    { name: 'xl/_rels/workbook.xml.rels', data: '<Relationships><Relationship Id="a" Target="/xl/worksheets/data.xml"/></Relationships>' },
    { name: 'xl/worksheets/data.xml', data: '<x:worksheet><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>' },
  ]))
  expect((await allRows(prefixed)).map(r => r.cells)).toEqual([['7']])
})

test('days count from 1900 with the leap day that never was, or from 1904', async () => {
  const styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
  const days = (...serials: number[]): string => row(...serials.map(s => `<c s="1"><v>${s}</v></c>`))
  expect(await read(days(1, 59, 61, 43831, 43831.5), { styles })).toEqual(['1900-01-01', '1900-02-28', '1900-03-01', '2020-01-01', '2020-01-01T12:00:00'])
  expect(await read(days(0, 42369), { styles, workbookPr: '<workbookPr date1904="1"/>' })).toEqual(['1904-01-01', '2020-01-01'])
})

test('numbers keep their digits, or say that they lost them', async () => {
  const cells = await read(row('<c><v>510802105203</v></c>', '<c><v>1.5E3</v></c>', '<c><v>1.1108001000123E+17</v></c>', '<c><v>0.25</v></c>'))
  expect(cells.slice(0, 2)).toEqual(['510802105203', '1500'])
  expect(cells[2]).toMatchObject({ code: 'NUMBER_TOO_LONG' })
  expect(cells[3]).toBe('0.25')
})

test('an error, a formula without result and a text that is not there are faults of their cells', async () => {
  const cells = await read(row('<c t="e"><v>#N/A</v></c>', '<c><f>A1</f></c>', '<c t="s"><v>99</v></c>', '<c t="str"><f>A1</f><v/></c>', '<c t="b"><f>TRUE()</f><v>1</v></c>', '<c><f>1/0</f><v>x</v></c>'))
  expect(cells.map(c => (c instanceof CellFault ? c.code : c))).toEqual(['CELL_ERROR', 'NO_RESULT', 'CELL_ERROR', '', 'TRUE', 'CELL_ERROR'])
})

describe('bombs and broken files', () => {
  const refused = (path: string) => refusalOf(path).then(e => [e.code, e.message])

  test('a workbook that unfolds beyond the limit is refused before it is unpacked', async () => {
    expect(await refused(folder.xlsx({ 表: '' }, { more: [{ name: 'xl/worksheets/sheet9.xml', data: '', statedSize: 600 * 1024 * 1024 }] }))).toEqual(['TOO_LARGE', expect.stringContaining('unfolds')])
  })

  test('texts that would fill the memory are refused before they are unpacked', async () => {
    expect(await refused(folder.xlsx({ 表: '' }, { more: [{ name: 'xl/sharedStrings.xml', data: '', statedSize: 130 * 1024 * 1024 }, { name: 'xl/media/photo.bin', data: randomBytes(1_000_000), stored: true }] }))).toEqual(['TOO_LARGE', expect.stringContaining('texts')])
  })

  test('a small file that unfolds to very much, sizes in the long form, and parts that describe more than there is', async () => {
    expect(await refused(folder.xlsx({ 表: '' }, { more: [{ name: 'xl/worksheets/sheet9.xml', data: '', statedSize: 65 * 1024 * 1024 }] }))).toEqual(['TOO_LARGE', expect.stringContaining('200 times')])
    expect(await refused(folder.xlsx({ 表: '' }, { more: [{ name: 'xl/_rels/other.xml.rels', data: '', statedSize: 33 * 1024 * 1024 }] }))).toEqual(['TOO_LARGE', expect.stringContaining('describes')])
    expect(await refused(folder.xlsx({ 表: '' }, { more: [{ name: 'xl/worksheets/sheet9.xml', data: '', zip64Size: 5 * 2 ** 40 }] }))).toEqual(['TOO_LARGE', expect.any(String)])
  })

  test('an archive in an archive is not opened', async () => {
    const inner = zip([{ name: 'xl/worksheets/a.xml', data: 'x'.repeat(1_000) }])
    expect(await refused(folder.write('nested.xlsx', zip([{ name: 'xl/workbook.xml', data: inner }])))).toEqual(['UNREADABLE', expect.any(String)])
  })

  test('entities that name each other are refused where the first stands', async () => {
    const entities = Array.from({ length: 30 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};">`).join('')
    expect(await refused(folder.xlsx({ 表: `<!DOCTYPE x [<!ENTITY e0 "ha">${entities}]>${row('<c t="str"><v>&e30;</v></c>')}` }))).toEqual(['UNREADABLE', expect.any(String)])
    expect(await refused(folder.xlsx({ 表: `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${row('<c t="str"><v>&f;</v></c>')}` }))).toEqual(['UNREADABLE', expect.any(String)])
  })

  test('one endless text is refused before it is in memory', async () => {
    expect(await refused(folder.xlsx({ 表: row(`<c t="inlineStr"><is><t>${'长'.repeat(5_000_000)}</t></is></c>`) }))).toEqual(['TOO_LARGE', expect.stringContaining('too long')])
  })

  test('a part that is larger than it states is refused', async () => {
    expect(await refused(folder.write('lie.xlsx', zip([
      { name: 'xl/workbook.xml', data: '<workbook><sheets><sheet name="表" r:id="a"/></sheets></workbook>' },
      { name: 'xl/_rels/workbook.xml.rels', data: '<Relationships><Relationship Id="a" Target="worksheets/a.xml"/></Relationships>' },
      { name: 'xl/worksheets/a.xml', data: '<worksheet><sheetData/></worksheet>'.padEnd(100_000), statedSize: 10 },
    ])))).toEqual(['UNREADABLE', expect.any(String)])
  })

  test('entities are not expanded', async () => {
    expect(await refused(folder.xlsx({ 表: '<!DOCTYPE x [<!ENTITY a "aaaa">]><row><c t="str"><v>&a;</v></c></row>' }))).toEqual(['UNREADABLE', expect.any(String)])
  })

  test('too many columns, too many parts, two parts of one name, a password, no workbook, cut off, not an archive', async () => {
    expect(await refused(folder.xlsx({ 表: row('<c r="XFD1"><v>1</v></c>') }))).toEqual(['TOO_MANY_COLUMNS', expect.any(String)])
    expect(await refused(folder.write('parts.xlsx', zip([{ name: 'a/000000', data: '' }], { repeatDirectory: 2_500 })))).toEqual(['TOO_LARGE', expect.any(String)])
    expect(await refused(folder.write('twice.xlsx', zip([{ name: 'xl/workbook.xml', data: '<a/>' }, { name: 'xl/workbook.xml', data: '<b/>' }])))).toEqual(['UNREADABLE', expect.any(String)])
    expect(await refused(folder.write('locked.xlsx', zip([{ name: 'xl/workbook.xml', data: 'x', encrypted: true }])))).toEqual(['UNREADABLE', expect.stringContaining('password')])
    expect(await refused(folder.write('other.xlsx', zip([{ name: 'word/document.xml', data: '<a/>' }])))).toEqual(['UNREADABLE', expect.stringContaining('not an XLSX workbook')])
    const whole = zip([{ name: 'xl/workbook.xml', data: '<a/>' }])
    expect(await refused(folder.write('cut.xlsx', whole.subarray(0, whole.length - 30)))).toEqual(['UNREADABLE', 'The workbook is damaged.'])
    expect(await refused(folder.write('not.xlsx', 'PK\x03\x04 and nothing more'))).toEqual(['UNREADABLE', 'The workbook is damaged.'])
    expect(await refused(folder.xlsx({ 表: '<row><c></row>' }))).toEqual(['UNREADABLE', 'The workbook is damaged.'])
  })
})
