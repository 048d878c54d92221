import { Auditable, Decimal, Field, Int, LegalBasis, LocalDate, NodeInterface, ObjectType } from 'plumbline/sdk/graphql'
import { Category, CheckReason, CheckResult, Method, Regime } from './contract.enums'

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A contract for drugs, consumables, equipment or services of a health institution（药械采购合同）.' })
export class HealthProcurementContract {
  id: string

  @Field(() => String, { description: 'Number, unique in the unit（合同编号）.' })
  contractNo: string

  @Field(() => String, { description: 'What is bought（合同名称）.' })
  titleZh: string

  @Field(() => Category, { description: 'Kind of goods（品类）.' })
  category: Category

  @Field(() => Regime, { description: 'The law that the purchase follows（适用制度）.' })
  regime: Regime

  @Field(() => Method, { description: 'How the supplier was found（采购方式）.' })
  method: Method

  @Field(() => Boolean, { nullable: true, description: 'The amount reaches the threshold for open tender（达到公开招标数额标准）.' })
  aboveTenderThreshold: boolean | null

  @Field(() => String, { nullable: true, description: 'Number of the approval of another method than open tender（采购方式批准文号）.' })
  methodApprovalNo: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Day on which the tender documents were first issued（招标文件发出日期）.' })
  announcedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Deadline for bids（投标截止日期）.' })
  bidDeadline: string | null

  @Field(() => Int, { nullable: true, description: 'Suppliers that responded in substance（有效投标人数）.' })
  biddersCount: number | null

  @Field(() => Int, { nullable: true, description: 'Brands that can meet the specification（满足参数的品牌数）.' })
  qualifiedBrands: number | null

  @Field(() => LocalDate, { nullable: true, description: 'Day of the award notice（中标通知书日期）.' })
  awardNoticeOn: string | null

  @Field(() => LocalDate, { description: 'Day of signing; it puts the contract into a period（签订日期）.' })
  signedOn: string

  @Field(() => LocalDate, { nullable: true, description: 'Day on which a copy was filed（备案日期）.' })
  filedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Day on which the contract was published（公告日期）.' })
  publishedOn: string | null

  @Field(() => Decimal, { description: 'Amount, in the contract’s currency（合同金额）.' })
  amount: string

  @Field(() => String, { description: 'Currency, ISO 4217（币种）.' })
  currency: string

  @Field(() => Decimal, { description: 'Sum of supplementary purchases（补充合同金额）.' })
  supplementAmount: string

  @Field(() => Decimal, { description: 'Performance bond（履约保证金）.' })
  bondAmount: string

  @Field(() => String, { description: 'Supplier（供应商）.' })
  supplierName: string

  @Field(() => String, { nullable: true, description: 'The supplier’s unified social credit code（供应商统一社会信用代码）.' })
  supplierUscc: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Day of acceptance（验收日期）.' })
  acceptedOn: string | null

  @Field(() => Boolean, { nullable: true, description: 'The acceptance record is signed by all who took part（验收书是否签字）.' })
  acceptanceSigned: boolean | null

  @Field(() => Boolean, { description: 'A large or complex purchase（大型或复杂项目）.' })
  isLargeOrComplex: boolean

  @Field(() => Boolean, { nullable: true, description: 'A recognised quality institute took part in acceptance（质量检测机构是否参加验收）.' })
  qualityInstitute: boolean | null

  @Field(() => LocalDate, { nullable: true, description: 'Day on which the purchase ended（采购结束日期）.' })
  completedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Until when the files are kept（档案保存至）.' })
  archivedUntil: string | null

  @Field(() => String, { nullable: true, description: 'Remark（备注）.' })
  note: string | null

  @Field(() => Boolean, { description: 'Invented for illustration（示例内容）.' })
  isSynthetic: boolean

  @Field(() => [String], { description: 'Codes of the legal checks that flag it（疑点核查代码）.' })
  flaggedChecks: string[]

  @Field(() => Int, { description: 'How many checks flag it（疑点数）.' })
  flagCount: number

  createdAt: string
  createdBy: string
  updatedAt: string
  updatedBy: string
  rowVersion: number
}

@ObjectType({ description: 'One legal check of a contract: the rule, its limit, and what the recorded facts say（合同法定要求核查）.' })
export class HealthProcurementLegalCheck {
  @Field(() => String, { description: 'Code of the check（代码）.' })
  code: string

  @Field(() => String, { description: 'Chinese title（名称）.' })
  titleZh: string

  @Field(() => String, { description: 'English title（英文名称）.' })
  titleEn: string

  @Field(() => String, { description: 'The rule（规则）.' })
  ruleZh: string

  @Field(() => String, { description: 'The rule in English（规则英文说明）.' })
  ruleEn: string

  @Field(() => String, { description: 'The limit（阈值）.' })
  threshold: string

  @Field(() => [LegalBasis], { description: 'Where the rule stands for the contract’s regime（法律依据）.' })
  legalBasis: LegalBasis[]

  @Field(() => [Regime], { description: 'Regimes that the rule applies to（适用制度）.' })
  appliesTo: Regime[]

  @Field(() => CheckResult, { description: 'What was found（结果）.' })
  result: CheckResult

  @Field(() => String, { nullable: true, description: 'What was measured against the limit（实测值）.' })
  measured: string | null

  @Field(() => CheckReason, { nullable: true, description: 'Why it cannot be told, or does not apply（无法判断或不适用的原因）.' })
  reason: CheckReason | null
}

@ObjectType({ description: 'What an import of contracts did（导入结果）.' })
export class HealthProcurementImportPayload {
  @Field(() => Int, { description: 'Contracts that were added（新增）.' })
  added: number

  @Field(() => Int, { description: 'Contracts that were there and are different now（更新）.' })
  changed: number

  @Field(() => Int, { description: 'Contracts that were there already（未变）.' })
  unchanged: number
}
