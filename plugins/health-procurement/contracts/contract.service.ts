import { readSheet, where, type ImportResult, type PluginData, type PluginTransaction, type SheetFile, type StoredRow, type Values } from 'plumbline/sdk/data'
import type { Origin } from 'plumbline/sdk/graphql'
import type { ContractFacts } from '../checks/contract-facts'
import { checkContract, flagsOf, RULES_VERSION, type CheckOutcome } from '../checks/legal-checks'
import { calendarOf, type Calendar } from '../checks/working-days'
import { settings } from '../settings'
import { contractEvents } from './contract.events'
import { contractReads } from './contract.reads'
import { contractSheet, rowFaults, type ContractRow } from './contract.sheet'

/** Who keeps the register of a unit's contracts. */
export const CONTRACT_ROLES = ['UNIT_EDITOR'] as const

export class ContractService {
  private readonly calendar: Calendar

  constructor(private readonly data: PluginData) {
    this.calendar = calendarOf(data.settings(settings))
  }

  /** Adds the contracts of a file to the register of a unit, or corrects those that are there by their number. All or nothing. */
  async import(origin: Origin, input: { unitId: string; idempotencyKey?: string | null; file: SheetFile }): Promise<ImportResult> {
    const { rows, report } = await readSheet(contractSheet, input.file)
    const first = new Map<string, number>()
    for (const row of rows) {
      for (const [field, code, message] of rowFaults(row)) report.add(row, field, code, message)
      const before = first.get(row.values.contractNo)
      if (before !== undefined) report.add(row, 'contractNo', 'DUPLICATE', `The contract is already in row ${before}.`)
      else first.set(row.values.contractNo, row.row)
    }
    report.refuseIfAny()
    const command = { unitId: input.unitId, idempotencyKey: input.idempotencyKey ?? null, rows: rows.map(r => r.values) }
    return this.data.command(origin, 'importHealthProcurementContracts', command, async tx => {
      const unit = await tx.locateUnit(input.unitId, 'unitId')
      tx.requireRole(CONTRACT_ROLES, unit)
      return this.write(tx, unit.id, rows, await tx.lockRows(contractReads, [unit], where.isIn('contractNo', [...first.keys()])))
    })
  }

  private write(tx: PluginTransaction, unitId: string, rows: readonly ContractRow[], there: readonly StoredRow[]): ImportResult {
    const byNo = new Map(there.map(row => [row['contract_no'] as string, row]))
    const result: ImportResult = { added: 0, changed: 0, unchanged: 0 }
    const fresh: Values[] = []
    for (const { values } of rows) {
      const columns = this.columns(values)
      const row = byNo.get(values.contractNo)
      if (!row) fresh.push({ unit_id: unitId, ...columns })
      else {
        const version = row.row_version
        tx.update(contractReads, row, columns)
        result[row.row_version === version ? 'unchanged' : 'changed']++
      }
    }
    tx.insertMany(contractReads, fresh)
    result.added = fresh.length
    if (fresh.length || result.changed) tx.emit(contractEvents.imported, { subjectId: unitId, unitId, payload: { ...result } })
    return result
  }

  private columns(v: ContractRow['values']): Values {
    const facts: ContractFacts = {
      regime: v.regime, method: v.method, above_tender_threshold: v.aboveTenderThreshold, method_approval_no: v.methodApprovalNo, announced_on: v.announcedOn,
      bid_deadline: v.bidDeadline, bidders_count: v.biddersCount, qualified_brands: v.qualifiedBrands, award_notice_on: v.awardNoticeOn, signed_on: v.signedOn,
      filed_on: v.filedOn, published_on: v.publishedOn, amount: cents(v.amount), supplement_amount: cents(v.supplementAmount ?? '0'), bond_amount: cents(v.bondAmount ?? '0'),
      accepted_on: v.acceptedOn, acceptance_signed: v.acceptanceSigned, is_large_or_complex: v.isLargeOrComplex ?? false, quality_institute: v.qualityInstitute,
      completed_on: v.completedOn, archived_until: v.archivedUntil,
    }
    const flags = flagsOf(facts, this.calendar)
    return {
      ...facts, contract_no: v.contractNo, title_zh: v.titleZh, category: v.category, currency: v.currency ?? 'CNY', supplier_name: v.supplierName, supplier_uscc: v.supplierUscc,
      note: v.note, is_synthetic: v.isSynthetic ?? false, flagged_checks: flags, flag_count: flags.length, rules_version: RULES_VERSION,
    }
  }

  /** The legal checks of a contract, computed now. */
  checks(row: StoredRow): CheckOutcome[] {
    return checkContract(row as unknown as ContractFacts, this.calendar)
  }

  /** Runs the checks anew on the register of a unit: after a new version of the rules, or a new calendar. */
  recheck(origin: Origin, input: { unitId: string; idempotencyKey?: string | null }): Promise<{ checked: number; changed: number }> {
    return this.data.command(origin, 'recheckHealthProcurementContracts', input, async tx => {
      const unit = await tx.locateUnit(input.unitId, 'unitId')
      tx.requireRole(CONTRACT_ROLES, unit)
      const rows = await tx.lockRows(contractReads, [unit])
      let changed = 0
      for (const row of rows) {
        const version = row.row_version
        const flags = flagsOf(row as unknown as ContractFacts, this.calendar)
        tx.update(contractReads, row, { flagged_checks: flags, flag_count: flags.length, rules_version: RULES_VERSION })
        if (row.row_version !== version) changed++
      }
      return { checked: rows.length, changed }
    })
  }
}

/** Two decimal places, as amounts are kept: `12.5` and `12.50` are the same amount. */
const cents = (amount: string): string => {
  const [whole, part = ''] = amount.split('.')
  return `${whole}.${part.padEnd(2, '0')}`
}
