import { open, stat } from 'node:fs/promises'
import { csvSource } from './csv-source'
import { LIMITS, UnreadableSource, type Source } from './source'
import { xlsxSource } from './xlsx-source'

const XLSX = Buffer.from([0x50, 0x4b])
const OLD_EXCEL = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])

/** Opens a file by what it holds, not by its name. */
export async function openSource(path: string): Promise<Source> {
  const { size } = await stat(path).catch(() => { throw new UnreadableSource('UNREADABLE', 'There is no such file.') })
  if (size > LIMITS.fileBytes) throw new UnreadableSource('TOO_LARGE', `The file is larger than ${LIMITS.fileBytes >> 20} MB.`)
  const head = await firstBytes(path)
  if (head.subarray(0, 2).equals(XLSX)) return xlsxSource(path)
  if (head.equals(OLD_EXCEL)) throw new UnreadableSource('UNREADABLE', 'This is the old .xls format or a workbook with a password. Save it as .xlsx without one.')
  return csvSource(path)
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path).catch(() => { throw new UnreadableSource('UNREADABLE', 'The file cannot be opened.') })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
