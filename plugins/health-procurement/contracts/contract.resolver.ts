import { Arg, check, CommandInput, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Resolver, Root, type RequestContext } from 'plumbline/sdk/graphql'
import type { PluginData } from 'plumbline/sdk/data'
import { contractReads } from './contract.reads'
import type { ContractService } from './contract.service'
import { HealthProcurementContract, HealthProcurementImportPayload, HealthProcurementLegalCheck } from './contract.types'
import type { Regime } from './contract.enums'

/** About 500 KB of file: larger ones are sent to POST /workbooks and imported as a job. */
const MAX_BASE64 = 700_000

@InputType({ description: 'A file of contracts for the register of a unit（导入合同）.' })
export class ImportHealthProcurementContractsInput extends CommandInput {
  @Field(() => ID, { description: 'The buyer（采购单位）.' })
  unitId: string

  @Field(() => String, { description: 'Name of the file, for messages（文件名）.' })
  @check.Length(1, 200)
  fileName: string

  @Field(() => String, { description: 'The CSV or XLSX file, Base64, at most 700,000 characters（文件内容）.' })
  @check.MaxLength(MAX_BASE64) @check.IsBase64()
  contentBase64: string
}

@InputType({ description: 'Runs the legal checks anew（重新核查）.' })
export class RecheckHealthProcurementContractsInput extends CommandInput {
  @Field(() => ID, { description: 'The buyer（采购单位）.' })
  unitId: string
}

@ObjectType({ description: 'What a recheck found（操作结果）.' })
export class HealthProcurementRecheckPayload {
  @Field(() => Int, { description: 'Contracts that were checked（核查数）.' })
  checked: number

  @Field(() => Int, { description: 'Contracts whose flags are different now（变化数）.' })
  changed: number
}

@Resolver(() => HealthProcurementContract)
export class ContractResolver {
  constructor(private readonly contracts: ContractService, private readonly data: PluginData) {}

  @FieldResolver(() => [HealthProcurementLegalCheck], { description: 'What each legal requirement says about it（法定要求核查）.' })
  async legalChecks(@Root() contract: HealthProcurementContract, @Ctx() ctx: RequestContext): Promise<HealthProcurementLegalCheck[]> {
    const row = await this.data.row(ctx, contractReads, contract.id)
    return row === null ? [] : (await this.contracts.checks(row)).map(({ check: c, result, reason, measured, legalBasis }) => ({
      code: c.code, titleZh: c.titleZh, titleEn: c.titleEn, ruleZh: c.ruleZh, ruleEn: c.ruleEn, threshold: c.threshold, result, reason, measured,
      appliesTo: Object.keys(c.basis) as Regime[], legalBasis: legalBasis.map(b => ({ ...b, documentNo: null })),
    }))
  }

  @Mutation(() => HealthProcurementImportPayload, { description: 'Adds the contracts of a CSV or XLSX file to a unit’s register, or corrects those with the same number; nothing is written unless every row is right（导入采购合同）.' })
  importHealthProcurementContracts(@Arg('input', () => ImportHealthProcurementContractsInput) input: ImportHealthProcurementContractsInput, @Ctx() ctx: RequestContext): Promise<HealthProcurementImportPayload> {
    const file = { name: input.fileName, content: Buffer.from(input.contentBase64, 'base64') }
    return this.contracts.import(ctx, { unitId: input.unitId, idempotencyKey: input.idempotencyKey ?? null, file })
  }

  @Mutation(() => HealthProcurementRecheckPayload, { description: 'Runs the legal checks anew on the contracts of a unit, after a new version of the rules or of the holiday calendar（重新核查采购合同）.' })
  recheckHealthProcurementContracts(@Arg('input', () => RecheckHealthProcurementContractsInput) input: RecheckHealthProcurementContractsInput, @Ctx() ctx: RequestContext): Promise<HealthProcurementRecheckPayload> {
    return this.contracts.recheck(ctx, input)
  }
}
