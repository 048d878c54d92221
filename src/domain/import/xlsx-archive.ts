import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { LIMITS, UnreadableSource } from './source'

const MAX_PARTS = 2_000
const SHEETS = 'xl/worksheets/'
const TEXTS = 'xl/sharedStrings.xml'
const BOOK = 'xl/workbook.xml'
const FRAME = [BOOK, 'xl/styles.xml', 'xl/_rels/']
const READ = [SHEETS, TEXTS, ...FRAME]
/** A text or tag longer than this would be gathered in memory before the parser tells of it. */
const MAX_CHARACTERS_BETWEEN_TAGS = 4_000_000

/**
 * The parts of an XLSX file. Their sizes are bounded before anything is unpacked: the archive states them, and the reader breaks off where
 * a part is larger than stated.
 */
export class Archive {
  private readonly bytesOfSheets: number
  private bytesRead = 0

  private constructor(private readonly zip: ZipFile, private readonly entries: ReadonlyMap<string, Entry>, private readonly fileBytes: number) {
    this.bytesOfSheets = this.size(SHEETS)
  }

  static async open(path: string): Promise<Archive> {
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true }).catch(damaged)
    try {
      const archive = new Archive(zip, await entriesOf(zip), zip.fileSize)
      archive.check()
      return archive
    } catch (error) {
      zip.close()
      throw error instanceof UnreadableSource ? error : damaged()
    }
  }

  /** Decoded text of a part; nothing when the part is not there. */
  async *text(part: string): AsyncGenerator<string> {
    const entry = this.entries.get(part)
    if (!entry) return
    const stream = await this.zip.openReadStreamPromise(entry).catch(damaged)
    const decoder = new TextDecoder('utf-8', { fatal: true })
    let sinceTag = 0
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        if (part.startsWith(SHEETS)) this.bytesRead += chunk.length
        const piece = decoder.decode(chunk, { stream: true })
        const tag = piece.lastIndexOf('<')
        sinceTag = tag < 0 ? sinceTag + piece.length : piece.length - tag
        if (sinceTag > MAX_CHARACTERS_BETWEEN_TAGS) throw new UnreadableSource('TOO_LARGE', 'The workbook holds a text that is too long.')
        yield piece
      }
      yield decoder.decode()
    } catch (error) {
      throw error instanceof UnreadableSource ? error : damaged()
    } finally {
      stream.destroy()
    }
  }

  progress(): number {
    return this.bytesOfSheets ? this.bytesRead / this.bytesOfSheets : 1
  }

  close(): void {
    this.zip.close()
  }

  private check(): void {
    const book = this.entries.get(BOOK)
    if (!book) throw new UnreadableSource('UNREADABLE', 'The file is an archive, but not an XLSX workbook.')
    if (book.isEncrypted()) throw new UnreadableSource('UNREADABLE', 'The workbook is protected by a password.')
    const unfolded = this.sum(READ)
    if (this.sum(FRAME) > LIMITS.frameBytes) throw new UnreadableSource('TOO_LARGE', `The workbook describes its sheets in more than ${LIMITS.frameBytes >> 20} MB.`)
    if (unfolded > LIMITS.ratioFrom && unfolded > this.fileBytes * LIMITS.unfoldedRatio) {
      throw new UnreadableSource('TOO_LARGE', `The workbook unfolds to more than ${LIMITS.unfoldedRatio} times its size.`)
    }
    if (this.size(TEXTS) > LIMITS.textBytes || unfolded > LIMITS.unfoldedBytes) {
      throw new UnreadableSource('TOO_LARGE', `The workbook unfolds to more than ${LIMITS.unfoldedBytes >> 20} MB, or its texts to more than ${LIMITS.textBytes >> 20} MB.`)
    }
  }

  private sum(parts: readonly string[]): number {
    return parts.reduce((sum, part) => sum + this.size(part), 0)
  }

  private size(partsBeginningWith: string): number {
    let sum = 0
    for (const [name, entry] of this.entries) if (name.startsWith(partsBeginningWith)) sum += entry.uncompressedSize
    return sum
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MAX_PARTS) throw new UnreadableSource('TOO_LARGE', 'The workbook has too many parts.')
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    if (entries.has(entry.fileName)) throw new UnreadableSource('UNREADABLE', 'The workbook holds two parts of the same name.')
    entries.set(entry.fileName, entry)
  }
  return entries
}

function damaged(): never {
  throw new UnreadableSource('UNREADABLE', 'The workbook is damaged.')
}
