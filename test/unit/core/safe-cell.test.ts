import { safeCell } from '../../../src/core/safe-cell'

describe('cells of exported tables', () => {
  test.each([
    '=1+1', '+1+1', '-1+1', '@SUM(A1)', '=cmd|\'/C calc\'!A0', '\t=1', '\r=1', '\n=1', ' =1', '\u200b=1', '\ufeff=1', '\u00a0=1', '＝1+1', '＋1', '－1-1', '＠A1', '|cmd', '%0A=1', '-', '-1-', '\u0000=1',
  ])('%j is shown, not run', text => expect(safeCell(text)).toBe(`'${text}`))

  test.each([['医保基金', '医保基金'], ['a=b', 'a=b'], ['-12.50', '-12.50'], [-3, '-3'], [0, '0'], [true, 'true'], ['', ''], [null, ''], [undefined, ''], ['1e5', '1e5'], ["it's", "it's"]])(
    '%j stays %j', (value, text) => expect(safeCell(value)).toBe(text))
})
