import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSource, UnreadableSource, type SourceRow } from '../../src/domain/import'
import { zip, type ZipPart } from './zip'

/** A folder for the files of one test file. */
export class SheetFolder {
  private readonly path = mkdtempSync(join(tmpdir(), 'plumbline-sheets-'))
  private count = 0

  at(name: string): string {
    return join(this.path, `${++this.count}-${name}`)
  }

  write(name: string, content: string | Buffer): string {
    const path = this.at(name)
    writeFileSync(path, content)
    return path
  }

  /** A CSV file of these lines. */
  csv(...lines: string[]): string {
    return this.write('units.csv', lines.join('\n') + '\n')
  }

  /** A workbook written by hand: `sheets` are the XML of their rows. */
  xlsx(sheets: Record<string, string>, o: { sharedStrings?: string; styles?: string; workbookPr?: string; states?: Record<string, string>; more?: ZipPart[] } = {}): string {
    const names = Object.keys(sheets)
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
    const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    const parts: ZipPart[] = [
      { name: 'xl/workbook.xml', data: `<workbook xmlns="${main}" xmlns:r="${relations}">${o.workbookPr ?? ''}<sheets>${names.map((n, i) => `<sheet name="${n}" sheetId="${i + 1}"${o.states?.[n] ? ` state="${o.states[n]}"` : ''} r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>` },
      { name: 'xl/_rels/workbook.xml.rels', data: `<Relationships>${names.map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>` },
      ...names.map((n, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, data: `<worksheet xmlns="${main}"><sheetData>${sheets[n]}</sheetData></worksheet>` })),
    ]
    if (o.sharedStrings) parts.push({ name: 'xl/sharedStrings.xml', data: `<sst xmlns="${main}">${o.sharedStrings}</sst>` })
    if (o.styles) parts.push({ name: 'xl/styles.xml', data: `<styleSheet xmlns="${main}">${o.styles}</styleSheet>` })
    return this.write('units.xlsx', zip([...parts, ...(o.more ?? [])]))
  }

  remove(): void {
    rmSync(this.path, { recursive: true })
  }
}

/** Everything that a file holds. */
export async function allRows(path: string): Promise<SourceRow[]> {
  const rows: SourceRow[] = []
  for await (const row of (await openSource(path)).rows()) rows.push(row)
  return rows
}

/** Why a file cannot be read. */
export async function refusalOf(path: string): Promise<UnreadableSource> {
  const error: unknown = await allRows(path).then(() => null, (e: unknown) => e)
  if (!(error instanceof UnreadableSource)) throw new Error(`The file was read: ${String(error)}`)
  return error
}
