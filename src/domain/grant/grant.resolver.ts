import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { GrantService } from '../../auth/grant.service'
import { notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { RequestContext } from '../../core/request'
import { GrantRoleInput, RevokeRoleInput } from './grant.inputs'
import { RoleGrant } from './grant.types'

@ObjectType({ description: 'The grant as it stands now（授权结果）.' })
export class RoleGrantPayload {
  @Field(() => RoleGrant, { nullable: true, description: 'The grant（授权）.' })
  roleGrant!: object | null
}

@Resolver()
export class GrantResolver {
  constructor(private readonly grants: GrantService) {}

  @Mutation(() => RoleGrantPayload, { description: 'Grants a role on a unit to a person; administrators of the unit only, and nobody to themselves（授权）.' })
  async grantRole(@Arg('input', () => GrantRoleInput) input: GrantRoleInput, @Ctx() ctx: RequestContext): Promise<RoleGrantPayload> {
    const personId = rowIdOf('person', input.personId)
    const unitId = rowIdOf('unit', input.unitId)
    if (personId === null) throw notFound('personId')
    if (unitId === null) throw notFound('unitId')
    const { id } = await this.grants.grantRole(ctx, { ...input, personId, unitId })
    return { roleGrant: await ctx.read.one('RoleGrant', id) }
  }

  @Mutation(() => RoleGrantPayload, { description: 'Revokes a grant; it stops working within seconds（撤销授权）.' })
  async revokeRole(@Arg('input', () => RevokeRoleInput) input: RevokeRoleInput, @Ctx() ctx: RequestContext): Promise<RoleGrantPayload> {
    const { id } = await this.grants.revokeRole(ctx, { ...input })
    return { roleGrant: await ctx.read.one('RoleGrant', id) }
  }
}
