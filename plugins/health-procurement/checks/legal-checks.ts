import { Decimal } from 'decimal.js'
import { DateTime } from 'luxon'
import type { WorkCalendar } from 'plumbline/sdk/data'
import type { CheckReason, CheckResult, Method, Regime } from '../contracts/contract.enums'
import type { ContractFacts } from './contract-facts'

/** Raised when a rule or a threshold below changes: contracts checked before are checked again on demand. */
export const RULES_VERSION = 1

interface Basis { title: string; article: string }
const GPL = (article: string): Basis => ({ title: '中华人民共和国政府采购法', article })
const GPL_RULES = (article: string): Basis => ({ title: '中华人民共和国政府采购法实施条例', article })
const BIDDING = (article: string): Basis => ({ title: '中华人民共和国招标投标法', article })
const BIDDING_RULES = (article: string): Basis => ({ title: '中华人民共和国招标投标法实施条例', article })

/** What the facts say about a rule: its measure against the limit, or why nothing can be said. */
type Told = { measured: string; broken: boolean } | { unknown: 'NOT_RECORDED' | 'NO_CALENDAR' } | { skip: Exclude<CheckReason, 'NOT_RECORDED' | 'NO_CALENDAR'> }
const NOT_RECORDED: Told = { unknown: 'NOT_RECORDED' }

/** One rule of law that a machine can check. */
export interface LegalCheck {
  code: string
  titleZh: string
  titleEn: string
  ruleZh: string
  ruleEn: string
  /** The limit, for people: `≥ 20 天`. */
  threshold: string
  /** Where it stands, for each regime that it applies to. */
  basis: Partial<Record<Regime, Basis[]>>
  /** Purchase methods that the rule is about; all when absent. */
  methods?: readonly Method[]
  tell(c: ContractFacts, calendar: WorkCalendar): Told
}

export interface CheckOutcome {
  check: LegalCheck
  result: CheckResult
  reason: CheckReason | null
  measured: string | null
  legalBasis: Basis[]
}

const daysBetween = (from: string, to: string): number => DateTime.fromISO(to, { zone: 'utc' }).diff(DateTime.fromISO(from, { zone: 'utc' }), 'days').days

const TENDERS: readonly Method[] = ['OPEN_TENDER', 'INVITED_TENDER']
const days = (from: string | null, to: string | null, broken: (n: number) => boolean): Told => {
  if (!from || !to) return NOT_RECORDED
  const n = daysBetween(from, to)
  return { measured: `${n} 天`, broken: broken(n) }
}
/** A year whose holidays are not set is a fact that is missing: weekends alone would be a guess. */
const workingDays = (calendar: WorkCalendar, from: string, to: string | null, most: number): Told => {
  if (!to) return NOT_RECORDED
  const { count, isAssumed } = calendar.workingDaysBetween(from, to)
  return isAssumed ? { unknown: 'NO_CALENDAR' } : { measured: `${count} 个工作日`, broken: count > most }
}
const atLeast = (n: number | null, least: number, unit: string): Told => (n === null ? NOT_RECORDED : { measured: `${n} ${unit}`, broken: n < least })
/** Exact: a part is above ten per cent when ten times the part is more than the whole. */
const tenPercent = (part: string, whole: string): Told => {
  const amount = new Decimal(whole)
  if (amount.isZero()) return NOT_RECORDED
  return { measured: `${new Decimal(part).div(amount).times(100).toFixed(2)}%`, broken: new Decimal(part).times(10).gt(amount) }
}

export const LEGAL_CHECKS: readonly LegalCheck[] = [
  {
    code: 'bid-window', titleZh: '等标期', titleEn: 'Bid window', threshold: '≥ 20 天', methods: TENDERS,
    ruleZh: '自招标文件开始发出之日起至投标截止之日止不得少于二十日', ruleEn: 'At least twenty days from the day the tender documents are first issued to the deadline',
    basis: { GPL: [GPL('第三十五条')], BIDDING: [BIDDING('第二十四条')] },
    tell: c => days(c.announced_on, c.bid_deadline, n => n < 20),
  },
  {
    code: 'bidders', titleZh: '有效投标人数', titleEn: 'Substantive bidders', threshold: '≥ 3 家', methods: TENDERS,
    ruleZh: '符合条件或实质响应的供应商不足三家的应予废标、重新招标', ruleEn: 'With fewer than three suppliers that respond in substance the tender is void',
    basis: { GPL: [GPL('第三十六条第一款第(一)项')], BIDDING: [BIDDING('第二十八条')] },
    tell: c => atLeast(c.bidders_count, 3, '家'),
  },
  {
    code: 'open-tender', titleZh: '应公开招标未公开招标', titleEn: 'Open tender avoided', threshold: '有批准文号',
    ruleZh: '达到公开招标数额标准而采用其他方式的，应在采购前获得设区的市以上采购监管部门批准', ruleEn: 'Above the threshold for open tender another method needs prior approval at city level or above',
    basis: { GPL: [GPL('第二十七条'), GPL('第二十八条')] },
    tell: c => {
      if (c.method === 'OPEN_TENDER') return { skip: 'METHOD' }
      if (c.above_tender_threshold === false) return { skip: 'BELOW_THRESHOLD' }
      if (c.above_tender_threshold === null) return NOT_RECORDED
      return { measured: c.method_approval_no ?? '无批准文号', broken: !c.method_approval_no }
    },
  },
  {
    code: 'brands', titleZh: '满足参数的品牌数', titleEn: 'Brands able to comply', threshold: '≥ 3 个',
    ruleZh: '采购需求中的技术、服务等要求不得指向特定供应商、特定产品；能满足参数的品牌不足三个为线索', ruleEn: 'Specifications must not point at one supplier or product; fewer than three brands able to comply is a signal',
    basis: { GPL: [GPL_RULES('第二十条')], BIDDING: [BIDDING_RULES('第三十二条')] },
    tell: c => (c.method === 'SINGLE_SOURCE' ? { skip: 'METHOD' } : atLeast(c.qualified_brands, 3, '个')),
  },
  {
    code: 'signing', titleZh: '签约时限', titleEn: 'Time to contract', threshold: '≤ 30 天',
    ruleZh: '中标、成交通知书发出之日起三十日内签订合同', ruleEn: 'The contract is signed within thirty days of the award notice',
    basis: { GPL: [GPL('第四十六条')], BIDDING: [BIDDING('第四十六条')] },
    tell: c => days(c.award_notice_on, c.signed_on, n => n > 30),
  },
  {
    code: 'filing', titleZh: '合同备案', titleEn: 'Filing of the contract', threshold: '≤ 7 个工作日',
    ruleZh: '合同签订之日起七个工作日内将合同副本报监管部门备案', ruleEn: 'A copy is filed with the supervising department within seven working days of signing',
    basis: { GPL: [GPL('第四十七条')] },
    tell: (c, calendar) => workingDays(calendar, c.signed_on, c.filed_on, 7),
  },
  {
    code: 'publication', titleZh: '合同公告', titleEn: 'Publication of the contract', threshold: '≤ 2 个工作日',
    ruleZh: '合同签订之日起二个工作日内在指定媒体公告', ruleEn: 'The contract is published within two working days of signing',
    basis: { GPL: [GPL_RULES('第五十条')] },
    tell: (c, calendar) => workingDays(calendar, c.signed_on, c.published_on, 2),
  },
  {
    code: 'supplement', titleZh: '补充合同金额', titleEn: 'Supplementary purchases', threshold: '≤ 10%',
    ruleZh: '补充合同的采购金额不得超过原合同采购金额的百分之十', ruleEn: 'Supplementary purchases are at most ten per cent of the contract',
    basis: { GPL: [GPL('第四十九条')] },
    tell: c => tenPercent(c.supplement_amount, c.amount),
  },
  {
    code: 'bond', titleZh: '履约保证金', titleEn: 'Performance bond', threshold: '≤ 10%',
    ruleZh: '履约保证金的数额不得超过合同金额的百分之十', ruleEn: 'The performance bond is at most ten per cent of the contract',
    basis: { GPL: [GPL_RULES('第四十八条')], BIDDING: [BIDDING_RULES('第五十八条')] },
    tell: c => tenPercent(c.bond_amount, c.amount),
  },
  {
    code: 'acceptance', titleZh: '履约验收', titleEn: 'Acceptance', threshold: '验收书已签字',
    ruleZh: '采购人应当按合同逐项验收并出具验收书，验收各方签字', ruleEn: 'The buyer accepts against every clause; the record is signed by all who take part',
    basis: { GPL: [GPL('第四十一条'), GPL_RULES('第四十五条')] },
    tell: c => (c.accepted_on === null || c.acceptance_signed === null ? NOT_RECORDED : { measured: c.acceptance_signed ? '已签字' : '未签字', broken: !c.acceptance_signed }),
  },
  {
    code: 'quality-institute', titleZh: '大型复杂项目验收', titleEn: 'Acceptance of large or complex purchases', threshold: '质量检测机构参加',
    ruleZh: '大型或者复杂的采购项目应当邀请国家认可的质量检测机构参加验收', ruleEn: 'A recognised quality institute takes part in accepting large or complex purchases',
    basis: { GPL: [GPL('第四十一条')] },
    tell: c => {
      if (!c.is_large_or_complex) return { skip: 'NOT_LARGE_OR_COMPLEX' }
      return c.quality_institute === null ? NOT_RECORDED : { measured: c.quality_institute ? '已参加' : '未参加', broken: !c.quality_institute }
    },
  },
  {
    code: 'archive', titleZh: '采购文件保存', titleEn: 'Keeping of files', threshold: '≥ 15 年',
    ruleZh: '采购文件从采购结束之日起至少保存十五年', ruleEn: 'Files are kept for at least fifteen years from the end of the purchase',
    basis: { GPL: [GPL('第四十二条')] },
    tell: c => {
      if (!c.completed_on || !c.archived_until) return NOT_RECORDED
      const least = DateTime.fromISO(c.completed_on, { zone: 'utc' }).plus({ years: 15 }).toISODate()!
      return { measured: c.archived_until, broken: c.archived_until < least }
    },
  },
]

/** Runs every check on a contract. Outside its regime or method a check is not applicable, never a flag. */
export function checkContract(c: ContractFacts, calendar: WorkCalendar): CheckOutcome[] {
  return LEGAL_CHECKS.map(check => {
    const legalBasis = check.basis[c.regime]
    const outcome = (result: CheckResult, reason: CheckReason | null, measured: string | null): CheckOutcome =>
      ({ check, result, reason, measured, legalBasis: legalBasis ?? Object.values(check.basis).flat() })
    if (!legalBasis) return outcome('NOT_APPLICABLE', 'REGIME', null)
    if (check.methods && !check.methods.includes(c.method)) return outcome('NOT_APPLICABLE', 'METHOD', null)
    const told = check.tell(c, calendar)
    if ('skip' in told) return outcome('NOT_APPLICABLE', told.skip, null)
    if ('unknown' in told) return outcome('CANNOT_TELL', told.unknown, null)
    return outcome(told.broken ? 'FLAG' : 'PASS', null, told.measured)
  })
}

/** Codes of the checks that flag a contract: kept beside it, so that lists can be filtered by them. */
export const flagsOf = (c: ContractFacts, calendar: WorkCalendar): string[] => checkContract(c, calendar).filter(o => o.result === 'FLAG').map(o => o.check.code)
