import { Arg, Ctx, Extensions, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { AttachEvidenceLinkInput, RevealEvidenceInput, REVEALED_AT_ONCE, WithdrawEvidenceInput } from './evidence.inputs'
import { EvidenceService } from './evidence.service'
import { downloadPath, Evidence } from './evidence.types'

@ObjectType({ description: 'The evidence that a command changed（操作结果）.' })
export class EvidencePayload {
  @Field(() => Evidence, { description: 'The evidence as it is now（佐证材料）.' })
  evidence: Evidence
}

@ObjectType({ description: 'What is sealed of a piece of sensitive evidence（敏感佐证的密存内容）.' })
export class RevealedEvidence {
  @Field(() => Evidence, { description: 'The evidence（佐证材料）.' })
  evidence: Evidence

  @Field(() => String, { description: 'Its title as it was given（标题）.' })
  title: string

  @Field(() => String, { nullable: true, description: 'Its file name as it was given（文件名）.' })
  fileName: string | null
}

@ObjectType({ description: 'What was read; each piece is logged as read（查阅结果）.' })
export class RevealEvidencePayload {
  @Field(() => [RevealedEvidence], { description: 'The pieces in the order of the ids（佐证材料）.' })
  @Extensions({ max: REVEALED_AT_ONCE })
  revealed: RevealedEvidence[]
}

@Resolver(() => Evidence)
export class EvidenceResolver {
  constructor(private readonly service: EvidenceService) {}

  @FieldResolver(() => Boolean, { description: 'Was it withdrawn? It stays on record, with the reason（是否已撤回）.' })
  isWithdrawn(@Root() evidence: Evidence): boolean {
    return evidence.withdrawnReason !== null
  }

  @FieldResolver(() => String, { nullable: true, description: 'Path on this server that answers the file to those who may open it; null for a link, and when the file was destroyed（下载路径）.' })
  downloadPath(@Root() evidence: Evidence): string | null {
    return evidence.fileName === null || evidence.contentPurgedAt !== null ? null : downloadPath(evidence.id)
  }

  @Mutation(() => EvidencePayload, { description: 'Attaches a link as evidence; files are sent to `POST /evidence`（附加链接佐证）.' })
  async attachEvidenceLink(@Arg('input', () => AttachEvidenceLinkInput) input: AttachEvidenceLinkInput, @Ctx() ctx: RequestContext): Promise<EvidencePayload> {
    return this.payload(ctx, await this.service.attachLink(ctx, input))
  }

  @Mutation(() => EvidencePayload, { description: 'Withdraws a piece of evidence with a reason; it stays on record. By whoever attached it, or by the supervising side（撤回佐证）.' })
  async withdrawEvidence(@Arg('input', () => WithdrawEvidenceInput) input: WithdrawEvidenceInput, @Ctx() ctx: RequestContext): Promise<EvidencePayload> {
    return this.payload(ctx, await this.service.withdraw(ctx, input))
  }

  @Mutation(() => RevealEvidencePayload, { description: 'Reads sealed titles and file names of sensitive evidence, with a reason; every reading is logged（查阅敏感佐证的标题）.' })
  async revealEvidence(@Arg('input', () => RevealEvidenceInput) input: RevealEvidenceInput, @Ctx() ctx: RequestContext): Promise<RevealEvidencePayload> {
    const revealed = await this.service.reveal(ctx, input)
    const evidence = await ctx.read.many('Evidence', revealed.map(r => r.rowId)) as Evidence[]
    return { revealed: revealed.map(({ title, fileName }, i) => ({ evidence: evidence[i]!, title, fileName })) }
  }

  private async payload(ctx: RequestContext, id: string): Promise<EvidencePayload> {
    return { evidence: await ctx.read.one('Evidence', id) as Evidence }
  }
}
