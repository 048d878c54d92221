import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { CreatePositionInput, EditPositionInput } from './position.inputs'
import type { PositionService } from './position.service'
import { Position } from './position.types'

@ObjectType({ description: 'The post that a command changed（操作结果）.' })
export class PositionPayload {
  @Field(() => Position, { nullable: true, description: 'The post as it is now; null where the viewer manages it without reading it（岗位）.' })
  position!: Position | null
}

@Resolver()
export class PositionResolver {
  constructor(private readonly positions: PositionService) {}

  @Mutation(() => PositionPayload, { description: 'Sets up a post in a unit（设置岗位）.' })
  async createPosition(@Arg('input', () => CreatePositionInput) input: CreatePositionInput, @Ctx() ctx: RequestContext): Promise<PositionPayload> {
    return this.position(ctx, await this.positions.create(ctx, input))
  }

  @Mutation(() => PositionPayload, { description: 'Changes what is written about a post（修改岗位）.' })
  async editPosition(@Arg('input', () => EditPositionInput) input: EditPositionInput, @Ctx() ctx: RequestContext): Promise<PositionPayload> {
    return this.position(ctx, await this.positions.edit(ctx, input))
  }

  private async position(ctx: RequestContext, id: string): Promise<PositionPayload> {
    return { position: (await ctx.read.one('Position', id)) as Position | null }
  }
}
