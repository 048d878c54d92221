import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql'
import { today } from '../../core/day'
import { rowIdOf } from '../../core/ids'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { NodeInterface } from '../interfaces'
import { SourceReader } from '../sources'
import { RECTIFICATION_TASK } from './open-task'
import { RectificationExtensionService } from './rectification-extension.service'
import {
  EditRectificationTaskInput, OpenRectificationTaskInput, PlanRectificationInput, ReassignRectificationInput, RectificationCommandInput, RectificationExtensionCommandInput,
  ReportRectificationRecurrenceInput, RequestRectificationExtensionInput,
} from './rectification.inputs'
import { RectificationService } from './rectification.service'
import { rectificationExtensionMachine, rectificationTaskMachine, type RectificationTaskState } from './rectification-task.states'
import { RectificationExtension, RectificationTask } from './rectification.types'

@ObjectType({ description: 'The task that a command changed（操作结果）.' })
export class RectificationTaskPayload {
  @Field(() => RectificationTask, { description: 'The task as it is now（整改任务）.' })
  rectificationTask: RectificationTask
}

@ObjectType({ description: 'The request for more time that a command changed（操作结果）.' })
export class RectificationExtensionPayload {
  @Field(() => RectificationExtension, { description: 'The request as it is now（延期申请）.' })
  rectificationExtension: RectificationExtension
}

const of = rectificationTaskMachine.commands
const more = rectificationExtensionMachine.commands
/** States in which the unit is still expected to mend. */
const UNMENDED: readonly RectificationTaskState[] = ['OPEN', 'PLANNED', 'IN_PROGRESS', 'RETURNED']
const SETTLED: readonly RectificationTaskState[] = ['CLOSED', 'RECURRED', 'CANCELLED']
/** F-27: given back so often, a problem counts as long unresolved. */
const LONG_UNRESOLVED = 2

@Resolver(() => RectificationTask)
export class RectificationTaskResolver {
  private readonly sources: SourceReader

  constructor(db: Database, private readonly tasks: RectificationService) {
    this.sources = new SourceReader(db, RECTIFICATION_TASK.table)
  }

  @FieldResolver(() => Boolean, { description: 'Its date has passed and it is not declared mended（是否逾期）.' })
  isOverdue(@Root() task: Pick<RectificationTask, 'dueOn' | 'state'>): boolean {
    return task.dueOn < today() && UNMENDED.includes(task.state)
  }

  @FieldResolver(() => Boolean, { description: 'It was given back twice or more and is not closed yet（是否久拖不决）.' })
  isLongUnresolved(@Root() task: Pick<RectificationTask, 'returns' | 'state'>): boolean {
    return task.returns >= LONG_UNRESOLVED && !SETTLED.includes(task.state)
  }

  @FieldResolver(() => NodeInterface, { nullable: true, description: 'What it comes from; null when that is in words or out of the viewer\'s sight（整改来源）.' })
  source(@Root() task: NodeInterface, @Ctx() ctx: RequestContext): Promise<object | null> {
    return this.sources.of(ctx, rowIdOf(RECTIFICATION_TASK.prefix, task.id)!)
  }

  @Mutation(() => RectificationTaskPayload, { description: of.openRectificationTask.description })
  async openRectificationTask(@Arg('input', () => OpenRectificationTaskInput) input: OpenRectificationTaskInput, @Ctx() ctx: RequestContext): Promise<RectificationTaskPayload> {
    return this.answer(ctx, await this.tasks.open(ctx, input))
  }

  @Mutation(() => RectificationTaskPayload, { description: of.editRectificationTask.description })
  async editRectificationTask(@Arg('input', () => EditRectificationTaskInput) input: EditRectificationTaskInput, @Ctx() ctx: RequestContext): Promise<RectificationTaskPayload> {
    return this.answer(ctx, await this.tasks.edit(ctx, input))
  }

  @Mutation(() => RectificationTaskPayload, { description: of.reassignRectificationTask.description })
  async reassignRectificationTask(@Arg('input', () => ReassignRectificationInput) input: ReassignRectificationInput, @Ctx() ctx: RequestContext): Promise<RectificationTaskPayload> {
    return this.answer(ctx, await this.tasks.reassign(ctx, input))
  }

  @Mutation(() => RectificationTaskPayload, { description: of.planRectification.description })
  async planRectification(@Arg('input', () => PlanRectificationInput) input: PlanRectificationInput, @Ctx() ctx: RequestContext): Promise<RectificationTaskPayload> {
    return this.answer(ctx, await this.tasks.plan(ctx, input))
  }

  @Mutation(() => RectificationTaskPayload, { description: of.startRectification.description })
  async startRectification(@Arg('input', () => RectificationCommandInput) input: RectificationCommandInput, @Ctx() ctx: RequestContext): Promise<RectificationTaskPayload> {
    return this.answer(ctx, await this.tasks.start(ctx, input))
  }

  @Mutation(() => RectificationTaskPayload, { description: of.submitRectification.description })
  async submitRectification(@Arg('input', () => RectificationCommandInput) input: RectificationCommandInput, @Ctx() ctx: RequestContext): Promise<RectificationTaskPayload> {
    return this.answer(ctx, await this.tasks.submit(ctx, input))
  }

  @Mutation(() => RectificationTaskPayload, { description: of.recallRectification.description })
  async recallRectification(@Arg('input', () => RectificationCommandInput) input: RectificationCommandInput, @Ctx() ctx: RequestContext): Promise<RectificationTaskPayload> {
    return this.answer(ctx, await this.tasks.recall(ctx, input))
  }

  @Mutation(() => RectificationTaskPayload, { description: of.verifyRectification.description })
  async verifyRectification(@Arg('input', () => RectificationCommandInput) input: RectificationCommandInput, @Ctx() ctx: RequestContext): Promise<RectificationTaskPayload> {
    return this.answer(ctx, await this.tasks.verify(ctx, input))
  }

  @Mutation(() => RectificationTaskPayload, { description: of.returnRectification.description })
  async returnRectification(@Arg('input', () => RectificationCommandInput) input: RectificationCommandInput, @Ctx() ctx: RequestContext): Promise<RectificationTaskPayload> {
    return this.answer(ctx, await this.tasks.return(ctx, input))
  }

  @Mutation(() => RectificationTaskPayload, { description: of.closeRectificationTask.description })
  async closeRectificationTask(@Arg('input', () => RectificationCommandInput) input: RectificationCommandInput, @Ctx() ctx: RequestContext): Promise<RectificationTaskPayload> {
    return this.answer(ctx, await this.tasks.close(ctx, input))
  }

  @Mutation(() => RectificationTaskPayload, { description: of.cancelRectificationTask.description })
  async cancelRectificationTask(@Arg('input', () => RectificationCommandInput) input: RectificationCommandInput, @Ctx() ctx: RequestContext): Promise<RectificationTaskPayload> {
    return this.answer(ctx, await this.tasks.cancel(ctx, input))
  }

  @Mutation(() => RectificationTaskPayload, { description: `${of.reportRectificationRecurrence.description} Answers the new task.` })
  async reportRectificationRecurrence(@Arg('input', () => ReportRectificationRecurrenceInput) input: ReportRectificationRecurrenceInput, @Ctx() ctx: RequestContext): Promise<RectificationTaskPayload> {
    return this.answer(ctx, await this.tasks.reportRecurrence(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<RectificationTaskPayload> {
    return { rectificationTask: await ctx.read.one('RectificationTask', id) as RectificationTask }
  }
}

@Resolver()
export class RectificationExtensionResolver {
  constructor(private readonly extensions: RectificationExtensionService) {}

  @Mutation(() => RectificationExtensionPayload, { description: more.requestRectificationExtension.description })
  async requestRectificationExtension(@Arg('input', () => RequestRectificationExtensionInput) input: RequestRectificationExtensionInput, @Ctx() ctx: RequestContext): Promise<RectificationExtensionPayload> {
    return this.answer(ctx, await this.extensions.request(ctx, input))
  }

  @Mutation(() => RectificationExtensionPayload, { description: more.approveRectificationExtension.description })
  async approveRectificationExtension(@Arg('input', () => RectificationExtensionCommandInput) input: RectificationExtensionCommandInput, @Ctx() ctx: RequestContext): Promise<RectificationExtensionPayload> {
    return this.answer(ctx, await this.extensions.approve(ctx, input))
  }

  @Mutation(() => RectificationExtensionPayload, { description: more.refuseRectificationExtension.description })
  async refuseRectificationExtension(@Arg('input', () => RectificationExtensionCommandInput) input: RectificationExtensionCommandInput, @Ctx() ctx: RequestContext): Promise<RectificationExtensionPayload> {
    return this.answer(ctx, await this.extensions.refuse(ctx, input))
  }

  @Mutation(() => RectificationExtensionPayload, { description: more.withdrawRectificationExtension.description })
  async withdrawRectificationExtension(@Arg('input', () => RectificationExtensionCommandInput) input: RectificationExtensionCommandInput, @Ctx() ctx: RequestContext): Promise<RectificationExtensionPayload> {
    return this.answer(ctx, await this.extensions.withdraw(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<RectificationExtensionPayload> {
    return { rectificationExtension: await ctx.read.one('RectificationExtension', id) as RectificationExtension }
  }
}
