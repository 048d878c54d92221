import type { Method, Regime } from '../contracts/contract.enums'

/** What the checks look at: a contract as it is registered. Dates are `YYYY-MM-DD`, amounts decimal text. */
export interface ContractFacts {
  regime: Regime
  method: Method
  above_tender_threshold: boolean | null
  method_approval_no: string | null
  announced_on: string | null
  bid_deadline: string | null
  bidders_count: number | null
  qualified_brands: number | null
  award_notice_on: string | null
  signed_on: string
  filed_on: string | null
  published_on: string | null
  amount: string
  supplement_amount: string
  bond_amount: string
  accepted_on: string | null
  acceptance_signed: boolean | null
  is_large_or_complex: boolean
  quality_institute: boolean | null
  completed_on: string | null
  archived_until: string | null
}
