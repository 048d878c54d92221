import { Arg, Ctx, Extensions, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { clueMachine } from '../clue'
import { DateTime } from '../scalars'
import { CaseCommandInput, EditCaseInput, EditGovernanceMeasureInput, FileCaseInput, ImplementGovernanceMeasureInput, ProposeGovernanceMeasureInput, RecordTrialOpinionInput, RevealCaseInput, TransferCaseInput } from './case.inputs'
import { CaseService } from './case.service'
import { caseMachine } from './case.states'
import { Case, CaseEntryKind, GovernanceMeasure } from './case.types'
import { GovernanceMeasureService } from './governance-measure.service'
import { governanceMeasureMachine } from './governance-measure.states'
import { RevealCaseService } from './reveal-case.service'

@ObjectType({ description: 'The case that a command changed（操作结果）.' })
export class CasePayload {
  @Field(() => Case, { nullable: true, description: 'As it is now; null where it is out of the viewer’s sight（案件）.' })
  case: Case | null
}

@ObjectType({ description: 'The measure that a command changed（操作结果）.' })
export class GovernanceMeasurePayload {
  @Field(() => GovernanceMeasure, { nullable: true, description: 'As it is now（治理措施）.' })
  governanceMeasure: GovernanceMeasure | null
}

@ObjectType({ description: 'A text about a case, opened（已查阅的案件文书）.' })
export class RevealedCaseEntry {
  @Field(() => CaseEntryKind, { description: 'What it is（类型）.' })
  kind: CaseEntryKind

  @Field(() => String, { description: 'The command that it came with（所属操作）.' })
  command: string

  @Field(() => DateTime, { description: 'When（时间）.' })
  at: string

  @Field(() => String, { description: 'Who wrote it（记录人）.' })
  actor: string

  @Field(() => String, { description: 'What it says（内容）.' })
  text: string
}

@ObjectType({ description: 'What is sealed of a case; every piece is logged as read（查阅案件文书）.' })
export class RevealCasePayload {
  @Field(() => Case, { nullable: true, description: 'The case（案件）.' })
  case: Case | null

  @Field(() => [RevealedCaseEntry], { description: 'What was written about it, oldest first（案件文书）.' })
  @Extensions({ max: 500 })
  entries: RevealedCaseEntry[]
}

const of = caseMachine.commands
const ofMeasure = governanceMeasureMachine.commands

@Resolver()
export class CaseResolver {
  constructor(private readonly cases: CaseService, private readonly measures: GovernanceMeasureService, private readonly reveals: RevealCaseService) {}

  @Mutation(() => CasePayload, { description: clueMachine.commands.fileCase.description })
  async fileCase(@Arg('input', () => FileCaseInput) input: FileCaseInput, @Ctx() ctx: RequestContext): Promise<CasePayload> {
    return this.answer(ctx, await this.cases.file(ctx, input))
  }

  @Mutation(() => CasePayload, { description: of.startCaseInvestigation.description })
  async startCaseInvestigation(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<CasePayload> {
    return this.answer(ctx, await this.cases.start(ctx, input))
  }

  @Mutation(() => CasePayload, { description: of.editCase.description })
  async editCase(@Arg('input', () => EditCaseInput) input: EditCaseInput, @Ctx() ctx: RequestContext): Promise<CasePayload> {
    return this.answer(ctx, await this.cases.edit(ctx, input))
  }

  @Mutation(() => CasePayload, { description: of.transferCaseToTrial.description })
  async transferCaseToTrial(@Arg('input', () => TransferCaseInput) input: TransferCaseInput, @Ctx() ctx: RequestContext): Promise<CasePayload> {
    return this.answer(ctx, await this.cases.transferToTrial(ctx, input))
  }

  @Mutation(() => CasePayload, { description: of.proposeCaseWithdrawal.description })
  async proposeCaseWithdrawal(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<CasePayload> {
    return this.answer(ctx, await this.cases.proposeWithdrawal(ctx, input))
  }

  @Mutation(() => CasePayload, { description: of.withdrawCase.description })
  async withdrawCase(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<CasePayload> {
    return this.answer(ctx, await this.cases.withdraw(ctx, input))
  }

  @Mutation(() => CasePayload, { description: of.recordTrialOpinion.description })
  async recordTrialOpinion(@Arg('input', () => RecordTrialOpinionInput) input: RecordTrialOpinionInput, @Ctx() ctx: RequestContext): Promise<CasePayload> {
    return this.answer(ctx, await this.cases.recordOpinion(ctx, input))
  }

  @Mutation(() => CasePayload, { description: of.returnCaseToInvestigation.description })
  async returnCaseToInvestigation(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<CasePayload> {
    return this.answer(ctx, await this.cases.returnToInvestigation(ctx, input))
  }

  @Mutation(() => CasePayload, { description: of.adjudicateCase.description })
  async adjudicateCase(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<CasePayload> {
    return this.answer(ctx, await this.cases.adjudicate(ctx, input))
  }

  @Mutation(() => CasePayload, { description: of.reopenCaseTrial.description })
  async reopenCaseTrial(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<CasePayload> {
    return this.answer(ctx, await this.cases.reopenTrial(ctx, input))
  }

  @Mutation(() => CasePayload, { description: of.startCaseGovernance.description })
  async startCaseGovernance(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<CasePayload> {
    return this.answer(ctx, await this.cases.startGovernance(ctx, input))
  }

  @Mutation(() => CasePayload, { description: of.waiveCaseGovernance.description })
  async waiveCaseGovernance(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<CasePayload> {
    return this.answer(ctx, await this.cases.waiveGovernance(ctx, input))
  }

  @Mutation(() => CasePayload, { description: of.closeCase.description })
  async closeCase(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<CasePayload> {
    return this.answer(ctx, await this.cases.close(ctx, input))
  }

  @Mutation(() => GovernanceMeasurePayload, { description: ofMeasure.proposeGovernanceMeasure.description })
  async proposeGovernanceMeasure(@Arg('input', () => ProposeGovernanceMeasureInput) input: ProposeGovernanceMeasureInput, @Ctx() ctx: RequestContext): Promise<GovernanceMeasurePayload> {
    return this.measure(ctx, await this.measures.propose(ctx, input))
  }

  @Mutation(() => GovernanceMeasurePayload, { description: ofMeasure.editGovernanceMeasure.description })
  async editGovernanceMeasure(@Arg('input', () => EditGovernanceMeasureInput) input: EditGovernanceMeasureInput, @Ctx() ctx: RequestContext): Promise<GovernanceMeasurePayload> {
    return this.measure(ctx, await this.measures.edit(ctx, input))
  }

  @Mutation(() => GovernanceMeasurePayload, { description: ofMeasure.acceptGovernanceMeasure.description })
  async acceptGovernanceMeasure(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<GovernanceMeasurePayload> {
    return this.measure(ctx, await this.measures.accept(ctx, input))
  }

  @Mutation(() => GovernanceMeasurePayload, { description: ofMeasure.returnGovernanceMeasure.description })
  async returnGovernanceMeasure(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<GovernanceMeasurePayload> {
    return this.measure(ctx, await this.measures.return(ctx, input))
  }

  @Mutation(() => GovernanceMeasurePayload, { description: ofMeasure.implementGovernanceMeasure.description })
  async implementGovernanceMeasure(@Arg('input', () => ImplementGovernanceMeasureInput) input: ImplementGovernanceMeasureInput, @Ctx() ctx: RequestContext): Promise<GovernanceMeasurePayload> {
    return this.measure(ctx, await this.measures.implement(ctx, input))
  }

  @Mutation(() => GovernanceMeasurePayload, { description: ofMeasure.returnGovernanceReport.description })
  async returnGovernanceReport(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<GovernanceMeasurePayload> {
    return this.measure(ctx, await this.measures.returnReport(ctx, input))
  }

  @Mutation(() => GovernanceMeasurePayload, { description: ofMeasure.verifyGovernanceMeasure.description })
  async verifyGovernanceMeasure(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<GovernanceMeasurePayload> {
    return this.measure(ctx, await this.measures.verify(ctx, input))
  }

  @Mutation(() => GovernanceMeasurePayload, { description: ofMeasure.cancelGovernanceMeasure.description })
  async cancelGovernanceMeasure(@Arg('input', () => CaseCommandInput) input: CaseCommandInput, @Ctx() ctx: RequestContext): Promise<GovernanceMeasurePayload> {
    return this.measure(ctx, await this.measures.cancel(ctx, input))
  }

  @Mutation(() => RevealCasePayload, { description: 'Reads what is sealed of a case, with a reason; every reading is logged（查阅案件文书）.' })
  async revealCase(@Arg('input', () => RevealCaseInput) input: RevealCaseInput, @Ctx() ctx: RequestContext): Promise<RevealCasePayload> {
    const { rowId, entries } = await this.reveals.reveal(ctx, input)
    return { ...await this.answer(ctx, rowId), entries }
  }

  private async answer(ctx: RequestContext, id: string): Promise<CasePayload> {
    return { case: await ctx.read.one('Case', id) as Case | null }
  }

  private async measure(ctx: RequestContext, id: string): Promise<GovernanceMeasurePayload> {
    return { governanceMeasure: await ctx.read.one('GovernanceMeasure', id) as GovernanceMeasure | null }
  }
}
