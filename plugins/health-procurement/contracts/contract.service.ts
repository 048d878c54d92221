import { readSheet, where, type ImportResult, type PluginData, type PluginTransaction, type SheetFile, type StoredRow, type Values, type WorkCalendar } from 'plumbline/sdk/data'
import type { Origin } from 'plumbline/sdk/graphql'
import type { ContractFacts } from '../checks/contract-facts'
import { checkContract, flagsOf, RULES_VERSION, type CheckOutcome } from '../checks/legal-checks'
import { contractEvents } from './contract.events'
import { contractReads } from './contract.reads'
import { contractSheet, rowFaults, type ContractRow } from './contract.sheet'

/** Who keeps the register of a unit's contracts. */
export const CONTRACT_ROLES = ['UNIT_EDITOR'] as const

export class ContractService {
  constructor(private readonly data: PluginData) {}

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
    const calendar = await this.data.calendar()
    return this.data.command(origin, 'importHealthProcurementContracts', command, async tx => {
      const unit = await tx.locateUnit(input.unitId, 'unitId')
      tx.requireRole(CONTRACT_ROLES, unit)
      const contracts = rows.map(r => columnsOf(r.values, calendar))
      return write(tx, unit.id, contracts, await tx.lockRows(contractReads, [unit], where.isIn('contractNo', [...first.keys()])))
    })
  }

  /** The legal checks of a contract, computed now. */
  async checks(row: StoredRow): Promise<CheckOutcome[]> {
    return checkContract(row as unknown as ContractFacts, await this.data.calendar())
  }

  /** Runs the checks anew on the register of a unit: after a new version of the rules, or a new calendar. */
  async recheck(origin: Origin, input: { unitId: string; idempotencyKey?: string | null }): Promise<{ checked: number; changed: number }> {
    const calendar = await this.data.calendar()
    return this.data.command(origin, 'recheckHealthProcurementContracts', input, async tx => {
      const unit = await tx.locateUnit(input.unitId, 'unitId')
      tx.requireRole(CONTRACT_ROLES, unit)
      const rows = await tx.lockRows(contractReads, [unit])
      let changed = 0
      for (const row of rows) {
        const version = row.row_version
        const flags = flagsOf(row as unknown as ContractFacts, calendar)
        tx.update(contractReads, row, { flagged_checks: flags, flag_count: flags.length, rules_version: RULES_VERSION })
        if (row.row_version !== version) changed++
      }
      return { checked: rows.length, changed }
    })
  }
}

type ContractColumns = Values & { contract_no: string }

function write(tx: PluginTransaction, unitId: string, contracts: readonly ContractColumns[], there: readonly StoredRow[]): ImportResult {
  const byNo = new Map(there.map(row => [row['contract_no'] as string, row]))
  const result: ImportResult = { added: 0, changed: 0, unchanged: 0 }
  const fresh: Values[] = []
  for (const columns of contracts) {
    const row = byNo.get(columns.contract_no)
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

/** A row of the sheet as the register keeps it, with the flags of its checks. */
function columnsOf(v: ContractRow['values'], calendar: WorkCalendar): ContractColumns {
  const facts: ContractFacts = {
    regime: v.regime, method: v.method, above_tender_threshold: v.aboveTenderThreshold, method_approval_no: v.methodApprovalNo, announced_on: v.announcedOn,
    bid_deadline: v.bidDeadline, bidders_count: v.biddersCount, qualified_brands: v.qualifiedBrands, award_notice_on: v.awardNoticeOn, signed_on: v.signedOn,
    filed_on: v.filedOn, published_on: v.publishedOn, amount: cents(v.amount), supplement_amount: cents(v.supplementAmount ?? '0'), bond_amount: cents(v.bondAmount ?? '0'),
    accepted_on: v.acceptedOn, acceptance_signed: v.acceptanceSigned, is_large_or_complex: v.isLargeOrComplex ?? false, quality_institute: v.qualityInstitute,
    completed_on: v.completedOn, archived_until: v.archivedUntil,
  }
  const flags = flagsOf(facts, calendar)
  return {
    ...facts, contract_no: v.contractNo, title_zh: v.titleZh, category: v.category, currency: v.currency ?? 'CNY', supplier_name: v.supplierName, supplier_uscc: v.supplierUscc,
    note: v.note, is_synthetic: v.isSynthetic ?? false, flagged_checks: flags, flag_count: flags.length, rules_version: RULES_VERSION,
  }
}

/** Two decimal places, as amounts are kept: `12.5` and `12.50` are the same amount. */
const cents = (amount: string): string => {
  const [whole, part = ''] = amount.split('.')
  return `${whole}.${part.padEnd(2, '0')}`
}
