interface Placed { readonly table: string; readonly values: Readonly<Record<string, unknown>> }

/** Rows that are seen at further units which they name: parts of a hearing at its host. */
const AT: Readonly<Record<string, string>> = { hearing_respondent: 'host_unit_id', hearing_question: 'host_unit_id', pledge: 'host_unit_id' }
/** Rows that are seen at the units that rows of another table name for them: a hearing at the units of those who are heard. */
const THROUGH: Readonly<Record<string, { table: string; near: string; far: string }>> = { hearing_session: { table: 'hearing_respondent', near: 'session_id', far: 'unit_id' } }

/** What is seen inside although it belongs outside, with what became of it. Like the rest of the rows, told by other eyes than the product's. */
export function seenAlso<R extends Placed>(rows: readonly R[], isInside: (unitId: unknown) => boolean): ReadonlySet<R> {
  const through = new Map(Object.entries(THROUGH).map(([table, { table: link, near, far }]) => [table, new Set(rows.filter(r => r.table === link && isInside(r.values[far])).map(r => r.values[near]))]))
  const seen = rows.filter(({ table, values }) => (AT[table] !== undefined && isInside(values[AT[table]])) || through.get(table)?.has(values['id']))
  const ids = new Set(seen.map(r => r.values['id']))
  return new Set([...seen, ...rows.filter(r => r.table === 'state_transition' && ids.has(r.values['subject_id']))])
}
