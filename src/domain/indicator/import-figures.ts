import { isDecimal } from '../../core/decimal'
import { pathsOf } from '../../core/actor'
import { parsePeriod } from '../../core/period'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import type { Transaction } from '../../database/transaction'
import { BadCell, openSource, Problems, TableReader, textColumn, UnreadableSource, type ImportColumn, type Source, type TableRow } from '../import'
import { FIGURE_ROLES, writeFigures, type Figure, type FiguresWritten } from './figure.service'
import { reportableVariables } from './indicator.repository'

const column = (name: string, labels: string[], read: (text: string) => string): ImportColumn => ({ name, labels, required: true, type: 'text', read })
const COLUMNS: readonly ImportColumn[] = [
  textColumn({ name: 'unitCode', labels: ['单位代码'], required: true, max: 64 }),
  textColumn({ name: 'pluginCode', labels: ['插件', '目录'], required: true, max: 40 }),
  textColumn({ name: 'variable', labels: ['变量'], required: true, max: 60 }),
  column('period', ['期间'], text => parsePeriod(text)?.text ?? bad('NOT_A_PERIOD', 'A period is written 2026, 2026-H1, 2026-Q3 or 2026-07.')),
  column('value', ['数值'], text => {
    const plain = text.replace(/(?<=\d)[,，](?=\d{3}(\D|$))/g, '')
    return isDecimal(plain) ? plain : bad('NOT_A_NUMBER', 'A decimal number such as 1234.50.')
  }),
  textColumn({ name: 'note', labels: ['备注'], max: 500 }),
]
function bad(code: string, message: string): never {
  throw new BadCell(code, message)
}

/**
 * Reads figures of many units from a CSV or XLSX file (columns 单位代码 插件 变量 期间 数值 备注). Every problem is told with sheet, row, column
 * and code; nothing is written unless there is none.
 */
export async function importIndicatorFigures(db: Database, origin: Origin, from: string | Source): Promise<FiguresWritten> {
  const problems = new Problems()
  const { rows, reader } = await readRows(from, problems)
  return runCommand(db, origin, 'importIndicatorFigures', {}, async tx => {
    const units = await unitsByCode(tx, origin, rows.map(r => String(r.values['unitCode'] ?? '')))
    const figures = checked(rows, reader, units, await reportableVariables(tx), problems)
    if (problems.total) throw problems.refusal(typeof from === 'string' ? 'The file' : from.name)
    return writeFigures(tx, 'IMPORTED', figures)
  })
}

async function readRows(from: string | Source, problems: Problems): Promise<{ rows: TableRow[]; reader: TableReader | null }> {
  try {
    const reader = new TableReader(typeof from === 'string' ? await openSource(from) : from, COLUMNS, problems)
    const rows: TableRow[] = []
    for await (const row of reader.rows()) rows.push(row)
    return { rows, reader }
  } catch (error) {
    if (!(error instanceof UnreadableSource)) throw error
    problems.add({ sheet: error.sheet, row: error.row, column: '', cell: '', code: error.code, message: error.message })
    return { rows: [], reader: null }
  }
}

/** Units that the actor may report for, by code. Others look as if they were not there. */
async function unitsByCode(tx: Transaction, origin: Origin, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ code: string; id: string }>(
    'SELECT u.code, u.id FROM unit u WHERE u.code = ANY($1) AND EXISTS (SELECT FROM unnest($2::text[]) p (path) WHERE starts_with(u.path, p.path))',
    [[...new Set(codes)], pathsOf(origin.actor, FIGURE_ROLES)])
  return new Map(rows.map(r => [r.code, r.id]))
}

function checked(rows: readonly TableRow[], reader: TableReader | null, units: ReadonlyMap<string, string>, known: ReadonlySet<string>, problems: Problems): Figure[] {
  const first = new Map<string, number>()
  return rows.flatMap(row => {
    const v = row.values as Record<'unitCode' | 'pluginCode' | 'variable' | 'period' | 'value' | 'note', string | null>
    const problem = (name: string, code: string, message: string): void =>
      problems.add({ sheet: row.sheet, row: row.row, ...(reader?.place(row.sheet, row.row, name) ?? { column: name, cell: '' }), code, message })
    if (!v.unitCode || !v.pluginCode || !v.variable || !v.period || !v.value) return []
    const unitId = units.get(v.unitCode)
    if (!unitId) problem('unitCode', 'UNKNOWN_UNIT', `There is no unit with the code ${v.unitCode} that you report for.`)
    if (!known.has(`${v.pluginCode} ${v.variable}`)) problem('variable', 'UNKNOWN_VARIABLE', `${v.pluginCode} has no variable ${v.variable} that is reported.`)
    const key = `${v.unitCode} ${v.pluginCode} ${v.variable} ${v.period}`
    const before = first.get(key)
    if (before !== undefined) problem('variable', 'DUPLICATE', `The same figure is already in row ${before}.`)
    first.set(key, before ?? row.row)
    return unitId ? [{ unitId, plugin: v.pluginCode, variable: v.variable, period: v.period, value: v.value, note: v.note }] : []
  })
}
