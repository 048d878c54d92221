import { Arg, Ctx, Extensions, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { ClueDeadlineService } from './clue-deadline.service'
import { AddByReceiptInput, ApproveIdentityReleaseInput, RequestIdentityReleaseInput, RevealInput, SetClueDeadlineInput } from './clue-reveal.inputs'
import { ClueCommandInput } from './clue.inputs'
import { Clue, ClueDeadline, ClueEntry, ClueReceipt, ClueTransfer, IdentityRelease, Restitution, Verification } from './clue.types'
import { IdentityReleaseService } from './identity-release.service'
import { identityReleaseMachine } from './identity-release.states'
import { ReceiptService } from './receipt.service'
import { RevealService } from './reveal.service'

@ObjectType({ description: 'The request that a command changed（操作结果）.' })
export class IdentityReleasePayload {
  @Field(() => IdentityRelease, { nullable: true, description: 'As it is now; null where it went out of the viewer’s sight（披露申请）.' })
  identityRelease: IdentityRelease | null
}

@ObjectType({ description: 'The time limit that was set（操作结果）.' })
export class ClueDeadlinePayload {
  @Field(() => ClueDeadline, { description: 'As it is now（办理期限）.' })
  clueDeadline: ClueDeadline
}

@ObjectType({ description: 'Who reported: read for a reason, and logged（举报人信息）.' })
export class RevealReporterIdentityPayload {
  @Field(() => IdentityRelease, { nullable: true, description: 'The request under which it was read（披露申请）.' })
  identityRelease: IdentityRelease | null

  @Field(() => String, { nullable: true, description: 'Name（姓名）.' })
  name: string | null

  @Field(() => String, { nullable: true, description: 'How to reach them（联系方式）.' })
  contact: string | null

  @Field(() => String, { nullable: true, description: 'Where they live（住址）.' })
  address: string | null
}

@ObjectType({ description: 'A text about a clue, opened（已查阅的线索记录）.' })
export class RevealedClueEntry {
  @Field(() => ClueEntry, { nullable: true, description: 'What it is（线索记录）.' })
  entry: ClueEntry | null

  @Field(() => String, { description: 'What it says（内容）.' })
  text: string
}

@ObjectType({ description: 'Why a clue was passed on, opened（已查阅的移交理由）.' })
export class RevealedClueTransfer {
  @Field(() => ClueTransfer, { nullable: true, description: 'The transfer（移交）.' })
  clueTransfer: ClueTransfer | null

  @Field(() => String, { description: 'Why（移交理由）.' })
  reason: string
}

@ObjectType({ description: 'The plan of a verification, opened（已查阅的核实方案）.' })
export class RevealedVerification {
  @Field(() => Verification, { nullable: true, description: 'The verification（核实）.' })
  verification: Verification | null

  @Field(() => String, { description: 'What is to be checked and how（核实方案）.' })
  plan: string
}

@ObjectType({ description: 'To whom something is owed and why, opened（已查阅的补发退还）.' })
export class RevealedRestitution {
  @Field(() => Restitution, { nullable: true, description: 'The restitution（补发退还）.' })
  restitution: Restitution | null

  @Field(() => String, { description: 'To whom（对象）.' })
  beneficiary: string

  @Field(() => String, { description: 'On what basis（依据）.' })
  basis: string
}

const MOST = 500

@ObjectType({ description: 'What is sealed of a clue, as far as the viewer may read it; every piece is logged as read（查阅线索内容）.' })
export class RevealCluePayload {
  @Field(() => Clue, { nullable: true, description: 'The clue（线索）.' })
  clue: Clue | null

  @Field(() => String, { description: 'What it says（内容摘要）.' })
  summary: string

  @Field(() => [RevealedClueEntry], { description: 'What was written about it, oldest first（线索记录）.' })
  @Extensions({ max: MOST })
  entries: RevealedClueEntry[]

  @Field(() => [RevealedClueTransfer], { description: 'Why it was passed on（移交理由）.' })
  @Extensions({ max: MOST })
  transfers: RevealedClueTransfer[]

  @Field(() => [RevealedVerification], { description: 'How it was to be checked（核实方案）.' })
  @Extensions({ max: MOST })
  verifications: RevealedVerification[]

  @Field(() => [RevealedRestitution], { description: 'What is owed to whom（补发退还）.' })
  @Extensions({ max: MOST })
  restitutions: RevealedRestitution[]
}

const of = identityReleaseMachine.commands

@Resolver()
export class ClueRevealResolver {
  constructor(private readonly reveals: RevealService, private readonly releases: IdentityReleaseService, private readonly receipts: ReceiptService, private readonly deadlines: ClueDeadlineService) {}

  @Query(() => ClueReceipt, { nullable: true, description: 'For the holder of a receipt, without signing in: where the matter stands, in plain words. Null for a wrong code, which looks like one that was never given（凭证查询）.' })
  async clueReceipt(@Arg('code', () => String, { description: 'The code on the receipt, as people type it（查询码）.' }) code: string, @Ctx() ctx: RequestContext): Promise<ClueReceipt | null> {
    return this.receipts.stage(ctx, code, ctx.locale)
  }

  @Mutation(() => ClueReceipt, { description: 'For the holder of a receipt, without signing in: adds to the matter, also after it was closed. NOT_FOUND for a wrong code（凭证持有人补充材料）.' })
  async addByClueReceipt(@Arg('input', () => AddByReceiptInput) input: AddByReceiptInput, @Ctx() ctx: RequestContext): Promise<ClueReceipt> {
    return this.receipts.add(ctx, input, ctx.locale)
  }

  @Mutation(() => RevealCluePayload, { description: 'Reads what is sealed of a clue, with a reason; every reading is logged. Who reported is not in it（查阅线索内容）.' })
  async revealClue(@Arg('input', () => RevealInput) input: RevealInput, @Ctx() ctx: RequestContext): Promise<RevealCluePayload> {
    const { rowId, summary, entries, transfers, verifications, restitutions } = await this.reveals.clue(ctx, input)
    const rows = async <T>(type: string, parts: readonly { rowId: string }[]): Promise<(T | null)[]> => await ctx.read.many(type, parts.map(p => p.rowId)) as (T | null)[]
    const [ofEntries, ofTransfers, ofVerifications, ofRestitutions] = await Promise.all([
      rows<ClueEntry>('ClueEntry', entries), rows<ClueTransfer>('ClueTransfer', transfers), rows<Verification>('Verification', verifications), rows<Restitution>('Restitution', restitutions),
    ])
    return {
      clue: await ctx.read.one('Clue', rowId) as Clue | null, summary,
      entries: entries.map(({ text }, i) => ({ entry: ofEntries[i]!, text })),
      transfers: transfers.map(({ reason }, i) => ({ clueTransfer: ofTransfers[i]!, reason })),
      verifications: verifications.map(({ plan }, i) => ({ verification: ofVerifications[i]!, plan })),
      restitutions: restitutions.map(({ beneficiary, basis }, i) => ({ restitution: ofRestitutions[i]!, beneficiary, basis })),
    }
  }

  @Mutation(() => RevealedClueTransfer, { description: 'Reads why a clue is passed on, with a reason, before it is accepted; logged（查阅移交理由）.' })
  async revealClueTransfer(@Arg('input', () => RevealInput) input: RevealInput, @Ctx() ctx: RequestContext): Promise<RevealedClueTransfer> {
    const { rowId, reason } = await this.reveals.transfer(ctx, input)
    return { clueTransfer: await ctx.read.one('ClueTransfer', rowId) as ClueTransfer | null, reason }
  }

  @Mutation(() => IdentityReleasePayload, { description: of.requestIdentityRelease.description })
  async requestIdentityRelease(@Arg('input', () => RequestIdentityReleaseInput) input: RequestIdentityReleaseInput, @Ctx() ctx: RequestContext): Promise<IdentityReleasePayload> {
    return this.release(ctx, await this.releases.request(ctx, input))
  }

  @Mutation(() => IdentityReleasePayload, { description: of.approveIdentityRelease.description })
  async approveIdentityRelease(@Arg('input', () => ApproveIdentityReleaseInput) input: ApproveIdentityReleaseInput, @Ctx() ctx: RequestContext): Promise<IdentityReleasePayload> {
    return this.release(ctx, await this.releases.approve(ctx, input))
  }

  @Mutation(() => IdentityReleasePayload, { description: of.refuseIdentityRelease.description })
  async refuseIdentityRelease(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<IdentityReleasePayload> {
    return this.release(ctx, await this.releases.refuse(ctx, input))
  }

  @Mutation(() => IdentityReleasePayload, { description: of.withdrawIdentityRelease.description })
  async withdrawIdentityRelease(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<IdentityReleasePayload> {
    return this.release(ctx, await this.releases.withdraw(ctx, input))
  }

  @Mutation(() => IdentityReleasePayload, { description: of.revokeIdentityRelease.description })
  async revokeIdentityRelease(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<IdentityReleasePayload> {
    return this.release(ctx, await this.releases.revoke(ctx, input))
  }

  @Mutation(() => RevealReporterIdentityPayload, { description: of.revealReporterIdentity.description })
  async revealReporterIdentity(@Arg('input', () => RevealInput) input: RevealInput, @Ctx() ctx: RequestContext): Promise<RevealReporterIdentityPayload> {
    const { rowId, ...reporter } = await this.releases.reveal(ctx, input)
    return { ...await this.release(ctx, rowId), ...reporter }
  }

  @Mutation(() => ClueDeadlinePayload, { description: 'Sets how long a step of handling may take, with its legal basis, or confirms a default that was compared with the law; for what begins afterwards（设置或确认线索办理期限）.' })
  async setClueDeadline(@Arg('input', () => SetClueDeadlineInput) input: SetClueDeadlineInput, @Ctx() ctx: RequestContext): Promise<ClueDeadlinePayload> {
    return { clueDeadline: await ctx.read.one('ClueDeadline', await this.deadlines.set(ctx, input)) as ClueDeadline }
  }

  private async release(ctx: RequestContext, id: string): Promise<IdentityReleasePayload> {
    return { identityRelease: await ctx.read.one('IdentityRelease', id) as IdentityRelease | null }
  }
}
