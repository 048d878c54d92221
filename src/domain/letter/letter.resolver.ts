import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql'
import { today } from '../../core/day'
import { rowIdOf } from '../../core/ids'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { APPROVAL_CHAIN, ApprovalChain, ApprovalChains } from '../approval'
import { NodeInterface } from '../interfaces'
import { SourceReader } from '../sources'
import { LetterItemService } from './letter-item.service'
import { letterSubmissions } from './letter-moves'
import {
  AddRecommendationItemInput, AdoptRecommendationItemInput, DraftRecommendationLetterInput, EditRecommendationItemInput, EditRecommendationLetterInput, LetterCommandInput,
  SignRecommendationLetterInput,
} from './letter.inputs'
import { LETTER } from './letter.repository'
import { LetterService } from './letter.service'
import { RecommendationItem, RecommendationLetter } from './letter.types'
import { recommendationItemMachine, recommendationLetterMachine, type RecommendationLetterState } from './recommendation-letter.states'

@ObjectType({ description: 'The letter that a command changed（操作结果）.' })
export class RecommendationLetterPayload {
  @Field(() => RecommendationLetter, { description: 'The letter as it is now（建议书）.' })
  recommendationLetter: RecommendationLetter
}

@ObjectType({ description: 'The recommendation that a command changed（操作结果）.' })
export class RecommendationItemPayload {
  @Field(() => RecommendationItem, { description: 'The recommendation as it is now（建议）.' })
  recommendationItem: RecommendationItem
}

const of = { ...recommendationLetterMachine.commands, ...recommendationItemMachine.commands }
const UNANSWERED: readonly RecommendationLetterState[] = ['ISSUED', 'ACKNOWLEDGED']

@Resolver(() => RecommendationLetter)
export class RecommendationLetterResolver {
  private readonly sources: SourceReader
  private readonly chains: ApprovalChains

  constructor(db: Database, private readonly letters: LetterService) {
    this.sources = new SourceReader(db, LETTER.table)
    this.chains = new ApprovalChains(db, letterSubmissions)
  }

  @FieldResolver(() => ApprovalChain, { description: APPROVAL_CHAIN })
  approvalChain(@Root() letter: NodeInterface, @Ctx() ctx: RequestContext): Promise<ApprovalChain> {
    return this.chains.of(ctx, rowIdOf(LETTER.prefix, letter.id)!)
  }

  @FieldResolver(() => Boolean, { description: 'Its time to reply is over and it is not answered（是否逾期未回复）.' })
  isOverdue(@Root() letter: Pick<RecommendationLetter, 'replyDueOn' | 'state'>): boolean {
    return letter.replyDueOn !== null && letter.replyDueOn < today() && UNANSWERED.includes(letter.state)
  }

  @FieldResolver(() => NodeInterface, { nullable: true, description: 'What it rests on; null when that is in words or out of the viewer\'s sight（建议书来源）.' })
  source(@Root() letter: NodeInterface, @Ctx() ctx: RequestContext): Promise<object | null> {
    return this.sources.of(ctx, rowIdOf(LETTER.prefix, letter.id)!)
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.draftRecommendationLetter.description })
  async draftRecommendationLetter(@Arg('input', () => DraftRecommendationLetterInput) input: DraftRecommendationLetterInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.draft(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.editRecommendationLetter.description })
  async editRecommendationLetter(@Arg('input', () => EditRecommendationLetterInput) input: EditRecommendationLetterInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.edit(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.submitRecommendationLetter.description })
  async submitRecommendationLetter(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.submit(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.signRecommendationLetter.description })
  async signRecommendationLetter(@Arg('input', () => SignRecommendationLetterInput) input: SignRecommendationLetterInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.sign(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.returnRecommendationLetter.description })
  async returnRecommendationLetter(@Arg('input', () => SignRecommendationLetterInput) input: SignRecommendationLetterInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.return(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.withdrawRecommendationLetter.description })
  async withdrawRecommendationLetter(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.withdraw(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.issueRecommendationLetter.description })
  async issueRecommendationLetter(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.issue(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.revokeRecommendationLetter.description })
  async revokeRecommendationLetter(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.revoke(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.acknowledgeRecommendationLetter.description })
  async acknowledgeRecommendationLetter(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.acknowledge(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.replyRecommendationLetter.description })
  async replyRecommendationLetter(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.reply(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.acceptRecommendationRefusal.description })
  async acceptRecommendationRefusal(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.acceptRefusal(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.escalateRecommendationLetter.description })
  async escalateRecommendationLetter(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.escalate(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.orderRecommendationReply.description })
  async orderRecommendationReply(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.orderReply(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.upholdRecommendationRefusal.description })
  async upholdRecommendationRefusal(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.upholdRefusal(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.reportRecommendationLetter.description })
  async reportRecommendationLetter(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.report(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.returnRecommendationReport.description })
  async returnRecommendationReport(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.returnReport(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.verifyRecommendationLetter.description })
  async verifyRecommendationLetter(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.verify(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: of.closeRecommendationLetter.description })
  async closeRecommendationLetter(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.close(ctx, input))
  }

  @Mutation(() => RecommendationLetterPayload, { description: `${of.removeRecommendationItem.description} Answers the letter.` })
  async removeRecommendationItem(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationLetterPayload> {
    return this.answer(ctx, await this.letters.removeItem(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<RecommendationLetterPayload> {
    return { recommendationLetter: await ctx.read.one('RecommendationLetter', id) as RecommendationLetter }
  }
}

@Resolver()
export class RecommendationItemResolver {
  constructor(private readonly letters: LetterService, private readonly items: LetterItemService) {}

  @Mutation(() => RecommendationItemPayload, { description: of.addRecommendationItem.description })
  async addRecommendationItem(@Arg('input', () => AddRecommendationItemInput) input: AddRecommendationItemInput, @Ctx() ctx: RequestContext): Promise<RecommendationItemPayload> {
    return this.answer(ctx, await this.letters.addItem(ctx, input))
  }

  @Mutation(() => RecommendationItemPayload, { description: of.editRecommendationItem.description })
  async editRecommendationItem(@Arg('input', () => EditRecommendationItemInput) input: EditRecommendationItemInput, @Ctx() ctx: RequestContext): Promise<RecommendationItemPayload> {
    return this.answer(ctx, await this.letters.editItem(ctx, input))
  }

  @Mutation(() => RecommendationItemPayload, { description: of.adoptRecommendationItem.description })
  async adoptRecommendationItem(@Arg('input', () => AdoptRecommendationItemInput) input: AdoptRecommendationItemInput, @Ctx() ctx: RequestContext): Promise<RecommendationItemPayload> {
    return this.answer(ctx, await this.items.adopt(ctx, input))
  }

  @Mutation(() => RecommendationItemPayload, { description: of.declineRecommendationItem.description })
  async declineRecommendationItem(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationItemPayload> {
    return this.answer(ctx, await this.items.decline(ctx, input))
  }

  @Mutation(() => RecommendationItemPayload, { description: of.implementRecommendationItem.description })
  async implementRecommendationItem(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationItemPayload> {
    return this.answer(ctx, await this.items.implement(ctx, input))
  }

  @Mutation(() => RecommendationItemPayload, { description: of.verifyRecommendationItem.description })
  async verifyRecommendationItem(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationItemPayload> {
    return this.answer(ctx, await this.items.verify(ctx, input))
  }

  @Mutation(() => RecommendationItemPayload, { description: of.returnRecommendationItem.description })
  async returnRecommendationItem(@Arg('input', () => LetterCommandInput) input: LetterCommandInput, @Ctx() ctx: RequestContext): Promise<RecommendationItemPayload> {
    return this.answer(ctx, await this.items.return(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<RecommendationItemPayload> {
    return { recommendationItem: await ctx.read.one('RecommendationItem', id) as RecommendationItem }
  }
}
