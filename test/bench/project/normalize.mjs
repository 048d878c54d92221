// (q, value) => value: ids and kinds of units back to the benchmark's, objects flattened to its fields.
import { control, power, risk, unit } from './ids.mjs'

const DEPTHS = { 2: 'CITY', 3: 'COUNTY' }
const KINDS = { PARTY_COMMITTEE: null, GOVERNMENT_DEPARTMENT: 'DEPARTMENT', VILLAGE_OR_COMMUNITY: 'VILLAGE' }
const kindOf = u => KINDS[u.kind] === undefined ? u.kind : KINDS[u.kind] ?? DEPTHS[u.level]
const unitOf = u => u && { ...u, id: unit.get(u.id), ...(u.kind && { kind: kindOf(u) }) }

const OF = {
  Q1: u => ({ ...unitOf(u), parent: unitOf(u.parent), ancestors: u.ancestors.map(unitOf) }),
  Q2: u => ({
    ...unitOf(u),
    powers: u.powers.nodes.map(p => ({
      ...p, id: power.get(p.id),
      riskPoints: p.riskPoints.nodes.map(({ inherent, ...r }) => ({
        ...r, ...inherent, id: risk.get(r.id), controls: r.controls.nodes.map(({ ownerPosition, ...c }) => ({ ...c, id: control.get(c.id), ownerPost: ownerPosition.nameZh })),
      })),
    })),
  }),
  Q3: rows => rows.map(r => ({ ...r, id: risk.get(r.id), unit: unitOf(r.unit), power: { ...r.power, id: power.get(r.power.id) } })),
  Q4: groups => groups.map(({ key, count, averageScore }) => ({ childId: unit.get(key.unit.id), childName: key.unit.nameZh, sector: key.sector, level: key.level, count, avgScore: averageScore })),
  Q6: units => units.nodes.map(unitOf),
}
export default (q, value) => OF[q]?.(value) ?? value
