import type { Database } from '../../src/database/database'
import { sourceOf } from '../../src/domain/import'
import { importPositions } from '../../src/domain/position'
import { importPowers } from '../../src/domain/power'
import { importControls, importRiskPoints } from '../../src/domain/risk'
import { smallCity, SYSTEM, type SmallCity } from './small-city'

/** A risk point as the test knows it, apart from any SQL of the product. */
export interface KnownPoint {
  readonly unit: string
  readonly path: string
  readonly power: string
  readonly code: string
  readonly sector: string | null
  readonly level: 'UNRATED' | 'LOW' | 'MEDIUM' | 'HIGH'
  readonly state: string
  readonly category: string
  readonly score: number
}

const PARENT: Readonly<Record<string, string>> = {
  '510821': '510800', '510821-HEALTH': '510821', '510821-HOSPITAL': '510821-HEALTH', '510821105': '510821', '510802': '510800', '510802-HEALTH': '510802',
}
const pathOf = (unit: string): string => `${PARENT[unit] ? pathOf(PARENT[unit]) : '/'}${unit}/`
/** The city itself holds powers too: what is below it and what is its own must be told apart. */
const UNITS = ['510800', '510821', '510821-HEALTH', '510821-HOSPITAL', '510821105', '510802-HEALTH']
const SECTORS = ['health', 'medical-insurance', null]
const CATEGORIES = ['POST', 'PROCESS', 'DECISION', 'SYSTEM', 'EXTERNAL', 'CONDUCT']

/** Some hundred risk points of every level in six units of two counties, brought by the product's own imports. */
export async function countedCity(db: Database): Promise<{ city: SmallCity; points: KnownPoint[] }> {
  const city = await smallCity(db)
  const points: KnownPoint[] = []
  const rows: string[][] = []
  for (const [u, unit] of UNITS.entries()) {
    for (const [s, sector] of SECTORS.entries()) {
      // Groups of different size, so that a figure of one is not by chance that of another.
      for (let i = 0; i < 3 + u + 2 * s; i++) {
        const rated = i !== 0
        const [likelihood, impact] = [1 + ((i * 7 + u) % 5), 1 + ((i * 3 + s * 2 + u) % 5)]
        const score = rated ? likelihood * impact : 0
        const state = rated ? (i % 3 ? 'RATED' : 'ESCALATED') : 'IDENTIFIED'
        const category = CATEGORIES[(i + u) % 6]!
        points.push({ unit, path: pathOf(unit), power: `P${s}`, code: `R${i}`, sector, level: !rated ? 'UNRATED' : score >= 15 ? 'HIGH' : score >= 8 ? 'MEDIUM' : 'LOW', state, category, score })
        rows.push([unit, `P${s}`, `R${i}`, `风险${i}`, category, 'head', rated ? String(likelihood) : '', rated ? String(impact) : '', rated ? state : ''])
      }
    }
  }
  await importPositions(db, SYSTEM, sourceOf('positions', ['unitCode', 'code', 'nameZh', 'powerBearing'], UNITS.map(u => [u, 'head', '负责人', 'true'])))
  await importPowers(db, SYSTEM, sourceOf('powers', ['unitCode', 'code', 'nameZh', 'category', 'significance', 'sectorCode', 'positionCodes'],
    UNITS.flatMap(u => SECTORS.map((s, i) => [u, `P${i}`, `职权${i}`, 'PROCUREMENT', 'MAJOR', s ?? '', 'head']))))
  await importRiskPoints(db, SYSTEM, sourceOf('risk-points', ['unitCode', 'powerCode', 'code', 'description', 'category', 'ownerPositionCode', 'inherentLikelihood', 'inherentImpact', 'state'], rows))
  await importControls(db, SYSTEM, sourceOf('controls', ['unitCode', 'code', 'description', 'nature', 'mode', 'frequency', 'ownerPositionCode', 'riskPoints'],
    points.map((p, i) => [p.unit, `C${i}`, '双人复核', 'PREVENTIVE', 'MANUAL', 'MONTHLY', 'head', `${p.power}/${p.code}`])))
  return { city, points }
}
