import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { AttachEvidenceLinkInput, WithdrawEvidenceInput } from './evidence.inputs'
import { EvidenceService } from './evidence.service'
import { downloadPath, Evidence } from './evidence.types'

@ObjectType({ description: 'The evidence that a command changed（操作结果）.' })
export class EvidencePayload {
  @Field(() => Evidence, { description: 'The evidence as it is now（佐证材料）.' })
  evidence: Evidence
}

@Resolver(() => Evidence)
export class EvidenceResolver {
  constructor(private readonly service: EvidenceService) {}

  @FieldResolver(() => Boolean, { description: 'Was it withdrawn? It stays on record, with the reason（是否已撤回）.' })
  isWithdrawn(@Root() evidence: Evidence): boolean {
    return evidence.withdrawnReason !== null
  }

  @FieldResolver(() => String, { nullable: true, description: 'Path on this server that answers the file to those who may open it; null for a link（下载路径）.' })
  downloadPath(@Root() evidence: Evidence): string | null {
    return evidence.fileName === null ? null : downloadPath(evidence.id)
  }

  @Mutation(() => EvidencePayload, { description: 'Attaches a link as evidence; files are sent to `POST /evidence`（附加链接佐证）.' })
  async attachEvidenceLink(@Arg('input', () => AttachEvidenceLinkInput) input: AttachEvidenceLinkInput, @Ctx() ctx: RequestContext): Promise<EvidencePayload> {
    return this.payload(ctx, await this.service.attachLink(ctx, input))
  }

  @Mutation(() => EvidencePayload, { description: 'Withdraws a piece of evidence with a reason; it stays on record. By whoever attached it, or by the supervising side（撤回佐证）.' })
  async withdrawEvidence(@Arg('input', () => WithdrawEvidenceInput) input: WithdrawEvidenceInput, @Ctx() ctx: RequestContext): Promise<EvidencePayload> {
    return this.payload(ctx, await this.service.withdraw(ctx, input))
  }

  private async payload(ctx: RequestContext, id: string): Promise<EvidencePayload> {
    return { evidence: await ctx.read.one('Evidence', id) as Evidence }
  }
}
