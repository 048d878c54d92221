import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { ControlCommandInput, DesignControlInput, EditControlInput, RecordControlTestInput } from './control.inputs'
import { ControlService } from './control.service'
import { controlMachine } from './control.states'
import { Control, ControlTest } from './control.types'

@ObjectType({ description: 'The control that a command changed（操作结果）.' })
export class ControlPayload {
  @Field(() => Control, { description: 'The control as it is now（防控措施）.' })
  control: Control
}

@ObjectType({ description: 'The test that was recorded（操作结果）.' })
export class ControlTestPayload extends ControlPayload {
  @Field(() => ControlTest, { description: 'The test（测试记录）.' })
  controlTest: ControlTest
}

const of = controlMachine.commands

@Resolver()
export class ControlResolver {
  constructor(private readonly controls: ControlService) {}

  @Mutation(() => ControlPayload, { description: 'Enters a control for risk points that are already there（设计防控措施）.' })
  async designControl(@Arg('input', () => DesignControlInput) input: DesignControlInput, @Ctx() ctx: RequestContext): Promise<ControlPayload> {
    return this.answer(ctx, await this.controls.design(ctx, input))
  }

  @Mutation(() => ControlPayload, { description: of.editControl.description })
  async editControl(@Arg('input', () => EditControlInput) input: EditControlInput, @Ctx() ctx: RequestContext): Promise<ControlPayload> {
    return this.answer(ctx, await this.controls.edit(ctx, input))
  }

  @Mutation(() => ControlPayload, { description: of.implementControl.description })
  async implementControl(@Arg('input', () => ControlCommandInput) input: ControlCommandInput, @Ctx() ctx: RequestContext): Promise<ControlPayload> {
    return this.answer(ctx, await this.controls.implement(ctx, input))
  }

  @Mutation(() => ControlPayload, { description: of.operateControl.description })
  async operateControl(@Arg('input', () => ControlCommandInput) input: ControlCommandInput, @Ctx() ctx: RequestContext): Promise<ControlPayload> {
    return this.answer(ctx, await this.controls.operate(ctx, input))
  }

  @Mutation(() => ControlPayload, { description: of.retireControl.description })
  async retireControl(@Arg('input', () => ControlCommandInput) input: ControlCommandInput, @Ctx() ctx: RequestContext): Promise<ControlPayload> {
    return this.answer(ctx, await this.controls.retire(ctx, input))
  }

  @Mutation(() => ControlTestPayload, { description: of.recordControlTest.description })
  async recordControlTest(@Arg('input', () => RecordControlTestInput) input: RecordControlTestInput, @Ctx() ctx: RequestContext): Promise<ControlTestPayload> {
    const { controlId, testId } = await this.controls.recordTest(ctx, input)
    return { ...(await this.answer(ctx, controlId)), controlTest: await ctx.read.one('ControlTest', testId) as ControlTest }
  }

  private async answer(ctx: RequestContext, id: string): Promise<ControlPayload> {
    return { control: await ctx.read.one('Control', id) as Control }
  }
}
