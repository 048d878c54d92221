import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { EditDutyReportInput, FileDutyReportInput } from './duty-report.inputs'
import type { DutyReportService } from './duty-report.service'
import { DutyReport } from './duty-report.types'

@ObjectType({ description: 'The report that a command changed（操作结果）.' })
export class DutyReportPayload {
  @Field(() => DutyReport, { description: 'The report as it is now（述责述廉报告）.' })
  dutyReport: DutyReport
}

@Resolver()
export class DutyReportResolver {
  constructor(private readonly reports: DutyReportService) {}

  @Mutation(() => DutyReportPayload, { description: 'Files what the holder of a post reports on one of the four responsibilities; a new version where the last one was given already（提交述责述廉报告）.' })
  async fileDutyReport(@Arg('input', () => FileDutyReportInput) input: FileDutyReportInput, @Ctx() ctx: RequestContext): Promise<DutyReportPayload> {
    return this.answer(ctx, await this.reports.file(ctx, input))
  }

  @Mutation(() => DutyReportPayload, { description: 'Changes a report that was not given yet, by whoever holds the post（修改述责述廉报告）.' })
  async editDutyReport(@Arg('input', () => EditDutyReportInput) input: EditDutyReportInput, @Ctx() ctx: RequestContext): Promise<DutyReportPayload> {
    return this.answer(ctx, await this.reports.edit(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<DutyReportPayload> {
    return { dutyReport: await ctx.read.one('DutyReport', id) as DutyReport }
  }
}
