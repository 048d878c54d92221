import DataLoader from 'dataloader'
import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql'
import { today } from '../../core/day'
import { rowIdOf } from '../../core/ids'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { NodeInterface } from '../interfaces'
import { CollaborationRecordCommandInput, CompleteCollaborationRecordInput, ResendCollaborationRecordInput, SendCollaborationRecordInput } from './collaboration.inputs'
import { linkedOf, RECORD } from './collaboration.repository'
import { CollaborationRecord } from './collaboration.types'
import { collaborationRecordMachine } from './collaboration-record.states'
import type { CollaborationRecordService } from './record.service'

@ObjectType({ description: 'The exchange that a command changed（操作结果）.' })
export class CollaborationRecordPayload {
  @Field(() => CollaborationRecord, { description: 'The exchange as it is now（协作事项）.' })
  collaborationRecord: CollaborationRecord
}

const of = collaborationRecordMachine.commands

@Resolver(() => CollaborationRecord)
export class CollaborationRecordResolver {
  private readonly loaders = new WeakMap<RequestContext, DataLoader<string, string | null>>()

  constructor(private readonly db: Database, private readonly records: CollaborationRecordService) {}

  @FieldResolver(() => Boolean, { description: 'Its date has passed and the receiver has neither taken it up nor given it back（是否逾期未签收）.' })
  isOverdue(@Root() record: Pick<CollaborationRecord, 'dueOn' | 'state'>): boolean {
    return record.state === 'SENT' && record.dueOn < today()
  }

  @FieldResolver(() => NodeInterface, { nullable: true, description: 'The activity, finding or clue that it is about, as far as the viewer may see it（相关对象）.' })
  async linked(@Root() record: NodeInterface, @Ctx() ctx: RequestContext): Promise<object | null> {
    let loader = this.loaders.get(ctx)
    if (!loader) this.loaders.set(ctx, (loader = this.loader()))
    const linked = await loader.load(rowIdOf(RECORD.prefix, record.id)!)
    return linked === null ? null : ctx.read.node(linked)
  }

  @Mutation(() => CollaborationRecordPayload, { description: of.sendCollaborationRecord.description })
  async sendCollaborationRecord(@Arg('input', () => SendCollaborationRecordInput) input: SendCollaborationRecordInput, @Ctx() ctx: RequestContext): Promise<CollaborationRecordPayload> {
    return this.answer(ctx, await this.records.send(ctx, input))
  }

  @Mutation(() => CollaborationRecordPayload, { description: of.recallCollaborationRecord.description })
  async recallCollaborationRecord(@Arg('input', () => CollaborationRecordCommandInput) input: CollaborationRecordCommandInput, @Ctx() ctx: RequestContext): Promise<CollaborationRecordPayload> {
    return this.answer(ctx, await this.records.recall(ctx, input))
  }

  @Mutation(() => CollaborationRecordPayload, { description: of.resendCollaborationRecord.description })
  async resendCollaborationRecord(@Arg('input', () => ResendCollaborationRecordInput) input: ResendCollaborationRecordInput, @Ctx() ctx: RequestContext): Promise<CollaborationRecordPayload> {
    return this.answer(ctx, await this.records.resend(ctx, input))
  }

  @Mutation(() => CollaborationRecordPayload, { description: of.acknowledgeCollaborationRecord.description })
  async acknowledgeCollaborationRecord(@Arg('input', () => CollaborationRecordCommandInput) input: CollaborationRecordCommandInput, @Ctx() ctx: RequestContext): Promise<CollaborationRecordPayload> {
    return this.answer(ctx, await this.records.acknowledge(ctx, input))
  }

  @Mutation(() => CollaborationRecordPayload, { description: of.returnCollaborationRecord.description })
  async returnCollaborationRecord(@Arg('input', () => CollaborationRecordCommandInput) input: CollaborationRecordCommandInput, @Ctx() ctx: RequestContext): Promise<CollaborationRecordPayload> {
    return this.answer(ctx, await this.records.return(ctx, input))
  }

  @Mutation(() => CollaborationRecordPayload, { description: of.completeCollaborationRecord.description })
  async completeCollaborationRecord(@Arg('input', () => CompleteCollaborationRecordInput) input: CompleteCollaborationRecordInput, @Ctx() ctx: RequestContext): Promise<CollaborationRecordPayload> {
    return this.answer(ctx, await this.records.complete(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<CollaborationRecordPayload> {
    return { collaborationRecord: await ctx.read.one('CollaborationRecord', id) as CollaborationRecord }
  }

  private loader(): DataLoader<string, string | null> {
    return new DataLoader(async ids => {
      const linked = new Map((await linkedOf(this.db, ids)).map(r => [r.id, r.linked]))
      return ids.map(id => linked.get(id) ?? null)
    }, { cache: false })
  }
}
