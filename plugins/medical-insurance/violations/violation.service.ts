import { Decimal } from 'decimal.js'
import { readSheet, where, type ImportResult, type OwnCatalogItem, type PluginData, type PluginTransaction, type SheetFile, type StoredRow, type UnitRef, type Values } from 'plumbline/sdk/data'
import type { Origin } from 'plumbline/sdk/graphql'
import { violationEvents } from './violation.events'
import type { FineCheck } from './violation.enums'
import { violationReads } from './violation.reads'
import { rowFaults, violationSheet, type ViolationRow } from './violation.sheet'

/** Who keeps the violation records of a unit. */
export const VIOLATION_ROLES = ['UNIT_EDITOR'] as const
interface Sanction { textZh?: string; fineMultipleMin?: number; fineMultipleMax?: number }
export const sanctionOf = (type: OwnCatalogItem): Sanction => (type.payload['sanction'] ?? {}) as Sanction

export class ViolationService {
  constructor(private readonly data: PluginData) {}

  /** Adds the records of a file to the register of a unit, or corrects those that are there by their number. All or nothing. */
  async import(origin: Origin, input: { unitId: string; idempotencyKey?: string | null; file: SheetFile }): Promise<ImportResult> {
    const { rows, report } = await readSheet(violationSheet, input.file)
    const types = typesByWord(await this.data.catalogItems('VIOLATION_TYPE'))
    const units = await this.data.unitsByCode(origin.actor, rows.flatMap(r => r.values.providerUnitCode ?? []))
    const first = new Map<string, number>()
    for (const row of rows) {
      for (const [field, code, message] of rowFaults(row)) report.add(row, field, code, message)
      const { type, providerUnitCode, recordNo } = row.values
      if (type && !types.has(type.toLowerCase())) report.add(row, 'type', 'UNKNOWN_TYPE', `There is no violation type ${type} in the catalog.`)
      if (providerUnitCode && !units.has(providerUnitCode)) report.add(row, 'providerUnitCode', 'UNKNOWN_UNIT', `There is no unit with the code ${providerUnitCode}.`)
      const before = first.get(recordNo)
      if (before !== undefined) report.add(row, 'recordNo', 'DUPLICATE', `The record is already in row ${before}.`)
      else first.set(recordNo, row.row)
    }
    report.refuseIfAny()
    const command = { unitId: input.unitId, idempotencyKey: input.idempotencyKey ?? null, rows: rows.map(r => r.values) }
    return this.data.command(origin, 'importMedicalInsuranceViolationRecords', command, async tx => {
      const unit = await tx.locateUnit(input.unitId, 'unitId')
      tx.requireRole(VIOLATION_ROLES, unit)
      return write(tx, unit.id, rows, await tx.lockRows(violationReads, [unit], where.isIn('recordNo', [...first.keys()])), r => columns(r, types, units))
    })
  }

  /** The violation types of the catalog in use, by permanent code. */
  async types(): Promise<Map<string, OwnCatalogItem>> {
    return new Map((await this.data.catalogItems('VIOLATION_TYPE')).map(t => [t.code, t]))
  }
}

/** Is the fine within what the law gives for the type, as a multiple of the loss? */
export function fineCheck(fine: string, loss: string, type: OwnCatalogItem | undefined): FineCheck {
  const imposed = new Decimal(fine)
  const { fineMultipleMin: min, fineMultipleMax: max } = type ? sanctionOf(type) : {}
  if (imposed.isZero() || (min === undefined && max === undefined)) return 'NOT_APPLICABLE'
  const lost = new Decimal(loss)
  if (lost.isZero()) return 'CANNOT_TELL'
  return (min === undefined || imposed.gte(lost.times(min))) && (max === undefined || imposed.lte(lost.times(max))) ? 'PASS' : 'FLAG'
}

/** A type is named by its code, its slug or its Chinese name. */
function typesByWord(types: readonly OwnCatalogItem[]): Map<string, string> {
  return new Map(types.flatMap(t => [t.code, t.code.slice(t.code.lastIndexOf('.') + 1), t.titleZh].map(word => [word.toLowerCase(), t.code] as const)))
}

function columns({ values: v }: ViolationRow, types: ReadonlyMap<string, string>, units: ReadonlyMap<string, UnitRef>): Values {
  return {
    record_no: v.recordNo, provider_code: v.providerCode, provider_name: v.providerName, provider_unit_id: v.providerUnitCode ? units.get(v.providerUnitCode)!.id : null,
    type_code: v.type ? types.get(v.type.toLowerCase())! : null, channel: v.channel, stage: v.stage, outcome: v.outcome ?? 'PENDING',
    inspected_on: v.inspectedOn, found_on: v.foundOn, found_amount: amount(v.foundAmount), recovered_on: v.recoveredOn, recovered_amount: amount(v.recoveredAmount),
    fine_decided_on: v.fineDecidedOn, fine_imposed: amount(v.fineImposed), fine_collected_on: v.fineCollectedOn, fine_collected: amount(v.fineCollected),
    is_revoked: v.isRevoked ?? false, note: v.note, is_synthetic: v.isSynthetic ?? false,
  }
}

/** Two decimal places, as amounts are kept. */
const amount = (text: string | null): string => new Decimal(text ?? '0').toFixed(2)

function write(tx: PluginTransaction, unitId: string, rows: readonly ViolationRow[], there: readonly StoredRow[], make: (row: ViolationRow) => Values): ImportResult {
  const byNo = new Map(there.map(row => [row['record_no'] as string, row]))
  const result: ImportResult = { added: 0, changed: 0, unchanged: 0 }
  const fresh: Values[] = []
  for (const row of rows) {
    const stored = byNo.get(row.values.recordNo)
    if (!stored) fresh.push({ unit_id: unitId, ...make(row) })
    else {
      const version = stored.row_version
      tx.update(violationReads, stored, make(row))
      result[stored.row_version === version ? 'unchanged' : 'changed']++
    }
  }
  tx.insertMany(violationReads, fresh)
  result.added = fresh.length
  if (fresh.length || result.changed) tx.emit(violationEvents.imported, { subjectId: unitId, unitId, payload: { ...result } })
  return result
}
