/** A kind of unit that catalog content is written for. */
export interface Audience {
  readonly unitKinds: readonly string[]
  readonly sectorCodes: readonly string[]
  readonly levels: readonly string[]
}
/** What decides whether a unit belongs to an audience. */
export interface UnitFacts {
  readonly kind: string
  readonly sector_codes: readonly string[]
  /** Level of its administrative division; null when the division is not known. */
  readonly level: string | null
}

/** Levels of divisions as catalogs name them: a functional zone is run like a county, a village belongs to its township. */
const LEVEL: Readonly<Record<string, string>> = { CITY: 'CITY', COUNTY: 'COUNTY', FUNCTIONAL_ZONE: 'COUNTY', TOWNSHIP: 'TOWNSHIP', VILLAGE: 'TOWNSHIP' }

/** A unit belongs to an audience when its kind, one of its sectors and its level all do. */
export const belongsTo = (audience: Audience, unit: UnitFacts): boolean =>
  audience.unitKinds.includes(unit.kind) && unit.sector_codes.some(s => audience.sectorCodes.includes(s)) && unit.level !== null && audience.levels.includes(LEVEL[unit.level] ?? '')

/** Columns of `UnitFacts` for a query over `unit u`, with the join that they need. */
export const FACTS = {
  columns: 'u.id, u.path, u.kind, u.sector_codes, d.level',
  join: `LEFT JOIN administrative_division d ON d.code = u.division_code AND d.valid_from <= CURRENT_DATE AND (d.valid_to IS NULL OR d.valid_to > CURRENT_DATE)`,
} as const
