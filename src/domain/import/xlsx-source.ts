import { basename } from 'node:path'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { CellReader, readSharedTexts, readStyles } from './xlsx-cells'
import { Archive } from './xlsx-archive'
import { LIMITS, UnreadableSource, type Source, type SourceRow } from './source'

interface SheetPart { name: string; part: string }

/**
 * An XLSX workbook: its visible sheets, row by row, in little memory. Read with a SAX parser of its own because the streaming reader of exceljs decodes
 * UTF-8 piece by piece (and so breaks Chinese characters that lie across two pieces), takes phonetic guides for the text, and drops all but
 * the last run of formatted inline text.
 */
export async function xlsxSource(path: string): Promise<Source> {
  const archive = await Archive.open(path)
  return {
    name: basename(path),
    progress: () => archive.progress(),
    async *rows() {
      try {
        const { sheets, date1904 } = await readBook(archive)
        const cells = new CellReader(await readSharedTexts(archive), await readStyles(archive), date1904)
        for (const sheet of sheets) yield* readSheet(archive, sheet, cells)
      } catch (error) {
        // What else goes wrong here is XML that is none.
        throw error instanceof UnreadableSource ? error : new UnreadableSource('UNREADABLE', 'The workbook is damaged.')
      } finally {
        archive.close()
      }
    },
  }
}

/** Sheets that people see, in their order. A hidden sheet holds a template's own lists. */
async function readBook(archive: Archive): Promise<{ sheets: SheetPart[]; date1904: boolean }> {
  const targets = new Map<string, string>()
  for await (const tag of openTags(archive, 'xl/_rels/workbook.xml.rels')) {
    if (tag.name === 'Relationship') targets.set(String(tag.attributes['Id']), partOf(String(tag.attributes['Target'])))
  }
  const sheets: SheetPart[] = []
  let date1904 = false
  for await (const tag of openTags(archive, 'xl/workbook.xml')) {
    const attribute = (name: string): string | undefined => (tag.attributes as Record<string, string>)[name]
    if (tag.name === 'workbookPr') date1904 = attribute('date1904') === '1' || attribute('date1904') === 'true'
    if (tag.name !== 'sheet' || (attribute('state') ?? 'visible') !== 'visible') continue
    const id = Object.entries(tag.attributes).find(([name]) => name.endsWith(':id'))?.[1]
    const part = targets.get(String(id))
    // Chart sheets have no rows.
    if (part?.startsWith('xl/worksheets/')) sheets.push({ name: attribute('name') ?? '', part })
  }
  return { sheets, date1904 }
}

const partOf = (target: string): string => (target.startsWith('/') ? target.slice(1) : `xl/${target}`)

async function* openTags(archive: Archive, part: string): AsyncGenerator<SaxesTagPlain> {
  const parser = new SaxesParser({ position: false })
  let tags: SaxesTagPlain[] = []
  parser.on('opentag', tag => void tags.push({ ...tag, name: localName(tag.name) } as SaxesTagPlain))
  for await (const text of archive.text(part)) {
    parser.write(text)
    yield* tags
    tags = []
  }
}

/** Some programs write every tag with a namespace prefix. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

async function* readSheet(archive: Archive, { name, part }: SheetPart, cells: CellReader): AsyncGenerator<SourceRow> {
  const parser = new SaxesParser({ position: false })
  let ready: SourceRow[] = []
  let number = 0
  parser.on('opentag', tag => {
    const local = localName(tag.name)
    if (local === 'row') {
      const told = Number((tag.attributes as Record<string, string>)['r'])
      number = Number.isInteger(told) && told > number ? told : number + 1
      cells.startRow()
    } else cells.open(local, tag.attributes as Record<string, string>)
  })
  parser.on('text', text => cells.text(text))
  parser.on('closetag', tag => {
    const local = localName(tag.name)
    if (local === 'row') ready.push({ sheet: name, row: number, cells: cells.row })
    else if (!cells.close(local)) throw new UnreadableSource('TOO_MANY_COLUMNS', `A row has more than ${LIMITS.columns} columns.`, name, number)
  })
  for await (const text of archive.text(part)) {
    parser.write(text)
    yield* ready
    ready = []
  }
  parser.close()
}
