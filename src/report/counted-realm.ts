import type { RequestContext } from '../core/request'
import type { NounModel } from '../database/sql'

/** Counting rows whose reading is logged is a reading of them: a filter can be so narrow that a count tells of one row. */
export const noteCounting = ({ read }: RequestContext, { noun }: NounModel, field: string, args: object, counted: number): void =>
  read.note({ as: noun.logged!.as, subjectType: noun.table, subjectId: null, what: { field: `Query.${field}`, arguments: args, counted } })
