import { AppError } from '../../core/errors'

/** What is wrong with one place of a file. */
export interface ImportProblem {
  readonly sheet: string
  /** As a spreadsheet program counts, from 1; 0 when the file as a whole is meant. */
  readonly row: number
  /** Header of the column as it stands in the file; empty when the whole row is meant. */
  readonly column: string
  /** `C17`; empty when there is no single cell. */
  readonly cell: string
  /** UNREADABLE TOO_LARGE TOO_MANY_ROWS EMPTY MISSING_COLUMN REQUIRED NOT_A_DATE NOT_IN_LIST DUPLICATE INV-41 …; the README of this folder has all. */
  readonly code: string
  readonly message: string
}

/** So many problems are told, with the number of all: whoever has more has the wrong file. */
export const MAX_PROBLEMS = 1_000

export class Problems {
  readonly first: ImportProblem[] = []
  total = 0

  add(problem: ImportProblem): void {
    this.total++
    if (this.first.length < MAX_PROBLEMS) this.first.push(problem)
  }

  /** Problems that were counted but of which only the first came along. */
  addUntold(count: number): void {
    this.total += count
  }

  /** BAD_INPUT with every problem twice: as a violation, like all bad input, and as it is, with sheet, row and column apart. */
  refusal(file: string): AppError {
    const problems = [...this.first].sort(byPlace(sheetOrder(this.first)))
    return new AppError('BAD_INPUT', `${file} was not imported: ${this.total} ${this.total === 1 ? 'problem' : 'problems'}. Nothing was written.`, {
      messageKey: 'importRefused', messageValues: { file, total: this.total },
      violations: problems.map(p => ({ path: [p.sheet, p.cell || (p.row ? `${p.row}` : '')].filter(Boolean).join('!'), rule: p.code, message: p.message })),
      problems, total: this.total,
    })
  }
}

/** The problems of a refused import; empty for any other error. */
export function problemsOf(error: unknown): { problems: readonly ImportProblem[]; total: number } {
  const details = error instanceof AppError ? error.details : {}
  return { problems: (details['problems'] ?? []) as ImportProblem[], total: (details['total'] ?? 0) as number }
}

const sheetOrder = (problems: readonly ImportProblem[]): Map<string, number> => {
  const order = new Map<string, number>()
  for (const { sheet } of problems) if (!order.has(sheet)) order.set(sheet, order.size)
  return order
}
const byPlace = (sheets: Map<string, number>) => (a: ImportProblem, b: ImportProblem): number =>
  sheets.get(a.sheet)! - sheets.get(b.sheet)! || a.row - b.row || a.cell.length - b.cell.length || (a.cell < b.cell ? -1 : a.cell > b.cell ? 1 : 0)
