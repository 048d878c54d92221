import { badInput } from '../../core/errors'
import { usccFault, usccSentence } from '../../core/uscc'
import type { UnitKind } from './unit.types'
import type { UnitRelationKind } from './unit-relation.types'

/** Codes are steps of `path`, so what they may hold keeps subtrees apart: no slash, nothing that sorts like one. */
export const UNIT_CODE = /^[0-9A-Za-z][0-9A-Za-z.-]{0,63}$/
export const UNIT_CODE_HINT = 'A unit code has 1 to 64 letters, digits, points and hyphens and begins with a letter or digit.'
export const SECTOR_CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/
/** `ancestors` is never cut short. */
export const MAX_DEPTH = 20

export function requireUnitCode(code: string): void {
  if (!UNIT_CODE.test(code)) throw badInput('code', 'format', UNIT_CODE_HINT)
}

/** INV-41 */
export function requireUscc(uscc: string | null | undefined): void {
  const fault = uscc == null ? null : usccFault(uscc)
  if (fault) throw badInput('uscc', 'INV-41', usccSentence(fault))
}

export function requireSectors(codes: readonly string[]): void {
  const bad = codes.findIndex(code => !SECTOR_CODE.test(code))
  if (bad >= 0) throw badInput(`sectorCodes.${bad}`, 'format', 'A sector code has lower-case letters, digits and hyphens.')
}

const COMMISSIONS = ['COMMISSION_CITY', 'COMMISSION_COUNTY'] as const

/** Which kinds of units may stand at the ends of a relation; `to` null: any. */
export const RELATION_ENDS: Readonly<Record<UnitRelationKind, { from: readonly UnitKind[]; to: readonly UnitKind[] | null }>> = {
  LINE: { from: COMMISSIONS, to: ['COMMISSION_COUNTY', 'TOWNSHIP_COMMISSION', 'DISPATCHED_GROUP', 'AREA_OUTPOST_GROUP'] },
  DISPATCHED: { from: ['DISPATCHED_GROUP'], to: null },
  OUTPOST: { from: ['AREA_OUTPOST_GROUP'], to: ['TOWNSHIP'] },
  LIAISON: { from: ['SUPERVISION_OFFICE'], to: null },
}
