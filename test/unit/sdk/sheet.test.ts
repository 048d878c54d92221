import { cell, readSheet } from '../../../src/sdk/sheet'
import type { AppError } from '../../../src/core/errors'

const sheet = {
  no: cell.text({ headers: ['编号'], required: true, max: 5 }), amount: cell.decimal({ headers: ['金额'] }), on: cell.day({ headers: ['日期'] }),
  kind: cell.oneOf({ headers: ['类型'] }, { A: ['甲'], B: ['乙', '二'] }), count: cell.int({ headers: ['数量'] }), yes: cell.yesNo({ headers: ['是否'] }),
}
const read = (text: string | Buffer) => readSheet(sheet, { name: 'file.csv', content: Buffer.from(text as string) })
const faults = async (text: string): Promise<unknown> => {
  const { report } = await read(text)
  try {
    report.refuseIfAny()
    return []
  } catch (error) {
    return ((error as AppError).details.violations ?? []).map(v => [v.path.split('!').at(-1), v.rule])
  }
}

test('cells become values: words of a list, dates as people write them, exact amounts, empty cells', async () => {
  const { rows } = await read('编号*,金额,日期,类型,数量,是否\nx,"1,234.50",2026年1月5日,二,3,是\ny,,2026/1/5,a,,\n')
  expect(rows.map(r => r.values)).toEqual([
    { no: 'x', amount: '1234.50', on: '2026-01-05', kind: 'B', count: 3, yes: true }, { no: 'y', amount: null, on: '2026-01-05', kind: 'A', count: null, yes: null },
  ])
})

test('a file of a Chinese spreadsheet program is read, too', async () => {
  // 编号\n甲 in GB 18030.
  const { rows } = await readSheet(sheet, { name: 'gbk.csv', content: Buffer.from([0xb1, 0xe0, 0xba, 0xc5, 0x0a, 0xbc, 0xd7, 0x0a]) })
  expect(rows[0]!.values.no).toBe('甲')
})

test('every fault has its cell', async () => {
  expect(await faults('编号,金额,日期,类型,数量,是否\n,-1,2026-02-30,丙,1.5,maybe\ntoolong,1.234,,,,\n')).toEqual([
    ['A2', 'REQUIRED'], ['B2', 'NOT_A_NUMBER'], ['C2', 'NOT_A_DATE'], ['D2', 'NOT_IN_LIST'], ['E2', 'NOT_A_NUMBER'], ['F2', 'NOT_IN_LIST'], ['A3', 'TOO_LONG'], ['B3', 'NOT_A_NUMBER'],
  ])
  expect(await faults('别的\n1\n')).toEqual([['1', 'MISSING_COLUMN']])
  expect(await faults('编号\n\n')).toEqual([['', 'EMPTY']].map(([, c]) => [expect.any(String), c]))
})

test('a check across rows finds its cell, and too many rows are refused', async () => {
  const { rows, report } = await readSheet(sheet, { name: 'file.csv', content: Buffer.from('编号,金额\na,1\nb,2\nc,3\n') }, { maxRows: 2 })
  expect(rows).toHaveLength(2)
  report.add(rows[1]!, 'amount', 'OWN', 'not so')
  expect(report.count).toBe(2)
  expect(() => report.refuseIfAny()).toThrow('file.csv was not imported: 2 problems')
})
