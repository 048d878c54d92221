interface Placed { readonly table: string; readonly values: Readonly<Record<string, unknown>> }

const CAMPAIGN = ['grip_unit_id', 'push_unit_id', 'responsible_unit_id']
/** Rows that are seen at further units which they name: parts of a hearing at its host, what units report in a special rectification at its four bodies. */
const AT: Readonly<Record<string, readonly string[]>> = {
  hearing_respondent: ['host_unit_id'], hearing_question: ['host_unit_id'], pledge: ['host_unit_id'],
  special_rectification: CAMPAIGN, special_rectification_unit: ['lead_unit_id', ...CAMPAIGN],
}
/** Rows that are seen at the units that rows of another table name for them: a hearing at the units of those who are heard, a special rectification at the units in its scope. */
const THROUGH: Readonly<Record<string, { table: string; near: string; far: string }>> = {
  hearing_session: { table: 'hearing_respondent', near: 'session_id', far: 'unit_id' },
  special_rectification: { table: 'special_rectification_unit', near: 'special_rectification_id', far: 'unit_id' },
}

/** What is seen inside although it belongs outside, with what became of it. Like the rest of the rows, told by other eyes than the product's. */
export function seenAlso<R extends Placed>(rows: readonly R[], isInside: (unitId: unknown) => boolean): ReadonlySet<R> {
  const through = new Map(Object.entries(THROUGH).map(([table, { table: link, near, far }]) => [table, new Set(rows.filter(r => r.table === link && isInside(r.values[far])).map(r => r.values[near]))]))
  const seen = rows.filter(({ table, values }) => AT[table]?.some(column => isInside(values[column])) || through.get(table)?.has(values['id']))
  const ids = new Set(seen.map(r => r.values['id']))
  return new Set([...seen, ...rows.filter(r => (r.table === 'state_transition' || r.table === 'evidence') && ids.has(r.values['subject_id']))])
}
