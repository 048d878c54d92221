import { Field, Int, ObjectType } from 'type-graphql'
import { AppError } from '../core/errors'
import { labelledEnum } from './labels'

export const OnError = labelledEnum('OnError', 'What a wrong row of a bulk command does to the others（批量出错处理）.', {
  REJECT_ALL: { zh: '全部拒绝', en: 'Reject all', description: 'Nothing is done unless every row is right' },
  REJECT_FAILED_ROWS: { zh: '仅拒绝出错行', en: 'Reject failed rows', description: 'Right rows are done, wrong ones are told' },
})
export type OnError = keyof typeof OnError

@ObjectType({ description: 'Why one row of a bulk command was refused（行错误）.' })
export class RowError {
  @Field(() => Int, { description: 'Place of the row in the input, from 0（行号）.' })
  index: number

  @Field(() => String, { description: 'Error code, a value of ErrorCode（错误码）.' })
  code: string

  @Field(() => String, { description: 'What is wrong（说明）.' })
  message: string
}

export interface BulkResult<T> {
  done: T[]
  errors: RowError[]
}

/**
 * Runs a bulk command row by row inside one transaction. REJECT_ALL: every error is gathered, then all are thrown together.
 * A row's function must check before it writes: what it wrote before it threw would stay.
 */
export async function eachRow<R, T>(rows: readonly R[], onError: OnError, path: string, act: (row: R, index: number) => Promise<T> | T): Promise<BulkResult<T>> {
  const result: BulkResult<T> = { done: [], errors: [] }
  const failures: AppError[] = []
  for (const [index, row] of rows.entries()) {
    try {
      result.done.push(await act(row, index))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failures.push(error)
      result.errors.push({ index, code: error.code, message: error.message })
    }
  }
  if (onError === 'REJECT_ALL' && failures.length) {
    throw new AppError(failures[0]!.code, failures[0]!.message, {
      violations: failures.flatMap((f, i) => (f.details.violations ?? [{ path: '', rule: f.code, message: f.message }])
        .map(v => ({ ...v, path: [`${path}.${result.errors[i]!.index}`, v.path].filter(Boolean).join('.') }))),
    })
  }
  return result
}
