import type { Period } from '../core/period'
import type { Database } from '../database/database'
import type { UnitsAsked, VariableSource } from '../domain/indicator'
import { measureStatement, type Measure } from '../sdk/measure'

/** Counts the COMPUTED variables of a plugin by their declared measures: one statement for all that share a register and a date. */
export function measuredSource(db: Database, measures: Readonly<Record<string, Measure>>): VariableSource {
  return {
    variables: Object.keys(measures),
    async figures(units, period, variables) {
      const found = new Map<string, Record<string, string>>()
      for (const group of together(variables.flatMap(v => (measures[v] ? [[v, measures[v]] as const] : [])))) {
        for (const row of await counted(db, group, units, period)) {
          const of = found.get(row['unit_id']!) ?? {}
          group.forEach(([variable], i) => { of[variable] = row[`v${i}`]! })
          found.set(row['unit_id']!, of)
        }
      }
      return found
    },
  }
}

type Named = readonly [variable: string, measure: Measure]

function together(measures: readonly Named[]): Named[][] {
  const groups = new Map<string, Named[]>()
  for (const named of measures) {
    const key = `${named[1].of.table} ${named[1].on}`
    groups.set(key, [...(groups.get(key) ?? []), named])
  }
  return [...groups.values()]
}

function counted(db: Database, group: readonly Named[], units: UnitsAsked, period: Period): Promise<Record<string, string>[]> {
  const { text, values } = measureStatement(group, units, period)
  return db.rows<Record<string, string>>(text, values)
}
