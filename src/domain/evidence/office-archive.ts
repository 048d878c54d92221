import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl'
import { AppError, badInput } from '../../core/errors'
import type { EvidenceLimits } from './evidence.limits'
import type { ReadableBytes } from './evidence-store'

const OOXML = 'application/vnd.openxmlformats-officedocument.'
/** Main parts of documents without macros; those with macros declare another type. */
const OOXML_MAIN = ['wordprocessingml.document', 'spreadsheetml.sheet', 'presentationml.presentation']
const DECLARATION = '[Content_Types].xml'
const ODF_DECLARATION = 'mimetype'
/** Folders of an OpenDocument file that hold programs. */
const ODF_PROGRAMS = /^(Basic|Scripts)\//
const MAX_DECLARATION = 1024 * 1024

/**
 * The type of an office document, which is an archive of parts; null when it is another kind of archive or holds programs. Every part is
 * unpacked, to nowhere: sizes that an archive states about itself are not believed, and a part that unpacks to more than it says, or all of
 * them to more than the limits allow, end the upload.
 */
export async function officeTypeOf(bytes: ReadableBytes, limits: EvidenceLimits): Promise<string | null> {
  const reader = new BytesReader(bytes)
  try {
    return await Promise.race([reader.broken, typeOf(reader, bytes.size, limits)])
  } catch (error) {
    if (error instanceof AppError) throw error
    throw badInput('file', 'archive', 'The file is a damaged archive.')
  }
}

async function typeOf(reader: BytesReader, size: number, limits: EvidenceLimits): Promise<string | null> {
  const archive = await fromRandomAccessReaderPromise(reader, size, { strictFileNames: true, autoClose: true })
  // An error after the first one has been dealt with must not end the process.
  archive.on('error', () => undefined)
  const seen = { stated: 0, declaration: null as string | null, odf: null as string | null, ofd: false, programs: false }
  if (archive.entryCount > limits.maxParts) throw bomb('evidenceParts', limits.maxParts, `more than ${limits.maxParts} parts`)
  const names = new Set<string>()
  for await (const entry of archive.eachEntry()) {
    const name = entry.fileName
    if (entry.isEncrypted()) throw badInput('file', 'archive', 'Encrypted documents cannot be checked.')
    // Two parts of one name: programs differ in which of them they open.
    if (names.has(name.toLowerCase())) throw badInput('file', 'archive', 'The file is a damaged archive.')
    names.add(name.toLowerCase())
    seen.stated += entry.uncompressedSize
    if (seen.stated > limits.maxUnpackedBytes) throw bomb('evidenceUnpackedBytes', limits.maxUnpackedBytes, `more than ${limits.maxUnpackedBytes} bytes`)
    if (seen.stated > size * limits.maxUnpackedRatio) throw bomb('evidenceUnpackedRatio', limits.maxUnpackedRatio, `more than ${limits.maxUnpackedRatio} times its size`)
    const kept = await unpack(archive, entry, name === DECLARATION || name === ODF_DECLARATION ? MAX_DECLARATION : 0)
    if (name === DECLARATION) seen.declaration = kept
    if (name === ODF_DECLARATION) seen.odf = kept
    if (name === 'OFD.xml') seen.ofd = true
    if (ODF_PROGRAMS.test(name)) seen.programs = true
  }
  if (seen.declaration !== null) return ooxmlType(seen.declaration)
  if (seen.odf !== null) return seen.programs ? null : seen.odf
  return seen.ofd ? 'application/ofd' : null
}

/** Reads a part to its end, which proves the size and the checksum that it states; returns the first `keep` bytes as text. */
async function unpack(archive: ZipFile, entry: Entry, keep: number): Promise<string> {
  const kept: Buffer[] = []
  let read = 0
  let checksum = 0
  for await (const chunk of await archive.openReadStreamPromise(entry) as AsyncIterable<Buffer>) {
    if (read < keep) kept.push(chunk.subarray(0, keep - read))
    read += chunk.length
    checksum = crc32(chunk, checksum)
  }
  if (read !== entry.uncompressedSize || checksum !== entry.crc32) throw new Error('A part is not what it says.')
  return Buffer.concat(kept).toString('utf8')
}

function ooxmlType(declaration: string): string | null {
  if (/vbaProject|macroEnabled/i.test(declaration)) return null
  const main = OOXML_MAIN.filter(m => declaration.includes(`${OOXML}${m}.main+xml`))
  return main.length === 1 ? OOXML + main[0] : null
}

const bomb = (limit: string, most: number, much: string): AppError => {
  const message = `Unpacked, the document has ${much}.`
  return new AppError('LIMIT_EXCEEDED', message, { limit, most, violations: [{ path: 'file', rule: 'archiveBomb', message }] })
}

/** What yauzl reads an archive through. */
class BytesReader extends RandomAccessReader {
  /** Rejects when yauzl itself trips over what it read: an exception of its own reaches nobody else. */
  readonly broken: Promise<never>
  private fail!: (error: unknown) => void

  constructor(private readonly bytes: ReadableBytes) {
    super()
    this.broken = new Promise((_, reject) => { this.fail = reject })
    this.broken.catch(() => undefined)
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(chunks(this.bytes, start, end), { objectMode: false })
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    this.bytes.read(position, length).then(read => { read.copy(buffer, offset); callback(null) }, callback).catch(this.fail)
  }

  override close(callback: (error: Error | null) => void): void {
    setImmediate(callback, null)
  }
}

const CHUNK = 64 * 1024
async function * chunks(bytes: ReadableBytes, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; at += CHUNK) yield await bytes.read(at, Math.min(CHUNK, end - at))
}
