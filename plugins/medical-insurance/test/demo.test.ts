import path from 'node:path'
import { readSheet } from 'plumbline/sdk/data'
import { rowFaults, violationSheet, type ViolationRow } from '../violations/violation.sheet'

const sheet = async (unit: string): Promise<ViolationRow[]> => {
  const { rows, report } = await readSheet(violationSheet, { path: path.join(__dirname, '..', 'demo', 'violation-records', `${unit}.csv`) })
  report.refuseIfAny()
  return rows
}
const quarterOf = (day: string): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`

test('the city’s records: every quarter of two years but one, many types, every stage of an outcome', async () => {
  const rows = (await sheet('510800-MEDICAL-INSURANCE')).map(r => r.values)
  expect([...new Set(rows.flatMap(r => (r.foundOn ? [quarterOf(r.foundOn)] : [])))].sort()).toEqual(['2024-Q2', '2024-Q3', '2024-Q4', '2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4'])
  expect(new Set(rows.flatMap(r => r.type ?? [])).size).toBe(16)
  expect(new Set(rows.map(r => r.channel)).size).toBe(6)
  expect(rows.filter(r => r.isRevoked)).toHaveLength(1)
  expect(new Set(rows.map(r => r.outcome))).toEqual(new Set(['PENDING', 'NO_VIOLATION', 'AGREEMENT_HANDLING', 'ADMINISTRATIVE_DISPOSAL', 'ADMINISTRATIVE_PENALTY', 'TRANSFERRED_POLICE']))
})

test.each(['510800-MEDICAL-INSURANCE', '510821-MEDICAL-INSURANCE'])('%s: every row is right, invented, and names no real institution', async unit => {
  for (const row of await sheet(unit)) {
    expect([row.values.recordNo, rowFaults(row), row.values.isSynthetic]).toEqual([row.values.recordNo, [], true])
    expect(row.values.providerName).toMatch(/^(定点医疗机构|定点零售药店)[甲乙丙丁戊己庚辛壬癸子丑](（.+）)?$|^旺苍县综合医院$/)
  }
})
