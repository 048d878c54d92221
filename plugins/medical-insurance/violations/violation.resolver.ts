import { Arg, check, CommandInput, Ctx, Field, FieldResolver, ID, InputType, Mutation, Resolver, Root, type RequestContext } from 'plumbline/sdk/graphql'
import { FineCheck } from './violation.enums'
import { fineCheck, sanctionOf, type ViolationService } from './violation.service'
import { MedicalInsuranceImportPayload, MedicalInsuranceViolationRecord, MedicalInsuranceViolationType } from './violation.types'

/** About 500 KB of file: larger ones are sent to POST /workbooks and imported as a job. */
const MAX_BASE64 = 700_000

@InputType({ description: 'A file of violation records for the register of a unit（导入违规记录）.' })
export class ImportMedicalInsuranceViolationRecordsInput extends CommandInput {
  @Field(() => ID, { description: 'The body that handles them（处理单位）.' })
  unitId: string

  @Field(() => String, { description: 'Name of the file, for messages（文件名）.' })
  @check.Length(1, 200)
  fileName: string

  @Field(() => String, { description: 'The CSV or XLSX file, Base64, at most 700,000 characters（文件内容）.' })
  @check.MaxLength(MAX_BASE64) @check.IsBase64()
  contentBase64: string
}

@Resolver(() => MedicalInsuranceViolationRecord)
export class ViolationResolver {
  /** The types of one request are read once, however many records it shows. */
  private readonly types = new WeakMap<RequestContext, ReturnType<ViolationService['types']>>()

  constructor(private readonly violations: ViolationService) {}

  @FieldResolver(() => MedicalInsuranceViolationType, { nullable: true, description: 'The violation type as the catalog in use has it（违规类型）.' })
  async violationType(@Root() record: MedicalInsuranceViolationRecord, @Ctx() ctx: RequestContext): Promise<MedicalInsuranceViolationType | null> {
    const type = record.typeCode === null ? undefined : (await this.typesOf(ctx)).get(record.typeCode)
    if (!type) return null
    const { textZh, fineMultipleMin, fineMultipleMax } = sanctionOf(type)
    return {
      code: type.code, nameZh: type.titleZh, nameEn: type.titleEn, sanctionZh: textZh ?? null,
      fineMultipleMin: fineMultipleMin?.toString() ?? null, fineMultipleMax: fineMultipleMax?.toString() ?? null,
      legalBasis: type.legalBasis.map(b => ({ title: b.title, article: b.article ?? null, documentNo: b.documentNo ?? null })),
    }
  }

  @FieldResolver(() => FineCheck, { description: 'Whether the fine lies in the range that the law gives for the type（罚款幅度核查）.' })
  async fineCheck(@Root() record: MedicalInsuranceViolationRecord, @Ctx() ctx: RequestContext): Promise<FineCheck> {
    return fineCheck(record.fineImposed, record.foundAmount, record.typeCode === null ? undefined : (await this.typesOf(ctx)).get(record.typeCode))
  }

  @Mutation(() => MedicalInsuranceImportPayload, { description: 'Adds the records of a CSV or XLSX file to a unit’s register, or corrects those with the same number; nothing is written unless every row is right（导入医保违规记录）.' })
  importMedicalInsuranceViolationRecords(@Arg('input', () => ImportMedicalInsuranceViolationRecordsInput) input: ImportMedicalInsuranceViolationRecordsInput, @Ctx() ctx: RequestContext): Promise<MedicalInsuranceImportPayload> {
    const file = { name: input.fileName, content: Buffer.from(input.contentBase64, 'base64') }
    return this.violations.import(ctx, { unitId: input.unitId, idempotencyKey: input.idempotencyKey ?? null, file })
  }

  private typesOf(ctx: RequestContext): ReturnType<ViolationService['types']> {
    let types = this.types.get(ctx)
    if (!types) this.types.set(ctx, (types = this.violations.types()))
    return types
  }
}
