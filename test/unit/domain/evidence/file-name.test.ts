import { safeFileName } from '../../../../src/domain/evidence/file-name'

test.each([
  ['会议纪要.pdf', '会议纪要.pdf'],
  ['Minutes of 2026-11-22 (final).docx', 'Minutes of 2026-11-22 (final).docx'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\某\\扫描.png', '扫描.png'],
  ['/a/b/', 'evidence'],
  ['..', 'evidence'],
  ['', 'evidence'],
  ['  .hidden.pdf. ', 'hidden.pdf'],
  ['a\0b\r\nc.pdf', 'abc.pdf'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['zero\u200bwidth\ufeff.pdf', 'zerowidth.pdf'],
  ['half\ud800.pdf', 'half.pdf'],
  ['a<b>:"c|?*.pdf', 'a_b___c___.pdf'],
  ['CON.pdf', '_CON.pdf'],
  ['lpt1', '_lpt1'],
  ['COM¹.pdf', '_COM¹.pdf'],
  ['nul .tar.gz', '_nul .tar.gz'],
  ['CONIN$', '_CONIN$'],
  ['\u2066\u2067fdp.\u2069sj', 'fdp.sj'],
  ['a\r\nSet-Cookie: x=1\r\n\r\n.pdf', 'aSet-Cookie_ x=1.pdf'],
  ['concert.pdf', 'concert.pdf'],
  ['two  \t spaces.pdf', 'two spaces.pdf'],
  ['e\u0301.pdf', '\u00e9.pdf'],
])('%j becomes %j', (given, safe) => {
  expect(safeFileName(given)).toBe(safe)
})

test('a long name is shortened by whole characters and keeps its ending', () => {
  const name = safeFileName(`${'清'.repeat(300)}😀.docx`)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180)
  expect(name).toMatch(/^清{58}\.docx$/)
  expect(Buffer.byteLength(safeFileName('x'.repeat(5_000)))).toBe(180)
  expect(safeFileName(`${'😀'.repeat(100)}.pdf`)).toMatch(/^(😀){44}\.pdf$/u)
})
