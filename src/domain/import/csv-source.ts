import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { LIMITS, UnreadableSource, type Source, type SourceRow } from './source'

/**
 * A CSV file in UTF-8 (with or without byte order mark) or GB 18030, which spreadsheet programs in China write as often. The separator is
 * the one that the header line uses most: comma, semicolon or tab.
 */
export async function csvSource(path: string): Promise<Source> {
  const { size } = await stat(path)
  const encoding = await encodingOf(path)
  const file = createReadStream(path)
  const name = basename(path)
  return {
    name,
    progress: () => (size ? file.bytesRead / size : 1),
    async *rows() {
      try {
        yield* records(decoded(file, encoding), name)
      } finally {
        file.destroy()
      }
    },
  }
}

async function* records(text: AsyncGenerator<string>, name: string): AsyncGenerator<SourceRow> {
  const first = await text.next()
  const start = first.done ? '' : first.value
  // Told rather than discovered: discovery is asked again at every byte.
  const parser = parse({ bom: true, delimiter: separatorOf(start), record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, max_record_size: LIMITS.columns * 1024 })
  const feeding = pipeline(Readable.from(startingWith(start, text)), parser)
  // Its failure reaches the loop below through the parser.
  feeding.catch(() => undefined)
  let row = 0
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      if (record.length > LIMITS.columns) throw new UnreadableSource('TOO_MANY_COLUMNS', `A row has more than ${LIMITS.columns} columns.`, name, row + 1)
      yield { sheet: name, row: ++row, cells: record }
    }
  } catch (error) {
    throw error instanceof CsvError ? new UnreadableSource('UNREADABLE', sentence(error), name, row + 1) : error
  } finally {
    parser.destroy()
  }
}

async function* startingWith(start: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield start
  yield* rest
}

type Encoding = 'utf-8' | 'gb18030'

/** The whole file is looked at: the first character that is not UTF-8 may stand at its end. */
async function encodingOf(path: string): Promise<Encoding> {
  const head = await firstBytes(path)
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new UnreadableSource('UNREADABLE', 'The file is UTF-16. Save it as UTF-8 (CSV UTF-8) and try again.')
  }
  for (const encoding of ['utf-8', 'gb18030'] as const) if (await isWritten(path, encoding)) return encoding
  throw new UnreadableSource('UNREADABLE', 'The file is neither UTF-8 nor GB 18030. Save it as UTF-8 (CSV UTF-8) and try again.')
}

async function firstBytes(path: string): Promise<Buffer> {
  for await (const chunk of createReadStream(path, { end: 3 })) return chunk as Buffer
  return Buffer.alloc(0)
}

async function isWritten(path: string, encoding: Encoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk as Buffer, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false
    throw error
  }
}

async function* decoded(file: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const chunk of file) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

function separatorOf(start: string): string {
  const header = start.split(/\r?\n/, 1)[0]!
  const count = (separator: string): number => header.split(separator).length
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best))
}

const sentence = (error: CsvError): string => ({
  CSV_QUOTE_NOT_CLOSED: 'A quoted cell is never closed.',
  CSV_MAX_RECORD_SIZE: 'A row is too long to be one.',
} as Record<string, string>)[error.code] ?? 'The row is not written as CSV: check its quotation marks.'
