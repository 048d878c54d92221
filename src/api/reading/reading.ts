import type { SensitiveRead } from '../../core/request'
import { COUNT, NEAR, pageSize, type Args, type BatchKind, type Reach, type Row } from '../../database/sql'

/** How one place in a document read a noun whose reads are logged. */
export class Reading {
  private readonly from = new Set<string>()
  private readonly seen = new Set<string>()
  private counted: number | null = null

  constructor(private readonly asked: { readonly reach: Reach; readonly args: Args }) {}

  /** `from`: the near rows of a batch. */
  add(kind: BatchKind, rows: readonly Row[], from: readonly string[] = []): void {
    for (const key of from) this.from.add(key)
    if (kind === 'count') this.counted = rows.reduce((sum, r) => sum + (r[COUNT] as number), this.counted ?? 0)
    else for (const id of this.shown(rows)) this.seen.add(id)
  }

  /** Without the row that is read only to know whether there is a next page. */
  private shown(rows: readonly Row[]): string[] {
    const { reach, args } = this.asked
    const most = reach.card === 'connection' ? pageSize(args, reach.max) : Infinity
    const of = new Map<unknown, number>()
    return rows.filter(r => {
      const n = (of.get(r[NEAR]) ?? 0) + 1
      of.set(r[NEAR], n)
      return n <= most
    }).map(r => r['_id'] as string)
  }

  told(): SensitiveRead[] {
    const { reach: { name, to: { noun } }, args } = this.asked
    const { as, each } = noun.logged!
    const read = { as, subjectType: noun.table }
    const what = { field: name, ...(Object.keys(args).length && { arguments: args }) }
    if (each && this.seen.size) return [...this.seen].map(id => ({ ...read, subjectId: id, what }))
    return [{ ...read, subjectId: null, what: { ...what, ...(this.from.size && { from: [...this.from] }), rows: this.seen.size, ...(this.counted !== null && { counted: this.counted }) } }]
  }
}
