import { Workbook } from 'exceljs'
import { deflateRawSync } from 'node:zlib'
import { AppError } from '../../../../src/core/errors'
import { evidenceLimits } from '../../../../src/domain/evidence'
import type { ReadableBytes } from '../../../../src/domain/evidence'
import { checkEnding, mediaTypeOf } from '../../../../src/domain/evidence/media-type'
import { docx, jpeg, odt, ofd, office, OOXML, pdf, png, pptx, xlsx } from '../../../support/sample-files'
import { zip } from '../../../support/zip'

const bytes = (data: Buffer): ReadableBytes => ({
  size: data.length,
  read: async (offset, length) => {
    if (offset < 0 || offset + length > data.length) throw new RangeError('beyond the end')
    return data.subarray(offset, offset + length)
  },
})
const limits = evidenceLimits({ maxParts: 50, maxUnpackedBytes: 3_000_000, maxUnpackedRatio: 100 })
const typeOf = (data: Buffer, own = limits): Promise<string> => mediaTypeOf(bytes(data), own)
const refusal = (data: Buffer, own = limits): Promise<AppError> => typeOf(data, own).then(type => { throw new Error(`It was taken for ${type}.`) }, (e: AppError) => e)
const rule = async (data: Buffer, own = limits): Promise<string | undefined> => {
  const error = await refusal(data, own)
  expect(error).toBeInstanceOf(AppError)
  return error.details.limit ?? error.details.violations?.[0]?.rule
}

describe('an allowed file is known by its bytes', () => {
  test.each([
    ['application/pdf', pdf()], ['image/png', png()], ['image/jpeg', jpeg()], [`${OOXML}wordprocessingml.document`, docx()], [`${OOXML}spreadsheetml.sheet`, xlsx()],
    [`${OOXML}presentationml.presentation`, pptx()], ['application/vnd.oasis.opendocument.text', odt()], ['application/ofd', ofd()],
  ])('%s', async (type, data) => {
    expect(await typeOf(data)).toBe(type)
  })

  test('a workbook that a real program wrote', async () => {
    const book = new Workbook()
    const sheet = book.addWorksheet('台账')
    for (let i = 0; i < 500; i++) sheet.addRow([i, '药械采购', Math.sqrt(i)])
    expect(await typeOf(Buffer.from(await book.xlsx.writeBuffer()))).toBe(`${OOXML}spreadsheetml.sheet`)
  })
})

describe('what only calls itself an allowed file is refused', () => {
  test.each([
    ['a web page', Buffer.from('<!DOCTYPE html><script>alert(1)</script>')],
    ['a picture with scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a program for Windows', Buffer.from('MZ\x90\0\x03', 'latin1')],
    ['a program for Linux', Buffer.from('\x7fELF\x02\x01\x01', 'latin1')],
    ['text', Buffer.from('张三李四')],
    ['one byte', Buffer.from([0])],
    ['the first bytes of a picture', Buffer.from('89504e47', 'hex')],
    ['an old Office file, which may hold macros that nobody sees', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['a PDF that does not end', pdf().subarray(0, 200)],
    ['a PDF that begins later', Buffer.concat([Buffer.from('MZ'), pdf()])],
    ['an archive of anything', zip([{ name: 'a.txt', data: 'x' }])],
    ['a program with an archive behind it', Buffer.concat([Buffer.from('MZ'), docx()])],
    ['an archive that names its type so', zip([{ name: 'mimetype', data: 'toString', stored: true }])],
    ['an archive that says it is a picture', zip([{ name: 'mimetype', data: 'text/html', stored: true }])],
    ['a document with macros', office('application/vnd.ms-word.document.macroEnabled.main+xml')],
    ['a document that declares macros', office(`${OOXML}wordprocessingml.document.main+xml" Extra="application/vnd.ms-office.vbaProject`)],
    ['an OpenDocument file with a program', odt([{ name: 'Basic/Standard/Module1.xml', data: '<module/>' }])],
    ['a document of two types', office(`${OOXML}wordprocessingml.document.main+xml" B="${OOXML}spreadsheetml.sheet.main+xml`)],
    ['a template', office(`${OOXML}wordprocessingml.template.main+xml`)],
  ])('%s', async (_, data) => {
    expect(await rule(data)).toBe('mediaType')
  })

  test.each([
    ['cut in half', docx().subarray(0, 300)],
    ['with a changed byte in a part', Buffer.from(docx()).fill(0xff, 60, 70)],
    ['with bytes behind its end', Buffer.concat([docx(), Buffer.from('tail')])],
    ['with an encrypted part', docx([{ name: 'secret.xml', data: 'x', encrypted: true }])],
    ['with a part above its root', docx([{ name: '../../etc/passwd', data: 'x' }])],
    ['with two parts of one name', docx([{ name: 'Word/a.xml', data: 'one' }, { name: 'word/A.xml', data: 'two' }])],
    ['with a part that is longer than it says', docx([{ name: 'a.xml', data: 'x'.repeat(1_000), statedSize: 10 }])],
    ['with a part that is shorter than it says', docx([{ name: 'a.xml', data: 'x'.repeat(10), statedSize: 1_000 }])],
  ])('an archive %s', async (_, data) => {
    expect(await rule(data)).toBe('archive')
  })
})

describe('an archive bomb is refused', () => {
  const zeros = (size: number): Buffer => Buffer.alloc(size)

  test('by how much it unpacks to: at the limit it passes, one byte above it does not', async () => {
    const fill = 100_000 - docxUnpacked()
    const exactly = evidenceLimits({ ...limits, maxUnpackedBytes: 100_000, maxUnpackedRatio: 1_000 })
    expect(await typeOf(docx([{ name: 'a.bin', data: zeros(fill) }]), exactly)).toContain('wordprocessingml')
    expect(await rule(docx([{ name: 'a.bin', data: zeros(fill + 1) }]), exactly)).toBe('evidenceUnpackedBytes')
  })

  test('by how much it grows', async () => {
    expect(await rule(docx([{ name: 'a.bin', data: zeros(2_900_000) }]))).toBe('evidenceUnpackedRatio')
  })

  test('by its number of parts: at the limit it passes, one above it does not', async () => {
    const parts = (n: number) => Array.from({ length: n - 2 }, (_, i) => ({ name: `p${i}`, data: 'x' }))
    expect(await typeOf(docx(parts(50)))).toContain('wordprocessingml')
    expect(await rule(docx(parts(51)))).toBe('evidenceParts')
  })

  test('when many names share the same few bytes', async () => {
    const overlapping = zip([{ name: 'part000000', data: zeros(50_000) }], { repeatDirectory: 40 })
    expect(await rule(overlapping)).toMatch(/^evidenceUnpacked(Ratio|Bytes)$/)
  })

  test('when it lies about a part', async () => {
    expect(await rule(docx([{ name: 'a.bin', data: zeros(20_000_000), statedSize: 100 }]))).toBe('archive')
  })

  const docxUnpacked = (): number => {
    let sum = 0
    const data = docx()
    for (let at = data.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = data.indexOf('PK\x01\x02', at + 1, 'latin1')) sum += data.readUInt32LE(at + 24)
    return sum
  }
})

test('no damage to an archive does more than refuse it', async () => {
  const whole = docx([{ name: 'word/document.xml', data: '<w:document/>'.repeat(200) }, { name: 'media/a.bin', data: deflateRawSync(Buffer.alloc(500)), stored: true }])
  let seed = 20_261_122
  const random = (below: number): number => ((seed = Number((BigInt(seed) * 1_103_515_245n + 12_345n) % 2_147_483_648n)) >>> 8) % below
  const outcomes = { taken: 0, refused: 0 }
  for (let i = 0; i < 600; i++) {
    const damaged = Buffer.from(random(5) ? whole : whole.subarray(0, random(whole.length)))
    for (let n = 1 + random(4); n > 0 && damaged.length > 0; n--) damaged[random(2) ? random(damaged.length) : Math.max(0, damaged.length - 1 - random(200))] = random(256)
    const outcome = await typeOf(damaged).then(() => 'taken' as const, (e: unknown) => {
      expect(e).toBeInstanceOf(AppError)
      return 'refused' as const
    })
    outcomes[outcome]++
  }
  expect(outcomes.refused).toBeGreaterThan(300)
})

describe('the ending of the name', () => {
  test.each([['a.pdf', 'application/pdf'], ['扫描件.PDF', 'application/pdf'], ['a.jpeg', 'image/jpeg'], ['a.b.jpg', 'image/jpeg'], ['红头文件.ofd', 'application/ofd']])('%s may be %s', (name, type) => {
    expect(() => checkEnding(name, type)).not.toThrow()
  })

  test.each([['a.exe', 'application/pdf'], ['a.pdf.exe', 'application/pdf'], ['a.png', 'image/jpeg'], ['pdf', 'application/pdf'], ['a.', 'application/pdf'], ['a.pdf ', 'application/pdf'], ['a.docx', `${OOXML}spreadsheetml.sheet`]])('%s may not be %s', (name, type) => {
    expect(() => checkEnding(name, type)).toThrow(/its name must end in \./)
  })
})
