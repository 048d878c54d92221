import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { AppointVillageSupervisorInput, EndVillageSupervisorInput } from './village-supervisor.inputs'
import type { VillageSupervisorService } from './village-supervisor.service'
import { VillageSupervisor } from './village-supervisor.types'

@ObjectType({ description: 'The village supervisor that a command changed（操作结果）.' })
export class VillageSupervisorPayload {
  @Field(() => VillageSupervisor, { nullable: true, description: 'The village supervisor as it is now; null where the viewer manages it without reading it（村级监督员）.' })
  villageSupervisor!: VillageSupervisor | null
}

@Resolver()
export class VillageSupervisorResolver {
  constructor(private readonly supervisors: VillageSupervisorService) {}

  @Mutation(() => VillageSupervisorPayload, { description: 'Puts a person into the four posts of a village（任命村级“四职合一”监督员）.' })
  async appointVillageSupervisor(@Arg('input', () => AppointVillageSupervisorInput) input: AppointVillageSupervisorInput, @Ctx() ctx: RequestContext): Promise<VillageSupervisorPayload> {
    return this.supervisor(ctx, await this.supervisors.appoint(ctx, input))
  }

  @Mutation(() => VillageSupervisorPayload, { description: 'Ends the office of a village supervisor; it stays on record（村级监督员离任）.' })
  async endVillageSupervisor(@Arg('input', () => EndVillageSupervisorInput) input: EndVillageSupervisorInput, @Ctx() ctx: RequestContext): Promise<VillageSupervisorPayload> {
    return this.supervisor(ctx, await this.supervisors.end(ctx, input))
  }

  private async supervisor(ctx: RequestContext, id: string): Promise<VillageSupervisorPayload> {
    return { villageSupervisor: (await ctx.read.one('VillageSupervisor', id)) as VillageSupervisor | null }
  }
}
