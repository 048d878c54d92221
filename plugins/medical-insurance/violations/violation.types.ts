import { Auditable, Decimal, Field, Int, LegalBasis, LocalDate, NodeInterface, ObjectType } from 'plumbline/sdk/graphql'
import { Channel, Outcome, Stage } from './violation.enums'

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A suspicion or finding about a designated institution and how it was handled; one without violation says that the institution was inspected（医保违规记录）.' })
export class MedicalInsuranceViolationRecord {
  id: string

  @Field(() => String, { description: 'Number, unique with the body that handles it（记录编号）.' })
  recordNo: string

  @Field(() => String, { description: 'Code of the institution: counted once however its name is written（定点机构代码）.' })
  providerCode: string

  @Field(() => String, { description: 'Name of the institution（定点机构名称）.' })
  providerName: string

  @Field(() => String, { nullable: true, description: 'Permanent code of the violation type in the plugin’s catalog; null when no violation was found（违规类型编码）.' })
  typeCode: string | null

  @Field(() => Channel, { description: 'How it came to light（发现渠道）.' })
  channel: Channel

  @Field(() => Stage, { description: 'Where its handling stands（处理阶段）.' })
  stage: Stage

  @Field(() => Outcome, { description: 'What came of it（处理结果）.' })
  outcome: Outcome

  @Field(() => LocalDate, { nullable: true, description: 'Day of the inspection on site（现场检查日期）.' })
  inspectedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Day on which the violation was confirmed（认定日期）.' })
  foundOn: string | null

  @Field(() => Decimal, { description: 'Loss of the fund that was found, CNY（查实金额）.' })
  foundAmount: string

  @Field(() => LocalDate, { nullable: true, description: 'Day of the last repayment（退回日期）.' })
  recoveredOn: string | null

  @Field(() => Decimal, { description: 'Repaid to the fund, CNY（追回金额）.' })
  recoveredAmount: string

  @Field(() => LocalDate, { nullable: true, description: 'Day of the decision on the fine（处罚决定日期）.' })
  fineDecidedOn: string | null

  @Field(() => Decimal, { description: 'Fine imposed, CNY（罚款金额）.' })
  fineImposed: string

  @Field(() => LocalDate, { nullable: true, description: 'Day of the last payment of the fine（罚款缴纳日期）.' })
  fineCollectedOn: string | null

  @Field(() => Decimal, { description: 'Fine paid to the treasury, CNY（已缴罚款）.' })
  fineCollected: string

  @Field(() => Boolean, { description: 'Taken back on appeal or review; it no longer counts（已撤销）.' })
  isRevoked: boolean

  @Field(() => String, { nullable: true, description: 'Remark（备注）.' })
  note: string | null

  @Field(() => Boolean, { description: 'Invented for illustration（示例内容）.' })
  isSynthetic: boolean

  createdAt: string
  createdBy: string
  updatedAt: string
  updatedBy: string
  rowVersion: number
}

@ObjectType({ description: 'A violation type of the catalog, with what the law provides（违规类型）.' })
export class MedicalInsuranceViolationType {
  @Field(() => String, { description: 'Permanent code（编码）.' })
  code: string

  @Field(() => String, { description: 'Chinese name（名称）.' })
  nameZh: string

  @Field(() => String, { nullable: true, description: 'English name（英文名称）.' })
  nameEn: string | null

  @Field(() => [LegalBasis], { description: 'Where it stands in law（法律依据）.' })
  legalBasis: LegalBasis[]

  @Field(() => String, { nullable: true, description: 'What the law provides（法律后果）.' })
  sanctionZh: string | null

  @Field(() => Decimal, { nullable: true, description: 'Lowest fine as a multiple of the loss（罚款倍数下限）.' })
  fineMultipleMin: string | null

  @Field(() => Decimal, { nullable: true, description: 'Highest fine as a multiple of the loss（罚款倍数上限）.' })
  fineMultipleMax: string | null
}

@ObjectType({ description: 'What an import of violation records did（导入结果）.' })
export class MedicalInsuranceImportPayload {
  @Field(() => Int, { description: 'Records that were added（新增）.' })
  added: number

  @Field(() => Int, { description: 'Records that were there and are different now（更新）.' })
  changed: number

  @Field(() => Int, { description: 'Records that were there already（未变）.' })
  unchanged: number
}
